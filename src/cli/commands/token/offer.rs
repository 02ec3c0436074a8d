//! A token that another project keeps, asked about where it is needed.
//!
//! `--yes` agrees to what is shown; it was given before anybody knew of this, so it is no answer here.

use crate::cli::ask;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::finding::Finding;
use crate::onboard::Session;

/// Asks about each once; without a person or with `--yes` nothing is asked, and the matrix names the command.
pub(in crate::cli) async fn offered(context: &Context, session: &mut Session) -> Result<(), Finding> {
    if !context.settings.interactive || context.global.yes {
        return Ok(());
    }
    for token in session.offered_tokens()? {
        let from = token.offered_by.as_deref().unwrap_or_default();
        if !ask::confirm(&format!("{} is kept for {from}. Use it here too?", token.title)) {
            session.decline_token(&token.name)?;
            continue;
        }
        match session.share_token(&token.name).await {
            Ok(kept) => {
                kept.findings.iter().for_each(|finding| context.out.finding(finding));
                context
                    .out
                    .say(|paint| format!("{} here, too: {}", paint.tone(Tone::Good, "used"), token.name));
            }
            // The matrix is shown all the same, and says what is missing.
            Err(finding) => context.out.finding(&finding),
        }
    }
    Ok(())
}
