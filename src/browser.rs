//! The person's browser: started, and let go.
//!
//! The rule: nothing waits for it. `BROWSER` may name a command that stays in the foreground until its window is
//! closed, which must not hold up a sign-in that the page in it is to finish. So it gets a thread of its own, no terminal,
//! and a process group of its own, and we only hear of it when it could not be started at all.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::settings::Settings;

/// A command that fails sooner than this never showed a page; one that fails later was closed by somebody.
const AT_ONCE: Duration = Duration::from_secs(5);

/// A browser that is being started.
#[derive(Debug)]
pub struct Opening(oneshot::Receiver<()>);

impl Opening {
    /// Ends when no browser could be started, and never otherwise.
    pub async fn failed(&mut self) {
        if (&mut self.0).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Opens `page`; `None` when it is no web page.
///
/// `BROWSER` is honoured as Python's `webbrowser` reads it: commands with a colon between, `%s` for the address.
pub fn open(settings: &Settings, page: &str) -> Option<Opening> {
    if !is_page(page) {
        return None;
    }
    let commands = match settings.var("BROWSER") {
        Some(named) => named.split(SEPARATOR).filter_map(|one| command(one, page)).collect(),
        None => open::commands(page),
    };
    let (failed, opening) = oneshot::channel();
    std::thread::spawn(move || {
        if !commands.into_iter().any(starts) {
            // Whoever does not listen any more does not need to know.
            let _ = failed.send(());
        }
    });
    Some(Opening(opening))
}

const SEPARATOR: char = if cfg!(windows) { ';' } else { ':' };

/// Whether somebody at this machine can see a browser's window.
pub fn has_window_system(settings: &Settings) -> bool {
    cfg!(any(target_os = "macos", windows))
        || settings.var("DISPLAY").is_some()
        || settings.var("WAYLAND_DISPLAY").is_some()
}

/// Addresses come from servers and profiles, so they must be web pages and nothing else.
fn is_page(page: &str) -> bool {
    page.starts_with("https://") || page.starts_with("http://127.0.0.1:")
}

/// One command of `BROWSER`. No shell reads it, so the address cannot be taken for anything else.
fn command(named: &str, page: &str) -> Option<Command> {
    let mut words = named.split_whitespace().filter(|word| *word != "&");
    let mut command = Command::new(words.next()?);
    let words: Vec<&str> = words.collect();
    command.args(words.iter().map(|word| word.replace("%s", page)));
    if !words.iter().any(|word| word.contains("%s")) {
        command.arg(page);
    }
    Some(command)
}

/// True unless it failed at once. Waits for its end, so that no zombie is left.
fn starts(mut command: Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C in our terminal is not for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let began = Instant::now();
    let ended = command.spawn().and_then(|mut child| child.wait());
    ended.is_ok_and(|status| status.success() || began.elapsed() > AT_ONCE)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn with(browser: &str) -> Settings {
        Settings::bare("/", Path::new("/h")).with("BROWSER", browser)
    }

    #[test]
    fn a_named_command_gets_the_address_where_it_wants_it() {
        let line = |named| {
            let command = command(named, "https://x.example/?a=1&b=$(2)").unwrap();
            command.get_args().map(|arg| arg.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(line("firefox --new-tab &"), ["--new-tab", "https://x.example/?a=1&b=$(2)"]);
        assert_eq!(line("b --url=%s -q"), ["--url=https://x.example/?a=1&b=$(2)", "-q"]);
        assert!(command("  ", "https://x.example").is_none());
    }

    #[test]
    fn only_web_pages_are_opened() {
        for page in ["file:///etc/passwd", "http://evil.example", "-x", "javascript:1"] {
            assert!(open(&with("true"), page).is_none(), "{page}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn it_fails_when_no_command_starts() {
        let failing = with("/nowhere/browser:false");
        open(&failing, "https://x.example").unwrap().failed().await;
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_next_command_is_tried() {
        let folder = tempfile::tempdir().unwrap();
        let seen = folder.path().join("seen");
        // `cp /dev/null` makes a file, whatever the address is.
        let settings = with(&format!("false:env PAGE=%s cp /dev/null {}", seen.display()));
        let opening = open(&settings, "https://x.example").unwrap();
        while !seen.exists() {
            tokio::task::yield_now().await;
        }
        drop(opening);
    }
}
