//! What we wrote to the config file for a project, and whether the person declined it.
//!
//! Kept in `aws-config.json` in the state folder: names and ids. It tells a profile of ours from one somebody else made,
//! so losing it makes us more careful, not less. The file's former text is kept beside it, for the owner alone.

use std::path::PathBuf;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::plan::{Draft, Wanted, Written};
use crate::private_file;
use crate::settings::Settings;

/// What is remembered for one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The person said no, and is not asked again.
    #[serde(default)]
    pub declined: bool,
    /// By the AWS profile's name.
    #[serde(default)]
    pub written: IndexMap<String, Written>,
}

impl Record {
    pub fn recall(settings: &Settings, project: &str) -> Self {
        all(settings).shift_remove(project).unwrap_or_default()
    }

    /// Losing it costs a question, so a state folder that cannot be written is no error.
    pub fn remember(&self, settings: &Settings, project: &str) {
        let mut records = all(settings);
        records.insert(project.to_owned(), self.clone());
        let text = serde_json::to_vec_pretty(&records).unwrap_or_default();
        if let Some(path) = path(settings, "aws-config.json") {
            let _ = private_file::replace(&path, &text);
        }
    }

    /// Notes what has just been written under `name`.
    pub fn wrote(&mut self, name: &str, wanted: &Wanted) {
        self.declined = false;
        self.written.insert(name.to_owned(), Written::from(wanted));
    }
}

impl Draft {
    /// Keeps the file as it was before, and says where. Nothing is kept of a new file, nor of one with secrets in it.
    pub fn keep_copy(&self, settings: &Settings) -> Option<PathBuf> {
        let bytes = self.before().filter(|bytes| !bytes.is_empty())?;
        let path = path(settings, "aws-config.before")?;
        private_file::replace(&path, bytes).ok().map(|()| path)
    }
}

/// What was written for `project`, or for any: AWS profile and what it says.
pub(super) fn written(settings: &Settings, project: Option<&str>) -> Vec<(String, Written)> {
    let records = all(settings).into_iter();
    let wanted = records.filter(|(name, _)| project.is_none_or(|project| project == name));
    wanted.flat_map(|(_, record)| record.written).collect()
}

fn all(settings: &Settings) -> IndexMap<String, Record> {
    let bytes =
        path(settings, "aws-config.json").and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn path(settings: &Settings, name: &str) -> Option<PathBuf> {
    Some(settings.state_folder()?.join(name))
}
