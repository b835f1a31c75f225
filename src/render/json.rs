//! The report as JSON, schema 1. The types are separate on purpose: internal types may change, these only grow.
//! `docs/report.md` says what each field means and `docs/report.schema.json` is made from them.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::repo::RepoPath;
use crate::report::{
    EditClass, Finding, Help, Label, Level, Origin, Outcome, Problem, Report, State, WaivedBy,
    Weight, WhichSide,
};
use crate::text::escape::{Escaped, is_deceptive};

/// The version that `"schema"` names.
pub(super) const SCHEMA: u32 = 1;

/// The whole report.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(title = "graven report"))]
pub(super) struct Document {
    /// The version of this shape: 1.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: u32,
    /// The verdict.
    outcome: Verdict,
    /// What was judged.
    scope: Scope,
    /// What was found, sorted by step, path, place and rule.
    findings: Vec<Entry>,
    /// What could not be judged, and what was odd but harmless.
    problems: Vec<Trouble>,
}

/// The verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// Nothing that is looked at was broken; exit code 0.
    Allowed,
    /// At least one live finding refuses; exit code 1.
    Refused,
    /// Something could not be judged, and nothing that was refuses; exit code 2.
    NotJudged,
}

/// What was judged.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Scope {
    /// Steps judged.
    steps: usize,
    /// Changed documents compared, over all steps.
    changes: usize,
    /// Different documents seen.
    documents: usize,
}

/// A finding: one violation of a rule in one step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Entry {
    /// The rule's name.
    rule: String,
    /// Its level.
    level: Weigh,
    /// Its state.
    state: Standing,
    /// The kind of the document it concerns, where it concerns one.
    kind: Option<String>,
    /// What it concerns: `adr-0005`, `PATH-003`, `refs/heads/main`.
    subject: String,
    /// The file on the after side of the step, where the finding points at one.
    path: Option<String>,
    /// The line in `path`, counted from 1.
    line: Option<usize>,
    /// The column in `line`, in characters, counted from 1.
    column: Option<usize>,
    /// The file on the before side of the step, where the finding points at one.
    before_path: Option<String>,
    /// The line in `before-path`, counted from 1.
    before_line: Option<usize>,
    /// The full name of the commit of the after side; null for what is staged and for a deleted ref.
    commit: Option<String>,
    /// The full name of the commit of the before side; null where there is none.
    before: Option<String>,
    /// One line for people.
    message: String,
    /// The class of the edit, where the rule is about one.
    class: Option<Class>,
    /// What to do about it.
    help: Vec<Advice>,
    /// The name of this finding, the same on every surface; what a waiver names.
    fingerprint: String,
    /// What lifts it when it is waived: one waiver, or a chain of them in the order of their edits.
    waivers: Vec<Lifter>,
}

/// A waiver that lifts a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Waiver"))]
struct Lifter {
    /// The waiver file.
    path: String,
    /// The reason.
    reason: String,
}

/// The level of a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Weigh {
    /// Not checked; never in a report today.
    Allow,
    /// Shown, never refused.
    Warn,
    /// Refused; a waiver can lift it.
    Deny,
    /// Refused; nothing in the pushed content can lift it.
    Forbid,
}

/// The state of a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// It is neither restored nor waived.
    Live,
    /// A later step of the same push or audit undid it.
    Restored,
    /// A waiver lifts it.
    Waived,
}

/// What sort of edit was made.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Class {
    /// The status value moved along a legal edge.
    Status,
    /// A line such as "Superseded by …" was added inside the status block.
    Relation,
    /// Only blanks, line ends or wrapping changed.
    Whitespace,
    /// The document was moved, unchanged.
    Move,
    /// Only destinations of links changed.
    LinkTarget,
    /// The same words in other markup.
    Markup,
    /// Header fields other than the status changed.
    Metadata,
    /// The words changed.
    Text,
}

/// One piece of advice.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) struct Advice {
    /// What it achieves.
    text: String,
    /// The command that does it, quoted for a shell; null where none does.
    command: Option<String>,
}

/// A problem with the request, not with a step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Trouble {
    /// Whether it stopped something from being judged.
    weight: Gravity,
    /// One line for people.
    message: String,
    /// What to do about it.
    help: Vec<Advice>,
}

/// What a problem means for the verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Gravity {
    /// Worth knowing; the verdict is whole.
    Warning,
    /// Something was not judged.
    NotJudged,
}

/// Writes the report as one object.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    object(&Document::from(report), out)
}

