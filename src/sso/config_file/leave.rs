//! Leaving: the profiles we wrote, and taking out those that nobody has touched.
//!
//! The rule: a section goes only if it says what we wrote and nothing else; `region` may be there, which we write too. The
//! `[sso-session]` stays, because other profiles and other tools may sign in through it.

use std::path::PathBuf;

use super::document::{Document, Section};
use super::findings;
use super::name::Name;
use super::place::{config_path, shown};
use super::plan::Written;
use super::record;
use crate::finding::Finding;
use crate::private_file::{Snapshot, replace_keeping_mode};
use crate::settings::Settings;

/// Keys of a section that is ours.
const KEYS: [&str; 4] = ["sso_session", "sso_account_id", "sso_role_name", "region"];

/// A profile we wrote that still stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurProfile {
    pub aws_profile: String,
    /// The file, with `~` for the home folder.
    pub file: String,
    /// The sign-in it uses.
    pub session: String,
    /// False when somebody changed it since.
    pub unchanged: bool,
}

/// Those written for `project`, or for any.
pub fn our_profiles(settings: &Settings, project: Option<&str>) -> Vec<OurProfile> {
    let Some((path, snapshot)) = config(settings) else { return Vec::new() };
    let document = Document::parse(snapshot.bytes());
    let ours = |(name, written): (String, Written)| {
        let section = only(&document, &name)?;
        let unchanged = is_ours(&document, section, &written);
        Some(OurProfile {
            aws_profile: name,
            file: shown(settings, &path),
            session: written.session,
            unchanged,
        })
    };
    record::written(settings, project).into_iter().filter_map(ours).collect()
}

/// Takes a profile out of the file. False when it is gone, or not what we wrote.
///
/// # Errors
/// When the file changed since it was read or cannot be written; it is as it was then.
pub fn take_out(settings: &Settings, aws_profile: &str) -> Result<bool, Finding> {
    let Some((path, snapshot)) = config(settings) else { return Ok(false) };
    let document = Document::parse(snapshot.bytes());
    let mut written = record::written(settings, None).into_iter().filter(|(name, _)| name == aws_profile);
    let ours = only(&document, aws_profile)
        .filter(|section| written.any(|(_, written)| is_ours(&document, section, &written)));
    let Some(section) = ours else { return Ok(false) };
    let bytes = without(snapshot.bytes(), section);
    replace_keeping_mode(&path, &snapshot, &bytes)
        .map(|_| true)
        .map_err(|error| findings::unusable(&shown(settings, &path), &error.to_string()))
}

fn config(settings: &Settings) -> Option<(PathBuf, Snapshot)> {
    let path = config_path(settings)?;
    let snapshot = Snapshot::read(&path).ok().filter(Snapshot::exists)?;
    Some((path, snapshot))
}

/// The section, in a file that the AWS CLI can read.
fn only<'a>(document: &'a Document, name: &str) -> Option<&'a Section> {
    let name = Name::Profile(name.to_owned());
    let found = document.sections().iter().find(|section| name.is_of(&section.header));
    found.filter(|_| document.problem().is_none())
}

fn is_ours(document: &Document, section: &Section, written: &Written) -> bool {
    let says = |key: &str, value: &str| section.key(key).is_some_and(|key| document.value(key) == value);
    let known = |key: &super::Key| key.plain && KEYS.contains(&key.name.as_str());
    section.keys.iter().all(known) && KEYS.iter().zip(written.keys()).all(|(key, value)| says(key, value))
}

/// The section's lines go, with the blank line we put before it. Comments among them are somebody's, and stay.
fn without(bytes: &[u8], section: &Section) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let (mut at, mut comments) = (0, Vec::new());
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let ours = index + 1 >= section.line && at < section.end;
        let comment = line.trim_ascii_start().first().is_some_and(|first| b"#;".contains(first));
        match (ours, comment) {
            (false, _) => kept.extend_from_slice(line),
            (true, true) => comments.extend_from_slice(line),
            (true, false) if index + 1 == section.line => drop_blank(&mut kept),
            (true, false) => {}
        }
        at += line.len();
        if at == section.end {
            kept.append(&mut comments);
        }
    }
    kept
}

fn drop_blank(kept: &mut Vec<u8>) {
    for blank in [&b"\r\n"[..], b"\n"] {
        let before = kept.len().saturating_sub(blank.len());
        if kept.ends_with(blank) && (before == 0 || kept[..before].ends_with(b"\n")) {
            return kept.truncate(before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEIRS: &str = "[default]\nregion = eu-west-2\n";
    const OURS: &str = "\n[profile shop]\nsso_session = acme\nsso_account_id = 001122334455\nsso_role_name = Dev\nregion = eu-west-2\n";
    const MORE: &str = "\n[profile mine]\noutput = json\n";

    fn after(file: &str) -> (bool, String) {
        let written = Written {
            session: "acme".to_owned(),
            account_id: "001122334455".to_owned(),
            role_name: "Dev".to_owned(),
        };
        let document = Document::parse(file.as_bytes());
        let section = only(&document, "shop").unwrap();
        let bytes = without(file.as_bytes(), section);
        (is_ours(&document, section, &written), String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn our_section_goes_and_every_other_byte_stays() {
        assert_eq!(after(&format!("{THEIRS}{OURS}{MORE}")), (true, format!("{THEIRS}{MORE}")));
        assert_eq!(after(&format!("{THEIRS}{OURS}")), (true, THEIRS.to_owned()));
        assert_eq!(after(OURS.trim_start()), (true, String::new()));
        let windows = format!("{THEIRS}{OURS}{MORE}").replace('\n', "\r\n");
        assert_eq!(after(&windows), (true, format!("{THEIRS}{MORE}").replace('\n', "\r\n")));
    }

    #[test]
    fn a_comment_in_it_is_somebody_s() {
        let commented = OURS.replace("region", "# ours, says Ada\nregion");
        let (ours, left) = after(&format!("{THEIRS}{commented}{MORE}"));
        assert!(ours);
        assert_eq!(left, format!("{THEIRS}# ours, says Ada\n{MORE}"));
    }

    #[test]
    fn one_that_was_changed_is_not_ours() {
        for changed in [
            OURS.replace("Dev", "Admin"),
            format!("{OURS}output = json\n"),
            OURS.replace("sso_role_name = Dev\n", ""),
            OURS.replace("sso_role_name = Dev", "sso_role_name: Dev"),
        ] {
            assert!(!after(&changed).0, "{changed}");
        }
    }
}
