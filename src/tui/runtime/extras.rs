//! What the terminal UI is handed besides its session.

use std::rc::Rc;

use crate::keychain::Questions;
use crate::tui::theme::Theme;

/// Approves a sign-in by its user code; true when there was one to approve.
pub type Approve = Rc<dyn Fn(&str) -> bool>;

/// What differs between the real thing and a demo.
pub struct Extras {
    /// Shown in the title bar.
    pub banner: Option<String>,
    /// The profile the cursor starts at.
    pub suggested: Option<String>,
    /// Offers the key that approves the sign-in.
    pub approve: Option<Approve>,
    /// Where the keychain asks for a passphrase.
    pub questions: Option<Questions>,
    /// The command that removes what a demo left.
    pub removal: Option<String>,
    /// What leads another shell into a demo, so that commands copied here reach it.
    pub shell: Option<String>,
    pub theme: Theme,
}