/// Writes one object on lines of its own, pure of characters that deceive a terminal: inside strings, where alone they
/// can stand, they become `\uXXXX`, which is the same JSON.
pub(super) fn object<T: Serialize>(value: &T, out: &mut dyn io::Write) -> io::Result<()> {
    let plain = serde_json::to_string_pretty(value)?;
    let mut safe = String::with_capacity(plain.len() + 1);
    for character in plain.chars() {
        if character != '\n' && is_deceptive(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string never fails.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe.push('\n');
    out.write_all(safe.as_bytes())
}

/// A path as JSON can hold it: exact where it is UTF-8, escaped where it is not.
pub(super) fn path(path: &RepoPath) -> String {
    std::str::from_utf8(path.as_bstr())
        .map_or_else(|_| Escaped::new(path.as_bstr()).to_string(), str::to_owned)
}

impl From<&Report> for Document {
    fn from(report: &Report) -> Self {
        Self {
            schema: SCHEMA,
            outcome: match report.outcome() {
                Outcome::Allowed => Verdict::Allowed,
                Outcome::Refused => Verdict::Refused,
                Outcome::NotJudged => Verdict::NotJudged,
            },
            scope: Scope {
                steps: report.scope.steps,
                changes: report.scope.changes,
                documents: report.scope.documents,
            },
            findings: report.findings.iter().map(Entry::from).collect(),
            problems: report.problems.iter().map(Trouble::from).collect(),
        }
    }
}

impl From<&Finding> for Entry {
    fn from(finding: &Finding) -> Self {
        // The place of a moved ref is a ref, and no file.
        let file = |label: &&Label| {
            !matches!(finding.origin, Origin::Ref { .. }) && !label.path.as_bstr().is_empty()
        };
        let after = Some(&finding.primary)
            .filter(file)
            .filter(|label| label.side == WhichSide::After);
        let before = std::iter::once(&finding.primary)
            .chain(&finding.related)
            .filter(file)
            .find(|label| label.side == WhichSide::Before);
        let position = after.and_then(Label::position);
        Self {
            rule: finding.rule.to_owned(),
            level: finding.level.into(),
            state: finding.state.into(),
            kind: finding.kind.clone(),
            subject: finding.subject.clone(),
            path: after.map(|label| path(&label.path)),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            before_path: before.map(|label| path(&label.path)),
            before_line: before.and_then(Label::position).map(|(line, _)| line),
            commit: finding.origin.after().map(|id| id.to_string()),
            before: finding.origin.before().map(|id| id.to_string()),
            message: finding.message.clone(),
            class: finding.class.map(Class::from),
            help: finding.help.iter().map(Advice::from).collect(),
            fingerprint: finding.fingerprint.to_string(),
            waivers: finding.waivers.iter().map(Lifter::from).collect(),
        }
    }
}

impl From<&WaivedBy> for Lifter {
    fn from(waiver: &WaivedBy) -> Self {
        Self {
            path: path(&waiver.path),
            reason: waiver.reason.clone(),
        }
    }
}

impl From<Level> for Weigh {
    fn from(level: Level) -> Self {
        match level {
            Level::Allow => Self::Allow,
            Level::Warn => Self::Warn,
            Level::Deny => Self::Deny,
            Level::Forbid => Self::Forbid,
        }
    }
}

impl From<State> for Standing {
    fn from(state: State) -> Self {
        match state {
            State::Live => Self::Live,
            State::Restored => Self::Restored,
            State::Waived => Self::Waived,
        }
    }
}

impl From<EditClass> for Class {
    fn from(class: EditClass) -> Self {
        match class {
            EditClass::Status => Self::Status,
            EditClass::Relation => Self::Relation,
            EditClass::Whitespace => Self::Whitespace,
            EditClass::Move => Self::Move,
            EditClass::LinkTarget => Self::LinkTarget,
            EditClass::Markup => Self::Markup,
            EditClass::Metadata => Self::Metadata,
            EditClass::Text => Self::Text,
        }
    }
}

impl From<&Help> for Advice {
    fn from(help: &Help) -> Self {
        Self {
            text: help.text.clone(),
            command: help.command.clone(),
        }
    }
}

impl From<&Problem> for Trouble {
    fn from(problem: &Problem) -> Self {
        Self {
            weight: match problem.weight {
                Weight::Warning => Gravity::Warning,
                Weight::NotJudged => Gravity::NotJudged,
            },
            message: problem.message.clone(),
            help: problem.help.iter().map(Advice::from).collect(),
        }
    }
}
