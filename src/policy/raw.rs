//! `graven.toml` as written: what it can contain and how a file overrides its preset. Every field may be missing; what a
//! value means is decided in [`super::build`]. Does not depend on places in the file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::policy::kind::Freeze;
use crate::report::Level;

/// The policy of a repository. Every key may be missing; the preset then decides.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(title = "graven.toml", rename = "Policy"))]
pub(super) struct RawPolicy {
    /// The preset that this file lies over; `sdd` when it names none.
    #[cfg_attr(test, schemars(extend("enum" = super::preset::NAMES)))]
    pub(super) preset: Option<String>,
    /// Kinds of the preset that this repository does not have.
    pub(super) without: Vec<String>,
    /// Which branches publish.
    pub(super) branches: RawBranches,
    /// The kinds of documents, by name. A document belongs to the first whose `paths` match: those of this file in the
    /// order in which they stand, then those of the preset.
    pub(super) kind: BTreeMap<String, RawKind>,
    /// The folder of waivers and what they must contain.
    pub(super) waivers: RawWaivers,
    /// Which files are tests and code, and how tests cite sections.
    pub(super) trace: RawTrace,
    /// The two files of the backlog.
    pub(super) backlog: RawBacklog,
    /// How fixes and features are recognised.
    pub(super) workflow: RawWorkflow,
    /// The level of a rule, by its name.
    pub(super) rules: BTreeMap<String, Level>,
    /// How alike two texts must be, from 0.0 (nothing shared) to 1.0 (the same words).
    pub(super) similarity: RawSimilarity,
    /// How much is read, and for how long, at most.
    pub(super) limits: RawLimits,
}

/// Which branches publish.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Branches"))]
pub(super) struct RawBranches {
    /// Names and globs, without `refs/heads/`; `HEAD` is the repository's default branch.
    pub(super) protected: Option<Vec<String>>,
}

/// A kind of documents. Where the preset has a kind of this name, the keys that are given here take the place of its own.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Kind"))]
pub(super) struct RawKind {
    /// Globs from the root of the repository: the paths of its documents. `*` and `?` stop at `/`, `**` does not.
    pub(super) paths: Option<Vec<String>>,
    /// Globs: where any other file is taken for a misnamed document of this kind.
    pub(super) near: Option<Vec<String>>,
    /// Globs: files among `near` that are no documents, such as an index or a template.
    pub(super) exempt: Option<Vec<String>>,
    /// How a file of this kind is named, for people: `NNNN-<short-title>.md`.
    pub(super) file_name: Option<String>,
    /// The file that a new document begins as; where there is none, it takes the form of the one it supersedes.
    pub(super) template: Option<String>,
    /// A regular expression on the file name, with a group named `number`.
    pub(super) number: Option<String>,
    /// When its documents freeze.
    pub(super) freeze: Option<Freeze>,
    /// Its status words.
    pub(super) status: Option<RawStatus>,
    /// What becomes of an edit of a frozen document, by the class of the edit.
    #[cfg_attr(test, schemars(extend("propertyNames" = serde_json::json!({ "enum": crate::report::EditClass::ALL }))))]
    pub(super) edits: BTreeMap<String, Level>,
    /// How its sections with stable IDs are declared.
    pub(super) sections: Option<RawSections>,
}

/// Status words, compared without regard to case, and the ways between them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Status"))]
pub(super) struct RawStatus {
    /// Words of documents that are still being written.
    pub(super) open: Option<Vec<String>>,
    /// Words of documents in force, in the order of a document's life.
    pub(super) frozen: Option<Vec<String>>,
    /// Words of documents at their end.
    pub(super) terminal: Option<Vec<String>>,
    /// Other spellings, each with the word it means.
    pub(super) aliases: BTreeMap<String, String>,
    /// Where a word may lead. Without an entry an open word leads anywhere, a frozen one to the terminal ones and to the
    /// frozen ones after it, a terminal one nowhere.
    pub(super) edges: BTreeMap<String, Vec<String>>,
}

/// How sections with stable IDs are declared.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Sections"))]
pub(super) struct RawSections {
    /// A regular expression: what a whole ID looks like.
    pub(super) id: Option<String>,
    /// A regular expression on the text of a heading, with a group `id` and perhaps groups `note` and `title`. Made from
    /// `id` when missing: `ID: title`, `ID (note): title`, `ID`, each with or without a mark such as `[DEPRECATED]`.
    pub(super) heading: Option<String>,
    /// A regular expression: a heading that matches it and not `heading` is malformed. Made from `id` when missing.
    pub(super) like: Option<String>,
    /// Whether a row of a table whose first column is headed `ID` declares a section; true when missing.
    pub(super) tables: Option<bool>,
    /// Where a document says which prefix its IDs have: `none` (the default), `first-id`, or a regular expression on a
    /// line, with a group named `prefix`.
    pub(super) prefix: Option<String>,
    /// A regular expression on a line in front of the first section: a document with such a line is about tooling.
    pub(super) tooling: Option<String>,
}

