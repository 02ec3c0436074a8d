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
    Finding::error(code, "profile", error.to_string(), error.next_step())
}

/// A service the profile does not declare.
pub(super) fn service(error: &UnknownService, known: &[String]) -> Finding {
    let remedy = Remedy::says(format!("the profile has {}", known.join(", ")));
    Finding::error("DS-PROFILE-06", error.name.clone(), error.to_string(), remedy)
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
