//! `devsecrets identity`: the developer's own key, without ever printing it.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::ceremony;
use crate::cli::args::Identity;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};
use crate::identity::{Epochs, Phrase, slips};
use crate::onboard::{IdentityFacts, Import, NO_ROTATIONS, Rotated, Session, rotating, to_carry_over};

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    /// Absent until something needs one.
    identity: Option<&'a IdentityFacts>,
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    #[serde(flatten)]
    rotated: &'a Rotated,
}

#[derive(Serialize)]
struct Exported<'a> {
    version: u32,
    /// The words were written down and some of them given back.
    checked: bool,
    /// What the phrase does not carry.
    epochs: &'a Epochs,
}

#[derive(Serialize)]
struct Forgotten {
    version: u32,
    /// False when there was none.
    forgotten: bool,
}

pub(super) async fn run(context: &Context, command: Identity) -> Outcome {
    let mut session = context.session();
    match command {
        Identity::Show => show(context, &session).await,
        Identity::Export => export(context, &session).await,
        Identity::Import { epochs, former } => match former {
            Some(fingerprint) => restore(context, &mut session, &fingerprint).await,
            None => import(context, &mut session, epochs.unwrap_or_default()).await,
        },
        Identity::Rotate { variables, to } => match to {
            Some(epochs) => carried_over(context, &mut session, epochs).await,
            None => rotate(context, &mut session, &variables).await,
        },
        Identity::Forget => forget(context, &mut session).await,
    }
}

async fn show(context: &Context, session: &Session) -> Outcome {
    let facts = session.identity_facts().await?;
    context.out.document(&Shown { version: 1, identity: facts.as_ref() });
    context.out.text(|paint| output::identity(paint, facts.as_ref()));
    Ok(Exit::Good)
}

async fn export(context: &Context, session: &Session) -> Outcome {
    ceremony::possible(context.settings.interactive)?;
    let phrase = session.phrase().await?;
    let checked = ceremony::show(&phrase)?;
    drop(phrase);
    if checked {
        session.phrase_checked().await?;
    }
    let epochs = session.identity_facts().await?.map(|facts| facts.epochs).unwrap_or_default();
    context.out.document(&Exported { version: 1, checked, epochs: &epochs });
    context.out.say(|paint| match checked {
        true => paint.tone(Tone::Good, "written down and checked"),
        false => paint.tone(Tone::Warn, "left before the words were checked; export again whenever you like"),
    });
    context.out.say(|_| to_carry_over(&epochs, "On the other machine: devsecrets identity import"));
    Ok(if checked { Exit::Good } else { Exit::Findings })
}

async fn import(context: &Context, session: &mut Session, epochs: Epochs) -> Outcome {
    let phrase = phrase(context)?;
    let judged = session.judge_phrase(&phrase).await?;
    if let Some(says) = judged.replacing() {
        agreed(context, &says, "Replace it?", "devsecrets identity import --yes")?;
    }
    let told = !epochs.is_empty();
    let facts = session.import_phrase(&phrase, epochs).await?;
    stands(context, &facts, &judged);
    if !told && !matches!(judged, Import::Same { .. }) {
        context.out.say(|_| NO_ROTATIONS.to_owned());
    }
    Ok(Exit::Good)
}

/// Typed on the terminal, or from standard input where that is none.
fn phrase(context: &Context) -> Result<Phrase, Finding> {
    let left = || {
        let remedy = Remedy::run("begin again", "devsecrets identity import");
        Finding::error("DS-IDENTITY-07", "phrase", "none was given, and nothing was changed", remedy)
    };
    if context.settings.interactive {
        return ceremony::ask()?.ok_or_else(left);
    }
    if std::io::stdin().is_terminal() {
        ceremony::possible(false)?;
    }
    let typed = ask::secret("", false).ok_or_else(left)?;
    Phrase::parse(&typed).map_err(|error| {
        let likely: Vec<String> = slips(&typed).iter().map(ToString::to_string).collect();
        let first = match likely.is_empty() {
            true => String::new(),
            false => format!(", and look first at {}", likely.join(", or ")),
        };
        let remedy = Remedy::says(format!("compare it with your paper{first}; nothing was changed"));
        Finding::error("DS-IDENTITY-08", "phrase", error.to_string(), remedy)
    })
}

