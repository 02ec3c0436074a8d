//! A report to paste where somebody helps: what was checked, what is wrong, and what this machine is like.
//!
//! The rule: names and places only. Values never were in a diagnosis; home and project folders, e-mail addresses and account
//! numbers, which say who somebody is and where he works, are replaced here.

use std::fmt::Write as _;

use regex_lite::Regex;

use super::{Checked, Diagnosis, Outcome};

/// What to say of the machine, and what not.
pub struct About {
    /// "shop (devsecrets.toml), development".
    pub project: Option<String>,
    /// Environment variables that matter and are set. Names.
    pub variables: Vec<String>,
    /// Texts to replace, the longest first, and by what.
    pub hide: Vec<(String, &'static str)>,
}

/// The first line, by which a report is known as one.
pub const HEADING: &str = "devsecrets doctor: a report to share";

/// The report as text.
pub fn bundle(diagnosis: &Diagnosis, about: &About) -> String {
    let mut out = format!("{HEADING}\n");
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "{label:<11}{text}");
    };
    line("version", env!("CARGO_PKG_VERSION"));
    line("system", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    line("project", about.project.as_deref().unwrap_or("none that can be read"));
    line(
        "variables",
        &if about.variables.is_empty() { "none".to_owned() } else { about.variables.join(" ") },
    );
    line("verdict", &diagnosis.verdict());
    out.push('\n');
    diagnosis.checks.iter().for_each(|checked| of_check(checked, &mut out));
    redacted(&out, &about.hide)
}

fn of_check(checked: &Checked, out: &mut String) {
    let word = match checked.outcome {
        Outcome::Good => "good",
        Outcome::Bad => "bad",
        Outcome::NotChecked => "unknown",
        Outcome::NotHere => "-",
    };
    let _ = writeln!(out, "{word:<8}{:<16}{}", checked.code, checked.title);
    if let Some(why) = &checked.not_checked {
        let _ = writeln!(out, "        not checked: {why}");
    }
    for problem in &checked.problems {
        let finding = &problem.finding;
        let _ = writeln!(out, "        {}: {}: {}", finding.severity, finding.subject, finding.says);
        let _ =
            writeln!(out, "          next: {}", problem.fix.clone().unwrap_or(finding.remedy.to_string()));
    }
}

fn redacted(text: &str, hide: &[(String, &'static str)]) -> String {
    let known = hide.iter().filter(|(what, _)| what.len() > 1);
    let text = known.fold(text.to_owned(), |text, (what, by)| text.replace(what, by));
    let rules =
        [(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+", "<e-mail>"), (r"\b[0-9]{12}\b", "<account>")];
    rules
        .iter()
        .filter_map(|(rule, by)| Some((Regex::new(rule).ok()?, by)))
        .fold(text, |text, (rule, by)| rule.replace_all(&text, *by).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_where_is_not_told() {
        let hide = [("/home/ada/work/shop".to_owned(), "."), ("/home/ada".to_owned(), "~")];
        let text =
            "/home/ada/work/shop/api/.env of ada@shop.example in 123456789012, /home/ada/.aws, DS-FILE-01";
        assert_eq!(redacted(text, &hide), "./api/.env of <e-mail> in <account>, ~/.aws, DS-FILE-01");
    }
}
