//! Which sections a test cites: marks of pytest, comments, attributes, tags; and what a step does to that. It must not know
//! which sections there are, nor what is allowed.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::policy::kind::Pattern;
use crate::policy::{CitationForm, Policy};
use crate::repo::RepoPath;
use crate::report::Problem;
use crate::text::escape::is_invisible;
use crate::text::{Source, Span, Spanned};

mod changes;
mod matrix;
mod pattern;
mod python;
#[cfg(test)]
mod tests;

pub use changes::{CitationChanges, CitationPlace};
pub use matrix::{Matrix, Row, Spec, Tally};

/// What one test file cites.
#[derive(Debug, Clone)]
pub struct Citations {
    /// The text that places are in.
    pub source: Arc<Source>,
    /// What it cites, in the order of the text.
    pub cited: Vec<Cited>,
    /// What seems to cite something and cannot be read, in the order of the text.
    pub notes: Vec<Note>,
    /// Where it cannot be read whole.
    pub broken: Option<Broken>,
}

/// One citation of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The ID as it is written. Foreign text.
    pub id: String,
    /// Its place.
    pub span: Span,
    /// False when no section can have such an ID: a typing error.
    pub is_id: bool,
}

/// Something that seems to cite and cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Its place.
    pub span: Span,
    /// Why: `it is computed`.
    pub why: &'static str,
}

/// Why a file cannot be read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// From here on it does not parse, or not all of it.
    Syntax(Span),
    /// Invalid UTF-8 begins here.
    Encoding(Span),
}

/// The forms that a policy reads, and what it takes for an ID.
#[derive(Debug, Clone)]
pub struct Grammar<'p> {
    pytest: bool,
    forms: pattern::Forms,
    patterns: Vec<&'p Pattern>,
    ids: Ids<'p>,
}

/// What an ID looks like.
#[derive(Debug, Clone)]
struct Ids<'p>(Vec<&'p Pattern>);

/// Bytes at the beginning of a file in which a zero makes it a binary one, as Git has it.
const BINARY: usize = 8_000;

/// Characters of what is not an ID that are kept.
const KEPT: usize = 200;

impl<'p> Grammar<'p> {
    /// The forms of a policy; `None` where it has no tests, or nothing that they could cite.
    #[must_use]
    pub fn of(policy: &'p Policy) -> Option<Self> {
        let ids: Vec<&Pattern> = policy
            .kinds
            .iter()
            .filter_map(|kind| kind.sections.as_ref())
            .map(|forms| &forms.id)
            .collect();
        if ids.is_empty() || policy.trace.tests.globs().is_empty() {
            return None;
        }
        let mut grammar = Self {
            pytest: false,
            forms: pattern::Forms::default(),
            patterns: Vec::new(),
            ids: Ids(ids),
        };
        for form in &policy.trace.citations {
            match form {
                CitationForm::Pytest => grammar.pytest = true,
                CitationForm::Comment => grammar.forms.comment = true,
                CitationForm::Attribute => grammar.forms.attribute = true,
                CitationForm::Tag => grammar.forms.tag = true,
                CitationForm::Pattern(pattern) => grammar.patterns.push(pattern),
            }
        }
        Some(grammar)
    }

    /// Reads a test file. One that holds no citation of any form is not parsed.
    #[must_use]
    pub fn read(&self, path: &RepoPath, bytes: &[u8]) -> Citations {
        let (text, foreign) = decoded(bytes);
        let source = Arc::new(Source::new(text.into_owned()));
        let mut citations = Citations {
            source: Arc::clone(&source),
            cited: Vec::new(),
            notes: Vec::new(),
            broken: None,
        };
        let text = source.text();
        let mut found: Vec<Cited> = Vec::new();
        if text.contains("spec") {
            if self.pytest && is_python(path) {
                let reading = python::read(&source);
                citations.notes = reading.notes;
                citations.broken = reading.broken.map(Broken::Syntax);
                found.extend(reading.cited.into_iter().map(|cited| self.cited(cited)));
            } else {
                let built_in = pattern::built_in(text, self.forms, &self.ids);
                found.extend(
                    built_in
                        .into_iter()
                        .map(|range| self.cited(spanned(&source, range))),
                );
            }
            citations.broken = foreign
                .map(|at| Broken::Encoding(source.span(at..at)))
                .or(citations.broken);
        }
        for pattern in &self.patterns {
            let listed = pattern::of_policy(text, pattern, &self.ids);
            found.extend(
                listed
                    .into_iter()
                    .map(|range| self.cited(spanned(&source, range))),
            );
        }
        found.sort_by(|one, other| (one.span, &one.id).cmp(&(other.span, &other.id)));
        // Two forms may read one place.
        found.dedup();
        citations.cited = found;
        citations
    }

    fn cited(&self, written: Spanned<String>) -> Cited {
        let is_id = self.ids.is_id(&written.value);
        let id = if is_id {
            written.value
        } else {
            written.value.chars().take(KEPT).collect()
        };
        Cited {
            id,
            span: written.span,
            is_id,
        }
    }
}

impl Broken {
    /// Where it is.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::Syntax(span) | Self::Encoding(span) => span,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax(_) => "syntax error",
            Self::Encoding(_) => "invalid UTF-8",
        })
    }
}

impl Ids<'_> {
    fn is_id(&self, text: &str) -> bool {
        // Longer than any ID: no expression has to look at it.
        text.len() <= KEPT && self.0.iter().any(|id| id.is_match(text))
    }
}

/// True for a word that means to be an ID and is none: `PATH-OO3`, `path-003`, `PATH_003`.
fn is_meant(word: &str) -> bool {
    // Invisible characters do not make it another word.
    let word: String = word
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .collect();
    let is_letter = |letter: char| letter.is_alphanumeric() || is_joint(letter);
    let joined = word.contains(is_joint) || word.contains(|digit: char| digit.is_ascii_digit());
    word.len() <= KEPT
        && word.starts_with(char::is_alphabetic)
        && joined
        && word.chars().all(is_letter)
}

/// The warning about a test that cannot be read whole.
#[must_use]
pub fn broken_at(path: &RepoPath, source: &Source, broken: Broken) -> Problem {
    let (line, column) = source.position(broken.span().start());
    let message =
        format!("{path}:{line}:{column}: {broken}; some citations in this file may be missed");
    Problem::warning(
        message,
        "fix the file, so that graven can read all its citations",
    )
}

/// What a section without a test has lost, or never had: the content of a finding about it, by which a later test is known
/// to undo it.
#[must_use]
pub fn cited_by_a_test(id: &str) -> String {
    format!("a test cites {id}")
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '_' | '\u{2010}'..='\u{2014}')
}

/// The text of a file, and the place of the first bytes that are not UTF-8. A binary file has no text.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<usize>) {
    if bytes[..bytes.len().min(BINARY)].contains(&0) {
        return (Cow::Borrowed(""), None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
    }
}

fn spanned(source: &Source, range: std::ops::Range<usize>) -> Spanned<String> {
    let span = source.span(range);
    Spanned {
        value: source.slice(span).to_owned(),
        span,
    }
}

fn is_python(path: &RepoPath) -> bool {
    let name = path.file_name();
    name.ends_with(b".py") || name.ends_with(b".pyi")
}
