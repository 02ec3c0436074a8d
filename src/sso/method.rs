//! Which way of signing in fits: the browser of this machine, or a code approved on any device.
//!
//! The rule: the choice is a pure function of the place, of what was asked for and of what worked here last time, so it
//! can be read, tested and said in one line. The AWS CLI always takes the browser and then waits for ever over SSH.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::browser::has_window_system;
use crate::settings::Settings;

/// A way of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Authorization code with PKCE, answered to a port of this machine.
    Browser,
    /// A code that is compared and approved on any device.
    DeviceCode,
}

impl Method {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Browser => Self::DeviceCode,
            Self::DeviceCode => Self::Browser,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Browser => "your browser",
            Self::DeviceCode => "a device code",
        })
    }
}

/// Where we run, as far as it matters for a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A machine with a window system, and a person at it.
    Desktop,
    /// Nobody is at the terminal.
    Unattended,
    Codespaces,
    Gitpod,
    Ssh,
    Wsl,
    Container,
    /// No window system.
    NoDisplay,
}

impl Place {
    pub fn of(settings: &Settings) -> Self {
        let set = |name: &str| settings.var(name).is_some();
        Self::told_by(settings.interactive, has_window_system(settings), &set, &|path| {
            Path::new(path).exists()
        })
    }

    /// In the order in which one place hides another: a codespace is a container reached over SSH.
    fn told_by(
        attended: bool,
        windows: bool,
        set: &dyn Fn(&str) -> bool,
        exists: &dyn Fn(&str) -> bool,
    ) -> Self {
        let any = |names: &[&str]| names.iter().any(|name| set(name));
        let container = ["/.dockerenv", "/run/.containerenv"].iter().any(|path| exists(path));
        match () {
            () if !attended => Self::Unattended,
            () if any(&["CODESPACES"]) => Self::Codespaces,
            () if any(&["GITPOD_WORKSPACE_ID"]) => Self::Gitpod,
            () if any(&["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"]) => Self::Ssh,
            () if any(&["WSL_DISTRO_NAME", "WSL_INTEROP"]) => Self::Wsl,
            () if container || any(&["KUBERNETES_SERVICE_HOST", "REMOTE_CONTAINERS"]) => Self::Container,
            () if !windows => Self::NoDisplay,
            () => Self::Desktop,
        }
    }

    /// What fits here when nobody says otherwise.
    fn fits(self) -> Method {
        if self == Self::Desktop { Method::Browser } else { Method::DeviceCode }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Desktop => "there is a browser on this machine",
            Self::Unattended => "nobody is at the terminal",
            Self::Codespaces => "this is a codespace",
            Self::Gitpod => "this is a Gitpod workspace",
            Self::Ssh => "this is an SSH session",
            Self::Wsl => "this is WSL",
            Self::Container => "this is a container",
            Self::NoDisplay => "there is no display here",
        })
    }
}

/// A method, and why it is the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub method: Method,
    pub because: Because,
}

/// Why a method was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    Asked,
    /// It worked here for this session.
    LastTime,
    Of(Place),
    /// No port of this machine could be had for the browser to come back to.
    NoPort,
    /// No browser could be started.
    NoBrowser,
}

/// A flag wins over what worked last time in this kind of place, and that over what usually fits.
pub fn choose(place: Place, asked: Option<Method>, last_time: Option<Method>) -> Chosen {
    match (asked, last_time) {
        (Some(method), _) => Chosen { method, because: Because::Asked },
        (None, Some(method)) if method != place.fits() => Chosen { method, because: Because::LastTime },
        (None, _) => Chosen { method: place.fits(), because: Because::Of(place) },
    }
}

/// One line: "signing in with a device code: this is an SSH session".
impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "signing in with {}", self.method)?;
        match self.because {
            Because::Asked => f.write_str(", as asked"),
            Because::LastTime => f.write_str(", as last time"),
            Because::Of(place) => write!(f, ": {place}"),
            Because::NoPort => f.write_str(": no port of this machine was free for the browser"),
            Because::NoBrowser => f.write_str(": no browser could be started"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(windows: bool, variables: &[&str], files: &[&str]) -> Place {
        Place::told_by(true, windows, &|name| variables.contains(&name), &|path| files.contains(&path))
    }

    #[test]
    fn each_place_is_told_by_its_mark() {
        assert_eq!(place(true, &[], &[]), Place::Desktop);
        assert_eq!(place(false, &[], &[]), Place::NoDisplay);
        assert_eq!(place(true, &["SSH_CONNECTION"], &[]), Place::Ssh);
        assert_eq!(place(true, &["SSH_TTY"], &["/.dockerenv"]), Place::Ssh);
        assert_eq!(place(true, &["WSL_DISTRO_NAME"], &[]), Place::Wsl);
        assert_eq!(place(true, &["CODESPACES", "SSH_CONNECTION"], &["/.dockerenv"]), Place::Codespaces);
        assert_eq!(place(true, &["GITPOD_WORKSPACE_ID"], &["/.dockerenv"]), Place::Gitpod);
        for (variables, files) in [
            (&[][..], &["/.dockerenv"][..]),
            (&[], &["/run/.containerenv"]),
            (&["KUBERNETES_SERVICE_HOST"], &[]),
        ] {
            assert_eq!(place(true, variables, files), Place::Container);
        }
        assert_eq!(Place::told_by(false, true, &|_| false, &|_| false), Place::Unattended);
    }

    #[test]
    fn only_a_desktop_gets_the_browser_by_itself() {
        use Method::{Browser, DeviceCode};
        assert_eq!(choose(Place::Desktop, None, None).method, Browser);
        for place in [
            Place::Unattended,
            Place::Codespaces,
            Place::Gitpod,
            Place::Ssh,
            Place::Wsl,
            Place::Container,
            Place::NoDisplay,
        ] {
            assert_eq!(choose(place, None, None), Chosen { method: DeviceCode, because: Because::Of(place) });
            assert_eq!(choose(place, Some(Browser), None).method, Browser);
        }
        let again = choose(Place::Desktop, None, Some(DeviceCode));
        assert_eq!(again, Chosen { method: DeviceCode, because: Because::LastTime });
        assert_eq!(choose(Place::Desktop, Some(Browser), Some(DeviceCode)).because, Because::Asked);
    }

    #[test]
    fn the_line_says_method_and_reason() {
        let line = |chosen: Chosen| chosen.to_string();
        assert_eq!(
            line(choose(Place::Ssh, None, None)),
            "signing in with a device code: this is an SSH session"
        );
        assert_eq!(
            line(choose(Place::Desktop, Some(Method::DeviceCode), None)),
            "signing in with a device code, as asked"
        );
    }
}
