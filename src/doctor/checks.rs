//! Every check there is, in the order of the report. One file each; this is their only list.

mod deploy;
mod files;
mod machine;
mod profile;
mod sign_in;
mod state;
mod store;
mod tokens;
mod values;

use std::path::Path;

use super::{Check, Cure, Patient, Project, Trouble, Unable};
use crate::aws::{self, Service};
use crate::finding::Remedy;
use crate::web;

/// All of them.
pub static ALL: &[&Check] = &[
    &machine::git::CHECK,
    &machine::keychain::CHECK,
    &machine::passphrase_file::CHECK,
    &machine::state_folder::CHECK,
    &machine::clock::CHECK,
    &machine::connections::CHECK,
    &machine::terminal::CHECK,
    &sign_in::reachable::CHECK,
    &sign_in::session_ended::CHECK,
    &sign_in::role_assigned::CHECK,
    &sign_in::cache_folder::CHECK,
    &sign_in::session_unusable::CHECK,
    &sign_in::session_elsewhere::CHECK,
    &sign_in::session_form::CHECK,
    &sign_in::cache_mode::CHECK,
    &sign_in::production_role::CHECK,
    &sign_in::aws_config::CHECK,
    &sign_in::legacy_profile::CHECK,
    &sign_in::credentials_mode::CHECK,
    &sign_in::shadowed::CHECK,
    &sign_in::aws_profile::CHECK,
    &profile::readable::CHECK,
    &profile::secret_default::CHECK,
    &profile::in_vain::CHECK,
    &profile::local_override::CHECK,
    &profile::readers::CHECK,
    &store::answers::CHECK,
    &store::missing::CHECK,
    &store::denied::CHECK,
    &store::deleted::CHECK,
    &store::content::CHECK,
    &store::elsewhere::CHECK,
    &store::other_environment::CHECK,
    &store::rotation::CHECK,
    &store::undeclared::CHECK,
    &files::folder::CHECK,
    &files::unreadable::CHECK,
    &files::not_a_file::CHECK,
    &files::outside::CHECK,
    &files::tracked::CHECK,
    &files::not_ignored::CHECK,
    &files::policy_ignored::CHECK,
    &files::forbidden::CHECK,
    &files::readable_by_others::CHECK,
    &files::leftover::CHECK,
    &files::not_text::CHECK,
    &files::line_ends::CHECK,
    &files::refused::CHECK,
    &files::odd_lines::CHECK,
    &files::repeated::CHECK,
    &files::read_differently::CHECK,
    &files::placeholder::CHECK,
    &files::overridden::CHECK,
    &files::drift::CHECK,
    &files::dropped::CHECK,
    &values::missing::CHECK,
    &values::rules::CHECK,
    &values::denied::CHECK,
    &values::weak::CHECK,
    &values::generated::CHECK,
    &values::two_environments::CHECK,
    &values::one_for_two::CHECK,
    &values::exported::CHECK,
    &deploy::literal::CHECK,
    &deploy::readable::CHECK,
    &tokens::kept::CHECK,
    &tokens::shared::CHECK,
    &tokens::shape::CHECK,
    &tokens::ending::CHECK,
    &tokens::exposed::CHECK,
    &tokens::file_mode::CHECK,
    &tokens::file_text::CHECK,
    &state::journal::CHECK,
    &state::unfinished::CHECK,
    &state::private::CHECK,
    &state::leftover::CHECK,
    &state::undo_log::CHECK,
    &state::remembered::CHECK,
    &state::two_keychains::CHECK,
    &state::phrase::CHECK,
];

/// Permission bits; `None` where there is no such file or no such bits.
fn mode_of(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    return std::fs::metadata(path)
        .ok()
        .map(|about| std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777);
    #[cfg(not(unix))]
    return std::fs::metadata(path).ok().and(None);
}

/// What is to be said of a file of secrets that others may read.
fn open_to_others(path: &Path) -> Option<Trouble> {
    let mode = mode_of(path).filter(|mode| mode & 0o077 != 0)?;
    let says = format!("others on this machine may read it (mode {mode:o})");
    let cure = Cure::Mode { path: path.to_owned(), mode: 0o600 };
    let remedy = Remedy::run("make it private", cure.to_string());
    Some(Trouble::new(path.display().to_string(), says, remedy).cured_by(cure))
}

/// Any answer of the sign-in service, which tells the way there and the time.
///
/// # Errors
/// [`Unable`] without a sign-in, or with an endpoint that is never spoken to.
async fn ask_sign_in(
    patient: &Patient<'_>,
    project: &Project<'_>,
) -> Result<Result<web::Answer, web::Error>, Unable> {
    let region = project.session()?.region;
    let url = aws::address(patient.settings, Service::SsoOidc, &region);
    let url = url.map_err(|error| Unable::Because(error.to_string()))?;
    let question = web::Question { url: format!("{url}/"), headers: Vec::new(), json: None };
    Ok(web::ask(patient.settings, &question).await)
}

/// "3 days", "2 hours", "4 minutes".
fn span(seconds: u64) -> String {
    let (count, noun) = match seconds {
        86_400.. => (seconds / 86_400, "day"),
        3_600.. => (seconds / 3_600, "hour"),
        _ => (seconds / 60, "minute"),
    };
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
