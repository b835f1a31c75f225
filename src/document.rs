//! A document as graven sees it: bytes read once into status, header, relations and sections, each with its place.
//! It must not know Git, the policy file, or what is allowed.

use std::fmt;
use std::sync::Arc;

use crate::policy::kind::{Freeze, Kind, StatusStage};
use crate::repo::{Mode, RepoPath};

mod badge;
mod field;
mod front_matter;
mod header;
mod header_reader;
pub(crate) mod inline;
pub(crate) mod markdown;
mod phrase;
mod region;
mod relation;
mod section;
mod status;
mod status_section;
mod table;
mod text;

pub use crate::text::{Source, Span, Spanned};
#[cfg(test)]
pub(crate) use text::forms::forms as status_forms;

/// One version of one governed document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it stands.
    pub path: RepoPath,
    /// What sort of entry it is.
    pub mode: Mode,
    /// The kind it belongs to.
    pub kind: Arc<Kind>,
    /// Its number, when its kind has numbers and its file name shows one.
    pub number: Option<Number>,
    /// What it says.
    pub content: Content,
}

/// The number of a document. Compared as an integer, so that `0007` is `7`; shown as written.
#[derive(Debug, Clone)]
pub struct Number {
    /// Its value; `0` is a placeholder and takes no number.
    pub value: u64,
    /// As it stands in the file name.
    pub written: String,
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// What a document says, or why nobody can tell.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text, read.
    Text(Arc<Text>),
    /// No text that can be read.
    Unreadable(Unreadable),
}

/// Why a document's content cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not UTF-8 (or holding a NUL); the offset of the first such byte.
    NotText(usize),
    /// Larger than the policy's limit: its size and the limit, in bytes.
    TooLarge(u64, u64),
    /// A Git LFS pointer: the text stands elsewhere.
    LfsPointer,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText(offset) => write!(f, "not valid UTF-8 at byte {offset}"),
            Self::TooLarge(size, limit) => write!(f, "{size} bytes, over the limit of {limit}"),
            Self::LfsPointer => f.write_str("a Git LFS pointer instead of the text"),
        }
    }
}

/// A document's text, read. Every span belongs to `source`.
#[derive(Debug)]
pub struct Text {
    /// The text itself.
    pub source: Arc<Source>,
    /// Its title: the first heading of level 1, else the front matter's `title`.
    pub title: Option<Spanned<String>>,
    /// What it says of its status.
    pub status: Reading,
    /// Relations to other documents, from front matter, header and status block; sorted by place.
    pub relations: Vec<Relation>,
    /// The parts of the text that are not its body, sorted and without overlap.
    pub regions: Vec<Spanned<Region>>,
    /// Sections with stable IDs, in the order of the text.
    pub sections: Vec<Section>,
    /// Headings that begin like a declaration and cannot be read as one, with the ID they seem to mean.
    pub malformed: Vec<Spanned<String>>,
    /// Headings and rows that would declare an ID if their letters were what they look like.
    pub look_alikes: Vec<Spanned<LookAlike>>,
    /// Prefixes that a line of the text declares for its IDs.
    pub prefixes: Vec<Spanned<String>>,
    /// The line in front of its first section that says it is about tooling, where its kind knows such a line.
    pub tooling: Option<Span>,
}

/// What part of a document a stretch of text is. What no region covers is the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// The status value and, in a status section, the prose beside it. For a field (bullet, front matter, table row) the
    /// region is the whole line or row.
    Status,
    /// A relation line: it says nothing but a relation and what it points at.
    Relation,
    /// A header field other than status and relations: date, authors, deciders.
    Metadata,
}

/// What a document says of its status.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The status that counts: of several copies the one furthest along, frozen before open.
    pub main: Option<Status>,
    /// Further copies, in the order of the text.
    pub others: Vec<Status>,
    /// Where a status is announced and none is given: an empty value, an unfilled template.
    pub unfilled: Option<Span>,
    /// True when only comments say it, so that no reader sees it.
    pub hidden: bool,
}

/// One copy of a status.
#[derive(Debug, Clone)]
pub struct Status {
    /// What it means.
    pub value: StatusValue,
    /// As written, cut to the words that were read.
    pub written: String,
    /// The words that were read.
    pub span: Span,
}

/// What a written status means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusValue {
    /// A word of the kind's vocabulary, as the policy spells it.
    Known(String, StatusStage),
    /// No word that the vocabulary knows.
    Unknown,
}

impl Status {
    /// The canonical word, or the written one when it is unknown.
    #[must_use]
    pub fn word(&self) -> &str {
        match &self.value {
            StatusValue::Known(word, _) => word,
            StatusValue::Unknown => &self.written,
        }
    }

    /// Where it stands in a document's life; `None` when it is unknown.
    #[must_use]
    pub fn standing(&self) -> Option<StatusStage> {
        match self.value {
            StatusValue::Known(_, standing) => Some(standing),
            StatusValue::Unknown => None,
        }
    }
}

/// A relation to other documents.
#[derive(Debug, Clone)]
pub struct Relation {
    /// What is said of them.
    pub verb: Verb,
    /// What it points at, as far as it can be read.
    pub targets: Vec<Target>,
    /// The words that say it.
    pub span: Span,
}

