//! The pages a person sees in the browser while signing in.
//!
//! Owns the wording and the markup; decides nothing. Every text that came from outside is escaped
//! where it is filled in, so a client cannot put markup on the page. Pages run no script and load
//! nothing, and follow the browser's light or dark setting.

use super::reply::Reply;
use super::world::World;

const FRAME: &str = include_str!("pages/frame.html");
const ENTER_CODE: &str = include_str!("pages/enter_code.html");
const COMPARE_CODE: &str = include_str!("pages/compare_code.html");
const CONTINUE: &str = include_str!("pages/continue.html");
const RESULT: &str = include_str!("pages/result.html");

pub(super) fn enter_code() -> Reply {
    shown(200, "Enter your code", ENTER_CODE)
}

/// The step that makes phishing harder: the person compares the code with the terminal's.
pub(super) fn compare_code(user_code: &str, client: &str, world: &World) -> Reply {
    let asks = fill(COMPARE_CODE, &[("code", user_code), ("client", client)]);
    shown(200, "Is this your code?", &with_accounts(&asks, world))
}

pub(super) fn continue_in_browser(visit: &str, client: &str, world: &World) -> Reply {
    let asks = fill(CONTINUE, &[("visit", visit), ("client", client)]);
    shown(200, "Allow access?", &with_accounts(&asks, world))
}

pub(super) fn decided(yes: bool) -> Reply {
    if yes {
        result(200, "good", "Request approved", "You can close this window and go back to your terminal.")
    } else {
        result(200, "bad", "Request denied", "Nothing was shared. You can close this window.")
    }
}

pub(super) fn unknown_code() -> Reply {
    let advice = "It may be mistyped, expired or already used. Ask for a new one in your terminal.";
    result(404, "bad", "This code is not waiting for an answer", advice)
}

/// `problem` is one of our own sentences.
pub(super) fn bad_request(problem: &str) -> Reply {
    result(400, "bad", "This sign-in link is not in order", problem)
}

fn result(status: u16, mood: &str, title: &str, advice: &str) -> Reply {
    let mark = if mood == "good" { "✓" } else { "✕" };
    let values = [("mood", mood), ("mark", mark), ("title", title), ("advice", advice)];
    shown(status, title, &fill(RESULT, &values))
}

fn shown(status: u16, title: &str, content: &str) -> Reply {
    let (head, foot) = FRAME.split_once("<!-- content -->").unwrap_or((FRAME, ""));
    Reply::page(status, format!("{}{content}{foot}", fill(head, &[("title", title)])))
}

/// Puts the list of accounts where the fragment has its marker.
fn with_accounts(fragment: &str, world: &World) -> String {
    let (before, after) = fragment.split_once("<!-- accounts -->").unwrap_or((fragment, ""));
    let items = world.accounts.iter().map(|account| {
        let name = if account.name.is_empty() { "Unnamed account" } else { &account.name };
        format!("<li>{} <span>{}</span></li>", escaped(name), escaped(&account.id))
    });
    format!("{before}{}{after}", items.collect::<String>())
}

/// Replaces each `{{name}}` with its value, escaped. Values are never searched for names.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        page += &escaped(value);
        page += rest;
    }
    page
}

/// Safe as text and inside a double-quoted attribute. Control characters are left out.
fn escaped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_bring_markup_or_names() {
        let page = fill("<b>{{a}}</b>{{b}}", &[("a", "<script>\"'&"), ("b", "{{a}}\u{1b}")]);
        assert_eq!(page, "<b>&lt;script&gt;&quot;&#39;&amp;</b>{{a}}");
    }

    #[test]
    fn markers_and_names_in_the_fragments_are_the_ones_filled_in() {
        assert!(FRAME.contains("<!-- content -->") && FRAME.contains("{{title}}"));
        for (fragment, names) in [
            (COMPARE_CODE, &["code", "client"][..]),
            (CONTINUE, &["visit", "client"]),
            (RESULT, &["mood", "mark", "title", "advice"]),
        ] {
            let mut left = fragment.to_owned();
            for name in names {
                assert!(left.contains(&format!("{{{{{name}}}}}")), "{name}");
                left = left.replace(&format!("{{{{{name}}}}}"), "");
            }
            assert!(!left.contains("{{"), "{left}");
        }
        assert!(COMPARE_CODE.contains("<!-- accounts -->") && CONTINUE.contains("<!-- accounts -->"));
    }
}
