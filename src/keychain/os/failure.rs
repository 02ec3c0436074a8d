//! What `keyring` reports, told apart again.
//!
//! Owns the way from a platform's error to a [`Problem`]. `keyring` folds most of them into
//! "platform failure", with the platform's own error inside; only there can a locked keychain, a
//! refused one and a missing one be told from each other.

use std::io;

use crate::keychain::{Item, Problem};
use crate::secret::plain;

pub(super) const TWICE: &str = "there is more than one item of this name";
pub(super) const NOT_TEXT: &str = "it is not text";

type Cause = dyn std::error::Error + Send + Sync + 'static;

/// A session could not be opened: short of a lock or a refusal, that means there is no keychain.
pub(super) fn of_connecting(error: &keyring::Error) -> Problem {
    match cause(error).and_then(platform) {
        Some(problem) => problem,
        None => Problem::NoBackend(said(error)),
    }
}

/// A call about one item failed.
pub(super) fn of_item(error: &keyring::Error, item: &Item) -> Problem {
    use keyring::Error as E;
    let foreign = |why| Problem::Foreign { item: item.clone(), why };
    match error {
        E::TooLong(_, limit) => Problem::TooLarge { item: item.clone(), limit: *limit as usize },
        E::BadEncoding(_) | E::BadDataFormat(..) => foreign("it cannot be decoded"),
        E::Ambiguous(_) => foreign(TWICE),
        E::NoDefaultStore => Problem::NoBackend("no session is open".to_owned()),
        other => cause(other).and_then(platform).unwrap_or_else(|| unknown(other)),
    }
}

fn cause(error: &keyring::Error) -> Option<&Cause> {
    match error {
        keyring::Error::PlatformFailure(cause) | keyring::Error::NoStorageAccess(cause) => {
            Some(cause.as_ref())
        }
        _ => None,
    }
}

fn unknown(error: &keyring::Error) -> Problem {
    // Only these two carry bytes of an item, and the caller has handled both.
    Problem::io("ask it")(io::Error::other(said(error)))
}

fn said(error: &keyring::Error) -> String {
    match cause(error) {
        Some(cause) => plain(&cause.to_string()),
        None => plain(&error.to_string()),
    }
}

/// Secret Service API 0.2; the error names are those of the D-Bus specification.
#[cfg(all(unix, not(target_os = "macos")))]
fn platform(cause: &Cause) -> Option<Problem> {
    use secret_service::Error as E;
    match cause.downcast_ref::<E>()? {
        // gnome-keyring answers "dismissed" also where it has no way to show a prompt.
        E::Locked | E::Prompt | E::PromptDisconnected => Some(Problem::Locked),
        E::Unavailable => Some(Problem::NoBackend("no session bus or no Secret Service on it".to_owned())),
        E::NoResult => Some(Problem::NoBackend("it has no default keyring to put items in".to_owned())),
        E::Zbus(error) => by_name(&error.to_string()),
        E::ZbusFdo(error) => by_name(&error.to_string()),
        _ => None,
    }
}

/// A call of our own on the bus failed.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn of_bus(error: &zbus::Error) -> Problem {
    use zbus::Error as E;
    match error {
        // As `secret-service` reads them: there is no bus to speak to.
        E::Address(_) | E::InputOutput(_) | E::Handshake(_) => {
            Problem::NoBackend("no session bus or no Secret Service on it".to_owned())
        }
        other => by_name(&other.to_string())
            .unwrap_or_else(|| Problem::io("ask it")(io::Error::other(plain(&other.to_string())))),
    }
}

/// The other side does not keep to the protocol.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn garbled(what: &str) -> Problem {
    Problem::io("ask it")(io::Error::other(format!("{what} could not be used")))
}

#[cfg(all(unix, not(target_os = "macos")))]
fn by_name(said: &str) -> Option<Problem> {
    const NOBODY: [&str; 3] = ["DBus.Error.ServiceUnknown", "DBus.Error.NameHasNoOwner", "DBus.Error.Spawn."];
    let has = |name: &str| said.contains(&format!("org.freedesktop.{name}"));
    if has("Secret.Error.IsLocked") {
        Some(Problem::Locked)
    } else if has("DBus.Error.AccessDenied") {
        Some(Problem::Denied)
    } else if NOBODY.into_iter().any(has) {
        Some(Problem::NoBackend("no Secret Service runs in this session".to_owned()))
    } else {
        None
    }
}

#[cfg(target_os = "macos")]
fn platform(cause: &Cause) -> Option<Problem> {
    by_code(cause.downcast_ref::<security_framework::base::Error>()?.code())
}

/// Codes from Apple's `SecBase.h`.
#[cfg(any(test, target_os = "macos"))]
fn by_code(code: i32) -> Option<Problem> {
    match code {
        // errSecUserCanceled, errSecAuthFailed, errSecInvalidOwnerEdit
        -128 | -25293 | -25244 => Some(Problem::Denied),
        // errSecInteractionNotAllowed: over SSH, a locked keychain cannot ask
        -25308 => Some(Problem::Locked),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25307 => Some(Problem::NoBackend("this account has no keychain".to_owned())),
        _ => None,
    }
}

/// `keyring` tells what Windows can refuse apart by itself.
#[cfg(windows)]
fn platform(_: &Cause) -> Option<Problem> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_an_item_never_reach_the_message() {
        let error = keyring::Error::BadEncoding(b"canary-4e\xff".to_vec());
        let problem = of_item(&error, &Item::identity());
        assert!(!format!("{problem} {problem:?}").contains("canary"), "{problem:?}");
    }

    #[test]
    fn a_limit_of_the_platform_is_a_size_problem() {
        let error = keyring::Error::TooLong("secret".to_owned(), 2560);
        assert!(matches!(of_item(&error, &Item::identity()), Problem::TooLarge { limit: 2560, .. }));
    }

    #[test]
    fn apple_codes_are_told_apart() {
        assert!(matches!(by_code(-128), Some(Problem::Denied)));
        assert!(matches!(by_code(-25308), Some(Problem::Locked)));
        assert!(matches!(by_code(-25307), Some(Problem::NoBackend(_))));
        assert!(by_code(-1).is_none());
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn secret_service_errors_are_told_apart() {
        use secret_service::Error as E;
        let of = |error: E| of_item(&keyring::Error::PlatformFailure(Box::new(error)), &Item::identity());
        assert!(matches!(of(E::Prompt), Problem::Locked));
        assert!(matches!(of(E::NoResult), Problem::NoBackend(_)));
        assert!(matches!(of(E::Crypto("odd")), Problem::Io { .. }));
        assert!(matches!(by_name("org.freedesktop.DBus.Error.AccessDenied: no"), Some(Problem::Denied)));
        assert!(matches!(by_name("org.freedesktop.Secret.Error.IsLocked"), Some(Problem::Locked)));
    }
}
