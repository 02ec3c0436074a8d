//! What is wrong with the world, one thing at a time: each is named with its place and the next step, and nothing is lost.

mod files;
mod settings;
mod store;
