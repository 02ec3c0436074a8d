//! AWS Secrets Manager: batches of twenty, single reads where the batch permission is absent.
//!
//! Each id is asked once. A batch answers partly: its `Errors` name the ids we sent, its values carry name and
//! ARN, so both are mapped back to the id that was asked (measured). Whole calls are tried again by the SDK, members
//! of a batch that were throttled by us; both end with the deadline.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::Builder;
use aws_sdk_secretsmanager::primitives::Blob;
use aws_sdk_secretsmanager::types::SecretValueEntry;
use aws_smithy_types::DateTime;
use time::OffsetDateTime;

use super::deadline::side_by_side;
use super::{Answers, Deadline, Fetching, Miss, Payload, Store};
use crate::aws::{CallError, Service, SetupError, connect};
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::RoleKeys;

/// BatchGetSecretValue takes at most this many ids (AWS API reference).
const BATCH: usize = 20;

/// Times a throttled member of a batch is asked for.
const TRIES: u32 = 3;

/// One region of one account, seen through one role.
#[derive(Debug)]
pub struct AwsSecretsManager {
    client: Client,
    region: String,
    /// 12 digits, when known.
    account: Option<String>,
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
        Self::open(settings, region, Some(account), SharedCredentialsProvider::new(credentials))
    }

    /// With whatever the environment offers, for profiles without a sign-in: static keys, an AWS profile, a
    /// container's or a machine's role, in the SDK's own order.
    ///
    /// # Errors
    /// When no connection can be set up.
    pub async fn with_ambient(settings: &Settings, region: &str) -> Result<Self, SetupError> {
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
        Self::open(settings, region, None, provider)
    }

    fn open(
        settings: &Settings,
        region: &str,
        account: Option<&str>,
        credentials: SharedCredentialsProvider,
    ) -> Result<Self, SetupError> {
        let config = connect(settings, Service::SecretsManager, region)?;
        let client = Client::from_conf(Builder::from(&config).credentials_provider(credentials).build());
        Ok(Self { client, region: region.to_owned(), account: account.map(str::to_owned) })
    }

    /// "account 111122223333, eu-west-2", for messages.
    fn place(&self) -> String {
        match &self.account {
            Some(account) => format!("account {account}, {}", self.region),
            None => format!("the account of your AWS credentials, {}", self.region),
        }
    }

    /// Up to twenty ids; `None` where the batch itself is not permitted. Members that were throttled are asked for
    /// again, the others never.
    async fn batch(&self, ids: &[String], deadline: Deadline) -> Option<Answers> {
        let mut answers = self.batch_once(ids, deadline).await?;
        for tried in 0..TRIES - 1 {
            let again: Vec<String> = throttled(&answers);
            // A whole call that was throttled has been tried often enough by the SDK.
            if again.is_empty() || again.len() == ids.len() {
                break;
            }
            deadline.pause(tried).await;
            let later: BTreeMap<_, _> = self.batch_once(&again, deadline).await?.into_iter().collect();
            for (id, answer) in &mut answers {
                if let Some(found) = later.get(id) {
                    answer.clone_from(found);
                }
            }
        }
        Some(answers)
    }

    async fn batch_once(&self, ids: &[String], deadline: Deadline) -> Option<Answers> {
        let asked = self.client.batch_get_secret_value().set_secret_id_list(Some(ids.to_vec())).send();
        let error = match deadline.bound(asked).await {
            None => return Some(ids.iter().map(|id| (id.clone(), Err(late(deadline)))).collect()),
            Some(Ok(answer)) => {
                let errors = answer.errors().iter().filter_map(|e| {
                    let id = e.secret_id()?;
                    let (code, message) =
                        (e.error_code().unwrap_or_default(), e.message().unwrap_or_default());
                    Some((id, self.miss(id, code, message)))
                });
                return Some(sort_back(ids, answer.secret_values(), errors.collect()));
            }
            Some(Err(error)) => CallError::from_sdk("BatchGetSecretValue", &error),
        };
        let permitted = !matches!(error.code(), Some("AccessDeniedException" | "UnknownOperationException"));
        permitted.then(|| ids.iter().map(|id| (id.clone(), Err(self.failed(id, &error)))).collect())
    }

    /// Batches side by side, then one by one what may not be read in a batch.
    async fn all(&self, ids: &[String], deadline: Deadline) -> Answers {
        let (mut answers, mut singly) = (Answers::new(), Vec::new());
        if let [id] = ids {
            singly.push(id);
        } else {
            let asked = ids.chunks(BATCH).map(|ids| async move { (ids, self.batch(ids, deadline).await) });
            for (ids, batch) in side_by_side(asked).await {
                match batch {
                    Some(batch) => answers.extend(batch),
                    None => singly.extend(ids),
                }
            }
        }
        answers.extend(side_by_side(singly.into_iter().map(|id| self.single(id, deadline))).await);
        answers
    }

    async fn single(&self, id: &str, deadline: Deadline) -> (String, Result<Payload, Miss>) {
        let answer = match deadline.bound(self.client.get_secret_value().secret_id(id).send()).await {
            None => Err(late(deadline)),
            Some(Ok(answer)) => {
                payload(id, answer.secret_string(), answer.secret_binary(), answer.created_date())
            }
            Some(Err(error)) => Err(self.failed(id, &CallError::from_sdk("GetSecretValue", &error))),
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
        let reason = plain(message);
        let code = code.strip_suffix("Exception").unwrap_or(code);
        if let ("ResourceNotFound" | "AccessDenied", Some(miss)) = (code, self.elsewhere(id)) {
            return miss;
        }
        let id = id.to_owned();
        match code {
            "ResourceNotFound" => Miss::NotThere { id, place: self.place() },
            "AccessDenied" => Miss::Denied { id, reason, permission: "secretsmanager:GetSecretValue" },
            "InvalidRequest" if reason.contains("delet") => Miss::Deleted { id },
            "DecryptionFailure" => Miss::Undecryptable { id },
            "ExpiredToken" | "UnrecognizedClient" | "InvalidSignature" => Miss::Expired,
            "Throttling" | "TooManyRequests" => Miss::Throttled,
            _ => Miss::Other { code: plain(code), reason },
        }
    }

    /// Secrets are shared across accounts by ARN, so only a refusal makes another account a wrong one.
    fn elsewhere(&self, id: &str) -> Option<Miss> {
        let own = arn_field(id, ACCOUNT)?;
        let other = self.account.as_deref().is_some_and(|account| account != own);
        other.then(|| Miss::WrongAccount { id: id.to_owned(), own: own.to_owned(), place: self.place() })
    }

    /// An endpoint serves its own region alone, so an ARN of another need not be asked for.
    fn abroad(&self, id: &str) -> Option<Miss> {
        let own = arn_field(id, REGION).filter(|own| *own != self.region)?;
        Some(Miss::WrongRegion { id: id.to_owned(), own: own.to_owned(), asked: self.region.clone() })
    }
}

