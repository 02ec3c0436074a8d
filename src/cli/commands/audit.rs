//! `devsecrets audit`: look for secrets where none may be.
//!
//! Needs neither a profile nor a keychain, so that it works in a hook and on a build machine.

use std::path::{Path, PathBuf};

use super::Outcome;
use crate::audit::{self, AuditError, Baseline, Known, Rules, Scanner, Source, survey};
use crate::cli::Exit;
use crate::cli::args::{Audit, AuditFormat};
use crate::cli::context::Context;
use crate::cli::output;
use crate::finding::{Finding, Severity};
use crate::secret::FingerprintKey;

mod hook;

pub(super) fn run(context: &Context, args: &Audit) -> Outcome {
    if args.install_hook {
        return hook::install(context);
    }
    if args.uninstall_hook {
        return hook::uninstall(context);
    }
    look(context, args).map_err(|error| error.finding())
}

fn look(context: &Context, args: &Audit) -> Result<Exit, AuditError> {
    let folder = &context.settings.folder;
    let root = audit::root(folder);
    let mut baseline = baseline(root.as_deref().unwrap_or(folder), folder, args)?;
    let key = baseline.as_ref().map(|baseline| baseline.key().clone());
    let rules = rules(root.as_deref(), folder, args)?;
    let mut flaws = rules.flaws().to_vec();
    let scanner = scanner(context, rules, key);
    let heeded = baseline.as_ref().filter(|_| !args.update_baseline);
    let audit = survey(&scanner, &source(context, args), folder, heeded)?;
    flaws.extend(audit.flaws().into_iter().map(|flaw| in_ci(context, flaw)));
    tell(context, args.format, &audit, &flaws);
    if let Some(baseline) = baseline.as_mut().filter(|_| args.update_baseline) {
        return accept(context, baseline, &audit);
    }
    let flawed = flaws.iter().any(|flaw| flaw.severity == Severity::Error);
    Ok(match audit.leaks.is_empty() {
        false => Exit::Findings,
        true if flawed => Exit::Failed,
        true => Exit::Good,
    })
}

/// Ours, and those that were named, or that the repository keeps.
fn rules(root: Option<&Path>, folder: &Path, args: &Audit) -> Result<Rules, AuditError> {
    let mut rules = Rules::own()?;
    match (args.rules.is_empty(), root) {
        (true, Some(root)) => rules.read_of(root)?,
        _ => args.rules.iter().try_for_each(|file| rules.read(&folder.join(file)))?,
    }
    Ok(rules)
}

fn scanner(context: &Context, rules: Rules, key: Option<FingerprintKey>) -> Scanner {
    let known = context.settings.state_folder().and_then(|state| Known::open(&state).ok());
    match known {
        Some(known) => Scanner::new(rules, key).knowing(known.own()),
        None => Scanner::new(rules, key),
    }
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

fn accept(context: &Context, baseline: &mut Baseline, audit: &audit::Audit) -> Result<Exit, AuditError> {
    let count = baseline.replace(&audit.leaks)?;
    context
        .out
        .say(|_| format!("the baseline accepts {count} from now on; values of your own it never does"));
    let own = audit.leaks.iter().any(|leak| leak.own.is_some());
    Ok(if own { Exit::Findings } else { Exit::Good })
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
        _ if args.staged => Source::Staged,
        _ if args.paths.is_empty() => Source::Tracked,
        _ => Source::Paths(args.paths.clone()),
    }
}

fn histories(context: &Context) -> Source {
    let files = |home: PathBuf| audit::histories(&home, context.settings.var("HISTFILE"));
    Source::Histories(context.settings.home().map(files).unwrap_or_default())
}

/// The baseline that is there, or an empty one when it is to be written.
fn baseline(root: &Path, folder: &Path, args: &Audit) -> Result<Option<Baseline>, AuditError> {
    let place: PathBuf = match &args.baseline {
        Some(named) => folder.join(named),
        None => Baseline::place(root),
    };
    match Baseline::read(&place)? {
        None if args.update_baseline => Baseline::new(&place).map(Some),
        None if args.baseline.is_some() => Err(Baseline::missing(&place)),
        found => Ok(found),
    }
}
