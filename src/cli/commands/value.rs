//! `devsecrets set`, `reveal` and `copy`: one variable of one service, for the person at the terminal.

use serde::Serialize;

use super::status::open;
use super::token::show;
use super::{Outcome, seed};
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::{ask, trust};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, no_clipboard_for};
use crate::secret::SecretValue;
use crate::seed::{Preview, Report};

#[derive(Serialize)]
struct Set<'a> {
    version: u32,
    preview: &'a Preview,
    /// Absent when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a Report>,
}

pub(super) async fn set(context: &Context, variable: &str) -> Outcome {
    let mut session = context.session();
    open(context, &mut session)?;
    if let Some(token) = session.token_of(variable) {
        return super::token::set(context, &mut session, &token).await;
    }
    let service = session.service_with(variable)?;
    let question = format!("{variable} for {service}: ");
    let typed = ask::secret(&question, context.settings.interactive).unwrap_or_else(|| SecretValue::new(""));
    let preview = seed::shown(context, session.plan_by_hand(&service, variable, &typed)?);
    if preview.to_write() == 0 {
        context.out.document(&Set { version: 1, preview: &preview, report: None });
        return Ok(if preview.all_findings().next().is_some() { Exit::Findings } else { Exit::Good });
    }
    seed::consent(context, &preview)?;
    let report = session.apply(&preview).await?;
    context.out.text(|paint| output::report(paint, &report));
    report.all_findings().for_each(|finding| context.out.finding(finding));
    context.out.document(&Set { version: 1, preview: &preview, report: Some(&report) });
    Ok(if report.is_clean() { Exit::Good } else { Exit::Findings })
}

pub(super) async fn reveal(context: &Context, variable: &str, stdout: bool) -> Outcome {
    if !show::may_reveal(context, stdout) {
        let says = "it is shown on a terminal only, and this is none";
        let again = format!("devsecrets reveal {variable} --stdout");
        let remedy = Remedy::run("if a program is to have it", again);
        return Err(Finding::error("DS-VALUE-14", variable, says, remedy));
    }
    let value = value(context, variable).await?;
    let shown = show::value(context, variable, variable, &value, stdout).await;
    shown.map_err(|error| {
        let remedy = Remedy::run("print it", format!("devsecrets reveal {variable} --stdout"));
        Finding::error("DS-VALUE-14", variable, format!("the terminal cannot be used: {error}"), remedy)
    })
}

pub(super) async fn copy(context: &Context, variable: &str) -> Outcome {
    let value = value(context, variable).await?;
    let no_clipboard = |error: &std::io::Error| no_clipboard_for(variable, "reveal", error);
    show::copied(context, variable, &value, &no_clipboard).await
}

async fn value(context: &Context, variable: &str) -> Result<SecretValue, Finding> {
    let mut session: Session = context.session();
    open(context, &mut session)?;
    trust::ask(context, &mut session);
    let service = session.service_with(variable)?;
    session.value_to_show(&service, variable).await
}
