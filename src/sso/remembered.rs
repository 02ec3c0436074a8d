//! What the person chose or what worked, so that it is asked once: account and role for each profile, and the method for
//! each session and kind of place.
//!
//! Kept in `roles.json` and `sign-in.json` in the state folder; they hold names, never credentials. Losing them costs one
//! more choice, so a broken file is the same as none.

use std::path::PathBuf;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::method::Place;
use super::{Method, SsoError};
use crate::private_file;
use crate::settings::Settings;

const ROLES: &str = "roles.json";
const METHODS: &str = "sign-in.json";

/// An account and a role in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub account_id: String,
    pub account_name: String,
    pub role_name: String,
}

pub fn recall_choice(settings: &Settings, profile: &str) -> Option<Choice> {
    all(settings, ROLES).shift_remove(profile)
}

/// # Errors
/// [`SsoError::Write`] when the state folder cannot be written.
pub fn remember_choice(settings: &Settings, profile: &str, choice: &Choice) -> Result<(), SsoError> {
    remember(settings, ROLES, profile, choice.clone())
}

/// True when there was one.
///
/// # Errors
/// As for [`remember_choice`].
pub fn forget_choice(settings: &Settings, profile: &str) -> Result<bool, SsoError> {
    let mut known: IndexMap<String, Choice> = all(settings, ROLES);
    let was_there = known.shift_remove(profile).is_some();
    if was_there {
        write(settings, ROLES, &known)?;
    }
    Ok(was_there)
}

/// A method for each kind of place: what works at a desk does not over SSH.
type Methods = Vec<(Place, Method)>;

/// What worked for `session` in this kind of place.
pub(super) fn recall_method(settings: &Settings, session: &str, place: Place) -> Option<Method> {
    let known: Methods = all(settings, METHODS).shift_remove(session)?;
    known.into_iter().find(|(where_, _)| *where_ == place).map(|(_, method)| method)
}

/// # Errors
/// [`SsoError::Write`] when the state folder cannot be written.
pub(super) fn remember_method(
    settings: &Settings,
    session: &str,
    place: Place,
    method: Method,
) -> Result<(), SsoError> {
    if recall_method(settings, session, place) == Some(method) {
        return Ok(());
    }
    let mut known: Methods = all(settings, METHODS).shift_remove(session).unwrap_or_default();
    known.retain(|(where_, _)| *where_ != place);
    known.push((place, method));
    remember(settings, METHODS, session, known)
}

fn remember<T: Serialize + DeserializeOwned>(
    settings: &Settings,
    file: &str,
    name: &str,
    one: T,
) -> Result<(), SsoError> {
    let mut known = all(settings, file);
    known.insert(name.to_owned(), one);
    write(settings, file, &known)
}

fn write<T: Serialize>(settings: &Settings, file: &str, known: &IndexMap<String, T>) -> Result<(), SsoError> {
    let path = path(settings, file).ok_or(SsoError::NoHome)?;
    let text = serde_json::to_vec_pretty(known).map_err(std::io::Error::from);
    let written = text.and_then(|text| private_file::replace(&path, &text));
    written.map_err(|source| SsoError::Write { path, source })
}

fn all<T: DeserializeOwned>(settings: &Settings, file: &str) -> IndexMap<String, T> {
    let bytes = path(settings, file).and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn path(settings: &Settings, file: &str) -> Option<PathBuf> {
    Some(settings.state_folder()?.join(file))
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
        assert!(forget_choice(&settings, "a").unwrap() && !forget_choice(&settings, "a").unwrap());
        assert_eq!(
            (recall_choice(&settings, "a"), recall_choice(&settings, "b")),
            (None, Some(choice("Two")))
        );
    }

    #[test]
    fn a_method_is_remembered_for_each_session_and_place() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let recall = |session, place| recall_method(&settings, session, place);
        remember_method(&settings, "a", Place::Desktop, Method::DeviceCode).unwrap();
        remember_method(&settings, "a", Place::Ssh, Method::Browser).unwrap();
        remember_method(&settings, "a", Place::Ssh, Method::DeviceCode).unwrap();
        assert_eq!(recall("a", Place::Desktop), Some(Method::DeviceCode));
        assert_eq!(recall("a", Place::Ssh), Some(Method::DeviceCode));
        assert_eq!((recall("a", Place::Wsl), recall("b", Place::Ssh)), (None, None));
    }
}
