//! Every command as a person or a script meets it: standard output, standard error and exit code together.

mod audit;
mod audit_hook;
mod demo;
mod doctor;
mod drift;
mod env;
mod environments;
mod errors;
mod explain;
mod flaws;
mod forget;
mod help;
mod loader;
mod login;
mod logout;
mod offline;
mod profiles;
mod programs;
mod run;
mod run_beside;
mod seed;
mod signing_in;
mod status;
mod token;
mod undo;
mod value;
