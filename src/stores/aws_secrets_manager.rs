//! AWS Secrets Manager: batches of twenty, single reads where the batch permission is absent.
//!
//! Each id is asked once. A batch answers partly: its `Errors` name the ids we sent, its values carry name and
//! ARN, so both are mapped back to the id that was asked (measured).

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::Builder;
use aws_sdk_secretsmanager::primitives::Blob;
use aws_sdk_secretsmanager::types::SecretValueEntry;
use futures_util::future::join_all;

use super::{Answers, Miss, Payload, Store};
use crate::aws::{CallError, Service, SetupError, connect};
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::RoleKeys;

/// BatchGetSecretValue takes at most this many ids (AWS API reference).
const BATCH: usize = 20;

/// One region of one account, seen through one role.
#[derive(Debug)]
pub struct AwsSecretsManager {
    client: Client,
    /// "account 111122223333, eu-west-2", for messages.
    place: String,
}

impl AwsSecretsManager {
    /// With the keys of a role from the portal.
    ///
    /// # Errors
    /// When no connection can be set up; nothing is sent yet.
    pub fn with_keys(
        settings: &Settings,
        region: &str,
        account: &str,
        keys: &RoleKeys,
    ) -> Result<Self, SetupError> {
        let credentials = Credentials::new(
            &keys.access_key_id,
            keys.secret_access_key.expose_to(str::to_owned),
            Some(keys.session_token.expose_to(str::to_owned)),
            Some(keys.expires_at.into()),
            "devsecrets",
        );
        let place = format!("account {account}, {region}");
        Self::open(settings, region, place, SharedCredentialsProvider::new(credentials))
    }

    /// With whatever the environment offers, for profiles without a sign-in: static keys, an AWS profile, a
    /// container's or a machine's role, in the SDK's own order.
    ///
    /// # Errors
    /// When no connection can be set up.
    pub async fn with_ambient(settings: &Settings, region: &str) -> Result<Self, SetupError> {
        let place = format!("the account of your AWS credentials, {region}");
        let provider = match static_keys(settings) {
            Some(keys) => SharedCredentialsProvider::new(keys),
            None => SharedCredentialsProvider::new(
                aws_config::default_provider::credentials::DefaultCredentialsChain::builder()
                    .region(aws_config::Region::new(region.to_owned()))
                    .configure(
                        aws_config::provider_config::ProviderConfig::default()
                            .with_http_client(crate::aws::http_client(settings)?),
                    )
                    .build()
                    .await,
            ),
        };
        Self::open(settings, region, place, provider)
    }

    fn open(
        settings: &Settings,
        region: &str,
        place: String,
        credentials: SharedCredentialsProvider,
    ) -> Result<Self, SetupError> {
        let config = connect(settings, Service::SecretsManager, region)?;
        let client = Client::from_conf(Builder::from(&config).credentials_provider(credentials).build());
        Ok(Self { client, place })
    }

    /// Up to twenty ids in one call; singly where the batch itself is not permitted.
    async fn batch(&self, ids: &[String]) -> Answers {
        let asked = self.client.batch_get_secret_value().set_secret_id_list(Some(ids.to_vec())).send().await;
        match asked {
            Ok(answer) => {
                let errors = answer.errors().iter().filter_map(|e| {
                    let id = e.secret_id()?;
                    let (code, message) =
                        (e.error_code().unwrap_or_default(), e.message().unwrap_or_default());
                    Some((id, self.miss(id, code, message)))
                });
                sort_back(ids, answer.secret_values(), errors.collect())
            }
            Err(error) => {
                let call = CallError::from_sdk("BatchGetSecretValue", &error);
                if matches!(call.code(), Some("AccessDeniedException" | "UnknownOperationException")) {
                    return join_all(ids.iter().map(|id| self.single(id))).await;
                }
                ids.iter().map(|id| (id.clone(), Err(self.failed(id, &call)))).collect()
            }
        }
    }

