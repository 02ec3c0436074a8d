//! Which accounts and roles a person used last in a session, newest first, so that a picker begins with them.
//!
//! Kept in `recent.json` in the state folder: names and ids, never credentials. A broken file is the same as none.

use std::path::PathBuf;

use indexmap::IndexMap;

use super::remembered::Choice;
use super::{Account, Role, SsoError};
use crate::private_file;
use crate::settings::Settings;

/// So many are worth remembering.
const MOST: usize = 8;

type Sessions = IndexMap<String, Vec<Choice>>;

/// The roles used in `session`, newest first.
pub fn recent(settings: &Settings, session: &str) -> Vec<Choice> {
    all(settings).shift_remove(session).unwrap_or_default()
}

/// # Errors
/// [`SsoError::Write`] when the state folder cannot be written.
pub fn used(settings: &Settings, session: &str, choice: &Choice) -> Result<(), SsoError> {
    let mut sessions = all(settings);
    let list = sessions.entry(session.to_owned()).or_default();
    let before = list.clone();
    list.retain(|old| (&old.account_id, &old.role_name) != (&choice.account_id, &choice.role_name));
    list.insert(0, choice.clone());
    list.truncate(MOST);
    if *list == before {
        return Ok(());
    }
    let path = path(settings).ok_or(SsoError::NoHome)?;
    let failed = |source| SsoError::Write { path: path.clone(), source };
    let text = serde_json::to_vec_pretty(&sessions).map_err(|error| failed(error.into()))?;
    private_file::replace(&path, &text).map_err(failed)
}

/// Accounts used last come first, newest first; the rest keep their order.
pub fn accounts_in_order(mut accounts: Vec<Account>, recent: &[Choice]) -> Vec<Account> {
    accounts.sort_by_key(|account| place(recent, |choice| choice.account_id == account.id));
    accounts
}

/// Roles used last in this account come first, newest first; the rest keep their order.
pub fn roles_in_order(mut roles: Vec<Role>, recent: &[Choice]) -> Vec<Role> {
    let used =
        |role: &Role, choice: &Choice| choice.account_id == role.account_id && choice.role_name == role.name;
    roles.sort_by_key(|role| place(recent, |choice| used(role, choice)));
    roles
}

fn place(recent: &[Choice], is: impl Fn(&Choice) -> bool) -> usize {
    recent.iter().position(is).unwrap_or(usize::MAX)
}

fn all(settings: &Settings) -> Sessions {
    let bytes = path(settings).and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn path(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join("recent.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(account: &str, role: &str) -> Choice {
        Choice { account_id: account.into(), account_name: account.into(), role_name: role.into() }
    }

    #[test]
    fn the_last_used_comes_first_and_the_list_stays_short() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        for number in 0..20 {
            used(&settings, "corp", &choice(&format!("{number}"), "Dev")).unwrap();
        }
        used(&settings, "corp", &choice("15", "Dev")).unwrap();
        used(&settings, "other", &choice("1", "Dev")).unwrap();
        let accounts: Vec<String> =
            recent(&settings, "corp").into_iter().map(|choice| choice.account_id).collect();
        assert_eq!(accounts, ["15", "19", "18", "17", "16", "14", "13", "12"]);
    }

    #[test]
    fn pickers_begin_with_what_was_used() {
        let account = |id: &str| Account { id: id.into(), name: id.into(), email: None };
        let role = |name: &str| Role { account_id: "2".into(), name: name.into() };
        let recent = [choice("3", "Dev"), choice("2", "Ops")];
        let accounts = accounts_in_order(["1", "2", "3"].map(account).into(), &recent);
        assert_eq!(accounts.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["3", "2", "1"]);
        let roles = roles_in_order(["Admin", "Dev", "Ops"].map(role).into(), &recent);
        assert_eq!(roles.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Ops", "Admin", "Dev"]);
    }
}
