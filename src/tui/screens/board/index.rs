//! The table looked over once: what every frame would else have to work out again.
//!
//! The rule: made anew whenever there are new facts, and never while drawing. Places are positions within the matrix it was
//! made from; asked with another one it answers nothing rather than wrongly.

use std::collections::BTreeMap;

use crate::resolve::{Blocker, Cell, Matrix};

#[derive(Debug, Default)]
pub struct Index {
    /// Names of all variables, in the order services first name them: the rows of a grid.
    pub variables: Vec<String>,
    /// For each service its cells: the variable's row, and the place among the service's own, by row.
    cells: Vec<Vec<(usize, usize)>>,
    /// For each service, how many of its cells stop it.
    pub open: Vec<usize>,
    /// For each variable, how many services have it and how many of these it stops.
    pub uses: Vec<(usize, usize)>,
    /// Cells that stop a service.
    pub stopping: usize,
    /// What keeps services from starting, the worst first.
    pub blockers: Vec<Blocker>,
    /// Variables that the env files do not say, or no longer rightly.
    pub unwritten: usize,
    /// Columns of the longest name.
    pub longest: usize,
}

impl Index {
    pub fn of(matrix: &Matrix) -> Self {
        let names: Vec<&str> = matrix.variables();
        let rows: BTreeMap<&str, usize> = names.iter().enumerate().map(|(row, name)| (*name, row)).collect();
        let mut uses = vec![(0, 0); names.len()];
        let mut cells = Vec::with_capacity(matrix.services.len());
        for service in &matrix.services {
            let places = service.cells.iter().enumerate();
            let mut own: Vec<(usize, usize)> =
                places.filter_map(|(at, cell)| Some((*rows.get(cell.variable.as_str())?, at))).collect();
            for (row, at) in &own {
                uses[*row].0 += 1;
                uses[*row].1 += usize::from(service.cells[*at].status.stops());
            }
            own.sort_unstable();
            cells.push(own);
        }
        let stops = |cells: &[Cell]| cells.iter().filter(|cell| cell.status.stops()).count();
        let open: Vec<usize> = matrix.services.iter().map(|row| stops(&row.cells)).collect();
        let readiness = matrix.readiness();
        Self {
            longest: names.iter().map(|name| name.chars().count()).max().unwrap_or(0),
            variables: names.into_iter().map(str::to_owned).collect(),
            stopping: open.iter().sum(),
            blockers: readiness.blockers,
            unwritten: readiness.lag.map_or(0, |lag| lag.absent + lag.outdated),
            cells,
            open,
            uses,
        }
    }

    /// The cell of a variable within its service, if the service has it.
    pub fn cell<'a>(&self, matrix: &'a Matrix, service: usize, variable: usize) -> Option<&'a Cell> {
        let own = self.cells.get(service)?;
        let place = own.binary_search_by_key(&variable, |(row, _)| *row).ok()?;
        let cell = matrix.services.get(service)?.cells.get(own[place].1)?;
        (self.variables.get(variable) == Some(&cell.variable)).then_some(cell)
    }

    /// Rows and cells of a service, in the order of its contract.
    pub fn of_service<'a>(
        &'a self,
        matrix: &'a Matrix,
        service: usize,
    ) -> impl Iterator<Item = (usize, &'a Cell)> {
        let mut own = self.cells.get(service).cloned().unwrap_or_default();
        own.sort_unstable_by_key(|(_, at)| *at);
        own.into_iter().filter_map(move |(row, _)| Some((row, self.cell(matrix, service, row)?)))
    }
}
