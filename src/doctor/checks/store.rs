//! Managed stores, by what they said when they were asked for the values.
//!
//! Permission is told by the read itself: a batch answers for each secret, and a role that may only read, as most
//! developers' may, could not ask for more. So nothing is asked a second time, and KMS has had its say.

pub(super) mod answers;
pub(super) mod content;
pub(super) mod deleted;
pub(super) mod denied;
pub(super) mod elsewhere;
pub(super) mod missing;
pub(super) mod other_environment;
pub(super) mod rotation;
pub(super) mod undeclared;

use crate::doctor::{Answer, Evidence, Trouble, Unable};
use crate::finding::Remedy;
use crate::secret::plain;
use crate::stores::{Answers, Miss};

/// Every answer there is, with its store; why not, when no store answered at all.
fn answered<'a>(evidence: &'a Evidence<'_>) -> Result<Vec<(&'a str, &'a Answers)>, Unable> {
    let stores = &evidence.sources.stores;
    let all = || stores.iter().flat_map(|store| store.answers.values().map(|one| (store.name.as_str(), one)));
    let found: Vec<_> = all().filter_map(|(store, one)| Some((store, one.as_ref().ok()?))).collect();
    let silent = || all().find_map(|(store, one)| Some((store, one.as_ref().err()?)));
    match (found.is_empty(), silent()) {
        (true, Some((store, why))) => Err(Unable::Because(format!("{store} was not asked: {why}"))),
        (true, None) => Err(Unable::NotHere),
        (false, _) => Ok(found),
    }
}

/// The misses that `says` has a sentence for, each once however many services met it, under the store's name.
fn missed(evidence: &Evidence<'_>, says: impl Fn(&Miss) -> Option<String>) -> Answer {
    let mut troubles: Vec<Trouble> = Vec::new();
    for (store, answers) in answered(evidence)? {
        let misses = answers.iter().filter_map(|(_, answer)| answer.as_ref().err());
        for (miss, says) in misses.filter_map(|miss| Some((miss, says(miss)?))) {
            let trouble = Trouble::new(store, plain(&says), next(&miss.next_step()));
            if !troubles.contains(&trouble) {
                troubles.push(trouble);
            }
        }
    }
    Ok(troubles)
}

/// A next step that ends in a command says which.
fn next(step: &str) -> Remedy {
    let command = |text: &str| text.starts_with("aws ") || text.starts_with("devsecrets ");
    match step.split_once(": ") {
        Some((says, rest)) if command(rest) => Remedy::run(says, rest),
        _ => Remedy::says(step),
    }
}
