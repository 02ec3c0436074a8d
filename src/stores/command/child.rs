//! One run of a program: silent, bounded in time and output, and gone with all it started.
//!
//! It has no standard input and a [`Group`] of its own, so that it and its children end when a limit is over, and with us. When
//! the program itself has ended, what a child of it still holds open is not waited for.

use std::cell::RefCell;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::signals::Group;

/// Most bytes of standard output.
pub(super) const LARGEST: usize = 1 << 20;
/// Bytes of standard error that are kept.
const LARGEST_SAID: usize = 8 << 10;
/// How long what was written before the end is read after it.
const GRACE: Duration = Duration::from_millis(250);

/// What is run.
pub(super) struct Child<'a> {
    pub program: &'a Path,
    pub words: &'a [String],
    pub environment: &'a [(String, String)],
    pub folder: &'a Path,
}

/// A program that ran to its end.
pub(super) struct Ran {
    pub status: ExitStatus,
    pub out: Zeroizing<Vec<u8>>,
    pub err: Zeroizing<Vec<u8>>,
}

pub(super) enum Failed {
    NotStarted(String),
    TooSlow,
    TooLarge,
}

impl Child<'_> {
    /// Runs it for so many seconds at most.
    pub async fn run(&self, seconds: u64) -> Result<Ran, Failed> {
        let started = Group::start(&mut self.command());
        let (mut child, mut group) = started.map_err(|error| Failed::NotStarted(error.to_string()))?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let ran = timeout(Duration::from_secs(seconds), collected(&mut child, out, err)).await;
        let (ran, all_closed) = ran.map_err(|_| Failed::TooSlow)??;
        if all_closed {
            group.let_go();
        }
        Ok(ran)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        command.args(self.words).env_clear().current_dir(self.folder).kill_on_drop(true);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// Its end and what it wrote; whether both streams were closed by then.
async fn collected(
    child: &mut tokio::process::Child,
    out: Option<impl AsyncRead + Unpin>,
    err: Option<impl AsyncRead + Unpin>,
) -> Result<(Ran, bool), Failed> {
    let (data, said) = (RefCell::default(), RefCell::default());
    let mut reading = std::pin::pin!(async {
        let (whole, _) = futures_util::join!(fill(out, &data, LARGEST), drain(err, &said));
        whole
    });
    let mut closed = false;
    let status = loop {
        tokio::select! {
            whole = &mut reading, if !closed => {
                if !whole { return Err(Failed::TooLarge); }
                closed = true;
            }
            status = child.wait() => break status.map_err(|error| Failed::NotStarted(error.to_string()))?,
        }
    };
    if !closed {
        match timeout(GRACE, &mut reading).await {
            Ok(false) => return Err(Failed::TooLarge),
            ended => closed = ended.is_ok(),
        }
    }
    Ok((Ran { status, out: data.take(), err: said.take() }, closed))
}

/// Reads to the end; false as soon as there is more than `most`.
async fn fill(stream: Option<impl AsyncRead + Unpin>, to: &RefCell<Zeroizing<Vec<u8>>>, most: usize) -> bool {
    let Some(mut stream) = stream else { return true };
    let mut piece = Zeroizing::new([0; 8 << 10]);
    while let Ok(read @ 1..) = stream.read(&mut piece[..]).await {
        let mut to = to.borrow_mut();
        if to.len() + read > most {
            return false;
        }
        to.extend_from_slice(&piece[..read]);
    }
    true
}

/// Reads to the end, and keeps the beginning: a program that cannot write would wait.
async fn drain(stream: Option<impl AsyncRead + Unpin>, to: &RefCell<Zeroizing<Vec<u8>>>) {
    let Some(mut stream) = stream else { return };
    let mut piece = Zeroizing::new([0; 8 << 10]);
    while let Ok(read @ 1..) = stream.read(&mut piece[..]).await {
        let mut to = to.borrow_mut();
        let room = LARGEST_SAID.saturating_sub(to.len()).min(read);
        to.extend_from_slice(&piece[..room]);
    }
}