/// The folder of waivers and what they must contain.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Waivers"))]
pub(super) struct RawWaivers {
    /// The folder of the waiver files, from the root of the repository.
    pub(super) folder: Option<String>,
    /// The least length of a reason, in characters.
    pub(super) reason: Option<usize>,
}

/// Which files are tests and code, and how tests cite sections.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Trace"))]
pub(super) struct RawTrace {
    /// Globs: the files in which tests stand.
    pub(super) tests: Option<Vec<String>>,
    /// Globs: the files that a contract is about.
    pub(super) code: Option<Vec<String>>,
    /// How a test cites a section: `pytest` (`@pytest.mark.spec("ID")`, read by a parser), `comment` (`// spec: ID`),
    /// `attribute` (`#[spec("ID")]`), `tag` (`@spec ID`), or a regular expression with a group named `id`.
    pub(super) citations: Option<Vec<String>>,
}

/// The two files of the backlog.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Backlog"))]
pub(super) struct RawBacklog {
    /// The file of the items that are open.
    pub(super) open: Option<String>,
    /// The file of the items that are done.
    pub(super) done: Option<String>,
    /// The prefixes of item IDs: `BK` for `BK-001`.
    pub(super) prefixes: Option<Vec<String>>,
    /// Those of them whose items are bugs.
    pub(super) bugs: Option<Vec<String>>,
}

/// How fixes and features are recognised.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Workflow"))]
pub(super) struct RawWorkflow {
    /// A regular expression on the subject line of a commit: it fixes a bug.
    pub(super) fix: Option<String>,
    /// A regular expression on the subject line of a commit: it adds a feature.
    pub(super) feature: Option<String>,
    /// Globs: the change log.
    pub(super) changelog: Option<Vec<String>>,
}

/// How alike two texts must be, from 0.0 (nothing shared) to 1.0 (the same words).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Similarity"))]
pub(super) struct RawSimilarity {
    /// Titles at least this alike are a rewording, below it another meaning.
    pub(super) title: Option<f64>,
    /// Bodies at least this alike are the same section under another ID.
    pub(super) body: Option<f64>,
    /// Documents at least this alike are one document that was moved and edited.
    pub(super) document: Option<f64>,
}

/// How much is read, and for how long, at most.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Limits"))]
pub(super) struct RawLimits {
    /// The size of one document, such as `4 MiB`.
    pub(super) blob: Option<String>,
    /// How long a hook on a server may take, such as `4 s`: less than its host allows.
    pub(super) deadline: Option<String>,
}

impl RawKind {
    /// Lays this kind over the preset's kind of the same name: tables are joined key by key, anything else is replaced.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            paths: self.paths.or(below.paths),
            near: self.near.or(below.near),
            exempt: self.exempt.or(below.exempt),
            file_name: self.file_name.or(below.file_name),
            template: self.template.or(below.template),
            number: self.number.or(below.number),
            freeze: self.freeze.or(below.freeze),
            status: join(self.status, below.status, RawStatus::over),
            edits: over(self.edits, below.edits),
            sections: join(self.sections, below.sections, RawSections::over),
        }
    }
}

impl RawStatus {
    fn over(self, below: Self) -> Self {
        Self {
            open: self.open.or(below.open),
            frozen: self.frozen.or(below.frozen),
            terminal: self.terminal.or(below.terminal),
            aliases: over(self.aliases, below.aliases),
            edges: over(self.edges, below.edges),
        }
    }
}

impl RawSections {
    fn over(self, below: Self) -> Self {
        Self {
            id: self.id.or(below.id),
            heading: self.heading.or(below.heading),
            like: self.like.or(below.like),
            tables: self.tables.or(below.tables),
            prefix: self.prefix.or(below.prefix),
            tooling: self.tooling.or(below.tooling),
        }
    }
}

impl RawWaivers {
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            folder: self.folder.or(below.folder),
            reason: self.reason.or(below.reason),
        }
    }
}

impl RawTrace {
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            tests: self.tests.or(below.tests),
            code: self.code.or(below.code),
            citations: self.citations.or(below.citations),
        }
    }
}

impl RawBacklog {
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            open: self.open.or(below.open),
            done: self.done.or(below.done),
            prefixes: self.prefixes.or(below.prefixes),
            bugs: self.bugs.or(below.bugs),
        }
    }
}

impl RawWorkflow {
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            fix: self.fix.or(below.fix),
            feature: self.feature.or(below.feature),
            changelog: self.changelog.or(below.changelog),
        }
    }
}

fn join<T>(above: Option<T>, below: Option<T>, over: fn(T, T) -> T) -> Option<T> {
    match (above, below) {
        (Some(above), Some(below)) => Some(over(above, below)),
        (above, below) => above.or(below),
    }
}

fn over<V>(above: BTreeMap<String, V>, mut below: BTreeMap<String, V>) -> BTreeMap<String, V> {
    below.extend(above);
    below
}
