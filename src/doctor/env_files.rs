//! The env files in scope as checks look at them: each read once, with what git, the file system and its readers say.

use crate::envfile::guard::Git;
use crate::envfile::{Document, Reader, Snapshot, guard, review};
use crate::finding::Finding;
use crate::secret::plain;
use crate::seed::declared;

use super::{Cure, Edit, Project};

/// One env file a service in scope declares, however many share it.
pub struct EnvFile {
    /// Relative to the project.
    pub path: String,
    /// Those that share it.
    pub services: Vec<String>,
    /// Programs that read it.
    pub readers: Vec<Reader>,
    /// What stands in the way of writing it, from git and the file system.
    pub findings: Vec<Finding>,
    /// What its readers trip over.
    pub flaws: Vec<Finding>,
    /// As it stands; `None` when it is not there or cannot be read.
    pub document: Option<Document>,
    /// Why it is there and cannot be read.
    pub unreadable: Option<String>,
}

/// Every env file of the services in scope.
pub(super) fn inspect(project: &Project<'_>) -> Vec<EnvFile> {
    let files = declared::files(project.profile(), project.services);
    let places: Vec<_> = files.keys().map(|path| project.root().join(path)).collect();
    let git = Git::ask(places.iter().map(std::path::PathBuf::as_path));
    files.iter().map(|(path, services)| EnvFile::look(project, &git, path, services)).collect()
}

impl EnvFile {
    fn look(project: &Project<'_>, git: &Git, path: &str, services: &[&str]) -> Self {
        let folder = declared::folder(project.profile(), project.root(), services);
        let full = project.root().join(path);
        let (readers, _) = declared::readers_of(project.profile(), services, &folder);
        let snapshot = Snapshot::read(&full);
        let unreadable = snapshot.as_ref().err().map(|error| plain(&error.to_string()));
        let document = snapshot.ok().filter(Snapshot::exists).map(|there| Document::parse(there.bytes()));
        Self {
            findings: guard::inspect(git, project.root(), &folder, &full),
            flaws: document.as_ref().map(|there| review(there, path, &readers)).unwrap_or_default(),
            services: services.iter().map(|name| (*name).to_owned()).collect(),
            path: path.to_owned(),
            readers,
            document,
            unreadable,
        }
    }

    /// A change to its text.
    pub fn edit(&self, project: &Project<'_>, edit: Edit) -> Cure {
        Cure::Edit { path: project.root().join(&self.path), edit }
    }

    /// Names of its readers, as a cure keeps them.
    pub fn reader_names(&self) -> Vec<&'static str> {
        self.readers.iter().map(|reader| reader.name()).collect()
    }

    /// What its readers trip over under `code`.
    pub fn flaws(&self, code: &str) -> impl Iterator<Item = &Finding> {
        self.flaws.iter().filter(move |flaw| flaw.code == code)
    }
}

impl Project<'_> {
    /// What the guard found under `code`, with the file it is about.
    pub fn guarded(&self, code: &str) -> impl Iterator<Item = (&EnvFile, &Finding)> {
        let of = move |file| (file, code);
        self.env_files().iter().map(of).flat_map(|(file, code)| {
            let found = file.findings.iter().filter(move |finding| finding.code == code);
            found.map(move |finding| (file, finding))
        })
    }
}
