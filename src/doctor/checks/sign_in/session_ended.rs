//! Whether somebody is signed in. A date in the future proves nothing, so the portal itself is asked.

use crate::doctor::{Check, Group, Look, Patient, Pending, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::sso::{Cache, Form, Portal, SsoError};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-04",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "you are signed in",
    cures: false,
    look: Look::Network(look),
    #[cfg(test)]
    sow: |world| world.sandbox().revoke_sessions(),
};

fn look<'a>(patient: &'a Patient<'a>, project: &'a Project<'a>) -> Pending<'a> {
    Box::pin(async move {
        let session = project.session()?;
        let ended = |says: &str| {
            let remedy = Remedy::run("sign in", "devsecrets login");
            Ok(vec![Trouble::new(session.start_url.as_str(), says, remedy)])
        };
        let cache = Cache::of(patient.settings);
        let Some(token) = cache.token(&session) else {
            // What stands there and cannot be read has a check of its own.
            let broken = cache.form(&session) == Form::Unusable;
            let unable = || Err(Unable::Because("the cached session cannot be read".to_owned()));
            return if broken { unable() } else { ended("nobody is signed in") };
        };
        match (token.is_valid(patient.now), token.renews(patient.now)) {
            (false, false) => return ended("the session has expired"),
            // It is renewed by whoever needs it next.
            (false, true) => return Ok(Vec::new()),
            (true, _) => {}
        }
        let portal = Portal::open(patient.settings, &session, &token);
        match portal.map_err(|error| unable(&error))?.is_known().await {
            Err(SsoError::SessionEnded) => ended("the session was ended elsewhere, whatever its date says"),
            Err(error) => Err(unable(&error)),
            Ok(()) => Ok(Vec::new()),
        }
    })
}

fn unable(error: &SsoError) -> Unable {
    Unable::Because(plain(&error.to_string()))
}
