//! The screens beside the walk: tokens and identity, in all their situations.

use super::{busy, shows};
use crate::onboard::TokenState::Unknown;
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load};
use crate::tui::msg::Done;
use crate::tui::screens::identity::IdentityDone;
use crate::tui::screens::token::TokenDone;

/// The tokens screen with the answer to a key.
fn after(intents: &[Intent], last: Intent, done: TokenDone) -> Shop {
    let mut shop = Shop::opened().tokens().pressed(intents);
    let effects = shop.press(last);
    shop.answer(&effects, Done::Token(Ok(done), Some(tokens())));
    shop
}

#[test]
fn tokens_as_they_stand() {
    let mut empty = Shop::opened().tokens();
    empty.0.facts.tokens = Load::Ready(Vec::new());
    shows("tokens_empty", empty);
    let mut early = Shop::new();
    early.0.beside = Some(Beside::Tokens);
    shows("tokens_without_a_profile", early);
    let reading = Shop::opened().tokens();
    shows("tokens_busy", busy(reading, |facts, id| facts.tokens = Load::Busy(id)));
    shows("tokens_full", Shop::opened().tokens());
    let mut broken = Shop::opened().tokens();
    broken.0.facts.tokens = Load::Broken(trouble());
    shows("tokens_broken", broken);
    let down = |times| Shop::opened().tokens().pressed(&vec![Intent::Down; times]);
    shows("tokens_expired", down(1));
    shows("tokens_offered", down(2));
    shows("tokens_declined", down(3));
    shows("tokens_missing", down(4));
    let mut rows = tokens();
    rows[0] = crate::onboard::TokenRow { problem: Some(trouble()), kept: None, state: Unknown, ..token() };
    let mut foreign = Shop::opened().tokens();
    foreign.0.facts.tokens = Load::Ready(rows);
    shows("tokens_foreign", foreign);
    shows("tokens_typing", Shop::opened().tokens().pressed(&[Intent::Enter]).typed("ghp_abc"));
}

#[test]
fn what_is_done_with_a_token() {
    shows("tokens_verifying", Shop::opened().tokens().pressed(&[Intent::Verify]));
    shows("tokens_verified", after(&[], Intent::Verify, TokenDone::Verified(Box::new(checked()))));
    let host = TokenDone::Unagreed { host: "tokens.example.com".into() };
    shows("tokens_send", after(&[], Intent::Verify, host));
    shows("tokens_revealed", after(&[], Intent::Reveal, TokenDone::Revealed { extent: extent(93) }));
    shows("tokens_no_room", after(&[], Intent::Reveal, TokenDone::Revealed { extent: extent(4096) }));
    shows("tokens_copied", after(&[], Intent::Copy, TokenDone::Copied { certain: true }));
    shows("tokens_share", Shop::opened().tokens().pressed(&[Intent::Down, Intent::Down, Intent::Share]));
    shows("tokens_forget", Shop::opened().tokens().pressed(&[Intent::Remove]));
    let mut forgotten = Shop::opened().tokens().pressed(&[Intent::Remove]);
    let effects = forgotten.press(Intent::Enter);
    forgotten.answer(&effects, Done::Token(Ok(TokenDone::Removed(removed())), Some(vec![token()])));
    shows("tokens_forgotten", forgotten);
    let mut refused = Shop::opened().tokens();
    let effects = refused.press(Intent::Verify);
    refused.answer(&effects, Done::Token(Err(trouble()), None));
    shows("tokens_refused", refused);
}

#[test]
fn identity_as_it_stands() {
    shows("identity_busy", busy(Shop::opened().identity(None), |facts, id| facts.identity = Load::Busy(id)));
    shows("identity_none", Shop::opened().identity(None));
    shows("identity_new", Shop::opened().identity(Some(identity())));
    shows("identity_old", Shop::opened().identity(Some(old_identity())));
    let mut broken = Shop::opened().identity(None);
    broken.0.facts.identity = Load::Broken(trouble());
    shows("identity_broken", broken);
}

#[test]
fn what_is_done_with_the_identity() {
    let after = |key: Intent, done: IdentityDone| {
        let mut shop = Shop::opened().identity(Some(identity()));
        let effects = shop.press(key);
        shop.answer(&effects, Done::Identity(Ok(done)));
        shop
    };
    shows("identity_checked", after(Intent::Export, IdentityDone::Exported(Some(old_identity()), true)));
    shows("identity_unchecked", after(Intent::Export, IdentityDone::Exported(Some(identity()), false)));
    shows("identity_replace", after(Intent::Import, IdentityDone::Judged(import())));
    let mut taken = Shop::opened().identity(None);
    let import = taken.press(Intent::Import);
    let fresh = crate::onboard::Import::Fresh { incoming: identity().fingerprint };
    let taking = taken.answer(&import, Done::Identity(Ok(IdentityDone::Judged(fresh))));
    taken.answer(&taking, Done::Identity(Ok(IdentityDone::TakenOver(identity()))));
    shows("identity_taken_over", taken);
    let variables = || vec!["JWT_SECRET".to_owned(), "OTP_PEPPER".to_owned()];
    let mut rotating = after(Intent::Rotate, IdentityDone::Rotatable(variables()));
    let rotate = rotating.press(Intent::Enter);
    shows("identity_rotate", after(Intent::Rotate, IdentityDone::Rotatable(variables())));
    let epochs = old_identity().epochs;
    let rotated = crate::onboard::Rotated { variables: variables(), epochs };
    rotating.answer(&rotate, Done::Identity(Ok(IdentityDone::Rotated(rotated, Some(old_identity())))));
    shows("identity_rotated", rotating);
    let mut failed = Shop::opened().identity(Some(identity()));
    let effects = failed.press(Intent::Export);
    failed.answer(&effects, Done::Identity(Err(trouble())));
    shows("identity_failed", failed);
}
