//! What can be done about the cell under the cursor, and its service.
//!
//! The rule: a value is never part of it. The runtime shows and copies; here is only that it did, and how long it was.

use super::{current, environment, mend, others, undo};
use crate::finding::Finding;
use crate::onboard::{COPIED_FOR, Explanation, Opened, Outline, Remedies};
use crate::secret::Extent;
use crate::seed::{Report, Undoable};
use crate::tui::effect::{Effect, Job, Part, TaskId};
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load, Model, Step};
use crate::tui::msg::Answer;
use crate::tui::overlays::{CANNOT_BE_SHOWN, Overlay, Revealed, ValueTyped};
use crate::tui::screens::{command, token};
use crate::tui::walk;
use crate::tui::widgets::text::count;

/// One variable of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub service: String,
    pub variable: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoardAct {
    Reveal(Spot),
    Copy(Spot),
    /// A variable, for all services.
    Explain(String),
    /// Starts a service; it gets the terminal until it ends.
    Run(String),
    /// Looks what was written last.
    LastWrite,
    /// Takes back the write of this name.
    Undo(String),
    /// How these environments stand, one after the other.
    Compare(Vec<String>),
    /// From now on everything is about this environment.
    WorkIn(String),
    /// What the doctor would do about this alone.
    Mend(Spot),
}

impl BoardAct {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Reveal(_) => "asking for its value",
            Self::Copy(_) => "copying its value",
            Self::Explain(_) => "asking where it comes from",
            Self::Run(_) => "getting the service's values",
            Self::LastWrite => "looking what was written last",
            Self::Undo(_) => "taking back what was written",
            Self::Compare(_) => "reading the other environments",
            Self::WorkIn(_) => "going over to it",
            Self::Mend(_) => "asking what would mend it",
        }
    }

    /// A copy is awaited because it clears the clipboard when we leave; going over, because the engine would be there
    /// alone.
    pub fn must_finish(&self) -> bool {
        matches!(self, Self::Copy(_) | Self::Undo(_) | Self::WorkIn(_))
    }
}

/// What came of it.
#[derive(Debug)]
pub enum BoardDone {
    /// A value that takes so much room comes past the model; `None` where it cannot be shown.
    Revealed {
        extent: Option<Extent>,
    },
    /// `certain`: a program took it; a terminal never says whether it did.
    Copied {
        certain: bool,
    },
    Explained(Box<Explanation>),
    Ran {
        service: String,
        code: u8,
    },
    LastWrite(Undoable),
    Undone(Report),
    WorksIn(Box<Opened>, Option<Box<Outline>>),
    /// What would be done; or, with nothing to be done from here, what is wrong with it, if anything.
    Mend(Result<Box<Remedies>, Option<Finding>>),
}

pub(super) fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Reveal => at_spot(model, BoardAct::Reveal),
        Intent::Copy => at_spot(model, BoardAct::Copy),
        Intent::Explain => at_spot(model, |spot| BoardAct::Explain(spot.variable)),
        Intent::Run => at_spot(model, |spot| BoardAct::Run(spot.service)),
        Intent::Undo => start(model, BoardAct::LastWrite),
        Intent::Set => set(model),
        Intent::SeedOne | Intent::Seed | Intent::SeedAll => seed(model, intent),
        Intent::Compare => others::open(model),
        Intent::Environment => environment::ask(model),
        Intent::Open => open(model),
        Intent::Fix => mend::fix(model),
        Intent::Account => account(model),
        Intent::Profiles => walk::enter(model, Step::Pick),
        _ => Vec::new(),
    }
}

fn at_spot(model: &mut Model, act: impl Fn(Spot) -> BoardAct) -> Vec<Effect> {
    match spot(model) {
        Some(spot) => start(model, act(spot)),
        None => no_spot(model),
    }
}

/// Why there is nothing under the cursor.
pub(super) fn no_spot(model: &mut Model) -> Vec<Effect> {
    let nothing = model.screens.board.finds_nothing();
    says(model, if nothing { "the filter finds nothing" } else { "the service does not use this variable" })
}

pub(super) fn spot(model: &Model) -> Option<Spot> {
    let (service, cell) = current(model)?;
    Some(Spot { service: service.service.clone(), variable: cell.variable.clone() })
}

pub(super) fn start(model: &mut Model, act: BoardAct) -> Vec<Effect> {
    if model.screens.board.act.is_busy() {
        return Vec::new();
    }
    let id = model.tasks.next();
    model.screens.board.act = Load::Busy(id);
    vec![Effect::Start(id, Job::Board(act))]
}

/// Asks for a value; one that is a personal token is kept as such.
fn set(model: &mut Model) -> Vec<Effect> {
    let Some(spot) = spot(model) else { return no_spot(model) };
    if let Some(token) = token_of(model, &spot.variable) {
        token::point_at(model, &token);
        return walk::visit(model, Beside::Tokens);
    }
    model.overlay = Some(Overlay::Value(Box::new(ValueTyped::new(spot))));
    Vec::new()
}

