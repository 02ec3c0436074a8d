//! What lies over a screen and takes all keys: the help, the palette, and a question.

pub mod config;
mod confirm;
mod environment;
mod explained;
mod help;
mod palette;
mod passphrase;
mod remedies;
pub mod revealed;
mod value;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::Effect;
use super::keymap::{Context, Intent};
use super::model::Model;
use super::screens::{self, identity, token};
use super::theme::Theme;
use super::widgets::list::moved;
pub use confirm::Asked;
pub use palette::Palette;
pub use passphrase::Passphrase;
pub use revealed::{CANNOT_BE_SHOWN, Revealed};
pub use value::ValueTyped;

/// At most one at a time.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of the context it was called in.
    Help {
        of: Context,
        cursor: usize,
    },
    /// Every action that is possible.
    Palette(Palette),
    Confirm(Question),
    /// Why a variable has its value, from this line on.
    Explained {
        scroll: usize,
    },
    /// Which environment to work in.
    Environment {
        cursor: usize,
    },
    /// A value on its way into an env file.
    Value(Box<ValueTyped>),
    /// A keychain call waits for it.
    Passphrase(Box<Passphrase>),
    /// Around a value that the runtime shows.
    Revealed(Revealed),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// May the files be written?
    Write,
    /// May the AWS config file be written? Its lines may need scrolling.
    Config {
        scroll: usize,
    },
    Token(token::Ask),
    /// May what was written before this sitting be taken back?
    Undo,
    /// May a program of a store run?
    Program,
    Identity(identity::Ask),
    /// May this finding be accepted from now on?
    Accept,
    /// May this be done about what the doctor found?
    Fix {
        scroll: usize,
    },
}

impl Question {
    /// It comes up when an answer does, and not at a key: whoever types ahead has not read it.
    pub fn comes_by_itself(self) -> bool {
        matches!(self, Self::Program | Self::Token(token::Ask::Send) | Self::Config { .. })
    }
}

impl Overlay {
    pub fn context(&self) -> Context {
        match self {
            Self::Help { .. } => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Explained { .. } => Context::Explained,
            Self::Environment { .. } => Context::Environment,
            Self::Value(_) => Context::Value,
            Self::Confirm(Question::Config { .. }) => Context::Offer,
            Self::Confirm(Question::Fix { .. }) => Context::Remedies,
            Self::Confirm(question) if question.comes_by_itself() => Context::Consent,
            Self::Confirm(_) => Context::Confirm,
            Self::Passphrase(_) => Context::Passphrase,
            Self::Revealed(_) => Context::Revealed,
        }
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if let Some(Overlay::Passphrase(asked)) = &mut model.overlay {
        let answer = asked.update(intent);
        if answer.is_some() {
            model.overlay = None;
        }
        return answer.into_iter().collect();
    }
    if let Some(Overlay::Value(_)) = &model.overlay {
        return value::update(model, intent);
    }
    if let Some(Overlay::Palette(_)) = &model.overlay {
        return in_palette(model, intent);
    }
    match (&mut model.overlay, intent) {
        (Some(Overlay::Confirm(question)), Intent::Back) => {
            let question = *question;
            model.overlay = None;
            return no(model, question);
        }
        (Some(Overlay::Revealed(_)), _) => return hide(model),
        (_, Intent::Back) => model.overlay = None,
        (Some(Overlay::Explained { scroll }), _) => {
            let lines = explained::rows(&model.screens.board, model.window.size);
            *scroll = moved(*scroll, lines, intent);
        }
        (Some(Overlay::Environment { cursor }), Intent::Enter) => {
            let at = *cursor;
            model.overlay = None;
            return screens::board::chosen(model, at);
        }
        (Some(Overlay::Environment { cursor }), _) => {
            *cursor = moved(*cursor, screens::board::environments(&model.facts).len(), intent);
        }
        (Some(Overlay::Help { of, cursor }), _) => *cursor = moved(*cursor, of.rows().count(), intent),
        (Some(Overlay::Confirm(question)), Intent::Enter) => {
            let question = *question;
            model.overlay = None;
            return yes(model, question);
        }
        (Some(Overlay::Confirm(Question::Config { scroll })), _) => {
            let lines = model.facts.config.ready().map_or(0, |plan| plan.lines.len() + plan.findings.len());
            *scroll = moved(*scroll, lines, intent);
        }
        (Some(Overlay::Confirm(Question::Fix { scroll })), _) => {
            *scroll = moved(*scroll, model.screens.doctor.fixing.rows().len(), intent);
        }
        _ => {}
    }
    Vec::new()
}

/// What it does may open something over the screen itself.
fn in_palette(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = model.overlay.take() else { return Vec::new() };
    let (effects, stays) = palette::update(model, palette, intent);
    if let Some(palette) = stays {
        model.overlay = Some(Overlay::Palette(palette));
    }
    effects
}

fn yes(model: &mut Model, question: Question) -> Vec<Effect> {
    match question {
        Question::Write => screens::preview::write(model),
        Question::Config { .. } => config::write(model),
        Question::Program => screens::board::agreed(model, true),
        Question::Undo => screens::board::undo::agreed(model, true),
        Question::Accept => screens::audit::agreed(model),
        Question::Token(ask) => token::settle(model, ask, true),
        Question::Identity(ask) => identity::settle(model, ask, true),
        Question::Fix { .. } => screens::doctor::fix::agreed(model),
    }
}

fn no(model: &mut Model, question: Question) -> Vec<Effect> {
    match question {
        Question::Config { .. } => config::decline(model),
        Question::Program => screens::board::agreed(model, false),
        Question::Undo => screens::board::undo::agreed(model, false),
        Question::Token(ask) => token::settle(model, ask, false),
        Question::Identity(ask) => identity::settle(model, ask, false),
        Question::Fix { .. } => {
            screens::doctor::fix::declined(model);
            Vec::new()
        }
        Question::Write | Question::Accept => Vec::new(),
    }
}

/// Takes a value off the screen, if one is on it.
pub fn hide(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Revealed(_)) = &model.overlay {
        model.overlay = None;
    }
    Vec::new()
}

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match &model.overlay {
        Some(Overlay::Help { of, cursor }) => help::view(model, *of, *cursor, theme, frame, area),
        Some(Overlay::Palette(palette)) => palette::view(model, palette, theme, frame, area),
        Some(Overlay::Confirm(Question::Config { scroll })) => {
            config::view(model, *scroll, theme, frame, area)
        }
        Some(Overlay::Confirm(Question::Fix { scroll })) => {
            remedies::view(model, *scroll, theme, frame, area);
        }
        Some(Overlay::Confirm(question)) => confirm::view(model, *question, theme, frame, area),
        Some(Overlay::Passphrase(asked)) => passphrase::view(asked, theme, frame, area),
        Some(Overlay::Explained { scroll }) => explained::view(model, *scroll, theme, frame, area),
        Some(Overlay::Environment { cursor }) => environment::view(model, *cursor, theme, frame, area),
        Some(Overlay::Value(typed)) => value::view(typed, theme, frame, area),
        Some(Overlay::Revealed(revealed)) => revealed::view(model, revealed, theme, frame),
        None => {}
    }
}
