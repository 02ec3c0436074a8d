//! `--watch`: the command is started again once it would be given something else.
//!
//! The rule: what runs is ended for a start alone, and Ctrl-C ends all of it, whatever the command makes of that key.

use std::time::Instant;

use super::beside::{beside, masks, passed_on};
use super::lookout::{Lookout, News};
use super::{Found, found, not_started, opened, say, told};
use crate::cli::Exit;
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::run::{Beside, Environment, OURS, Outcome, Patience, Stopped};

/// One command, started again and again.
struct Watching<'a> {
    context: &'a Context,
    args: &'a Run,
    beside: Beside<'a>,
    lookout: Lookout<'a>,
    patience: Patience,
}

/// Starts the command, and again at each change, until it ends well or somebody ends it.
pub(super) async fn watch(context: &Context, args: &Run) -> Found<Exit> {
    // A question is asked before signals are caught, so that Ctrl-C answers it too.
    let session = opened(context)?;
    let mut beside = beside(context, args)?.minding_keys();
    let (session, mut environment) = match beside.wait(found(context, args, session)).await {
        Ok(found) => found?,
        Err(code) => return Ok(Exit::Code(code)),
    };
    let lookout = Lookout::new(context, args, session, environment.service());
    let mut watching = Watching { context, args, beside, lookout, patience: Patience::default() };
    loop {
        environment = match watching.once(&environment).await? {
            Ok(next) => next,
            Err(exit) => return Ok(exit),
        };
        told(context, args.allow_missing, &environment);
        say(context, &format!("starting {} again", environment.service()));
    }
}

impl Watching<'_> {
    /// Runs the command with `given`. What to start it with next, or how all of it has ended.
    async fn once(&mut self, given: &Environment) -> Found<Result<Environment, Exit>> {
        let masks = if self.args.redact { Some(masks(self.context, given)?) } else { None };
        let (begun, mut news, lookout) = (Instant::now(), None, &mut self.lookout);
        let change = async { news = Some(lookout.news(given).await) };
        let ended = self.beside.run(given, masks, change).await;
        let all_written = passed_on(self.context, &mut self.beside);
        let ended = match ended {
            Ok(ended) => ended,
            Err(error) => return Ok(Err(not_started(self.context, &error))),
        };
        if let Some(exit) = over(ended, all_written) {
            return Ok(Err(exit));
        }
        self.tell(ended, given.service());
        Ok(self.next(given, news, begun).await.map_err(Exit::Code))
    }

    /// What to start with after `given`; the exit code when a signal comes first.
    async fn next(
        &mut self,
        given: &Environment,
        news: Option<News>,
        begun: Instant,
    ) -> Result<Environment, u8> {
        let lookout = &mut self.lookout;
        let environment = match news {
            Some(News::Start(environment)) => *environment,
            Some(News::Question) => self.beside.wait(lookout.start(given, true)).await?,
            None => self.beside.wait(lookout.start(given, false)).await?,
        };
        let Some(wait) = self.patience.after(begun.elapsed()) else { return Ok(environment) };
        say(self.context, &format!("it was stopped again and again; waiting {} s", wait.as_secs()));
        self.beside.wait(tokio::time::sleep(wait)).await?;
        // It may have changed once more meanwhile.
        self.beside.wait(lookout.start(given, true)).await
    }

    /// Why the command does not run just now.
    fn tell(&self, ended: Outcome, service: &str) {
        let why = self.lookout.why.says();
        let text = match ended {
            Outcome::Stopped(Stopped::Asked) => format!("{why}: {service} has ended on SIGTERM"),
            Outcome::Stopped(Stopped::Killed) => {
                format!("{why}: {service} did not end on SIGTERM, and was killed")
            }
            Outcome::Stopped(Stopped::Before) => format!("{why}: {service} had ended"),
            Outcome::Ended(code) | Outcome::Told(code) => {
                let when = self.lookout.hopes();
                let text = format!("devsecrets: {service} ended with {code}; it starts again when {when}");
                // Nothing runs and nobody is asked: whoever wants quiet must know as well.
                return self.context.out.ask(|paint| paint.tone(Tone::Faint, &text));
            }
        };
        say(self.context, &text);
    }
}

/// How all of it ends with the command's end. One that failed by itself may do better after a change; one that ended well, or
/// was ended, is done.
fn over(ended: Outcome, all_written: bool) -> Option<Exit> {
    const FROM_OUTSIDE: [u8; 5] = [129, 130, 131, 141, 143];
    match ended {
        Outcome::Ended(0) if !all_written => Some(Exit::Code(OURS)),
        Outcome::Ended(code) if code != 0 && !FROM_OUTSIDE.contains(&code) => None,
        Outcome::Ended(code) | Outcome::Told(code) => Some(Exit::Code(code)),
        Outcome::Stopped(_) => None,
    }
}
