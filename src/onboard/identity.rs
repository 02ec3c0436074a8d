//! The developer's identity: made when something real needs it, shown, carried to another machine, rotated, forgotten.

mod facts;

pub use facts::{IdentityFacts, Import, NO_IDENTITY, NO_ROTATIONS, Rotated, rotating, to_carry_over};

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::identity::{Epochs, Error, Identity, Phrase};
use crate::keychain::Keychain;
use crate::profile::nearest;
use crate::resolve::{IdentitySource, Origin};
use crate::secret::plain;
use crate::seed::{Approved, Preview};

impl Session {
    /// What is known of the identity; `None` where there is none yet. The key is no part of it.
    ///
    /// # Errors
    /// When the keychain cannot be asked.
    pub async fn identity_facts(&self) -> Result<Option<IdentityFacts>, Finding> {
        let kept = self.ask_keychain(Identity::load).await?;
        Ok(kept.map(|identity| self.facts_of(&identity)))
    }

    /// The recovery phrase, for the terminal it is written down from.
    ///
    /// # Errors
    /// When there is no identity, or the keychain cannot be asked.
    pub async fn phrase(&self) -> Result<Phrase, Finding> {
        let kept = self.ask_keychain(Identity::load).await?;
        kept.map(|identity| identity.phrase()).ok_or_else(none_yet)
    }

    /// Notes that the phrase was written down and checked back.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed.
    pub async fn phrase_checked(&self) -> Result<(), Finding> {
        let now = Some(time::OffsetDateTime::now_utc());
        let note =
            move |keychain: &dyn Keychain| Identity::note(keychain, |record| record.phrase_checked = now);
        self.ask_keychain(note).await.map(|_| ())
    }

    /// What making `phrase` the identity would come to. Nothing is changed.
    ///
    /// # Errors
    /// When the keychain cannot be asked.
    pub async fn judge_phrase(&self, phrase: &Phrase) -> Result<Import, Finding> {
        let incoming = Identity::from_phrase(phrase, Epochs::default()).fingerprint();
        Ok(match self.identity_facts().await? {
            None => Import::Fresh { incoming },
            Some(kept) if kept.fingerprint == incoming => Import::Same { incoming },
            Some(kept) => Import::Replaces { kept: kept.fingerprint, incoming },
        })
    }

    /// Makes `phrase` the identity, with rotations carried over. One that stood there is kept, and can be brought back.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed; the former one then still stands.
    pub async fn import_phrase(&mut self, phrase: &Phrase, epochs: Epochs) -> Result<IdentityFacts, Finding> {
        let incoming = Identity::from_phrase(phrase, epochs);
        self.take_place(move |_| Ok(incoming)).await
    }

    /// Brings back an identity that was replaced; the one it takes the place of is kept in turn.
    ///
    /// # Errors
    /// When none of this fingerprint is kept, or the keychain cannot be asked or changed.
    pub async fn restore_identity(&mut self, fingerprint: &str) -> Result<IdentityFacts, Finding> {
        let fingerprint = fingerprint.to_owned();
        self.take_place(move |keychain| Identity::former(keychain, &fingerprint)).await
    }

    async fn take_place(
        &mut self,
        find: impl FnOnce(&dyn Keychain) -> Result<Identity, Error> + Send + 'static,
    ) -> Result<IdentityFacts, Finding> {
        let stands = self.ask_keychain(|keychain| find(keychain)?.take_place(keychain)).await?;
        // What was gathered or planned rests on the former one.
        self.start_over();
        Ok(self.facts_of(&stands))
    }

    /// The generated variables of the open profile that `names` mean, all where none is named.
    ///
    /// # Errors
    /// When no profile is open, or one of the names is no generated variable of it.
    pub fn rotatable(&self, names: &[String]) -> Result<Vec<String>, Finding> {
        let project = self.project()?;
        let variables = project.profile().variables.iter();
        let generated: Vec<&str> =
            variables.filter(|(_, v)| v.generate.is_some()).map(|(name, _)| name.as_str()).collect();
        if let Some(name) = names.iter().find(|name| !generated.contains(&name.as_str())) {
            return Err(not_generated(name, &generated));
        }
        let wanted = generated.iter().filter(|name| names.is_empty() || names.iter().any(|n| n == *name));
        Ok(wanted.map(|name| (*name).to_owned()).collect())
    }

    /// Gives each of these variables a new value from the next seed on.
    ///
    /// # Errors
    /// When no profile is open, there is no identity, or the keychain cannot be asked or changed.
    pub async fn rotate(&mut self, variables: Vec<String>) -> Result<Rotated, Finding> {
        let (project, names) = (self.project()?.profile().name.clone(), variables.clone());
        let note = move |keychain: &dyn Keychain| {
            Identity::note(keychain, |record| {
                for name in &names {
                    record.epochs.raise(&project, name);
                }
            })
        };
        let kept = self.ask_keychain(note).await?.ok_or_else(none_yet)?;
        self.start_over();
        Ok(Rotated { variables, epochs: kept.record().epochs.clone() })
    }

