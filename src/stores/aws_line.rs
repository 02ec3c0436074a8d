//! The line to one region of one account, as every store of AWS needs it.
//!
//! Owns whose credentials are used, where they lead, and what the services have in common: ARNs that tell region and
//! account, and the errors every one of them gives.

use std::collections::BTreeMap;
use std::future::Future;

use aws_config::SdkConfig;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_types::DateTime;
use time::OffsetDateTime;

use super::whose::Whose;
use super::{Answers, Miss, Progress};
use crate::aws::{CallError, Service, SetupError, connect, http_client};
use crate::secret::plain;
use crate::settings::Settings;
use crate::sso::RoleKeys;

/// One service in one region of one account, seen through one role.
#[derive(Debug)]
pub struct AwsLine {
    config: SdkConfig,
    region: String,
    /// 12 digits, when known.
    account: Option<String>,
    whose: Whose,
    progress: Progress,
}

impl AwsLine {
    /// From now on `progress` hears of each answer.
    #[must_use]
    pub fn telling(self, progress: Progress) -> Self {
        Self { progress, ..self }
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// With the keys of a role from the portal.
    ///
    /// # Errors
    /// When no connection can be set up; nothing is sent yet.
    pub fn of_role(
        settings: &Settings,
        service: Service,
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
        let line = Self::open(settings, service, region, SharedCredentialsProvider::new(credentials))?;
        Ok(Self { account: Some(account.to_owned()), whose: Whose::Role, ..line })
    }

    /// With whatever the environment offers, for profiles without a sign-in: static keys, an AWS profile, a
    /// container's or a machine's role, in the SDK's own order.
    ///
    /// # Errors
    /// When no connection can be set up.
    pub async fn ambient(settings: &Settings, service: Service, region: &str) -> Result<Self, SetupError> {
        let provider = match static_keys(settings) {
            Some(keys) => SharedCredentialsProvider::new(keys),
            None => SharedCredentialsProvider::new(
                DefaultCredentialsChain::builder()
                    .region(aws_config::Region::new(region.to_owned()))
                    .configure(ProviderConfig::default().with_http_client(http_client(settings)?))
                    .build()
                    .await,
            ),
        };
        Self::open(settings, service, region, provider)
    }

    fn open(
        settings: &Settings,
        service: Service,
        region: &str,
        credentials: SharedCredentialsProvider,
    ) -> Result<Self, SetupError> {
        let config = connect(settings, service, region)?;
        let config = config.into_builder().credentials_provider(credentials).build();
        Ok(Self {
            config,
            region: region.to_owned(),
            account: None,
            whose: Whose::ambient(settings),
            progress: Progress::default(),
        })
    }

    /// What a client is made of.
    pub(super) fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// "account 111122223333, eu-west-2", for messages.
    pub(super) fn place(&self) -> String {
        match &self.account {
            Some(account) => format!("account {account}, {}", self.region),
            None => format!("the account of your AWS credentials, {}", self.region),
        }
    }

    /// One answer for each of `ids`, in the order asked. Those of another region are answered here, the others by
    /// `ask`.
    pub(super) async fn sorted<F: Future<Output = Answers>>(
        &self,
        ids: &[String],
        ask: impl FnOnce(Vec<String>) -> F,
    ) -> Answers {
        let here = ids.iter().filter(|id| self.abroad(id).is_none()).cloned().collect();
        let mut answers: BTreeMap<_, _> = ask(here).await.into_iter().collect();
        let answer = |id: &String| match self.abroad(id) {
            Some(miss) => Err(miss),
            None => answers.remove(id).unwrap_or_else(|| Err(Miss::unanswered(id))),
        };
        ids.iter().map(answer).zip(ids).map(|(answer, id)| (id.clone(), answer)).collect()
    }

    /// What is shared across accounts is named by ARN, so only a refusal makes another account a wrong one. Whose keys the
    /// environment offered, the refusal itself says.
    pub(super) fn elsewhere(&self, id: &str, reason: &str) -> Option<Miss> {
        let own = arn_field(id, ACCOUNT)?;
        let account = self.account.as_deref().or_else(|| asker(reason)).filter(|account| *account != own)?;
        let place = format!("account {account}, {}", self.region);
        Some(Miss::WrongAccount { id: id.to_owned(), own: own.to_owned(), place })
    }

    /// An endpoint serves its own region alone, so an ARN of another need not be asked for.
    fn abroad(&self, id: &str) -> Option<Miss> {
        let own = region_of(id).filter(|own| *own != self.region)?;
        Some(Miss::WrongRegion { id: id.to_owned(), own: own.to_owned(), asked: self.region.clone() })
    }

    /// What a whole call's failure means; `refused` knows the service's own codes.
    pub(super) fn failed(&self, call: &CallError, refused: impl FnOnce(&str, &str) -> Miss) -> Miss {
        match call {
            CallError::Refused { code, message, .. } => refused(code, message),
            CallError::NoCredentials { .. } => self.whose.none(),
            other => Miss::Unreachable { reason: other.to_string() },
        }
    }

    /// Codes every service has, without `Exception`.
    pub(super) fn common(&self, id: String, code: &str, reason: String) -> Miss {
        match code {
            "ExpiredToken" => self.whose.expired(),
            "UnrecognizedClient" | "InvalidSignature" => self.whose.refused(),
            "Throttling" | "TooManyRequests" => Miss::Throttled { id: Some(id) },
            _ => Miss::Other { id: Some(id), code: plain(code), reason },
        }
    }
}

/// Whether a refusal is about the KMS key of a secret: "Access to KMS is not allowed", or the name of an action.
pub(super) fn is_about_keys(reason: &str) -> bool {
    ["Access to KMS", "kms:", "AWSKMS", "ciphertext", "KMS key"].iter().any(|word| reason.contains(word))
}

/// "User: arn:aws:sts::111122223333:assumed-role/… is not authorized …".
fn asker(reason: &str) -> Option<&str> {
    owner(reason.split_once("User: ")?.1.split_whitespace().next()?)
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`, counted from 0.
const REGION: usize = 3;
const ACCOUNT: usize = 4;

/// Whose the thing is that an ARN names: 12 digits.
pub(super) fn owner(arn: &str) -> Option<&str> {
    arn_field(arn, ACCOUNT)
}

/// The region an ARN names.
pub(super) fn region_of(id: &str) -> Option<&str> {
    arn_field(id, REGION)
}

fn arn_field(id: &str, position: usize) -> Option<&str> {
    id.strip_prefix("arn:").and_then(|_| id.split(':').nth(position)).filter(|field| !field.is_empty())
}

fn static_keys(settings: &Settings) -> Option<Credentials> {
    let (id, secret) = (settings.var("AWS_ACCESS_KEY_ID")?, settings.var("AWS_SECRET_ACCESS_KEY")?);
    let token = settings.var("AWS_SESSION_TOKEN").map(str::to_owned);
    Some(Credentials::new(id, secret, token, None, "environment"))
}

/// A time of the SDK's as one of ours.
pub(super) fn moment(time: &DateTime) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(time.secs()).ok()
}
