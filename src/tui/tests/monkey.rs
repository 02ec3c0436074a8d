//! Anything may be pressed at any time, and any answer may come: nothing panics, nothing leaves the frame, and what was
//! pasted is never in it. `MONKEY=1000000` makes that many events instead of a sample.

use super::{frame, text};
use crate::settings::Settings;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Model};
use crate::tui::msg::{Done, Msg, Typed};
use crate::tui::screens::audit::{AuditAct, AuditDone};
use crate::tui::screens::board::{BoardAct, BoardDone};
use crate::tui::screens::doctor::{DoctorAct, DoctorDone};
use crate::tui::screens::identity::{IdentityAct, IdentityDone};
use crate::tui::screens::token::{TokenAct, TokenDone};
use crate::tui::theme::Theme;
use crate::tui::update::update;
use crate::tui::walk;

/// A sample for every run.
const STEPS: usize = 40_000;
/// Who is home once does not see the steps again, so every so often it begins anew.
const DAY: usize = 4_000;
/// Pasted now and then, and never to be seen.
const CANARY: &str = "canary77";

const INTENTS: [Intent; 55] = [
    Intent::Up,
    Intent::Down,
    Intent::Left,
    Intent::Right,
    Intent::PageUp,
    Intent::PageDown,
    Intent::First,
    Intent::Last,
    Intent::Enter,
    Intent::Enter,
    Intent::Back,
    Intent::Quit,
    Intent::Help,
    Intent::Palette,
    Intent::Suspend,
    Intent::Filter,
    Intent::Retry,
    Intent::Open,
    Intent::Copy,
    Intent::Approve,
    Intent::Switch,
    Intent::Paste,
    Intent::Skip,
    Intent::Toggle,
    Intent::Fold,
    Intent::FoldAll,
    Intent::Insert(Typed('é')),
    Intent::Erase,
    Intent::EraseWord,
    Intent::Visit(Beside::Tokens),
    Intent::Visit(Beside::Identity),
    Intent::Verify,
    Intent::Reveal,
    Intent::Share,
    Intent::Remove,
    Intent::Export,
    Intent::Import,
    Intent::Rotate,
    Intent::Visit(Beside::Doctor),
    Intent::Fix,
    Intent::FixAll,
    Intent::RetryAll,
    Intent::Undo,
    Intent::Seed,
    Intent::SeedAll,
    Intent::Order,
    Intent::NextTrouble,
    Intent::Account,
    Intent::Explain,
    Intent::Set,
    Intent::Run,
    Intent::Profiles,
    Intent::Visit(Beside::Audit),
    Intent::Edit,
    Intent::Allow,
];

/// A small generator (xorshift64), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

fn answer(dice: &mut Dice, job: &Job) -> Done {
    let good = dice.roll(4) > 0;
    fn or<T>(good: bool, value: T) -> Result<T, crate::finding::Finding> {
        if good { Ok(value) } else { Err(trouble()) }
    }
    let known = (dice.roll(2) == 0).then(choice);
    match job {
        Job::Find => Done::Found((dice.roll(2) == 0).then(|| or(good, opened())), some_outline(dice)),
        Job::List => Done::Listed(profiles()),
        Job::Open(_) => Done::Opened(or(good, opened()), some_outline(dice)),
        Job::Resume => Done::Resumed(or(good, (dice.roll(2) == 0).then(signed_in)), known),
        Job::SignIn => Done::SignedIn(or(good, signed_in()), known),
        Job::Accounts => Done::Accounts(or(good, accounts())),
        Job::Roles(_) => Done::Roles(or(good, roles())),
        Job::Choose(choice) => Done::Chose(or(good, choice.clone())),
        Job::PlanConfig => Done::ConfigPlanned(or(good, config_plan())),
        Job::WriteConfig(_) => Done::ConfigWritten(or(good, config_written())),
        Job::DeclineConfig => Done::ConfigDeclined,
        Job::WalkOver => Done::WalkOver,
        Job::ReadMatrix => Done::Matrix(or(good, if dice.roll(2) == 0 { half_ready() } else { all_ready() })),
        Job::Plan(_) | Job::Settle { .. } => Done::Planned(or(good, preview())),
        Job::Apply { .. } => Done::Applied(or(good, report())),
        Job::Undo => Done::Undone(or(good, report())),
        Job::Tokens => Done::Tokens(or(good, tokens())),
        Job::KeepToken { .. } => Done::Kept(or(good, kept()), Some(tokens())),
        Job::Token { act, .. } => Done::Token(or(good, of_token(dice, *act)), Some(tokens())),
        Job::PlanByHand { .. } => Done::Planned(or(good, preview())),
        Job::Allow(_) => Done::Allowed(or(good, ())),
        Job::Board(BoardAct::Compare(_)) => Done::Compared,
        Job::Board(act) => Done::Board(or(good, of_board(dice, act))),
        Job::Identity(act) => Done::Identity(or(good, of_identity(dice, act))),
        Job::Audit(act) => Done::Audit(match act {
            AuditAct::Look(_) => {
                let found = if dice.roll(3) == 0 { audited(Vec::new()) } else { half_audited() };
                AuditDone::Looked(or(good, Box::new(found)))
            }
            AuditAct::Open { .. } => AuditDone::Opened(or(good, "vi".to_owned())),
            AuditAct::Allow(_) => AuditDone::Allowed(or(good, ())),
            AuditAct::Disallow(_) => AuditDone::Disallowed(or(good, ())),
        }),
        Job::Doctor(act) => Done::Doctor(match act {
            DoctorAct::Examine(_) => {
                DoctorDone::Examined(or(good, if dice.roll(2) == 0 { broken() } else { healthy() }))
            }
            DoctorAct::Plan(_) => DoctorDone::Planned(or(good, Box::new(remedies()))),
            DoctorAct::Heal(_) => DoctorDone::Healed(or(good, mended())),
            DoctorAct::PlanSeed(_) => DoctorDone::SeedPlanned(or(good, preview())),
            DoctorAct::Seed(_) => DoctorDone::Seeded(or(good, mended())),
            DoctorAct::Undo => DoctorDone::Undone(or(good, mended())),
        }),
    }
}

