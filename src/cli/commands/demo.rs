//! `devsecrets demo`: the whole product on a sandbox.

use std::rc::Rc;

use super::{Next, Outcome, finish, walk};
use crate::cli::Exit;
use crate::cli::args;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::demo::{Demo, clean};
use crate::finding::{Finding, Remedy};
use crate::private_file;

#[derive(serde::Serialize)]
struct Removed<'a> {
    version: u32,
    removed: &'a [std::path::PathBuf],
}

#[derive(serde::Serialize)]
struct Serving<'a> {
    version: u32,
    /// Leads the shell that sources it into the sandbox.
    script: &'a std::path::Path,
}

pub(super) async fn run(context: Context, args: &args::Demo) -> Next {
    if args.clean {
        return Next::Done(finish(&context, remove(&context)));
    }
    let demo = match Demo::start(&context.settings, args.serve || context.is_plain()).await {
        Ok(demo) => demo,
        Err(error) => return Next::Done(finish(&context, Err(cannot_start(&error)))),
    };
    if args.serve || context.out.json || !context.settings.interactive {
        let outcome = serve(&context, &demo).await;
        return Next::Done(finish(&context, outcome));
    }
    // Without it the screens merely cannot say how another shell gets here.
    let _ = write_script(&demo);
    let inside = Context { settings: demo.settings.clone(), ..context };
    if inside.is_plain() {
        let outcome = walk::run(&inside, Some(&demo)).await;
        return Next::Done(finish(&inside, outcome));
    }
    Next::Screen(inside.screen(Some(Rc::new(demo))))
}

fn remove(context: &Context) -> Outcome {
    let removed = clean().map_err(|error| {
        let remedy = Remedy::says("remove the folders yourself");
        Finding::error("DS-DEMO-02", "demo", format!("not everything could be removed: {error}"), remedy)
    })?;
    context.out.document(&Removed { version: 1, removed: &removed });
    for folder in &removed {
        context.out.say(|paint| format!("{} {}", paint.tone(Tone::Good, "removed"), folder.display()));
    }
    if removed.is_empty() {
        context.out.say(|_| "there was nothing to remove".to_owned());
    }
    Ok(Exit::Good)
}

fn cannot_start(error: &std::io::Error) -> Finding {
    let remedy = Remedy::says("check that the folder for temporary files can be written");
    Finding::error("DS-DEMO-01", "demo", format!("cannot start: {error}"), remedy)
}

/// Waits for ctrl-c, while other shells use the sandbox.
async fn serve(context: &Context, demo: &Demo) -> Outcome {
    write_script(demo)?;
    let script = demo.script();
    context.out.document(&Serving { version: 1, script: &script });
    context.out.text(|_| format!("{}\n", script.display()));
    context.out.say(|paint| {
        let heading = paint.tone(Tone::Heading, "The sandbox is running.");
        format!(
            "{heading} Every sign-in is approved at once. In another shell:\n\n  . {}\n  devsecrets seed --profile services --yes\n\nctrl-c stops it; devsecrets demo --clean removes its folder",
            script.display()
        )
    });
    let _ = tokio::signal::ctrl_c().await;
    Ok(Exit::Good)
}

fn write_script(demo: &Demo) -> Result<(), Finding> {
    let text = environment(demo)?;
    private_file::replace(&demo.script(), text.as_bytes()).map_err(|error| cannot_start(&error))
}

/// A script to source. Unlike the screen, several processes share this world, so keys are kept in a key file.
fn environment(demo: &Demo) -> Result<String, Finding> {
    let passphrase = demo.folder().join("home/passphrase");
    private_file::replace(&passphrase, b"the demo's passphrase guards nothing\n")
        .map_err(|error| cannot_start(&error))?;
    let shared = demo
        .settings
        .clone()
        .with("DEVSECRETS_KEYCHAIN", "file")
        .with("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE", passphrase.display().to_string());
    let mut script = String::from("# Source this to use the running sandbox.\n");
    for (name, value) in shared.variables().filter(|(name, _)| *name != "PATH" && *name != "TERM") {
        script.push_str(&format!("export {name}='{}'\n", value.replace('\'', r"'\''")));
    }
    script.push_str("unset AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n");
    script.push_str(&format!("cd '{}'\n", demo.settings.folder.display()));
    Ok(script)
}
