//! Published vectors of the derivation. They must stay true for ever: a change here makes every
//! developer's locally encrypted data unreadable.
//!
//! Computed once without this crate, with nothing but Python's `hmac`, `hashlib` and `base64`:
//!
//! ```text
//! prk    = HMAC-SHA256(key = "devsecrets/derive/v1", root)                     RFC 5869 §2.2
//! T(i)   = HMAC-SHA256(key = prk, T(i-1) + info + byte(i)), T(0) empty         RFC 5869 §2.3
//! okm    = T(1) + T(2) + …, cut to the length
//! part x = struct.pack(">I", len(x)) + x
//! info   = part(project) + part("project" or "service") + part(service or "")
//!        + part(variable) + part(struct.pack(">I", epoch))
//! alnum  = of 1024 bytes of okm, those below 248, each as "0-9A-Za-z"[byte % 62]
//! uuid   = of 16 bytes of okm, with version 8 and variant 10 set
//! ```

use std::collections::HashSet;

use devsecrets::identity::{Derivation, Identity, Scope};
use devsecrets::profile::{self, Format, Generate};

use Format::{Alnum, Base64, Base64url, Hex, Uuid};
use Scope::{Project, Service};

type Vector = (Format, u8, &'static str, Scope<'static>, &'static str, u32, &'static str);

/// Format, bytes, project, scope, variable, epoch, value.
#[rustfmt::skip]
const VECTORS: &[Vector] = &[
    (Hex, 32, "services", Project, "JWT_SECRET", 0, "74726348996e7bb90804d3acd6800c94721312187e967367da29ece1148adfef"),
    (Hex, 32, "services", Project, "JWT_SECRET", 1, "e0eca3b9c632edd236cc6140205ee03207885a33a1f9f55e45d9ce16f0e1b2cb"),
    (Hex, 32, "services", Service("backend"), "JWT_SECRET", 0, "033e48b5ad1fb2398bb1d7b64b049df5585f98a3c1270d2a818a065dbe366e7f"),
    (Hex, 32, "services", Service("media"), "JWT_SECRET", 0, "c6ce4b93468d25fb57e09a376137119436d686049a061e28776b3a732f1adc7c"),
    (Hex, 32, "platform", Project, "JWT_SECRET", 0, "003fe5c76f3712e39e4b1a6597fe044db15f62f7b62633a016ddf47c5d5fea52"),
    (Hex, 128, "services", Project, "OTP_PEPPER", 0, "1783dadc71f858dce74c05e3c3e5a3a4cedf987ad79f903e4680f9e19963fa3181a84dbc1bd90c486ac27661815a7a4f5cb0d3f203134812ed325248c2a3680dc92eb455471fbed30c104fb7602074ac688d76c5a1016ba335a7cb5f26b1c5dabae938b6efb9b689a29d0c61b4c1a7a3e91a32ce1ece2ac34c9f2f6a7f01ca2e"),
    (Base64, 32, "services", Project, "ENCRYPTION_KEY", 0, "9jjRyRvJbkO4ch1cSIqsYTwreec77+D/y+hxiOeS6RI="),
    (Base64, 16, "services", Project, "ENCRYPTION_KEY", 0, "9jjRyRvJbkO4ch1cSIqsYQ=="),
    (Base64url, 48, "services", Project, "JWT_SECRET", 0, "dHJjSJlue7kIBNOs1oAMlHITEhh-lnNn2ins4RSK3--SaA1eUi_ZfnLCBtGcrnqs"),
    (Alnum, 24, "services", Service("backend"), "DB_PASSWORD", 0, "uQt9gikZyEW0ZP1ddLNLIBW8"),
    (Alnum, 64, "services", Service("backend"), "DB_PASSWORD", 4294967295, "hHOscKJjNewJdsuAP88JtxDWQDBy1PwWsXz8VfOa5EUO5RDXtnmBCWeAzz7qKrrK"),
    (Uuid, 32, "services", Project, "INSTANCE_ID", 0, "45b482fb-b2e2-83cf-a078-5645f09637d1"),
    (Hex, 16, "größe", Service("api"), "KEY", 7, "c2cd16b53d2942d80e2f10276d9dab10"),
];

/// Bytes 00 01 … 1f.
fn identity() -> Identity {
    let mut counted = 0..;
    Identity::from_root(std::array::from_fn(|_| counted.next().unwrap_or_default()))
}

/// The page people implement it from says the same.
#[test]
fn the_page_has_every_vector() {
    let page = include_str!("../assets/derivation.md");
    for &(format, bytes, project, scope, variable, epoch, value) in VECTORS {
        let scope = match scope {
            Project => "project".to_owned(),
            Service(name) => format!("service `{name}`"),
        };
        let format = format!("{format:?}").to_lowercase();
        let row = format!("| {format} | {bytes} | {project} | {scope} | {variable} | {epoch} | `{value}` |");
        assert!(page.contains(&row), "no {row}");
    }
}

/// 10^5 derivations each, of which two developers share none, nor does either one with itself.
#[test]
fn two_developers_never_share_a_value() {
    let generate = Generate { format: Base64, bytes: 16, scope: profile::Scope::Project, epoch: 0 };
    let mut seen = HashSet::with_capacity(200_000);
    for developer in [Identity::fresh().unwrap(), Identity::fresh().unwrap()] {
        for (project, variable) in (0..100).flat_map(|p| (0..1000).map(move |v| (p, v))) {
            let (project, variable) = (format!("project{project}"), format!("VARIABLE_{variable}"));
            let value = developer.value_for(&project, "api", &variable, &generate);
            assert!(seen.insert(value.expose_to(str::to_owned)), "{project} {variable}");
        }
    }
    assert_eq!(seen.len(), 200_000);
}

/// A rotation is the profile's epoch raised, for one variable of one project.
#[test]
fn a_rotation_is_a_higher_epoch() {
    let generate = Generate { format: Hex, bytes: 32, scope: profile::Scope::Project, epoch: 0 };
    let phrase = identity().phrase();
    let rotated = Identity::from_phrase(&phrase, "services/JWT_SECRET=1".parse().unwrap());
    let value =
        |variable: &str| rotated.value_for("services", "api", variable, &generate).expose_to(str::to_owned);
    assert_eq!(value("JWT_SECRET"), VECTORS[1].6);
    assert_eq!(value("OTP_PEPPER"), VECTORS[5].6[..64]);
}

#[test]
fn values_are_those_published() {
    for &(format, bytes, project, scope, variable, epoch, expected) in VECTORS {
        // The scope that counts is the derivation's.
        let generate = Generate { format, bytes, scope: profile::Scope::Project, epoch };
        let value = identity().derive(&Derivation { project, scope, variable, epoch }, &generate);
        assert_eq!(value.expose_to(str::to_owned), expected, "{format:?} {scope:?} {variable} {epoch}");
    }
}

/// The same HKDF with the salts "devsecrets/fingerprint/v1" and "devsecrets/key/v1".
#[test]
fn fingerprint_and_own_keys_are_those_published() {
    assert_eq!(identity().fingerprint(), "a0e7f5cc5392bd46");
    let key: String = identity().key_for("journal").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(key, "30ba7934328b8ed16c7c1b1801929578def9013f46c9e4e99811403f6d4083b7");
}
