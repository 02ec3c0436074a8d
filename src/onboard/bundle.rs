//! The doctor's report in a form to hand to somebody else.

use super::session::Session;
use crate::doctor::{About, Diagnosis, bundle};
use crate::secret::plain;

/// Variables that change what devsecrets, AWS or the network do, whole or by their beginning.
const MATTER: [&str; 14] = [
    "AWS_",
    "DEVSECRETS_",
    "SECRET_MANAGER_",
    "XDG_",
    "SSL_CERT_",
    "CI",
    "CODESPACES",
    "WSL_DISTRO_NAME",
    "SSH_CONNECTION",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "BROWSER",
    "TERM",
];
const PROXIES: [&str; 4] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

impl Session {
    /// What was found, with what a helper asks about first. No values; home, project, addresses and accounts are hidden.
    pub fn bundle(&self, diagnosis: &Diagnosis) -> String {
        let project = self.project.as_ref().map(|project| {
            let profile = project.profile();
            format!(
                "{} from {}, {}, {} services",
                profile.name,
                project.loaded.source,
                project.environment,
                project.services.len()
            )
        });
        let mut hide = Vec::new();
        hide.extend(self.root().map(|root| (root.display().to_string(), "PROJECT")));
        hide.extend(self.settings.home().map(|home| (home.display().to_string(), "~")));
        hide.sort_by_key(|(what, _)| std::cmp::Reverse(what.len()));
        bundle(diagnosis, &About { project, variables: self.names_that_matter(), hide })
    }

    fn names_that_matter(&self) -> Vec<String> {
        let declared = |name: &str| {
            self.project.as_ref().is_some_and(|project| project.profile().variable(name).is_some())
        };
        let matters = |name: &str| {
            MATTER.iter().any(|one| if one.ends_with('_') { name.starts_with(one) } else { name == *one })
                || PROXIES.iter().any(|one| name.eq_ignore_ascii_case(one))
                || declared(name)
        };
        let set = self.settings.names().filter_map(|name| name.to_str());
        set.filter(|name| matters(name)).map(plain).collect()
    }
}
