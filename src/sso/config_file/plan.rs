//! What would change in the file, decided without writing; and the writing of just that.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::decide::Files;
use super::document::Document;
use super::edit::DiffLine;
use super::findings;
use super::name::proposed;
use super::place::{config_path, credentials_path, shown};
use super::record::Record;
use crate::finding::Finding;
use crate::private_file::{self, ReplaceError, Snapshot, replace_keeping_mode};
use crate::profile::Profile;
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::{Choice, SessionName};

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
    /// What `profile` asks for once a role is chosen. The region is where its secrets for daily work are; the session's
    /// own is about the sign-in alone.
    pub fn of(session: SessionName, profile: &Profile, choice: &Choice) -> Self {
        let environment = profile.default_environment();
        let mut regions = profile.store.values().filter_map(|store| store.region_in(environment));
        Self {
            session,
            aws_profile: profile.sso.as_ref().and_then(|sso| sso.aws_profile.clone()),
            account_id: choice.account_id.clone(),
            role_name: choice.role_name.clone(),
            region: regions.next().map(str::to_owned),
        }
    }

    pub(super) fn name(&self) -> String {
        self.aws_profile.clone().unwrap_or_else(|| proposed(&self.role_name, &self.account_id))
    }

    pub(super) fn profile_keys(&self) -> Vec<(&str, &str)> {
        let keys = [
            ("sso_session", self.session.session.as_str()),
            ("sso_account_id", &self.account_id),
            ("sso_role_name", &self.role_name),
        ];
        keys.into_iter().collect()
    }
}
