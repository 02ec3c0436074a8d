//! The full-screen terminal UI: day one as a walk of seven steps, and the board ever after.
//!
//! Elm-like. `update` turns a message into a new `Model` and a list of effects; it
//! reads no clock, file or network. `view` draws a model. The `runtime` alone performs effects, and
//! owns the one [`Session`](crate::onboard::Session) that holds values. So what a screen does is a table
//! of plain data, and what it shows cannot contain a secret: the model has no type that could hold one, but for the
//! masked input.

mod effect;
mod keymap;
mod model;
mod msg;
mod overlays;
mod runtime;
mod screens;
mod terminal;
mod theme;
mod update;
mod view;
mod walk;
mod widgets;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod picture;
#[cfg(test)]
mod tests;

pub use runtime::{Approve, Ended, Extras, run};
pub use theme::{Depth, Theme};
