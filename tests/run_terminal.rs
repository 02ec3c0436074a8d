//! `run --redact` in a real terminal: colours, a resize, a full-screen program, keys that send signals, and the end.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "test helpers stand outside of #[test] functions, and make files as they like"
)]

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PROFILE: &str = "schema = 1\nname = \"t\"\ntitle = \"T\"\n[variables.API_KEY]\n[services.api]\npath = \".\"\n\
    required = [\"API_KEY\"]\n";
const CANARY: &str = "canary-88aa";

struct Terminal {
    master: Box<dyn MasterPty>,
    writer: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    raw: String,
    _folder: tempfile::TempDir,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// A shell with job control, which starts `run --redact` and tells what comes after it.
    fn with(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("devsecrets.toml"), PROFILE).unwrap();
        std::fs::write(folder.path().join("child"), script).unwrap();
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "--noprofile", "-i"]);
        command.env_clear();
        for (name, value) in [
            ("PATH", std::env::var("PATH").unwrap()),
            ("TERM", "xterm-256color".into()),
            ("PS1", "$ ".into()),
        ] {
            command.env(name, value);
        }
        command.env("HOME", folder.path());
        command.env("API_KEY", CANARY);
        command.env("IT", env!("CARGO_BIN_EXE_devsecrets"));
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
        let writer = pair.master.take_writer().unwrap();
        let mut terminal =
            Self { master: pair.master, writer, child, output, raw: String::new(), _folder: folder };
        terminal.type_in("$IT run --redact -- sh ./child; echo code=$?\r");
        terminal
    }

    fn type_in(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Reads until `words` have come, and forgets what came before them.
    fn until(&mut self, words: &str) -> String {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(at) = self.raw.find(words) {
                let rest = self.raw.split_off(at + words.len());
                return std::mem::replace(&mut self.raw, rest);
            }
            assert!(Instant::now() < end, "no {words:?} in {:?}", self.raw);
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                self.raw.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }

    fn leave(mut self) {
        self.type_in("exit\r");
        self.child.wait().unwrap();
    }
}

#[test]
fn a_full_screen_program_keeps_its_screen_and_loses_the_secret() {
    let script = "trap 'stty size' WINCH\nstty -echo raw\nprintf '\\033[?1049h\\033[3;5H\\033[31m%s\\033[0m|' \"$API_KEY\"\n\
        stty size\nkey=$(dd bs=1 count=1 2>/dev/null)\nsleep 0.3\nprintf 'key=%s\\033[?1049l' \"$key\"\nstty sane\nexit 7\n";
    let mut terminal = Terminal::with(script);
    let drawn = terminal.until("24 80");
    assert!(drawn.contains("\u{1b}[?1049h\u{1b}[3;5H\u{1b}[31m***********\u{1b}[0m|"), "{drawn:?}");
    terminal.master.resize(size(100, 30)).unwrap();
    terminal.type_in("\u{3}");
    let rest = terminal.until("code=7");
    assert!(rest.contains("key=\u{3}"), "a raw key goes through, Ctrl-C too: {rest:?}");
    assert!(rest.contains("\u{1b}[?1049l") && !rest.contains(CANARY), "{rest:?}");
    terminal.type_in("stty -a | grep -o ' icanon'; stty size\r");
    terminal.until(" icanon");
    terminal.until("30 100");
    terminal.leave();
}

#[test]
fn a_resize_reaches_the_child() {
    let mut terminal = Terminal::with("trap 'stty size' WINCH\necho ready\nwhile :; do sleep 0.05; done\n");
    terminal.until("ready");
    terminal.master.resize(size(100, 30)).unwrap();
    terminal.until("30 100");
    terminal.type_in("\u{3}");
    terminal.until("code=130");
    terminal.leave();
}

#[test]
fn a_prompt_does_not_wait_and_answers_are_read() {
    let mut terminal = Terminal::with("printf 'name: '\nread name\necho \"hello $name $API_KEY\"\n");
    terminal.until("name: ");
    terminal.type_in("ada\r");
    terminal.until("hello ada ***********");
    terminal.until("code=0");
    terminal.leave();
}

#[test]
fn stopped_and_continued_from_the_keyboard() {
    let mut terminal = Terminal::with("echo ready\nwhile :; do read line; echo \"got $line\"; done\n");
    terminal.until("ready");
    terminal.type_in("\u{1a}");
    terminal.until("Stopped");
    terminal.type_in("stty -a | grep -o ' icanon'; fg\r");
    terminal.until(" icanon");
    terminal.until("run --redact");
    terminal.type_in("more\r");
    terminal.until("got more");
    terminal.type_in("\u{3}");
    // The shell gives the rest of a line up when its command was stopped, so the code is asked for at the prompt.
    terminal.until("$ ");
    terminal.type_in("echo now=$?\r");
    terminal.until("now=130");
    terminal.leave();
}
