//! How many services can start, and what keeps the others: the same words in `status`, `doctor` and on the screen.
//!
//! The rule: made from the matrix and nothing else, so it is free of values and cannot disagree with it. What has one cause
//! is told once: a session that has expired is one thing in the way, however many variables wait for it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, Lag, Matrix, Obstacle, Status};

/// "5 of 7 services ready", and why not all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Readiness {
    /// Services that have all they require.
    pub ready: usize,
    /// All in scope.
    pub services: usize,
    pub says: String,
    /// What stops most services comes first.
    pub blockers: Vec<Blocker>,
    /// How far the env files lag behind their sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lag: Option<Lag>,
}

/// One thing in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blocker {
    pub status: Status,
    /// What it keeps back, in the order of the profile; empty for what is about no variable.
    pub variables: Vec<String>,
    /// What it is about, where that is no variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who cannot start because of it.
    pub stops: Vec<String>,
    /// What is so, as one clause.
    pub says: String,
    pub next: Option<String>,
}

/// Names listed before the rest is counted.
const LISTED: usize = 3;

impl Matrix {
    pub fn readiness(&self) -> Readiness {
        let mut blockers: Vec<Blocker> = Vec::new();
        for row in &self.services {
            if let Some(obstacle) = &row.obstacle {
                let found = Blocker::obstacle(&row.service, obstacle);
                match blockers.iter_mut().find(|one| (&one.place, &one.says) == (&found.place, &found.says)) {
                    Some(blocker) => blocker.stops.extend(found.stops),
                    None => blockers.push(found),
                }
            }
            for cell in row.cells.iter().filter(|cell| cell.status.stops()) {
                match blockers.iter_mut().find(|blocker| blocker.is_behind(cell)) {
                    Some(blocker) => blocker.join(&row.service, cell),
                    None => blockers.push(Blocker::of(&row.service, cell)),
                }
            }
        }
        blockers.sort_by_key(|blocker| std::cmp::Reverse(blocker.stops.len()));
        let (ready, services, says) = (self.ready, self.services.len(), self.verdict());
        Readiness { ready, services, says, blockers, lag: self.lag() }
    }
}

impl Readiness {
    pub fn all_ready(&self) -> bool {
        self.ready == self.services
    }
}

impl Blocker {
    fn of(service: &str, cell: &Cell) -> Self {
        Self {
            status: cell.status,
            variables: vec![cell.variable.clone()],
            place: None,
            stops: vec![service.to_owned()],
            says: cell.problem.clone().unwrap_or_else(|| cell.status.to_string()),
            next: cell.next.clone(),
        }
    }

    fn obstacle(service: &str, obstacle: &Obstacle) -> Self {
        Self {
            status: Status::Blocked,
            variables: Vec::new(),
            place: Some(obstacle.what.clone()),
            stops: vec![service.to_owned()],
            says: obstacle.says.clone(),
            next: Some(obstacle.next.clone()),
        }
    }

    /// One variable is one thing; a source that could not be read is one thing for all that wait for it.
    fn is_behind(&self, cell: &Cell) -> bool {
        let same = self.status == cell.status && self.next == cell.next;
        let alone = self.variables.first() == Some(&cell.variable);
        let shared = cell.status == Status::Blocked && Some(&self.says) == cell.problem.as_ref();
        same && (alone || shared)
    }

    fn join(&mut self, service: &str, cell: &Cell) {
        if !self.variables.contains(&cell.variable) {
            self.variables.push(cell.variable.clone());
        }
        if !self.stops.iter().any(|one| one == service) {
            self.stops.push(service.to_owned());
        }
    }

    /// "JWT_SECRET", "A, B, C and 4 more", "folder api".
    pub fn what(&self) -> String {
        self.place.clone().unwrap_or_else(|| listed(&self.variables))
    }

    /// "stops api, web".
    pub fn stopped(&self) -> String {
        format!("stops {}", listed(&self.stops))
    }
}

fn listed(names: &[String]) -> String {
    match names.len() {
        count if count > LISTED + 1 => {
            format!("{} and {} more", names[..LISTED].join(", "), count - LISTED)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Need;
    use crate::resolve::{MATRIX_VERSION, ServiceRow};

    fn cell(variable: &str, status: Status, problem: &str, next: &str) -> Cell {
        Cell {
            variable: variable.into(),
            about: None,
            need: Need::Required,
            secret: true,
            status,
            origin: None,
            since: None,
            hides: Vec::new(),
            cached: None,
            at: None,
            unwritten: None,
            problem: Some(problem.into()),
            next: Some(next.into()),
            tried: Vec::new(),
        }
    }

    fn matrix(services: Vec<(&str, Vec<Cell>)>) -> Matrix {
        let row = |(name, cells): (&str, Vec<Cell>)| ServiceRow {
            service: name.into(),
            about: None,
            path: name.into(),
            env_file: None,
            obstacle: None,
            ready: !cells.iter().any(|cell| cell.status.stops()),
            start: None,
            cells,
        };
        let services: Vec<ServiceRow> = services.into_iter().map(row).collect();
        Matrix {
            version: MATRIX_VERSION,
            profile: "shop".into(),
            title: "Shop".into(),
            environment: "development".into(),
            ready: services.iter().filter(|row| row.ready).count(),
            services,
        }
    }

    fn expired(variable: &str) -> Cell {
        cell(variable, Status::Blocked, "aws: the session has expired", "devsecrets login")
    }

    fn missing(variable: &str) -> Cell {
        cell(variable, Status::Missing, "no source has it", &format!("ask for {variable}"))
    }

    #[test]
    fn one_cause_is_told_once_and_the_worst_first() {
        let found = matrix(vec![
            ("web", vec![missing("STRIPE_KEY")]),
            ("api", vec![expired("A"), expired("B"), missing("STRIPE_KEY"), missing("OTHER")]),
            ("mail", vec![expired("C")]),
            ("jobs", vec![expired("A")]),
            ("docs", vec![cell("X", Status::Unset, "", "")]),
        ])
        .readiness();
        assert_eq!((found.says.as_str(), found.all_ready()), ("1 of 5 services ready", false));
        let told = found.blockers.iter().map(|one| format!("{} {}", one.what(), one.stopped()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            ["A, B, C stops api, mail, jobs", "STRIPE_KEY stops web, api", "OTHER stops api"]
        );
    }

    #[test]
    fn a_service_without_its_folder_cannot_start() {
        let mut found = matrix(vec![("api", vec![cell("A", Status::Ready, "", "")])]);
        found.services[0].obstacle = Some(Obstacle::no_folder("services/api"));
        let blockers = found.readiness().blockers;
        let [folder] = blockers.as_slice() else { panic!("{blockers:?}") };
        assert_eq!(
            (folder.what().as_str(), folder.stopped().as_str(), folder.says.as_str()),
            ("folder services/api", "stops api", "the folder does not exist")
        );
    }

    /// Two variables nobody has are two things to get, though the sentence is the same.
    #[test]
    fn what_is_missing_is_never_lumped_together() {
        let one = cell("A", Status::Missing, "no source has it", "ask");
        let two = cell("B", Status::Missing, "no source has it", "ask");
        assert_eq!(matrix(vec![("api", vec![one, two])]).readiness().blockers.len(), 2);
    }

    #[test]
    fn long_lists_are_counted() {
        let all = (0..9).map(|n| expired(&format!("V{n}"))).collect();
        let found = matrix(vec![("api", all)]).readiness();
        assert_eq!(found.blockers[0].what(), "V0, V1, V2 and 6 more");
        assert!(matrix(vec![("api", vec![])]).readiness().blockers.is_empty());
    }
}
