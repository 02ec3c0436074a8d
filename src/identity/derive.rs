//! From the root key to bytes for one purpose: HKDF-SHA256 (RFC 5869).
//!
//! Owns the labels and the context. The salt is a fixed label with a version; the info is each
//! part of the context behind its length, so that no two contexts can spell the same bytes:
//!
//! ```text
//! info = part(project) part(kind) part(service) part(variable) part(epoch)
//! part(x) = length of x in bytes as u32, big-endian, then x
//! kind = "project" with an empty service, or "service"; epoch as u32, big-endian
//! ```

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::profile;

/// Values of variables. A change of derivation or encoding needs a new version.
pub(super) const VALUE: &[u8] = b"devsecrets/derive/v1";
/// The fingerprint that is shown.
pub(super) const FINGERPRINT: &[u8] = b"devsecrets/fingerprint/v1";
/// Keys for our own use.
pub(super) const KEY: &[u8] = b"devsecrets/key/v1";

/// What a value is for. Two that differ in any part give unrelated values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Derivation<'a> {
    pub project: &'a str,
    pub scope: Scope<'a>,
    pub variable: &'a str,
    /// Raised by one to replace the value.
    pub epoch: u32,
}

/// Who shares a derived value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope<'a> {
    /// All services of the project.
    Project,
    /// The named service alone.
    Service(&'a str),
}

impl<'a> Derivation<'a> {
    /// The derivation a profile asks for when `service` needs `variable`.
    pub fn of(project: &'a str, service: &'a str, variable: &'a str, generate: &profile::Generate) -> Self {
        let scope = match generate.scope {
            profile::Scope::Project => Scope::Project,
            profile::Scope::Service => Scope::Service(service),
        };
        Self { project, scope, variable, epoch: generate.epoch }
    }

    pub(super) fn info(&self) -> Vec<u8> {
        let (kind, service) = match self.scope {
            Scope::Project => ("project", ""),
            Scope::Service(name) => ("service", name),
        };
        let epoch = self.epoch.to_be_bytes();
        let parts =
            [self.project.as_bytes(), kind.as_bytes(), service.as_bytes(), self.variable.as_bytes(), &epoch];
        let mut info = Vec::new();
        for part in parts {
            info.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            info.extend(part);
        }
        info
    }
}

/// Fills `bytes`, at most 8160 of them, the limit of RFC 5869 §2.3.
pub(super) fn fill(root: &[u8; 32], salt: &[u8], info: &[u8], bytes: &mut [u8]) {
    Hkdf::<Sha256>::new(Some(salt), root)
        .expand(info, bytes)
        .unwrap_or_else(|_| unreachable!("nothing here asks for more than 8160 bytes"));
}

pub(super) fn stretch<const N: usize>(root: &[u8; 32], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    fill(root, salt, info, &mut bytes[..]);
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::identity::Identity;
    use crate::profile::{Format, Generate};

    const PLAIN: Generate =
        Generate { format: Format::Hex, bytes: 16, scope: profile::Scope::Project, epoch: 0 };

    fn text(root: u8, derivation: &Derivation<'_>) -> String {
        Identity::from_root([root; 32]).derive(derivation, &PLAIN).expose_to(str::to_owned)
    }

    #[test]
    fn no_two_contexts_share_a_value() {
        let scopes = [Scope::Project, Scope::Service("a"), Scope::Service("ab"), Scope::Service("")];
        let mut seen = HashSet::new();
        for root in 0..5 {
            for project in ["a", "b", "ab", ""] {
                for scope in scopes {
                    for variable in ["a", "b", "ab", ""] {
                        for epoch in [0, 1, 256] {
                            let derivation = Derivation { project, scope, variable, epoch };
                            assert!(seen.insert(text(root, &derivation)), "{root} {derivation:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn services_share_a_project_value_and_nothing_else() {
        let own = Generate { scope: profile::Scope::Service, ..PLAIN };
        let of = |service, generate| text(1, &Derivation::of("shop", service, "KEY", generate));
        assert_eq!(of("api", &PLAIN), of("media", &PLAIN));
        assert_ne!(of("api", &own), of("media", &own));
        assert_ne!(of("api", &own), of("api", &PLAIN));
    }

    #[test]
    fn keys_for_ourselves_are_unlike_one_another() {
        let identity = Identity::from_root([7; 32]);
        assert_ne!(*identity.key_for("journal"), *identity.key_for("other"));
        assert_ne!(identity.fingerprint(), Identity::from_root([8; 32]).fingerprint());
    }

    /// Short names of two letters: often equal, and often the same once run together.
    const NAME: &str = "[ab]{0,2}";

    type Context = (u8, String, Option<String>, String, u32);

    fn context() -> impl Strategy<Value = Context> {
        (0..2_u8, NAME, proptest::option::of(NAME), NAME, 0..2_u32)
    }

    fn value_of((root, project, service, variable, epoch): &Context) -> String {
        let scope = service.as_deref().map_or(Scope::Project, Scope::Service);
        text(*root, &Derivation { project, scope, variable, epoch: *epoch })
    }

    proptest! {
        #[test]
        fn values_agree_exactly_when_contexts_do(one in context(), other in context()) {
            prop_assert_eq!(value_of(&one) == value_of(&other), one == other);
        }
    }
}
