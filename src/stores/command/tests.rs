//! The store against small programs that stand where the vendors' would.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::stores::Answers;
use crate::stores::fixtures::words;

struct Place {
    home: tempfile::TempDir,
    bin: tempfile::TempDir,
    root: tempfile::TempDir,
}

impl Place {
    /// With a program called `name` that does as `script` says.
    fn with(name: &str, script: &str) -> Self {
        let folder = || tempfile::tempdir().unwrap();
        let place = Self { home: folder(), bin: folder(), root: folder() };
        let path = place.bin.path().join(name);
        crate::private_file::replace(&path, format!("#!/bin/sh\n{script}\n").as_bytes()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        place
    }

    async fn fetch(&self, lines: &str, ids: &[&str]) -> Answers {
        self.fetch_within("30", lines, ids).await
    }

    async fn fetch_within(&self, seconds: &str, lines: &str, ids: &[&str]) -> Answers {
        let text = format!(
            "schema = 1\nname = \"x\"\ntitle = \"X\"\n[services.a]\npath = \".\"\n[store.s]\nkind = \"command\"\n{lines}"
        );
        let profile = profile::parse(&text, "t").unwrap();
        let path = format!("{}:/usr/bin:/bin", self.bin.path().display());
        let settings = Settings::bare(self.root.path(), self.home.path())
            .with("PATH", path)
            .with("VAULT_ADDR", "https://vault.example")
            .with("VAULT_TOKEN", "hvs.s3cr3t")
            .with("UNRELATED", "canary-env")
            .with("DEVSECRETS_TIMEOUT", seconds);
        let (store, root) = (&profile.store["s"], self.root.path());
        let (environment, service, progress) = ("dev", Some("a"), Progress::default());
        let command = CommandStore { store, settings: &settings, root, environment, service, progress };
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        command.fetch(&ids, Deadline::begin(&settings)).await
    }
}

/// "NAME=value" of everything found; or the failure in words.
fn told(answers: &Answers) -> Vec<String> {
    let shown = |(_, answer): &(String, Answer)| match answer {
        Ok(payload) => {
            let line = |(name, value): (&String, &crate::secret::SecretValue)| {
                value.expose_to(|text| format!("{name}={text}"))
            };
            payload.values.iter().map(line).collect()
        }
        Err(miss) => vec![format!("{} {miss}", miss.code())],
    };
    answers.iter().flat_map(shown).collect()
}

const VAULT: &str = r#"
[ "$1 $2 $3" = "kv get -format=json" ] || exit 1
[ "$VAULT_ADDR" = "https://vault.example" ] || exit 1
case $4 in
  secret/v2) echo '{"request_id":"1","data":{"data":{"API_KEY":"k"},"metadata":{"version":3}},"warnings":null}' ;;
  secret/v1) echo '{"request_id":"1","data":{"API_KEY":"old"},"warnings":null}' ;;
  secret/none) echo "No value found at secret/data/none" >&2; exit 2 ;;
  secret/denied) printf 'Error making API request.\n\nURL: GET https://vault.example\nCode: 403. Errors:\n\n* permission denied\n' >&2; exit 2 ;;
  secret/out) printf 'Error making API request.\n\n* missing client token\n' >&2; exit 2 ;;
esac
"#;

#[tokio::test]
async fn vault_answers_by_engine_and_refusals_are_told_apart() {
    let place = Place::with("vault", VAULT);
    let ids = ["secret/v2", "secret/v1", "secret/none", "secret/denied", "secret/out"];
    let answers = place.fetch("preset = \"vault\"", &ids).await;
    assert_eq!(words(&answers), ["good", "good", "DS-STORE-01", "DS-STORE-02", "DS-STORE-17"]);
    assert_eq!(told(&answers)[..2], ["API_KEY=k", "API_KEY=old"]);
    let next: Vec<String> =
        answers[2..].iter().map(|(_, answer)| answer.as_ref().unwrap_err().next_step()).collect();
    assert_eq!(next[1..], ["ask for leave to read on secret/denied", "sign in to it: vault login"]);
}

