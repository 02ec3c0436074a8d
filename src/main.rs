//! Parse, run, exit code. The one place that knows both faces.

use std::process::ExitCode;
use std::rc::Rc;

use devsecrets::cli::{self, Cli, Exit, Next, Screen};
use devsecrets::tui::{self, Approve, Extras, Theme};

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    leave_no_core_dump();
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    // One thread is enough and starts in a tenth of a millisecond.
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(cli)).into(),
        Err(error) => cli::cannot_run(&error).into(),
    }
}

/// A core dump would put values on a disk. It also keeps other programs of the same user from reading our memory. The
/// programs we start are dumpable again, as `execve(2)` says; a sandbox that refuses this changes nothing else.
#[cfg(target_os = "linux")]
fn leave_no_core_dump() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

async fn run(cli: Cli) -> Exit {
    match cli::run(cli).await {
        Next::Done(exit) => exit,
        Next::Screen(screen) => show(screen).await,
    }
}

async fn show(screen: Screen) -> Exit {
    let Screen { session, settings, questions, demo, talk } = screen;
    let approve = demo
        .as_ref()
        .map(|demo| demo.sandbox())
        .map(|sandbox| -> Approve { Rc::new(move |code| sandbox.approve(code)) });
    let extras = Extras {
        banner: demo.as_ref().map(|_| "demo: a sandbox on this machine".to_owned()),
        suggested: demo.as_ref().map(|_| "services".to_owned()),
        removal: demo.as_ref().map(|_| "devsecrets demo --clean".to_owned()),
        shell: demo.as_ref().and_then(|demo| demo.leads_in()),
        theme: Theme::from_settings(&settings),
        questions: Some(questions),
        approve,
    };
    match tui::run(session, &settings, extras).await {
        Ok(ended) => talk.goodbye(ended.report.as_ref(), ended.matrix.as_ref(), demo.as_deref()),
        Err(error) => cli::cannot_run(&error),
    }
}
