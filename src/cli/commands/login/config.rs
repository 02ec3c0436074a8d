//! The AWS config file after a sign-in: the diff is shown, then it is written if somebody agrees.
//!
//! The rule: whatever is wrong with the file, the sign-in stands, so nothing here fails the command.

use serde::Serialize;

use crate::cli::args::Login;
use crate::cli::ask;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::onboard::{ConfigWritten, Session};
use crate::sso::config_file::{ConfigPlan, ConfigState};

/// What `--json` says of it.
#[derive(Serialize)]
pub(super) struct Told {
    plan: ConfigPlan,
    /// Absent when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<ConfigWritten>,
}

/// Plans, shows, asks, writes. `None` with `--no-config`.
pub(super) fn offer(context: &Context, session: &mut Session, args: &Login) -> Option<Told> {
    if args.no_config {
        return None;
    }
    let plan = session.plan_config().ok()?;
    if plan.declined && !args.write_config {
        return Some(Told { plan, written: None });
    }
    plan.findings.iter().for_each(|finding| context.out.finding(finding));
    let written = match plan.state {
        ConfigState::Ready => agreed(context, session, &plan, args),
        ConfigState::Current | ConfigState::Blocked => None,
    };
    Some(Told { plan, written })
}

fn agreed(
    context: &Context,
    session: &mut Session,
    plan: &ConfigPlan,
    args: &Login,
) -> Option<ConfigWritten> {
    show(context, plan);
    let (asking, yes) = (context.settings.interactive, context.global.yes || args.write_config);
    if !yes && !asking {
        context.out.say(|_| format!("{} is not written; devsecrets login --yes agrees", plan.file));
        return None;
    }
    if !yes && !ask::confirm(&format!("Write this to {}?", plan.file)) {
        // A state folder that cannot be written costs the same question next time.
        let _ = session.decline_config();
        context
            .out
            .say(|_| "not written, and not asked again; devsecrets login --write-config does it".to_owned());
        return None;
    }
    match session.write_config(plan) {
        Ok(written) => {
            context.out.say(|paint| said(&paint.tone(Tone::Good, "written"), &written));
            Some(written)
        }
        Err(finding) => {
            context.out.finding(&finding);
            None
        }
    }
}

fn said(word: &str, written: &ConfigWritten) -> String {
    let copy = written.copy.as_ref().map(|copy| format!("\nas it was before: {copy}")).unwrap_or_default();
    format!("{word}: aws --profile {} now works{copy}", written.aws_profile)
}

fn show(context: &Context, plan: &ConfigPlan) {
    context.out.say(|paint| {
        let heading = match &plan.instead_of {
            Some(taken) => format!("{}, with profile {} instead of {taken}", plan.file, plan.aws_profile),
            None => plan.file.clone(),
        };
        let line = |line: &crate::sso::config_file::DiffLine| {
            let text = format!("  {} {}", line.sign, line.text);
            match line.sign {
                '+' => paint.tone(Tone::Good, &text),
                '-' => paint.tone(Tone::Bad, &text),
                _ => text,
            }
        };
        let lines: Vec<String> = plan.lines.iter().map(line).collect();
        format!("{}\n{}", paint.tone(Tone::Heading, &heading), lines.join("\n"))
    });
}
