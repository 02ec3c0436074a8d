//! Whether the terminal is dark or light, asked of it and heard between the keys.
//!
//! The rule: asking costs no frame and no key. The question (OSC 11, xterm's ctlseqs) goes out after the first frame, and the
//! answer comes among the keys whenever it likes, over however slow a line: crossterm, which does not know it, hands it on
//! as Alt-], letters, and Ctrl-G. Crates that ask (terminal-colorsaurus) wait for the answer and swallow what is typed
//! meanwhile.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Ends with BEL, so that the answer does, too: one byte cannot arrive in halves.
pub(super) const QUESTION: &str = "\x1b]11;?\x07";

/// How every answer begins behind its escape.
const OPENING: &str = "11;rgb";
/// Longer is none.
const LONGEST: usize = 32;

/// What has been heard of the answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    heard: Option<String>,
}

/// What an event was.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// Somebody's key, or the like.
    Event(Event),
    /// Part of the answer.
    Part,
    /// The answer, with whether it is light.
    Background(Option<bool>),
}

impl Answer {
    pub fn hears(&mut self, event: Event) -> Heard {
        let key = match &event {
            Event::Key(key) => *key,
            _ => return Heard::Event(event),
        };
        let Some(heard) = &mut self.heard else {
            if key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT {
                self.heard = Some(String::new());
                return Heard::Part;
            }
            return Heard::Event(event);
        };
        match letter(key) {
            Some(c) => heard.push(c),
            None => return Heard::Background(self.heard.take().and_then(|text| light(&text))),
        }
        let fits = heard.starts_with(OPENING) || OPENING.starts_with(heard.as_str());
        if fits && heard.len() <= LONGEST {
            return Heard::Part;
        }
        // Somebody pressed Alt-], which means nothing here.
        self.heard = None;
        Heard::Event(event)
    }
}

/// A letter of the answer; anything else ends it, be it Ctrl-G or Alt-\.
fn letter(key: KeyEvent) -> Option<char> {
    let plain = !key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char(c) if plain && c.is_ascii() => Some(c),
        _ => None,
    }
}

/// `11;rgb:1e1e/1e1e/2e2e`, with one to four hexadecimal digits for each colour; `rgba` has a fourth.
fn light(answer: &str) -> Option<bool> {
    let (_, colours) = answer.split_once(':')?;
    let share = |hex: &str| {
        let most = 16_u32.checked_pow(u32::try_from(hex.len()).ok()?)?.checked_sub(1)?;
        Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from(most))
    };
    let mut parts = colours.split('/').map(share);
    let (r, g, b) = (parts.next()??, parts.next()??, parts.next()??);
    // How bright it looks (Rec. 709).
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// As crossterm hands on `ESC ] text BEL`.
    fn hears(answer: &mut Answer, text: &str) -> Vec<Heard> {
        let opening = key(']', KeyModifiers::ALT);
        let letters = text.chars().map(|c| key(c, KeyModifiers::NONE));
        let all = std::iter::once(opening).chain(letters).chain([key('g', KeyModifiers::CONTROL)]);
        all.map(|event| answer.hears(event)).collect()
    }

    #[test]
    fn the_answer_is_heard_and_no_part_of_it_is_a_key() {
        for (text, light) in [("11;rgb:ffff/ffff/ffff", true), ("11;rgb:12/14/1c", false)] {
            let mut all = hears(&mut Answer::default(), text);
            assert_eq!(all.pop(), Some(Heard::Background(Some(light))));
            assert!(all.iter().all(|heard| *heard == Heard::Part), "{all:?}");
        }
        assert_eq!(hears(&mut Answer::default(), "11;rgb:zz/1/1").pop(), Some(Heard::Background(None)));
        assert_eq!(hears(&mut Answer::default(), "11;rgb:").pop(), Some(Heard::Background(None)));
    }

    #[test]
    fn keys_pass_before_between_and_after() {
        let mut answer = Answer::default();
        let j = key('j', KeyModifiers::NONE);
        assert_eq!(answer.hears(j.clone()), Heard::Event(j.clone()));
        hears(&mut answer, "11;rgb:00/00/00");
        assert_eq!(answer.hears(j.clone()), Heard::Event(j.clone()));
        // Alt-] by hand costs itself alone.
        assert_eq!(answer.hears(key(']', KeyModifiers::ALT)), Heard::Part);
        assert_eq!(answer.hears(j.clone()), Heard::Event(j.clone()));
        assert_eq!(answer.hears(j.clone()), Heard::Event(j));
    }
}
