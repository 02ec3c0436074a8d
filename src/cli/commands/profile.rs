//! `devsecrets profile`: look at profiles, check them, start one.

use std::path::Path;

use serde::Serialize;

use super::Outcome;
use crate::cli::args::ProfileCommand;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask, trust};
use crate::finding::{Finding, Remedy};
use crate::onboard::{ProfileChoice, Program};
use crate::profile::{FILE, JSON_SCHEMA, LoadError, Loaded, Located, Problem, Source, find, locate, starter};

#[derive(Serialize)]
struct Listed {
    version: u32,
    profiles: Vec<ProfileChoice>,
}

#[derive(Serialize)]
struct Linted<'a> {
    version: u32,
    profile: String,
    problems: &'a [Problem],
}

#[derive(Serialize)]
struct Trusted<'a> {
    version: u32,
    programs: &'a [Program],
}

#[derive(Serialize)]
struct Begun {
    version: u32,
    file: String,
}

pub(super) fn run(context: &Context, command: ProfileCommand) -> Outcome {
    match command {
        ProfileCommand::List => Ok(list(context)),
        ProfileCommand::Show => show(context),
        ProfileCommand::Lint { file } => lint(context, file.as_deref()),
        ProfileCommand::Use { name, .. } => remember(context, name.as_deref()),
        ProfileCommand::Init => init(context),
        ProfileCommand::Trust { withdraw } => trust(context, withdraw),
        ProfileCommand::Schema => {
            context.out.raw(JSON_SCHEMA);
            Ok(Exit::Good)
        }
    }
}

fn list(context: &Context) -> Exit {
    let profiles = context.session().choices();
    context.out.text(|paint| {
        let width = profiles.iter().map(|profile| profile.name.len()).max().unwrap_or(0);
        let line = |profile: &ProfileChoice| match &profile.problem {
            Some(_) => format!(
                "{:width$}  {}\n",
                profile.name,
                paint.tone(Tone::Bad, "broken: devsecrets profile lint")
            ),
            None => format!("{:width$}  {}\n", profile.name, profile.title),
        };
        profiles.iter().map(line).collect()
    });
    context.out.document(&Listed { version: 1, profiles });
    Exit::Good
}

fn loaded(context: &Context) -> Result<Loaded, LoadError> {
    find(&context.settings, context.global.profile.as_deref())
}

fn show(context: &Context) -> Outcome {
    let loaded = loaded(context).map_err(|error| context.session().profile_finding(&error))?;
    context.out.document(&loaded.profile);
    context.out.text(|paint| output::profile(paint, &loaded));
    Ok(Exit::Good)
}

/// Problems are the data of this command, warnings among them, so they go to standard output, drawn as a compiler draws its own.
fn lint(context: &Context, file: Option<&Path>) -> Outcome {
    let explicit = file.map(|file| file.display().to_string());
    let explicit = explicit.as_deref().or(context.global.profile.as_deref());
    let linted =
        locate(&context.settings, explicit).and_then(|located| Ok((located.lint()?, located.source)));
    match linted {
        Ok((warnings, source)) => {
            let profile = source.to_string();
            context.out.document(&Linted { version: 1, profile, problems: warnings.list() });
            context.out.text(|paint| match warnings.list() {
                [] => format!("{} {source}\n", paint.tone(Tone::Good, "ok")),
                _ => format!("{}\n", warnings.render(paint.is_coloured())),
            });
            Ok(Exit::Good)
        }
        Err(LoadError::Broken(problems)) => {
            let profile = problems.origin().to_owned();
            context.out.document(&Linted { version: 1, profile, problems: problems.list() });
            context.out.text(|paint| format!("{}\n", problems.render(paint.is_coloured())));
            Ok(Exit::Findings)
        }
        Err(error) => Err(context.session().profile_finding(&error)),
    }
}

#[derive(Serialize)]
struct Remembered<'a> {
    version: u32,
    /// The profile meant from now on; absent when none is remembered any more.
    profile: Option<&'a str>,
}

fn remember(context: &Context, name: Option<&str>) -> Outcome {
    let session = context.session();
    let says = match name {
        Some(name) => {
            session.use_profile(name)?;
            format!("{name} is remembered for this project; devsecrets profile use --none forgets it")
        }
        None if session.forget_picked()? => "no profile is remembered for this project any more".to_owned(),
        None => "no profile was remembered for this project".to_owned(),
    };
    context.out.document(&Remembered { version: 1, profile: name });
    context.out.say(|_| says);
    Ok(Exit::Good)
}

/// Here, and nowhere else, `--yes` allows a program.
fn trust(context: &Context, withdraw: bool) -> Outcome {
    let mut session = context.session();
    super::status::open(context, &mut session)?;
    if withdraw {
        session.disallow()?;
    }
    for program in session.programs_to_allow()?.iter().filter(|_| !withdraw) {
        let asked = context.settings.interactive && !context.global.yes;
        if asked {
            context.out.ask(|paint| trust::shown(paint, program));
        }
        if context.global.yes || (asked && ask::confirm("Allow it for this project?")) {
            session.allow(program)?;
        }
    }
    let programs = session.programs()?;
    context.out.document(&Trusted { version: 1, programs: &programs });
    context.out.text(|paint| match programs.as_slice() {
        [] => "no store of this profile runs a program that could be started here\n".to_owned(),
        programs => programs.iter().map(|program| format!("{}\n", trust::shown(paint, program))).collect(),
    });
    if withdraw || programs.iter().all(|program| program.allowed) {
        return Ok(Exit::Good);
    }
    let remedy = Remedy::run("look at them, then allow them", "devsecrets profile trust --yes");
    Err(Finding::error(
        "DS-PROFILE-10",
        "consent",
        "not every program is allowed, because nobody agreed",
        remedy,
    ))
}

/// Never overwrites: the file is created or it is an error.
fn init(context: &Context) -> Outcome {
    use std::io::Write as _;
    beside(context)?;
    let path = context.settings.folder.join(FILE);
    let written = std::fs::File::create_new(&path).and_then(|mut file| file.write_all(starter().as_bytes()));
    written.map_err(|error| {
        let remedy = Remedy::says("move the old one away, or change to another folder");
        Finding::error("DS-PROFILE-08", FILE, format!("cannot be written: {error}"), remedy)
    })?;
    context.out.document(&Begun { version: 1, file: path.display().to_string() });
    context.out.say(|paint| {
        format!(
            "{} {FILE}; every key is explained in it, stores are comments until you have some, then: devsecrets profile lint",
            paint.tone(Tone::Good, "wrote")
        )
    });
    Ok(Exit::Good)
}

/// A project has one profile: a second one in a folder below would hide it there, so it takes a person's word.
fn beside(context: &Context) -> Result<(), Finding> {
    let folder = &context.settings.folder;
    let Ok(Located { source: Source::File(path), root }) = locate(&context.settings, None) else {
        return Ok(());
    };
    if root == *folder || !folder.starts_with(&root) || context.global.yes {
        return Ok(());
    }
    let says = format!("the project has a profile, {}, and one here would hide it", path.display());
    if context.settings.interactive {
        context.out.ask(|_| says.clone());
        if ask::confirm("Write a second one here?") {
            return Ok(());
        }
    }
    let remedy = Remedy::run("change that one, or agree to a second one", "devsecrets profile init --yes");
    Err(Finding::error("DS-PROFILE-08", FILE, says, remedy))
}
