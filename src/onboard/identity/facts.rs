//! What is told of the identity: fingerprints, places and dates, never its key. The words are the same in both faces.

use serde::Serialize;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::identity::Epochs;

/// The developer's identity, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityFacts {
    /// Tells two identities apart, and says nothing about the key.
    pub fingerprint: String,
    /// Where it is kept, as for tokens.
    pub place: String,
    /// When it was made or brought here; unknown for old ones.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// When its phrase was last checked back.
    #[serde(with = "time::serde::rfc3339::option")]
    pub phrase_checked: Option<OffsetDateTime>,
    /// The developer's own rotations.
    pub epochs: Epochs,
    /// Fingerprints of identities it took the place of; each can be brought back.
    pub former: Vec<String>,
}

/// One line about an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityLine {
    pub label: &'static str,
    pub text: String,
    /// Something is to be done about it.
    pub open: bool,
}

/// Said where there is no identity.
pub const NO_IDENTITY: &str = "There is no identity yet. The first seed that derives a secret makes one;\n\
                               to bring yours from another machine: devsecrets identity import";

/// Said where an identity was brought in without the rotations of the other machine.
pub const NO_ROTATIONS: &str = "The words carry no rotations. If your other machine lists some, take them over: \
                                devsecrets identity rotate --to PROJECT/VARIABLE=N,…";

impl IdentityFacts {
    /// Fingerprint, place and history, in the order of their weight.
    pub fn lines(&self) -> Vec<IdentityLine> {
        let line = |label, text: String| IdentityLine { label, text, open: false };
        let phrase = match self.phrase_checked {
            Some(at) => line("phrase", format!("written down and checked on {}", date(at))),
            None => {
                let text = "not written down: devsecrets identity export".to_owned();
                IdentityLine { label: "phrase", text, open: true }
            }
        };
        let mut all = vec![
            line("fingerprint", self.fingerprint.clone()),
            line("kept in", self.place.clone()),
            line("since", self.created.map_or_else(|| "unknown".to_owned(), date)),
            phrase,
        ];
        if !self.epochs.is_empty() {
            all.push(line("rotations", self.epochs.to_string()));
        }
        let back = |former| format!("{former}, back with: devsecrets identity import --former {former}");
        all.extend(self.former.iter().map(|former| line("replaced", back(former))));
        all
    }
}

fn date(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// The rotations another machine has to be told, if any; they are no secret.
pub fn to_carry_over(epochs: &Epochs, lead: &str) -> String {
    match (epochs.is_empty(), lead.ends_with("import")) {
        (true, _) => lead.to_owned(),
        (false, true) => format!("{lead} --epochs {epochs}"),
        (false, false) => format!("{lead}: devsecrets identity rotate --to {epochs}"),
    }
}

/// What a rotation of these variables comes to, said before it is done.
pub fn rotating(variables: &[String]) -> String {
    format!(
        "the next seed gives another value to {}. What was encrypted or signed with the present one on your \
         machines can then no longer be read; a rotation cannot be taken back",
        variables.join(", ")
    )
}

/// What taking a phrase over would come to. Identities are named by their fingerprints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// There is none yet.
    Fresh {
        incoming: String,
    },
    /// It is the one that is here.
    Same {
        incoming: String,
    },
    Replaces {
        kept: String,
        incoming: String,
    },
}

impl Import {
    /// What is lost and what is kept, where another identity would be replaced.
    pub fn replacing(&self) -> Option<String> {
        let Self::Replaces { kept, incoming } = self else { return None };
        Some(format!(
            "another identity is here: {kept}. The phrase holds {incoming}. Replacing it gives every \
             derived secret another value at the next seed; the one that is here is kept and can be brought back"
        ))
    }
}

/// Variables that get a new value from the next seed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotated {
    pub variables: Vec<String>,
    /// All of the developer's rotations, to be carried to other machines.
    pub epochs: Epochs,
}
