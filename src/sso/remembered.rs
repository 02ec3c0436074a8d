//! Which account and role the person chose for a profile, so that they choose once.
//!
//! Kept in `roles.json` in the state folder; it holds names, never credentials. Losing it costs one more
//! choice, so a broken file is the same as none.

use std::path::PathBuf;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::SsoError;
use crate::private_file;
use crate::settings::Settings;

/// An account and a role in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub account_id: String,
    pub account_name: String,
    pub role_name: String,
}

pub fn recall_choice(settings: &Settings, profile: &str) -> Option<Choice> {
    all(settings).shift_remove(profile)
}

/// # Errors
/// [`SsoError::Write`] when the state folder cannot be written.
pub fn remember_choice(settings: &Settings, profile: &str, choice: &Choice) -> Result<(), SsoError> {
    let mut choices = all(settings);
    choices.insert(profile.to_owned(), choice.clone());
    store(settings, &choices)
}

fn all(settings: &Settings) -> IndexMap<String, Choice> {
    let bytes = path(settings).and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn path(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join("roles.json"))
}

fn store(settings: &Settings, choices: &IndexMap<String, Choice>) -> Result<(), SsoError> {
    let path = path(settings).ok_or(SsoError::NoHome)?;
    let failed = |source| SsoError::Write { path: path.clone(), source };
    let text = serde_json::to_vec_pretty(choices).map_err(|error| failed(error.into()))?;
    private_file::replace(&path, &text).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_remembered_for_each_profile() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let choice = |role: &str| Choice {
            account_id: "001122334455".into(),
            account_name: "Dev".into(),
            role_name: role.into(),
        };
        assert_eq!(recall_choice(&settings, "a"), None);
        remember_choice(&settings, "a", &choice("One")).unwrap();
        remember_choice(&settings, "b", &choice("Two")).unwrap();
        assert_eq!(recall_choice(&settings, "a"), Some(choice("One")));
        assert_eq!(recall_choice(&settings, "b"), Some(choice("Two")));
    }
}
