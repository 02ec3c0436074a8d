//! A home folder with a key file that opens quickly, and the program in it.

use devsecrets::keychain::{FileKeychain, Passphrase};
use devsecrets::secret::SecretValue;
use tempfile::TempDir;

use super::terminal::Terminal;

/// The one place where the tests look behind the program's back.
pub fn keychain(home: &TempDir) -> FileKeychain {
    let path = home.path().join(".local/state/devsecrets/keychain.age");
    FileKeychain::new(path, Passphrase::known(SecretValue::new("open sesame"))).with_work_factor(2)
}

/// Empty but for the passphrase, which nobody is asked for, and the project's profile if there is one.
pub fn home(profile: Option<&str>) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("passphrase"), "open sesame\n").unwrap();
    if let Some(profile) = profile {
        std::fs::write(home.path().join("devsecrets.toml"), profile).unwrap();
    }
    home
}

/// What makes the program use that key file.
pub fn environment(home: &TempDir) -> [(&'static str, String); 2] {
    let passphrase = home.path().join("passphrase").display().to_string();
    [("DEVSECRETS_KEYCHAIN", "file".to_owned()), ("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE", passphrase)]
}

pub fn running(home: TempDir, arguments: &[&str]) -> Terminal {
    let environment = environment(&home);
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Terminal::running(home, arguments, &environment)
}
