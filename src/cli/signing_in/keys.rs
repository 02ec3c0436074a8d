//! Single keys and pasted text from the terminal, while a prompt stands.
//!
//! The rule: raw mode ends with [`Keys::deafen`] or with the value, whichever comes first. An address can be pasted in
//! terminals that do not mark pastes, too: it begins with a letter that is no key and ends with Enter.

use std::io;

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, EventStream, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers,
};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use futures_util::StreamExt as _;
use zeroize::Zeroizing;

use crate::secret::SecretValue;
use crate::tty::events;

/// Longer than any address; what is longer is not taken.
const ROOM: usize = 16 * 1024;

/// What a person did.
#[derive(Debug)]
pub(super) enum Heard {
    Letter(char),
    /// The address a browser elsewhere ended at.
    Pasted(SecretValue),
    /// A part of one.
    Typing,
    Cancel,
}

/// The ear. Deaf until told to listen.
#[derive(Default)]
pub(super) struct Keys {
    events: Option<EventStream>,
    typed: Zeroizing<String>,
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.deafen();
    }
}

impl Keys {
    /// Without raw mode there are no single keys, and none are promised.
    pub fn listen(&mut self) {
        if self.events.is_none() && enable_raw_mode().is_ok() {
            self.events = events().ok();
            let ready = match &self.events {
                // A terminal that does not know pastes types them.
                Some(_) => crossterm::execute!(io::stderr(), EnableBracketedPaste),
                None => disable_raw_mode(),
            };
            // One that is gone needs neither.
            let _ = ready;
        }
    }

    pub fn deafen(&mut self) {
        self.typed.clear();
        if self.events.take().is_some() {
            // A terminal that is gone needs no restoring.
            let _ = crossterm::execute!(io::stderr(), DisableBracketedPaste);
            let _ = disable_raw_mode();
        }
    }

    pub fn are_heard(&self) -> bool {
        self.events.is_some()
    }

    /// How many characters of an address were typed so far.
    pub fn typed(&self) -> usize {
        self.typed.chars().count()
    }

    /// Waits for ever while deaf.
    pub async fn next(&mut self) -> Heard {
        loop {
            let event = match &mut self.events {
                Some(events) => events.next().await,
                None => std::future::pending().await,
            };
            match event {
                Some(Ok(Event::Paste(text))) => return self.pasted(&text),
                Some(Ok(Event::Key(key))) if key.kind != KeyEventKind::Release => {
                    if let Some(heard) = self.pressed(key) {
                        return heard;
                    }
                }
                Some(Ok(_)) => {}
                // The terminal is gone, and with it the person.
                Some(Err(_)) | None => return Heard::Cancel,
            }
        }
    }

    fn pasted(&mut self, text: &str) -> Heard {
        let text = Zeroizing::new(text.to_owned());
        self.typed.clear();
        Heard::Pasted(SecretValue::new(text.as_str()))
    }

    fn pressed(&mut self, key: KeyEvent) -> Option<Heard> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c' | 'd') if control => Some(Heard::Cancel),
            KeyCode::Esc => {
                self.typed.clear();
                Some(Heard::Typing)
            }
            KeyCode::Backspace => self.typed.pop().map(|_| Heard::Typing),
            KeyCode::Enter if !self.typed.is_empty() => {
                let text = std::mem::take(&mut self.typed);
                Some(self.pasted(&text))
            }
            KeyCode::Char(c) if !control && (!self.typed.is_empty() || matches!(c, 'h' | '1')) => {
                if self.typed.len() < ROOM {
                    self.typed.push(c);
                }
                Some(Heard::Typing)
            }
            KeyCode::Char(c) if !control => Some(Heard::Letter(c.to_ascii_lowercase())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keys: &mut Keys, code: KeyCode, modifiers: KeyModifiers) -> Option<Heard> {
        keys.pressed(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn letters_are_keys_until_an_address_begins() {
        let mut keys = Keys::default();
        let none = KeyModifiers::NONE;
        assert!(matches!(press(&mut keys, KeyCode::Char('O'), none), Some(Heard::Letter('o'))));
        for c in "http://127.0.0.1:1/oauth/callback?code=d".chars() {
            assert!(matches!(press(&mut keys, KeyCode::Char(c), none), Some(Heard::Typing)), "{c}");
        }
        let Some(Heard::Pasted(address)) = press(&mut keys, KeyCode::Enter, none) else { panic!() };
        assert!(address.same_as(&SecretValue::new("http://127.0.0.1:1/oauth/callback?code=d")));
        assert_eq!(keys.typed(), 0);
        assert!(press(&mut keys, KeyCode::Enter, none).is_none());
    }

    #[test]
    fn control_c_cancels_at_any_time() {
        let mut keys = Keys::default();
        let _ = press(&mut keys, KeyCode::Char('h'), KeyModifiers::NONE);
        let heard = press(&mut keys, KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert!(matches!(heard, Some(Heard::Cancel)));
    }
}
