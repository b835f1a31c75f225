//! One function for each command: arguments, policy, judging, rendering. All output
//! goes through [`Streams`].

use std::io;

use crate::cli::{Cli, Command};
use crate::render::{self, Listing};
use crate::report::{Outcome, Problem};

mod audit;
mod check;
mod deadline;
mod doctor;
mod fix;
mod hook;
mod listing;
mod next;
mod path_arguments;
mod pipeline;
mod policy_source;
mod setup;
mod simulate;
mod trace;

pub use policy_source::rule_names;

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// Standard input. May be read by another thread, which is not waited for.
    pub input: Box<dyn io::Read + Send>,
    /// The command's answer.
    pub out: &'a mut dyn io::Write,
    /// Warnings and progress.
    pub err: &'a mut dyn io::Write,
    /// True when `err` is a terminal.
    pub watched: bool,
}

/// Runs one command. An error means that the command could not do its work; nothing was judged then.
pub fn run(cli: &Cli, streams: &mut Streams<'_>) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Check(check) => check::check(check, cli, streams),
        Command::Audit(audit) => audit::audit(audit, cli, streams),
        Command::Simulate(simulate) => simulate::simulate(simulate, cli, streams),
        Command::Waive(asked) => fix::waive::waive(asked, cli, streams),
        Command::Hook(call) => hook::hook(call, cli, streams),
        Command::Supersede(supersede) => fix::supersede(supersede, cli, streams),
        Command::Deprecate(deprecate) => fix::deprecate(deprecate, cli, streams),
        Command::Done(asked) => fix::done::done(asked, cli, streams),
        Command::Install(install) => setup::install(install, cli, streams),
        Command::Uninstall(install) => setup::uninstall(install, cli, streams),
        Command::Doctor(asked) => doctor::doctor(asked, cli, streams),
        Command::Init(init) => setup::init(init, cli, streams),
        Command::Status(status) => listing::status(status, cli, streams),
        Command::Next(asked) => next::next(asked, cli, streams),
        Command::Trace(asked) => trace::trace(asked, cli, streams),
        Command::Rules(rules) => listing::rules(rules, cli, streams),
        Command::Explain(explain) => listing::explain(explain, cli, streams),
    }
}

/// Prints warnings beside an answer.
fn warn(warnings: &[Problem], streams: &mut Streams<'_>) -> anyhow::Result<()> {
    warnings
        .iter()
        .try_for_each(|warning| write(writeln!(streams.err, "warning: {warning}")))
}

/// Writes; a closed pipe does not change the command's result.
fn write(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a listing, and does not let a closed pipe change what the command answers.
fn write_listing(
    listing: &impl Listing,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<()> {
    write(render::listing(listing, cli.json(), streams.out))?;
    write(streams.out.flush())
}

impl std::fmt::Debug for Streams<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams")
            .field("watched", &self.watched)
            .finish_non_exhaustive()
    }
}
