//! `devsecrets --plain`: day one as questions and lines, for screen readers and for terminals that cannot be drawn on.
//!
//! The rule: what was written is never written again, and neither a colour nor a place means anything. Each step is that
//! of a command, over one session, so that its words and its consent are the command's; a step that fails is told, and
//! those that do not need it follow.

mod end;

use super::login::{enter_and_say, one_of};
use super::status::remembered;
use super::{Outcome, seed, token};
use crate::cli::args::{Login, Seed};
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, trust};
use crate::demo::Demo;
use crate::finding::Finding;
use crate::onboard::{Opened, Session};
use crate::resolve::Matrix;

pub(super) async fn run(context: &Context, demo: Option<&Demo>) -> Outcome {
    let mut session = context.session();
    let opened = profile(context, &mut session)?;
    remembered(context, &opened);
    heading(context, &format!("{} ({}), {}", opened.title, opened.profile, opened.environment));
    if opened.start_url.is_some() && !context.settings.offline {
        heading(context, "Sign in");
        told(context, sign_in(context, &mut session, &opened).await);
    }
    trust::ask(context, &mut session);
    heading(context, "Services");
    let matrix = session.matrix().await?;
    context.out.text(|paint| output::matrix(paint, &matrix));
    let wrote = written(context, &mut session, &opened).await;
    if !opened.tokens.is_empty() {
        heading(context, "Personal tokens");
        told(context, token::fill(context, &mut session).await);
    }
    heading(context, "Done");
    let matrix = session.matrix().await?;
    end::say(context, &opened, &matrix, demo);
    Ok(ending(wrote, &matrix))
}

/// The one that applies, else one of a numbered list.
fn profile(context: &Context, session: &mut Session) -> Result<Opened, Finding> {
    if let Some(opened) = session.preferred() {
        return opened;
    }
    let choices: Vec<_> = session.choices().into_iter().filter(|choice| choice.problem.is_none()).collect();
    let names = choices.iter().map(|choice| format!("{}  {}", choice.name, choice.title));
    match one_of(context, "profile", names).and_then(|at| choices.get(at)) {
        Some(choice) => session.pick(&choice.name),
        None => Err(session.no_profile()),
    }
}

async fn sign_in(context: &Context, session: &mut Session, opened: &Opened) -> Result<(), Finding> {
    enter_and_say(context, session, &Login::default(), &opened.warnings).await.map(drop)
}

/// A project without env files has nothing to preview.
async fn written(context: &Context, session: &mut Session, opened: &Opened) -> Option<Exit> {
    if !opened.seeds_files {
        return Some(Exit::Good);
    }
    heading(context, "Preview");
    let wrote = seed::write(context, session, &Seed::default()).await;
    wrote.map_err(|finding| context.out.finding(&finding)).ok()
}

fn ending(wrote: Option<Exit>, matrix: &Matrix) -> Exit {
    match (wrote, matrix.all_ready()) {
        (Some(Exit::Good), true) => Exit::Good,
        _ => Exit::Findings,
    }
}

fn told(context: &Context, step: Result<(), Finding>) {
    if let Err(finding) = step {
        context.out.finding(&finding);
    }
}

fn heading(context: &Context, text: &str) {
    context.out.say(|paint| format!("\n{}", paint.tone(Tone::Heading, text)));
}