#[tokio::test]
async fn one_password_gives_a_field_or_an_item() {
    let script = r#"
case "$*" in
  "read --no-newline op://Shop/api/token") printf 'tok' ;;
  "item get api --vault Shop --format json --reveal")
    echo '{"id":"x","title":"api","fields":[{"id":"username","label":"API_USER","value":"u"},{"id":"notesPlain","label":"notesPlain"}]}' ;;
  *) echo '[ERROR] 2024/05/01 10:00:00 "nope" isn'"'"'t an item. Specify the item with its UUID, name, or domain.' >&2; exit 1 ;;
esac"#;
    let place = Place::with("op", script);
    let answers = place.fetch("preset = \"1password\"", &["op://Shop/api/token", "op://Shop/nope/x"]).await;
    assert_eq!((told(&answers)[0].as_str(), words(&answers)[1]), ("TOKEN=tok", "DS-STORE-01"));
    let answers = place.fetch("preset = \"1password-item\"", &["Shop/api"]).await;
    assert_eq!(told(&answers), ["API_USER=u"]);
}

#[tokio::test]
async fn doppler_gcloud_and_az_answer_as_documented() {
    let doppler = r#"[ "$*" = "secrets download --no-file --format json --project backend --config dev" ] || exit 1
echo '{"API_KEY":"k","DOPPLER_CONFIG":"dev","DOPPLER_ENVIRONMENT":"dev","DOPPLER_PROJECT":"backend"}'"#;
    let answers = Place::with("doppler", doppler).fetch("preset = \"doppler\"", &["backend/dev"]).await;
    assert_eq!(told(&answers)[0], "API_KEY=k");

    let gcloud = r#"[ "$1 $2 $3 $4" = "secrets versions access latest" ] || exit 1
case $5 in
  --secret=api-key) printf 'v\n' ;;
  *) echo 'ERROR: (gcloud.secrets.versions.access) NOT_FOUND: Secret [projects/1/secrets/x] not found' >&2; exit 1 ;;
esac"#;
    let answers = Place::with("gcloud", gcloud).fetch("preset = \"gcloud\"", &["api-key", "x"]).await;
    assert_eq!((told(&answers)[0].as_str(), words(&answers)[1]), ("API_KEY=v\n", "DS-STORE-01"));

    let az = r#"[ "$*" = "keyvault secret show --vault-name shop --name api-key --output json" ] || {
  echo "ERROR: Please run 'az login' to setup account." >&2; exit 1; }
echo '{"attributes":{"enabled":true},"contentType":null,"id":"https://shop.vault.azure.net/secrets/api-key/1","value":"v"}'"#;
    let answers = Place::with("az", az).fetch("preset = \"az\"", &["shop/api-key", "shop/other"]).await;
    assert_eq!((told(&answers)[0].as_str(), words(&answers)[1]), ("API_KEY=v", "DS-STORE-17"));
}

const OWN: &str = "command = [\"get\", \"{service}\", \"{environment}\", \"{name}\"]";

#[tokio::test]
async fn words_are_filled_and_no_shell_reads_them() {
    let place = Place::with("get", "printf '%s|' \"$@\"");
    let answers = place.fetch(OWN, &["x/$(touch owned); `id` *"]).await;
    let payload = answers[0].1.as_ref().unwrap();
    let value = payload.values.values().next().unwrap().expose_to(str::to_owned);
    assert_eq!(value, "a|dev|$(touch owned); `id` *|");
    assert!(!place.root.path().join("owned").exists());
}

#[tokio::test]
async fn the_environment_is_small() {
    let answers = Place::with("get", "env").fetch(&format!("{OWN}\noutput = \"dotenv\""), &["x"]).await;
    let names: Vec<String> = answers[0].1.as_ref().unwrap().values.keys().cloned().collect();
    assert!(names.contains(&"HOME".to_owned()) && names.contains(&"NO_COLOR".to_owned()));
    assert!(!names.iter().any(|name| name.starts_with("VAULT") || name == "UNRELATED"), "{names:?}");
}

