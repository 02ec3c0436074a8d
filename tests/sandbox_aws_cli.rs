//! The sandbox as the AWS CLI and boto3 see it: unmodified, led there by endpoint variables alone.
//!
//! Without `awscli` and `boto3` the tests are skipped, loudly. PyPI's CLI is version 1, which
//! reads and renews sign-ins but cannot make one, so each test makes its own with the SDK and
//! writes the token file that both read.

#![expect(clippy::unwrap_used, reason = "helpers of a test fail as the test does: by panicking")]

#[expect(dead_code, reason = "shared with tests/sandbox.rs, which uses all of it")]
#[path = "sandbox/clients.rs"]
mod clients;
#[path = "support/parts.rs"]
mod parts;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use devsecrets::sandbox::{Operation, Sandbox, World};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use clients::{ACCOUNT, REGION, ROLE, START_URL, SignIn, acme};

const SESSION: &str = "corp";
const PROFILE: &str = "acme-dev";

fn world() -> World {
    acme()
        .auto_approve()
        .secret("backend/development", json!({ "PORT": "8080" }))
        .binary_secret("keys/signing", [0, 159, 146, 150])
        .denied_secret("backend/production")
        .deleted_secret("old/development")
}

/// The `bin` folder of the Python environment, or `None` after saying why.
fn python_parts() -> Option<PathBuf> {
    let bin = parts::folder().join("venv/bin");
    let installed = bin.join("aws").exists() && bin.join("python").exists();
    if !installed {
        parts::skipped("awscli");
    }
    installed.then_some(bin)
}

/// A home folder with one signed-in profile, and the programs to use it with.
struct Home {
    folder: TempDir,
    bin: PathBuf,
    environment: Vec<(String, String)>,
}

impl Home {
    /// Signed in by the device flow; the token file says the token ends in `seconds`.
    async fn signed_in(sandbox: &Sandbox, bin: PathBuf, seconds: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Self { folder, bin, environment: sandbox.environment() };
        let sign_in = SignIn::begin(sandbox).await;
        let tokens = sign_in.poll().await.unwrap();
        let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap();
        let registration_ends = now + time::Duration::days(90);
        let token = json!({
            "startUrl": START_URL,
            "region": "us-east-1",
            "accessToken": tokens.access_token(),
            "expiresAt": (now + time::Duration::seconds(seconds)).format(&Rfc3339).unwrap(),
            "clientId": sign_in.registration.client_id(),
            "clientSecret": sign_in.registration.client_secret(),
            "registrationExpiresAt": registration_ends.format(&Rfc3339).unwrap(),
            "refreshToken": tokens.refresh_token(),
        });
        home.write(".aws/config", &config());
        home.write(&token_file(), &token.to_string());
        home
    }

    #[expect(clippy::disallowed_methods, reason = "a file in a temporary folder")]
    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn token(&self) -> Value {
        let text = fs::read_to_string(self.folder.path().join(token_file())).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Runs a program of the environment off the runtime, which goes on serving meanwhile.
    async fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(self.bin.join(program));
        command.args(arguments).env_clear().envs(self.environment.iter().cloned());
        command.env("HOME", self.folder.path()).env("PATH", &self.bin);
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("AWS_PROFILE", PROFILE);
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    }

