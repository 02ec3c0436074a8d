//! What the env files do not say yet, though a source does: variables that seeding would write.
//!
//! The rule: said of files that are ours to write alone. A service without an env file lacks nothing, nor does one whose file
//! was written for another environment or cannot be read; for production nobody is led to write one. Edits by hand stay, so
//! they are in step by definition. Made from the matrix, so every face counts alike, and no file is planned for it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, Matrix, ServiceRow};

/// Why a variable's value is not what its env file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unwritten {
    /// The file does not name it, or there is no file.
    Absent,
    /// We wrote another value once.
    Outdated,
}

/// How far env files lag behind their sources. A variable of a shared file counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lag {
    /// Variables that no file names yet.
    pub absent: usize,
    /// Variables whose value in the file is an older one of ours.
    pub outdated: usize,
    pub says: String,
    pub next: String,
}

impl Matrix {
    /// How far the env files of all services lag behind; `None` when they say all there is to say.
    pub fn lag(&self) -> Option<Lag> {
        Lag::of(self.services.iter(), "devsecrets seed".to_owned(), "the env files")
    }
}

impl ServiceRow {
    /// The same of one service.
    pub fn lag(&self) -> Option<Lag> {
        Lag::of(std::iter::once(self), format!("devsecrets seed -s {}", self.service), "it")
    }

    fn unwritten(&self) -> impl Iterator<Item = (&str, &Cell, Unwritten)> {
        // Without its folder there is no place for the file.
        let file = self.env_file.as_deref().filter(|_| self.obstacle.is_none());
        let cells = self.cells.iter().filter_map(|cell| Some((cell, cell.unwritten?)));
        file.into_iter().flat_map(move |file| cells.clone().map(move |(cell, how)| (file, cell, how)))
    }
}

impl Lag {
    fn of<'a>(rows: impl Iterator<Item = &'a ServiceRow>, next: String, place: &str) -> Option<Self> {
        let (mut absent, mut outdated) = (BTreeSet::new(), BTreeSet::new());
        for (file, cell, how) in rows.flat_map(ServiceRow::unwritten) {
            let all = if how == Unwritten::Absent { &mut absent } else { &mut outdated };
            all.insert((file, cell.variable.as_str()));
        }
        let (absent, outdated) = (absent.len(), outdated.len());
        let says = match (absent, outdated) {
            (0, 0) => return None,
            (absent, 0) => format!("{absent} not in {place} yet"),
            (0, outdated) => format!("{outdated} out of date in {place}"),
            (absent, outdated) => format!("{absent} not in {place} yet, {outdated} out of date"),
        };
        Some(Self { absent, outdated, says, next })
    }
}
