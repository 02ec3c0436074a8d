//! The real program in a real terminal: it starts, follows a resize, and leaves everything as it was.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "test helpers stand outside of #[test] functions, and make files as they like"
)]

#[path = "pty/board.rs"]
mod board;
#[path = "pty/env.rs"]
mod env;
#[path = "pty/home.rs"]
mod home;
#[path = "pty/identity.rs"]
mod identity;
#[path = "pty/leaving.rs"]
mod leaving;
#[path = "pty/plain.rs"]
mod plain;
#[path = "support/program_store.rs"]
mod program_store;
#[path = "pty/programs.rs"]
mod programs;
#[path = "pty/redact.rs"]
mod redact;
#[path = "pty/screen.rs"]
mod screen;
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "pty/token.rs"]
mod token;
#[path = "pty/watch.rs"]
mod watch;

use terminal::{Terminal, cells, size};

#[test]
fn q_leaves_a_clean_terminal() {
    let mut terminal = Terminal::with_the_demo();
    terminal.until("Choose a profile");
    assert!(terminal.screen.screen().alternate_screen());
    terminal.master.resize(size(120, 40)).unwrap();
    terminal.screen.screen_mut().set_size(cells(40), cells(120));
    terminal.until("Platform API and");
    terminal.press("q");
    let (code, screen, raw, _folder) = terminal.ended();
    assert_eq!(code, 0);
    let left = screen.screen();
    assert!(!left.alternate_screen() && !left.hide_cursor() && !left.bracketed_paste());
    assert!(left.contents().contains("devsecrets demo --clean"), "{}", left.contents());
    assert!(raw.windows(8).any(|bytes| bytes == b"\x1b[?1049l"));
}
