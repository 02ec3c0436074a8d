//! The one place of the UI that holds a secret: what is being typed.
//!
//! The rule: it is never shown, compared by others, cloned or printed. The buffer never grows, because growing
//! would leave a copy behind; it is wiped when cleared and moved out on submit.

use regex_lite::Regex;
use zeroize::{Zeroize, Zeroizing};

use crate::secret::SecretValue;

/// Bytes set aside; what is longer is not taken.
const ROOM: usize = 4096;

/// A line of hidden text.
pub struct MaskedInput {
    text: Zeroizing<String>,
    /// Something did not fit.
    pub overflown: bool,
}

impl Default for MaskedInput {
    fn default() -> Self {
        Self { text: Zeroizing::new(String::with_capacity(ROOM)), overflown: false }
    }
}

/// How what was typed compares with the shape of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Nothing,
    /// The profile names no shape.
    NoShape,
    /// Too early to tell.
    SoFar,
    Matches,
    Differs,
}

impl MaskedInput {
    pub fn insert(&mut self, c: char) {
        if self.text.len() + c.len_utf8() > ROOM {
            self.overflown = true;
        } else if !c.is_control() {
            self.text.push(c);
        }
    }

    /// Pasted text without the white space and line end that come along.
    pub fn paste(&mut self, pasted: &SecretValue) {
        pasted.expose_to(|text| text.trim().chars().for_each(|c| self.insert(c)));
    }

    pub fn erase(&mut self) {
        self.text.pop();
        self.overflown = false;
    }

    pub fn clear(&mut self) {
        self.text.zeroize();
        self.overflown = false;
    }

    /// Length in characters.
    pub fn chars(&self) -> usize {
        self.text.chars().count()
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Moves the text out and leaves an empty, wiped buffer.
    pub fn take(&mut self) -> SecretValue {
        let value = SecretValue::new(self.text.trim());
        self.clear();
        value
    }

    /// Compares with a regular expression of the whole token.
    pub fn fits(&self, shape: Option<&str>) -> Fit {
        if self.is_blank() {
            return Fit::Nothing;
        }
        let Some(shape) = shape else { return Fit::NoShape };
        let whole = Regex::new(&format!("^(?:{shape})$"));
        let start = beginning(shape);
        let typed = self.text.trim();
        match whole {
            Ok(whole) if whole.is_match(typed) => Fit::Matches,
            Ok(_) if typed.starts_with(&start) || start.starts_with(typed) => Fit::SoFar,
            Ok(_) => Fit::Differs,
            Err(_) => Fit::NoShape,
        }
    }
}

/// The literal text a shape begins with: `lin_api_` of `lin_api_[A-Za-z0-9]{40}`.
pub fn beginning(shape: &str) -> String {
    let shape = shape.trim_start_matches('^');
    let literal = |c: &char| c.is_ascii_alphanumeric() || "_-:/".contains(*c);
    let start: String = shape.chars().take_while(literal).collect();
    let optional = shape[start.len()..].starts_with(['?', '*', '{']);
    let keep = start.chars().count() - usize::from(optional && !start.is_empty());
    if shape.contains('|') { String::new() } else { start.chars().take(keep).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Option<&str> = Some("lin_api_[a-z]{4}");

    fn typed(text: &str) -> MaskedInput {
        let mut input = MaskedInput::default();
        input.paste(&SecretValue::new(text));
        input
    }

    #[test]
    fn tells_how_the_shape_is_met() {
        assert_eq!(typed("  ").fits(SHAPE), Fit::Nothing);
        assert_eq!(typed("lin").fits(SHAPE), Fit::SoFar);
        assert_eq!(typed("lin_api_ab").fits(SHAPE), Fit::SoFar);
        assert_eq!(typed(" lin_api_abcd\n").fits(SHAPE), Fit::Matches);
        assert_eq!(typed("ghp_x").fits(SHAPE), Fit::Differs);
        assert_eq!(typed("x").fits(None), Fit::NoShape);
        assert_eq!(typed("x").fits(Some("(")), Fit::NoShape);
    }

    #[test]
    fn moving_out_leaves_nothing() {
        let mut input = typed("lin_api_abcd");
        assert_eq!(input.take().chars(), 12);
        assert_eq!(input.chars(), 0);
        assert!(input.is_blank());
    }

    #[test]
    fn the_buffer_never_grows() {
        let mut input = typed(&"x".repeat(ROOM + 5));
        assert_eq!((input.chars(), input.overflown), (ROOM, true));
        assert_eq!(input.text.capacity(), ROOM);
        input.clear();
        assert!(!input.overflown);
        input.paste(&SecretValue::new("abc"));
        assert_eq!(input.text.capacity(), ROOM);
    }

    #[test]
    fn the_beginning_of_a_shape_is_its_literal_part() {
        assert_eq!(beginning("lin_api_[A-Za-z0-9]{40}"), "lin_api_");
        assert_eq!(beginning("^sk-?x"), "sk");
        assert_eq!(beginning("(a|b)"), "");
        assert_eq!(beginning(r"\d+"), "");
    }
}
