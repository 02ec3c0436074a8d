//! SDK clients that talk to a sandbox, and the walk from nothing to role keys.

use std::time::Duration;

use aws_sdk_secretsmanager::config::{
    BehaviorVersion, Credentials, Region, SharedHttpClient, retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_sdk_ssooidc::error::SdkError;
use aws_sdk_ssooidc::operation::create_token::{CreateTokenError, CreateTokenOutput};
use aws_sdk_ssooidc::operation::register_client::RegisterClientOutput;
use aws_sdk_ssooidc::operation::start_device_authorization::StartDeviceAuthorizationOutput;
use devsecrets::sandbox::{Sandbox, World};

pub const START_URL: &str = "https://acme.awsapps.com/start";
pub const REGION: &str = "eu-west-2";
pub const ACCOUNT: &str = "111122223333";
pub const ROLE: &str = "DeveloperAccess";
pub const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// One account, one role, no secrets.
pub fn acme() -> World {
    World::new().start_url(START_URL).region(REGION).account(
        ACCOUNT,
        "Acme Development",
        "dev@example.com",
        &[ROLE],
    )
}

fn http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// No retries, so that one call is one round trip; short limits, so that silence ends.
macro_rules! client {
    ($sdk:ident, $sandbox:expr, $region:expr, $credentials:expr) => {{
        let limits = TimeoutConfig::builder().operation_timeout(Duration::from_secs(5)).build();
        let config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new($region.to_owned()))
            .endpoint_url($sandbox.url())
            .http_client(http())
            .retry_config(RetryConfig::disabled())
            .timeout_config(limits);
        $sdk::Client::from_conf($credentials(config).build())
    }};
}

pub fn oidc(sandbox: &Sandbox) -> aws_sdk_ssooidc::Client {
    client!(aws_sdk_ssooidc, sandbox, "us-east-1", |config| config)
}

pub fn portal(sandbox: &Sandbox) -> aws_sdk_sso::Client {
    client!(aws_sdk_sso, sandbox, "us-east-1", |config| config)
}

pub fn secrets_with(sandbox: &Sandbox, region: &str, keys: Credentials) -> aws_sdk_secretsmanager::Client {
    client!(aws_sdk_secretsmanager, sandbox, region, |config: aws_sdk_secretsmanager::config::Builder| {
        config.credentials_provider(keys)
    })
}

/// A client of the Parameter Store at the end of the whole walk.
pub async fn parameters(sandbox: &Sandbox) -> aws_sdk_ssm::Client {
    let keys = role_keys(sandbox).await;
    client!(aws_sdk_ssm, sandbox, REGION, |config: aws_sdk_ssm::config::Builder| {
        config.credentials_provider(keys)
    })
}

/// A sign-in in progress: the registration and what it has been given.
pub struct SignIn {
    pub client: aws_sdk_ssooidc::Client,
    pub registration: RegisterClientOutput,
    pub device: StartDeviceAuthorizationOutput,
}

impl SignIn {
    pub async fn begin(sandbox: &Sandbox) -> Self {
        Self::with_scopes(sandbox, &["sso:account:access"]).await
    }

    pub async fn with_scopes(sandbox: &Sandbox, scopes: &[&str]) -> Self {
        let client = oidc(sandbox);
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let register = client.register_client().client_name("devsecrets").client_type("public");
        let registration = register.set_scopes(Some(scopes)).send().await.unwrap();
        let device = client
            .start_device_authorization()
            .client_id(registration.client_id().unwrap())
            .client_secret(registration.client_secret().unwrap())
            .start_url(START_URL)
            .send()
            .await
            .unwrap();
        Self { client, registration, device }
    }

    pub fn user_code(&self) -> &str {
        self.device.user_code().unwrap()
    }

    pub async fn poll(&self) -> Result<CreateTokenOutput, SdkError<CreateTokenError>> {
        self.ask(DEVICE_CODE).device_code(self.device.device_code().unwrap()).send().await
    }

    pub async fn refresh(&self, token: &str) -> Result<CreateTokenOutput, SdkError<CreateTokenError>> {
        self.ask("refresh_token").refresh_token(token).send().await
    }

    pub fn ask(
        &self,
        grant: &str,
    ) -> aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder {
        self.client
            .create_token()
            .client_id(self.registration.client_id().unwrap())
            .client_secret(self.registration.client_secret().unwrap())
            .grant_type(grant)
    }
}

/// The service's own error, or a panic that says nothing of the reply.
pub fn service_error<E>(error: SdkError<E>) -> E {
    match error {
        SdkError::ServiceError(context) => context.into_err(),
        SdkError::TimeoutError(_) => panic!("timed out"),
        SdkError::DispatchFailure(_) => panic!("could not reach the sandbox"),
        SdkError::ResponseError(_) => panic!("could not read the reply"),
        _ => panic!("could not build the request"),
    }
}

/// An access token of a world that approves by itself.
pub async fn access_token(sandbox: &Sandbox) -> String {
    let sign_in = SignIn::begin(sandbox).await;
    sandbox.approve(sign_in.user_code());
    sign_in.poll().await.unwrap().access_token().unwrap().to_owned()
}

/// Role keys for the one account.
pub async fn role_keys(sandbox: &Sandbox) -> Credentials {
    let token = access_token(sandbox).await;
    let ask = portal(sandbox).get_role_credentials().access_token(token);
    let reply = ask.account_id(ACCOUNT).role_name(ROLE).send().await.unwrap();
    let keys = reply.role_credentials().unwrap();
    Credentials::new(
        keys.access_key_id().unwrap(),
        keys.secret_access_key().unwrap(),
        keys.session_token().map(str::to_owned),
        None,
        "sandbox",
    )
}

/// A Secrets Manager client at the end of the whole walk.
pub async fn secrets(sandbox: &Sandbox) -> aws_sdk_secretsmanager::Client {
    secrets_with(sandbox, REGION, role_keys(sandbox).await)
}
