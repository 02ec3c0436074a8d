//! The stores against moto's Secrets Manager and Parameter Store: implementations nobody here wrote.
//!
//! Needs a Python environment with `moto[server]` and `boto3` (both from PyPI), which `tests/run` makes. Without one the
//! tests are skipped, loudly.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::parts;
use crate::support::Case;

/// A running moto; dropping it ends it.
struct Moto {
    child: Child,
    bin: PathBuf,
    url: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Moto {
    /// `None` after saying why.
    fn start() -> Option<Self> {
        let bin = parts::folder().join("venv/bin");
        if !bin.join("moto_server").exists() {
            parts::skipped("moto's server");
            return None;
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let mut command = Command::new(bin.join("moto_server"));
        command
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let moto = Self { child, bin, url: format!("http://127.0.0.1:{port}") };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "moto does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(moto)
    }

    /// Runs a few lines of Python with `client`, boto3's own for Secrets Manager, and `ssm` at hand.
    fn with_client(&self, lines: &str) {
        let open = format!(
            "import boto3\nclient = boto3.client('secretsmanager', endpoint_url='{0}')\n\
             ssm = boto3.client('ssm', endpoint_url='{0}')\n",
            self.url
        );
        let mut python = Command::new(self.bin.join("python"));
        python.args(["-c", &(open + lines)]).env_clear().envs(KEYS);
        let output = python.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The platform's own way: static keys, no sign-in, ids from the environment.
    fn case(&self, ids: &str) -> Case {
        let case = KEYS.iter().fold(Case::of("platform"), |case, (name, value)| case.with(name, value));
        case.with("SECRET_MANAGER_PROVIDER", "aws")
            .with("AWS_SECRETS_MANAGER_SECRET_IDS", ids)
            .with("AWS_ENDPOINT_URL_SECRETS_MANAGER", &self.url)
    }
}

const KEYS: [(&str, &str); 4] = [
    ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "example"),
    ("AWS_REGION", "eu-west-1"),
    ("AWS_DEFAULT_REGION", "eu-west-1"),
];

#[test]
fn values_come_out_as_they_were_put_in() {
    let Some(moto) = Moto::start() else { return };
    moto.with_client(
        r#"
client.create_secret(Name='platform/api', SecretString='{"QUEUE_REDIS_HOST":"redis.example","QUEUE_REDIS_PORT":6380}')
client.create_secret(Name='platform/openai-api-key', SecretString='sk-"plain" $text')
"#,
    );
    let case = moto.case("platform/api, platform/openai-api-key");
    let run = case.run(&["seed", "--yes", "--service", "api"]).exits(0);
    assert!(!run.raw.contains("sk-"), "{run}");
    let values = case.values("api/.env.local");
    assert_eq!((&*values["QUEUE_REDIS_HOST"], &*values["QUEUE_REDIS_PORT"]), ("redis.example", "6380"));
    assert_eq!(values["OPENAI_API_KEY"], "sk-\"plain\" $text");
}

#[test]
fn each_failure_keeps_its_own_name() {
    let Some(moto) = Moto::start() else { return };
    moto.with_client(
        "
client.create_secret(Name='binary', SecretBinary=b'\\x00\\x9f\\x92')
client.create_secret(Name='old', SecretString='{}')
client.delete_secret(SecretId='old', RecoveryWindowInDays=7)
",
    );
    for id in ["binary", "old", "absent"] {
        let run = moto.case(id).run(&["status", "--service", "api", "--env", "production"]).exits(1);
        let about = run.out.lines().find(|line| line.contains("OPENAI_API_KEY")).unwrap().trim().to_owned();
        assert_snapshot!(format!("moto_{id}"), about);
    }
}

/// One id out of many that fails must not hide the others, also beyond one batch of twenty.
#[test]
fn more_than_one_batch() {
    let Some(moto) = Moto::start() else { return };
    moto.with_client(
        "
for number in range(45):
    client.create_secret(Name=f'many/{number}', SecretString='{\"K%d\":\"v\"}' % number)
client.create_secret(Name='many/last', SecretString='{\"OPENAI_API_KEY\":\"found\"}')
",
    );
    let ids: Vec<String> =
        (0..45).map(|number| format!("many/{number}")).chain(["many/last".to_owned()]).collect();
    let case = moto.case(&ids.join(","));
    case.run(&["seed", "--yes", "--service", "api"]).exits(0);
    assert_eq!(case.values("api/.env.local")["OPENAI_API_KEY"], "found");
}

#[test]
fn a_full_arn_is_an_id_too() {
    let Some(moto) = Moto::start() else { return };
    moto.with_client(
        "
made = client.create_secret(Name='platform/api', SecretString='{\"OPENAI_API_KEY\":\"by arn\"}')
assert made['ARN'].startswith('arn:aws:secretsmanager:eu-west-1:123456789012:secret:platform/api-')
",
    );
    let case = moto.case("arn:aws:secretsmanager:eu-west-1:123456789012:secret:platform/api");
    case.run(&["seed", "--yes", "--service", "api"]);
    assert_eq!(case.values("api/.env.local").get("OPENAI_API_KEY").map(String::as_str), Some("by arn"));
}

const PARAMETERS: &str = r#"
schema = 1
name = "shop"
title = "Shop"
[store.parameters]
kind = "aws-parameter-store"
ids = ["/shop/{service}/", "/shared/json", "/shared/plain-key", "/shared/absent"]
[variables]
API_KEY = {}
DEEP_KEY = {}
FROM_JSON = {}
PLAIN_KEY = {}
NOWHERE = {}
[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY", "DEEP_KEY", "FROM_JSON", "PLAIN_KEY"]
optional = ["NOWHERE"]
"#;

/// More below a path than fits on a page, encrypted, beside names of which one is not there.
#[test]
fn parameters_come_out_as_they_were_put_in() {
    let Some(moto) = Moto::start() else { return };
    moto.with_client(
        r#"
put = lambda name, value, kind='SecureString': ssm.put_parameter(Name=name, Value=value, Type=kind)
put('/shop/api/api-key', 'k-"1" $x')
put('/shop/api/nested/deep-key', 'd')
for number in range(25):
    put(f'/shop/api/many/k{number}', 'v')
put('/shared/json', '{"FROM_JSON": "j"}')
put('/shared/plain-key', 'p', 'String')
"#,
    );
    let case = KEYS.iter().fold(Case::with_profile(PARAMETERS), |case, (name, value)| case.with(name, value));
    let case = case.with("AWS_ENDPOINT_URL_SSM", &moto.url);
    let run = case.run(&["seed", "--yes"]).exits(0);
    assert!(!run.raw.contains("k-\""), "{run}");
    let values = case.values("api/.env");
    let expected = [("API_KEY", "k-\"1\" $x"), ("DEEP_KEY", "d"), ("FROM_JSON", "j"), ("PLAIN_KEY", "p")];
    assert_eq!(values, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let told = case.run(&["explain", "NOWHERE"]);
    assert!(told.out.contains("no secret /shared/absent in the account of your AWS credentials"), "{told}");
}