    async fn single(&self, id: &str) -> (String, Result<Payload, Miss>) {
        let answer = match self.client.get_secret_value().secret_id(id).send().await {
            Ok(answer) => payload(id, answer.secret_string(), answer.secret_binary()),
            Err(error) => Err(self.failed(id, &CallError::from_sdk("GetSecretValue", &error))),
        };
        (id.to_owned(), answer)
    }

    fn failed(&self, id: &str, call: &CallError) -> Miss {
        match call {
            CallError::Refused { code, message, .. } => self.miss(id, code, message),
            CallError::NoCredentials { .. } => Miss::NoCredentials,
            other => Miss::Unreachable { reason: other.to_string() },
        }
    }

    /// Codes as in the AWS API reference; some are documented with and without `Exception`.
    fn miss(&self, id: &str, code: &str, message: &str) -> Miss {
        let (id, reason) = (id.to_owned(), plain(message));
        match code.strip_suffix("Exception").unwrap_or(code) {
            "ResourceNotFound" => Miss::NotThere { id, place: self.place.clone() },
            "AccessDenied" => Miss::Denied { id, reason },
            "InvalidRequest" if reason.contains("delet") => Miss::Deleted { id },
            "DecryptionFailure" => Miss::Undecryptable { id },
            "ExpiredToken" | "UnrecognizedClient" | "InvalidSignature" => Miss::Expired,
            "Throttling" | "TooManyRequests" => Miss::Throttled,
            _ => Miss::Other { code: plain(code), reason },
        }
    }
}

impl Store for AwsSecretsManager {
    fn fetch<'a>(&'a self, ids: &'a [String]) -> Pin<Box<dyn Future<Output = Answers> + 'a>> {
        Box::pin(async move {
            match ids {
                [id] => vec![self.single(id).await],
                ids => join_all(ids.chunks(BATCH).map(|ids| self.batch(ids))).await.concat(),
            }
        })
    }
}

fn static_keys(settings: &Settings) -> Option<Credentials> {
    let (id, secret) = (settings.var("AWS_ACCESS_KEY_ID")?, settings.var("AWS_SECRET_ACCESS_KEY")?);
    let token = settings.var("AWS_SESSION_TOKEN").map(str::to_owned);
    Some(Credentials::new(id, secret, token, None, "environment"))
}

fn payload(id: &str, text: Option<&str>, blob: Option<&Blob>) -> Result<Payload, Miss> {
    let bytes = text.map(|t| t.as_bytes().to_vec()).or_else(|| blob.map(|b| b.as_ref().to_vec()));
    Payload::read(id, bytes.unwrap_or_default())
}

/// One answer for each id asked, in the order asked. An id nobody spoke of may well be there: absence is an error
/// of its own.
fn sort_back(ids: &[String], values: &[SecretValueEntry], mut errors: BTreeMap<&str, Miss>) -> Answers {
    ids.iter()
        .map(|id| {
            let entry = values.iter().find(|entry| is_named(entry, id));
            let answer = match (entry, errors.remove(id.as_str())) {
                (Some(entry), _) => payload(id, entry.secret_string(), entry.secret_binary()),
                (None, Some(miss)) => Err(miss),
                (None, None) => Err(unanswered(id)),
            };
            (id.clone(), answer)
        })
        .collect()
}

fn unanswered(id: &str) -> Miss {
    Miss::Other { code: "NoAnswer".to_owned(), reason: format!("the store left {id} out of its answer") }
}

/// An id is a name, a full ARN, or an ARN without its six-character suffix.
fn is_named(entry: &SecretValueEntry, id: &str) -> bool {
    let arn = entry.arn().unwrap_or_default();
    entry.name() == Some(id) || arn == id || arn.rsplit_once('-').is_some_and(|(partial, _)| partial == id)
}

#[cfg(test)]
mod tests;
