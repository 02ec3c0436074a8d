//! A store that does not answer leaves every variable of its own missing, for one and the same reason.

use super::next;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::Severity;
use crate::resolve::NotAsked;
use crate::secret::plain;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-09",
    group: Group::Store,
    severity: Severity::Error,
    title: "every store answers",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.close_the_store(),
};

fn look(patient: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let stores = &evidence.sources.stores;
    if stores.is_empty() {
        return Err(Unable::NotHere);
    }
    if patient.settings.offline {
        return Err(Unable::Because("offline".to_owned()));
    }
    let mut troubles: Vec<Trouble> = Vec::new();
    for store in stores {
        let silent = store.answers.values().flat_map(|answer| match answer {
            // Who is not signed in is told so once, where the session is looked at.
            Err(NotAsked::SwitchedOff { .. } | NotAsked::Offline | NotAsked::NotSignedIn) => Vec::new(),
            Err(why) => vec![(why.to_string(), why.next_step())],
            Ok(answers) => {
                answers.iter().filter_map(|(_, answer)| unanswered(answer.as_ref().err()?)).collect()
            }
        });
        for (says, step) in silent {
            let trouble = Trouble::new(store.name.as_str(), plain(&says), next(&step));
            if !troubles.contains(&trouble) {
                troubles.push(trouble);
            }
        }
    }
    Ok(troubles)
}

/// What keeps a store from answering for any secret, with the next step. What is about one secret has a check of its own.
fn unanswered(miss: &Miss) -> Option<(String, String)> {
    let of_one = matches!(
        miss,
        Miss::NotThere { .. }
            | Miss::Denied { .. }
            | Miss::Deleted { .. }
            | Miss::Undecryptable { .. }
            | Miss::TooLarge { .. }
            | Miss::Malformed { .. }
            | Miss::WrongRegion { .. }
            | Miss::WrongAccount { .. }
    );
    (!of_one).then(|| (miss.to_string(), miss.next_step()))
}
