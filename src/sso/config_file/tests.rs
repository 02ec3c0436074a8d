//! The file as people have it, what is planned for it, and what must hold for any bytes.

mod properties;

use super::*;
use crate::private_file::replace;
use crate::settings::Settings;
use crate::sso::SessionName;

fn wanted() -> Wanted {
    Wanted {
        session: SessionName {
            session: "corp".into(),
            start_url: "https://acme.awsapps.com/start".into(),
            region: "us-east-1".into(),
        },
        aws_profile: Some("shop".into()),
        account_id: "001122334455".into(),
        role_name: "Developer".into(),
        region: Some("eu-west-2".into()),
    }
}

const SESSION: &str = "[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-1\n\
                       sso_registration_scopes = sso:account:access\n";
const PROFILE: &str = "[profile shop]\nsso_session = corp\nsso_account_id = 001122334455\n\
                       sso_role_name = Developer\nregion = eu-west-2\n";

fn both() -> String {
    format!("{SESSION}\n{PROFILE}")
}

/// A home folder with these files in `~/.aws`.
struct Home(tempfile::TempDir);

impl Home {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            replace(&folder.path().join(".aws").join(name), text.as_bytes()).unwrap();
        }
        Self(folder)
    }

    fn settings(&self) -> Settings {
        Settings::bare("/", self.0.path())
    }

    fn draft(&self, wanted: &Wanted) -> Draft {
        draft(&self.settings(), wanted, &Record::default())
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.0.path().join(".aws/config")).unwrap()
    }
}

fn codes(plan: &ConfigPlan) -> Vec<&'static str> {
    plan.findings.iter().map(|finding| finding.code).collect()
}

fn shown(plan: &ConfigPlan) -> String {
    plan.lines.iter().map(|line| format!("{}{}\n", line.sign, line.text)).collect()
}

/// The plan for a file that begins as `text`, and the file after it was written.
#[track_caller]
fn written(text: &str) -> (ConfigPlan, String) {
    let home = Home::with(&[("config", text)]);
    let draft = home.draft(&wanted());
    draft.write().unwrap();
    let after = home.text();
    let again = home.draft(&wanted());
    assert_eq!((again.plan().state, shown(again.plan())), (ConfigState::Current, String::new()), "{after}");
    (draft.plan().clone(), after)
}

