//! Which programs the person has agreed to, for which project.
//!
//! Kept in `commands.json` in the state folder. A consent is for one profile in one folder and one exact call; whatever
//! changes in it, down to the content of a script of the project, is asked about again. Losing the file loses no more than
//! the answers.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::call::{Call, locate};
use crate::private_file;
use crate::profile::{Profile, Store, StoreKind};
use crate::settings::Settings;

const VERSION: u32 = 1;

/// One program a project wants to run. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub profile: String,
    /// The project's folder.
    pub root: PathBuf,
    /// The store's name in the profile.
    pub store: String,
    pub call: Call,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Stored {
    version: u32,
    agreed: Vec<Request>,
}

/// The consents as they stood when they were read.
#[derive(Clone, Debug, Default)]
pub struct Consents {
    path: Option<PathBuf>,
    agreed: Vec<Request>,
}

impl Consents {
    /// Broken or missing records are none.
    pub fn open(settings: &Settings) -> Self {
        let path = settings.state_folder().map(|folder| folder.join("commands.json"));
        let read = |path: &PathBuf| serde_json::from_slice::<Stored>(&std::fs::read(path).ok()?).ok();
        let stored = path.as_ref().and_then(read).filter(|stored| stored.version == VERSION);
        Self { agreed: stored.unwrap_or_default().agreed, path }
    }

    pub fn covers(&self, request: &Request) -> bool {
        self.agreed.contains(request)
    }

    /// Whether some call to the same store was agreed to.
    pub fn covered(&self, request: &Request) -> bool {
        self.agreed.iter().any(|known| known.is_for_store_of(request))
    }

    /// Remembers the person's yes, in the place of an earlier one to the same store.
    ///
    /// # Errors
    /// When the state folder cannot be written; it then holds for this run only.
    pub fn agree(&mut self, request: Request) -> io::Result<()> {
        self.agreed.retain(|known| !known.is_for_store_of(&request));
        self.agreed.push(request);
        self.save()
    }

    /// Takes back every consent of the project in `root`; true if there was one.
    ///
    /// # Errors
    /// As [`Consents::agree`].
    pub fn withdraw(&mut self, root: &Path) -> io::Result<bool> {
        let before = self.agreed.len();
        self.agreed.retain(|known| known.root != root);
        let changed = self.agreed.len() != before;
        if changed {
            self.save()?;
        }
        Ok(changed)
    }

    /// True when some program may run for the project in `root`.
    pub fn knows(&self, root: &Path) -> bool {
        self.agreed.iter().any(|known| known.root == root)
    }

    fn save(&self) -> io::Result<()> {
        let nowhere =
            || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
        let path = self.path.as_ref().ok_or_else(nowhere)?;
        let stored = Stored { version: VERSION, agreed: self.agreed.clone() };
        private_file::replace(path, &serde_json::to_vec_pretty(&stored)?)
    }
}

impl Request {
    fn is_for_store_of(&self, other: &Self) -> bool {
        (&self.profile, &self.root, &self.store) == (&other.profile, &other.root, &other.store)
    }

    /// What `store` would run; `None` for other kinds of store, and where there is no such program.
    pub fn of(
        settings: &Settings,
        profile: &Profile,
        root: &Path,
        name: &str,
        store: &Store,
    ) -> Option<Self> {
        if store.kind != StoreKind::Command {
            return None;
        }
        let real = |path: &Path| path.canonicalize().ok();
        let root = real(root)?;
        let program = real(&locate(settings, &root, store.program())?)?;
        let within = |path: PathBuf| path.starts_with(&root).then_some(path).filter(|path| path.is_file());
        let words = store.command.iter().skip(1).filter_map(|word| within(real(&root.join(word))?));
        let mut files: Vec<PathBuf> = within(program.clone()).into_iter().chain(words).collect();
        files.dedup();
        let files =
            files.into_iter().map(|file| Some((file.clone(), digest(&file)?))).collect::<Option<_>>()?;
        let call = Call {
            words: store.command.clone(),
            ids: store.ids.clone(),
            pass: store.pass.clone(),
            program,
            files,
        };
        Some(Self { profile: profile.name.clone(), root, store: name.to_owned(), call })
    }
}

fn digest(file: &Path) -> Option<String> {
    let hash = Sha256::digest(std::fs::read(file).ok()?);
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::profile;

    struct Place {
        home: tempfile::TempDir,
        root: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            let place = Self { home: tempfile::tempdir().unwrap(), root: tempfile::tempdir().unwrap() };
            place.script("get.sh", "#!/bin/sh\necho one\n");
            place
        }

        fn script(&self, name: &str, text: &str) {
            let path = self.root.path().join(name);
            private_file::replace(&path, text.as_bytes()).unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(&path, mode).unwrap();
        }

        fn settings(&self) -> Settings {
            Settings::bare(self.root.path(), self.home.path()).with("PATH", "/usr/bin:/bin:.")
        }

        fn request(&self, command: &str) -> Option<Request> {
            let text = format!(
                "schema = 1\nname = \"x\"\ntitle = \"X\"\n[services.a]\npath = \".\"\n[store.s]\nkind = \"command\"\n{command}"
            );
            let profile = profile::parse(&text, "t").unwrap();
            Request::of(&self.settings(), &profile, self.root.path(), "s", &profile.store["s"])
        }
    }

    #[test]
    fn a_yes_is_remembered_for_the_exact_call() {
        let place = Place::new();
        let asked = place.request("command = [\"sh\", \"get.sh\", \"{id}\"]").unwrap();
        let mut consents = Consents::open(&place.settings());
        assert!(!consents.covers(&asked));
        consents.agree(asked.clone()).unwrap();
        let consents = Consents::open(&place.settings());
        assert!(consents.covers(&asked) && consents.knows(&asked.root));
        for other in [
            "command = [\"sh\", \"get.sh\", \"--all\", \"{id}\"]",
            "command = [\"sh\", \"get.sh\", \"{id}\"]\nids = [\"x\"]",
            "command = [\"sh\", \"get.sh\", \"{id}\"]\npass = [\"AWS_PROFILE\"]",
        ] {
            assert!(!consents.covers(&place.request(other).unwrap()), "{other}");
        }
    }

    #[test]
    fn a_script_of_the_project_that_changes_is_another_call() {
        let place = Place::new();
        for command in ["command = [\"sh\", \"get.sh\"]", "command = [\"./get.sh\"]"] {
            let asked = place.request(command).unwrap();
            let mut consents = Consents::open(&place.settings());
            consents.agree(asked).unwrap();
            place.script("get.sh", &format!("#!/bin/sh\necho {}\n", command.len()));
            assert!(!consents.covers(&place.request(command).unwrap()));
        }
    }

    #[test]
    fn a_relative_entry_of_path_is_not_looked_into() {
        let place = Place::new();
        assert!(place.request("command = [\"get.sh\"]").is_none());
    }

    #[test]
    fn a_consent_can_be_withdrawn() {
        let place = Place::new();
        let asked = place.request("command = [\"sh\"]").unwrap();
        let mut consents = Consents::open(&place.settings());
        consents.agree(asked.clone()).unwrap();
        assert!(consents.withdraw(&asked.root).unwrap());
        assert!(!Consents::open(&place.settings()).covers(&asked));
    }
}
