//! Measured facts, one row each, for models whose program is not at hand in every build.
//! `tests/envfile_readers.rs` asks the real programs.

use super::*;

fn value(reader: Reader, file: &str, key: &str) -> Option<String> {
    let readings = reader.read(file.as_bytes()).ok()?;
    readings.get(key).map(|value| String::from_utf8(value.to_vec()).unwrap())
}

#[test]
fn compose_reads_what_was_measured() {
    let table = [
        (r"A=a\nb", r"a\nb"),
        (r"A='a\nb'", r"a\nb"),
        (r#"A="a\nb""#, "a\nb"),
        (r#"A="a\rb""#, "a\rb"),
        (r#"A="a\tb""#, "a\tb"),
        (r#"A="a\\b""#, r"a\b"),
        (r"A='a\\b'", r"a\\b"),
        (r#"A="a\db""#, r"a\db"),
        (r#"A="a\"b""#, r#"a"b"#),
        (r"A='a\'b'", "a'b"),
        ("A='a$V'", "a$V"),
        ("A='a${V}'", "a${V}"),
        ("V=v\nA=\"a$V\"", "av"),
        ("V=v\nA=a${V}", "av"),
        ("A=a${V:-d}", "ad"),
        (r#"A="a\$V""#, "a$V"),
        ("A=a$", "a$"),
        ("A=a$$", "a$"),
        ("A='$$'", "$$"),
        ("A=`a`", "`a`"),
        ("A=a #c", "a"),
        ("A=a#c", "a#c"),
        ("A=a\t#c", "a\t#c"),
        ("A=\"a\"#c", "a"),
        ("A=\"a\"b\nB=1", "a"),
        ("A= # c", "# c"),
        (r#"A="\0101""#, "A"),
        ("A: v", "v"),
        ("export\tA=v", "v"),
        ("\u{feff}A=v", "v"),
        ("A='a\r\nb'", "a\r\nb"),
        ("A=v\r\nB=w\r\n", "v"),
    ];
    for (file, expected) in table {
        assert_eq!(value(Reader::Compose, file, "A").as_deref(), Some(expected), "{file}");
    }
    for file in ["A='a'\"'\"'b'", "A=\"open", "A=${", "A B=1"] {
        assert!(Reader::Compose.read(file.as_bytes()).is_err(), "{file}");
    }
}

#[test]
fn node_22_takes_the_next_line_after_blanks() {
    let [old, new] = Reader::NodeEnvFile.dialects() else { panic!("two dialects") };
    let file = b"B= \nC=3\nexport  A=1\n[x]\nD=4\n";
    let old = old.read(file).unwrap();
    assert_eq!((old.get("B"), old.get("C")), (Some(&b""[..]), Some(&b"3"[..])));
    assert!(old.get("A").is_none() && old.get("D").is_none());
    let new = new.read(file).unwrap();
    assert_eq!((new.get("B"), new.get("C")), (Some(&b"C=3"[..]), None));
    assert_eq!((new.get("A"), new.get("D")), (Some(&b"1"[..]), Some(&b"4"[..])));
}

#[test]
fn a_shell_is_never_asked_to_run_anything() {
    for line in ["K = v", "A=$(id)", "A=`id`", "A=1 id", "A=a;b", "A=1 &", "[x]", "UID=3", "A=$'x'", "A+=1"] {
        assert!(Reader::Shell.read(line.as_bytes()).is_err(), "{line}");
    }
    let file = "export A='x y' B=\"$A\"; C=${B}z\nD=~/x # c\nE=a:~\n";
    let readings = Reader::Shell.read(file.as_bytes()).unwrap();
    assert_eq!(readings.get("C"), Some(&b"x yz"[..]));
    assert_eq!(readings.get("D"), Some(&b"\0/x"[..]));
    assert_eq!(readings.get("E"), Some(&b"a:\0"[..]));
}

#[test]
fn docker_keeps_quotes_and_blanks() {
    let readings = Reader::DockerEnvFile.read(b"# c\nA='a' # b\r\n  B= x \nC\n").unwrap();
    assert_eq!(readings.get("A"), Some(&b"'a' # b"[..]));
    assert_eq!(readings.get("B"), Some(&b" x "[..]));
    assert_eq!(readings.len(), 2);
    assert!(Reader::DockerEnvFile.read(b"export A=1").is_err());
}

#[test]
fn expanders_never_claim_to_know_a_reference() {
    for reader in [Reader::Next, Reader::Vite] {
        let readings = reader.read(b"V=v\nA='a$V'\nB='a\\$V'\nC='a$'\nD=\"${X}\"\n").unwrap();
        assert_eq!(readings.get("A"), Some(&b"a\0vV"[..]));
        assert_eq!(readings.get("B"), Some(&b"a$V"[..]));
        assert_eq!(readings.get("C"), Some(&b"a$"[..]));
        assert_eq!(readings.get("D"), Some(&b"\0{X}"[..]));
    }
}

#[test]
fn a_refusal_names_the_line() {
    let refused = Reader::Dotenvy.read(b"A=1\n\nB='x\n").unwrap_err();
    assert_eq!(refused.to_string(), "line 3: a quote is not closed");
    assert_eq!(Reader::Shell.read(b"A=1\nK = v\n").unwrap_err().line, 2);
    assert_eq!(Reader::PythonDotenv.read(b"A=1\nB=\xff\n").unwrap_err().line, 2);
}

#[test]
fn names_are_suggested() {
    assert_eq!("shell".parse(), Ok(Reader::Shell));
    let unknown = "node-dotnev".parse::<Reader>().unwrap_err();
    assert_eq!(unknown.to_string(), "no reader is called `node-dotnev`; did you mean `node-dotenv`?");
    assert_eq!("zzz".parse::<Reader>().unwrap_err().to_string(), "no reader is called `zzz`");
    for reader in Reader::ALL {
        assert_eq!(reader.name().parse(), Ok(reader));
    }
}

#[test]
fn direnv_reads_what_was_measured() {
    let table = [
        ("A='a' # it's", "a"),
        ("A='a' # it'", "a' # it"),
        ("A='it's'", "it's"),
        ("A='x", "'x"),
        ("A=a#c", "a"),
        ("A=\"a\\nb\\\\nc\"", "a\nb\nc"),
        (r#"A="a\tb""#, "atb"),
        ("V=v\nA=\"a\\$V\"", "a\\v"),
        ("V=v\nA='$V'", "$V"),
        ("A=${X:-d}$$x$", "dx$"),
        ("export\tA: v", "v"),
    ];
    for (file, expected) in table {
        assert_eq!(value(Reader::Direnv, file, "A").as_deref(), Some(expected), "{file}");
    }
    for file in ["A=two words", "A='x' y", "A", "\u{feff}A=1", "A='x\ny'"] {
        assert!(Reader::Direnv.read(file.as_bytes()).is_err(), "{file}");
    }
}

#[test]
fn systemd_reads_what_was_measured() {
    let table = [
        (r"A=a\nb", "anb"),
        (r#"A="a\nb""#, r"a\nb"),
        ("A=\"a\" # c", "a# c"),
        ("A='it'\"'\"'s'", "it's"),
        ("A=a #c", "a #c"),
        ("A=x \\\n y", "x  y"),
        ("A='$V'", "$V"),
        ("A=x \\ ", "x  "),
        ("; c\nA=1", "1"),
    ];
    for (file, expected) in table {
        assert_eq!(value(Reader::Systemd, file, "A").as_deref(), Some(expected), "{file}");
    }
    let [before_254, newest] = Reader::Systemd.dialects() else { panic!("two dialects") };
    let file = b"# c\\\nA=1\nexport B=2\n";
    assert!(before_254.read(file).unwrap().is_empty());
    assert_eq!(newest.read(file).unwrap().len(), 1);
    for file in ["A=\u{ffff}", "A=\0"] {
        assert!(Reader::Systemd.read(file.as_bytes()).is_err(), "{file}");
    }
}

#[test]
fn dotenvx_is_dotenv_and_more() {
    assert_eq!(value(Reader::Dotenvx, r"A='a\'b'", "A").as_deref(), Some("a'b"));
    assert_eq!(value(Reader::Dotenvx, r#"A="a\tb\$V""#, "A").as_deref(), Some("a\tb$V"));
    assert_eq!(value(Reader::Dotenvx, "A='$V$(id)'", "A").as_deref(), Some("$V$(id)"));
    for live in ["A=$(id)", "A='op://x'", "A=`$(id)`", "A=$V"] {
        assert!(value(Reader::Dotenvx, live, "A").unwrap().starts_with('\0'), "{live}");
    }
}

#[test]
fn kubectl_refuses_what_docker_takes() {
    for file in ["A=1\nA=2", "1A=1", "é=1", "..A=1", "A =1"] {
        assert!(Reader::Kubectl.read(file.as_bytes()).is_err(), "{file}");
    }
    assert_eq!(value(Reader::Kubectl, "A-b.c= 'x' # y", "A-b.c").as_deref(), Some(" 'x' # y"));
    assert_eq!(value(Reader::Kubectl, "A", "A").as_deref(), Some(""));
}

#[test]
fn debug_hides_the_values() {
    let readings = Reader::Shell.read(b"A=canary-3\n").unwrap();
    assert_eq!(format!("{readings:?}"), r#"{"A"}"#);
}
