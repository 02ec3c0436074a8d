//! What is being typed unseen, on the screen or on a bare terminal.
//!
//! The rule: it is never shown, compared by others, cloned or printed. The buffer never grows, because growing
//! would leave a copy behind; it is wiped when cleared and moved out on submit.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use super::SecretValue;

/// Bytes set aside; what is longer is not taken.
const ROOM: usize = 4096;

/// A line of hidden text.
pub struct MaskedInput {
    text: Zeroizing<String>,
    /// Something did not fit.
    pub overflown: bool,
}

impl fmt::Debug for MaskedInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskedInput(masked)")
    }
}

impl Default for MaskedInput {
    fn default() -> Self {
        Self { text: Zeroizing::new(String::with_capacity(ROOM)), overflown: false }
    }
}

impl MaskedInput {
    pub fn insert(&mut self, c: char) {
        self.take_in(c, false);
    }

    fn take_in(&mut self, c: char, line_end: bool) {
        if self.text.len() + c.len_utf8() > ROOM {
            self.overflown = true;
        } else if line_end || !c.is_control() {
            self.text.push(c);
        }
    }

    /// Pasted text without the white space and line end that come along. A line end within stays, so that several
    /// lines are seen as such.
    pub fn paste(&mut self, pasted: &SecretValue) {
        pasted.expose_to(|text| text.trim().chars().for_each(|c| self.take_in(c, c == '\n')));
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

    /// Lends what was typed to `reader`, which says what it looks like.
    pub fn expose_to<R>(&self, reader: impl FnOnce(&str) -> R) -> R {
        reader(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> MaskedInput {
        let mut input = MaskedInput::default();
        input.paste(&SecretValue::new(text));
        input
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
}