impl Store for AwsSecretsManager {
    fn fetch<'a>(&'a self, ids: &'a [String], deadline: Deadline) -> Fetching<'a> {
        Box::pin(async move {
            let here: Vec<String> = ids.iter().filter(|id| self.abroad(id).is_none()).cloned().collect();
            let mut answers: BTreeMap<_, _> = self.all(&here, deadline).await.into_iter().collect();
            let answer = |id: &String| match self.abroad(id) {
                Some(miss) => Err(miss),
                None => answers.remove(id).unwrap_or_else(|| Err(unanswered(id))),
            };
            ids.iter().map(answer).zip(ids).map(|(answer, id)| (id.clone(), answer)).collect()
        })
    }
}

/// `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX`, counted from 0.
const REGION: usize = 3;
const ACCOUNT: usize = 4;

fn arn_field(id: &str, position: usize) -> Option<&str> {
    id.strip_prefix("arn:").and_then(|_| id.split(':').nth(position)).filter(|field| !field.is_empty())
}

fn throttled(answers: &Answers) -> Vec<String> {
    let again = answers.iter().filter(|(_, answer)| matches!(answer, Err(Miss::Throttled)));
    again.map(|(id, _)| id.clone()).collect()
}

fn late(deadline: Deadline) -> Miss {
    Miss::TooSlow { seconds: deadline.seconds }
}

fn static_keys(settings: &Settings) -> Option<Credentials> {
    let (id, secret) = (settings.var("AWS_ACCESS_KEY_ID")?, settings.var("AWS_SECRET_ACCESS_KEY")?);
    let token = settings.var("AWS_SESSION_TOKEN").map(str::to_owned);
    Some(Credentials::new(id, secret, token, None, "environment"))
}

fn payload(
    id: &str,
    text: Option<&str>,
    blob: Option<&Blob>,
    made: Option<&DateTime>,
) -> Result<Payload, Miss> {
    let bytes = text.map(|t| t.as_bytes().to_vec()).or_else(|| blob.map(|b| b.as_ref().to_vec()));
    let since = made.and_then(|made| OffsetDateTime::from_unix_timestamp(made.secs()).ok());
    Ok(Payload::read(id, bytes.unwrap_or_default())?.since(since))
}

/// One answer for each id asked, in the order asked. An id nobody spoke of may well be there: absence is an error
/// of its own.
fn sort_back(ids: &[String], values: &[SecretValueEntry], mut errors: BTreeMap<&str, Miss>) -> Answers {
    ids.iter()
        .map(|id| {
            let entry = values.iter().find(|entry| is_named(entry, id));
            let answer = match (entry, errors.remove(id.as_str())) {
                (Some(entry), _) => {
                    payload(id, entry.secret_string(), entry.secret_binary(), entry.created_date())
                }
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
