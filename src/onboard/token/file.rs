//! The token's own file, such as `.env.linear`: written where the profile asks and the policy allows.

use super::{Session, TokenKept, TokenRemoved, not_recorded};
use crate::envfile::Snapshot;
use crate::finding::{Finding, Remedy};
use crate::profile::{EnvFiles, Token};
use crate::secret::{SecretValue, plain};
use crate::tokens;

impl Session {
    /// The file that holds the token beside the keychain, when it is there.
    pub fn token_file(&self, name: &str) -> Option<String> {
        let file = self.token_named(name).ok()?.file.clone()?;
        self.root()?.join(&file).exists().then_some(file)
    }

    /// Writes the file, if there is to be one, and says how it went in `kept`.
    pub(super) fn file_token(
        &mut self,
        name: &str,
        token: &Token,
        value: &SecretValue,
        kept: &mut TokenKept,
    ) {
        let Some(path) = &token.file else { return };
        match self.write_token_file(name, path, &tokens::file_contents(value)) {
            Ok(()) => kept.file = Some(path.clone()),
            Err(finding) => kept.findings.push(finding),
        }
    }

    /// Writes the token's file anew from what the keychain keeps.
    ///
    /// # Errors
    /// When the project may not use the token, or the file cannot be written.
    pub(in crate::onboard) async fn rewrite_token_file(&mut self, name: &str) -> Result<(), Finding> {
        let (_, value) = self.own_token(name).await?;
        let Some(path) = self.token_named(name)?.file.clone() else { return Ok(()) };
        self.write_token_file(name, &path, &tokens::file_contents(&value))
    }

    fn write_token_file(&mut self, name: &str, path: &str, value: &SecretValue) -> Result<(), Finding> {
        let project = self.project()?;
        if project.profile().policy.env_files == EnvFiles::Forbidden {
            let says = "not written: the profile forbids secret files";
            let remedy = Remedy::says("the keychain has it; nothing more is needed");
            return Err(Finding::note("DS-TOKEN-03", path, says, remedy));
        }
        let root = project.loaded.root.clone();
        crate::seed::write_token_file(&root, path, value)?;
        let project = self.token_project()?;
        let noted = self.shelf.filed(&project, name, Some(root.join(path)));
        noted.map_err(|error| not_recorded(name, &error))
    }

    /// Removes the file if it holds `value` and nothing else; an edited one is left, and named.
    pub(super) fn remove_token_file(&mut self, name: &str, value: &SecretValue, removed: &mut TokenRemoved) {
        let (Some(path), Some(root)) = (&removed.file, self.root()) else { return };
        let full = root.join(path);
        let finding = |says: &str| {
            Finding::warning(
                "DS-TOKEN-19",
                path.clone(),
                plain(says),
                Remedy::says("look at it and remove it yourself"),
            )
        };
        match holds(&full, value) {
            Ok(true) => match std::fs::remove_file(&full) {
                Ok(()) => removed.file_removed = true,
                Err(error) => removed.findings.push(finding(&error.to_string())),
            },
            Ok(false) => removed.findings.push(finding("it holds something else by now, and was left")),
            Err(says) => removed.findings.push(finding(&says)),
        }
        if removed.file_removed
            && let Ok(project) = self.token_project()
        {
            // A record of a file that is gone harms nobody.
            let _ = self.shelf.filed(&project, name, None);
        }
    }
}

fn holds(path: &std::path::Path, value: &SecretValue) -> Result<bool, String> {
    let snapshot = Snapshot::read(path).map_err(|error| error.to_string())?;
    Ok(tokens::file_contents(value).expose_to(|text| snapshot.bytes() == text.as_bytes()))
}
