//! An audit, put together: what is looked for, where, and what is let pass.
//!
//! Both faces begin here, so they find the same. It is data until [`Inspection::run`], which takes as long as it takes,
//! locks nobody out meanwhile, and answers with what a face may show and, apart from it, the baseline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::gitleaks::Ignored;
use super::survey::Passes;
use super::{
    Audit, AuditError, Baseline, Known, NOTHING, Policy, Rules, Scanner, Source, Watch, git, gitleaks, survey,
};
use crate::finding::{Finding, Remedy};

/// What to do with findings that were accepted before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Heed {
    /// Leave them out, if there is a baseline.
    #[default]
    Baseline,
    /// Leave them out, and have a baseline at hand to accept more; it is not written by that.
    MayAccept,
    /// List them as well.
    Nothing,
}

/// All an audit needs.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Where git is asked, and where names begin.
    pub folder: PathBuf,
    /// Where known values are remembered; without it none are.
    pub state: Option<PathBuf>,
    pub source: Source,
    /// Files of rules; the repository's own when empty.
    pub rules: Vec<PathBuf>,
    /// Another file of accepted findings than the repository's own.
    pub baseline: Option<PathBuf>,
    pub heed: Heed,
    /// What the project's profile says of it.
    pub policy: Policy,
    /// What is known to be missing before anything was looked at.
    pub flaws: Vec<Finding>,
}

/// What came of it, as a face may show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audited {
    pub audit: Audit,
    /// What there is to say about rules and the audit itself.
    pub flaws: Vec<Finding>,
    /// Where the work tree begins, which paths of findings are relative to.
    pub root: Option<PathBuf>,
    /// Page where what a rule finds is revoked, by the rule's id.
    pub pages: BTreeMap<String, String>,
    /// Where accepted findings are written down.
    pub accepts: PathBuf,
    /// There is such a file already.
    pub begun: bool,
}

impl Inspection {
    /// Of `source`, seen from `folder`, with the rules and the baseline of its repository.
    pub fn of(source: Source, folder: &Path, state: Option<PathBuf>) -> Self {
        let folder = folder.to_owned();
        Self {
            folder,
            state,
            source,
            rules: Vec::new(),
            baseline: None,
            heed: Heed::default(),
            policy: Policy::default(),
            flaws: Vec::new(),
        }
    }

    /// Looks. The baseline is there when it was read or may be needed.
    ///
    /// # Errors
    /// When rules or baseline cannot be read, or the source cannot be listed.
    pub fn run(&self, watch: &Watch) -> Result<(Audited, Option<Baseline>), AuditError> {
        let root = git::Git::at(&self.folder).root().ok();
        let place = self.place(root.as_deref());
        let baseline = self.baseline_at(&place)?;
        let mut rules = self.rules(root.as_deref())?;
        let mut flaws = self.flaws.clone();
        flaws.extend(self.policy.join(&mut rules, &self.source).iter().map(|says| unread(says)));
        flaws.extend_from_slice(rules.flaws());
        let pages = rules.pages();
        let scanner = self.scanner(rules, baseline.as_ref());
        let heeded = baseline.as_ref().filter(|_| self.heed != Heed::Nothing);
        let ignored = root.as_deref().map_or_else(|| Ok(Ignored::default()), Ignored::of)?;
        let passes = Passes { baseline: heeded, ignored };
        let audit = survey(&scanner, &self.source, &self.folder, &passes, watch)?;
        // A commit may bring nothing.
        let meant = |flaw: &Finding| self.source == Source::Commit && flaw.code == NOTHING;
        flaws.extend(audit.flaws().into_iter().filter(|flaw| !meant(flaw)));
        let begun = place.exists();
        Ok((Audited { audit, flaws, root, pages, accepts: place, begun }, baseline))
    }

    fn place(&self, root: Option<&Path>) -> PathBuf {
        match &self.baseline {
            Some(named) => self.folder.join(named),
            None => Baseline::place(root.unwrap_or(&self.folder)),
        }
    }

    fn baseline_at(&self, place: &Path) -> Result<Option<Baseline>, AuditError> {
        match Baseline::read(place)? {
            None if self.heed != Heed::Baseline => Baseline::new(place).map(Some),
            None if self.baseline.is_some() => Err(Baseline::missing(place)),
            found => Ok(found),
        }
    }

    /// Ours, and those that were named, or that the repository keeps.
    fn rules(&self, root: Option<&Path>) -> Result<Rules, AuditError> {
        let mut rules = Rules::own()?;
        match (self.rules.is_empty(), root) {
            (true, Some(root)) => rules.read_of(root)?,
            _ => self.rules.iter().try_for_each(|file| rules.read(&self.folder.join(file)))?,
        }
        Ok(rules)
    }

    fn scanner(&self, rules: Rules, baseline: Option<&Baseline>) -> Scanner {
        let scanner = Scanner::new(rules, baseline.map(|baseline| baseline.key().clone()));
        match self.state.as_deref().and_then(|state| Known::open(state).ok()) {
            Some(known) => scanner.knowing(known.own()),
            None => scanner,
        }
    }
}

/// An expression of the profile that finds nothing: the audit is no whole one.
fn unread(says: &str) -> Finding {
    let remedy = Remedy::run("correct it in the profile", "devsecrets profile lint");
    Finding::error(
        gitleaks::UNREAD,
        "[audit]",
        format!("an expression of the profile cannot be searched for: {says}"),
        remedy,
    )
}
