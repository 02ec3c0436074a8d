//! What is known of a project without asking anybody: what the board shows in its first moment.
//!
//! The rule: the profile, this process's environment, our own records and the env files are read; neither network,
//! keychain nor AWS's files are touched. How far somebody has come is read off these facts each time, so it cannot be out of
//! step with them, and a crash loses nothing. That a walk wrote its files and did not come to its end is the one thing kept.

use std::collections::BTreeMap;

use super::Program;
use super::session::Session;
use super::start;
use crate::finding::Finding;
use crate::profile::rules;
use crate::resolve::{Cell, Matrix, Origin, View, at_hand, decide};
use crate::seed::{begin_day_one, end_day_one, is_day_one};
use crate::sso::Choice;

/// A project in its first moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Every cell; those that [`Outline::settles`] says no of are yet to be asked about.
    pub matrix: Matrix,
    /// By name.
    pub variables: BTreeMap<String, Declared>,
    /// Account and role in use: the profile's own, or those remembered.
    pub choice: Option<Choice>,
    /// The profile's, its default first.
    pub environments: Vec<String>,
    /// Programs of the profile's stores that nobody has agreed to yet.
    pub programs: Vec<Program>,
    pub set_up: SetUp,
}

/// What a profile says of a variable, whichever service reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Who gives access to it.
    pub owner: Option<String>,
    /// Where to ask for it.
    pub request: Option<String>,
    pub docs: Option<String>,
    pub note: Option<String>,
    /// What its value must be like in this environment.
    pub rules: Vec<String>,
    /// The personal token that is its value.
    pub token: Option<String>,
}

/// How far somebody has come with a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// A role is chosen, or none is needed.
    pub role: bool,
    /// Env files were written here, none of them half, or there is none to write.
    pub files: bool,
    /// No walk was left between its files and its end: tokens were asked for, and what comes next was shown.
    pub end: bool,
}

impl SetUp {
    /// Day one is over. What is missing since is for the board to say.
    pub fn is_whole(self) -> bool {
        self.role && self.files && self.end
    }

    /// Nothing is left but the last steps.
    pub fn lacks_its_end(self) -> bool {
        self.role && self.files && !self.end
    }
}

impl Outline {
    /// Whether what stands in this cell is what it will be once everybody has been asked.
    pub fn settles(cell: &Cell) -> bool {
        matches!(cell.origin, Some(Origin::Environment | Origin::File))
    }
}

impl Session {
    /// The open project as far as it is known without asking.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn outline(&self) -> Result<Outline, Finding> {
        let project = self.project()?;
        let (profile, environment) = (project.profile(), &project.environment);
        let here = at_hand(self.scope()?, &self.journal);
        let found = decide(profile, environment, &project.services, &here, View::Running);
        let mut matrix = found.matrix(profile, &project.services);
        for row in &mut matrix.services {
            row.start = row.start.take().or_else(|| start::command(&project.loaded.root.join(&row.path)));
        }
        let declared = profile.variables.iter().map(|(name, variable)| {
            let declared = Declared {
                owner: variable.owner.clone(),
                request: variable.request.clone(),
                docs: variable.docs.clone(),
                note: variable.note.clone(),
                rules: rules(variable, environment),
                token: variable.token.clone(),
            };
            (name.clone(), declared)
        });
        Ok(Outline {
            set_up: self.set_up(&matrix)?,
            variables: declared.collect(),
            choice: self.choice(),
            programs: self.programs_to_allow()?,
            environments: profile.environments().to_vec(),
            matrix,
        })
    }

    /// The walk is about to write its files, or has come to its end. A state folder that cannot be written costs the last steps
    /// when it is left in between.
    pub fn walks(&self, on: bool) {
        if let Ok(project) = self.project() {
            let root = &project.loaded.root;
            let _ = if on { begin_day_one(&self.settings, root) } else { end_day_one(&self.settings, root) };
        }
    }

    fn set_up(&self, matrix: &Matrix) -> Result<SetUp, Finding> {
        let project = self.project()?;
        let root = &project.loaded.root;
        let signs_in = project.profile().sso.is_some();
        let opened = super::session::opened(project);
        let mut files = matrix.services.iter().filter_map(|row| row.env_file.as_ref());
        // One that somebody wrote by hand before us is no sign of a seed; all of them leave nothing to do.
        let seeded = self.journal.files().any(|file| file.starts_with(root));
        let stands = seeded || files.all(|file| root.join(file).exists());
        // Left over only by an apply that was cut off.
        let cut_off = self.journal.unfinished().any(|file| file.starts_with(root));
        Ok(SetUp {
            role: !signs_in || self.choice.is_some(),
            files: !opened.seeds_files || (stands && !cut_off),
            end: !is_day_one(&self.settings, root),
        })
    }
}