pub(super) fn token_of(model: &Model, variable: &str) -> Option<String> {
    model.facts.outline.as_ref()?.variables.get(variable)?.token.clone()
}

/// The answer is there.
pub fn done(model: &mut Model, id: TaskId, answer: Answer<BoardDone>) -> Vec<Effect> {
    if !model.screens.board.act.answer(id, answer) {
        return Vec::new();
    }
    if let Some(BoardDone::WorksIn(..) | BoardDone::Mend(_) | BoardDone::LastWrite(_)) =
        model.screens.board.act.ready()
    {
        return match std::mem::take(&mut model.screens.board.act) {
            Load::Ready(BoardDone::WorksIn(opened, outline)) => {
                environment::works_in(model, *opened, outline)
            }
            Load::Ready(BoardDone::Mend(found)) => mend::mend(model, found),
            Load::Ready(BoardDone::LastWrite(last)) => undo::found(model, last),
            _ => Vec::new(),
        };
    }
    // What lies over the screen already has been asked for since.
    let free = model.overlay.is_none() && model.at == Step::Board && model.beside.is_none();
    let title = spot(model).map(|spot| format!("{} · {}", spot.variable, spot.service));
    let how = command(model, Intent::Reveal);
    let toasts = &mut model.window.toasts;
    match model.screens.board.act.ready() {
        Some(BoardDone::Revealed { extent: Some(extent) }) if free => {
            let revealed = Revealed::new(title.unwrap_or_default(), extent.clone(), how, model.window.now);
            model.overlay = Some(Overlay::Revealed(revealed));
        }
        Some(BoardDone::Revealed { extent: None }) => {
            toasts.failed(CANNOT_BE_SHOWN);
        }
        Some(BoardDone::Copied { certain }) => {
            let words = if *certain { "on the clipboard" } else { "handed to your terminal's clipboard" };
            toasts.done(format!("{words} for {} s", COPIED_FOR.as_secs()));
        }
        Some(BoardDone::Explained(_)) if free => {
            model.overlay = Some(Overlay::Explained { scroll: 0 });
        }
        Some(BoardDone::Ran { service, code }) => toasts.note(format!("{service} ended with {code}")),
        Some(BoardDone::Undone(report)) => {
            toasts.no_undo();
            toasts.done(format!("taken back: {}", count(report.taken_back(), "file")));
        }
        _ => {}
    }
    // What the board shows may have changed beneath it.
    if matches!(model.screens.board.act.ready(), Some(BoardDone::Ran { .. } | BoardDone::Undone(_))) {
        walk::reread(&mut model.facts);
        return vec![walk::read(&mut model.facts, &mut model.tasks)];
    }
    Vec::new()
}

/// The preview of what seeding would write: for the variable under the cursor, for its service, or for all.
fn seed(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if model.facts.opened.ready().is_some_and(|opened| !opened.seeds_files) {
        return says(model, "this profile keeps no env files; devsecrets run is the way");
    }
    let part = match (intent, spot(model)) {
        (Intent::SeedAll, _) => Part::default(),
        (_, None) => return no_spot(model),
        (Intent::Seed, Some(spot)) => Part { services: vec![spot.service], variable: None },
        (_, Some(spot)) => Part { services: vec![spot.service], variable: Some(spot.variable) },
    };
    let Model { facts, screens, tasks, .. } = model;
    facts.report = Load::Idle;
    screens.preview.part = part.clone();
    let plan = walk::start(&mut facts.preview, tasks, Job::Plan(part));
    model.at = Step::Preview;
    vec![plan]
}

/// Where it is asked for, or else where it is described.
fn open(model: &mut Model) -> Vec<Effect> {
    let page = current(model).and_then(|(_, cell)| {
        let outline = model.facts.outline.as_ref()?;
        let declared = outline.variables.get(&cell.variable)?;
        let token = declared.token.as_ref();
        let rows = model.facts.opened.ready().map(|opened| opened.tokens.as_slice()).unwrap_or_default();
        let page = rows.iter().find(|row| Some(&row.name) == token).and_then(|row| row.page.clone());
        [declared.request.clone(), page, declared.docs.clone()]
            .into_iter()
            .flatten()
            .find(|link| is_page(link))
    });
    match page {
        Some(page) => vec![Effect::OpenPage(page)],
        None => says(model, "the profile names no page for it"),
    }
}

fn is_page(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

/// Signs in, or chooses another account and role.
pub(super) fn account(model: &mut Model) -> Vec<Effect> {
    match &model.facts.session {
        _ if model.facts.opened.ready().is_none_or(|opened| opened.start_url.is_none()) => {
            says(model, "this profile has no sign-in")
        }
        Load::Ready(_) => {
            model.screens.role = Default::default();
            walk::enter(model, Step::Role)
        }
        _ => walk::enter(model, Step::SignIn),
    }
}

pub(super) fn says(model: &mut Model, text: &str) -> Vec<Effect> {
    model.window.toasts.note(text);
    Vec::new()
}
