//! Where the AWS CLI looks for its two files.

use std::path::{Path, PathBuf};

use crate::settings::Settings;

/// `AWS_CONFIG_FILE`, by default `~/.aws/config`; `None` without a home folder.
pub fn config_path(settings: &Settings) -> Option<PathBuf> {
    named(settings, "AWS_CONFIG_FILE").or_else(|| Some(settings.aws_folder()?.join("config")))
}

/// `AWS_SHARED_CREDENTIALS_FILE`, by default `~/.aws/credentials`; `None` without a home folder.
pub fn credentials_path(settings: &Settings) -> Option<PathBuf> {
    named(settings, "AWS_SHARED_CREDENTIALS_FILE")
        .or_else(|| Some(settings.aws_folder()?.join("credentials")))
}

fn named(settings: &Settings, variable: &str) -> Option<PathBuf> {
    let text = settings.var(variable)?;
    match text.strip_prefix("~/") {
        Some(rest) => Some(settings.home()?.join(rest)),
        None => Some(settings.folder.join(text)),
    }
}

/// With `~` for the home folder, as people write it.
pub(super) fn shown(settings: &Settings, path: &Path) -> String {
    let beneath = settings.home().and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    beneath.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}
