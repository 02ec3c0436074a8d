//! A value a person typed, on its way into an env file: planned, shown, approved, applied and undone like any seed.
//!
//! It is not noted down as ours, so it counts as what it is, an edit by hand: the next seed keeps it.

use std::path::Path;

use super::draft::with_gitignore;
use super::file::Of;
use super::{Change, Line, PREVIEW_VERSION, Plan, Preview, Shown, declared, policy};
use crate::envfile::guard::Git;
use crate::envfile::{self, Document, Effect, Journal, Reader, encoded};
use crate::profile::{Profile, broken_rule};
use crate::resolve::Origin;
use crate::secret::{SecretValue, plain};

/// What was typed, and what for.
#[derive(Clone, Copy)]
pub struct ByHand<'a> {
    pub profile: &'a Profile,
    /// The project's folder.
    pub root: &'a Path,
    pub environment: &'a str,
    /// Of all in scope; those that share the service's file are shown with it.
    pub services: &'a [String],
    /// The service whose env file it goes to.
    pub service: &'a str,
    pub variable: &'a str,
    pub value: &'a SecretValue,
    /// The AWS accounts in use, 12 digits each.
    pub accounts: &'a [&'a str],
    /// What we wrote last.
    pub journal: &'a Journal,
}

/// Plans it; without a file when the policy forbids env files or the service has none.
pub fn by_hand(typed: &ByHand<'_>) -> Plan {
    let findings = policy::obstacles(typed.profile, typed.accounts);
    let shared = declared::files(typed.profile, typed.services);
    let own = shared.iter().find(|(_, services)| services.contains(&typed.service));
    let files = own.filter(|_| findings.is_empty()).map(|(path, services)| {
        let git = Git::ask([typed.root.join(path)].iter().map(std::path::PathBuf::as_path));
        let ByHand { profile, root, environment, journal, .. } = *typed;
        let of = Of { profile, root, environment, journal, whole: false };
        of.plan(&git, path, services, false, |before, readers| typed.edited(before, readers))
    });
    let files = with_gitignore(typed.root, files.into_iter().collect());
    let preview = Preview {
        version: PREVIEW_VERSION,
        profile: typed.profile.name.clone(),
        environment: typed.environment.to_owned(),
        files: files.iter().map(|file| file.shown.clone()).collect(),
        findings,
    };
    Plan::new(preview, files, false)
}

impl ByHand<'_> {
    fn edited(&self, before: &Document, readers: &[Reader]) -> (Document, Vec<Line>) {
        let declared = self.profile.variable(self.variable);
        let value = encoded(self.value, declared.and_then(|variable| variable.encode));
        let change = envfile::Change { key: self.variable.to_owned(), value };
        let edited = envfile::edit(before, &[change], readers);
        let refused = edited.refused.first();
        let broken = declared.and_then(|variable| broken_rule(variable, self.environment, self.value));
        let secret = declared.is_none_or(|variable| variable.secret);
        let line = Line {
            name: self.variable.to_owned(),
            change: match (refused, edited.applied.first().map(|applied| applied.effect)) {
                (Some(_), _) | (None, None) => Change::Refuse,
                (None, Some(Effect::Unchanged)) => Change::Same,
                (None, Some(Effect::Added(_))) => Change::Add,
                (None, Some(Effect::Changed(_))) => Change::Replace,
            },
            value: Some(match secret {
                true => Shown::Masked(self.value.mask()),
                false => Shown::Plain(self.value.expose_to(plain)),
            }),
            origin: Some(Origin::File),
            note: refused.map(|refusal| refusal.reason.to_string()).or(broken),
        };
        (edited.document, vec![line])
    }
}