/// None, of somebody at home, or of somebody who has not chosen a role yet.
fn some_outline(dice: &mut Dice) -> Option<Box<crate::onboard::Outline>> {
    let mut outline = outline();
    let role = dice.roll(2) == 0;
    outline.set_up.role = role;
    outline.choice = outline.choice.filter(|_| role);
    (dice.roll(3) > 0).then_some(outline)
}

fn of_board(dice: &mut Dice, act: &BoardAct) -> BoardDone {
    match act {
        BoardAct::Reveal(_) => {
            BoardDone::Revealed { extent: (dice.roll(4) > 0).then(|| extent(dice.roll(5000))).flatten() }
        }
        BoardAct::Copy(_) => BoardDone::Copied { certain: dice.roll(2) == 0 },
        BoardAct::Explain(_) => BoardDone::Explained(Box::new(explanation())),
        BoardAct::Run(service) => BoardDone::Ran { service: service.clone(), code: 0 },
        BoardAct::LastWrite => BoardDone::LastWrite(last_write()),
        BoardAct::Undo(_) => BoardDone::Undone(report()),
        BoardAct::WorkIn(name) => {
            let opened = crate::onboard::Opened { environment: name.clone(), ..opened() };
            BoardDone::WorksIn(Box::new(opened), some_outline(dice))
        }
        // Each is told apart; here the last word is as good as any.
        BoardAct::Compare(_) | BoardAct::Mend(_) => BoardDone::Mend(match dice.roll(3) {
            0 => Err(None),
            1 => Err(Some(trouble())),
            _ => Ok(Box::new(remedies())),
        }),
    }
}

fn of_token(dice: &mut Dice, act: TokenAct) -> TokenDone {
    match act {
        TokenAct::Verify { agreed: false } => TokenDone::Unagreed { host: "example.com".into() },
        TokenAct::Verify { agreed: true } => TokenDone::Verified(Box::new(checked())),
        TokenAct::Reveal => {
            TokenDone::Revealed { extent: (dice.roll(4) > 0).then(|| extent(dice.roll(5000))).flatten() }
        }
        TokenAct::Copy => TokenDone::Copied { certain: dice.roll(2) == 0 },
        TokenAct::Share => TokenDone::Shared(kept()),
        TokenAct::Decline => TokenDone::Declined,
        TokenAct::Remove => TokenDone::Removed(removed()),
    }
}

