//! `run --watch` in a real terminal: Ctrl-C ends it, whatever the command makes of that key, and nothing stays.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::redact::{leave, shell};
use super::terminal::Terminal;

const WAYS: [&str; 3] =
    ["--watch --poll 0", "--watch --redact --poll 0", "--watch --redact --poll 0 2>&1 | cat"];

/// A child that tells its process group when it has begun, and does `script` then.
fn watching(way: &str, script: &str) -> (Terminal, i32) {
    let (flags, rest) =
        way.split_once(" 2").map_or((way, String::new()), |(flags, rest)| (flags, format!(" 2{rest}")));
    let line = format!("set -o pipefail; $IT run {flags} -- sh ./child{rest}; echo code=$?");
    // It has the terminal only once we have started it, and a key that is pressed before is ours.
    let mut terminal = shell(&format!("sleep 0.2\necho group=$$.\n{script}"), &line);
    let group = begun(&mut terminal);
    (terminal, group)
}

fn begun(terminal: &mut Terminal) -> i32 {
    terminal.heard("group=");
    let said = terminal.heard(".");
    said.trim_end_matches('.').parse().unwrap()
}

/// Processes of a group that have not ended, as `/proc/PID/stat` tells.
fn members(group: i32) -> Vec<i32> {
    let about = |path: &Path| -> Option<i32> {
        let text = std::fs::read_to_string(path.join("stat")).ok()?;
        let (_, after) = text.rsplit_once(") ")?;
        let mut fields = after.split(' ');
        let (state, own) = (fields.next()?, fields.nth(1)?.parse::<i32>().ok()?);
        (own == group && state != "Z").then(|| path.file_name()?.to_str()?.parse().ok()).flatten()
    };
    std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| about(&entry.path())).collect()
}

#[track_caller]
fn until_gone(group: i32) {
    let end = Instant::now() + Duration::from_secs(60);
    while !members(group).is_empty() {
        assert!(Instant::now() < end, "left behind: {:?}", members(group));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn ctrl_c_ends_it_whatever_the_command_makes_of_the_key() {
    for way in WAYS {
        for (end, code) in [("exit 1", 1), ("exit 4", 4), ("exit 0", 0), ("sleep 0.3; exit 3", 3)] {
            let script = format!("trap '{end}' INT\necho ready\nwhile :; do sleep 0.05; done\n");
            let (mut terminal, group) = watching(way, &script);
            terminal.heard("ready");
            terminal.press("\u{3}");
            terminal.heard(&format!("code={code}"));
            until_gone(group);
            leave(terminal);
        }
    }
}

#[test]
fn a_command_that_fails_by_itself_is_waited_for_and_ctrl_c_ends_that() {
    for way in &WAYS[..2] {
        let (mut terminal, group) = watching(way, "exit 4\n");
        terminal.heard("ended with 4");
        until_gone(group);
        terminal.press("\u{3}");
        terminal.heard("code=130");
        leave(terminal);
    }
}

/// The key was the command's own affair, and it went on.
#[test]
fn after_a_key_that_ended_nothing_a_change_starts_it_again() {
    for way in &WAYS[..2] {
        let (mut terminal, group) =
            watching(way, "trap 'echo caught' INT\necho ready\nwhile :; do sleep 0.05; done\n");
        terminal.heard("ready");
        terminal.press("\u{3}");
        terminal.heard("caught");
        let profile = terminal.folder.path().join("devsecrets.toml");
        let text = std::fs::read_to_string(&profile).unwrap();
        std::fs::write(&profile, text + "# once more\n").unwrap();
        terminal.heard("a file changed: api has ended on SIGTERM");
        let next = begun(&mut terminal);
        until_gone(group);
        terminal.heard("ready");
        terminal.press("\u{1c}");
        terminal.heard("code=131");
        until_gone(next);
        leave(terminal);
    }
}

/// Signals that are passed on to the command's group do not count as keys, and nothing outlives us. The command starts no other:
/// a shell whose `vfork` is stopped half-way does not stop itself.
#[test]
fn nothing_that_listens_for_keys_outlives_us() {
    let (mut terminal, group) =
        watching(WAYS[0], "trap 'echo told' USR1\necho ready\nwhile :; do read line; done\n");
    terminal.heard("ready");
    terminal.press("\u{1a}");
    terminal.heard("Stopped");
    terminal.press("kill -USR1 %1; fg\r");
    terminal.heard("told");
    assert!(members(group).len() > 1, "the command, and what listens");
    let program =
        std::process::Command::new("ps").args(["-o", "ppid=", "-p", &group.to_string()]).output().unwrap();
    let program: i32 = String::from_utf8(program.stdout).unwrap().trim().parse().unwrap();
    kill_process(Pid::from_raw(program).unwrap(), Signal::KILL).unwrap();
    terminal.heard("Killed");
    kill_process(Pid::from_raw(group).unwrap(), Signal::KILL).unwrap();
    until_gone(group);
    leave(terminal);
}

/// On a raw terminal, too, lines begin at the margin.
#[test]
fn a_change_that_starts_nothing_is_told_in_whole_lines() {
    let (mut terminal, _) = watching(WAYS[1], "echo ready\nwhile :; do sleep 0.05; done\n");
    terminal.heard("ready");
    std::fs::write(terminal.folder.path().join("devsecrets.toml"), "schema = ").unwrap();
    let said = terminal.heard("api goes on as it was started");
    assert!(said.contains("\r\n") && !said.replace("\r\n", "").contains('\n'), "{said:?}");
    terminal.press("\u{3}");
    terminal.heard("code=130");
    leave(terminal);
}
