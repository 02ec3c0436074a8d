//! A token typed or pasted unseen, with a word about its shape at every key.
//!
//! One line of standard error, drawn anew: dots, the length, and what it looks like so far. Nothing typed is ever
//! written. Raw mode and bracketed paste end with the question, however it ends.

use std::io::{self, Write as _};

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
};
use crossterm::execute;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use futures_util::StreamExt as _;

use crate::onboard::{Fit, TokenRow, beginning, fit};
use crate::secret::{MaskedInput, SecretValue, plain};
use crate::signals::stop;
use crate::tty::events;

/// What the person did.
enum Turn {
    GoOn,
    Open,
    Done,
    Leave,
}

/// Asks for `token`; `None` when the person leaves. `open` is called for the page where one is made.
pub(super) async fn ask(token: &TokenRow, open: impl Fn()) -> Option<SecretValue> {
    let _raw = Raw::enter().ok()?;
    let mut input = MaskedInput::default();
    let mut events = events().ok()?;
    let mut asked_to_stop = std::pin::pin!(stop());
    loop {
        draw(token, &input);
        let event = tokio::select! {
            event = events.next() => event?.ok()?,
            () = &mut asked_to_stop => return None,
        };
        match taken(&mut input, event) {
            Turn::GoOn => {}
            Turn::Open => open(),
            Turn::Done => return (!input.is_blank()).then(|| input.take()),
            Turn::Leave => return None,
        }
    }
}

fn taken(input: &mut MaskedInput, event: Event) -> Turn {
    match event {
        Event::Paste(text) => input.paste(&SecretValue::new(text)),
        Event::Key(key) if key.kind != KeyEventKind::Release => return pressed(input, key),
        _ => {}
    }
    Turn::GoOn
}

fn pressed(input: &mut MaskedInput, key: KeyEvent) -> Turn {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if ctrl => return Turn::Leave,
        KeyCode::Char('o') if ctrl => return Turn::Open,
        KeyCode::Char('u' | 'w') if ctrl => input.clear(),
        KeyCode::Char(c) if !ctrl && !key.modifiers.contains(KeyModifiers::ALT) => input.insert(c),
        KeyCode::Backspace => input.erase(),
        KeyCode::Enter => return Turn::Done,
        KeyCode::Esc => return Turn::Leave,
        _ => {}
    }
    Turn::GoOn
}

fn draw(token: &TokenRow, input: &MaskedInput) {
    const DOTS: usize = 12;
    let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns));
    let says = input.expose_to(|text| says(token, text));
    let line = match input.chars() {
        0 => format!("{}: {says}", token.name),
        count => format!("{}: {} {count} characters · {says}", token.name, "•".repeat(count.min(DOTS))),
    };
    let line: String = plain(&line).chars().take(columns.saturating_sub(1)).collect();
    let mut error = io::stderr();
    // A terminal that is gone ends the question at its next event.
    let _ = write!(error, "\r{line}\x1b[K").and_then(|()| error.flush());
}

/// What the shape says, never what was typed.
fn says(token: &TokenRow, typed: &str) -> String {
    let start = token.shape.as_deref().map(beginning).unwrap_or_default();
    match fit(typed, token.shape.as_deref()) {
        Fit::Nothing if start.is_empty() => "type or paste it; it is not shown".to_owned(),
        Fit::Nothing => format!("type or paste it; it begins with {start}… and is not shown"),
        Fit::NoShape => "the profile does not say what it looks like".to_owned(),
        Fit::SoFar { left: None } => format!("not yet a whole {}", token.title),
        Fit::SoFar { left: Some(left) } => format!("not yet a whole {}, {left} to come", token.title),
        Fit::TooLong { of } => format!("too long: a {} has {of} characters", token.title),
        Fit::Matches => format!("looks like a {}; Enter keeps it", token.title),
        Fit::Differs => format!("does not look like a {}", token.title),
        Fit::Other(vendor) => format!("this looks like {vendor}"),
    }
}

/// Raw mode with bracketed paste, while it lasts.
struct Raw;

impl Raw {
    fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        let raw = Self;
        execute!(io::stderr(), EnableBracketedPaste)?;
        Ok(raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = execute!(io::stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
        let _ = writeln!(io::stderr());
    }
}
