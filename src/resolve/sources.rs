//! Everything the sources said, before anything is decided.
//!
//! Holds values. Gathered once per run, so two decisions about the same facts can never differ by what the
//! network happened to say in between.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use time::OffsetDateTime;

use super::{Copies, CopiesFlaw, Inherited, NoValue, NotAsked};
use crate::finding::Finding;
use crate::identity::Identity;
use crate::profile::StoreKind;
use crate::secret::SecretValue;
use crate::stores::{Answers, Miss, Values, variable_name};

/// What each source said.
#[derive(Default)]
pub struct Sources {
    /// The process environment, blank ones left out.
    pub environment: Values,
    /// What of it another start of ours has put there.
    pub inherited: Option<Inherited>,
    /// What is exported there and is not UTF-8.
    pub opaque: BTreeSet<String>,
    /// Env files, by service; one without any line where there is none yet.
    pub files: BTreeMap<String, FileSource>,
    /// Env files that are read and never written, by service, nearest first.
    pub fallbacks: BTreeMap<String, Vec<FileSource>>,
    /// Further env files of a service that a store gave nothing, nearest first: for development alone.
    pub stand_ins: BTreeMap<String, Vec<FileSource>>,
    /// What is wrong with env files as they stand, so that nobody knows what they say.
    pub flaws: Vec<Finding>,
    /// Services whose own env file is there and cannot be read, with its path.
    pub shut: BTreeMap<String, String>,
    /// Services whose folder is not there.
    pub homeless: BTreeSet<String>,
    /// Stores in the profile's order.
    pub stores: Vec<StoreSource>,
    /// Personal tokens, by name.
    pub tokens: BTreeMap<String, Result<SecretValue, NoValue>>,
    pub identity: IdentitySource,
    /// What is wrong with the offline copies.
    pub copies_flaw: Option<CopiesFlaw>,
    /// Copies that wait for the new identity to be kept.
    pub unsealed: Option<Copies>,
}

impl Sources {
    /// Forgets what belongs to the environment one works in: this shell and the files here.
    pub fn leave_this_machine_out(&mut self) {
        self.environment = Values::default();
        self.opaque.clear();
        self.files.clear();
        self.fallbacks.clear();
        self.stand_ins.clear();
        self.flaws.clear();
        self.shut.clear();
        self.homeless.clear();
    }

    /// The AWS accounts that values of the stores are from, as far as the stores say.
    pub fn accounts(&self) -> BTreeSet<&str> {
        let answers = self.stores.iter().flat_map(|store| store.answers.values().flatten().flatten());
        answers.filter_map(|(_, answer)| answer.as_ref().ok()?.account.as_deref()).collect()
    }

    /// Whether a store that `service` reads could not say all it has.
    pub(super) fn store_failed(&self, service: &str) -> bool {
        let answers = self.stores.iter().filter_map(|store| store.answers.get(service));
        answers.into_iter().any(|answers| match answers {
            Err(_) => true,
            Ok(answers) => answers
                .iter()
                .any(|(_, answer)| matches!(answer, Err(miss) if !matches!(miss, Miss::NotThere { .. }))),
        })
    }

    /// What was not found was looked for with a role of another account than `own`, which says nothing about it.
    pub fn look_in_account(&mut self, own: &str) {
        let stores = self.stores.iter_mut().filter(|store| store.kind.is_aws());
        let answers = stores.flat_map(|store| store.answers.values_mut().flatten());
        for (_, answer) in answers.flatten() {
            if let Err(Miss::NotThere { id, place }) = answer {
                let (id, place) = (std::mem::take(id), std::mem::take(place));
                *answer = Err(Miss::WrongAccount { id, own: own.to_owned(), place });
            }
        }
    }
}

/// The env file of one service.
#[derive(Default)]
pub struct FileSource {
    /// Relative to the project.
    pub path: String,
    pub values: IndexMap<String, FileValue>,
    /// When the file was last changed.
    pub since: Option<OffsetDateTime>,
    /// We wrote it for another environment.
    pub foreign: bool,
}

/// One value in an env file.
pub struct FileValue {
    pub value: SecretValue,
    /// True for what we wrote and nobody has touched since.
    pub ours: bool,
}

/// One managed store.
pub struct StoreSource {
    pub name: String,
    pub kind: StoreKind,
    /// By service: the answers to its ids, or why the store was not asked.
    pub answers: BTreeMap<String, Result<Answers, NotAsked>>,
    /// Ids that follow from the names of service and environment.
    pub conventional: BTreeSet<String>,
}

/// Which answer of a store to look at for a variable, as its place among them: looked for once, not anew for each variable.
/// Two thousand of them in two hundred secrets were a quarter of all that `run` executed.
#[derive(Default)]
pub(super) struct Guide<'a> {
    /// By key: the first answer that has a value for it.
    pub held: HashMap<&'a str, usize, RandomState>,
    /// By the variable it would have given: the secret of that name, which could not be had.
    pub missed: HashMap<String, usize, RandomState>,
}

impl Sources {
    /// Of each store, for one service.
    pub(super) fn guides(&self, service: &str) -> Vec<Guide<'_>> {
        self.stores.iter().map(|store| store.guide(service)).collect()
    }
}

impl StoreSource {
    fn guide(&self, service: &str) -> Guide<'_> {
        let mut guide = Guide::default();
        let Some(Ok(answers)) = self.answers.get(service) else { return guide };
        for (place, (id, answer)) in answers.iter().enumerate() {
            match answer {
                Ok(payload) => {
                    for key in payload.values.keys().filter(|key| !payload.spoils(key)) {
                        guide.held.entry(key).or_insert(place);
                    }
                }
                Err(_) => _ = guide.missed.entry(variable_name(id)).or_insert(place),
            }
        }
        guide
    }
}

/// The key development secrets are derived from.
#[derive(Default)]
pub enum IdentitySource {
    Known(Identity),
    /// Made in this run and not kept yet: values derived from it have never been in use.
    New(Identity),
    /// It could not be had.
    Unavailable {
        says: String,
        next: String,
    },
    /// No variable in scope needs it.
    #[default]
    NotNeeded,
}

impl IdentitySource {
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Known(identity) | Self::New(identity) => Some(identity),
            Self::Unavailable { .. } | Self::NotNeeded => None,
        }
    }
}
