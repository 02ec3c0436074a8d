//! Which part of the table is shown and in which order: what filter, order and grouping make of it.
//!
//! Made when one of these changes or new facts come; a frame takes its few rows out of it.

use std::cmp::Reverse;

use time::OffsetDateTime;

use super::index::Index;
use crate::resolve::{Cell, Matrix};
use crate::tui::widgets::fuzzy::finds;

/// In which order rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the profile has them.
    #[default]
    Profile,
    /// What stops a service first.
    Trouble,
    Name,
    /// What has stood longest first.
    Age,
}

impl Order {
    pub fn next(self) -> Self {
        match self {
            Self::Profile => Self::Trouble,
            Self::Trouble => Self::Name,
            Self::Name => Self::Age,
            Self::Age => Self::Profile,
        }
    }

    pub fn says(self) -> &'static str {
        match self {
            Self::Profile => "in the profile's order",
            Self::Trouble => "what stops a service first",
            Self::Name => "by name",
            Self::Age => "oldest first",
        }
    }
}

/// What the rows of the list hang under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    #[default]
    Service,
    Variable,
}

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A service, or a variable when these are what is grouped by.
    Head(usize),
    Cell {
        service: usize,
        variable: usize,
    },
}

#[derive(Debug, Default)]
pub struct Shown {
    /// Columns of the grid.
    pub services: Vec<usize>,
    /// Rows of the grid.
    pub variables: Vec<usize>,
    /// Rows of the list.
    pub rows: Vec<Row>,
    /// Cells among them.
    pub found: usize,
}

impl Shown {
    pub fn of(matrix: &Matrix, index: &Index, filter: &str, order: Order, group: Group) -> Self {
        let sieve = Sieve::of(matrix, index, filter);
        let all = (0..matrix.services.len()).flat_map(|service| {
            index.of_service(matrix, service).map(move |(variable, cell)| (service, variable, cell))
        });
        let cells: Vec<(usize, usize, &Cell)> =
            all.filter(|(service, variable, cell)| sieve.lets(*service, *variable, cell)).collect();
        let (mut services, mut variables) = (Vec::new(), Vec::new());
        let mut seen = (vec![filter.is_empty(); matrix.services.len()], vec![false; index.variables.len()]);
        for (service, variable, _) in &cells {
            seen.0[*service] = true;
            seen.1[*variable] = true;
        }
        services.extend((0..matrix.services.len()).filter(|at| seen.0[*at]));
        variables.extend((0..index.variables.len()).filter(|at| seen.1[*at]));
        sort_services(matrix, index, &mut services, order);
        sort_variables(index, &cells, &mut variables, order);
        let rows = match group {
            Group::Service => by_service(&services, &cells, order),
            Group::Variable => by_variable(&variables, &cells, &services),
        };
        Self { services, variables, rows, found: cells.len() }
    }
}

type Placed<'a> = (usize, usize, &'a Cell);

fn sort_services(matrix: &Matrix, index: &Index, services: &mut [usize], order: Order) {
    match order {
        Order::Profile | Order::Age => {}
        Order::Trouble => services.sort_by_key(|at| Reverse(index.open[*at])),
        Order::Name => services.sort_by_key(|at| matrix.services[*at].service.as_str()),
    }
}

fn sort_variables(index: &Index, cells: &[Placed<'_>], variables: &mut [usize], order: Order) {
    match order {
        Order::Profile => {}
        Order::Trouble => variables.sort_by_key(|at| Reverse(index.uses[*at].1)),
        Order::Name => variables.sort_by_key(|at| index.variables[*at].as_str()),
        Order::Age => {
            let mut oldest: Vec<Option<OffsetDateTime>> = vec![None; index.variables.len()];
            for (_, variable, cell) in cells {
                oldest[*variable] = oldest[*variable].into_iter().chain(cell.since).min();
            }
            variables.sort_by_key(|at| age(oldest[*at]));
        }
    }
}

/// What has no date comes last.
fn age(since: Option<OffsetDateTime>) -> (bool, Option<OffsetDateTime>) {
    (since.is_none(), since)
}

fn by_service(services: &[usize], cells: &[Placed<'_>], order: Order) -> Vec<Row> {
    let mut rows = Vec::with_capacity(cells.len() + services.len());
    for service in services {
        // Cells stand service by service.
        let from = cells.partition_point(|(of, ..)| of < service);
        let to = cells.partition_point(|(of, ..)| of <= service);
        let mut own: Vec<&Placed<'_>> = cells[from..to].iter().collect();
        match order {
            Order::Profile => {}
            Order::Trouble => own.sort_by_key(|(.., cell)| !cell.status.stops()),
            Order::Name => own.sort_by_key(|(.., cell)| cell.variable.as_str()),
            Order::Age => own.sort_by_key(|(.., cell)| age(cell.since)),
        }
        rows.push(Row::Head(*service));
        rows.extend(
            own.iter().map(|(service, variable, _)| Row::Cell { service: *service, variable: *variable }),
        );
    }
    rows
}

fn by_variable(variables: &[usize], cells: &[Placed<'_>], services: &[usize]) -> Vec<Row> {
    let mut places = vec![0; services.iter().max().map_or(0, |last| last + 1)];
    for (place, service) in services.iter().enumerate() {
        places[*service] = place;
    }
    let mut sorted: Vec<(usize, usize)> =
        cells.iter().map(|(service, variable, _)| (*variable, *service)).collect();
    sorted.sort_by_key(|(variable, service)| (*variable, places[*service]));
    let mut rows = Vec::with_capacity(cells.len() + variables.len());
    for variable in variables {
        let from = sorted.partition_point(|(of, _)| of < variable);
        let to = sorted.partition_point(|(of, _)| of <= variable);
        rows.push(Row::Head(*variable));
        let own = sorted[from..to].iter();
        rows.extend(own.map(|(variable, service)| Row::Cell { service: *service, variable: *variable }));
    }
    rows
}

/// Which cells a filter lets through. Names are looked at once each, however many cells bear them.
struct Sieve {
    words: Vec<Word>,
}

struct Word {
    text: String,
    services: Vec<bool>,
    variables: Vec<bool>,
}

impl Sieve {
    fn of(matrix: &Matrix, index: &Index, filter: &str) -> Self {
        let word = |text: &str| Word {
            services: matrix.services.iter().map(|row| finds(text, &row.service)).collect(),
            variables: index.variables.iter().map(|name| finds(text, name)).collect(),
            text: text.to_owned(),
        };
        Self { words: filter.to_lowercase().split_whitespace().map(word).collect() }
    }

    /// Every word has to be found in a name, or to begin the status or the origin.
    fn lets(&self, service: usize, variable: usize, cell: &Cell) -> bool {
        self.words.iter().all(|word| {
            word.services[service]
                || word.variables[variable]
                || cell.status.to_string().starts_with(&word.text)
                || cell.origin.as_ref().is_some_and(|origin| origin.to_string().starts_with(&word.text))
        })
    }
}
