//! From the terminal to another device: a code for a phone, letters for the eye.
//!
//! Pure: what comes out is text, which each face draws or writes in its own way.

pub mod letters;
pub mod qr;

/// True for pages another device can open: those that are not on this machine.
pub fn is_reachable(page: &str) -> bool {
    !page.starts_with("http://")
}
