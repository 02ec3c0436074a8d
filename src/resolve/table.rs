//! From resolutions to the matrix: status, problem and next action of each cell.

use super::environments::is_development;
use super::{
    Cell, MATRIX_VERSION, Matrix, NoValue, NotAsked, Obstacle, Origin, Outcome, Resolutions, ServiceRow,
    Status, Stop, Try,
};
use crate::profile::{Entry, Need, Profile, Service, Variable, has_nul};

/// The next step for a value that holds a NUL.
const ENCODE: &str = "keep it encoded: `encode = \"base64\"` in the profile";

impl Resolutions {
    /// The value-free twin, for the services that were decided.
    pub fn matrix(&self, profile: &Profile, services: &[String]) -> Matrix {
        let rows: Vec<ServiceRow> = services
            .iter()
            .filter_map(|name| Some(self.row(profile, name, profile.service(name).ok()?)))
            .collect();
        Matrix {
            version: MATRIX_VERSION,
            profile: profile.name.clone(),
            title: profile.title.clone(),
            environment: self.environment.clone(),
            ready: rows.iter().filter(|row| row.ready).count(),
            services: rows,
        }
    }

    fn row(&self, profile: &Profile, name: &str, service: &Service) -> ServiceRow {
        let contract = service.contract(&self.environment);
        let mut cells = Vec::with_capacity(contract.len());
        cells.extend(contract.into_iter().filter_map(|entry| {
            let outcome = self.get(name, entry.variable)?;
            let variable = profile.variable(entry.variable)?;
            Some(self.cell(profile, entry, variable, outcome))
        }));
        let homeless = self.homeless.contains(name).then(|| Obstacle::no_folder(&service.path));
        let obstacle = homeless.or_else(|| self.untold(name, &cells));
        ServiceRow {
            service: name.to_owned(),
            about: service.about.clone(),
            path: service.path.clone(),
            env_file: service.env_file_path(),
            ready: obstacle.is_none() && !cells.iter().any(|cell: &Cell| cell.status.stops()),
            obstacle,
            start: service.start.clone(),
            cells,
        }
    }

    /// What stops the service, unless one of its variables says so.
    fn untold(&self, service: &str, cells: &[Cell]) -> Option<Obstacle> {
        let Stop { obstacle, clause } = self.obstacles.get(service)?;
        let tells = |cell: &Cell| {
            cell.status.stops() && cell.problem.as_ref().is_some_and(|says| says.contains(clause))
        };
        (!cells.iter().any(tells)).then(|| obstacle.clone())
    }

    fn cell(&self, profile: &Profile, entry: Entry<'_>, variable: &Variable, outcome: &Outcome) -> Cell {
        let status = status(entry.need, outcome);
        let (origin, at, since, cached, hides, unwritten) = match outcome {
            Outcome::Found { origin, at, since, cached, hides, unwritten, .. } => {
                (Some(origin.clone()), at.clone(), *since, *cached, hides.clone(), *unwritten)
            }
            Outcome::Opaque => (Some(Origin::Environment), None, None, None, Vec::new(), None),
            Outcome::Nowhere { .. } => (None, None, None, None, Vec::new(), None),
        };
        Cell {
            variable: entry.variable.to_owned(),
            about: variable.about.clone(),
            need: entry.need,
            secret: variable.secret,
            status,
            problem: problem(status, outcome),
            next: self.next(profile, entry, variable, status, outcome),
            origin,
            at,
            since,
            cached,
            hides,
            unwritten,
            tried: outcome.tried().to_vec(),
        }
    }

    /// The one step that would help, most specific first.
    fn next(
        &self,
        profile: &Profile,
        entry: Entry<'_>,
        variable: &Variable,
        status: Status,
        outcome: &Outcome,
    ) -> Option<String> {
        let name = entry.variable;
        match (status, outcome) {
            (Status::Ready | Status::Absent, _) => None,
            (Status::Unset, _) => worth_a_word(outcome.tried()).map(|attempt| next_of(attempt, name)),
            (Status::Forbidden, Outcome::Found { at: Some(file), .. }) => {
                Some(format!("remove {name} from {file}"))
            }
            (Status::Forbidden, _) => Some(format!("unset {name} in your shell")),
            (Status::Invalid, Outcome::Found { value, .. }) if has_nul(Some(variable), value) => {
                Some(ENCODE.to_owned())
            }
            (Status::Invalid, Outcome::Found { origin, at, .. }) => {
                Some(correct(name, origin, at.as_deref()))
            }
            (Status::Blocked, _) => worth_a_word(outcome.tried()).map(|attempt| next_of(attempt, name)),
            _ => Some(self.how_to_get(profile, name, variable, outcome.tried())),
        }
    }

