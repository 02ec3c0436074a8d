//! How a finding is made worthless: a page, a rotation, a token, or whoever has it.
//!
//! Hiding it does not help once it is out. Which way there is follows from whose value it is and where it comes from, in
//! one place, so that key, command and words cannot disagree.

use crate::audit::Leak;
use crate::tui::effect::Effect;
use crate::tui::model::{Beside, Model};
use crate::tui::screens::{identity, token};
use crate::tui::walk;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Where its vendor revokes it.
    Page(String),
    /// Derived from the identity: a rotation gives another.
    Derived(String),
    /// A personal token of this name.
    Token(String),
    /// From a store or a file: asked for at this page, if the profile names one.
    Asked { variable: String, page: Option<String> },
    /// Another project's.
    Elsewhere(String),
    /// The finding says what to do, and nothing here can.
    ByHand,
}

impl Way {
    pub fn of(model: &Model, leak: &Leak) -> Self {
        let page = || model.facts.audit.seen.as_ref()?.pages.get(&leak.rule).cloned();
        let Some(own) = &leak.own else { return page().map_or(Self::ByHand, Self::Page) };
        if model.facts.opened.ready().is_none_or(|opened| opened.profile != own.project) {
            return Self::Elsewhere(own.project.clone());
        }
        let outline = model.facts.outline.as_ref();
        let declared = outline.and_then(|outline| outline.variables.get(&own.variable));
        let token = declared.and_then(|declared| declared.token.clone());
        match (own.origin.as_str(), token) {
            ("generated", _) => Self::Derived(own.variable.clone()),
            (_, Some(token)) => Self::Token(token),
            _ => {
                let links = declared.map(|declared| [declared.request.clone(), declared.docs.clone()]);
                let mut links = links.into_iter().flatten().flatten();
                let page = links.find(|link| link.starts_with("https://") || link.starts_with("http://"));
                Self::Asked { variable: own.variable.clone(), page }
            }
        }
    }

    /// Whether the key does more than say so.
    pub fn leads_somewhere(&self) -> bool {
        !matches!(self, Self::ByHand | Self::Elsewhere(_) | Self::Asked { page: None, .. })
    }

    /// What the key does, as its line in the details.
    pub fn says(&self) -> String {
        match self {
            Self::Page(page) => format!("opens where it is revoked: {page}"),
            Self::Derived(variable) => format!("gives {variable} another value, asked first"),
            Self::Token(token) => format!("goes to the token {token}"),
            Self::Asked { page: Some(page), .. } => format!("opens where another is asked for: {page}"),
            Self::Asked { variable, page: None } => {
                format!("no page is named where another {variable} is asked for")
            }
            Self::Elsewhere(project) => format!("it belongs to the project {project}: rotate it there"),
            Self::ByHand => "no page is known where it is revoked; do as it says above".to_owned(),
        }
    }

    /// The command that does the same, or tells more.
    pub fn command(&self, leak: &Leak) -> String {
        if let Some(command) = &leak.remedy.command {
            return command.clone();
        }
        match self {
            Self::Derived(variable) => format!("devsecrets identity rotate {variable}"),
            Self::Token(token) => format!("devsecrets token set {token}"),
            Self::Asked { variable, .. } => format!("devsecrets explain {variable}"),
            Self::Page(_) | Self::Elsewhere(_) | Self::ByHand => format!("devsecrets explain {}", leak.code),
        }
    }

    pub fn go(self, model: &mut Model) -> Vec<Effect> {
        match self {
            Self::Page(page) | Self::Asked { page: Some(page), .. } => vec![Effect::OpenPage(page)],
            Self::Derived(variable) => identity::offer_rotation(model, vec![variable]),
            Self::Token(token) => {
                token::point_at(model, &token);
                walk::visit(model, Beside::Tokens)
            }
            other => {
                model.window.toasts.note(other.says());
                Vec::new()
            }
        }
    }
}
