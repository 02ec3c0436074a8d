//! Every line as it is read.

use time::macros::datetime;

use super::*;

fn code(page: &str) -> Prompt {
    Prompt::Code(DeviceCode {
        user_code: "WDJB-MJHT".to_owned(),
        page: page.to_owned(),
        page_with_code: format!("{page}?user_code=WDJB-MJHT"),
        expires_at: datetime!(2030-01-01 12:10 UTC),
    })
}

fn room(columns: usize, rows: usize) -> Room {
    Room { columns, rows, terminal: true }
}

#[test]
fn a_large_terminal_gets_letters_and_a_code_for_the_phone() {
    let shown = |page, room| prompt(Paint::default(), &code(page), &room);
    let portal = "https://acme.awsapps.com/start/#/device";
    let large = shown(portal, room(100, 50));
    assert!(large.contains('╭') && large.contains("or scan it with a phone:"), "{large}");
    let small = shown(portal, room(80, 24));
    assert!(small.contains('╭') && !small.contains("phone"), "{small}");
    let tiny = shown(portal, room(30, 10));
    assert!(!tiny.contains('╭') && tiny.contains("WDJB-MJHT"), "{tiny}");
    let here = shown("http://127.0.0.1:4711/device", room(100, 50));
    assert!(!here.contains("phone"), "a phone cannot open a page of this machine\n{here}");
}

#[test]
fn the_counting_line_fits_eighty_columns() {
    let now = datetime!(2030-01-01 12:00:19 UTC);
    let line = |keys, remark, typed| counting(&code("https://a.example"), now, keys, remark, typed);
    let all = line(true, None, 0);
    assert_eq!(all, "waiting for approval · 9:41 · o open · c copy · b browser · r again · ctrl-c");
    assert!(all.chars().count() < 80);
    assert_eq!(line(false, None, 0), "waiting for approval · 9:41 · ctrl-c cancels");
    assert_eq!(line(true, Some("opening it"), 0), "waiting for approval · 9:41 · opening it");
    assert!(line(true, None, 40).ends_with("40 characters, Enter takes them, Esc forgets them"));
}

#[test]
fn who_is_waited_for_is_named() {
    let since = datetime!(2030-01-01 12:03:04 UTC);
    let holder = Holder { pid: 4711, command: "devsecrets seed".to_owned(), since };
    assert_eq!(
        behind(Some(&holder)),
        "waiting for devsecrets seed (process 4711, since 12:03:04 UTC), which is signing in; ctrl-c gives up"
    );
    assert!(behind(None).starts_with("waiting for another process,"));
}