    /// Takes over rotations done on another machine; numbers that are higher here stay.
    ///
    /// # Errors
    /// When there is no identity, or the keychain cannot be asked or changed.
    pub async fn merge_epochs(&mut self, epochs: Epochs) -> Result<Rotated, Finding> {
        let note =
            move |keychain: &dyn Keychain| Identity::note(keychain, |record| record.epochs.merge(&epochs));
        let kept = self.ask_keychain(note).await?.ok_or_else(none_yet)?;
        self.start_over();
        Ok(Rotated { variables: Vec::new(), epochs: kept.record().epochs.clone() })
    }

    /// Removes the identity and those it took the place of. False when there was none.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed.
    pub async fn forget_identity(&mut self) -> Result<bool, Finding> {
        self.start_over();
        self.ask_keychain(Identity::forget).await
    }

    /// The identity that what was approved needs, if it needs one, and a note when it was made just now.
    ///
    /// What is only looked at needs none that is kept.
    pub(super) async fn identity_for(
        &mut self,
        seen: &Preview,
        approved: &Approved,
    ) -> Result<(Option<Identity>, Option<Finding>), Finding> {
        let lines = seen.files.iter().flat_map(|file| &file.lines);
        let derives = lines.filter(|line| line.change.writes()).any(|l| l.origin == Some(Origin::Generated));
        if !derives && !approved.overwrites() {
            return Ok((None, None));
        }
        let new = match self.sources.as_ref().map(|sources| &sources.identity) {
            Some(IdentitySource::Known(identity)) => return Ok((Some(identity.clone()), None)),
            Some(IdentitySource::New(identity)) => Some(identity.clone()),
            _ => None,
        };
        let kept = match new {
            Some(new) => self.keep_identity(new).await,
            None => self.kept_or_new().await,
        };
        let (stands, note) = match kept {
            Ok(kept) => kept,
            Err(finding) if derives => return Err(finding),
            // Only undoing needs it, and says so itself.
            Err(_) => return Ok((None, None)),
        };
        if derives && note.is_none() {
            self.start_over();
            return Err(made_meanwhile());
        }
        if let Some(sources) = &mut self.sources {
            sources.identity = IdentitySource::Known(stands.clone());
        }
        Ok((Some(stands), note))
    }

    async fn kept_or_new(&self) -> Result<(Identity, Option<Finding>), Finding> {
        match self.ask_keychain(Identity::load).await? {
            Some(kept) => Ok((kept, None)),
            None => self.keep_identity(self.ask_keychain(|_| Identity::fresh()).await?).await,
        }
    }

    /// Keeps a new identity, and says so; no note when another run was quicker, whose identity then stands.
    pub(super) async fn keep_identity(&self, new: Identity) -> Result<(Identity, Option<Finding>), Finding> {
        let fingerprint = new.fingerprint();
        let stands = self.ask_keychain(move |keychain| new.keep(keychain)).await?;
        let made = stands.fingerprint() == fingerprint;
        Ok((stands, made.then(|| self.made_now())))
    }

    /// One call to the keychain, on a thread of its own, because it blocks.
    pub(super) async fn ask_keychain<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Finding> {
        let keychain = self.keychain.clone();
        match tokio::task::spawn_blocking(move || call(keychain.as_ref())).await {
            Ok(answer) => answer.map_err(|error| finding(&error)),
            Err(_) => Err(super::failures::keychain_broke_off()),
        }
    }

    fn facts_of(&self, identity: &Identity) -> IdentityFacts {
        let record = identity.record();
        IdentityFacts {
            fingerprint: identity.fingerprint(),
            place: self.keychain.place().to_string(),
            created: record.created,
            phrase_checked: record.phrase_checked,
            epochs: record.epochs.clone(),
            former: record.former.clone(),
        }
    }

    fn made_now(&self) -> Finding {
        let place = self.keychain.place();
        let says = format!(
            "made just now: a random key of your own, kept in {place}. Development secrets are derived from it: \
             yours alone, and the same after a fresh clone"
        );
        let remedy = Remedy::run("write down its phrase for your next machine", "devsecrets identity export");
        Finding::note("DS-IDENTITY-01", "identity", says, remedy)
    }
}

fn finding(error: &Error) -> Finding {
    match error {
        Error::Keychain(error) => {
            Finding::error("DS-KEY-01", "keychain", plain(&error.to_string()), error.remedy())
        }
        other => Finding::error("DS-IDENTITY-03", "identity", plain(&other.to_string()), other.remedy()),
    }
}

fn none_yet() -> Finding {
    let remedy = Remedy::says("the first seed makes one, or bring yours over: devsecrets identity import");
    Finding::error("DS-IDENTITY-02", "identity", "there is none yet", remedy)
}

fn made_meanwhile() -> Finding {
    let remedy = Remedy::run("look at the new preview", "devsecrets seed");
    let says = "another run has made one since the preview, so nothing was written";
    Finding::error("DS-IDENTITY-04", "identity", says, remedy)
}

fn not_generated(name: &str, generated: &[&str]) -> Finding {
    let says = match nearest(name, generated.iter().copied()) {
        Some(near) => format!("no generated variable of the profile, did you mean `{near}`?"),
        None => "no generated variable of the profile".to_owned(),
    };
    let remedy = match generated {
        [] => Remedy::says("this profile derives none"),
        names => Remedy::says(format!("it derives {}", names.join(", "))),
    };
    Finding::error("DS-IDENTITY-05", name, says, remedy)
}
