//! What a repository wants guarded: `graven.toml` as written, made into values that need no further checks. It must not
//! know where the file was found, nor judge anything.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bstr::{BStr, ByteSlice};
use globset::GlobSet;

use crate::policy::kind::{Kind, Pattern};
use crate::repo::{PathSet, RepoPath};
use crate::report::Level;
use crate::report::file_faults::Faults;
use crate::text::{Source, Span};
use raw::RawPolicy;

mod build;
mod compare;
mod detect;
mod glob;
pub mod kind;
mod parse;
mod preset;
mod raw;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;

pub use crate::report::Places;
pub use crate::report::file_faults::Fault;
pub use compare::weakenings;
pub use detect::{Recognised, recognise};
pub use parse::{MAX_BYTES, too_large};
pub use preset::{NAMES as PRESETS, text as preset_text};

/// The name of the policy file at the root of a repository.
pub const FILE_NAME: &str = "graven.toml";

/// A policy without a fault in it.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The preset it starts from: `sdd`, `adr-tools`, `madr`, `none`.
    pub preset: String,
    /// The branches whose revisions are published.
    pub branches: Branches,
    /// The kinds of documents; a document belongs to the first whose paths match.
    pub kinds: Vec<Arc<Kind>>,
    /// The folder of waivers and what they must contain.
    pub waivers: Waivers,
    /// Which files are tests and code, and how tests cite sections.
    pub trace: Trace,
    /// The two files of the backlog; `None` where there is none.
    pub backlog: Option<Backlog>,
    /// How fixes and features are recognised.
    pub workflow: Workflow,
    /// The level of each rule that the policy or its preset sets; the others keep their own.
    pub rules: BTreeMap<String, Level>,
    /// How alike two texts must be.
    pub similarity: Similarity,
    /// How much is read, and for how long, at most.
    pub limits: Limits,
    /// Every path that matters in each step: documents and what stands near them, waivers, the backlog, tests, the change
    /// log, and the policy file. Code is not among them: it is looked at where somebody asks.
    pub watch: PathSet,
    /// The paths of documents and of the files near them.
    pub documents: PathSet,
    /// The places of its keys in its file; empty without a file.
    pub places: Places,
}

/// A rule that a policy may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleName {
    /// Its name.
    pub id: &'static str,
    /// Its level when the policy sets none.
    pub level: Level,
}

/// Which branches publish.
#[derive(Debug, Clone)]
pub struct Branches {
    /// As written: `HEAD` (the default branch), names, globs.
    pub protected: Vec<String>,
    /// The globs and names among them, without `HEAD`.
    pub globs: GlobSet,
    /// True when the default branch is among them.
    pub default_branch: bool,
}

/// The folder of waivers and what they must contain.
#[derive(Debug, Clone)]
pub struct Waivers {
    /// Their folder, without a slash at its end.
    pub folder: String,
    /// The kind of the files in it.
    pub kind: Arc<Kind>,
    /// The least length of a reason, in characters.
    pub reason: usize,
}

/// Which files are tests and code, and how tests cite sections.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The files in which tests stand.
    pub tests: PathSet,
    /// The files that a contract is about.
    pub code: PathSet,
    /// The forms of a citation.
    pub citations: Vec<CitationForm>,
}

/// How a test says which section it is about.
#[derive(Debug, Clone)]
pub enum CitationForm {
    /// `@pytest.mark.spec("PATH-003")` and its relatives, in Python.
    Pytest,
    /// A comment: `// spec: PATH-003`, `# spec: PATH-003`.
    Comment,
    /// An attribute: `#[spec("PATH-003")]`.
    Attribute,
    /// A tag of a doc comment: `@spec PATH-003`.
    Tag,
    /// An expression with a group named `id`.
    Pattern(Pattern),
}

/// The two files of the backlog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// The file of the items that are open.
    pub open: RepoPath,
    /// The file of the items that are done.
    pub done: RepoPath,
    /// The prefixes of item IDs: `BK` for `BK-001`.
    pub prefixes: Vec<String>,
    /// Those of them whose items are bugs.
    pub bugs: Vec<String>,
}

/// How fixes and features are recognised.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// On a subject line: it fixes a bug.
    pub fix: Pattern,
    /// On a subject line: it adds a feature.
    pub feature: Pattern,
    /// The change log.
    pub changelog: PathSet,
}

/// How alike texts must be, each from 0.0 (nothing shared) to 1.0 (the same words).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Titles at least this alike are a rewording, below it another meaning.
    pub title: f64,
    /// Bodies at least this alike are the same section under another ID.
    pub body: f64,
    /// Documents at least this alike are one document that was moved and edited.
    pub document: f64,
}

/// Budgets. Past one of them the answer is "not judged".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document.
    pub blob: u64,
    /// How long a hook on a server may take, from the start of its process.
    pub deadline: Duration,
}

/// One way in which a changed policy is weaker than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakening {
    /// What is weaker, as a key of the file: `kind.adr.edits.text`.
    pub key: String,
    /// One line, lower case, no full stop: `frozen-text-edited goes from forbid to warn`.
    pub what: String,
    /// Where the new file says so; `None` when something is missing from it.
    pub span: Option<Span>,
}

/// Reads a policy file. `path` names it in complaints, `rules` are the rules there are. What is wrong with it comes all
/// at once, in the order of the file.
pub fn parse(source: Arc<Source>, path: &str, rules: &[RuleName]) -> Result<Policy, Vec<Fault>> {
    let mut faults = Faults::new(path, source);
    let policy = parse::read(&mut faults).and_then(|raw| build::build(raw, rules, &mut faults));
    match policy {
        Some(policy) if faults.is_empty() => Ok(policy),
        _ => Err(faults.into_vec()),
    }
}

/// The policy of a repository that has no policy file: the preset `sdd`.
#[must_use]
pub fn built_in() -> Policy {
    // A policy that guards nothing would be the worst answer, so this must not fall back to one.
    preset(PRESETS[0]).unwrap_or_else(|| unreachable!("every preset parses, as a test proves"))
}

/// The policy that a preset makes by itself; `None` when there is none of this name.
#[must_use]
pub fn preset(name: &str) -> Option<Policy> {
    let mut faults = Faults::new(name, Arc::new(Source::new(String::new())));
    let policy = build::build(
        RawPolicy {
            preset: Some(name.to_owned()),
            ..RawPolicy::default()
        },
        &[],
        &mut faults,
    )?;
    faults.is_empty().then_some(policy)
}

impl Policy {
    /// The kind a path belongs to; waivers have one of their own, which no other kind can take them from.
    #[must_use]
    pub fn kind_of(&self, path: &RepoPath) -> Option<&Arc<Kind>> {
        [&self.waivers.kind]
            .into_iter()
            .chain(&self.kinds)
            .find(|kind| kind.paths.matches(path))
    }

    /// The level of a rule, given the level it has by itself.
    #[must_use]
    pub fn level(&self, rule: &str, own: Level) -> Level {
        self.rules.get(rule).copied().unwrap_or(own)
    }
}

impl Branches {
    /// True when the branch of this short name (without `refs/heads/`) publishes.
    #[must_use]
    pub fn protects(&self, name: &BStr, default_branch: Option<&BStr>) -> bool {
        (self.default_branch && default_branch == Some(name))
            || self.globs.is_match(name.to_path_lossy())
    }
}
