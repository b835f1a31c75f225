//! What can be typed. It does nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::render::Format;
use crate::setup::install::Host;
use crate::steps::hook::Hook;

/// Keeps engineering records as they were written.
///
/// Accepted ADRs are superseded, never edited; audits and research notes stay as they were published; a section ID keeps
/// its meaning for ever. Exit code 0: allowed, 1: refused, 2: could not judge.
#[derive(Debug, Parser)]
#[command(
    name = "graven",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// The repository to work on, instead of the one around the current directory.
    #[arg(long, global = true, value_name = "DIR", display_order = 100)]
    pub repo: Option<PathBuf>,
    /// Accepted in front of the command too.
    #[arg(long, value_enum, hide = true)]
    format: Option<Format>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge what is staged, or a range of commits as the one step it would be.
    Check(Check),
    /// Judge a whole history, step by step along its first parents.
    Audit(Audit),
    /// Count what a policy would have said of the last steps, rule by rule and month by month.
    Simulate(Simulate),
    /// Write and stage a waiver for what is staged and refused, with the reason why it may stand.
    Waive(Waive),
    /// Answer one of Git's hooks; Git calls this.
    Hook(HookCall),
    /// Write a document that takes the place of another one, and say so in both.
    Supersede(Supersede),
    /// Mark a section as deprecated; its ID stays where it is.
    Deprecate(Deprecate),
    /// Move a backlog item to what is done.
    Done(Done),
    /// Install the hooks in a repository, in front of those that are there.
    Install(Install),
    /// Take the hooks away again.
    Uninstall(Install),
    /// Say what guards the repository and what does not.
    Doctor(Doctor),
    /// Look at the repository and write a policy that fits it.
    Init(Init),
    /// List the governed documents: kind, number, status, frozen since which commit.
    Status(Status),
    /// Print the next number of a kind, or the next ID under a prefix, that no branch and no history has used.
    Next(Next),
    /// List the sections of specs and the tests that cite them.
    Trace(Trace),
    /// List the rules and their levels under the policy.
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
    /// Judge what is staged; this is the default.
    #[arg(long, conflicts_with = "range")]
    pub staged: bool,
    /// Two revisions, BASE..HEAD: what HEAD changes since it left BASE.
    #[arg(value_name = "BASE..HEAD")]
    pub range: Option<String>,
    /// What every judging command takes.
    #[command(flatten)]
    pub judging: Judging,
    /// What every report takes.
    #[command(flatten)]
    report: Report,
}

/// `graven audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// The revision whose history is judged; HEAD where none is named.
    #[arg(value_name = "REV")]
    pub revision: Option<String>,
    /// Judge every commit, not only those of the first-parent line.
    #[arg(long)]
    pub every_commit: bool,
    /// Write a waiver for everything found that one can lift to FILE in the folder of waivers, and stage it.
    #[arg(long, value_name = "FILE", requires = "reason")]
    pub write_baseline: Option<PathBuf>,
    /// Why what the history holds may stand.
    #[arg(long, value_name = "TEXT", requires = "write_baseline")]
    pub reason: Option<String>,
    /// Let a baseline that is there grow by what is new.
    #[arg(long, requires = "write_baseline")]
    pub accept_new: bool,
    /// What every judging command takes.
    #[command(flatten)]
    pub judging: Judging,
    /// What every report takes.
    #[command(flatten)]
    report: Report,
}

/// `graven waive`
#[derive(Debug, Args)]
pub struct Waive {
    /// Only findings of this rule, warnings too; without it, everything that a waiver can lift and that refuses.
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// Only findings about this subject: `adr-0005`, `PATH-003`, a path.
    #[arg(long, value_name = "SUBJECT")]
    pub subject: Option<String>,
    /// The message that the commit will have, for the rules that read it.
    #[arg(long, short, value_name = "TEXT")]
    pub message: Option<String>,
    /// Why it may stand, in a sentence, for whoever reads it years later.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// The revision whose history is looked at; HEAD where none is named.
    #[arg(value_name = "REV")]
    pub revision: Option<String>,
    /// How many steps, counted from the newest; all of them where no number is given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub last: Option<u32>,
    /// The policy file to try, instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// What all judging commands take.
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
    /// How to write the report: as text, or as JSON for programs.
    #[arg(long, value_enum, display_order = 100)]
    format: Option<Format>,
}

