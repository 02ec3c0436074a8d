//! Errors of the rooms below become findings here, with code and next step, once.

use crate::finding::{Finding, Remedy};
use crate::profile::{LoadError, UnknownService};
use crate::secret::plain;

/// A profile that cannot be used.
pub(super) fn profile(error: &LoadError) -> Finding {
    let code = match error {
        LoadError::None => "DS-PROFILE-01",
        LoadError::UnknownName { .. } => "DS-PROFILE-02",
        LoadError::NoSuchFile { .. } => "DS-PROFILE-03",
        LoadError::Unreadable { .. } => "DS-PROFILE-04",
        LoadError::Broken(_) => "DS-PROFILE-05",
    };
    Finding::error(code, "profile", in_short(error), error.next_step())
}

/// One clause; `profile lint` draws every problem with its line.
fn in_short(error: &LoadError) -> String {
    let LoadError::Broken(problems) = error else { return error.to_string() };
    let (origin, list) = (problems.origin(), problems.list());
    let Some(first) = list.first() else { return format!("{origin} is broken") };
    let where_and_what = format!("{origin}:{}:{}: {}", first.line, first.column, first.message);
    match list.len() {
        1 => where_and_what,
        count => format!("{where_and_what}, and {} more", count - 1),
    }
}

/// A token the profile does not declare.
pub(super) fn token(name: &str, known: &[&str]) -> Finding {
    let near = crate::profile::nearest(name, known.iter().copied());
    let says = match near {
        Some(near) => format!("the profile has no such token, did you mean `{near}`?"),
        None => "the profile has no such token".to_owned(),
    };
    let remedy = match known {
        [] => Remedy::says("it declares none; add one under [tokens] in the profile"),
        names => Remedy::says(format!("it has {}", names.join(", "))),
    };
    Finding::error("DS-TOKEN-01", name, says, remedy)
}

/// A service the profile does not declare.
pub(super) fn service(error: &UnknownService, known: &[String]) -> Finding {
    let remedy = Remedy::says(format!("the profile has {}", known.join(", ")));
    Finding::error("DS-PROFILE-06", error.name.clone(), error.to_string(), remedy)
}

/// `run` starts one service, and it could be any of these.
pub(super) fn which_service(services: &[String]) -> Finding {
    let says = "it is not clear which service is meant";
    let remedy =
        Remedy::says(format!("name one of {} with --service, or go to its folder", services.join(", ")));
    Finding::error("DS-RUN-07", "service", says, remedy)
}

/// `run` starts one service, and these were asked for.
pub(super) fn one_at_a_time(services: &[String]) -> Finding {
    let says = format!("one service at a time, not {}", services.join(" and "));
    Finding::error("DS-RUN-07", "service", says, Remedy::says("start each in a terminal of its own"))
}

/// An environment the profile does not declare.
pub(super) fn environment(name: &str, known: &[String]) -> Finding {
    let near = crate::profile::nearest(name, known.iter().map(String::as_str));
    let says = match near {
        Some(near) => format!("no environment named `{name}`, did you mean `{near}`?"),
        None => format!("no environment named `{name}`"),
    };
    Finding::error("DS-PROFILE-07", name, says, Remedy::says(format!("the profile has {}", known.join(", "))))
}

/// A step taken before the one it rests on.
pub(super) fn too_early(says: &str, command: &str) -> Finding {
    Finding::error("DS-STEP-01", "session", says, Remedy::run("first", command))
}

pub(super) fn no_profile_open() -> Finding {
    too_early("no profile is open", "devsecrets profile list")
}

/// A name that is neither a service nor a variable of the profile.
pub(super) fn neither(name: &str, near: Option<&str>) -> Finding {
    let says = match near {
        Some(near) => format!("no service or variable named `{name}`, did you mean `{near}`?"),
        None => format!("no service or variable named `{name}`"),
    };
    Finding::error("DS-PROFILE-09", name, says, Remedy::run("see what there is", "devsecrets status"))
}

/// Writing ended in the middle: each file is old or new.
pub(super) fn broke_off() -> Finding {
    let remedy = Remedy::run("see how the files stand", "devsecrets seed --dry-run");
    Finding::error(
        "DS-SEED-10",
        "seed",
        "writing broke off; every file is as it was or as it was shown",
        remedy,
    )
}

/// The files were written, and cannot be brought back by us.
pub(super) fn no_undo(error: &std::io::Error) -> Finding {
    let says = format!("this cannot be undone: {}", plain(&error.to_string()));
    Finding::warning(
        "DS-UNDO-04",
        "undo",
        says,
        Remedy::says("make the state folder and the keychain available"),
    )
}

/// The thread that asked the keychain did not come back.
pub(super) fn keychain_broke_off() -> Finding {
    let remedy = Remedy::says("try again; if it stays so, report it");
    Finding::error("DS-KEY-02", "keychain", "the keychain call ended unexpectedly", remedy)
}
