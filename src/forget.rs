//! Offboarding: everything we ever made on this machine, listed, and by consent removed.
//!
//! The rule: only what we made goes. A line goes if we wrote it and nobody changed it, a file if nothing else is in it, a
//! sign-in if it is our own; the rest is left and named. Each removal looks again before it acts, so a second run does
//! what a killed one left, and the state folder that knows all this goes last, once nothing else is left to do.

mod aws;
mod elsewhere;
mod files;
mod kept;
mod places;
mod sign_ins;

use std::path::PathBuf;

use serde::Serialize;

use crate::envfile::Journal;
use crate::finding::{Finding, Remedy};
use crate::keychain::{Item, Keychain};
use crate::profile::forget_picked;
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::SessionName;
use crate::stores::Consents;
use crate::tokens::{Project, Shelf};

/// Version of the JSON form.
pub const FORGET_VERSION: u32 = 1;

/// Where we look, and what we know.
pub struct World<'a> {
    pub settings: &'a Settings,
    pub keychain: &'a dyn Keychain,
    pub journal: &'a mut Journal,
    pub shelf: &'a mut Shelf,
    pub consents: &'a mut Consents,
    /// Where copies of this project's store values lie.
    pub copies: Option<PathBuf>,
    /// `None`: everything on this machine; else what belongs to this project alone.
    pub only: Option<Project>,
    /// Sign-ins whose caches may be ours.
    pub sessions: Vec<SessionName>,
    /// Token names that may have been kept before records were.
    pub token_names: Vec<String>,
}

/// What is to be forgotten, in the order it goes. Names and places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Survey {
    pub version: u32,
    pub things: Vec<Thing>,
    /// What only its service can end.
    pub by_hand: Vec<ByHand>,
}

/// One thing we made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thing {
    pub kind: Kind,
    /// File, keychain item, folder, or a project's line in one of our records.
    pub place: String,
    /// What goes, and what of it is left.
    pub says: String,
    /// Why it cannot go, when that is known beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    #[serde(skip)]
    target: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Values we wrote into an env file.
    Values,
    /// The file of one token.
    TokenFile,
    KeychainItem,
    SignIn,
    /// A profile in the AWS config file.
    AwsProfile,
    /// What we remember.
    State,
}

/// Something to revoke or end where it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByHand {
    pub what: String,
    pub page: String,
}

/// What a removal acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Values(PathBuf),
    TokenFile {
        slot: String,
        name: String,
        project: Project,
        file: PathBuf,
    },
    Token {
        slot: String,
    },
    Identity,
    /// Kept in the keychain that is not in use.
    Elsewhere(Item),
    /// The key file, which is not in use and was not opened.
    KeyFile(PathBuf),
    SignIn(PathBuf),
    AwsProfile(String),
    Choice(String),
    UndoLog(PathBuf),
    Project(Project),
    /// What a project may run.
    Consents(PathBuf),
    /// Which profile was picked for this project.
    Picked(PathBuf),
    /// That its first walk is not over.
    DayOne(PathBuf),
    Folder(PathBuf),
    StateFolder(PathBuf),
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Removed,
    /// It was gone already.
    Gone,
    /// Nothing in it was ours to take.
    Left,
    Failed,
}

/// One thing and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    pub kind: Kind,
    pub place: String,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Farewell {
    pub version: u32,
    pub things: Vec<Forgotten>,
    pub by_hand: Vec<ByHand>,
}

impl Farewell {
    /// True when nothing stood in the way.
    pub fn is_clean(&self) -> bool {
        self.things.iter().all(|thing| thing.finding.is_none())
    }
}

/// Looks and changes nothing. Asks the keychain, and blocks while it does.
pub fn survey(world: &World<'_>) -> Survey {
    let mut things = files::values(world);
    things.extend(files::token_files(world));
    let kept = kept::read(world);
    things.extend(kept::tokens(world, &kept));
    things.extend(sign_ins::ours(world));
    things.extend(aws::profiles(world));
    things.extend(aws::choice(world));
    things.extend(kept::identity(world, &kept));
    let (unused, unseen) = elsewhere::look(world);
    things.extend(unused);
    things.extend(places::state(world));
    let mut by_hand = kept::pages(world);
    by_hand.extend(sign_ins::portals(world, &things));
    by_hand.extend(aws::by_hand(world));
    by_hand.extend(unseen);
    Survey { version: FORGET_VERSION, things, by_hand }
}

/// Removes what `survey` lists, as far as it still is ours.
pub fn forget(world: &mut World<'_>, survey: Survey) -> Farewell {
    let mut done: Vec<Forgotten> = Vec::new();
    for thing in survey.things {
        let held_up =
            matches!(thing.target, Target::StateFolder(_)) && done.iter().any(|one| one.finding.is_some());
        let removed = if held_up { Err(says_who(&thing)) } else { remove(world, &thing) };
        let (outcome, finding) = match removed {
            Ok(outcome) => (outcome, None),
            Err(finding) => (Outcome::Failed, Some(finding)),
        };
        done.push(Forgotten { kind: thing.kind, place: thing.place, outcome, finding });
    }
    Farewell { version: FORGET_VERSION, things: done, by_hand: survey.by_hand }
}

fn remove(world: &mut World<'_>, thing: &Thing) -> Result<Outcome, Finding> {
    match &thing.target {
        Target::Values(file) => files::take_out(world, file),
        Target::TokenFile { slot, name, project, file } => {
            files::take_token_file(world, slot, name, project, file)
        }
        Target::Token { slot } => kept::forget_token(world, slot),
        Target::Identity => kept::forget_identity(world),
        Target::Elsewhere(item) => elsewhere::forget(world, item),
        Target::SignIn(file) | Target::UndoLog(file) | Target::KeyFile(file) => {
            removed(std::fs::remove_file(file), &thing.place)
        }
        Target::AwsProfile(name) => aws::forget_profile(world, name),
        Target::Choice(profile) => aws::forget_chosen(world, profile),
        Target::Project(project) => {
            let left = world.shelf.leave(project);
            removed(left, &thing.place)
        }
        Target::Picked(root) => removed(forget_picked(world.settings, root).map(drop), &thing.place),
        Target::DayOne(root) => removed(crate::seed::end_day_one(world.settings, root), &thing.place),
        Target::Consents(root) => removed(world.consents.withdraw(root).map(drop), &thing.place),
        Target::StateFolder(folder) | Target::Folder(folder) => {
            removed(std::fs::remove_dir_all(folder), &thing.place)
        }
    }
}

fn removed(result: std::io::Result<()>, place: &str) -> Result<Outcome, Finding> {
    match result {
        Ok(()) => Ok(Outcome::Removed),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Outcome::Gone),
        Err(error) => Err(failed(place, &error.to_string())),
    }
}

/// What stood in the way, in the words of whoever refused.
fn failed(place: &str, says: &str) -> Finding {
    let remedy = Remedy::run("correct the cause, then go on where this run stopped", "devsecrets forget");
    Finding::error("DS-FORGET-01", plain(place), plain(says), remedy)
}

/// The records are needed until the rest is gone.
fn says_who(thing: &Thing) -> Finding {
    let remedy = Remedy::run("correct what is named above, then go on", "devsecrets forget");
    let says = "it is left until everything else is gone, because it says what there is";
    Finding::warning("DS-FORGET-02", plain(&thing.place), says, remedy)
}
