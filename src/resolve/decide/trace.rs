//! Every source of one variable, in order, and how each fared: what `explain` shows.
//!
//! The rule: who won is not worked out again. It is read off [`decide`](super::decide)'s own outcome, so an
//! explanation can never disagree with the matrix.

use serde::Serialize;
use time::OffsetDateTime;

use super::{Asked, Question, Turn, View};
use crate::profile::{Need, Profile};
use crate::resolve::{NoValue, Origin, Outcome, Sources};

/// One source and how it fared. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub origin: Origin,
    /// The place within the source: a file, a secret's id.
    pub at: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
    /// When the copy was made, where one stands in for a store out of reach.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub cached: Option<OffsetDateTime>,
    pub verdict: Verdict,
    /// The verdict in words.
    pub says: String,
    /// What would make this source have it, when it could not be read.
    pub next: Option<String>,
}

/// How a source fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Its value is the one in use.
    Won,
    /// It has a value, and a source before it decides.
    Hidden,
    /// It has none.
    Lacks,
    /// It may have one and could not be read.
    Unread,
    /// Nothing connects it with this variable.
    Unconcerned,
}

/// How each source of `variable` fared for `service`, in order of precedence.
pub fn trace(
    profile: &Profile,
    environment: &str,
    service: &str,
    variable: &str,
    sources: &Sources,
) -> Vec<Step> {
    let view = View::Running;
    let guides = &sources.guides(service);
    let (name, env_file) = (variable, None);
    let variable = profile.variable(name);
    let question =
        Question { profile, environment, service, name, variable, sources, guides, env_file, view };
    let outcome = question.answer(Need::Optional);
    let won = match &outcome {
        Outcome::Found { origin, at, .. } => Some((origin, at)),
        Outcome::Opaque | Outcome::Nowhere { .. } => None,
    };
    let mut steps: Vec<Step> = Vec::new();
    // Our own copy is shown once, where the file stands.
    for turn in question.turns().filter(|turn| *turn != Turn::Copy) {
        let (origin, asked) = (question.origin(turn), question.ask(turn));
        let asked = if turn == Turn::Edit { question.in_file(asked) } else { asked };
        let held = asked.as_ref().ok().and_then(Option::as_ref);
        let wins = held.is_some_and(|held| won == Some((&origin, &held.at)));
        steps.push(step(&question, origin, asked, wins));
    }
    steps
}

impl Question<'_> {
    /// The file's value, whether an edit or our own copy.
    fn in_file(&self, edited: Asked) -> Asked {
        Ok(edited?.or_else(|| self.copy()))
    }
}

fn step(question: &Question<'_>, origin: Origin, asked: Asked, wins: bool) -> Step {
    let (verdict, says, next) = match &asked {
        Ok(Some(_)) if wins => (Verdict::Won, "in use".to_owned(), None),
        Ok(Some(held)) if held.value.is_blank() => (Verdict::Lacks, "set, but blank".to_owned(), None),
        Ok(Some(_)) if origin == Origin::File && question.copy().is_some() => {
            (Verdict::Hidden, "a copy devsecrets wrote; its source decides".to_owned(), None)
        }
        Ok(Some(_)) => (Verdict::Hidden, "has a value; a source before it decides".to_owned(), None),
        Ok(None) => {
            let (verdict, says) = unconcerned(question, &origin);
            (verdict, says, None)
        }
        Err(NoValue::Opaque) => (Verdict::Won, "in use, as it is; it is not UTF-8".to_owned(), None),
        Err(why) => {
            let verdict = if why.is_inconclusive() { Verdict::Unread } else { Verdict::Lacks };
            (verdict, why.to_string(), next(why))
        }
    };
    let held = asked.ok().flatten();
    let since = held.as_ref().and_then(|held| held.since);
    let cached = held.as_ref().and_then(|held| held.cached);
    Step { origin, at: held.and_then(|held| held.at), since, cached, verdict, says, next }
}

fn unconcerned(question: &Question<'_>, origin: &Origin) -> (Verdict, String) {
    let lacks = |says: String| (Verdict::Lacks, says);
    let not = |says: &str| (Verdict::Unconcerned, says.to_owned());
    let service = question.profile.service(question.service).ok();
    match origin {
        Origin::Environment => lacks("not exported in this shell".to_owned()),
        Origin::File => match service.and_then(|service| service.env_file_path()) {
            Some(path) => lacks(format!("not in {path}")),
            None => not("the service has no env file"),
        },
        Origin::Fallback => {
            let mut paths = service.map(|s| s.fallback_paths(question.environment)).unwrap_or_default();
            let stand_ins = question.sources.stand_ins.get(question.service).into_iter().flatten();
            paths.extend(stand_ins.map(|file| file.path.clone()));
            match paths {
                paths if paths.is_empty() => not("the service reads no other file"),
                _ if question.file().is_some() => not("the service's own file has it"),
                paths => lacks(format!("not in {}", paths.join(" or "))),
            }
        }
        Origin::Store(_) => not("names nothing for this service"),
        Origin::Keychain => not("no personal token is its value"),
        Origin::Generated => not("the profile does not derive it"),
        Origin::Default => lacks("the profile has no default here".to_owned()),
    }
}

fn next(why: &NoValue) -> Option<String> {
    match why {
        NoValue::Store(miss) => Some(miss.next_step()),
        NoValue::NotAsked(why) => Some(why.next_step()),
        NoValue::Keychain { next, .. } => Some(next.clone()),
        NoValue::NoToken { token } => Some(format!("keep your token: devsecrets token set {token}")),
        NoValue::NoSuchKey { id } | NoValue::NotText { id } => Some(format!("add the key to {id}")),
        NoValue::Twice { id } => Some(format!("give one of the secrets below {id} another name")),
        _ => None,
    }
}
