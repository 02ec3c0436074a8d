//! `devsecrets audit`: look for secrets where none may be.
//!
//! Needs neither a profile nor a keychain, so that it works in a hook and on a build machine. A profile that is there adds
//! to what is looked for.

use std::path::PathBuf;

use clap::ValueEnum as _;

use super::Outcome;
use crate::audit::{self, AuditError, Audited, Baseline, Heed, Inspection, Source, Watch};
use crate::cli::Exit;
use crate::cli::args::{Audit, AuditFormat};
use crate::cli::context::Context;
use crate::cli::output;
use crate::finding::{Finding, Remedy, Severity};
use crate::onboard;

mod allow;
mod hook;
mod open;

pub(super) async fn run(context: &Context, args: &Audit) -> Outcome {
    match args {
        _ if context.global.json && args.format != AuditFormat::Text => Err(two_forms(args.format)),
        Audit { install_hook: true, .. } => hook::install(context),
        Audit { uninstall_hook: true, .. } => hook::uninstall(context),
        Audit { open: Some(place), .. } => open::run(context, place).await,
        Audit { allow, disallow, .. } if !allow.is_empty() || !disallow.is_empty() => {
            allow::run(context, args).map_err(|error| error.finding())
        }
        _ => look(context, args).map_err(|error| error.finding()),
    }
}

fn look(context: &Context, args: &Audit) -> Result<Exit, AuditError> {
    let heed = if args.update_baseline { Heed::Nothing } else { Heed::Baseline };
    let (Audited { mut audit, flaws, .. }, mut baseline) =
        inspection(context, args, heed).run(&Watch::default())?;
    let flaws: Vec<Finding> = flaws.into_iter().map(|flaw| in_ci(context, flaw)).collect();
    if let Some(baseline) = baseline.as_mut().filter(|_| args.update_baseline) {
        accept(context, args.format, baseline, &mut audit)?;
    }
    tell(context, args.format, &audit, &flaws);
    if args.update_baseline {
        return Ok(if audit.leaks.is_empty() { Exit::Good } else { Exit::Findings });
    }
    let flawed = flaws.iter().any(|flaw| flaw.severity == Severity::Error);
    Ok(match audit.leaks.is_empty() {
        false => Exit::Findings,
        true if flawed => Exit::Failed,
        true => Exit::Good,
    })
}

/// One output has one form; none of them is silently the other.
fn two_forms(format: AuditFormat) -> Finding {
    let name = format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let says = format!("--json and --format {name} are two forms of one output");
    Finding::error("DS-AUDIT-21", "--format", says, Remedy::says("leave one of the two out"))
}

fn inspection(context: &Context, args: &Audit, heed: Heed) -> Inspection {
    let named = context.global.profile.as_deref();
    let whole = onboard::inspection(&context.settings, named, source(context, args));
    Inspection { rules: args.rules.clone(), baseline: args.baseline.clone(), heed, ..whole }
}

fn tell(context: &Context, format: AuditFormat, audit: &audit::Audit, flaws: &[Finding]) {
    match format {
        AuditFormat::Text => {
            context.out.document(audit);
            context.out.text(|paint| output::audit(paint, audit));
        }
        AuditFormat::Sarif => context.out.raw(&format!("{:#}\n", audit::sarif(audit, flaws))),
        AuditFormat::Github => context.out.raw(&audit::annotations(audit, flaws)),
    }
    if format != AuditFormat::Github {
        flaws.iter().for_each(|flaw| context.out.finding(flaw));
    }
    if format != AuditFormat::Text {
        context.out.say(|paint| output::audit_in_short(paint, audit));
    }
}

/// What is accepted is no finding any more; each is named once, for it is the last time it is seen.
fn accept(
    context: &Context,
    format: AuditFormat,
    baseline: &mut Baseline,
    audit: &mut audit::Audit,
) -> Result<(), AuditError> {
    let count = baseline.replace(&audit.leaks)?;
    let (own, accepted): (Vec<_>, Vec<_>) = audit.leaks.drain(..).partition(|leak| leak.own.is_some());
    if format == AuditFormat::Text {
        context.out.text(|_| accepted.iter().map(allow::accepted).collect());
    }
    audit.accepted += accepted.len();
    audit.leaks = own;
    context
        .out
        .say(|_| format!("the baseline accepts {count} from now on; values of your own it never does"));
    Ok(())
}

/// Where nobody reads along, an audit of nothing must not pass.
fn in_ci(context: &Context, flaw: Finding) -> Finding {
    let fatal = flaw.code == audit::NOTHING && context.settings.var("CI").is_some();
    if fatal { Finding { severity: Severity::Error, ..flaw } } else { flaw }
}

fn source(context: &Context, args: &Audit) -> Source {
    match (&args.stdin, &args.commits) {
        (Some(name), _) => Source::Input(name.clone()),
        (_, Some(range)) => Source::Commits(range.clone()),
        _ if args.shell_history => histories(context),
        _ if args.history => Source::History,
        // Git names the index that is about to be committed to its hooks alone (githooks(5)).
        _ if args.staged && context.settings.var("GIT_INDEX_FILE").is_some() => Source::Commit,
        _ if args.staged => Source::Staged,
        _ if args.paths.is_empty() => Source::Tracked,
        _ => Source::Paths(args.paths.clone()),
    }
}

fn histories(context: &Context) -> Source {
    let files = |home: PathBuf| audit::histories(&home, context.settings.var("HISTFILE"));
    Source::Histories(context.settings.home().map(files).unwrap_or_default())
}