/// What one document says of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// "Supersedes", "Replaces", "Obsoletes".
    Supersedes,
    /// "Superseded by", "Replaced by", "Obsoleted by", "Moved to", in full.
    SupersededBy,
    /// "Amends", "Updates", "Complements", "Clarifies", "Extends" and the like.
    Amends,
    /// "Amended by", "Partly superseded by" and the like.
    AmendedBy,
    /// "Relates to", "See also".
    RelatesTo,
}

/// What a relation points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A number: `ADR-0007`, `7. Title`, `RFC 1974`.
    Number(u64),
    /// The destination of a link, as written.
    Link(String),
}

/// A section with a stable ID.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its ID: `PATH-003`.
    pub id: String,
    /// Its title without marks; empty where the form has none.
    pub title: String,
    /// Its tombstone as written, such as `[DEPRECATED]`.
    pub mark: Option<String>,
    /// The declaration: the heading line, or the table row.
    pub declared: Span,
    /// What it says, up to the next declaration or the next heading of its own or a higher level.
    pub body: Span,
}

/// An ID in letters that only look like its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LookAlike {
    /// As written. Foreign text.
    pub written: String,
    /// The ID that a reader sees.
    pub id: String,
}

/// What froze a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frozen {
    /// Its status, at this place.
    Status(Span),
    /// Its status says something unknown, which counts as frozen, at this place.
    UnknownStatus(Span),
    /// Being published.
    Committed,
}

impl Text {
    /// Declaration and body of one of its sections, as written.
    #[must_use]
    pub fn section(&self, section: &Section) -> &str {
        let end = section.body.end().max(section.declared.end());
        self.source
            .slice(self.source.span(section.declared.start()..end))
    }
}

impl Document {
    /// The text, when it could be read.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<Text>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Unreadable(_) => None,
        }
    }

    /// Its content, byte for byte, when it could be read.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.text().map(|text| text.source.text().as_bytes())
    }

    /// Whether a published version with this content is frozen, and what froze it. Where being published freezes, the
    /// number 0 is a placeholder: such a document is still a draft.
    #[must_use]
    pub fn frozen(&self) -> Option<Frozen> {
        match self.kind.freeze {
            Freeze::Never => None,
            Freeze::WhenCommitted
                if self.number.as_ref().is_some_and(|number| number.value == 0) =>
            {
                None
            }
            Freeze::WhenCommitted => Some(Frozen::Committed),
            Freeze::WhenAccepted => {
                let status = self.text()?.status.main.as_ref()?;
                match status.standing() {
                    Some(StatusStage::Open) => None,
                    Some(StatusStage::Frozen | StatusStage::Terminal) => {
                        Some(Frozen::Status(status.span))
                    }
                    None => Some(Frozen::UnknownStatus(status.span)),
                }
            }
        }
    }

    /// How findings name it: `adr-0005`, or its path when it has no number.
    #[must_use]
    pub fn subject(&self) -> String {
        match &self.number {
            Some(number) => format!("{}-{number}", self.kind.name),
            None => self.path.to_string(),
        }
    }
}

/// Reads a document of a kind from the bytes of a blob. Never fails: what cannot be read as text says why.
#[must_use]
pub fn read(bytes: Vec<u8>, kind: &Kind) -> Content {
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Content::Unreadable(Unreadable::LfsPointer);
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Content::Unreadable(Unreadable::NotText(offset));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content::Text(Arc::new(text::read(Arc::new(Source::new(text)), kind))),
        Err(error) => Content::Unreadable(Unreadable::NotText(error.utf8_error().valid_up_to())),
    }
}

/// The words that real projects use, for tests.
#[cfg(test)]
fn vocabulary_of_all_words() -> crate::policy::kind::Vocabulary {
    use crate::policy::kind::{StatusWord, Vocabulary};
    let open = "Draft,Proposed,Proposal,Pending,In review,Under review,Review,Last call,Active review,Provisional,\
        Deferred,On hold,Experimental,Stagnant,WIP,TBD";
    let frozen = "Accepted,Approved,Adopted,Agreed,Implemented,Implementable,Completed,Final,Stable,In effect";
    let terminal = "Superseded,Replaced,Obsolete,Retired,Reverted,Deprecated,Rejected,Declined,Withdrawn,Abandoned,Moved";
    let mut words = Vec::new();
    for (list, standing) in [
        (open, StatusStage::Open),
        (frozen, StatusStage::Frozen),
        (terminal, StatusStage::Terminal),
    ] {
        for word in list.split(',') {
            words.push(StatusWord {
                phrase: word.to_lowercase(),
                canonical: word.to_owned(),
                standing,
            });
        }
    }
    for (phrase, canonical, standing) in [
        (
            "this decision is currently in effect",
            "Accepted",
            StatusStage::Frozen,
        ),
        ("accepté", "Accepted", StatusStage::Frozen),
        ("aceptado", "Accepted", StatusStage::Frozen),
        ("已接受", "Accepted", StatusStage::Frozen),
        ("superceded", "Superseded", StatusStage::Terminal),
    ] {
        words.push(StatusWord {
            phrase: phrase.to_owned(),
            canonical: canonical.to_owned(),
            standing,
        });
    }
    Vocabulary {
        words,
        ..Vocabulary::default()
    }
}
