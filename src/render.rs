//! Renders a report as text or JSON. Depends on the report only, not on
//! rules, Git or a policy, and never changes the verdict.

use std::io;

use clap::ValueEnum;

use crate::report::Report;

mod block;
mod date;
mod doctor;
mod excerpt;
mod json;
mod listing;
pub mod lists;
mod rule_page;
#[cfg(test)]
mod schema;
mod simulate;
mod tally;
mod text;
mod trace;

#[cfg(test)]
mod tests;

pub use listing::{Listing, listing};
pub use rule_page::RulePage;
pub use simulate::Simulation;
pub use trace::TraceList;

/// What a report is written as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, ValueEnum)]
pub enum Format {
    /// Text for people.
    #[default]
    Text,
    /// One JSON object for programs.
    Json,
}

/// Where the text will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Surface {
    /// By somebody who commits.
    Commit,
    /// By somebody who pushes, behind a `remote: ` on every line: the verdict comes first, lines are short, no colour.
    Push,
    /// By somebody who asked about a range or about what is staged.
    Check,
    /// By somebody who asked about a whole history: dates are shown, and a table closes it.
    Audit,
}

/// How text is laid out. JSON is the same in every view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Where it will be read.
    pub surface: Surface,
    /// Shows every finding in full, with its fingerprint, and says so when nothing was found.
    pub verbose: bool,
    /// Columns of the terminal; a push uses at most [`View::WIDTH`] of them.
    pub width: usize,
    /// What each line of a refusal begins with that a web page shall show: the verdict, and what was found where. Only for
    /// [`Surface::Push`].
    pub mark: &'static str,
}

impl View {
    /// The columns that are used where nothing is known of the terminal.
    pub const WIDTH: usize = 100;

    /// The ordinary view of a surface.
    #[must_use]
    pub fn new(surface: Surface) -> Self {
        Self {
            surface,
            verbose: false,
            width: Self::WIDTH,
            mark: "",
        }
    }
}

/// Writes a report. An error is the writer's: a closed pipe, a full disk.
pub fn report(
    report: &Report,
    format: Format,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, view, out),
        Format::Json => json::write(report, out),
    }
}
