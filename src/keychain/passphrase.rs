//! Where the key file's passphrase comes from.
//!
//! Owns the order of the three sources: an open descriptor named by `DEVSECRETS_PASSPHRASE_FD`, a
//! file named by `DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE`, and the caller's prompt. Never an argument
//! and never a variable holding the value, for those can be read by other processes. It is asked
//! for at most once.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{Problem, descriptor};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// Names a file whose first line is the passphrase.
pub(super) const FILE_VARIABLE: &str = "DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE";

/// Set by `run` for what it starts, where it keeps a passphrase to itself that was handed over to it.
pub const WITHHELD: &str = "DEVSECRETS_WITHHELD";

/// Longest first line that is read, in bytes.
const LONGEST: u64 = 4096;

type Prompt = Box<dyn FnOnce() -> Option<SecretValue> + Send>;

/// A passphrase that is fetched when first needed.
pub struct Passphrase {
    handed_over: Option<HandedOver>,
    /// A run around this one has it.
    withheld: bool,
    state: Mutex<State>,
}

/// Where the environment says that it is.
#[derive(Debug)]
enum HandedOver {
    /// The number of an open descriptor, as it was written.
    Descriptor(String),
    File(PathBuf),
}

enum State {
    NotAsked(Prompt),
    Asked(Option<SecretValue>),
}

impl Passphrase {
    /// From the descriptor the environment names, else from the file it names, else from `prompt`.
    pub fn from_settings(
        settings: &Settings,
        prompt: impl FnOnce() -> Option<SecretValue> + Send + 'static,
    ) -> Self {
        let file = || passphrase_file(settings).map(HandedOver::File);
        let descriptor = settings.var(descriptor::FD_VARIABLE);
        // The file may be one that is open already: `/dev/fd/N` is what `<(…)` of a shell comes to.
        let opened = settings.var(FILE_VARIABLE).and_then(descriptor::number_in);
        for number in descriptor.into_iter().chain(opened) {
            descriptor::close_for_children(number);
        }
        let descriptor = descriptor.map(|number| HandedOver::Descriptor(number.to_owned()));
        Self {
            handed_over: descriptor.or_else(file),
            withheld: settings.var(WITHHELD).is_some(),
            state: Mutex::new(State::NotAsked(Box::new(prompt))),
        }
    }

    /// One that is known already.
    pub fn known(value: SecretValue) -> Self {
        Self { handed_over: None, withheld: false, state: Mutex::new(State::Asked(Some(value))) }
    }

    /// True when the environment says where it is, so that nobody needs to be asked.
    pub(super) fn is_handed_over(&self) -> bool {
        self.handed_over.is_some()
    }

    /// Whether there is one, found out without asking anybody.
    ///
    /// # Errors
    /// When there is none, or what is named cannot be read.
    pub(super) fn is_at_hand(&self) -> Result<(), Problem> {
        let unasked = matches!(*self.state(), State::NotAsked(_));
        match unasked && !self.is_handed_over() {
            true => Err(self.none()),
            false => self.get().map(|_| ()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self) -> Result<SecretValue, Problem> {
        let mut state = self.state();
        if let State::NotAsked(_) = &*state {
            let former = std::mem::replace(&mut *state, State::Asked(None));
            *state = State::Asked(self.ask(former)?.filter(|value| !value.is_blank()));
        }
        match &*state {
            State::Asked(Some(value)) => Ok(value.clone()),
            _ => Err(self.none()),
        }
    }

    fn none(&self) -> Problem {
        if self.withheld { Problem::Withheld } else { Problem::NeedsPassphrase }
    }

    fn ask(&self, state: State) -> Result<Option<SecretValue>, Problem> {
        match (&self.handed_over, state) {
            (Some(HandedOver::Descriptor(number)), _) => descriptor::first_line(number).map(Some),
            (Some(HandedOver::File(path)), _) => first_line(path).map(Some),
            (None, State::NotAsked(prompt)) => Ok(prompt()),
            (None, State::Asked(value)) => Ok(value),
        }
    }
}

/// The file `DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE` names.
pub fn passphrase_file(settings: &Settings) -> Option<PathBuf> {
    settings.var(FILE_VARIABLE).map(|path| settings.folder.join(path))
}

/// The line without its end (LF or CRLF); other white space belongs to the passphrase.
fn first_line(path: &Path) -> Result<SecretValue, Problem> {
    let shut = |source| Problem::PassphraseFile { path: path.to_owned(), source: Arc::new(source) };
    let file = File::open(path).map_err(shut)?;
    let mut line = Zeroizing::new(String::with_capacity(LONGEST as usize));
    BufReader::new(file.take(LONGEST)).read_line(&mut line).map_err(shut)?;
    Ok(SecretValue::new(line.trim_end_matches(['\r', '\n'])))
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passphrase").field("handed_over", &self.handed_over).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text(passphrase: &Passphrase) -> String {
        passphrase.get().unwrap().expose_to(str::to_owned)
    }

    #[test]
    fn the_named_file_wins_and_its_first_line_counts() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b" two words \r\nsecond line\n").unwrap();
        let settings =
            Settings::bare("/", Path::new("/h")).with(FILE_VARIABLE, file.path().display().to_string());
        let passphrase = Passphrase::from_settings(&settings, || panic!("nobody is asked"));
        assert_eq!(text(&passphrase), " two words ");
    }

    #[test]
    fn a_named_file_that_cannot_be_read_is_said_not_passed_over() {
        let settings = Settings::bare("/", Path::new("/h")).with(FILE_VARIABLE, "/no/such/file");
        let passphrase = Passphrase::from_settings(&settings, || Some(SecretValue::new("typed")));
        let problem = passphrase.get().unwrap_err();
        assert!(
            problem.to_string().starts_with("cannot read the passphrase file /no/such/file: "),
            "{problem}"
        );
        let remedy = crate::keychain::Error::new(crate::keychain::Place::Undecided, problem).remedy();
        assert!(remedy.to_string().contains(FILE_VARIABLE), "{remedy}");
    }

    #[test]
    fn the_prompt_is_asked_once_and_blank_is_no_answer() {
        let settings = Settings::bare("/", Path::new("/h"));
        let typed = Passphrase::from_settings(&settings, || Some(SecretValue::new("typed")));
        assert_eq!((text(&typed), text(&typed)), ("typed".to_owned(), "typed".to_owned()));
        for answer in [None, Some(SecretValue::new(" "))] {
            let nothing = Passphrase::from_settings(&settings, || answer);
            assert!(matches!(nothing.get(), Err(Problem::NeedsPassphrase)));
        }
    }
}