#[test]
fn a_new_file_is_written_whole_and_private() {
    let home = Home::with(&[]);
    let draft = home.draft(&wanted());
    assert_eq!((draft.plan().state, draft.plan().file.as_str()), (ConfigState::Ready, "~/.aws/config"));
    draft.write().unwrap();
    assert_eq!(home.text(), both());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(home.0.path().join(".aws/config")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(home.draft(&wanted()).plan().state, ConfigState::Current);
}

#[test]
fn what_others_wrote_stays_byte_for_byte() {
    let mine = "# mine\n[default]\nregion=us-east-2\ns3 =\n  max_concurrent_requests = 20\n\n[profile old]\nrole_arn : x";
    let (plan, after) = written(mine);
    assert_eq!(after, format!("{mine}\n\n{}", both()));
    assert!(plan.findings.is_empty());
}

#[test]
fn line_ends_are_the_file_s_own() {
    let (_, after) = written("[default]\r\nregion = x\r\n");
    assert_eq!(after, format!("[default]\nregion = x\n\n{}", both()).replace('\n', "\r\n"));
}

#[test]
fn missing_keys_go_beneath_the_last_and_a_region_is_kept() {
    let (plan, after) =
        written(&format!("[profile shop]\noutput = json\nregion = ap-south-1\n\n# end\n{SESSION}"));
    let added = "sso_session = corp\nsso_account_id = 001122334455\nsso_role_name = Developer\n";
    let head = "[profile shop]\noutput = json\nregion = ap-south-1\n";
    assert_eq!(after, format!("{head}{added}\n# end\n{SESSION}"));
    let diff =
        " [profile shop]\n+sso_session = corp\n+sso_account_id = 001122334455\n+sso_role_name = Developer\n";
    assert_eq!(shown(&plan), diff);
}

#[test]
fn a_session_without_scopes_gets_them() {
    let (plan, after) = written(&both().replace("sso_registration_scopes = sso:account:access\n", ""));
    assert_eq!(after, both());
    assert_eq!(shown(&plan), " [sso-session corp]\n+sso_registration_scopes = sso:account:access\n");
}

#[test]
fn another_role_replaces_the_one_we_wrote_and_no_other() {
    let other = Wanted { role_name: "ReadOnly".into(), ..wanted() };
    let home = Home::with(&[("config", &both())]);
    let mut record = Record::default();
    record.wrote("shop", &wanted());
    record.remember(&home.settings(), "services");
    let draft = draft(&home.settings(), &other, &Record::recall(&home.settings(), "services"));
    let copy = draft.keep_copy(&home.settings()).unwrap();
    assert_eq!(std::fs::read_to_string(copy).unwrap(), both());
    assert_eq!(
        shown(draft.plan()),
        " [profile shop]\n-sso_role_name = Developer\n+sso_role_name = ReadOnly\n"
    );
    draft.write().unwrap();
    assert_eq!(home.text(), both().replace("Developer", "ReadOnly"));
}

/// Each of these is explained, left as it is, and passed by under another name.
#[test]
fn a_profile_of_somebody_else_is_passed_by() {
    let cases = [
        ("DS-CONFIG-05", "[profile shop]\n  sso_session = corp\n"),
        ("DS-CONFIG-05", "[profile shop]\nsso_session : corp\n"),
        ("DS-CONFIG-05", "[profile shop]\n[profile  shop]\n"),
        ("DS-CONFIG-06", "[profile shop]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = x\n"),
        ("DS-CONFIG-07", "[profile shop]\naws_access_key_id = AKIA\naws_secret_access_key = canary-1\n"),
        ("DS-CONFIG-07", "[profile shop]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = default\n"),
        (
            "DS-CONFIG-08",
            "[profile shop]\nsso_session = corp\nsso_account_id = 999999999999\nsso_role_name = D\n",
        ),
        ("DS-CONFIG-08", "[profile 'shop']\nsso_session = other\n"),
    ];
    for (code, text) in cases {
        let (plan, after) = written(text);
        assert_eq!(codes(&plan), [code], "{text}");
        assert_eq!(
            (plan.aws_profile.as_str(), plan.instead_of.as_deref()),
            ("Developer-001122334455", Some("shop"))
        );
        assert!(after.starts_with(text), "{after}");
        assert!(!format!("{plan:?}").contains("canary-1"));
    }
}

#[test]
fn static_keys_in_the_credentials_file_are_not_hidden_by_a_new_profile() {
    let keys = "[shop]\naws_access_key_id = AKIA\naws_secret_access_key = canary-2\n";
    let home = Home::with(&[("credentials", keys)]);
    let draft = home.draft(&wanted());
    assert_eq!(
        (codes(draft.plan()), draft.plan().instead_of.as_deref()),
        (vec!["DS-CONFIG-07"], Some("shop"))
    );
    assert!(!format!("{:?}", draft.plan()).contains("canary-2"));
    let home = Home::with(&[("credentials", keys), ("config", &both())]);
    let draft = home.draft(&wanted());
    assert_eq!((codes(draft.plan()), draft.plan().state), (vec!["DS-CONFIG-10"], ConfigState::Current));
}

/// Each of these stops everything, and the file is left alone.
#[test]
fn a_file_that_is_not_for_us_to_change_is_left_alone() {
    let cases: [(&str, &[u8]); 11] = [
        ("DS-CONFIG-02", b"region = x\n[default]\n"),
        ("DS-CONFIG-02", b"[default]\nnonsense\n"),
        ("DS-CONFIG-02", b"[default]\na = 1\nA = 2\n"),
        ("DS-CONFIG-02", b"[default]\n[default]\n"),
        ("DS-CONFIG-02", b"\xef\xbb\xbf[default]\n"),
        ("DS-CONFIG-02", b"[default]\nname = caf\xe9\n"),
        ("DS-CONFIG-02", b"[default]\rregion = x\r"),
        ("DS-CONFIG-04", b"[sso-session corp]\nsso_start_url = https://other.awsapps.com/start\n"),
        ("DS-CONFIG-04", b"[sso-session corp]\nsso_region = eu-west-1\n"),
        ("DS-CONFIG-05", b"[sso-session corp]\n  sso_region = us-east-1\n"),
        ("DS-CONFIG-05", b"[sso-session corp]\n[sso-session 'corp']\n"),
    ];
    for (code, bytes) in cases {
        let home = Home::with(&[]);
        replace(&home.0.path().join(".aws/config"), bytes).unwrap();
        let draft = home.draft(&wanted());
        let what = String::from_utf8_lossy(bytes);
        assert_eq!((codes(draft.plan()), draft.plan().state), (vec![code], ConfigState::Blocked), "{what}");
        draft.write().unwrap();
        assert_eq!(std::fs::read(home.0.path().join(".aws/config")).unwrap(), bytes);
    }
}

#[test]
fn keys_of_the_session_in_the_profile_are_named_with_their_line() {
    let home = Home::with(&[("config", &format!("{}sso_region = us-east-1\n", both()))]);
    let draft = home.draft(&wanted());
    assert_eq!((codes(draft.plan()), draft.plan().state), (vec!["DS-CONFIG-09"], ConfigState::Current));
    assert_eq!(draft.plan().findings[0].subject, "~/.aws/config:11");
}

#[test]
fn names_that_an_sdk_would_drop_are_not_written() {
    let home = Home::with(&[]);
    let spaced = Wanted { aws_profile: Some("my shop".into()), ..wanted() };
    let draft = home.draft(&spaced);
    assert_eq!(
        (codes(draft.plan()), draft.plan().aws_profile.as_str()),
        (vec!["DS-CONFIG-11"], "Developer-001122334455")
    );
    let session = SessionName { session: "my corp".into(), ..wanted().session };
    let draft = home.draft(&Wanted { session, ..wanted() });
    assert_eq!((codes(draft.plan()), draft.plan().state), (vec!["DS-CONFIG-03"], ConfigState::Blocked));
}

#[test]
fn no_copy_is_kept_of_secret_keys() {
    let home = Home::with(&[("config", "[default]\naws_secret_access_key = canary-3\n")]);
    assert_eq!(home.draft(&wanted()).keep_copy(&home.settings()), None);
}

#[test]
fn both_names_taken_is_said() {
    let taken = "[profile shop]\nrole_arn = x\n[profile Developer-001122334455]\nrole_arn = x\n";
    let home = Home::with(&[("config", taken)]);
    assert_eq!(codes(home.draft(&wanted()).plan()), ["DS-CONFIG-12"]);
}

#[test]
fn a_file_changed_after_it_was_shown_is_not_written() {
    let home = Home::with(&[("config", "[default]\n")]);
    let draft = home.draft(&wanted());
    replace(&home.0.path().join(".aws/config"), b"[other]\n").unwrap();
    assert_eq!(draft.write().unwrap_err().code, "DS-CONFIG-01");
    assert_eq!(home.text(), "[other]\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_the_variable_is_honoured() {
    let home = Home::with(&[("dotfiles/aws", "[default]\n")]);
    let link = home.0.path().join("linked");
    std::os::unix::fs::symlink(home.0.path().join(".aws/dotfiles/aws"), &link).unwrap();
    let settings = home.settings().with("AWS_CONFIG_FILE", "~/linked");
    let draft = draft(&settings, &wanted(), &Record::default());
    assert_eq!(draft.plan().file, "~/linked");
    draft.write().unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&link).unwrap(), format!("[default]\n\n{}", both()));
}
