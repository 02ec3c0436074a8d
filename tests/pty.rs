//! The real program in a real terminal: it starts, follows a resize, and leaves everything as it was.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// A terminal with the demo in it.
struct Terminal {
    master: Box<dyn MasterPty>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: Parser,
    raw: Vec<u8>,
    _folder: tempfile::TempDir,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    fn with_the_demo() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_devsecrets"));
        command.arg("demo");
        command.env_clear();
        for name in ["HOME", "TMPDIR"] {
            command.env(name, folder.path());
        }
        command.env("TERM", "xterm-256color");
        command.cwd(folder.path());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let _ = sender.send(buffer[..count].to_vec());
            }
        });
        let screen = Parser::new(cells(24), cells(80), 0);
        Self { master: pair.master, child, output, screen, raw: Vec::new(), _folder: folder }
    }

    /// Reads until the screen shows `words`.
    fn until(&mut self, words: &str) {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.screen.screen().contents().contains(words) {
            assert!(Instant::now() < end, "no {words:?} on\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                self.take(&bytes);
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    fn press(&mut self, keys: &str) {
        let mut writer = self.master.take_writer().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits for the end; everything written until then has been read.
    fn ended(mut self) -> (u32, Parser, Vec<u8>) {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(500)) {
            self.take(&bytes);
        }
        (code, self.screen, self.raw)
    }
}

#[test]
fn q_leaves_a_clean_terminal() {
    let mut terminal = Terminal::with_the_demo();
    terminal.until("Choose a profile");
    assert!(terminal.screen.screen().alternate_screen());
    terminal.master.resize(size(120, 40)).unwrap();
    terminal.screen.screen_mut().set_size(cells(40), cells(120));
    terminal.until("Platform API and");
    terminal.press("q");
    let (code, screen, raw) = terminal.ended();
    assert_eq!(code, 0);
    let left = screen.screen();
    assert!(!left.alternate_screen() && !left.hide_cursor() && !left.bracketed_paste());
    assert!(left.contents().contains("devsecrets demo --clean"), "{}", left.contents());
    assert!(raw.windows(8).any(|bytes| bytes == b"\x1b[?1049l"));
}
