//! What must hold for any bytes and any edit.

use proptest::prelude::*;

use super::super::*;

/// Lines as config files have them, and a few that none should.
fn files() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[default]".to_owned()),
        Just("[profile shop]".to_owned()),
        Just("[profile 'my dev']".to_owned()),
        Just("[sso-session corp]".to_owned()),
        Just("s3 =".to_owned()),
        Just("  max_queue_size = 10".to_owned()),
        Just("sso_session = corp".to_owned()),
        Just("region = ap-south-1".to_owned()),
        Just("sso_region = us-east-1".to_owned()),
        "[a-z]{1,8} ?[=:] ?[ -~]{0,12}",
        "[ \t]{0,3}[#;][ -~]{0,12}",
        "[ \t]{0,2}",
        "\\PC{0,12}",
    ];
    let end = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    let lines = proptest::collection::vec((line, end), 0..24);
    (lines, any::<bool>()).prop_map(|(lines, closed)| {
        let mut text = String::new();
        for (line, end) in lines {
            // Lines that the AWS CLI would refuse after these are left out.
            let longer = format!("{text}{line}{end}");
            if Document::parse(longer.as_bytes()).problem().is_none() {
                text = longer;
            }
        }
        if closed { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
    })
}

proptest! {
    #[test]
    fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let rendered = Document::parse(&bytes).render();
        prop_assert_eq!(rendered.as_slice(), bytes.as_slice());
    }

    /// Every line of before stands in the new file, in order, but for the values that were set; and twice is once.
    #[test]
    fn an_edit_leaves_all_other_lines(text in files()) {
        let before = Document::parse(text.as_bytes());
        prop_assert!(before.problem().is_none());
        let name = Name::Profile("shop".into());
        let (after, lines) = set(&before, &name, &[("sso_session", "corp"), ("zz_new", "1")]);
        prop_assert!(after.problem().is_none(), "{:?}", after.problem());
        let rendered = after.render();
        let rendered = std::str::from_utf8(&rendered).unwrap();
        let mut kept = rendered.lines();
        let gone: Vec<&str> = lines.iter().filter(|line| line.sign == '-').map(|line| line.text.as_str()).collect();
        for line in text.lines().filter(|line| gone.is_empty() || !line.contains("sso_session")) {
            prop_assert!(kept.any(|one| one == line), "{line:?} is gone");
        }
        let section = after.named(&name).next().unwrap();
        prop_assert_eq!(section.key("zz_new").map(|key| after.value(key)), Some("1"));
        prop_assert_eq!(section.key("sso_session").map(|key| after.value(key)), Some("corp"));
        let (again, nothing) = set(&after, &name, &[("sso_session", "corp"), ("zz_new", "1")]);
        prop_assert_eq!(again.render(), after.render());
        prop_assert!(nothing.is_empty());
    }
}
