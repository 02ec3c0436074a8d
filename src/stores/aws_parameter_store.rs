//! AWS Systems Manager Parameter Store: names and ARNs in batches of ten, paths page by page.
//!
//! An id that ends in `/` is a path: everything below it counts, a variable for each parameter. A batch says which names
//! it does not know and is refused as a whole for everything else, so a refused one is read name by name: one parameter
//! that is denied or cannot be decrypted must not hide nine others.

use aws_sdk_ssm::Client;
use aws_sdk_ssm::types::Parameter;

use super::aws_line::{AwsLine, is_about_keys, moment, owner};
use super::batches::{self, Batched};
use super::deadline::side_by_side;
use super::payload::variable_name;
use super::{Answer, Answers, Deadline, Fetching, Miss, Payload, Progress, Store};
use crate::aws::CallError;
use crate::profile::JsonObjects;
use crate::secret::plain;

/// The parameters of one region of one account, seen through one role.
#[derive(Debug)]
pub struct AwsParameterStore {
    client: Client,
    line: AwsLine,
    json: Option<JsonObjects>,
}

impl AwsParameterStore {
    /// Over a line to [`Service::Ssm`](crate::aws::Service). Nothing is sent yet.
    pub fn over(line: AwsLine, json: Option<JsonObjects>) -> Self {
        Self { client: Client::new(line.config()), line, json }
    }

    /// Everything below `path`, however many pages that takes.
    async fn below(&self, path: &str, deadline: Deadline) -> Answer {
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let page = self.client.get_parameters_by_path().path(path.trim_end_matches('/'));
            let page = page.recursive(true).with_decryption(true).set_next_token(next).send();
            let page = deadline.bound(page).await.ok_or_else(|| deadline.missed())?;
            let call = |error| CallError::from_sdk("GetParametersByPath", &error);
            let page = page.map_err(call).map_err(|error| self.failed(path, &error, BY_PATH))?;
            for parameter in page.parameters() {
                let name = parameter.name().unwrap_or_default();
                found.push(self.payload(name, parameter, JsonObjects::Text)?);
            }
            next = page.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        match found.is_empty() {
            true => Err(Miss::NotThere { id: path.to_owned(), place: self.line.place() }),
            false => Ok(Payload::of_several(found)),
        }
    }

    fn payload(&self, id: &str, parameter: &Parameter, json: JsonObjects) -> Answer {
        let bytes = parameter.value().unwrap_or_default().as_bytes().to_vec();
        let payload = Payload::named(id, &variable(id), bytes, self.json.unwrap_or(json))?;
        let payload = payload.since(parameter.last_modified_date().and_then(moment));
        Ok(payload.from(parameter.arn().and_then(owner)))
    }

    fn failed(&self, id: &str, call: &CallError, permission: &'static str) -> Miss {
        self.line.failed(call, |code, message| self.miss(id, code, message, permission))
    }

    /// Codes as in the AWS API reference. A key that may not be used is told as an access that is denied, by name of
    /// the action (AWS Systems Manager User Guide, "Troubleshooting Parameter Store").
    fn miss(&self, id: &str, code: &str, message: &str, permission: &'static str) -> Miss {
        let reason = plain(message);
        let code = code.strip_suffix("Exception").unwrap_or(code);
        if let ("ParameterNotFound" | "AccessDenied", Some(miss)) = (code, self.line.elsewhere(id, &reason)) {
            return miss;
        }
        let id = id.to_owned();
        match code {
            "ParameterNotFound" | "ParameterVersionNotFound" => {
                Miss::NotThere { id, place: self.line.place() }
            }
            "InvalidKeyId" => Miss::Undecryptable { id },
            "AccessDenied" if is_about_keys(&reason) => Miss::Undecryptable { id },
            "AccessDenied" => Miss::Denied { id, reason, permission },
            "Validation" => Miss::BadName { id, reason },
            _ => self.line.common(id, code, reason),
        }
    }
}

