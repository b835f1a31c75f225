//! What the rules about section IDs have in common: how a section is shown, where a lost one was, whether an earlier
//! version is being put back. Does not depend on what any one rule refuses.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::sections::Pair;
use crate::change::snapshot::Declared;
use crate::document::Document;
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, WhichSide};
use crate::rules::rule::{FindingDraft, Findings, RuleContext, label};

use super::suggestions;

#[cfg(test)]
mod tests;

/// A message shows at most this many characters of a title.
const MAX_TITLE: usize = 80;

/// A finding about one section, bound to its text before and after.
pub(in crate::rules) fn draft(
    before: Option<&Declared>,
    after: Option<&Declared>,
    message: impl Into<String>,
    primary: Label,
) -> FindingDraft {
    let whole = |declared: &Declared| declared.whole().as_bytes().to_vec();
    let (subject, kind) = before
        .or(after)
        .map_or(("", ""), |one| (one.id(), one.document.kind.name.as_str()));
    let draft = FindingDraft::new(subject, message, primary).kind(kind);
    draft.content(before.map(whole).as_deref(), after.map(whole).as_deref())
}

/// The declaration before.
pub(in crate::rules) fn label_before(declared: &Declared, text: impl Into<String>) -> Label {
    label(
        WhichSide::Before,
        &declared.document,
        Some(declared.section.declared),
        text,
    )
}

/// The declaration after.
pub(in crate::rules) fn label_after(declared: &Declared, text: impl Into<String>) -> Label {
    label(
        WhichSide::After,
        &declared.document,
        Some(declared.section.declared),
        text,
    )
}

/// A title as a message shows it, cut when it is long.
pub(in crate::rules) fn shortened(title: &str) -> String {
    match title.char_indices().nth(MAX_TITLE) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

/// The declaration as it is written.
pub(in crate::rules) fn heading(declared: &Declared) -> String {
    shortened(declaration_line(declared))
}

fn declaration_line(declared: &Declared) -> &str {
    let text = declared
        .document
        .text()
        .map_or("", |text| text.source.slice(declared.section.declared));
    text.trim().lines().next().unwrap_or_default()
}

/// The declaration with a tombstone, for somebody who wants to take the section out.
pub(in crate::rules) fn tombstone(declared: &Declared) -> String {
    let line = declaration_line(declared);
    let behind_id = line
        .find(declared.id())
        .map_or(line.len(), |at| at + declared.id().len());
    let place = match line[behind_id..].find(':') {
        _ if declared.section.mark.is_some() => return shortened(line),
        Some(colon) if !line.starts_with('|') => behind_id + colon + 1,
        _ => behind_id,
    };
    shortened(&format!(
        "{} [DEPRECATED]{}",
        &line[..place],
        &line[place..]
    ))
}

/// Advises to look at the section as it was published, without touching what is being written.
pub(in crate::rules) fn suggest_published(
    draft: FindingDraft,
    findings: &Findings<'_>,
    declared: &Declared,
) -> FindingDraft {
    match findings.origin().before() {
        Some(before) => {
            let command = format!(
                "git show {}:{}",
                before.short(),
                suggestions::quote(&declared.document.path)
            );
            draft.help("see the section as it was published", command)
        }
        None => draft,
    }
}

/// What earlier revisions held of the sections that a rule found something about. Each document is asked for once.
#[derive(Debug)]
pub(in crate::rules) struct PublishedSections<'a> {
    context: &'a RuleContext<'a>,
    /// By path: every ID and the ways in which it stood, as written, but for those that were undone.
    known: BTreeMap<RepoPath, BTreeSet<(String, String)>>,
}

impl<'a> PublishedSections<'a> {
    pub(in crate::rules) fn of(context: &'a RuleContext<'a>) -> Self {
        Self {
            context,
            known: BTreeMap::new(),
        }
    }

    /// True when the section stands again exactly as an earlier revision of its document had it under the same ID, and that
    /// was not undone.
    pub(in crate::rules) fn restores(&mut self, pair: &Pair) -> Result<bool, ObjectError> {
        let now = (
            pair.after.id().to_owned(),
            pair.after.whole().trim_end().to_owned(),
        );
        if self.versions(&pair.before.document)?.contains(&now) {
            return Ok(true);
        }
        let moved = pair.before.document.path != pair.after.document.path;
        Ok(moved && self.versions(&pair.after.document)?.contains(&now) && self.is_older(pair)?)
    }

    /// True when the text after was published before the text before ever was. Two documents do not tell by themselves
    /// which of them went first.
    fn is_older(&self, pair: &Pair) -> Result<bool, ObjectError> {
        let declared = self.context.history.declared(&[pair.before.id()])?;
        let since = |text: &str| {
            let mut list = declared.get(pair.before.id()).into_iter().flatten();
            list.find(|earlier| earlier.declared.whole().trim_end() == text.trim_end())
                .map(|earlier| earlier.since)
        };
        Ok(since(pair.after.whole())
            .zip(since(pair.before.whole()))
            .is_some_and(|(after, before)| after < before))
    }

    fn versions(
        &mut self,
        document: &Document,
    ) -> Result<&BTreeSet<(String, String)>, ObjectError> {
        if !self.known.contains_key(&document.path) {
            let mut texts_by_id: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for version in self.context.history.versions(document)?.iter().rev() {
                let Some(text) = version.text() else { continue };
                for one in &text.sections {
                    let (line, whole) = (
                        texts_by_id.entry(one.id.clone()).or_default(),
                        text.section(one).trim_end(),
                    );
                    // Versions between a text and its return were undone, so they cannot be restored.
                    match line.iter().position(|earlier| earlier == whole) {
                        Some(again) => line.truncate(again + 1),
                        None => line.push(whole.to_owned()),
                    }
                }
            }
            let each = texts_by_id
                .into_iter()
                .flat_map(|(id, line)| line.into_iter().map(move |whole| (id.clone(), whole)));
            self.known.insert(document.path.clone(), each.collect());
        }
        Ok(self.known.entry(document.path.clone()).or_default())
    }
}