async fn restore(context: &Context, session: &mut Session, fingerprint: &str) -> Outcome {
    let kept = session.identity_facts().await?.map(|facts| facts.fingerprint);
    let says = format!(
        "{fingerprint} takes the place of {}, which is kept in turn",
        kept.as_deref().unwrap_or("none")
    );
    let again = format!("devsecrets identity import --former {fingerprint} --yes");
    agreed(context, &says, "Bring it back?", &again)?;
    let facts = session.restore_identity(fingerprint).await?;
    let incoming = facts.fingerprint.clone();
    stands(context, &facts, &Import::Fresh { incoming });
    Ok(Exit::Good)
}

fn stands(context: &Context, facts: &IdentityFacts, judged: &Import) {
    context.out.document(&Shown { version: 1, identity: Some(facts) });
    context.out.say(|paint| {
        let word = match judged {
            Import::Same { .. } => "already here",
            Import::Fresh { .. } | Import::Replaces { .. } => "kept",
        };
        let mut line = format!("{} {} in {}", paint.tone(Tone::Good, word), facts.fingerprint, facts.place);
        if let Import::Replaces { kept, .. } = judged {
            line += &format!("\nthe former one: devsecrets identity import --former {kept}");
        }
        line
    });
}

async fn rotate(context: &Context, session: &mut Session, names: &[String]) -> Outcome {
    open(context, session)?;
    let variables = session.rotatable(names)?;
    if variables.is_empty() {
        context.out.say(|_| "this profile derives no variable, so there is nothing to rotate".to_owned());
        return Ok(Exit::Good);
    }
    agreed(context, &rotating(&variables), "Rotate?", "devsecrets identity rotate --yes")?;
    let rotated = session.rotate(variables).await?;
    told(context, &rotated, "rotated; write the new values with: devsecrets seed");
    Ok(Exit::Good)
}

async fn carried_over(context: &Context, session: &mut Session, epochs: Epochs) -> Outcome {
    let rotated = session.merge_epochs(epochs).await?;
    told(context, &rotated, "taken over; write the new values with: devsecrets seed");
    Ok(Exit::Good)
}

fn told(context: &Context, rotated: &Rotated, word: &str) {
    context.out.document(&Document { version: 1, rotated });
    context.out.say(|paint| paint.tone(Tone::Good, word));
    context.out.say(|_| to_carry_over(&rotated.epochs, "On your other machines"));
}

async fn forget(context: &Context, session: &mut Session) -> Outcome {
    let Some(facts) = session.identity_facts().await? else {
        context.out.document(&Forgotten { version: 1, forgotten: false });
        context.out.say(|_| "there was none".to_owned());
        return Ok(Exit::Good);
    };
    agreed(context, &what_is_lost(&facts), "Forget it?", "devsecrets identity forget --yes")?;
    let forgotten = session.forget_identity().await?;
    context.out.document(&Forgotten { version: 1, forgotten });
    context.out.say(|_| "forgotten; files that were written stay as they are".to_owned());
    Ok(Exit::Good)
}

fn what_is_lost(facts: &IdentityFacts) -> String {
    let mut says = format!(
        "{} leaves {}. Without its phrase its values never come back: what was encrypted with them stays \
         unreadable, and earlier seeds can no longer be undone",
        facts.fingerprint, facts.place
    );
    if facts.phrase_checked.is_none() {
        says += ". Its phrase was never written down: devsecrets identity export";
    }
    if !facts.former.is_empty() {
        says += &format!(". With it go the ones it replaced: {}", facts.former.join(", "));
    }
    says
}

/// Says what will happen and asks; nothing is done without a yes.
fn agreed(context: &Context, says: &str, question: &str, command: &str) -> Result<(), Finding> {
    context.out.say(|_| says.to_owned());
    if context.global.yes || (context.settings.interactive && ask::confirm(question)) {
        return Ok(());
    }
    let remedy = Remedy::run("to agree beforehand", command);
    Err(Finding::error("DS-IDENTITY-09", "consent", "nothing was changed, because nobody agreed", remedy))
}
