//! A class of documents: where its members are, how they are numbered, what their status words mean, what may happen to
//! a frozen one. Built by the policy, read by everything that looks at documents. It must not know how a policy is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::OnceLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::repo::PathSet;
use crate::report::{EditClass, Level};

/// One class of documents; a document belongs to the first kind whose `paths` match.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its place among the kinds of its policy, by which caches tell them apart.
    pub index: usize,
    /// Its name in the policy and in messages: `adr`, `spec`.
    pub name: String,
    /// The paths of its documents.
    pub paths: PathSet,
    /// Where a stray file is taken for a misnamed document of this kind; minus `paths` and `exempt`.
    pub near: PathSet,
    /// Files near the documents that are not documents: an index, a template.
    pub exempt: PathSet,
    /// How a file of this kind is named, for people: `NNNN-<short-title>.md`.
    pub file_name: Option<String>,
    /// The file that a new document begins as, if there is one.
    pub template: Option<String>,
    /// Reads the number from the file name, through a group named `number`; `None` when its documents have none.
    pub number: Option<Pattern>,
    /// When its documents freeze.
    pub freeze: Freeze,
    /// True when a frozen document may be added to at its end, as waivers may.
    pub grows: bool,
    /// The status words it knows; `None` when its documents carry no status.
    pub vocabulary: Option<Vocabulary>,
    /// What becomes of an edit of a frozen document, for each class of edit.
    pub edits: BTreeMap<EditClass, Level>,
    /// How sections with stable IDs are declared; `None` when it has no such sections.
    pub sections: Option<SectionForms>,
}

/// A regular expression. One that comes with the program is compiled when it is first used: that takes longer than most
/// documents take to read, and most questions need few of them.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: Cow<'static, str>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Takes an expression that is known to compile: every one of every preset is compiled by a test.
    #[must_use]
    pub fn proven(written: impl Into<Cow<'static, str>>) -> Self {
        Self {
            written: written.into(),
            compiled: OnceLock::new(),
        }
    }

    /// The expression as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl From<Regex> for Pattern {
    fn from(regex: Regex) -> Self {
        Self {
            written: regex.as_str().to_owned().into(),
            compiled: regex.into(),
        }
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let compile = || {
            Regex::new(&self.written).unwrap_or_else(|_| unreachable!("it was proven to compile"))
        };
        self.compiled.get_or_init(compile)
    }
}

/// When the documents of a kind freeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Freeze {
    /// As soon as their status says accepted.
    WhenAccepted,
    /// The moment they are published.
    WhenCommitted,
    /// Living documents: only their section IDs are stable.
    Never,
}

/// The stage of a status word in the life of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatusStage {
    /// Still being written.
    Open,
    /// In force: frozen.
    Frozen,
    /// At its end: frozen too.
    Terminal,
}

/// The status words of a kind, and the ways between them.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Words in the order of the policy. A phrase is compared case-folded, with runs of blanks as one.
    pub words: Vec<StatusWord>,
    /// Legal ways out of a word, by canonical word; where a word has no entry, [`Vocabulary::permits`] says the default.
    pub edges: BTreeMap<String, Vec<String>>,
}

/// One way to write a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusWord {
    /// What is looked for, case-folded: `accepted`, `superceded`, `this decision is currently in effect`.
    pub phrase: String,
    /// The word it means, as the policy spells it: `Accepted`.
    pub canonical: String,
    /// The stage of that word.
    pub standing: StatusStage,
}

impl Vocabulary {
    /// The stage of a canonical word.
    #[must_use]
    pub fn standing(&self, canonical: &str) -> Option<StatusStage> {
        self.words
            .iter()
            .find(|word| word.canonical == canonical)
            .map(|word| word.standing)
    }

    /// True when a document may go from one status word to another. Open words lead anywhere; a frozen word leads to the
    /// terminal ones and to the frozen ones after it in the policy; a terminal word leads nowhere. Entries of `edges`
    /// take the place of that default. Staying is always legal.
    #[must_use]
    pub fn permits(&self, from: &str, to: &str) -> bool {
        if from == to {
            return true;
        }
        if let Some(legal) = self.edges.get(from) {
            return legal.iter().any(|word| word == to);
        }
        match (self.standing(from), self.standing(to)) {
            (Some(StatusStage::Open), Some(_))
            | (Some(StatusStage::Frozen), Some(StatusStage::Terminal)) => true,
            (Some(StatusStage::Frozen), Some(StatusStage::Frozen)) => {
                self.place(from) < self.place(to)
            }
            _ => false,
        }
    }

    fn place(&self, canonical: &str) -> Option<usize> {
        self.words
            .iter()
            .position(|word| word.canonical == canonical)
    }
}

/// How a kind declares sections with stable IDs.
#[derive(Debug, Clone)]
pub struct SectionForms {
    /// What an ID looks like, anchored at both ends: `PATH-003`.
    pub id: Pattern,
    /// Reads a heading's text through groups named `id` and, where titles are kept, `title`; a group `note` may stand
    /// between them.
    pub heading: Pattern,
    /// A heading that begins like a declaration and does not match `heading` is malformed.
    pub like: Pattern,
    /// True when a table whose first column is headed `ID` declares a section a row.
    pub tables: bool,
    /// Where a spec says which prefix its IDs have.
    pub prefix: PrefixForm,
    /// A line in front of the first section that says the document is about tooling.
    pub tooling: Option<Pattern>,
}

/// How a spec declares the prefix of its section IDs.
#[derive(Debug, Clone)]
pub enum PrefixForm {
    /// A line that matches, through a group named `prefix`; a spec without such a line declares nothing and is not judged
    /// alone, but a prefix that another spec declares is still that spec's.
    Line(Pattern),
    /// The prefix of its first section ID is the one it declares.
    FirstId,
    /// Prefixes are not looked at.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let word = |word: &str, standing| StatusWord {
            phrase: word.to_lowercase(),
            canonical: word.to_owned(),
            standing,
        };
        Vocabulary {
            words: vec![
                word("Draft", StatusStage::Open),
                word("Accepted", StatusStage::Frozen),
                word("Implemented", StatusStage::Frozen),
                word("Superseded", StatusStage::Terminal),
            ],
            edges: BTreeMap::new(),
        }
    }

    #[test]
    fn a_status_moves_forward_only() {
        let words = vocabulary();
        for (from, to, legal) in [
            ("Draft", "Accepted", true),
            ("Accepted", "Accepted", true),
            ("Accepted", "Implemented", true),
            ("Implemented", "Accepted", false),
            ("Accepted", "Draft", false),
            ("Accepted", "Superseded", true),
            ("Superseded", "Accepted", false),
        ] {
            assert_eq!(words.permits(from, to), legal, "{from} -> {to}");
        }
    }

    #[test]
    fn edges_take_the_place_of_the_default() {
        let mut words = vocabulary();
        words
            .edges
            .insert("Accepted".to_owned(), vec!["Superseded".to_owned()]);
        assert!(!words.permits("Accepted", "Implemented"));
        assert!(words.permits("Accepted", "Superseded"));
    }
}
