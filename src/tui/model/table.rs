//! The table as far as it is known: read just now, read a while ago, or what this machine says by itself.
//!
//! The rule: what is known stays in sight until there is something newer.

use super::{Facts, Load};
use crate::onboard::Outline;
use crate::resolve::{Cell, Matrix, is_production};

impl Facts {
    /// A command as another shell takes it: in a demo it has to be led there first.
    pub fn for_a_shell(&self, command: String) -> String {
        match &self.shell {
            Some(shell) => format!("{shell} && {command}"),
            None => command,
        }
    }

    /// The table as far as it is known.
    pub fn table(&self) -> Option<&Matrix> {
        let outline = self.outline.as_ref().map(|outline| &outline.matrix);
        self.matrix.ready().or(self.before.as_ref()).or(outline)
    }

    /// Whether a cell of the table is yet to be asked about.
    pub fn is_open(&self, cell: &Cell) -> bool {
        self.matrix.ready().is_none() && self.before.is_none() && !Outline::settles(cell)
    }

    /// The table no longer holds. It stays in sight until there is another.
    pub fn void_table(&mut self) {
        if let Load::Ready(matrix) = std::mem::take(&mut self.matrix) {
            self.before = Some(matrix);
        }
    }

    /// Whether a slip here would reach customers: by the environment's name, or by the account in use.
    pub fn is_production(&self) -> bool {
        let Some(opened) = self.opened.ready() else { return false };
        let account = self.choice.ready().map(|choice| &choice.account_id);
        is_production(&opened.environment)
            || account.is_some_and(|account| opened.production_accounts.contains(account))
    }
}
