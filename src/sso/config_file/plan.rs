//! What would change in the file, decided without writing; and the writing of just that.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::document::{Document, Section};
use super::edit::{DiffLine, set};
use super::name::{Name, is_safe, proposed};
use super::occupied::{Standing, Taken, standing, static_keys};
use super::place::{config_path, credentials_path, shown};
use super::record::Record;
use super::{findings, occupied};
use crate::finding::Finding;
use crate::private_file::{self, ReplaceError, Snapshot, replace_keeping_mode};
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::{SCOPE, SessionName};

/// What should stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub session: SessionName,
    /// Absent: the name the AWS CLI would propose.
    pub aws_profile: Option<String>,
    pub account_id: String,
    pub role_name: String,
    /// Where the profile's services are; not the session's region.
    pub region: Option<String>,
}

/// The keys of a profile that we wrote, which tell it from one somebody else made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub session: String,
    pub account_id: String,
    pub role_name: String,
}

impl From<&Wanted> for Written {
    fn from(wanted: &Wanted) -> Self {
        let (account_id, role_name) = (wanted.account_id.clone(), wanted.role_name.clone());
        Self { session: wanted.session.session.clone(), account_id, role_name }
    }
}

impl Written {
    pub(super) fn keys(&self) -> [&str; 3] {
        [&self.session, &self.account_id, &self.role_name]
    }
}

/// What would change, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfigPlan {
    /// With `~` for the home folder.
    pub file: String,
    pub state: ConfigState,
    /// The profile's name for `--profile` and `AWS_PROFILE`.
    pub aws_profile: String,
    /// The name that was wanted and is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    pub lines: Vec<DiffLine>,
    /// The person said no before, and is not asked again.
    pub declined: bool,
    pub findings: Vec<Finding>,
}

/// How the file stands to what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConfigState {
    /// There is nothing to do.
    Current,
    /// The lines would be written.
    Ready,
    /// Nothing can be written; the findings say why.
    Blocked,
}

/// A plan, and the bytes it stands for.
pub struct Draft {
    plan: ConfigPlan,
    target: Option<Target>,
}

struct Target {
    path: PathBuf,
    snapshot: Snapshot,
    bytes: Zeroizing<Vec<u8>>,
}

impl Draft {
    pub fn plan(&self) -> &ConfigPlan {
        &self.plan
    }

    /// The file as it was read, unless it holds secret keys.
    pub(super) fn before(&self) -> Option<&[u8]> {
        let bytes = self.target.as_ref()?.snapshot.bytes();
        let document = Document::parse(bytes);
        let secret = |key: &str| ["aws_secret_access_key", "aws_session_token"].contains(&key);
        let mut keys = document.sections().iter().flat_map(|section| &section.keys);
        (!keys.any(|key| secret(&key.name))).then_some(bytes)
    }

    /// Writes what the plan shows; an owner, a mode and a link to the file are kept, a new file is private.
    ///
    /// # Errors
    /// When the file changed since, or cannot be written; it is as it was then.
    pub fn write(&self) -> Result<(), Finding> {
        let Some(Target { path, snapshot, bytes }) = &self.target else { return Ok(()) };
        let unusable = |says: String| findings::unusable(&self.plan.file, &says);
        let folder = path.parent().ok_or_else(|| unusable("it names no file".to_owned()))?;
        private_file::create_folder(folder).map_err(|error| unusable(error.to_string()))?;
        replace_keeping_mode(path, snapshot, bytes).map(|_| ()).map_err(|error| unusable(reason(&error)))
    }
}

/// The file stands in the finding's subject already.
fn reason(error: &ReplaceError) -> String {
    match error {
        ReplaceError::Changed(_) => {
            "it was changed by somebody else meanwhile, and nothing was written".to_owned()
        }
        ReplaceError::NotAFile(_) => "it is not a regular file".to_owned(),
        ReplaceError::Io { doing, source, .. } => format!("could not {doing} it: {source}"),
    }
}

/// Decides what to write, in the light of what was written and said before.
pub fn draft(settings: &Settings, wanted: &Wanted, record: &Record) -> Draft {
    let mut draft = drafted(settings, wanted, record.written.get(&wanted.name()));
    draft.plan.declined = record.declined;
    draft
}

fn drafted(settings: &Settings, wanted: &Wanted, written: Option<&Written>) -> Draft {
    let Some(path) = config_path(settings) else {
        let says = "HOME is not set, so there is no place for it";
        return blocked("~/.aws/config", wanted, findings::unusable("~/.aws/config", says));
    };
    let file = shown(settings, &path);
    let snapshot = match Snapshot::read(&path) {
        Ok(snapshot) => snapshot,
        Err(error) => return blocked(&file, wanted, findings::unusable(&file, &reason(&error))),
    };
    let (credentials, credentials_file) = credentials(settings);
    let files =
        Files { config: Document::parse(snapshot.bytes()), file: &file, credentials, credentials_file };
    match files.decide(wanted, written) {
        Err(finding) => blocked(&file, wanted, finding),
        Ok((plan, document)) => {
            let ready = plan.state == ConfigState::Ready;
            let target = ready.then(|| Target { path, snapshot, bytes: document.render() });
            Draft { plan, target }
        }
    }
}

/// A credentials file that cannot be read hides nothing from us: then the SDKs cannot read it either.
fn credentials(settings: &Settings) -> (Document, String) {
    let path = credentials_path(settings);
    let bytes = path.as_ref().and_then(|path| std::fs::read(path).ok()).map(Zeroizing::new);
    let document = Document::parse(bytes.as_ref().map(|bytes| bytes.as_slice()).unwrap_or_default());
    (document, path.map(|path| shown(settings, &path)).unwrap_or_default())
}

fn blocked(file: &str, wanted: &Wanted, finding: Finding) -> Draft {
    let plan = ConfigPlan {
        file: file.to_owned(),
        state: ConfigState::Blocked,
        aws_profile: plain(&wanted.name()),
        instead_of: None,
        lines: Vec::new(),
        declined: false,
        findings: vec![finding],
    };
    Draft { plan, target: None }
}

impl Wanted {
    fn name(&self) -> String {
        self.aws_profile.clone().unwrap_or_else(|| proposed(&self.role_name, &self.account_id))
    }

    fn profile_keys(&self) -> Vec<(&str, &str)> {
        let keys = [
            ("sso_session", self.session.session.as_str()),
            ("sso_account_id", &self.account_id),
            ("sso_role_name", &self.role_name),
        ];
        keys.into_iter().collect()
    }
}

/// Both files as they were read.
struct Files<'a> {
    config: Document,
    file: &'a str,
    credentials: Document,
    credentials_file: String,
}

impl Files<'_> {
    fn decide(&self, wanted: &Wanted, written: Option<&Written>) -> Result<(ConfigPlan, Document), Finding> {
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
        let is =
            |key: &str, wanted: &str| section.key(key).is_none_or(|key| same(self.config.value(key), wanted));
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

/// Portals are the same with and without the `/` or `#` that browsers add.
fn same(held: &str, wanted: &str) -> bool {
    held.trim_end_matches(['/', '#']) == wanted.trim_end_matches(['/', '#'])
}