const ONE: &str = "ssm:GetParameter";
const BATCH: &str = "ssm:GetParameters";
const BY_PATH: &str = "ssm:GetParametersByPath";

impl Batched for AwsParameterStore {
    /// GetParameters takes at most this many names (AWS API reference).
    const SIZE: usize = 10;

    async fn batch(&self, ids: &[String], deadline: Deadline) -> Option<Answers> {
        let asked = self.client.get_parameters().set_names(Some(ids.to_vec())).with_decryption(true).send();
        let answer = match deadline.bound(asked).await {
            None => return Some(ids.iter().map(|id| (id.clone(), Err(deadline.missed()))).collect()),
            Some(Ok(answer)) => answer,
            Some(Err(error)) => {
                let call = CallError::from_sdk("GetParameters", &error);
                let answers = |id: &String| (id.clone(), Err(self.failed(id, &call, BATCH).of_a_call()));
                return (!is_about_one(&call)).then(|| ids.iter().map(answers).collect());
            }
        };
        let of = |id: &String| match answer.parameters().iter().find(|found| is_named(found, id)) {
            Some(found) => self.payload(id, found, JsonObjects::Keys),
            None if answer.invalid_parameters().contains(id) => {
                Err(self.miss(id, "ParameterNotFound", "", ONE))
            }
            None => Err(Miss::unanswered(id)),
        };
        Some(ids.iter().map(|id| (id.clone(), of(id))).collect())
    }

    fn progress(&self) -> &Progress {
        self.line.progress()
    }

    async fn single(&self, id: &str, deadline: Deadline) -> Answer {
        let asked = self.client.get_parameter().name(id).with_decryption(true).send();
        let answer = deadline.bound(asked).await.ok_or_else(|| deadline.missed())?;
        let answer = answer.map_err(|error| CallError::from_sdk("GetParameter", &error));
        let answer = answer.map_err(|call| self.failed(id, &call, ONE))?;
        let found = answer.parameter().ok_or_else(|| Miss::unanswered(id))?;
        self.payload(id, found, JsonObjects::Keys)
    }
}

impl Store for AwsParameterStore {
    fn fetch<'a>(&'a self, ids: &'a [String], deadline: Deadline) -> Fetching<'a> {
        Box::pin(self.line.sorted(ids, async move |here| {
            let (paths, names): (Vec<String>, Vec<String>) =
                here.into_iter().partition(|id| id.ends_with('/'));
            let below = paths.iter().map(|path| async move {
                let answer = self.below(path, deadline).await;
                self.line.progress().answered(1);
                (path.clone(), answer)
            });
            let (mut answers, below) =
                futures_util::join!(batches::all(self, names, deadline), side_by_side(below));
            answers.extend(below);
            answers
        }))
    }
}

/// True for a refusal of the whole batch that may be due to one of its members.
fn is_about_one(call: &CallError) -> bool {
    let code = call.code().map(|code| code.strip_suffix("Exception").unwrap_or(code));
    matches!(
        code,
        Some(
            "AccessDenied" | "InvalidKeyId" | "Validation" | "ParameterNotFound" | "ParameterVersionNotFound"
        )
    )
}

/// An id is a name or an ARN, either with `:VERSION` or `:LABEL` behind it.
fn is_named(found: &Parameter, id: &str) -> bool {
    let selector = found.selector().unwrap_or_default();
    [found.name(), found.arn()].into_iter().flatten().any(|name| {
        id == name || id.strip_prefix(name).is_some_and(|rest| rest == selector && !rest.is_empty())
    })
}

/// `arn:aws:ssm:eu-west-2:111122223333:parameter/shop/stripe-key:3` names `STRIPE_KEY`.
fn variable(id: &str) -> String {
    let name = id.split_once(":parameter").map_or(id, |(_, name)| name);
    variable_name(name.split(':').next().unwrap_or(name))
}

#[cfg(test)]
mod tests;
