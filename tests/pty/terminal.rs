//! The program on a terminal that can be read like a person reads it.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

pub fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// A terminal with a program in it.
pub struct Terminal {
    pub master: Box<dyn MasterPty>,
    pub child: Box<dyn Child + Send + Sync>,
    /// One for the whole run: dropping it types an end of input.
    keyboard: Box<dyn std::io::Write + Send>,
    output: Receiver<Vec<u8>>,
    pub screen: Parser,
    raw: Vec<u8>,
    /// How much of it [`Terminal::heard`] has handed out.
    told: usize,
    pub folder: tempfile::TempDir,
}

pub fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    pub fn with_the_demo() -> Self {
        Self::running(tempfile::tempdir().unwrap(), &["demo"], &[])
    }

    /// The program in `folder`, which is its home too, with nothing else of the environment.
    pub fn running(folder: tempfile::TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_devsecrets"));
        command.args(arguments);
        command.env_clear();
        for name in ["HOME", "TMPDIR"] {
            command.env(name, folder.path());
        }
        command.env("TERM", "xterm-256color");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        Self::of(folder, command)
    }

    /// A command in `folder`.
    pub fn of(folder: tempfile::TempDir, mut command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
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
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, keyboard, output, screen, raw: Vec::new(), told: 0, folder }
    }

    /// Reads until the screen shows `words`.
    #[track_caller]
    pub fn until(&mut self, words: &str) {
        self.until_it(|terminal| terminal.screen.screen().contents().contains(words));
    }

    /// Reads until `holds` is true of the terminal.
    #[track_caller]
    pub fn until_it(&mut self, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !holds(self) {
            assert!(Instant::now() < end, "never so:\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                self.take(&bytes);
            }
        }
    }

    /// Everything written up to the end of `words`, since the last time: for what does not stay on the screen.
    #[track_caller]
    pub fn heard(&mut self, words: &str) -> String {
        self.until_it(|terminal| terminal.untold().contains(words));
        let mut said = self.untold();
        said.truncate(said.find(words).unwrap() + words.len());
        self.told += said.len();
        said
    }

    /// As text, of which a letter that is not whole yet may be the last.
    fn untold(&self) -> String {
        let rest = &self.raw[self.told..];
        let whole = rest.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        whole.to_owned()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits for the end; everything written until then has been read.
    pub fn ended(mut self) -> (u32, Parser, Vec<u8>, tempfile::TempDir) {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(500)) {
            self.take(&bytes);
        }
        (code, self.screen, self.raw, self.folder)
    }
}
