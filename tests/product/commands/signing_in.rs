//! Signing in as whole processes do it: with a browser, twenty at once, and in a world that is broken.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use devsecrets::sandbox::Operation;
use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, Run, acme, acme_that_asks};

/// Waits until `look` finds something.
fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// One GET, as a browser sends it.
fn get(url: &str) -> String {
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The page, and where it leads.
fn browse(page: &str) -> String {
    let answer = get(page);
    let back = answer.lines().find(|line| line.to_lowercase().starts_with("location: ")).unwrap();
    get(&back["location: ".len()..])
}

/// A `BROWSER` that stays in the foreground, as a window does, and writes down what it was to open.
fn with_browser(case: Case) -> Case {
    let (script, page) = (case.home("browser"), case.home("page"));
    let text =
        format!("#!/bin/sh\nprintf '%s' \"$1\" > {0}.new && mv {0}.new {0}\nsleep 5\n", page.display());
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    let browser = script.display().to_string();
    case.with("BROWSER", &browser)
}

fn page_of(path: &Path) -> String {
    until(|| fs::read_to_string(path).ok())
}

#[test]
fn with_a_browser_that_stays_in_the_foreground() {
    let case = with_browser(Case::of("services").on(acme()));
    let arguments = ["login", "--use-browser"];
    let child = case.start(&arguments);
    assert!(browse(&page_of(&case.home("page"))).contains("Approved"));
    let run = case.end(&arguments, child).exits(0);
    assert!(run.err.contains("signing in with your browser, as asked"), "{run}");
    let counted = [Operation::RegisterClient, Operation::AuthorizePage, Operation::CreateToken];
    assert_eq!(counted.map(|operation| case.stage().count(operation)), [1, 1, 1]);
    // The next one needs no registration any more.
    fs::remove_file(case.home("page")).unwrap();
    let again = ["login", "--use-browser", "--force"];
    let child = case.start(&again);
    browse(&page_of(&case.home("page")));
    case.end(&again, child).exits(0);
    assert_eq!(case.stage().count(Operation::RegisterClient), 1);
}

#[test]
fn without_a_browser_it_goes_on_with_a_code() {
    let case = Case::of("services").on(acme()).with("BROWSER", "/nowhere/browser");
    let run = case.run(&["login", "--use-browser"]).exits(0);
    assert!(run.err.contains("signing in with a device code: no browser could be started"), "{run}");
}

#[test]
fn no_browser_means_a_code() {
    let case = with_browser(Case::of("services").on(acme()));
    let run = case.run(&["login", "--no-browser"]).exits(0);
    assert!(run.err.contains("compare  CODE-CODE"), "{run}");
    assert!(!case.home("page").exists(), "a browser was started");
}

/// Twenty processes, one approval, one registration, one token.
#[test]
fn twenty_at_once_ask_once() {
    let case = Case::of("services").on(acme_that_asks());
    let children: Vec<_> = (0..20).map(|_| case.start(&["login"])).collect();
    let code = until(|| case.stage().waiting().pop());
    std::thread::sleep(Duration::from_millis(500));
    assert!(case.stage().approve(&code));
    let runs: Vec<Run> = children.into_iter().map(|child| case.end(&["login"], child).exits(0)).collect();
    let counted = [Operation::RegisterClient, Operation::StartDeviceAuthorization];
    assert_eq!(counted.map(|operation| case.stage().count(operation)), [1, 1], "{:?}", case.stage().log());
    let asked = runs.iter().filter(|run| run.err.contains("compare")).count();
    let waited = runs.iter().filter(|run| run.err.contains("waiting for devsecrets login (process ")).count();
    assert_eq!(asked, 1);
    assert!(waited >= 1, "nobody said whom he waits for");
}

/// A session whose refresh token twenty processes want to spend at once.
#[test]
fn twenty_at_once_refresh_without_losing_it() {
    let lifetimes = devsecrets::sandbox::Lifetimes {
        token: Duration::from_secs(16 * 60),
        ..devsecrets::sandbox::Lifetimes::default()
    };
    let case = Case::of("services").on(acme().lifetimes(lifetimes)).signed_in();
    age(&case, 15 * 60);
    let children: Vec<_> = (0..20).map(|_| case.start(&["login", "--status"])).collect();
    for child in children {
        case.end(&["login", "--status"], child).exits(0);
    }
    assert_eq!(case.stage().count(Operation::CreateToken), 2, "{:?}", case.stage().log());
}

/// Brings the end of the cached token nearer.
fn age(case: &Case, seconds: i64) {
    let (path, bytes) = case
        .kept()
        .into_iter()
        .find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("accessToken"))
        .unwrap();
    let mut token: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let form = &time::format_description::well_known::Rfc3339;
    let ends = time::OffsetDateTime::parse(token["expiresAt"].as_str().unwrap(), form).unwrap();
    let sooner = (ends - time::Duration::seconds(seconds)).format(form).unwrap();
    token["expiresAt"] = sooner.into();
    fs::write(path, token.to_string()).unwrap();
}

