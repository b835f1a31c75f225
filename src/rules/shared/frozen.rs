//! How rules describe a frozen document and the line that froze it.

use crate::change::edit::Version;
use crate::change::legality::legal;
use crate::document::{Document, Frozen};
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, WhichSide};
use crate::rules::rule::{RuleContext, label};

/// A frozen document as a message names it: `accepted adr-0005`, `published audit-002`.
pub(in crate::rules) fn describe(document: &Document, frozen: Frozen) -> String {
    let subject = document.subject();
    let word = document
        .text()
        .and_then(|text| text.status.main.as_ref())
        .map(|status| status.word().to_lowercase());
    match (frozen, word) {
        (Frozen::Status(_), Some(word)) => format!("{word} {subject}"),
        (Frozen::UnknownStatus(_), Some(word)) => {
            format!("{subject} (unknown status \"{word}\", treated as frozen)")
        }
        // The subject of a numbered document names its kind already.
        _ if document.number.is_some() => format!("published {subject}"),
        _ => format!("published {} {subject}", document.kind.name),
    }
}

/// The line that froze a document.
pub(in crate::rules) fn frozen_label(document: &Document, frozen: Frozen) -> Label {
    match frozen {
        Frozen::Status(span) => label(
            WhichSide::Before,
            document,
            Some(span),
            "frozen by this status",
        ),
        Frozen::UnknownStatus(span) => label(
            WhichSide::Before,
            document,
            Some(span),
            "unknown status, treated as frozen",
        ),
        Frozen::Committed => label(
            WhichSide::Before,
            document,
            None,
            format!("a published {} is frozen", document.kind.name),
        ),
    }
}

/// True when the step puts a frozen version of the document back that an illegal step took away. Putting back what a
/// legal step left behind, such as the text of an ADR before it was superseded, is not a restoration; nor is putting back what
/// a restoration undid, or two pushes could do what one may not: edit and restore, then restore the edit.
pub(in crate::rules) fn restores(
    before: &Version<'_>,
    after: &Version<'_>,
    context: &RuleContext<'_>,
) -> Result<bool, ObjectError> {
    let versions = context.history.versions(before.document())?;
    let frozen = versions
        .iter()
        .rev()
        .filter(|version| version.frozen().is_some());
    let versions: Vec<Version<'_>> = frozen.map(|version| Version::of(version)).collect();
    // Most edits equal no earlier version, and need no closer look.
    if !versions.iter().any(|version| version.reads_like(after)) {
        return Ok(false);
    }
    let mut line: Vec<&Version<'_>> = Vec::new();
    for version in versions.iter().chain([before]) {
        if let Some(again) = line.iter().position(|earlier| earlier.reads_like(version)) {
            line.truncate(again + 1);
            continue;
        }
        if line.last().is_some_and(|last| legal(last, version)) {
            line.pop();
        }
        line.push(version);
    }
    // The current version was not taken away.
    line.pop();
    Ok(line.iter().any(|version| version.reads_like(after)))
}

/// True when the step moves a document back to an earlier path, at which it was frozen already.
pub(in crate::rules) fn moves_back(
    before: &Document,
    after: &Document,
    context: &RuleContext<'_>,
) -> Result<bool, ObjectError> {
    if let Some(number) = &before.number {
        let held = context.history.numbered(&before.kind, number)?;
        let first = |path: &RepoPath| held.iter().rposition(|held| held.name.entry.path == *path);
        if first(&before.path) > first(&after.path) {
            return Ok(false);
        }
    }
    let (versions, after) = (context.history.versions(after)?, Version::of(after));
    let same = |version: &Document| {
        version.number == before.number
            && version.frozen().is_some()
            && Version::of(version).reads_like(&after)
    };
    Ok(versions.iter().any(|version| same(version)))
}