    /// For a value nobody has: where the profile says it is to be had.
    fn how_to_get(&self, profile: &Profile, name: &str, variable: &Variable, tried: &[Try]) -> String {
        if let Some(token) = &variable.token {
            return keep_token(token);
        }
        if let Some(request) = &variable.request {
            let owner = variable.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
            return format!("request it{owner}: {request}");
        }
        if let Some(owner) = &variable.owner {
            return format!("ask {owner} for {name}");
        }
        if let Some(step) = tried.iter().find_map(|attempt| mend(&attempt.why, name)) {
            return step;
        }
        let id = tried.iter().find_map(|attempt| match &attempt.why {
            NoValue::NoSuchKey { id } => Some(id),
            _ => None,
        });
        let off = tried.iter().find_map(|attempt| match &attempt.why {
            NoValue::NotAsked(why @ NotAsked::SwitchedOff { .. }) => Some(why.next_step()),
            _ => None,
        });
        match id {
            Some(id) => format!("add the key {name} to {id}"),
            None if tried.iter().any(|t| matches!(t.why, NoValue::Store(_))) => {
                tried.iter().map(|t| &t.why).find_map(miss_step).unwrap_or_default()
            }
            None if let Some(step) = off => format!("{step}, or {name} in the env file"),
            None if is_development(&self.environment) && !profile.store.is_empty() => {
                format!("add {name} to a store of the profile, or to the env file")
            }
            None => format!("set {name} in the env file, or export it"),
        }
    }
}

fn status(need: Need, outcome: &Outcome) -> Status {
    match (need, outcome) {
        (Need::Denied, Outcome::Found { .. } | Outcome::Opaque) => Status::Forbidden,
        (Need::Denied, Outcome::Nowhere { .. }) => Status::Absent,
        (_, Outcome::Found { broken: Some(_), .. }) => Status::Invalid,
        (_, Outcome::Found { .. } | Outcome::Opaque) => Status::Ready,
        (Need::Required, Outcome::Nowhere { tried }) if blocker(tried).is_some() => Status::Blocked,
        (Need::Required, Outcome::Nowhere { .. }) => Status::Missing,
        (Need::Optional, Outcome::Nowhere { .. }) => Status::Unset,
    }
}

fn problem(status: Status, outcome: &Outcome) -> Option<String> {
    match outcome {
        _ if status == Status::Forbidden => Some("the profile denies it to this service".to_owned()),
        Outcome::Found { broken, .. } => broken.clone(),
        Outcome::Opaque => Some("not UTF-8, so no rule was looked at; handed on as it is".to_owned()),
        Outcome::Nowhere { tried } if status.stops() || worth_a_word(tried).is_some() => {
            let telling = worth_a_word(tried).or_else(|| tried.first());
            Some(
                telling.map_or("no source is declared for it".to_owned(), |t| {
                    format!("{}: {}", t.origin, t.why)
                }),
            )
        }
        Outcome::Nowhere { .. } => None,
    }
}

/// The first source that may have the value and could not be read.
fn blocker(tried: &[Try]) -> Option<&Try> {
    tried.iter().find(|attempt| attempt.why.is_inconclusive())
}

/// What there is to say of a variable without a value: that its token is yet to be kept, which source could not be read, or
/// whose value is of no use.
fn worth_a_word(tried: &[Try]) -> Option<&Try> {
    let token = tried.iter().find(|attempt| matches!(attempt.why, NoValue::NoToken { .. }));
    let left_out = || tried.iter().find(|attempt| attempt.why.is_spoilt());
    token.or_else(|| blocker(tried)).or_else(left_out)
}

fn keep_token(token: &str) -> String {
    format!("keep your token: devsecrets token set {token}")
}

fn next_of(attempt: &Try, name: &str) -> String {
    match &attempt.why {
        NoValue::NotAsked(why) => why.next_step(),
        NoValue::Keychain { next, .. } => next.clone(),
        NoValue::NotShared { token, .. } => format!("use it here too: devsecrets token share {token}"),
        NoValue::NoToken { token } => keep_token(token),
        NoValue::Nul => ENCODE.to_owned(),
        NoValue::Shut { path } => format!("make {path} a file that you may read"),
        other => mend(other, name).or_else(|| miss_step(other)).unwrap_or_default(),
    }
}

/// What makes a value of what stands under its name.
fn mend(why: &NoValue, name: &str) -> Option<String> {
    match why {
        NoValue::Twice { id } => Some(format!("give one of the secrets below {id} another name")),
        NoValue::BrokenObject { id } => Some(format!("correct the JSON of {id}")),
        NoValue::NotText { id } => Some(format!("make {name} in {id} a text")),
        _ => None,
    }
}

fn miss_step(why: &NoValue) -> Option<String> {
    match why {
        NoValue::Store(miss) => Some(miss.next_step()),
        _ => None,
    }
}

fn correct(name: &str, origin: &Origin, at: Option<&str>) -> String {
    match (origin, at) {
        (Origin::Environment, _) => format!("correct {name} in your shell"),
        (_, Some(at)) => format!("correct {name} in {at}"),
        (origin, None) => format!("correct {name} ({origin})"),
    }
}