    async fn json(&self, program: &str, arguments: &[&str]) -> Value {
        let output = self.run(program, arguments).await;
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn token_file() -> String {
    let name: String = Sha1::digest(SESSION).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(".aws/sso/cache/{name}.json")
}

fn config() -> String {
    format!(
        "[sso-session {SESSION}]\nsso_start_url = {START_URL}\nsso_region = us-east-1\n\
         sso_registration_scopes = sso:account:access\n\n\
         [profile {PROFILE}]\nsso_session = {SESSION}\nsso_account_id = {ACCOUNT}\n\
         sso_role_name = {ROLE}\nregion = {REGION}\noutput = json\n"
    )
}

#[tokio::test]
async fn the_cli_lists_accounts_and_roles() {
    let Some(bin) = python_parts() else { return };
    let sandbox = Sandbox::start(world().account("222233334444", "Acme Staging", "", &[])).await.unwrap();
    let home = Home::signed_in(&sandbox, bin, 3600).await;
    let token = home.token()["accessToken"].as_str().unwrap().to_owned();
    let ask = ["sso", "list-accounts", "--access-token", &token, "--page-size", "1"];
    let accounts = home.json("aws", &ask).await;
    assert_eq!(accounts["accountList"][0]["accountName"], "Acme Development");
    assert_eq!(accounts["accountList"][1]["accountId"], "222233334444");
    assert_eq!(sandbox.count(Operation::ListAccounts), 2);
    let ask = ["sso", "list-account-roles", "--access-token", &token, "--account-id", ACCOUNT];
    assert_eq!(home.json("aws", &ask).await["roleList"][0]["roleName"], ROLE);
}

#[tokio::test]
async fn the_cli_reads_secrets_with_a_signed_in_profile() {
    let Some(bin) = python_parts() else { return };
    let sandbox = Sandbox::start(world()).await.unwrap();
    let home = Home::signed_in(&sandbox, bin, 3600).await;
    let get = ["secretsmanager", "get-secret-value", "--profile", PROFILE, "--secret-id"];
    let text = home.json("aws", &[&get[..], &["backend/development"]].concat()).await;
    assert_eq!(text["SecretString"], r#"{"PORT":"8080"}"#);
    let bytes = home.json("aws", &[&get[..], &["keys/signing"]].concat()).await;
    assert_eq!(bytes["SecretBinary"], "AJ+Slg==");
    let denied = home.run("aws", &[&get[..], &["backend/production"]].concat()).await;
    let says = String::from_utf8_lossy(&denied.stderr).into_owned();
    assert!(!denied.status.success() && says.contains("(AccessDeniedException)"), "{says}");
    let list = home.json("aws", &["secretsmanager", "list-secrets"]).await;
    assert_eq!(list["SecretList"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn boto3_reads_a_batch_and_names_each_failure() {
    const SCRIPT: &str = "
import boto3, json
client = boto3.client('secretsmanager')
batch = client.batch_get_secret_value(
    SecretIdList=['backend/development', 'backend/production', 'old/development', 'absent'])
facts = client.describe_secret(SecretId='backend/development')
print(json.dumps({
    'values': {entry['Name']: entry['SecretString'] for entry in batch['SecretValues']},
    'errors': {error['SecretId']: error['ErrorCode'] for error in batch['Errors']},
    'year': facts['CreatedDate'].year,
}))";
    let Some(bin) = python_parts() else { return };
    let sandbox = Sandbox::start(world()).await.unwrap();
    let home = Home::signed_in(&sandbox, bin, 3600).await;
    let seen = home.json("python", &["-c", SCRIPT]).await;
    assert_eq!(seen["values"], json!({ "backend/development": r#"{"PORT":"8080"}"# }));
    let errors = json!({
        "backend/production": "AccessDeniedException",
        "old/development": "InvalidRequestException",
        "absent": "ResourceNotFoundException",
    });
    assert!(errors.as_object().unwrap().iter().all(|(id, code)| seen["errors"][id] == *code), "{seen}");
    assert_eq!(seen["year"], OffsetDateTime::now_utc().year());
}

/// A token near its end is renewed and written back, with the new refresh token.
#[tokio::test]
async fn boto3_renews_a_token_near_its_end() {
    const SCRIPT: &str = "
import boto3
text = boto3.client('secretsmanager').get_secret_value(SecretId='backend/development')['SecretString']
print(text)";
    let Some(bin) = python_parts() else { return };
    let sandbox = Sandbox::start(world()).await.unwrap();
    let home = Home::signed_in(&sandbox, bin, 60).await;
    let before = home.token();
    assert_eq!(home.json("python", &["-c", SCRIPT]).await["PORT"], "8080");
    let after = home.token();
    assert_ne!(before["accessToken"], after["accessToken"]);
    assert_ne!(before["refreshToken"], after["refreshToken"]);
    assert_eq!(sandbox.count(Operation::CreateToken), 2);
}

/// boto3's own device flow calls, end to end.
#[tokio::test]
async fn boto3_walks_the_device_flow() {
    const SCRIPT: &str = "
import boto3, json, sys
oidc = boto3.client('sso-oidc', region_name='us-east-1')
client = oidc.register_client(clientName='walk', clientType='public', scopes=['sso:account:access'])
pair = {key: client[key] for key in ('clientId', 'clientSecret')}
device = oidc.start_device_authorization(startUrl=sys.argv[1], **pair)
token = oidc.create_token(grantType='urn:ietf:params:oauth:grant-type:device_code',
                          deviceCode=device['deviceCode'], **pair)
sso = boto3.client('sso', region_name='us-east-1')
try:
    sso.get_role_credentials(accessToken=token['accessToken'], accountId='999999999999', roleName='x')
except sso.exceptions.ClientError as error:
    print(json.dumps(error.response['Error']))
sso.logout(accessToken=token['accessToken'])";
    let Some(bin) = python_parts() else { return };
    let sandbox = Sandbox::start(world()).await.unwrap();
    let home = Home::signed_in(&sandbox, bin, 3600).await;
    let refusal = home.json("python", &["-c", SCRIPT, START_URL]).await;
    assert_eq!(refusal, json!({ "Message": "No access", "Code": "ForbiddenException" }));
    assert_eq!(sandbox.count(Operation::Logout), 1);
}
