//! Remarks with a life: what was done, what should be known, what failed.
//!
//! The rule: a remark goes by itself or with the next action, a failure once it was acknowledged. How long one lives is
//! data; the runtime counts, and tells its end by its id. Nothing moves, so nothing is drawn in between.

use std::time::Duration;

/// All that stand, oldest first.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    last: u64,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub id: ToastId,
    pub mood: Mood,
    pub text: String,
    /// What it tells of can be taken back.
    pub undo: bool,
}

/// Names one remark, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToastId(u64);

/// What a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Note,
    Done,
    Failed,
}

/// More would be a list, not a remark.
const MOST: usize = 4;
/// What was seen appear is read from here on.
const NOTICED: Duration = Duration::from_millis(2000);
/// A calm reader's pace, for one character.
const READ: Duration = Duration::from_millis(60);
const LONGEST: Duration = Duration::from_secs(12);
/// Nobody should have to hurry to take something back.
const OFFERED: Duration = Duration::from_secs(15);

const OPENS: &str = "the page opens in your browser";
const NOT_OPENED: &str = "no browser could be started here; open the address by hand";

impl Toast {
    /// How long it stands; `None`: until it is acknowledged.
    pub fn life(&self) -> Option<Duration> {
        let chars = u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX);
        match self.mood {
            Mood::Failed => None,
            _ if self.undo => Some(OFFERED),
            _ => Some((NOTICED + READ.saturating_mul(chars)).min(LONGEST)),
        }
    }
}

impl Toasts {
    pub fn note(&mut self, text: impl Into<String>) {
        self.add(Mood::Note, text.into(), false);
    }

    pub fn done(&mut self, text: impl Into<String>) {
        self.add(Mood::Done, text.into(), false);
    }

    /// Something was done that can be taken back. An older offer would take back this one.
    pub fn offer_undo(&mut self, text: impl Into<String>) {
        self.no_undo();
        self.add(Mood::Done, text.into(), true);
    }

    pub fn failed(&mut self, text: impl Into<String>) {
        self.add(Mood::Failed, text.into(), false);
    }

    pub fn tell(&mut self, mood: Mood, text: impl Into<String>) {
        self.add(mood, text.into(), false);
    }

    /// A page was handed to the browser; and, a moment later, that none could be started, which takes its place.
    pub fn page(&mut self, opens: bool) {
        self.no_page();
        match opens {
            true => self.done(OPENS),
            false => self.failed(NOT_OPENED),
        }
    }

    /// Nobody needs the page any more.
    pub fn no_page(&mut self) {
        self.shown.retain(|toast| toast.text != OPENS && toast.text != NOT_OPENED);
    }

    fn add(&mut self, mood: Mood, text: String, undo: bool) {
        self.last += 1;
        // Said again, it is read anew.
        self.shown.retain(|toast| toast.text != text);
        self.shown.push(Toast { id: ToastId(self.last), mood, text, undo });
        if self.shown.len() > MOST {
            let passing = self.shown.iter().position(|toast| toast.mood != Mood::Failed);
            self.shown.remove(passing.unwrap_or(0));
        }
    }

    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// Whether something is offered to be taken back.
    pub fn offers_undo(&self) -> bool {
        self.shown.iter().any(|toast| toast.undo)
    }

    pub fn no_undo(&mut self) {
        self.shown.retain(|toast| !toast.undo);
    }

    /// Its time is over.
    pub fn passed(&mut self, id: ToastId) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// The next action: what was said about the last one goes, unless it failed or can still be taken back.
    pub fn next_action(&mut self) {
        self.shown.retain(|toast| toast.mood == Mood::Failed || toast.undo);
    }

    /// The person has read all; true when a failure was among it.
    pub fn acknowledge(&mut self) -> bool {
        std::mem::take(&mut self.shown).iter().any(|toast| toast.mood == Mood::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(toasts: &Toasts) -> Vec<&str> {
        toasts.shown().iter().map(|toast| toast.text.as_str()).collect()
    }

    #[test]
    fn the_next_action_takes_all_but_failures_and_what_can_be_taken_back() {
        let mut toasts = Toasts::default();
        toasts.note("sorted by name");
        toasts.failed("no clipboard");
        toasts.offer_undo("6 files written");
        toasts.done("copied");
        toasts.next_action();
        assert_eq!(texts(&toasts), ["no clipboard", "6 files written"]);
        assert!(toasts.acknowledge() && toasts.shown().is_empty());
        assert!(!toasts.acknowledge(), "there was nothing left");
    }

    #[test]
    fn said_again_it_stands_once_and_lives_anew() {
        let mut toasts = Toasts::default();
        toasts.note("nothing stops a service");
        let before = toasts.shown()[0].id;
        toasts.note("nothing stops a service");
        assert_eq!(toasts.shown().len(), 1);
        toasts.passed(before);
        assert_eq!(toasts.shown().len(), 1, "the end of the first is not the end of the second");
    }

    #[test]
    fn a_fifth_pushes_the_oldest_out_but_failures_last() {
        let mut toasts = Toasts::default();
        toasts.failed("first");
        for text in ["second", "third", "fourth", "fifth"] {
            toasts.note(text);
        }
        assert_eq!(texts(&toasts), ["first", "third", "fourth", "fifth"]);
    }

    #[test]
    fn longer_words_stand_longer_and_a_failure_stays() {
        let life = |mood, text: &str, undo| Toast { id: ToastId(1), mood, text: text.into(), undo }.life();
        assert!(life(Mood::Note, "copied", false) < life(Mood::Note, &"word ".repeat(20), false));
        assert!(life(Mood::Note, &"word ".repeat(900), false) <= Some(LONGEST));
        assert_eq!(life(Mood::Done, "written", true), Some(OFFERED));
        assert_eq!(life(Mood::Failed, "refused", false), None);
    }

    #[test]
    fn a_page_opens_or_does_not_and_is_needed_no_longer() {
        let mut toasts = Toasts::default();
        toasts.note("sorted by name");
        toasts.page(true);
        toasts.page(false);
        assert_eq!(texts(&toasts), ["sorted by name", NOT_OPENED]);
        toasts.no_page();
        assert_eq!(texts(&toasts), ["sorted by name"]);
    }

    #[test]
    fn only_the_newest_write_is_offered() {
        let mut toasts = Toasts::default();
        toasts.offer_undo("1 file written");
        toasts.offer_undo("2 files written");
        assert_eq!(texts(&toasts), ["2 files written"]);
    }
}
