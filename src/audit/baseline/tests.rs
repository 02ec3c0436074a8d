//! What is accepted is kept, what others wrote stays, and an own value never passes.

use super::*;

/// A finding with this value.
fn leak(baseline: &Baseline, value: &[u8]) -> Leak {
    Leak {
        code: crate::audit::PATTERN,
        rule: "github-token".to_owned(),
        title: String::new(),
        path: String::new(),
        commit: None,
        line: 1,
        column: 1,
        length: value.len(),
        own: None,
        remedy: crate::finding::Remedy::says("x"),
        fingerprint: Some(baseline.key().of(value)),
    }
}

fn own(baseline: &Baseline) -> Leak {
    let [project, variable, service, origin] = ["shop", "V", "api", "aws"].map(str::to_owned);
    let own = crate::audit::OwnName { project, variable, service, origin };
    Leak { own: Some(own), ..leak(baseline, b"mine") }
}

#[test]
fn one_more_is_accepted_and_taken_back_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = Baseline::place(folder.path());
    let mut baseline = Baseline::new(&path).unwrap();
    let [one, two, three] = [b"one".as_slice(), b"two", b"three"].map(|value| leak(&baseline, value));
    baseline.accept(&one).unwrap();
    let first = std::fs::read_to_string(&path).unwrap();
    let noted = format!("# kept, and why\r\n{first}");
    crate::private_file::replace(&path, noted.as_bytes()).unwrap();
    let mut other = Baseline::read(&path).unwrap().unwrap();
    other.accept(&two).unwrap();
    baseline.accept(&three).unwrap();
    let all = std::fs::read_to_string(&path).unwrap();
    assert!(all.starts_with("# kept, and why\r\n") && all.lines().skip(3).is_sorted(), "{all}");
    let now = Baseline::read(&path).unwrap().unwrap();
    assert!([&one, &two, &three].iter().all(|leak| now.accepts(leak)), "nobody's entry is lost: {all}");
    baseline.accept(&three).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), all, "once is enough");
    assert!(baseline.forget(&two).unwrap() && !baseline.forget(&two).unwrap());
    assert!(baseline.forget(&three).unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), noted);
    assert!(baseline.forget(&one).unwrap() && !path.exists(), "an empty one is of no use");
}

#[test]
fn neither_an_own_value_nor_another_key_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = Baseline::place(folder.path());
    let mut baseline = Baseline::new(&path).unwrap();
    let own = own(&baseline);
    assert!(matches!(baseline.accept(&own), Err(AuditError::Own)) && !path.exists());
    assert!(matches!(baseline.forget(&own), Err(AuditError::Own)));
    let mut other = Baseline::new(&path).unwrap();
    other.accept(&leak(&other, b"one")).unwrap();
    let theirs = std::fs::read(&path).unwrap();
    let one = leak(&baseline, b"one");
    assert!(matches!(baseline.accept(&one), Err(AuditError::OtherBaseline { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), theirs);
}

#[test]
fn what_was_written_is_read_and_sorted() {
    let folder = tempfile::tempdir().unwrap();
    let path = Baseline::place(folder.path());
    assert!(Baseline::read(&path).unwrap().is_none());
    let mut baseline = Baseline::new(&path).unwrap();
    let leaks = [b"one", b"two", b"one"].map(|value| leak(&baseline, value));
    let (other, own) = (leak(&baseline, b"three"), own(&baseline));
    assert_eq!(baseline.replace(&[leaks.as_slice(), std::slice::from_ref(&own)].concat()).unwrap(), 2);
    assert!(!baseline.accepts(&own), "whatever it is, the developer's own is not to be there");
    let first = std::fs::read_to_string(&path).unwrap();
    let mut again = Baseline::read(&path).unwrap().unwrap();
    assert!(leaks.iter().all(|leak| again.accepts(leak)) && !again.accepts(&other));
    again.replace(&leaks).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first, "nothing changes by itself");
    assert!(first.lines().skip(2).is_sorted());
}

#[test]
fn a_broken_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b");
    for (text, line) in [("", 1), ("# x\nkey zz\n", 2), ("key\n", 1), ("hello you\n", 1)] {
        crate::private_file::replace(&path, text.as_bytes()).unwrap();
        let Err(AuditError::Baseline { line: found, .. }) = Baseline::read(&path) else { panic!("{text}") };
        assert_eq!(found, line, "{text}");
    }
}
