//! Programs that the profile's stores run: listed for the person to judge, and allowed by consent alone.

use serde::Serialize;

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::secret::plain;
use crate::stores::Request;

/// One program a store runs, as a person judges it. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Program {
    pub store: String,
    /// Program and arguments, placeholders as they are.
    pub command: Vec<String>,
    /// Where the program is.
    pub program: String,
    /// What stands for `{id}`.
    pub ids: Vec<String>,
    /// Variables it sees beyond the base.
    pub sees: Vec<String>,
    /// Files of the project it is called with; when one changes, it is asked about again.
    pub files: Vec<String>,
    pub allowed: bool,
    #[serde(skip)]
    request: Request,
}

impl Session {
    /// The programs the open profile's stores run, as far as they are installed.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn programs(&self) -> Result<Vec<Program>, Finding> {
        let project = self.project()?;
        let (profile, root) = (project.profile(), &project.loaded.root);
        let stores = profile.store.iter();
        let requests =
            stores.filter_map(|(name, store)| Request::of(&self.settings, profile, root, name, store));
        Ok(requests.map(|request| program(self.consents.covers(&request), request)).collect())
    }

    /// The same, without those that are allowed already.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn programs_to_allow(&self) -> Result<Vec<Program>, Finding> {
        Ok(self.programs()?.into_iter().filter(|program| !program.allowed).collect())
    }

    /// From now on `program` may run for this project, as it was shown.
    ///
    /// # Errors
    /// When that cannot be written down; it then holds for this run only.
    pub fn allow(&mut self, program: &Program) -> Result<(), Finding> {
        let agreed = self.consents.agree(program.request.clone());
        agreed.map_err(|error| not_kept(&program.store, &error))
    }

    /// No program may run for this project any more; true if one might.
    ///
    /// # Errors
    /// When no profile is open, or that cannot be written down.
    pub fn disallow(&mut self) -> Result<bool, Finding> {
        let root = self.project()?.loaded.root.clone();
        let root = root.canonicalize().unwrap_or(root);
        self.consents.withdraw(&root).map_err(|error| not_kept("programs", &error))
    }
}

fn program(allowed: bool, request: Request) -> Program {
    let shown = |texts: &[String]| texts.iter().map(|text| plain(text)).collect();
    let call = &request.call;
    Program {
        store: request.store.clone(),
        command: shown(&call.words),
        program: plain(&call.program.display().to_string()),
        ids: shown(&call.ids),
        sees: call.pass.clone(),
        files: call.files.iter().map(|(file, _)| plain(&file.display().to_string())).collect(),
        allowed,
        request,
    }
}

#[cfg(test)]
impl Program {
    /// One for the frames of the terminal UI.
    pub fn example() -> Self {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        let call = crate::stores::Call {
            words: words("vault kv get -format=json {id}"),
            ids: words("secret/backend/development secret/media/development"),
            pass: words("VAULT_ADDR VAULT_TOKEN"),
            program: "/usr/local/bin/vault".into(),
            files: Vec::new(),
        };
        let (profile, root, store) = ("services".to_owned(), "/home/dev/shop".into(), "vault".to_owned());
        program(false, Request { profile, root, store, call })
    }
}

fn not_kept(store: &str, error: &std::io::Error) -> Finding {
    let says = format!("the answer cannot be kept, so it holds for this run alone: {error}");
    let remedy = Remedy::says("make the state folder writable, then: devsecrets profile trust");
    Finding::warning("DS-PROFILE-11", store, says, remedy)
}
