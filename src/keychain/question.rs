//! A passphrase asked for by whoever holds the screen, while a keychain call waits for it on its own thread.

use std::sync::mpsc::{Sender, channel};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::key_file;
use crate::secret::SecretValue;
use crate::settings::Settings;

/// Questions as they come; at most one in a run.
pub type Questions = UnboundedReceiver<Question>;

/// Somebody waits for the key file's passphrase. Dropping it means that there will be none.
#[derive(Debug)]
pub struct Question {
    /// The file is yet to be made, so a slip of the finger would lock it for good: ask twice.
    pub new_file: bool,
    answer: Sender<Option<SecretValue>>,
}

impl Question {
    pub fn answer(self, passphrase: Option<SecretValue>) {
        // Nobody waits any more once the run is ending.
        let _ = self.answer.send(passphrase);
    }
}

/// What to give to [`open`](super::open), and where its question arrives.
pub fn questions(settings: &Settings) -> (impl FnOnce() -> Option<SecretValue> + Send + 'static, Questions) {
    let (sender, receiver) = unbounded_channel();
    let path = key_file(settings);
    let ask = move || {
        let (answer, answered) = channel();
        let new_file = !path.is_some_and(|path| path.exists());
        sender.send(Question { new_file, answer }).ok()?;
        answered.recv().ok()?
    };
    (ask, receiver)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_answer_reaches_the_thread_that_waits() {
        let (ask, mut questions) = questions(&Settings::bare("/", Path::new("/nowhere")));
        let waiting = std::thread::spawn(ask);
        let question = questions.blocking_recv().unwrap();
        assert!(question.new_file);
        question.answer(Some(SecretValue::new("open sesame")));
        assert!(waiting.join().unwrap().unwrap().same_as(&SecretValue::new("open sesame")));
    }

    #[test]
    fn a_dropped_question_is_no_answer() {
        let (ask, mut questions) = questions(&Settings::bare("/", Path::new("/nowhere")));
        let waiting = std::thread::spawn(ask);
        drop(questions.blocking_recv().unwrap());
        assert!(waiting.join().unwrap().is_none());
    }
}
