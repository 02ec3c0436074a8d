//! What stays on the terminal after the screen is gone: where things stand, and the next command.

use super::Exit;
use super::output::{Output, Tone};
use crate::demo::Demo;
use crate::resolve::Matrix;
use crate::seed::Report;

/// Says goodbye in a few lines.
#[derive(Clone, Copy, Debug)]
pub struct Talk(pub(super) Output);

impl Talk {
    pub fn goodbye(self, report: Option<&Report>, matrix: Option<&Matrix>, demo: Option<&Demo>) -> Exit {
        if let Some(report) = report {
            self.0.text(|paint| super::output::report(paint, report));
        }
        if let Some(matrix) = matrix {
            self.0.say(|paint| {
                let tone = if matrix.all_ready() { Tone::Good } else { Tone::Warn };
                paint.tone(tone, &matrix.verdict())
            });
        }
        if let Some(demo) = demo {
            self.0.say(|paint| {
                let folder = demo.settings.folder.display();
                let look = paint.tone(Tone::Heading, "The demo's project is still there:");
                format!("{look} {folder}\nRemove it with: devsecrets demo --clean")
            });
        }
        let clean = report.is_none_or(Report::is_clean);
        if clean { Exit::Good } else { Exit::Findings }
    }
}