/// What all commands take that give something else than a report.
#[derive(Debug, Args)]
pub struct Listing {
    /// Write one JSON object for programs.
    #[arg(long, display_order = 100)]
    json: bool,
    /// What `--json` was before; accepted for one version.
    #[arg(long, value_enum, hide = true)]
    format: Option<Format>,
}

/// `graven hook`
#[derive(Debug, Clone, Args)]
pub struct HookCall {
    /// A hook to run first, with the same arguments and input; graven judges what it leaves.
    #[arg(long = "after", value_name = "FILE")]
    pub chained: Option<PathBuf>,
    /// What serves the repository, where it shows marked lines of a refusal on a web page.
    #[arg(long, value_enum, default_value_t)]
    pub host: Host,
    /// What every report takes.
    #[command(flatten)]
    report: Report,
    /// Which hook Git is asking.
    #[arg(value_parser = hook, value_name = "NAME")]
    pub hook: Hook,
    /// What Git passes to the hook.
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
    /// The document whose place is taken: its path, or its number as in adr-5, ADR-0005 or 5.
    #[arg(value_name = "DOC")]
    pub document: String,
    /// The title of the new document.
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// The status of the new document; without it, the one that puts it in force.
    #[arg(long, value_name = "WORD")]
    pub status: Option<String>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven deprecate`
#[derive(Debug, Args)]
pub struct Deprecate {
    /// The ID of the section.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The ID of the section that is to be used instead.
    #[arg(long, value_name = "ID")]
    pub by: Option<String>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven done`
#[derive(Debug, Args)]
pub struct Done {
    /// The ID of the item.
    #[arg(value_name = "ID")]
    pub id: String,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven install` and `graven uninstall`
#[derive(Debug, Args)]
pub struct Install {
    /// The hook of a server (pre-receive) instead of those of a clone; a bare repository implies it.
    #[arg(long)]
    pub server: bool,
    /// What serves the repository: its hook goes where that looks for it. Other than plain, it implies --server.
    #[arg(long = "for", value_enum, default_value_t, value_name = "HOST")]
    pub host: Host,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// Look at it as a server, which is pushed to; a bare repository implies it.
    #[arg(long)]
    pub server: bool,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven init`
#[derive(Debug, Args)]
pub struct Init {
    /// Print the policy instead of writing it.
    #[arg(long)]
    pub dry_run: bool,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven status`
#[derive(Debug, Args)]
pub struct Status {
    /// Only these documents, or those below these folders.
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven trace`
#[derive(Debug, Args)]
pub struct Trace {
    /// Only these specs, or those below these folders.
    #[arg(value_name = "SPEC")]
    pub specs: Vec<String>,
    /// Only sections that need a test and have none. It lists them and does not judge: the exit code is 0 all the same.
    #[arg(long)]
    pub untested: bool,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven next`
#[derive(Debug, Args)]
pub struct Next {
    /// A kind of documents (adr), or a prefix of section IDs or backlog items (PATH, BK).
    #[arg(value_name = "KIND|PREFIX")]
    pub of: String,
    /// Begin a prefix that nothing has yet.
    #[arg(long)]
    pub new: bool,
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// A policy file to use instead of the one in the repository.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

/// `graven explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The name of a rule, as it stands in a finding.
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// What every listing takes.
    #[command(flatten)]
    listing: Listing,
}

fn hook(name: &str) -> Result<Hook, String> {
    Hook::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Hook::ALL.iter().map(|hook| hook.name()).collect();
        format!("graven is one of these hooks: {}", known.join(", "))
    })
}

/// The arguments as if the hook's own name had not been the name of the program: a copy or link of the binary that is
/// named `pre-receive` is that hook.
#[must_use]
pub fn arguments(given: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut given: Vec<OsString> = given.into_iter().collect();
    let called = given.first().map(PathBuf::from).unwrap_or_default();
    let called = called
        .file_stem()
        .and_then(|name| name.to_str())
        .and_then(Hook::from_name);
    if let Some(hook) = called {
        given.splice(
            0..1,
            [
                "graven".into(),
                "hook".into(),
                hook.name().into(),
                "--".into(),
            ],
        );
    }
    given
}
