//! The command line: commands, arguments, help texts. Runs nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::render::Format;
use crate::setup::install::Host;
use crate::steps::hook::{HOOKS, Hook};

/// Keeps engineering records as they were written.
///
/// Accepted ADRs are superseded, not edited; audits and research notes stay as they were published; a section ID keeps its
/// meaning forever. Exit codes: 0 allowed, 1 refused, 2 not judged.
#[derive(Debug, Parser)]
#[command(
    name = "graven",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Run in this repository instead of the one around the current directory.
    #[arg(long, global = true, value_name = "DIR", display_order = 100)]
    pub repo: Option<PathBuf>,
    /// Accepted in front of the command too.
    #[arg(long, value_enum, hide = true)]
    format: Option<Format>,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check what is staged, or a range of commits.
    Check(Check),
    /// Check the whole history, commit by commit along the first parents.
    Audit(Audit),
    /// Count what a policy would have reported for past commits, by rule and month.
    Simulate(Simulate),
    /// Write and stage a waiver for staged changes that are refused.
    Waive(Waive),
    /// Run as a Git hook; Git calls this.
    Hook(HookCall),
    /// Create a document that supersedes another one, and link both.
    Supersede(Supersede),
    /// Mark a spec section as deprecated; its ID stays declared.
    Deprecate(Deprecate),
    /// Move a backlog item to the file of finished items.
    Done(Done),
    /// Install the hooks in a repository; existing hooks keep running.
    Install(Install),
    /// Remove the hooks and restore those that were there before.
    Uninstall(Install),
    /// Check the installation: hooks, policy, branches, CI.
    Doctor(Doctor),
    /// Inspect the repository and write a policy that fits it.
    Init(Init),
    /// List the governed documents with their status and the commit that froze them.
    Status(Status),
    /// Print the next number or ID that no branch and no commit has used.
    Next(Next),
    /// List the sections of specs and the tests that cite them.
    Trace(Trace),
    /// List the rules and their levels in this policy.
    Rules(Rules),
    /// Explain a rule.
    Explain(Explain),
}

impl Cli {
    /// What a report is written as.
    #[must_use]
    pub fn format(&self) -> Format {
        let own = match &self.command {
            Command::Check(Check { report, .. })
            | Command::Audit(Audit { report, .. })
            | Command::Hook(HookCall { report, .. }) => report.format,
            Command::Simulate(Simulate { listing, .. })
            | Command::Waive(Waive { listing, .. })
            | Command::Supersede(Supersede { listing, .. })
            | Command::Deprecate(Deprecate { listing, .. })
            | Command::Done(Done { listing, .. })
            | Command::Install(Install { listing, .. })
            | Command::Uninstall(Install { listing, .. })
            | Command::Doctor(Doctor { listing, .. })
            | Command::Init(Init { listing, .. })
            | Command::Status(Status { listing, .. })
            | Command::Next(Next { listing, .. })
            | Command::Trace(Trace { listing, .. })
            | Command::Rules(Rules { listing, .. })
            | Command::Explain(Explain { listing, .. }) => {
                listing.json.then_some(Format::Json).or(listing.format)
            }
        };
        own.or(self.format).unwrap_or_default()
    }

    /// True when a listing is written for programs.
    #[must_use]
    pub fn json(&self) -> bool {
        self.format() == Format::Json
    }
}

/// `graven check`
#[derive(Debug, Args)]
pub struct Check {
    /// Check what is staged; this is the default.
    #[arg(long, conflicts_with = "range")]
    pub staged: bool,
    /// Check what HEAD changes since its merge base with BASE.
    #[arg(value_name = "BASE..HEAD")]
    pub range: Option<String>,
    /// Options of the commands that check.
    #[command(flatten)]
    pub judging: Judging,
    /// Options of reports.
    #[command(flatten)]
    report: Report,
}

/// `graven audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// The revision whose history is checked [default: HEAD].
    #[arg(value_name = "REV")]
    pub revision: Option<String>,
    /// Check every commit, not only those of the first-parent line.
    #[arg(long)]
    pub every_commit: bool,
    /// Write and stage FILE, in the folder of waivers, with a waiver for every finding that can be waived.
    #[arg(long, value_name = "FILE", requires = "reason")]
    pub write_baseline: Option<PathBuf>,
    /// Why the existing findings are accepted.
    #[arg(long, value_name = "TEXT", requires = "write_baseline")]
    pub reason: Option<String>,
    /// Add new findings to an existing baseline.
    #[arg(long, requires = "write_baseline")]
    pub accept_new: bool,
    /// Options of the commands that check.
    #[command(flatten)]
    pub judging: Judging,
    /// Options of reports.
    #[command(flatten)]
    report: Report,
}

