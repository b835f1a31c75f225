//! The backlog: its items, which have an ID, a mark and a place, and the two files that hold them before and after a step.
//! It must not know what any rule refuses.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::LookAlike;
use crate::text::confusables::AsciiFold;
use crate::text::{Source, Span, Spanned};

pub(crate) mod declaration;
mod files;
mod parse;

pub use crate::fix::done::{DoneError, finish};
pub use files::{BacklogChange, BacklogSide, Declared, Listing};

/// One item of a backlog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its ID as written: `BK-001`.
    pub id: String,
    /// Its title without markup; empty where it has none.
    pub title: String,
    /// How far it is, as its own line says.
    pub mark: Mark,
    /// How it is written.
    pub form: Form,
    /// Its ID and title, no further than the end of their line.
    pub declared: Span,
    /// The box that shows its mark, `[ ]`, where it has one.
    pub checkbox: Option<Span>,
    /// The whole of it in whole lines: the list item with its body, the heading with its section, the row of the table.
    /// Blank lines behind it are not part of it.
    pub whole: Span,
    /// The boxes of its own checklist, in the order of the text: checked or not, and where.
    pub boxes: Vec<(bool, Span)>,
}

/// How far an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It has no mark.
    None,
    /// `[ ]`
    Open,
    /// `[~]`, `[/]`
    Active,
    /// `[x]`
    Done,
    /// `[-]`: given up in some projects, begun in others. Never done.
    Dropped,
}

/// How an item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A list item: `- [ ] **BK-001 — title**`.
    List,
    /// A heading of this level: `### BK-001: title`.
    Heading(u8),
    /// A row of a table whose first column is headed `ID`.
    Row,
}

impl Item {
    /// The ID as it is compared: `BK-7` and `BK-007` are one.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.id)
    }

    /// The boxes that are not checked.
    pub fn unchecked(&self) -> impl Iterator<Item = Span> {
        self.boxes
            .iter()
            .filter(|(checked, _)| !checked)
            .map(|(_, place)| *place)
    }
}

/// An ID as it is compared: its number without leading zeros.
#[must_use]
pub fn key(id: &str) -> String {
    match id.rsplit_once('-') {
        Some((prefix, number)) => format!("{prefix}-{}", number.trim_start_matches('0')),
        None => id.to_owned(),
    }
}

/// The lines that spell some of these IDs, by key and in the order of the text, whether they declare them or not. Far
/// cheaper than reading.
#[must_use]
pub fn spelled<'t>(text: &'t str, keys: &BTreeSet<&str>) -> BTreeMap<String, Vec<&'t str>> {
    let stems: BTreeSet<&str> = keys
        .iter()
        .filter_map(|key| Some(&key[..=key.rsplit_once('-')?.0.len()]))
        .collect();
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for stem in stems {
        // The line that was looked at last: a long one may spell an ID very often.
        let mut line = 0..0;
        for (at, _) in text.match_indices(stem) {
            let behind = &text[at + stem.len()..];
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let key = key(&text[at..at + stem.len() + digits]);
            if digits > 0 && keys.contains(key.as_str()) {
                if !line.contains(&at) {
                    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
                    line = start..text[at..].find('\n').map_or(text.len(), |end| at + end);
                }
                let lines = found.entry(key).or_default();
                if lines
                    .last()
                    .is_none_or(|last| last.as_ptr() != text[line.start..].as_ptr())
                {
                    lines.push(&text[line.clone()]);
                }
            }
        }
    }
    found
}

/// Reads the items of a backlog whose IDs begin with one of these prefixes, in the order of the text.
///
/// A mention declares nothing: in prose, in code, in a comment, in a quotation, in a footnote, or in the body of another
/// item. A row of a table that repeats an item which stands elsewhere in the text as a heading or in a list is its entry in
/// an index, and no item.
#[must_use]
pub fn read(source: &Source, prefixes: &[String]) -> Vec<Item> {
    let mut items = parse::walk(source, prefixes);
    let told = |form: Form| form != Form::Row;
    let elsewhere: BTreeSet<String> = items
        .iter()
        .filter(|item| told(item.form))
        .map(Item::key)
        .collect();
    items.retain(|item| told(item.form) || !elsewhere.contains(&item.key()));
    items
}

/// What a line begins with that would be the ID of an item if its letters were what they look like.
#[must_use]
pub fn look_alikes(source: &Source, prefixes: &[String]) -> Vec<Spanned<LookAlike>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.is_ascii() {
            continue;
        }
        let plain = AsciiFold::of(line);
        let box_behind = plain
            .text
            .find(']')
            .filter(|&close| close < 8)
            .map_or(0, |close| close + 1);
        let begins = [0, box_behind].into_iter().find_map(|from| {
            let rest = &plain.text[from..];
            let begin = from + rest.len()
                - rest
                    .trim_start_matches(|sign: char| !sign.is_alphanumeric())
                    .len();
            declaration::id_at(&plain.text[begin..], prefixes).map(|length| begin..begin + length)
        });
        let Some(id) = begins else { continue };
        let written = plain.origin(id.clone());
        if line[written.clone()] != plain.text[id.clone()] {
            let value = LookAlike {
                written: line[written.clone()].to_owned(),
                id: plain.text[id].to_owned(),
            };
            found.push(Spanned {
                value,
                span: source.span(start + written.start..start + written.end),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests;
