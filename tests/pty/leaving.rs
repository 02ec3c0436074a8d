//! However it ends or steps aside, the terminal is as it was.

use std::io::Read as _;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use super::terminal::Terminal;

fn is_clean(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
}

#[test]
fn being_told_to_stop_leaves_a_clean_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = Terminal::with_the_demo();
        terminal.until("Choose a profile");
        assert!(!is_clean(terminal.screen.screen()));
        let id = i32::try_from(terminal.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
        let (code, screen, _, _folder) = terminal.ended();
        assert!(code == 0 && is_clean(screen.screen()), "{signal:?}: {code}");
    }
}

#[test]
fn ctrl_z_leads_to_the_shell_and_fg_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut bash = CommandBuilder::new("bash");
    bash.args(["--norc", "-i"]);
    bash.env_clear();
    for name in ["HOME", "TMPDIR"] {
        bash.env(name, folder.path());
    }
    bash.env("PATH", "/usr/bin:/bin");
    bash.env("TERM", "xterm-256color");
    bash.env("PS1", "shell> ");
    let mut terminal = Terminal::of(folder, bash);
    terminal.until("shell>");
    terminal.press(&format!("{} demo\n", env!("CARGO_BIN_EXE_devsecrets")));
    terminal.until("Choose a profile");
    terminal.press("\x1a");
    terminal.until("Stopped");
    assert!(!terminal.screen.screen().alternate_screen());
    terminal.press("echo echoed-$((40 + 2))\n");
    terminal.until("echoed-42");
    terminal.press("fg\n");
    terminal.until("Choose a profile");
    assert!(terminal.screen.screen().alternate_screen());
    terminal.press("q");
    terminal.until("devsecrets demo --clean");
    terminal.press("exit\n");
    let (_, screen, _, _folder) = terminal.ended();
    assert!(is_clean(screen.screen()));
}

/// What the terminal answers is no key: the letters of a colour would go through the list and into the filter.
#[test]
fn the_answer_about_the_background_is_heard_and_not_typed() {
    let mut terminal = Terminal::with_the_demo();
    terminal.until("Choose a profile");
    assert!(terminal.heard("\x1b]11;?").contains("Choose"), "asked after the first frame");
    terminal.press("\x1b]11;rgb:ffff/ffff/ffff\x07?");
    terminal.until("Keys");
    assert!(!terminal.screen.screen().contents().contains("found"));
    terminal.press("q");
    let (code, screen, ..) = terminal.ended();
    assert!(code == 0 && is_clean(screen.screen()));
}

/// The demo on a terminal that is closed after `seen` is through with it: how it ended.
fn with_a_terminal_that_goes(seen: impl FnOnce(&mut std::fs::File)) -> Option<ExitStatus> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    // The program must not hold its own terminal open.
    fcntl_setfd(&master, FdFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    tcsetwinsize(&master, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let slave = || std::fs::File::options().read(true).write(true).open(&name).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_devsecrets"))
        .arg("demo")
        .env_clear()
        .envs([("HOME", folder.path()), ("TMPDIR", folder.path())])
        .env("TERM", "xterm-256color")
        .current_dir(folder.path())
        .stdin(Stdio::from(slave()))
        .stdout(Stdio::from(slave()))
        .stderr(Stdio::from(slave()))
        .spawn()
        .unwrap();
    let mut screen = std::fs::File::from(master);
    seen(&mut screen);
    drop(screen);
    let patience = Instant::now() + Duration::from_secs(60);
    let ended = loop {
        match child.try_wait().unwrap() {
            None if Instant::now() < patience => std::thread::sleep(Duration::from_millis(20)),
            other => break other,
        }
    };
    let _ = child.kill();
    ended
}

/// Neither stuck nor broken down.
fn is_orderly(ended: Option<ExitStatus>) -> bool {
    ended.and_then(|status| status.code()).is_some_and(|code| code != 101)
}

/// Without a controlling terminal no signal tells of its end; it is noticed, and nothing spins.
#[test]
fn a_terminal_that_is_gone_ends_it() {
    let ended = with_a_terminal_that_goes(|screen| {
        let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
        while !String::from_utf8_lossy(&seen).contains("Choose") {
            let count = screen.read(&mut buffer).unwrap();
            seen.extend_from_slice(&buffer[..count]);
        }
    });
    assert!(is_orderly(ended), "{ended:?}");
}

/// Whatever it was about to do with the terminal it has just taken.
#[test]
fn a_terminal_that_goes_at_any_moment_ends_it() {
    for moment in (0..60).step_by(3).map(Duration::from_millis) {
        let ended = with_a_terminal_that_goes(|screen| {
            screen.read_exact(&mut [0]).unwrap();
            std::thread::sleep(moment);
        });
        assert!(is_orderly(ended), "{ended:?} after {moment:?}");
    }
}

/// So many that they are still being written when Ctrl-C comes.
const SERVICES: usize = 150;

#[test]
fn ctrl_c_while_files_are_written_leaves_them_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut profile = "schema = 1\nname = \"shop\"\ntitle = \"Shop\"\n[variables.PLACE]\nsecret = false\n\
                       about = \"Where it is\"\ndefault = \"here\"\n"
        .to_owned();
    for number in 0..SERVICES {
        std::fs::create_dir(home.path().join(format!("s{number}"))).unwrap();
        profile += &format!(
            "[services.s{number}]\npath = \"s{number}\"\nenv_file = \".env\"\nrequired = [\"PLACE\"]\n"
        );
    }
    std::fs::write(home.path().join("devsecrets.toml"), profile).unwrap();
    let mut terminal = Terminal::running(home, &[], &[("DEVSECRETS_KEYCHAIN", "memory")]);
    terminal.until("services ready");
    terminal.press("a");
    terminal.until("What would be written");
    terminal.press("\r");
    terminal.until("Write 150 files?");
    terminal.press("\r\x03");
    let (code, screen, _, home) = terminal.ended();
    assert!(code == 0 && is_clean(screen.screen()), "{}", screen.screen().contents());
    for number in 0..SERVICES {
        let written = std::fs::read_to_string(home.path().join(format!("s{number}/.env"))).unwrap();
        assert!(written.contains("PLACE=here"), "s{number}: {written}");
    }
}
