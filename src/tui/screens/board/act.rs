//! What can be done about the cell under the cursor, and its service.
//!
//! The rule: a value is never part of it. The runtime shows and copies; here is only that it did, and how long it was.

use super::current;
use crate::onboard::{COPIED_FOR, Explanation};
use crate::seed::Report;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load, Model, Step};
use crate::tui::msg::Answer;
use crate::tui::overlays::{Overlay, Revealed, ValueTyped};
use crate::tui::screens::token;
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
    /// Takes back what was written last.
    Undo,
}

impl BoardAct {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Reveal(_) => "asking for its value",
            Self::Copy(_) => "copying its value",
            Self::Explain(_) => "asking where it comes from",
            Self::Run(_) => "getting the service's values",
            Self::Undo => "taking back what was written",
        }
    }

    /// A copy is awaited because it clears the clipboard when we leave.
    pub fn must_finish(&self) -> bool {
        matches!(self, Self::Copy(_) | Self::Undo)
    }
}

/// What came of it.
#[derive(Debug)]
pub enum BoardDone {
    /// So many characters come past the model; `None` where they cannot be shown.
    Revealed {
        chars: Option<usize>,
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
    Undone(Report),
}

const NOT_USED: &str = "the service does not use this variable";

pub(super) fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Reveal => at_spot(model, BoardAct::Reveal),
        Intent::Copy => at_spot(model, BoardAct::Copy),
        Intent::Explain => at_spot(model, |spot| BoardAct::Explain(spot.variable)),
        Intent::Run => at_spot(model, |spot| BoardAct::Run(spot.service)),
        Intent::Undo => start(model, BoardAct::Undo),
        Intent::Set => set(model),
        Intent::Seed => seed(model, true),
        Intent::SeedAll => seed(model, false),
        Intent::Open => open(model),
        Intent::Fix => fix(model),
        Intent::Account => account(model),
        Intent::Profiles => walk::enter(model, Step::Pick),
        _ => Vec::new(),
    }
}

fn at_spot(model: &mut Model, act: impl Fn(Spot) -> BoardAct) -> Vec<Effect> {
    match spot(model) {
        Some(spot) => start(model, act(spot)),
        None => says(model, NOT_USED),
    }
}

fn spot(model: &Model) -> Option<Spot> {
    let (service, cell) = current(model)?;
    Some(Spot { service: service.service.clone(), variable: cell.variable.clone() })
}

fn start(model: &mut Model, act: BoardAct) -> Vec<Effect> {
    if model.screens.board.act.is_busy() {
        return Vec::new();
    }
    let id = model.tasks.next();
    model.screens.board.act = Load::Busy(id);
    vec![Effect::Start(id, Job::Board(act))]
}

/// Asks for a value; one that is a personal token is kept as such.
fn set(model: &mut Model) -> Vec<Effect> {
    let Some(spot) = spot(model) else { return says(model, NOT_USED) };
    if let Some(token) = token_of(model, &spot.variable) {
        token::point_at(model, &token);
        return walk::visit(model, Beside::Tokens);
    }
    model.overlay = Some(Overlay::Value(Box::new(ValueTyped::new(spot))));
    Vec::new()
}

fn token_of(model: &Model, variable: &str) -> Option<String> {
    model.facts.outline.as_ref()?.variables.get(variable)?.token.clone()
}

/// The answer is there.
pub fn done(model: &mut Model, id: TaskId, answer: Answer<BoardDone>) -> Vec<Effect> {
    if !model.screens.board.act.answer(id, answer) {
        return Vec::new();
    }
    // What lies over the screen already has been asked for since.
    let free = model.overlay.is_none() && model.at == Step::Board && model.beside.is_none();
    let title = spot(model).map(|spot| format!("{} · {}", spot.variable, spot.service));
    let toasts = &mut model.window.toasts;
    match model.screens.board.act.ready() {
        Some(BoardDone::Revealed { chars: Some(chars) }) if free => {
            let revealed = Revealed::new(title.unwrap_or_default(), *chars, model.window.now);
            model.overlay = Some(Overlay::Revealed(revealed));
        }
        Some(BoardDone::Revealed { chars: None }) => {
            toasts.failed("it holds characters that a terminal would obey or bend");
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
            toasts.done(format!("taken back: {}", count(report.files.len(), "file")));
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

/// The preview of what seeding would write: for the service under the cursor, or for all.
fn seed(model: &mut Model, one: bool) -> Vec<Effect> {
    if model.facts.opened.ready().is_some_and(|opened| !opened.seeds_files) {
        return says(model, "this profile keeps no env files; devsecrets run is the way");
    }
    let services = match (one, current(model)) {
        (true, Some((service, _))) => vec![service.service.clone()],
        (true, None) => return says(model, NOT_USED),
        (false, _) => Vec::new(),
    };
    let Model { facts, screens, tasks, .. } = model;
    facts.report = Load::Idle;
    screens.preview.services = services.clone();
    let plan = walk::start(&mut facts.preview, tasks, Job::Plan(services));
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

/// To where it is mended: its token, the sign-in, or what the doctor finds about it.
fn fix(model: &mut Model) -> Vec<Effect> {
    let Some((_, cell)) = current(model) else { return says(model, NOT_USED) };
    let token = token_of(model, &cell.variable).filter(|_| cell.status.stops());
    let signed_out = cell.next.as_deref().is_some_and(|next| next.contains("devsecrets login"));
    match token {
        Some(token) => {
            token::point_at(model, &token);
            walk::visit(model, Beside::Tokens)
        }
        None if signed_out => account(model),
        None => walk::visit(model, Beside::Doctor),
    }
}

/// Signs in, or chooses another account and role.
fn account(model: &mut Model) -> Vec<Effect> {
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

fn says(model: &mut Model, text: &str) -> Vec<Effect> {
    model.window.toasts.note(text);
    Vec::new()
}