#[tokio::test]
async fn exit_codes_are_decoded_and_what_was_said_is_tame() {
    for (script, says) in [
        ("exit 3", "DS-STORE-16 get ended with 3"),
        ("exit 127", "DS-STORE-16 get ended with 127: a program it needs was not found"),
        ("exit 143", "DS-STORE-16 get ended with 143: signal 15"),
        ("kill -9 $$", "DS-STORE-16 get was ended by signal 9"),
        (r"printf '\033[2J\033]0;owned\007bad\nmore\n' >&2; exit 1", "DS-STORE-16 get ended with 1: bad"),
        ("echo canary-5d; echo 'no canary-5d here' >&2; exit 1", "DS-STORE-16 get ended with 1: no *** here"),
    ] {
        assert_eq!(told(&Place::with("get", script).fetch(OWN, &["x"]).await), [says], "{script}");
    }
    let passed = format!("{OWN}\npass = [\"VAULT_TOKEN\"]");
    let answers = Place::with("get", "echo \"got $VAULT_TOKEN\" >&2; exit 1").fetch(&passed, &["x"]).await;
    assert_eq!(told(&answers), ["DS-STORE-16 get ended with 1: got ***"]);
}

#[tokio::test]
async fn a_program_that_is_not_there_is_said() {
    let answers = Place::with("other", "").fetch(OWN, &["x"]).await;
    assert_eq!(told(&answers), ["DS-STORE-15 there is no program get here"]);
}

/// git keeps one bit of a file's mode, and it is easily lost.
#[tokio::test]
async fn a_program_of_the_project_is_told_by_what_it_lacks() {
    let place = Place::with("other", "");
    let own = OWN.replace("\"get\"", "\"./tools/get.sh\"");
    let answers = place.fetch(&own, &["x"]).await;
    assert_eq!(told(&answers), ["DS-STORE-15 there is no program ./tools/get.sh here"]);
    std::fs::create_dir_all(place.root.path().join("tools")).unwrap();
    crate::private_file::replace(&place.root.path().join("tools/get.sh"), b"#!/bin/sh\n").unwrap();
    assert_eq!(told(&place.fetch(&own, &["x"]).await), ["DS-STORE-15 ./tools/get.sh may not be executed"]);
}

#[tokio::test]
async fn a_program_that_waits_is_stopped_with_what_it_started() {
    let place = Place::with("get", "echo $$ >> pids; sleep 300 & echo $! >> pids; wait");
    let answers = place.fetch(&format!("{OWN}\ntimeout = 1"), &["x"]).await;
    assert_eq!(words(&answers), ["DS-STORE-18"]);
    await_end(&place);
    let answers = place.fetch_within("1", &format!("{OWN}\ntimeout = 60"), &["x"]).await;
    assert_eq!(words(&answers), ["DS-STORE-12"]);
    await_end(&place);
}

/// Every process the program noted is gone, or about to be: a killed one may wait for its parent.
fn await_end(place: &Place) {
    let noted = std::fs::read_to_string(place.root.path().join("pids")).unwrap();
    for pid in noted.lines() {
        let alive = || {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            !stat.is_empty() && !stat.contains(") Z ")
        };
        while cfg!(target_os = "linux") && alive() {
            std::thread::yield_now();
        }
    }
}

/// It is done; a child of it keeps its output open for ever.
#[tokio::test]
async fn a_hanging_grandchild_is_not_waited_for() {
    let place = Place::with("get", "sleep 300 & echo $! > pids; echo v");
    let answers = place.fetch(OWN, &["key"]).await;
    assert_eq!(told(&answers), ["KEY=v"]);
    await_end(&place);
}

#[tokio::test]
async fn output_without_end_is_cut_off() {
    let answers = Place::with("get", "yes canary").fetch(OWN, &["x"]).await;
    assert_eq!(words(&answers), ["DS-STORE-05"]);
    let loud = Place::with("get", "yes noise | head -c 5000000 >&2; echo v");
    assert_eq!(told(&loud.fetch(OWN, &["key"]).await), ["KEY=v"]);
}

#[tokio::test]
async fn garbage_is_told_and_not_shown() {
    let json = format!("{OWN}\noutput = \"json\"");
    for script in ["echo 'canary-5d {'", "true", "head -c 100 /dev/urandom"] {
        let answers = Place::with("get", script).fetch(&json, &["x"]).await;
        assert_eq!(told(&answers), ["DS-STORE-06 x is not JSON, which the profile expects"], "{script}");
    }
}
