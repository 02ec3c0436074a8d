//! AWS Secrets Manager: batches of twenty, single reads where the batch permission is absent.
//!
//! Each id is asked once. A batch answers partly: its `Errors` name the ids we sent, its values carry name and
//! ARN, so both are mapped back to the id that was asked (measured). Whole calls are tried again by the SDK, members
//! of a batch that were throttled by us; both end with the deadline.

use std::collections::BTreeMap;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::primitives::Blob;
use aws_sdk_secretsmanager::types::SecretValueEntry;
use aws_smithy_types::DateTime;

use super::aws_line::{AwsLine, is_about_keys, moment, owner};
use super::batches::{self, Batched};
use super::variable_name;
use super::{Answer, Answers, Deadline, Fetching, Miss, Payload, Progress, Store};
use crate::aws::CallError;
use crate::profile::JsonObjects;
use crate::secret::plain;

/// Times a throttled member of a batch is asked for.
const TRIES: u32 = 3;

/// The secrets of one region of one account, seen through one role.
#[derive(Debug)]
pub struct AwsSecretsManager {
    client: Client,
    line: AwsLine,
    json: JsonObjects,
}

impl AwsSecretsManager {
    /// Over a line to [`Service::SecretsManager`](crate::aws::Service). Nothing is sent yet.
    pub fn over(line: AwsLine, json: Option<JsonObjects>) -> Self {
        Self { client: Client::new(line.config()), line, json: json.unwrap_or(JsonObjects::Keys) }
    }

    async fn batch_once(&self, ids: &[String], deadline: Deadline) -> Option<Answers> {
        let asked = self.client.batch_get_secret_value().set_secret_id_list(Some(ids.to_vec())).send();
        let error = match deadline.bound(asked).await {
            None => return Some(ids.iter().map(|id| (id.clone(), Err(deadline.missed()))).collect()),
            Some(Ok(answer)) => {
                let errors = answer.errors().iter().filter_map(|e| {
                    let id = e.secret_id()?;
                    let (code, message) =
                        (e.error_code().unwrap_or_default(), e.message().unwrap_or_default());
                    Some((id, self.miss(id, code, message)))
                });
                return Some(self.sort_back(ids, answer.secret_values(), errors.collect()));
            }
            Some(Err(error)) => CallError::from_sdk("BatchGetSecretValue", &error),
        };
        let answers = |id: &String| (id.clone(), Err(self.failed(id, &error).of_a_call()));
        (!asks_for_single_reads(&error)).then(|| ids.iter().map(answers).collect())
    }

    fn failed(&self, id: &str, call: &CallError) -> Miss {
        self.line.failed(call, |code, message| self.miss(id, code, message))
    }

    /// Codes as in the AWS API reference; some are documented with and without `Exception`.
    fn miss(&self, id: &str, code: &str, message: &str) -> Miss {
        let reason = plain(message);
        let code = code.strip_suffix("Exception").unwrap_or(code);
        if matches!(code, "AccessDenied" | "InvalidRequest") && is_about_keys(&reason) {
            return Miss::Undecryptable { id: id.to_owned() };
        }
        if let ("ResourceNotFound" | "AccessDenied", Some(miss)) = (code, self.line.elsewhere(id, &reason)) {
            return miss;
        }
        let id = id.to_owned();
        match code {
            "ResourceNotFound" => Miss::NotThere { id, place: self.line.place() },
            "AccessDenied" => Miss::Denied { id, reason, permission: "secretsmanager:GetSecretValue" },
            "InvalidRequest" if reason.contains("delet") => Miss::Deleted { id },
            "DecryptionFailure" => Miss::Undecryptable { id },
            "Validation" | "InvalidParameter" => Miss::BadName { id, reason },
            _ => self.line.common(id, code, reason),
        }
    }

    fn payload(
        &self,
        id: &str,
        name: Option<&str>,
        text: Option<&str>,
        blob: Option<&Blob>,
        made: Option<&DateTime>,
    ) -> Result<Payload, Miss> {
        // An ARN may lack AWS's own six characters, and nobody can tell; the answer has the name itself.
        let variable = variable_name(name.unwrap_or(id));
        let bytes = text.map(|t| t.as_bytes().to_vec()).or_else(|| blob.map(|b| b.as_ref().to_vec()));
        let payload = Payload::named(id, &variable, bytes.unwrap_or_default(), self.json)?;
        Ok(payload.since(made.and_then(moment)))
    }

    /// One answer for each id asked, in the order asked. An id nobody spoke of may well be there: absence is an error
    /// of its own.
    fn sort_back(
        &self,
        ids: &[String],
        values: &[SecretValueEntry],
        mut errors: BTreeMap<&str, Miss>,
    ) -> Answers {
        ids.iter()
            .map(|id| {
                let entry = values.iter().find(|entry| is_named(entry, id));
                let answer = match (entry, errors.remove(id.as_str())) {
                    (Some(entry), _) => {
                        let (text, blob) = (entry.secret_string(), entry.secret_binary());
                        let payload = self.payload(id, entry.name(), text, blob, entry.created_date());
                        payload.map(|payload| payload.from(entry.arn().and_then(owner)))
                    }
                    (None, Some(miss)) => Err(miss),
                    (None, None) => Err(Miss::unanswered(id)),
                };
                (id.clone(), answer)
            })
            .collect()
    }
}

impl Batched for AwsSecretsManager {
    /// BatchGetSecretValue takes at most this many ids (AWS API reference).
    const SIZE: usize = 20;

    /// Members that were throttled are asked for
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

    fn progress(&self) -> &Progress {
        self.line.progress()
    }

    async fn single(&self, id: &str, deadline: Deadline) -> Answer {
        match deadline.bound(self.client.get_secret_value().secret_id(id).send()).await {
            None => Err(deadline.missed()),
            Some(Ok(answer)) => {
                let (text, blob) = (answer.secret_string(), answer.secret_binary());
                let payload = self.payload(id, answer.name(), text, blob, answer.created_date());
                payload.map(|payload| payload.from(answer.arn().and_then(owner)))
            }
            Some(Err(error)) => Err(self.failed(id, &CallError::from_sdk("GetSecretValue", &error))),
        }
    }
}

impl Store for AwsSecretsManager {
    fn fetch<'a>(&'a self, ids: &'a [String], deadline: Deadline) -> Fetching<'a> {
        Box::pin(self.line.sorted(ids, move |here| batches::all(self, here, deadline)))
    }
}

/// A batch that is not permitted, not known here, or refused for one of its members.
fn asks_for_single_reads(call: &CallError) -> bool {
    let code = call.code().map(|code| code.strip_suffix("Exception").unwrap_or(code));
    matches!(code, Some("AccessDenied" | "UnknownOperation" | "Validation" | "InvalidParameter"))
}

fn throttled(answers: &Answers) -> Vec<String> {
    let again = answers.iter().filter(|(_, answer)| matches!(answer, Err(Miss::Throttled { .. })));
    again.map(|(id, _)| id.clone()).collect()
}

/// An id is a name, a full ARN, or an ARN without its six-character suffix.
fn is_named(entry: &SecretValueEntry, id: &str) -> bool {
    let arn = entry.arn().unwrap_or_default();
    entry.name() == Some(id) || arn == id || arn.rsplit_once('-').is_some_and(|(partial, _)| partial == id)
}

#[cfg(test)]
mod tests;
