//! A situation for each context, long enough that every key has something to do.

use crate::secret::SecretValue;
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Load, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::screens::board::BoardDone;
use crate::tui::screens::doctor::DoctorDone;
use crate::tui::screens::token::TokenDone;
use crate::tui::update::update;

/// A situation for each context in which all of its keys have something to do.
pub fn situation(context: Context) -> Shop {
    let many = |mut shop: Shop| {
        let one = accounts().remove(0);
        let all = (0..30).map(|n| crate::sso::Account { id: format!("{n:012}"), ..one.clone() });
        shop.0.facts.accounts = Load::Ready(all.collect());
        shop
    };
    let middle = [Intent::PageDown, Intent::Down];
    match context {
        Context::Accounts => many(Shop::opened().choosing_an_account()).pressed(&middle),
        Context::Roles => {
            let mut shop = Shop::opened().choosing_an_account();
            let effects = shop.press(Intent::Enter);
            let one = roles().remove(0);
            let all = (0..30).map(|n| crate::sso::Role { name: format!("Role{n:02}"), ..one.clone() });
            shop.answer(&effects, Done::Roles(Ok(all.collect())));
            shop.pressed(&middle)
        }
        Context::Pick | Context::Filter => {
            let mut shop = Shop::new();
            let one = profiles().remove(0);
            let all =
                (0..30).map(|n| crate::onboard::ProfileChoice { name: format!("p{n:02}"), ..one.clone() });
            shop.0.facts.profiles = Load::Ready(all.collect());
            let shop = shop.pressed(&[Intent::Filter]).typed("p ").pressed(&middle);
            let shop = if context == Context::Pick { shop.pressed(&[Intent::Enter]) } else { shop };
            shop.pressed(&middle)
        }
        Context::SignInWaiting => Shop::opened().waiting_for_approval(),
        Context::SignInDemo => Shop::opened().in_the_demo().waiting_for_approval(),
        Context::SignInBrowser => Shop::opened().waiting_for_the_browser(),
        Context::SignInPaste => {
            Shop::opened().waiting_for_the_browser().pressed(&[Intent::Paste]).typed("ab")
        }
        Context::SignInFailed => {
            let mut shop = Shop::opened().at(Step::SignIn);
            shop.0.facts.session = Load::Broken(trouble());
            shop
        }
        Context::SignInDone => Shop::opened().signed_in().at(Step::SignIn),
        Context::Services => Shop::opened().with_outline().matrix(half_ready()).pressed(&[
            Intent::First,
            Intent::Down,
            Intent::Left,
        ]),
        Context::Board => {
            let found = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Filter]).typed("e");
            found.pressed(&[Intent::Enter, Intent::Toggle, Intent::First, Intent::Right, Intent::Down])
        }
        Context::Environments | Context::Environment => crate::tui::tests::environments::situation(context),
        Context::Preview => Shop::opened().previewed().pressed(&[Intent::PageDown]),
        Context::Written => {
            let mut shop = Shop::opened().previewed();
            let mut report = report();
            report.files.iter_mut().for_each(|file| file.written = 0);
            shop.0.facts.report = Load::Ready(report);
            shop.pressed(&[Intent::PageDown])
        }
        Context::Undoable => Shop::opened().previewed().written().pressed(&[Intent::PageDown]),
        Context::Token => with_tokens(Shop::opened().at(Step::Token), token()).pressed(&middle),
        Context::TokenKept => {
            with_tokens(Shop::opened().at(Step::Token), tokens().remove(0)).pressed(&middle)
        }
        Context::TokenUnread | Context::TokensUnread => {
            let Shop(mut model) = with_tokens(Shop::opened().at(Step::Token), token());
            let rows = std::mem::replace(&mut model.facts.tokens, Load::Broken(trouble()));
            let Load::Ready(tokens) = rows else { panic!("they were just given") };
            model.facts.opened = Load::Ready(crate::onboard::Opened { tokens, ..opened() });
            model.beside = (context == Context::TokensUnread).then_some(crate::tui::model::Beside::Tokens);
            Shop(model).pressed(&middle)
        }
        Context::Tokens => with_tokens(Shop::opened().tokens(), tokens().remove(2)).pressed(&middle),
        Context::TokensKept => with_tokens(Shop::opened().tokens(), tokens().remove(0)).pressed(&middle),
        Context::NoTokens => {
            let mut shop = Shop::opened().tokens();
            shop.0.facts.tokens = Load::Ready(Vec::new());
            shop
        }
        Context::Identity => Shop::opened().identity(Some(identity())),
        Context::NoIdentity => Shop::opened().identity(None),
        Context::Revealed => {
            let mut shop = Shop::opened().tokens();
            let reveal = shop.press(Intent::Reveal);
            shop.answer(&reveal, Done::Token(Ok(TokenDone::Revealed { extent: extent(40) }), None));
            shop
        }
        Context::Typing => Shop::opened().at(Step::Token).pressed(&[Intent::Enter]).typed("ab"),
        Context::Summary => done().sized(60, 18).pressed(&middle),
        Context::DoctorLooking
        | Context::Doctor
        | Context::DoctorFixed
        | Context::DoctorPage
        | Context::Remedies => doctor(context),
        Context::AuditLooking
        | Context::Audit
        | Context::AuditAccepted
        | Context::AuditPage
        | Context::AuditEmpty => audit(context),
        Context::Busy => {
            let mut shop = Shop::opened().at(Step::Board);
            let id = shop.0.tasks.next();
            shop.0.facts.matrix = Load::Busy(id);
            shop
        }
        Context::Broken => {
            let mut shop = Shop::opened().at(Step::Board);
            shop.0.facts.matrix = Load::Broken(trouble());
            shop
        }
        Context::Explained => {
            let mut shop = Shop::at_home().matrix(half_ready()).sized(60, 18);
            let asked = shop.press(Intent::Explain);
            let told = crate::onboard::Explanation { services: vec![explained(); 9], ..explanation() };
            shop.answer(&asked, Done::Board(Ok(BoardDone::Explained(Box::new(told)))));
            shop.pressed(&middle)
        }
        Context::Value => Shop::at_home().matrix(half_ready()).pressed(&[Intent::Set]).typed("ab"),
        Context::Help => {
            Shop::opened().matrix(half_ready()).pressed(&[Intent::Help, Intent::Down, Intent::Down])
        }
        Context::Palette => Shop::opened()
            .matrix(half_ready())
            .pressed(&[Intent::Palette])
            .typed("e")
            .pressed(&[Intent::Down, Intent::Down]),
        Context::Offer => {
            let mut shop = Shop::opened().matrix(half_ready());
            let planned = crate::tui::overlays::config::plan(&mut shop.0);
            let one = config_plan().lines.remove(0);
            let plan = crate::sso::config_file::ConfigPlan { lines: vec![one; 60], ..config_plan() };
            shop.answer(&[planned], Done::ConfigPlanned(Ok(plan)));
            shop.pressed(&middle)
        }
        Context::Consent => {
            let mut shop = Shop::opened().with_outline().matrix(half_ready());
            shop.0.facts.outline.as_mut().unwrap().programs = vec![crate::onboard::Program::example()];
            shop.0.overlay =
                Some(crate::tui::overlays::Overlay::Confirm(crate::tui::overlays::Question::Program));
            shop
        }
        Context::Confirm => Shop::opened().previewed().pressed(&[Intent::Enter]),
        Context::Passphrase => {
            let mut shop = Shop::opened().previewed();
            update(&mut shop.0, Msg::Asked { new_file: false });
            update(&mut shop.0, Msg::Pasted(SecretValue::new("typed already")));
            shop
        }
    }
}

