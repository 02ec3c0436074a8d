//! `run --redact` in a real terminal: colours, a resize, a full-screen program, keys that send signals, and the end.

use portable_pty::CommandBuilder;

use super::terminal::{Terminal, size};

const PROFILE: &str = "schema = 1\nname = \"t\"\ntitle = \"T\"\n[variables.API_KEY]\n[services.api]\npath = \".\"\n\
    required = [\"API_KEY\"]\n";
const CANARY: &str = "canary-88aa";

/// A shell with job control, which starts `run --redact` and tells what comes after it.
fn running(script: &str) -> Terminal {
    shell(script, "$IT run --redact -- sh ./child; echo code=$?")
}

/// A shell with job control, in which `line` is typed.
pub fn shell(script: &str, line: &str) -> Terminal {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("devsecrets.toml"), PROFILE).unwrap();
    std::fs::write(folder.path().join("child"), script).unwrap();
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "--noprofile", "-i"]);
    command.env_clear();
    let path = std::env::var("PATH").unwrap();
    for (name, value) in [("PATH", path.as_str()), ("TERM", "xterm-256color"), ("PS1", "$ ")] {
        command.env(name, value);
    }
    command.env("HOME", folder.path());
    command.env("API_KEY", CANARY);
    command.env("IT", env!("CARGO_BIN_EXE_devsecrets"));
    let mut terminal = Terminal::of(folder, command);
    terminal.press(line);
    terminal.press("\r");
    terminal
}

pub fn leave(mut terminal: Terminal) {
    terminal.press("exit\r");
    terminal.child.wait().unwrap();
}

#[test]
fn a_full_screen_program_keeps_its_screen_and_loses_the_secret() {
    let script = "trap 'stty size' WINCH\nstty -echo raw\nprintf '\\033[?1049h\\033[3;5H\\033[31m%s\\033[0m|' \"$API_KEY\"\n\
        stty size\nkey=$(dd bs=1 count=1 2>/dev/null)\nsleep 0.3\nprintf 'key=%s\\033[?1049l' \"$key\"\nstty sane\nexit 7\n";
    let mut terminal = running(script);
    let drawn = terminal.heard("24 80");
    assert!(drawn.contains("\u{1b}[?1049h\u{1b}[3;5H\u{1b}[31m***********\u{1b}[0m|"), "{drawn:?}");
    terminal.master.resize(size(100, 30)).unwrap();
    terminal.press("\u{3}");
    let rest = terminal.heard("code=7");
    assert!(rest.contains("key=\u{3}"), "a raw key goes through, Ctrl-C too: {rest:?}");
    assert!(rest.contains("\u{1b}[?1049l") && !rest.contains(CANARY), "{rest:?}");
    terminal.press("stty -a | grep -o ' icanon'; stty size\r");
    terminal.heard(" icanon");
    terminal.heard("30 100");
    leave(terminal);
}

#[test]
fn a_resize_reaches_the_child() {
    let mut terminal = running("trap 'stty size' WINCH\necho ready\nwhile :; do sleep 0.05; done\n");
    terminal.heard("ready");
    terminal.master.resize(size(100, 30)).unwrap();
    terminal.heard("30 100");
    terminal.press("\u{3}");
    terminal.heard("code=130");
    leave(terminal);
}

#[test]
fn a_prompt_does_not_wait_and_answers_are_read() {
    let mut terminal = running("printf 'name: '\nread name\necho \"hello $name $API_KEY\"\n");
    terminal.heard("name: ");
    terminal.press("ada\r");
    terminal.heard("hello ada ***********");
    terminal.heard("code=0");
    leave(terminal);
}

#[test]
fn stopped_and_continued_from_the_keyboard() {
    let mut terminal = running("echo ready\nwhile :; do read line; echo \"got $line\"; done\n");
    terminal.heard("ready");
    terminal.press("\u{1a}");
    terminal.heard("Stopped");
    terminal.press("stty -a | grep -o ' icanon'; fg\r");
    terminal.heard(" icanon");
    terminal.heard("run --redact");
    terminal.press("more\r");
    terminal.heard("got more");
    terminal.press("\u{3}");
    // The shell gives the rest of a line up when its command was stopped, so the code is asked for at the prompt.
    terminal.heard("$ ");
    terminal.press("echo now=$?\r");
    terminal.heard("now=130");
    leave(terminal);
}

/// What is led into the child is no keyboard; the keys are the terminal's.
#[test]
fn keys_reach_a_child_that_reads_a_pipe() {
    let script = "cat\necho asks\nread answer </dev/tty\necho \"got $answer\"\n";
    let mut terminal = shell(script, "echo piped | $IT run --redact -- sh ./child; echo code=$?");
    let piped = terminal.heard("asks");
    assert!(piped.ends_with("piped\r\nasks"), "{piped:?}");
    terminal.press("yes\r");
    terminal.heard("got yes");
    terminal.heard("code=0");
    leave(terminal);
}

#[test]
fn in_the_background_it_asks_for_nothing() {
    let mut terminal = shell("echo \"in $API_KEY\"\n", "$IT run --redact -- sh ./child &");
    terminal.heard("in ***********");
    terminal.press("wait; echo code=$?\r");
    terminal.heard("code=0");
    leave(terminal);
}

#[test]
fn a_child_that_was_stopped_leaves_the_terminal_to_the_next_as_it_was() {
    let script = "stty -a | grep -o -- '.icanon'\nstty -icanon\necho started\nexec sleep 60\n";
    let mut terminal = shell(script, "$IT run --watch -- sh ./child; echo code=$?");
    for _ in 0..2 {
        let said = terminal.heard("started");
        assert!(said.contains(" icanon"), "{said:?}");
        let profile = terminal.folder.path().join("devsecrets.toml");
        let text = std::fs::read_to_string(&profile).unwrap();
        std::fs::write(&profile, text + "# once more\n").unwrap();
        terminal.heard("a file changed");
    }
    terminal.heard("started");
    terminal.press("\u{3}");
    terminal.heard("code=130");
    leave(terminal);
}
