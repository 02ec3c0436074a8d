//! What lies over a screen and takes all keys: the help, and a question.

pub mod config;
mod confirm;
mod help;
mod passphrase;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::Effect;
use super::keymap::{Context, Intent};
use super::model::Model;
use super::screens;
use super::theme::Theme;
use super::widgets::list::moved;
pub use passphrase::Passphrase;

/// At most one at a time.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of the context it was called in.
    Help {
        of: Context,
        cursor: usize,
    },
    Confirm(Question),
    /// A keychain call waits for it.
    Passphrase(Box<Passphrase>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// May the files be written?
    Write,
    /// Leave although something is being written?
    Leave,
    /// May the AWS config file be written? Its lines may need scrolling.
    Config { scroll: usize },
}

impl Overlay {
    pub fn context(&self) -> Context {
        match self {
            Self::Help { .. } => Context::Help,
            Self::Confirm(Question::Config { .. }) => Context::Offer,
            Self::Confirm(_) => Context::Confirm,
            Self::Passphrase(_) => Context::Passphrase,
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
    match (&mut model.overlay, intent) {
        (Some(Overlay::Confirm(Question::Config { .. })), Intent::Back) => {
            model.overlay = None;
            return config::decline(model);
        }
        (_, Intent::Back) => model.overlay = None,
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
        _ => {}
    }
    Vec::new()
}

fn yes(model: &mut Model, question: Question) -> Vec<Effect> {
    match question {
        Question::Write => screens::preview::write(model),
        Question::Leave => vec![Effect::Quit],
        Question::Config { .. } => config::write(model),
    }
}

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match &model.overlay {
        Some(Overlay::Help { of, cursor }) => help::view(*of, *cursor, theme, frame, area),
        Some(Overlay::Confirm(Question::Config { scroll })) => {
            config::view(model, *scroll, theme, frame, area)
        }
        Some(Overlay::Confirm(question)) => confirm::view(model, *question, theme, frame, area),
        Some(Overlay::Passphrase(asked)) => passphrase::view(asked, theme, frame, area),
        None => {}
    }
}