fn with_tokens(mut shop: Shop, like: crate::onboard::TokenRow) -> Shop {
    let all = (0..30).map(|n| crate::onboard::TokenRow { name: format!("t{n}"), ..like.clone() });
    shop.0.facts.tokens = Load::Ready(all.collect());
    shop
}

fn audit(context: Context) -> Shop {
    let shop = Shop::at_home().matrix(half_ready()).at_the_audit();
    if context == Context::AuditEmpty {
        return shop.found(audited(Vec::new()));
    }
    let one = leaks().remove(2);
    let many = (1..40).map(|line| crate::audit::Leak { line, ..one.clone() }).collect();
    let middle = [Intent::First, Intent::PageDown, Intent::PageDown, Intent::Down];
    let mut shop = shop.found(audited(many)).pressed(&middle);
    match context {
        Context::AuditLooking => shop.pressed(&[Intent::Retry]),
        Context::AuditAccepted => {
            shop.0.screens.audit.accepted.push(one);
            shop
        }
        Context::AuditPage => shop.sized(60, 18).pressed(&[Intent::Enter, Intent::Down, Intent::Down]),
        _ => shop,
    }
}

fn doctor(context: Context) -> Shop {
    let mut many = broken();
    many.checks[5].problems = vec![many.checks[5].problems[0].clone(); 30];
    let middle = [Intent::First, Intent::PageDown, Intent::Down, Intent::Down];
    let shop = Shop::opened().at_the_doctor();
    if context == Context::DoctorLooking {
        return shop.heard(many.checks).pressed(&middle);
    }
    let mut shop = shop.examined(many).pressed(&middle);
    match context {
        Context::DoctorFixed => shop.0.screens.doctor.undoable = 1,
        Context::DoctorPage => {
            shop = shop.sized(60, 18).pressed(&[Intent::Enter, Intent::Down, Intent::Down])
        }
        Context::Remedies => {
            let effects = shop.press(Intent::FixAll);
            let cures = vec![remedies().cures.remove(0); 60];
            let plan = crate::onboard::Remedies { cures, ..remedies() };
            let done = DoctorDone::Planned(Ok(Box::new(plan)));
            shop.answer(&effects, Done::Doctor(done));
            shop = shop.pressed(&middle);
        }
        _ => {}
    }
    shop
}
