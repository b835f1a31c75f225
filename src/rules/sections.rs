//! What the rules about section IDs have in common: how a section is shown, where a lost one stood, whether an earlier
//! version is being put back. It must not know what any one rule refuses.

use std::sync::Arc;

use crate::change::sections::Pair;
use crate::change::shelf::Declared;
use crate::document::Document;
use crate::object::ObjectError;
use crate::report::{Label, WhichSide};
use crate::rule::{Draft, Findings, Scene, label};

use super::remedy;

/// At most this many characters of a title stand in a message.
const SHOWN: usize = 80;

/// A finding about one section, bound to its text before and after.
pub(super) fn draft(
    before: Option<&Declared>,
    after: Option<&Declared>,
    message: impl Into<String>,
    primary: Label,
) -> Draft {
    let whole = |declared: &Declared| declared.whole().as_bytes().to_vec();
    let (subject, kind) = before.or(after).map_or(("", ""), |one| (one.id(), one.document.kind.name.as_str()));
    let draft = Draft::new(subject, message, primary).kind(kind);
    draft.content(before.map(whole).as_deref(), after.map(whole).as_deref())
}

/// The declaration before.
pub(super) fn was(declared: &Declared, text: impl Into<String>) -> Label {
    label(WhichSide::Before, &declared.document, Some(declared.section.declared), text)
}

/// The declaration after.
pub(super) fn is(declared: &Declared, text: impl Into<String>) -> Label {
    label(WhichSide::After, &declared.document, Some(declared.section.declared), text)
}

/// A title as it stands in a message, cut when it is long.
pub(super) fn shown(title: &str) -> String {
    match title.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

/// The declaration with a tombstone, for somebody who wants to take the section out.
pub(super) fn tombstone(declared: &Declared) -> String {
    let text = declared.document.text();
    let line = text.map_or("", |text| text.source.slice(declared.section.declared)).trim();
    let title = declared.section.title.trim();
    let marked = match line.rfind(title) {
        _ if declared.section.mark.is_some() => line.to_owned(),
        Some(at) if !title.is_empty() => format!("{}[DEPRECATED] {}", &line[..at], &line[at..]),
        _ => format!("{line} [DEPRECATED]"),
    };
    shown(&marked)
}

/// Advises to look at the section as it was published, without touching what is being written.
pub(super) fn recall(draft: Draft, findings: &Findings<'_>, declared: &Declared) -> Draft {
    match findings.origin().before() {
        Some(before) => {
            let command = format!("git show {}:{}", before.short(), remedy::quote(&declared.document.path));
            draft.help("see the section as it was published", command)
        }
        None => draft,
    }
}

/// What stands nearest to where a lost section stood, in the text that is proposed: its neighbour in front, else the one
/// behind; `None` when its document is gone or has no other section.
pub(super) fn neighbour(scene: &Scene<'_>, lost: &Declared) -> Option<Label> {
    let change =
        scene.changes.iter().find(|change| change.before().is_some_and(|one| one.path == lost.document.path))?;
    let (before, after) = change.both()?;
    let (was, is) = (before.text()?, after.text()?);
    let at = was.sections.iter().position(|section| section.declared == lost.section.declared)?;
    let (front, behind) = was.sections.split_at(at);
    let stands = |id: &str| is.sections.iter().find(|section| section.id == id);
    let front = front.iter().rev().find_map(|section| stands(&section.id)).map(|section| (section, "behind"));
    let found = front.or_else(|| behind.iter().find_map(|section| stands(&section.id)).map(|one| (one, "in front of")));
    let (section, side) = found?;
    Some(label(WhichSide::After, after, Some(section.declared), format!("{} stood {side} this one", lost.id())))
}

/// Earlier versions of the documents that a section stands in.
pub(super) fn earlier(scene: &Scene<'_>, pair: &Pair) -> Result<Vec<Arc<Document>>, ObjectError> {
    let mut versions = scene.history.versions(&pair.before.document)?;
    if pair.before.document.path != pair.after.document.path {
        versions.extend(scene.history.versions(&pair.after.document)?);
    }
    Ok(versions)
}

/// True when a section stands again exactly as one of these versions had it under the same ID.
pub(super) fn is_restored(versions: &[Arc<Document>], after: &Declared) -> bool {
    let matches = |version: &Arc<Document>| {
        let sections = version.text().map_or(&[][..], |text| &text.sections);
        sections.iter().filter(|section| section.id == after.section.id).any(|section| {
            let earlier = Declared { document: Arc::clone(version), section: section.clone() };
            earlier.whole().trim_end() == after.whole().trim_end()
        })
    };
    versions.iter().any(matches)
}
