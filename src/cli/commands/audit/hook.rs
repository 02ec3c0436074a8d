//! `audit --install-hook` and `--uninstall-hook`: show what would be written or removed, ask, do it.

use serde::Serialize;

use super::super::Outcome;
use crate::audit::{Hook, HookState};
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};

/// What `--json` tells.
#[derive(Serialize)]
struct Document {
    version: u32,
    /// The hook's file.
    hook: String,
    /// `written`, `removed`, or `unchanged`.
    done: &'static str,
}

pub(super) fn install(context: &Context) -> Outcome {
    let hook = found(context)?;
    match &hook.state {
        HookState::Ours => Ok(told(context, &hook, "unchanged", "the hook is there already")),
        HookState::Called(_) => Ok(told(context, &hook, "unchanged", "the audit is run already")),
        HookState::Taken(keeper) => Err(hook.kept(keeper)),
        HookState::Free | HookState::Older => {
            let shown = format!("{}:\n\n{}", hook.path.display(), hook.text());
            context.out.text(|paint| format!("{}\n", paint.tone(Tone::Faint, &shown)));
            agreed(context, "Write this hook?", "--install-hook")?;
            hook.install().map_err(|error| error.finding())?;
            Ok(told(context, &hook, "written", "from now on each commit is looked at before it is made"))
        }
    }
}

pub(super) fn uninstall(context: &Context) -> Outcome {
    let hook = found(context)?;
    match &hook.state {
        HookState::Ours | HookState::Older => {
            context.out.text(|_| format!("{} would be removed\n", hook.path.display()));
            agreed(context, "Remove this hook?", "--uninstall-hook")?;
            hook.remove().map_err(|error| error.finding())?;
            Ok(told(context, &hook, "removed", "the hook is gone"))
        }
        HookState::Called(_) => Ok(told(
            context,
            &hook,
            "unchanged",
            "a hook that we did not write runs the audit; change it by hand",
        )),
        HookState::Free | HookState::Taken(_) => {
            Ok(told(context, &hook, "unchanged", "there is no hook of ours"))
        }
    }
}

fn found(context: &Context) -> Result<Hook, Finding> {
    let program = std::env::current_exe().ok();
    Hook::of(&context.settings.folder, program.as_deref()).map_err(|error| error.finding())
}

fn agreed(context: &Context, question: &str, option: &str) -> Result<(), Finding> {
    let yes = context.global.yes || (context.settings.interactive && ask::confirm(question));
    let remedy =
        || Remedy::run("look at what is shown, then agree", format!("devsecrets audit {option} --yes"));
    let refused =
        || Finding::error("DS-AUDIT-16", "consent", "nothing was changed, because nobody agreed", remedy());
    yes.then_some(()).ok_or_else(refused)
}

fn told(context: &Context, hook: &Hook, done: &'static str, says: &str) -> Exit {
    context.out.document(&Document { version: 1, hook: hook.path.display().to_string(), done });
    context.out.text(|paint| format!("{} ({})\n", paint.tone(Tone::Good, says), hook.path.display()));
    Exit::Good
}
