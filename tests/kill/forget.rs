//! `forget` killed at any instant: nobody else's line is touched, and the next run ends what it began.

use std::path::Path;
use std::sync::Arc;

use devsecrets::keychain::{FileKeychain, Item, Keychain, Passphrase};
use devsecrets::onboard::{Request, Session};
use devsecrets::secret::SecretValue;

use super::{APPLYING, kill, settings, worker};

const TEST: &str = "forget::killed_at_any_instant_forgetting_can_be_ended";
const KILLS: usize = 20;
const MINE: &str = "# mine\nMINE=1\n";
const PROFILE: &str = "schema = 1\nname = \"kill\"\ntitle = \"Kill\"\n\
    [variables.DERIVED]\ngenerate = { format = \"hex\", bytes = 16 }\n\
    [tokens.linear]\npreset = \"linear\"\nfile = \".env.linear\"\n\
    [services.a]\npath = \"a\"\nenv_file = \".env\"\nrequired = [\"DERIVED\"]\n\
    [services.b]\npath = \"b\"\nenv_file = \".env\"\nrequired = [\"DERIVED\"]\n";

fn keychain(world: &Path) -> Arc<FileKeychain> {
    let path = devsecrets::keychain::key_file(&settings(world)).unwrap();
    let passphrase = Passphrase::known(SecretValue::new("open sesame"));
    Arc::new(FileKeychain::new(path, passphrase).with_work_factor(1))
}

fn session(world: &Path) -> Session {
    let mut session = Session::new(settings(world), keychain(world), Request::default());
    session.preferred().unwrap().unwrap();
    session
}

/// Two env files, one of them with a line of the developer's own, a token with its file, and an identity.
fn live(world: &Path) {
    for folder in ["home", "project/a", "project/b"] {
        std::fs::create_dir_all(world.join(folder)).unwrap();
    }
    let write =
        |path: &str, text: &str| devsecrets::private_file::replace(&world.join(path), text.as_bytes());
    write("project/devsecrets.toml", PROFILE).unwrap();
    write("project/.gitignore", ".env*\n").unwrap();
    write("project/b/.env", MINE).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut session = session(world);
        let preview = session.plan(false).await.unwrap();
        session.apply(&preview).await.unwrap();
        let token = SecretValue::new(format!("lin_api_{}", "Ab3z".repeat(10)));
        session.keep_token("linear", token).await.unwrap();
    });
    assert!(world.join("project/a/.env").exists() && world.join("project/.env.linear").exists());
}

fn forget(world: &Path, tell: impl FnOnce()) -> bool {
    let mut session = session(world);
    let survey = session.forgettable(false).unwrap();
    tell();
    session.forget(false, &survey).unwrap().is_clean()
}

#[test]
fn killed_at_any_instant_forgetting_can_be_ended() {
    if let Some(world) = worker() {
        forget(&world, || println!("{APPLYING}"));
        // Stays to be killed.
        std::thread::park();
    }
    let mut cut_short = 0;
    for _ in 0..KILLS {
        let folder = tempfile::tempdir().unwrap();
        let world = folder.path();
        live(world);
        kill(TEST, world, 0, 30_000);
        assert!(std::fs::read_to_string(world.join("project/b/.env")).unwrap().starts_with(MINE));
        cut_short += usize::from(settings(world).state_folder().unwrap().exists());
        assert!(forget(world, || ()), "the second run ends it");
        assert_eq!(std::fs::read_to_string(world.join("project/b/.env")).unwrap(), MINE);
        assert!(!world.join("project/a/.env").exists() && !world.join("project/.env.linear").exists());
        assert!(keychain(world).get(&Item::identity()).unwrap().is_none());
        assert!(!settings(world).state_folder().unwrap().exists());
    }
    assert!(cut_short > 0, "it was never killed in time");
}
