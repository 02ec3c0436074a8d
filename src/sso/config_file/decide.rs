//! What to do about what stands in the file: add, update, pass by, or leave it all alone. Pure.

use super::document::{Document, Section};
use super::edit::{DiffLine, set};
use super::findings;
use super::name::{Name, is_safe, proposed};
use super::occupied::{self, Standing, Taken, standing, static_keys};
use super::plan::{ConfigPlan, ConfigState, Wanted, Written};
use crate::finding::Finding;
use crate::secret::plain;
use crate::sso::{SCOPE, SessionName, same_portal};

/// Both files as they were read.
pub(super) struct Files<'a> {
    pub config: Document,
    pub file: &'a str,
    pub credentials: Document,
    pub credentials_file: String,
}

impl Files<'_> {
    /// What would change, and the file as it would be.
    ///
    /// # Errors
    /// When nothing can be written, with the reason.
    pub fn decide(
        &self,
        wanted: &Wanted,
        written: Option<&Written>,
    ) -> Result<(ConfigPlan, Document), Finding> {
        if let Some(problem) = self.config.problem() {
            return Err(findings::broken(self.file, problem));
        }
        let (document, mut lines) = self.session(&wanted.session)?;
        let (name, why) = self.free_name(wanted, written)?;
        let (document, profile) = self.profile(&document, &name, wanted);
        lines.extend(profile);
        let state = if lines.is_empty() { ConfigState::Current } else { ConfigState::Ready };
        // A name that was settled before is not worth a word each time.
        let instead = why.filter(|_| state == ConfigState::Ready);
        let instead_of = instead.as_ref().map(|_| plain(&wanted.name()));
        let notes = instead.into_iter().chain(self.beside(&name)).collect();
        lines.iter_mut().for_each(|line| line.text = plain(&line.text));
        let file = self.file.to_owned();
        let (aws_profile, findings) = (name, notes);
        let plan = ConfigPlan { file, state, aws_profile, instead_of, lines, declined: false, findings };
        Ok((plan, document))
    }

    /// `[sso-session]`, with what it lacks. One that leads elsewhere is nobody's but its owner's to change.
    fn session(&self, wanted: &SessionName) -> Result<(Document, Vec<DiffLine>), Finding> {
        if !is_safe(&wanted.session) {
            return Err(findings::unsafe_session(&wanted.session));
        }
        let name = Name::Session(wanted.session.clone());
        let pairs = [
            ("sso_start_url", wanted.start_url.as_str()),
            ("sso_region", &wanted.region),
            ("sso_registration_scopes", SCOPE),
        ];
        let sections: Vec<&Section> = self.config.named(&name).collect();
        match sections.as_slice() {
            [] => Ok(set(&self.config, &name, &pairs)),
            [section] if section.keys.iter().any(|key| key.name.starts_with("sso_") && !key.plain) => {
                Err(findings::odd(self.file, section.line))
            }
            [section] if !self.leads_to(section, wanted) => {
                Err(findings::other_portal(self.file, section.line, &wanted.session))
            }
            [section] => {
                let lacking: Vec<_> = pairs.into_iter().filter(|pair| !section.has(pair.0)).collect();
                Ok(set(&self.config, &name, &lacking))
            }
            [_, second, ..] => Err(findings::odd(self.file, second.line)),
        }
    }

    fn leads_to(&self, section: &Section, wanted: &SessionName) -> bool {
        let is = |key: &str, wanted: &str| {
            section.key(key).is_none_or(|key| same_portal(self.config.value(key), wanted))
        };
        is("sso_start_url", &wanted.start_url) && is("sso_region", &wanted.region)
    }

    /// The wanted name if it can be had, else the one the AWS CLI would propose, and why.
    fn free_name(
        &self,
        wanted: &Wanted,
        written: Option<&Written>,
    ) -> Result<(String, Option<Finding>), Finding> {
        let name = wanted.name();
        let why = match self.standing(&name, wanted, written) {
            _ if !is_safe(&name) => findings::unsafe_profile(&name),
            Standing::Taken(taken) => findings::taken(self.file, &self.credentials_file, &name, &taken),
            _ => return Ok((name, None)),
        };
        let other = proposed(&wanted.role_name, &wanted.account_id);
        match self.standing(&other, wanted, None) {
            _ if other == name => Err(why),
            Standing::Taken(_) => Err(findings::no_name(&other)),
            _ => Ok((other, Some(why))),
        }
    }

    fn standing(&self, name: &str, wanted: &Wanted, written: Option<&Written>) -> Standing {
        standing(&self.config, &self.credentials, name, wanted, written)
    }

    /// `region` and everything else a person may have set stays as it is.
    fn profile(&self, document: &Document, name: &str, wanted: &Wanted) -> (Document, Vec<DiffLine>) {
        let section = Name::Profile(name.to_owned());
        let mut pairs = wanted.profile_keys();
        let has_region = document.named(&section).any(|section| section.has("region"));
        pairs.extend(wanted.region.as_deref().filter(|_| !has_region).map(|region| ("region", region)));
        set(document, &section, &pairs)
    }

    /// What should be known about a profile that is or will be ours.
    fn beside(&self, name: &str) -> Vec<Finding> {
        let section = Name::Profile(name.to_owned());
        let keys = self.config.named(&section).flat_map(|section| &section.keys);
        let repeated = keys.filter(|key| occupied::IN_THE_SESSION.contains(&key.name.as_str()));
        let repeated = repeated.map(|key| findings::repeated(self.file, key.line, &key.name));
        let shadowed = match static_keys(&self.credentials, name) {
            Some(Taken::StaticKeys { line }) => Some(findings::shadowed(&self.credentials_file, line, name)),
            _ => None,
        };
        repeated.chain(shadowed).collect()
    }
}
