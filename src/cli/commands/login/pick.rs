//! Account and role: named, remembered, the only one, or picked by the person.
//!
//! A picker shows what was used last first, a page at a time; a number chooses, words search. An account without roles
//! is said and asked about again.

use crate::cli::ask;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::finding::{Finding, Remedy};
use crate::onboard::Session;
use crate::sso::{Account, Choice, Role, find_account, find_role, matches, nothing_assigned};

/// A page of a picker, so that the question stays in sight.
const PAGE: usize = 15;

/// There are several, and nobody made a choice.
pub(in crate::cli::commands) const NOT_CHOSEN: &str = "DS-SSO-14";

/// One line to choose.
struct Line {
    /// What words are looked for in.
    text: String,
    /// Why it stands out, with its tone.
    mark: Option<(Tone, &'static str)>,
}

/// The account and role to use. `wanted` is an account by id or name, and a role.
pub(in crate::cli::commands) async fn choose(
    context: &Context,
    session: &mut Session,
    anew: bool,
    wanted: Option<(&str, Option<&str>)>,
) -> Result<Choice, Finding> {
    if let Some(choice) = session.choice().filter(|_| !anew && wanted.is_none()) {
        return Ok(choice);
    }
    let accounts = session.accounts().await?;
    let marks = Marks { production: session.production_accounts(), recent: session.used_last() };
    let choice = match wanted {
        Some((account, role)) => {
            let account = find_account(&accounts, account)?;
            let roles = session.roles(&account.id).await?;
            let role = match role {
                Some(role) => find_role(&roles, role)?,
                None => pick_role(context, account, &roles, &marks)?,
            };
            choice(account, role)
        }
        None => pick_both(context, session, &accounts, &marks).await?,
    };
    session.choose(choice.clone()).await?;
    Ok(choice)
}

fn choice(account: &Account, role: &Role) -> Choice {
    let (account_id, account_name) = (account.id.clone(), account.name.clone());
    Choice { account_id, account_name, role_name: role.name.clone() }
}

async fn pick_both(
    context: &Context,
    session: &mut Session,
    accounts: &[Account],
    marks: &Marks,
) -> Result<Choice, Finding> {
    loop {
        let account = pick_account(context, accounts, marks)?;
        let roles = session.roles(&account.id).await?;
        if roles.is_empty() && accounts.len() > 1 && context.settings.interactive {
            context.out.say(|_| format!("no role of {} is yours, choose another account", account.name));
            continue;
        }
        return Ok(choice(account, pick_role(context, account, &roles, marks)?));
    }
}

/// What makes an account or role stand out.
struct Marks {
    production: Vec<String>,
    recent: Vec<Choice>,
}

impl Marks {
    fn account(&self, account: &Account) -> Option<(Tone, &'static str)> {
        if self.production.contains(&account.id) {
            return Some((Tone::Warn, "production"));
        }
        let used = self.recent.iter().any(|choice| choice.account_id == account.id);
        used.then_some((Tone::Faint, "recent"))
    }

    fn role(&self, role: &Role) -> Option<(Tone, &'static str)> {
        let is = |choice: &Choice| choice.account_id == role.account_id && choice.role_name == role.name;
        self.recent.iter().any(is).then_some((Tone::Faint, "recent"))
    }
}

fn pick_account<'a>(
    context: &Context,
    accounts: &'a [Account],
    marks: &Marks,
) -> Result<&'a Account, Finding> {
    let line = |account: &Account| Line {
        text: format!("{}  {}", account.id, account.name),
        mark: marks.account(account),
    };
    let lines: Vec<Line> = accounts.iter().map(line).collect();
    let picked = pick(context, "account", "", &lines)?;
    accounts.get(picked).ok_or_else(|| nothing_assigned("account"))
}

fn pick_role<'a>(
    context: &Context,
    account: &Account,
    roles: &'a [Role],
    marks: &Marks,
) -> Result<&'a Role, Finding> {
    let line = |role: &Role| Line { text: role.name.clone(), mark: marks.role(role) };
    let lines: Vec<Line> = roles.iter().map(line).collect();
    let picked = pick(context, "role", &format!(" in {}", account.name), &lines)?;
    roles.get(picked).ok_or_else(|| nothing_assigned("role"))
}

fn pick(context: &Context, noun: &str, of: &str, lines: &[Line]) -> Result<usize, Finding> {
    match lines.len() {
        0 => Err(nothing_assigned(noun)),
        1 => Ok(0),
        _ if !context.settings.interactive => Err(not_picked(noun)),
        _ => search(context, noun, of, lines).ok_or_else(|| not_picked(noun)),
    }
}

/// One of `texts` by the person's choice; `None` where nobody makes one.
pub(in crate::cli::commands) fn one_of(
    context: &Context,
    noun: &str,
    texts: impl Iterator<Item = String>,
) -> Option<usize> {
    let lines: Vec<Line> = texts.map(|text| Line { text, mark: None }).collect();
    context.settings.interactive.then(|| search(context, noun, "", &lines)).flatten()
}

/// Asks until one is chosen: a number chooses, words search, Enter alone shows all again; the end of input ends it.
fn search(context: &Context, noun: &str, of: &str, lines: &[Line]) -> Option<usize> {
    let mut found: Vec<usize> = (0..lines.len()).collect();
    loop {
        show(context, lines, &found);
        let answer = ask::line(&format!("Which {noun}{of}? number, or words to search: "))?;
        match answer.parse::<usize>() {
            _ if answer.is_empty() => {
                context.out.say(|_| format!("no {noun} is chosen yet: type its number; Ctrl-C leaves"));
                found = (0..lines.len()).collect();
            }
            Ok(number) if (1..=found.len()).contains(&number) => return found.get(number - 1).copied(),
            _ => {
                let hits =
                    |index: &usize| lines.get(*index).is_some_and(|line| matches(&answer, &[&line.text]));
                found = (0..lines.len()).filter(hits).collect();
            }
        }
        match found.as_slice() {
            [only] => {
                context.out.say(|_| lines.get(*only).map(|line| line.text.clone()).unwrap_or_default());
                return Some(*only);
            }
            [] => {
                context.out.say(|_| format!("no {noun} has “{answer}”"));
                found = (0..lines.len()).collect();
            }
            _ => {}
        }
    }
}

fn show(context: &Context, lines: &[Line], found: &[usize]) {
    context.out.say(|paint| {
        let row = |(index, line): (usize, &Line)| {
            let mark =
                line.mark.map(|(tone, word)| format!("  {}", paint.tone(tone, word))).unwrap_or_default();
            format!("{:>4}. {}{mark}", index + 1, line.text)
        };
        let shown = found.iter().take(PAGE).filter_map(|index| lines.get(*index)).enumerate().map(row);
        let more = found.len().saturating_sub(PAGE);
        let more =
            (more > 0).then(|| paint.tone(Tone::Faint, &format!("      and {more} more; search for them")));
        shown.chain(more).collect::<Vec<_>>().join("\n")
    });
}

fn not_picked(noun: &str) -> Finding {
    let remedy = Remedy::run("name it", "devsecrets login --account ID|NAME --role NAME");
    Finding::error(NOT_CHOSEN, noun, format!("there are several, and no {noun} was chosen"), remedy)
}