/// `graven waive`
#[derive(Debug, Args)]
pub struct Waive {
    /// Waive only findings of this rule, also warnings [default: all findings that refuse and can be waived].
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// Waive only findings about this subject: adr-0005, PATH-003 or a path.
    #[arg(long, value_name = "SUBJECT")]
    pub subject: Option<String>,
    /// The message of the commit to be, for the rules that read it.
    #[arg(long, short, value_name = "TEXT")]
    pub message: Option<String>,
    /// Why the change is right, in a sentence that a reader understands years later.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// The revision whose history is counted [default: HEAD].
    #[arg(value_name = "REV")]
    pub revision: Option<String>,
    /// Count only the last N commits.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub last: Option<u32>,
    /// The policy file to try instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// What all commands that check take.
#[derive(Debug, Args)]
pub struct Judging {
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Show every finding in full, with its fingerprint.
    #[arg(long, short)]
    pub verbose: bool,
}

/// What all commands take that give a report.
#[derive(Debug, Clone, Copy, Args)]
pub struct Report {
    /// The format of the report.
    #[arg(long, value_enum, display_order = 100)]
    format: Option<Format>,
}

/// What all commands take that give something else than a report.
#[derive(Debug, Args)]
pub struct Listing {
    /// Print JSON.
    #[arg(long, display_order = 100)]
    json: bool,
    /// What `--json` was before; accepted for one version.
    #[arg(long, value_enum, hide = true)]
    format: Option<Format>,
}

/// `graven hook`
#[derive(Debug, Clone, Args)]
pub struct HookCall {
    /// Run this hook first, with the same arguments and input; graven checks the result.
    #[arg(long = "after", value_name = "FILE")]
    pub chained: Option<PathBuf>,
    /// The server software; some show marked lines of a refusal on a web page.
    #[arg(long, value_enum, default_value_t)]
    pub host: Host,
    /// Options of reports.
    #[command(flatten)]
    report: Report,
    /// The hook that Git runs.
    #[arg(value_parser = hook, value_name = "NAME")]
    pub hook: &'static Hook,
    /// The arguments that Git passes to the hook.
    #[arg(
        value_name = "ARGS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub arguments: Vec<OsString>,
}

/// `graven supersede`
#[derive(Debug, Args)]
pub struct Supersede {
    /// The document to supersede: its path, or its number as in adr-5, ADR-0005 or 5.
    #[arg(value_name = "DOC")]
    pub document: String,
    /// The title of the new document.
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// The status of the new document [default: the first one that freezes its kind].
    #[arg(long, value_name = "WORD")]
    pub status: Option<String>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven deprecate`
#[derive(Debug, Args)]
pub struct Deprecate {
    /// The ID of the section.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The ID of the section that replaces it.
    #[arg(long, value_name = "ID")]
    pub by: Option<String>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven done`
#[derive(Debug, Args)]
pub struct Done {
    /// The ID of the item.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven install` and `graven uninstall`
#[derive(Debug, Args)]
pub struct Install {
    /// Install the server hook (pre-receive) instead of the client hooks; implied by a bare repository.
    #[arg(long)]
    pub server: bool,
    /// The server software, which decides where the hook goes; any value but plain implies --server.
    #[arg(long = "for", value_enum, default_value_t, value_name = "HOST")]
    pub host: Host,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// Check the repository as a server; implied by a bare repository.
    #[arg(long)]
    pub server: bool,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven init`
#[derive(Debug, Args)]
pub struct Init {
    /// Print the policy instead of writing it.
    #[arg(long)]
    pub dry_run: bool,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven status`
#[derive(Debug, Args)]
pub struct Status {
    /// List only these documents, or those below these folders.
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven trace`
#[derive(Debug, Args)]
pub struct Trace {
    /// List only these specs, or those below these folders.
    #[arg(value_name = "SPEC")]
    pub specs: Vec<String>,
    /// List only sections that need a test and have none; the exit code is still 0.
    #[arg(long)]
    pub untested: bool,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven next`
#[derive(Debug, Args)]
pub struct Next {
    /// A kind of documents (adr), or a prefix of section IDs or backlog items (PATH, BK).
    #[arg(value_name = "KIND|PREFIX")]
    pub of: String,
    /// Start a prefix that nothing uses yet.
    #[arg(long)]
    pub new: bool,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

/// `graven explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The name of a rule, as shown in a finding.
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// Options of listings.
    #[command(flatten)]
    listing: Listing,
}

fn hook(name: &str) -> Result<&'static Hook, String> {
    Hook::named(name).ok_or_else(|| {
        let known: Vec<&str> = HOOKS.iter().map(|hook| hook.name).collect();
        format!("unknown hook; graven implements {}", known.join(", "))
    })
}

/// Adds `hook NAME` when the program is called by a hook's name: a copy or link of the binary named `pre-receive` runs as
/// that hook.
#[must_use]
pub fn arguments(given: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut given: Vec<OsString> = given.into_iter().collect();
    let called = given.first().map(PathBuf::from).unwrap_or_default();
    let called = called
        .file_stem()
        .and_then(|name| name.to_str())
        .and_then(Hook::named);
    if let Some(hook) = called {
        given.splice(
            0..1,
            [
                "graven".into(),
                "hook".into(),
                hook.name.into(),
                "--".into(),
            ],
        );
    }
    given
}
