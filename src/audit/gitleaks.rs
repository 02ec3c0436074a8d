//! Rules in the TOML form of gitleaks, which a company may already have.
//!
//! Every key its version 8 knows is read: rules, their allowlists, `extend`. What cannot be read is told by the name of its
//! rule, and the rest is used: a rule that is refused would otherwise find nothing in silence. Our own rules always count,
//! so `useDefault` changes nothing, and `disabledRules` may name them.

mod expression;
mod ignored;
mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::bytes::Regex;

use super::allowlist::{Allowlist, Target};
use super::foreign::Foreign;
use super::rules::Rules;
use crate::finding::{Finding, Remedy};
use crate::secret::plain;
pub(super) use ignored::Ignored;
use page::{AllowText, Page, RuleText};

/// Something in a file of rules cannot be read.
pub const UNREAD: &str = "DS-AUDIT-14";

/// Rules of gitleaks whose work one of ours does under another name.
const SAME: &[(&str, &str)] = &[
    ("generic-api-key", "assigned-secret"),
    ("github-pat", "github-token"),
    ("jwt", "jwt"),
    ("private-key", "private-key"),
    ("stripe-access-token", "stripe-key"),
];

/// Adds what `table`, the text of `file`, says. The answer is the file it extends.
pub(super) fn read(rules: &mut Rules, file: &str, table: toml::Table) -> Result<Option<PathBuf>, String> {
    let page = Page::of(table).map_err(|error| plain(error.message()))?;
    let mut reader = Reader { rules, file };
    reader.unknown(&page.rest, "the file");
    page.rules.into_iter().for_each(|rule| reader.rule(rule));
    page.allowlist.into_iter().chain(page.allowlists).for_each(|list| reader.everywhere(list));
    reader.rules.off.extend(
        page.extend.disabledrules.iter().flat_map(|id| [(id.clone(), false), (ours(id).to_owned(), false)]),
    );
    reader.unknown(&page.extend.rest, "`extend`");
    Ok(page.extend.path.map(PathBuf::from))
}

/// A rule is switched off that is not there.
pub(super) fn unmet(file: &Path, id: &str) -> Finding {
    let says = format!("`{}` is switched off, and no rule has that name here", plain(id));
    let remedy = Remedy::says("see the names in the findings, or leave it for gitleaks");
    Finding::note(UNREAD, plain(&file.display().to_string()), says, remedy)
}

/// Our name of a rule.
pub(super) fn ours(id: &str) -> &str {
    SAME.iter().find(|(theirs, _)| *theirs == id).map_or(id, |(_, ours)| ours)
}

struct Reader<'a> {
    rules: &'a mut Rules,
    file: &'a str,
}

impl Reader<'_> {
    /// Nothing is found by it: the audit is no whole one.
    fn refused(&mut self, what: &str, says: &str) {
        let remedy = Remedy::says("correct it, or take it out");
        let says = plain(&format!("{what} cannot be read: {says}"));
        self.rules.flaws.push(Finding::error(UNREAD, plain(self.file), says, remedy));
    }

    /// More is found than its author meant.
    fn left_out(&mut self, what: &str, says: &str) {
        let remedy = Remedy::says("see that the findings are still what you mean");
        let says = plain(&format!("{what}: {says}"));
        self.rules.flaws.push(Finding::warning(UNREAD, plain(self.file), says, remedy));
    }

    fn unknown(&mut self, rest: &toml::Table, what: &str) {
        for key in rest.keys() {
            self.left_out(what, &format!("`{key}` is not known, and counts for nothing"));
        }
    }

    fn rule(&mut self, text: RuleText) {
        let Some(id) = text.id.filter(|id| !id.is_empty()) else {
            return self.refused("a rule without `id`", "a finding could not be named");
        };
        let what = format!("rule `{}`", plain(&id));
        self.unknown(&text.rest, &what);
        let finds = text.regex.is_some() || text.path.is_some();
        let whose = if finds { id.as_str() } else { ours(&id) };
        for list in text.allowlist.into_iter().chain(text.allowlists) {
            self.list_of(&what, whose, list);
        }
        // It is there for others to require, or for its allowlist, which is meant for a rule that is there already.
        if text.skipreport || !finds {
            return;
        }
        if !text.required.is_empty() {
            self.left_out(&what, "what it requires nearby is not looked for, so it finds more");
        }
        let compiled = |source: Option<String>| source.as_deref().map(expression::compile).transpose();
        let (regex, path) = match (compiled(text.regex), compiled(text.path)) {
            (Ok(regex), Ok(path)) => (regex, path),
            (Err(says), _) | (_, Err(says)) => return self.refused(&what, &says),
        };
        if regex.as_ref().is_some_and(|regex: &Regex| regex.captures_len() <= text.secretgroup) {
            return self.refused(&what, "its expression has no such `secretGroup`");
        }
        let title = text.description.filter(|title| !title.is_empty()).unwrap_or_else(|| id.clone());
        let keywords = text.keywords.iter().map(|word| word.to_lowercase()).filter(|word| !word.is_empty());
        self.rules.bring(Foreign {
            title: title.trim_end_matches('.').to_owned(),
            path,
            regex,
            group: text.secretgroup,
            entropy: text.entropy,
            keywords: keywords.collect(),
            id,
        });
    }

    fn list_of(&mut self, what: &str, rule: &str, text: AllowText) {
        if let Some(list) = self.list(what, text) {
            self.rules.allowances.of_rule.entry(rule.to_owned()).or_default().push(list);
        }
    }

    /// One for all rules, or for those it names.
    fn everywhere(&mut self, mut text: AllowText) {
        let targets = std::mem::take(&mut text.targetrules);
        let Some(list) = self.list("an allowlist of all rules", text) else { return };
        if targets.is_empty() {
            return self.rules.allowances.everywhere.push(list);
        }
        let names: BTreeSet<String> =
            targets.into_iter().flat_map(|rule| [ours(&rule).to_owned(), rule]).collect();
        for rule in names {
            self.rules.allowances.of_rule.entry(rule).or_default().push(list.clone());
        }
    }

    /// `None` when any of it cannot be read: with a part of it missing it would allow something else.
    fn list(&mut self, what: &str, text: AllowText) -> Option<Allowlist> {
        self.unknown(&text.rest, what);
        let list = list(text);
        list.map_err(|says| self.left_out(what, &format!("an allowlist is left out: {says}"))).ok()
    }
}

fn list(text: AllowText) -> Result<Allowlist, String> {
    let all = match text.condition.to_uppercase().as_str() {
        "" | "OR" | "||" => false,
        "AND" | "&&" => true,
        other => return Err(format!("`{other}` is no condition")),
    };
    let target = match text.regextarget.as_str() {
        "" | "secret" => Target::Secret,
        "match" => Target::Match,
        "line" => Target::Line,
        other => return Err(format!("`{other}` is no `regexTarget`")),
    };
    let compiled = |all: Vec<String>| -> Result<Vec<Regex>, String> {
        all.iter().map(|one| expression::compile(one)).collect()
    };
    Ok(Allowlist {
        all,
        target,
        commits: text.commits.iter().map(|commit| commit.trim().to_lowercase()).collect(),
        paths: compiled(text.paths)?,
        regexes: compiled(text.regexes)?,
        stopwords: text.stopwords.iter().map(|word| word.to_lowercase()).collect(),
    })
}

/// The file a repository keeps, when it does.
pub(super) fn place(root: &Path) -> Option<PathBuf> {
    Some(root.join(".gitleaks.toml")).filter(|path| path.is_file())
}

#[cfg(test)]
mod tests;
