//! What is said about a config file, with code and next step.

use super::document::Problem;
use super::occupied::Taken;
use crate::finding::{Finding, Remedy};
use crate::secret::plain;

/// The file cannot be read or written.
pub(super) fn unusable(file: &str, says: &str) -> Finding {
    let remedy =
        Remedy::says("the sign-in holds without it; make the file usable, then run devsecrets login");
    Finding::warning("DS-CONFIG-01", file, plain(says), remedy)
}

/// The AWS CLI refuses the whole file.
pub(super) fn broken(file: &str, problem: &Problem) -> Finding {
    let says = format!("{}, so the AWS CLI cannot read the file; nothing is written to it", problem.says);
    let remedy =
        Remedy::run("correct that line", format!("aws configure list  # tells when it is well, {file}"));
    Finding::warning("DS-CONFIG-02", format!("{file}:{}", problem.line), says, remedy)
}

/// A session name that some SDK drops.
pub(super) fn unsafe_session(session: &str) -> Finding {
    let says = "not every SDK reads a session of this name: only A-Z a-z 0-9 and _-/.%@:+ are safe";
    let remedy = Remedy::says("rename `session` under [sso] in the profile");
    Finding::warning("DS-CONFIG-03", plain(session), says, remedy)
}

/// `[sso-session]` of the same name leads to another portal.
pub(super) fn other_portal(file: &str, line: usize, session: &str) -> Finding {
    let says =
        format!("[sso-session {session}] is there with another start URL or region, and is left as it is");
    let remedy =
        Remedy::says("make it agree with [sso] in the profile, or give `session` there another name");
    Finding::warning("DS-CONFIG-04", format!("{file}:{line}"), plain(&says), remedy)
}

/// A section that SDKs read differently.
pub(super) fn odd(file: &str, line: usize) -> Finding {
    let says = "this section stands twice or is indented, which SDKs read differently; it is left as it is";
    let remedy = Remedy::says("write each key on a line of its own, as `key = value`, in one section");
    Finding::warning("DS-CONFIG-05", format!("{file}:{line}"), says, remedy)
}

/// Somebody else's profile stands under our name.
pub(super) fn taken(file: &str, credentials: &str, profile: &str, taken: &Taken) -> Finding {
    let about = |code, file: &str, line: &usize, says: String, next: &str| {
        Finding::warning(code, format!("{file}:{line}"), plain(&says), Remedy::says(next))
    };
    match taken {
        Taken::Odd { line } => odd(file, *line),
        Taken::Legacy { line } => about(
            "DS-CONFIG-06",
            file,
            line,
            format!("profile {profile} signs in the old way, which cannot be refreshed; it is left as it is"),
            "use the other name, or move its start URL to an [sso-session] with: aws configure sso",
        ),
        Taken::Credentials { key, line } => about(
            "DS-CONFIG-07",
            file,
            line,
            format!("profile {profile} gets its credentials by {key}; it is left as it is"),
            "use the other name, or give aws_profile under [sso] a name that is free",
        ),
        Taken::StaticKeys { line } => about(
            "DS-CONFIG-07",
            credentials,
            line,
            format!("profile {profile} has static keys, which a sign-in of this name would hide"),
            "use the other name, or remove the keys if they are no longer used",
        ),
        Taken::Elsewhere { line } => about(
            "DS-CONFIG-08",
            file,
            line,
            format!("profile {profile} is for another session, account or role; it is left as it is"),
            "use the other name, or give aws_profile under [sso] a name that is free",
        ),
    }
}

/// Our profile, with lines that make one SDK refuse it.
pub(super) fn repeated(file: &str, line: usize, key: &str) -> Finding {
    let says = format!("{key} stands in the profile and in its session, which the SDK for Rust refuses");
    Finding::warning("DS-CONFIG-09", format!("{file}:{line}"), says, Remedy::says("remove this line"))
}

/// Our profile, with static keys beside it.
pub(super) fn shadowed(credentials: &str, line: usize, profile: &str) -> Finding {
    let says = format!("profile {profile} has static keys too, which some SDKs prefer to the sign-in");
    let remedy = Remedy::says("remove the keys if they are no longer used");
    Finding::warning("DS-CONFIG-10", format!("{credentials}:{line}"), plain(&says), remedy)
}

/// A profile name that some SDK drops.
pub(super) fn unsafe_profile(profile: &str) -> Finding {
    let says = "not every SDK reads a profile of this name: only A-Z a-z 0-9 and _-/.%@:+ are safe";
    let remedy = Remedy::says("use the other name, or rename `aws_profile` under [sso] in the profile");
    Finding::warning("DS-CONFIG-11", plain(profile), says, remedy)
}

/// Neither the wanted name nor the one offered instead is free.
pub(super) fn no_name(profile: &str) -> Finding {
    let says = "this name is taken too, so no profile is written";
    let remedy = Remedy::says("give aws_profile under [sso] in the profile a name that is free");
    Finding::warning("DS-CONFIG-12", plain(profile), says, remedy)
}