fn of_identity(dice: &mut Dice, act: &IdentityAct) -> IdentityDone {
    let facts = (dice.roll(3) > 0).then(identity);
    match act {
        IdentityAct::Read => IdentityDone::Read(facts),
        IdentityAct::Export => IdentityDone::Exported(facts, dice.roll(2) == 0),
        IdentityAct::Import if dice.roll(3) == 0 => IdentityDone::Left,
        IdentityAct::Import => IdentityDone::Judged(import()),
        IdentityAct::TakeOver(true) => IdentityDone::TakenOver(old_identity()),
        IdentityAct::TakeOver(false) => IdentityDone::Left,
        IdentityAct::Rotatable => IdentityDone::Rotatable(vec!["JWT_SECRET".into(); dice.roll(3)]),
        IdentityAct::Rotate(variables) => {
            let rotated =
                crate::onboard::Rotated { variables: variables.clone(), epochs: Default::default() };
            IdentityDone::Rotated(rotated, facts)
        }
    }
}

fn next(dice: &mut Dice, waiting: &mut Vec<(TaskId, Job)>) -> Msg {
    match dice.roll(20) {
        0 => Msg::Resized(dice.roll(140) as u16, dice.roll(50) as u16),
        1 => Msg::Tick(noon() + time::Duration::seconds(dice.roll(1000) as i64)),
        2 if dice.roll(4) == 0 => Msg::Hide,
        2 => Msg::Pasted(crate::secret::SecretValue::new(format!("lin_api_{CANARY}"))),
        3..8 if !waiting.is_empty() => {
            let (id, job) = waiting.swap_remove(dice.roll(waiting.len()));
            match job {
                Job::SignIn if dice.roll(2) == 0 => {
                    waiting.push((id, job));
                    Msg::SigningIn(id, if dice.roll(2) == 0 { code_shown() } else { page_shown() }, noon())
                }
                Job::Audit(AuditAct::Look(_)) if dice.roll(2) == 0 => {
                    waiting.push((id, job));
                    Msg::Counted(id, dice.roll(1204), 1204)
                }
                Job::Doctor(DoctorAct::Examine(_)) if dice.roll(2) == 0 => {
                    waiting.push((id, job));
                    let checks = broken().checks;
                    Msg::Checked(id, Box::new(checks[dice.roll(checks.len())].clone()))
                }
                Job::Board(BoardAct::Compare(names)) if dice.roll(3) > 0 => {
                    let name = names[dice.roll(names.len())].clone();
                    waiting.push((id, Job::Board(BoardAct::Compare(names))));
                    let good = dice.roll(4) > 0;
                    Msg::Environment(id, name, if good { Ok(Box::new(half_ready())) } else { Err(trouble()) })
                }
                job => Msg::Finished(id, answer(dice, &job)),
            }
        }
        8 => Msg::Press(Intent::At(dice.roll(60))),
        _ => Msg::Press(INTENTS[dice.roll(INTENTS.len())]),
    }
}

#[test]
fn a_monkey_breaks_nothing() {
    let mut dice = Dice(0x5eed_cafe_f00d_1234);
    let Shop(mut model) = Shop::new().in_the_demo();
    let mut waiting = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let (mut visited, mut mended) = (false, 0);
    let asked = Settings::from_process().unwrap().var("MONKEY").map(|text| text.parse().unwrap());
    for step in 0..asked.unwrap_or(STEPS) {
        if step % DAY == 0 {
            waiting.clear();
            model = Shop::new().in_the_demo().0;
            perform(walk::begin(&mut model), &mut waiting);
            // Every other day begins at its end, which is far for somebody who presses anything.
            if step / DAY % 2 == 1 {
                model = done().in_the_demo().0;
                waiting.clear();
            }
            seen.insert(model.at);
        }
        let msg = next(&mut dice, &mut waiting);
        let effects = update(&mut model, msg);
        perform(effects, &mut waiting);
        seen.insert(model.at);
        visited |= model.beside.is_some();
        mended = mended.max(model.screens.doctor.undoable);
        if step % 10 == 0 {
            draw(&mut model);
        }
    }
    assert!(visited && mended > 0, "the monkey mended nothing");
    assert_eq!(seen.len(), 7, "the monkey did not get everywhere: {seen:?}");
}

fn perform(effects: Vec<Effect>, waiting: &mut Vec<(TaskId, Job)>) {
    for effect in effects {
        match effect {
            Effect::Start(id, job) => waiting.push((id, job)),
            Effect::Cancel(id) => waiting.retain(|(one, _)| *one != id),
            _ => {}
        }
    }
}

fn draw(model: &mut Model) {
    let size = model.window.size;
    if size.width > 0 && size.height > 0 {
        let drawn = frame(model, &Theme::plain(), size.width, size.height);
        assert!(!text(&drawn).contains(CANARY), "{}", text(&drawn));
    }
}
