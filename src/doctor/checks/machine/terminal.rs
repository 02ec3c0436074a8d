//! A terminal without UTF-8 turns every line and sign into question marks, and one called `dumb` draws no screen.

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::settings::Settings;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-MACHINE-04",
    group: Group::Machine,
    severity: Severity::Note,
    title: "the terminal can draw our screens",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| {
        world.settings.interactive = true;
        world.set("TERM", "dumb");
        world.set("LANG", "C");
    },
};

fn look(patient: &Patient<'_>) -> Answer {
    if !patient.settings.interactive {
        return Err(Unable::NotHere);
    }
    Ok(kind(patient.settings).into_iter().chain(letters(patient.settings)).collect())
}

fn kind(settings: &Settings) -> Option<Trouble> {
    let remedy = Remedy::run("name the terminal you use", "export TERM=xterm-256color");
    match settings.var("TERM") {
        Some("dumb") => Some(Trouble::new("TERM", "it says `dumb`, so no screen is drawn", remedy)),
        None if cfg!(unix) => Some(Trouble::new("TERM", "it is not set, so programs draw little", remedy)),
        _ => None,
    }
}

/// POSIX: the first of these that is set decides which letters there are.
fn letters(settings: &Settings) -> Option<Trouble> {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, settings.var(name)?)));
    let (name, locale) = set.filter(|_| cfg!(unix))?;
    let utf8 = locale.to_lowercase().replace('-', "").contains("utf8");
    let remedy = Remedy::run("use UTF-8", format!("export {name}=C.UTF-8"));
    let says = format!("it is `{}`, which has no letters but ASCII", plain(locale));
    (!utf8).then(|| Trouble::new(name, says, remedy))
}
