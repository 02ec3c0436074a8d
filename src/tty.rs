//! What is asked of the terminal by both faces: its events, and a line that nobody sees.

use std::io;

use crossterm::event::EventStream;
#[cfg(unix)]
pub use unix::Line;

/// Sets up what reads the terminal: once that stands, [`events`] can begin on one that has gone meanwhile. No thread yet,
/// and what was typed before waits.
///
/// # Errors
/// When there is no terminal, or it cannot be read.
pub fn begin() -> io::Result<()> {
    crossterm::event::poll(std::time::Duration::ZERO).map(drop)
}

/// Keys and the like, as they come. Dropping the stream lets others read them.
///
/// # Errors
/// When there is no terminal, or it is gone: crossterm (0.29) panics when it begins on such a one, and reads it for ever.
pub fn events() -> io::Result<EventStream> {
    #[cfg(unix)]
    if Line::of_the_terminal()?.is_gone() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(EventStream::new())
}

/// Whether `stream` is a terminal that leaves line ends as they are written: a full-screen program has it, or `run --redact`.
#[cfg(unix)]
pub fn is_raw(stream: &impl std::os::fd::AsFd) -> bool {
    use rustix::termios::{OutputModes, tcgetattr};
    tcgetattr(stream).is_ok_and(|modes| !modes.output_modes.contains(OutputModes::OPOST))
}

/// Consoles are never raw to us.
#[cfg(not(unix))]
pub fn is_raw<T>(_: &T) -> bool {
    false
}

/// A line from the controlling terminal, unseen: it is silent before the question appears, so that whoever types at once
/// is not seen either. Ctrl-C gives the terminal back, and ends as it does elsewhere.
///
/// # Errors
/// When there is no controlling terminal, it is gone, or the person stopped.
#[cfg(unix)]
pub fn unseen_line(question: &str) -> io::Result<String> {
    use std::io::Write as _;

    let silent = unix::Silent::enter()?;
    (&silent.0).write_all(question.as_bytes())?;
    let keys = rpassword::ConfigBuilder::new().input_reader(silent.keys()?).output_discard().build();
    let line = rpassword::read_password_with_config(keys);
    drop(silent);
    if line.as_ref().is_err_and(unix::is_stop) {
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::INT)?;
    }
    line
}

/// A line from the console, unseen.
///
/// # Errors
/// When there is no console, or the person stopped.
#[cfg(not(unix))]
pub fn unseen_line(question: &str) -> io::Result<String> {
    rpassword::prompt_password(question)
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, IsTerminal as _, Read, Write as _};
    use std::os::fd::{AsFd as _, AsRawFd, OwnedFd, RawFd};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::retry_on_intr;
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    const CTRL_C: u8 = 3;

    /// The terminal that crossterm reads, to be watched for its end.
    pub struct Line(OwnedFd);

    impl Line {
        /// # Errors
        /// When there is none.
        pub fn of_the_terminal() -> io::Result<Self> {
            let stdin = io::stdin();
            Ok(Self(match stdin.is_terminal() {
                true => stdin.as_fd().try_clone_to_owned()?,
                false => File::open("/dev/tty")?.into(),
            }))
        }

        /// Whether it was closed.
        pub fn is_gone(&self) -> bool {
            self.ends(Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).unwrap_or(false)
        }

        /// Sleeps until it is closed.
        ///
        /// # Errors
        /// When it cannot be watched.
        pub fn end(&self) -> io::Result<()> {
            while !retry_on_intr(|| self.ends(None))? {}
            Ok(())
        }

        fn ends(&self, patience: Option<&Timespec>) -> rustix::io::Result<bool> {
            let mut line = [PollFd::new(&self.0, PollFlags::empty())];
            poll(&mut line, patience)?;
            Ok(line[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL))
        }
    }

    impl AsRawFd for Line {
        fn as_raw_fd(&self) -> RawFd {
            self.0.as_raw_fd()
        }
    }

    /// The controlling terminal while it echoes nothing and hands on every key; as it was before in the end.
    pub struct Silent(pub File, Termios);

    impl Silent {
        pub fn enter() -> io::Result<Self> {
            let terminal = File::options().read(true).write(true).open("/dev/tty")?;
            let before = tcgetattr(&terminal)?;
            let mut silent = before.clone();
            silent.local_modes -=
                LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
            silent.special_codes[SpecialCodeIndex::VMIN] = 1;
            silent.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(&terminal, OptionalActions::Now, &silent)?;
            Ok(Self(terminal, before))
        }

        pub fn keys(&self) -> io::Result<Keys> {
            self.0.try_clone().map(Keys)
        }
    }

    impl Drop for Silent {
        fn drop(&mut self) {
            // A terminal that is gone needs no restoring.
            let _ = tcsetattr(&self.0, OptionalActions::Now, &self.1);
            let _ = self.0.write_all(b"\n");
        }
    }

    /// Its keys up to Ctrl-C: rpassword would raise the signal while the terminal is still silent.
    pub struct Keys(File);

    impl Read for Keys {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.read(buffer)?;
            match buffer[..count].contains(&CTRL_C) {
                true => Err(io::ErrorKind::ConnectionAborted.into()),
                false => Ok(count),
            }
        }
    }

    pub fn is_stop(error: &io::Error) -> bool {
        error.kind() == io::ErrorKind::ConnectionAborted
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::{Command, Stdio};

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::events;
    use crate::settings::Settings;

    const ASKED: &str = "DEVSECRETS_TEST_BEGINS_WHERE_THERE_IS_NONE";

    /// Does nothing but in the run that the next test starts on a terminal that is gone.
    #[test]
    fn begins_where_there_is_none() {
        if Settings::from_process().unwrap().var(ASKED).is_some() {
            assert!(events().is_err());
        }
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_and_no_panic() {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let line = std::fs::File::options().read(true).write(true).open(name).unwrap();
        drop(master);
        // A session of its own has no other terminal to turn to.
        let told = Command::new("setsid")
            .arg("--wait")
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "tty::tests::begins_where_there_is_none"])
            .env(ASKED, "1")
            .stdin(Stdio::from(line))
            .output()
            .unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
    }
}
