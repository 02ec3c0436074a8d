//! A demo touches nothing of the person's, and has all its profile speaks of.

use super::*;

/// A real shell, full of what a demo must not touch.
fn real(home: &Path) -> Settings {
    Settings::bare("/", home)
        .with("AWS_PROFILE", "production")
        .with("AWS_ACCESS_KEY_ID", "AKIACANARY")
        .with("JWT_SECRET", "canary")
        .with("TERM", "xterm")
}

#[tokio::test]
async fn a_demo_forgets_the_real_shell() {
    let home = tempfile::tempdir().unwrap();
    let demo = Demo::start(&real(home.path()), true).await.unwrap();
    let settings = &demo.settings;
    assert_eq!((settings.var("AWS_PROFILE"), settings.var("JWT_SECRET")), (None, None));
    assert_eq!((settings.var("AWS_ACCESS_KEY_ID"), settings.var("TERM")), (None, Some("xterm")));
    assert_eq!(settings.home(), Some(demo.folder().join("home")));
    assert!(settings.var("AWS_ENDPOINT_URL_SSO").unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    std::fs::remove_dir_all(demo.folder()).unwrap();
}

#[tokio::test]
async fn every_service_of_the_profile_has_its_folder() {
    let home = tempfile::tempdir().unwrap();
    let demo = Demo::start(&real(home.path()), true).await.unwrap();
    let text = crate::profile::bundled().iter().find(|known| known.name == "services").unwrap().text;
    for service in crate::profile::parse(text, "services").unwrap().services.values() {
        assert!(demo.settings.folder.join(&service.path).is_dir(), "{}", service.path);
    }
    std::fs::remove_dir_all(demo.folder()).unwrap();
}

#[tokio::test]
async fn a_running_demo_is_told_from_one_that_has_ended() {
    let home = tempfile::tempdir().unwrap();
    let demo = Demo::start(&real(home.path()), true).await.unwrap();
    let folder = demo.folder().to_owned();
    assert!(runs(&folder));
    drop(demo);
    assert!(!runs(&folder));
    std::fs::remove_dir_all(folder).unwrap();
}
