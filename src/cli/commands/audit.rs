//! `devsecrets audit`: look for secrets where none may be.
//!
//! Needs neither a profile nor a keychain, so that it works in a hook and on a build machine.

use std::path::{Path, PathBuf};

use super::Outcome;
use crate::audit::{self, AuditError, Baseline, Known, Rules, Scanner, Source, survey};
use crate::cli::Exit;
use crate::cli::args::Audit;
use crate::cli::context::Context;
use crate::cli::output;
use crate::finding::{Finding, Severity};

pub(super) fn run(context: &Context, args: &Audit) -> Outcome {
    look(context, args).map_err(|error| error.finding())
}

fn look(context: &Context, args: &Audit) -> Result<Exit, AuditError> {
    let folder = &context.settings.folder;
    let mut baseline = baseline(folder, args)?;
    let key = baseline.as_ref().map(|baseline| baseline.key().clone());
    let known = context.settings.state_folder().and_then(|state| Known::open(&state).ok());
    let scanner = Scanner::new(Rules::own()?, key);
    let scanner = match known {
        Some(known) => scanner.knowing(known.own()),
        None => scanner,
    };
    let heeded = baseline.as_ref().filter(|_| !args.update_baseline);
    let audit = survey(&scanner, &source(args), folder, heeded)?;
    context.out.document(&audit);
    context.out.text(|paint| output::audit(paint, &audit));
    let flaws: Vec<Finding> = audit.flaws().into_iter().map(|flaw| in_ci(context, flaw)).collect();
    flaws.iter().for_each(|flaw| context.out.finding(flaw));
    if let Some(baseline) = baseline.as_mut().filter(|_| args.update_baseline) {
        let count = baseline.replace(&audit.leaks)?;
        context
            .out
            .say(|_| format!("the baseline accepts {count} from now on; values of your own it never does"));
        let own = audit.leaks.iter().any(|leak| leak.own.is_some());
        return Ok(if own { Exit::Findings } else { Exit::Good });
    }
    let flawed = flaws.iter().any(|flaw| flaw.severity == Severity::Error);
    Ok(match audit.leaks.is_empty() {
        false => Exit::Findings,
        true if flawed => Exit::Failed,
        true => Exit::Good,
    })
}

/// Where nobody reads along, an audit of nothing must not pass.
fn in_ci(context: &Context, flaw: Finding) -> Finding {
    let fatal = flaw.code == audit::NOTHING && context.settings.var("CI").is_some();
    if fatal { Finding { severity: Severity::Error, ..flaw } } else { flaw }
}

fn source(args: &Audit) -> Source {
    match (&args.stdin, &args.commits) {
        (Some(name), _) => Source::Input(name.clone()),
        (_, Some(range)) => Source::Commits(range.clone()),
        _ if args.history => Source::History,
        _ if args.staged => Source::Staged,
        _ if args.paths.is_empty() => Source::Tracked,
        _ => Source::Paths(args.paths.clone()),
    }
}

/// The baseline that is there, or an empty one when it is to be written.
fn baseline(folder: &Path, args: &Audit) -> Result<Option<Baseline>, AuditError> {
    let place: PathBuf = match &args.baseline {
        Some(named) => folder.join(named),
        None => Baseline::place(&audit::root(folder).unwrap_or_else(|| folder.to_owned())),
    };
    match Baseline::read(&place)? {
        None if args.update_baseline => Baseline::new(&place).map(Some),
        None if args.baseline.is_some() => Err(Baseline::missing(&place)),
        found => Ok(found),
    }
}
