//! From requirement and sources to a value with its origin, and the value-free table of it all.

mod matrix;
mod origin;

pub use matrix::{Cell, MATRIX_VERSION, Matrix, ServiceRow, Status};
pub use origin::{NoValue, NotAsked, Origin, Try};
