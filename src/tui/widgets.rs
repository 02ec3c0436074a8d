//! Drawing, piece by piece: functions of data that know no screen.
//!
//! The rule: every text from outside is drawn through [`text`], which strips terminal control sequences and measures in
//! columns, so neither a server's message nor a wide character can break the picture.

pub mod banner;
pub mod bar;
pub mod big_code;
pub mod busy;
pub mod details;
pub mod filter;
pub mod finding;
pub mod footer;
pub mod fuzzy;
pub mod halves;
pub mod list;
pub mod meaning;
pub mod panel;
pub mod qr;
pub mod rail;
pub mod reading;
pub mod status;
pub mod text;
pub mod title;
pub mod toasts;
