//! The words of a sign-in, for a terminal of any size and for none.

use time::OffsetDateTime;

use crate::cli::output::{Paint, Tone};
use crate::handover::{is_reachable, letters, qr};
use crate::sso::{BrowserPage, DeviceCode, Holder, Prompt};

/// How much fits on the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub columns: usize,
    pub rows: usize,
    /// Whether it is one, and not a file or a pipe.
    terminal: bool,
}

impl Room {
    pub fn of(terminal: bool) -> Self {
        let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
        Self { columns: columns.into(), rows: rows.into(), terminal }
    }
}

/// "waiting for devsecrets seed (process 4711, since 12:03:04 UTC), which is signing in; ctrl-c gives up"
pub(super) fn behind(holder: Option<&Holder>) -> String {
    let who = holder.map_or_else(
        || "another process".to_owned(),
        |holder| {
            let (hour, minute, second) = holder.since.to_hms();
            format!(
                "{} (process {}, since {hour:02}:{minute:02}:{second:02} UTC)",
                holder.command, holder.pid
            )
        },
    );
    format!("waiting for {who}, which is signing in; ctrl-c gives up")
}

/// What to do, in full.
pub(super) fn prompt(paint: Paint, prompt: &Prompt, room: &Room) -> String {
    let heading = paint.tone(Tone::Heading, "Sign in to AWS");
    match prompt {
        Prompt::Code(code) => format!("{heading}\n{}", for_code(paint, code, room)),
        Prompt::Page(page) => format!("{heading}\n{}", for_page(page)),
    }
}

fn for_code(paint: Paint, code: &DeviceCode, room: &Room) -> String {
    let shown = paint.tone(Tone::Heading, &code.user_code);
    let mut out = format!("  1. open     {}\n  2. compare  {shown}", code.page_with_code);
    if room.terminal {
        for line in large(code, room).into_iter().chain(phone(code, room)) {
            out.push_str(&format!("\n  {line}"));
        }
    }
    out
}

/// Nothing where there is no room for more than the code itself.
fn large(code: &DeviceCode, room: &Room) -> Vec<String> {
    let (columns, rows) = (room.columns.saturating_sub(4), room.rows.saturating_sub(10));
    let fits = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let lines = letters::lines(&code.user_code, fits(columns), fits(rows));
    if lines.len() > 1 { lines } else { Vec::new() }
}

/// A QR code, dark on light whatever the colours; a phone cannot open a page of this machine.
fn phone(code: &DeviceCode, room: &Room) -> Vec<String> {
    let fits = |rows: &Vec<String>| {
        rows.len() + 16 <= room.rows && rows.iter().all(|row| row.chars().count() + 4 <= room.columns)
    };
    let rows = qr::rows(&code.page_with_code).filter(|_| is_reachable(&code.page_with_code)).filter(fits);
    let inverted = |row: String| row.chars().map(qr::inverted).collect::<String>();
    let rows = rows.into_iter().flatten().map(inverted);
    let words = "or scan it with a phone:".to_owned();
    let mut all: Vec<String> = rows.collect();
    if !all.is_empty() {
        all.insert(0, words);
    }
    all
}

fn for_page(page: &BrowserPage) -> String {
    format!(
        "  1. approve in your browser; if it does not open, open\n     {}\n  2. a browser on another machine ends at an \
         address of 127.0.0.1: paste it here",
        page.url
    )
}

/// For those who read it later.
pub(super) fn limit(prompt: &Prompt, now: OffsetDateTime) -> String {
    let minutes = (prompt.expires_at() - now).whole_minutes() + 1;
    format!("waiting for your approval, {minutes} minutes at most; ctrl-c cancels")
}

/// The line that counts down.
pub(super) fn counting(
    prompt: &Prompt,
    now: OffsetDateTime,
    keys: bool,
    remark: Option<&str>,
    typed: usize,
) -> String {
    let left = (prompt.expires_at() - now).whole_seconds().max(0);
    let clock = format!("waiting for approval · {}:{:02}", left / 60, left % 60);
    if typed > 0 {
        return format!("{clock} · {typed} characters, Enter takes them, Esc forgets them");
    }
    if let Some(remark) = remark {
        return format!("{clock} · {remark}");
    }
    if !keys {
        return format!("{clock} · ctrl-c cancels");
    }
    let switch = match prompt {
        Prompt::Code(_) => "b browser",
        Prompt::Page(_) => "d device code",
    };
    format!("{clock} · o open · c copy · {switch} · r again · ctrl-c")
}

#[cfg(test)]
mod tests;
