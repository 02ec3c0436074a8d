//! How things stand after the walk, and what to run next.

use crate::cli::Talk;
use crate::cli::context::Context;
use crate::demo::Demo;
use crate::onboard::Opened;
use crate::resolve::Matrix;

/// One line for each service, then the verdict.
pub(super) fn say(context: &Context, opened: &Opened, matrix: &Matrix, demo: Option<&Demo>) {
    for service in &matrix.services {
        let next = match service.ready {
            true => service.start_line(opened.seeds_files && service.env_file.is_some()),
            false => service.first_open(),
        };
        let word = if service.ready { "ready" } else { "not ready" };
        context.out.say(|_| format!("{}: {word}: {next}", service.service));
    }
    Talk(context.out).goodbye(None, Some(matrix), demo);
}
