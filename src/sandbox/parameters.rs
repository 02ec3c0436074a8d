//! The Parameter Store of AWS Systems Manager: the three calls that read.
//!
//! Owns the wire format (AWS JSON 1.1, PascalCase, times in epoch seconds). Unlike a batch of Secrets Manager, one of
//! GetParameters is refused as a whole when one of its members is denied or cannot be decrypted; only names that are not
//! there are told apart. Every parameter is a `SecureString`.
//! Source: the service model shipped with the AWS SDKs (API version 2014-11-06).

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::clock::epoch_seconds;
use super::operation::Operation;
use super::paging;
use super::reply::Refusal;
use super::request::Request;
use super::signature::{self, Caller};
use super::state::State;
use super::stored::{Condition, Content, StoredSecret};
use super::world::World;

/// Most names in one call, and entries on one page.
const LARGEST: usize = 10;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Asked {
    name: String,
    names: Vec<String>,
    path: String,
    recursive: bool,
    max_results: Option<usize>,
    next_token: Option<String>,
}

pub(super) fn answer(state: &State, operation: Operation, request: &Request) -> Result<Value, Refusal> {
    let drawer = Drawer { world: &state.world, caller: signature::caller(state, request, "ssm")? };
    let asked: Asked = read(request)?;
    match operation {
        Operation::GetParameter => {
            drawer.one(&asked.name, "GetParameter").map(|found| json!({ "Parameter": found }))
        }
        Operation::GetParameters => drawer.several(&asked.names),
        _ => drawer.below(&asked),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Refusal> {
    request.json().map_err(|_| Refusal::new("SerializationException", ""))
}

/// The parameters one caller can see.
struct Drawer<'a> {
    world: &'a World,
    caller: Caller,
}

impl Drawer<'_> {
    fn all(&self) -> impl Iterator<Item = &StoredSecret> {
        let Caller { account, region, .. } = &self.caller;
        self.world.parameters.iter().filter(|held| held.lives_in(account, region, &self.world.region))
    }

    fn arn(&self, name: &str) -> String {
        let Caller { account, region, .. } = &self.caller;
        let slash = if name.starts_with('/') { "" } else { "/" };
        format!("arn:aws:ssm:{region}:{account}:parameter{slash}{name}")
    }

    fn one(&self, name: &str, action: &str) -> Result<Value, Refusal> {
        well_formed(name)?;
        let held = self.all().find(|held| held.name == name || self.arn(&held.name) == name);
        let held = held.ok_or_else(|| Refusal::new("ParameterNotFound", ""))?;
        self.entry(held, action)
    }

    fn several(&self, names: &[String]) -> Result<Value, Refusal> {
        if !(1..=LARGEST).contains(&names.len()) {
            return Err(Refusal::new("ValidationException", "Member must have length between 1 and 10"));
        }
        if !self.world.may_batch {
            return Err(self.denied("GetParameters", "*"));
        }
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for name in names.iter().rev() {
            match self.one(name, "GetParameters") {
                Ok(entry) => found.push(entry),
                Err(refusal) if refusal.code == "ParameterNotFound" => unknown.push(name),
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(json!({ "Parameters": found, "InvalidParameters": unknown }))
    }

    fn below(&self, asked: &Asked) -> Result<Value, Refusal> {
        well_formed(&asked.path)?;
        let folder = format!("{}/", asked.path.trim_end_matches('/'));
        let inside = |held: &&StoredSecret| {
            let rest = held.name.strip_prefix(&folder);
            rest.is_some_and(|rest| asked.recursive || !rest.contains('/'))
        };
        let all: Vec<&StoredSecret> = self.all().filter(inside).collect();
        let size = asked.max_results.unwrap_or(LARGEST).clamp(1, LARGEST);
        let (shown, next) = paging::page(&all, "parameters", asked.next_token.as_deref(), size)
            .map_err(|_| Refusal::new("InvalidNextToken", ""))?;
        let entries = shown.iter().map(|held| self.entry(held, "GetParametersByPath"));
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        Ok(json!({ "Parameters": entries, "NextToken": next }))
    }

    fn entry(&self, held: &StoredSecret, action: &str) -> Result<Value, Refusal> {
        if held.is_busy() {
            return Err(Refusal::new("ThrottlingException", "Rate exceeded"));
        }
        match held.condition {
            Condition::Denied => return Err(self.denied(action, &self.arn(&held.name))),
            Condition::KeyUnavailable => {
                return Err(Refusal::new("InvalidKeyId", "The key is disabled."));
            }
            Condition::Readable | Condition::Deleted => {}
        }
        let version = held.versions.last().ok_or_else(|| Refusal::new("ParameterNotFound", ""))?;
        let Content::Text(text) = &version.content else {
            return Err(Refusal::new("InternalServerError", "a parameter is text"));
        };
        Ok(json!({
            "Name": held.name,
            "ARN": self.arn(&held.name),
            "Type": "SecureString",
            "Value": text.expose_to(str::to_owned),
            "Version": held.versions.len(),
            "LastModifiedDate": epoch_seconds(held.changed),
            "DataType": "text",
        }))
    }

    fn denied(&self, action: &str, resource: &str) -> Refusal {
        let message = format!(
            "User: {} is not authorized to perform: ssm:{action} on resource: {resource} because no \
             identity-based policy allows the ssm:{action} action",
            self.caller.arn()
        );
        Refusal::new("AccessDeniedException", message)
    }
}

/// A name with a `/` in it begins with one (AWS API reference, PutParameter).
fn well_formed(name: &str) -> Result<(), Refusal> {
    let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:".contains(c));
    let qualified = !name.contains('/') || name.starts_with('/') || name.starts_with("arn:");
    if letters && qualified && !name.is_empty() {
        return Ok(());
    }
    let message = "Parameter name must be a fully qualified name.";
    Err(Refusal::new("ValidationException", message))
}