/// The lock goes with its process, so nobody waits for the dead.
#[test]
fn whoever_waits_takes_over_from_one_that_was_killed() {
    let case = Case::of("services").on(acme_that_asks());
    let mut first = case.start(&["login"]);
    let old = until(|| case.stage().waiting().pop());
    let second = case.start(&["login"]);
    std::thread::sleep(Duration::from_millis(400));
    first.kill().unwrap();
    first.wait().unwrap();
    let new = until(|| case.stage().waiting().into_iter().find(|code| *code != old));
    assert!(case.stage().approve(&new));
    case.end(&["login"], second).exits(0);
}

#[test]
fn a_broken_profile_keeps_nobody_out() {
    let case = Case::with_profile(&ONE_SERVICE.replace("schema = 1", "schema = = 1")).on(acme());
    assert_snapshot!("a_broken_profile_says_the_way_around", case.run(&["login"]).exits(2));
    let around = ["--start-url", "https://acme.awsapps.com/start", "--region", "eu-west-2"];
    assert_snapshot!("a_login_without_a_profile", case.run(&[&["login"][..], &around].concat()).exits(0));
    let calls = case.stage().log().len();
    case.run(&[&["login", "--status"][..], &around].concat()).exits(0);
    assert_eq!(case.stage().log().len(), calls);
    case.run(&[&["logout"][..], &around].concat()).exits(0);
    case.run(&[&["login", "--status"][..], &around].concat()).exits(1);
}

#[test]
fn flags_that_cannot_be_what_they_are_for() {
    let case = Case::empty();
    let with = |url: &str, region: &str, session: &str| {
        case.run(&["login", "--start-url", url, "--region", region, "--session", session]).exits(2)
    };
    assert_snapshot!("a_start_url_that_is_none", with("http://acme.example", "eu-west-2", "acme"));
    with("https://acme.awsapps.com/start", "evil.example/#", "acme").says("--region");
    with("https://acme.awsapps.com/start", "eu-west-2", "a]\n[default").says("--session");
}

#[test]
fn a_broken_keychain_is_not_asked() {
    let case = Case::of("services").on(acme()).with_key_file();
    for path in ["keys.age", "keychain.age", "key-file"] {
        let path = case.state(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "not a key file").unwrap();
    }
    case.without("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE").run(&["login"]).exits(0);
}

/// The token is good for this run, and the person knows that it is for no other.
#[test]
fn a_cache_that_cannot_be_written() {
    let case = Case::of("services").on(acme());
    fs::write(case.home(".aws"), "a file where a folder belongs").unwrap();
    assert_snapshot!(case.run(&["login"]).exits(0));
}

#[test]
fn a_state_folder_that_cannot_be_written() {
    let case = Case::of("services").on(acme());
    fs::create_dir_all(case.home(".local")).unwrap();
    fs::write(case.home(".local/state"), "a file where a folder belongs").unwrap();
    case.run(&["login"]).exits(0);
    case.run(&["login", "--status"]).exits(0);
}

#[test]
fn a_server_s_code_full_of_escape_sequences() {
    let world = acme().user_code("\u{1b}[2J\u{1b}]52;c;eA==\u{7}WDJB-MJHT");
    let run = Case::of("services").on(world).run(&["login"]).exits(0);
    assert!(!run.raw.contains('\u{1b}') && run.raw.contains("WDJB-MJHT"), "{run}");
}

/// Quiet says only what went wrong, but a question nobody sees is never answered.
#[test]
fn quiet_still_asks() {
    let run = Case::of("services").on(acme()).run(&["login", "--quiet"]).exits(0);
    assert!(run.err.contains("compare"), "{run}");
}
