//! What sort of edit turned one version of a document into another, judged on parsed Markdown, not on lines. Does not depend
//! on what is allowed.
//!
//! A document falls into regions: status, relations, other header fields, and the body. The header regions are compared
//! as written, with blanks folded. The body is compared three times over one stream of Markdown events: by its words, by
//! the destinations of its links, and by everything that is neither blank nor a destination. What is left when all three
//! agree is whitespace.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::document::{Document, Region, StatusValue, Text};
use crate::report::EditClass;
use crate::text::{Source, Span};
use crate::waiver;

mod body;
mod tokens;

use body::Body;
use tokens::TokenStream;

/// The classes that an edit mixes, each with the first place where it shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Empty when nothing changed at all.
    pub classes: BTreeMap<EditClass, EditPlace>,
}

/// The first place of an edit, on either side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EditPlace {
    /// What was there; `None` when something was only added.
    pub before: Option<Span>,
    /// What is there now; `None` when something was only taken away.
    pub after: Option<Span>,
}

/// One version of a document while it is compared with others: its body is read once.
#[derive(Debug)]
pub struct Version<'d> {
    document: &'d Document,
    body: OnceCell<Body>,
}

/// Says what sort of edit lies between two versions. An illegal move of the status adds no class: it is a finding of its
/// own.
#[must_use]
pub fn classify(before: &Document, after: &Document) -> Edit {
    Version::of(before).edit_to(&Version::of(after))
}

impl<'d> Version<'d> {
    /// Takes a version; nothing is read yet.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        Self {
            document,
            body: OnceCell::new(),
        }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Says what sort of edit leads to another version; see [`classify`].
    #[must_use]
    pub fn edit_to(&self, after: &Self) -> Edit {
        let mut edit = Edit::default();
        let (Some(before_text), Some(after_text)) = (self.document.text(), after.document.text())
        else {
            // What cannot be read cannot be shown to be the same.
            edit.add(EditClass::Text, EditPlace::default());
            return edit;
        };
        if before_text.source.text() == after_text.source.text() {
            return edit;
        }
        if self.document.kind.grows {
            compare_records(before_text, after_text, &mut edit);
            return edit;
        }
        compare_headers(self.document, before_text, after_text, &mut edit);
        compare_bodies(
            (before_text, self.body(before_text)),
            (after_text, after.body(after_text)),
            &mut edit,
        );
        if edit.classes.is_empty() {
            let class = unseen(before_text, after_text);
            // An illegal move of the status is seen, and no whitespace.
            if class != EditClass::Whitespace || same_word(before_text, after_text) {
                edit.add(
                    class,
                    first_difference(&before_text.source, &after_text.source),
                );
            }
        }
        edit
    }

    /// True when [`Version::edit_to`] finds no class but whitespace; tells it without looking for places.
    #[must_use]
    pub fn reads_like(&self, after: &Self) -> bool {
        let (Some(before_text), Some(after_text)) = (self.document.text(), after.document.text())
        else {
            return false;
        };
        let (before_source, after_source) = (before_text.source.text(), after_text.source.text());
        if before_source == after_source {
            return true;
        }
        // Most versions say something else, and need not be taken apart to know it.
        if !ink(before_source).eq(ink(after_source)) {
            return false;
        }
        let mut edit = Edit::default();
        if self.document.kind.grows {
            return same_lines(before_source, after_source);
        }
        compare_headers(self.document, before_text, after_text, &mut edit);
        edit.classes.is_empty() && self.body(before_text) == after.body(after_text)
    }

    fn body(&self, text: &Text) -> &Body {
        self.body.get_or_init(|| Body::of(text))
    }
}

/// The class of an edit that no track shows: whitespace, if nothing but whitespace changed. Should anything else ever fall
/// between the tracks, it is not whitespace.
fn unseen(before: &Text, after: &Text) -> EditClass {
    let (before, after) = (body::excerpt(before), body::excerpt(after));
    if ink(&before).eq(ink(&after)) {
        return EditClass::Whitespace;
    }
    let letters = |text: &str| {
        text.chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect::<String>()
    };
    if letters(&before) == letters(&after) {
        EditClass::Markup
    } else {
        EditClass::Text
    }
}

/// What no change of mere whitespace touches: everything but blanks, quote marks and the lines of tables and headings.
fn ink(text: &str) -> impl Iterator<Item = u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.bytes()
        .filter(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'-' | b'=' | b'>'))
}

impl Edit {
    fn add(&mut self, class: EditClass, place: EditPlace) {
        self.classes.entry(class).or_insert(place);
    }
}

/// Records that may grow are no Markdown: what stands in them stays to the letter, but for line ends and blanks behind.
fn compare_records(before: &Text, after: &Text, edit: &mut Edit) {
    let (before, after) = (&before.source, &after.source);
    if !waiver::grows(before.text(), after.text()) {
        let blank = same_lines(before.text(), after.text());
        let class = if blank {
            EditClass::Whitespace
        } else {
            EditClass::Text
        };
        edit.add(class, first_difference(before, after));
    }
}

fn same_lines(one: &str, other: &str) -> bool {
    let lines = |text: &str| {
        text.trim_end()
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    lines(one) == lines(other)
}

fn compare_headers(document: &Document, before: &Text, after: &Text, edit: &mut Edit) {
    compare_status(document, before, after, edit);
    compare_relations(before, after, edit);
    compare_metadata(before, after, edit);
}

fn compare_status(document: &Document, before: &Text, after: &Text, edit: &mut Edit) {
    let (track_before, track_after) = (
        region(before, Region::Status),
        region(after, Region::Status),
    );
    if track_before == track_after {
        return;
    }
    let place = track_before.difference(&track_after, &before.source, &after.source);
    let class = if moved_legally(document, before, after) {
        EditClass::Status
    } else if track_before.letters() == track_after.letters() {
        EditClass::Markup
    } else if same_word(before, after) {
        EditClass::Text
    } else {
        // The status moved illegally, which is found by itself; its own words are no further edit.
        return;
    };
    edit.add(class, place);
}

/// True when the status word changed along a legal edge.
fn moved_legally(document: &Document, before: &Text, after: &Text) -> bool {
    let (Some(before), Some(after)) = (&before.status.main, &after.status.main) else {
        return false;
    };
    match (&before.value, &after.value) {
        (StatusValue::Known(from, _), StatusValue::Known(to, _)) => {
            from != to
                && document
                    .kind
                    .vocabulary
                    .as_ref()
                    .is_some_and(|words| words.permits(from, to))
        }
        // Nobody knows where an unknown word stands; naming a known one that keeps the document frozen mends it.
        (StatusValue::Unknown, StatusValue::Known(_, standing)) => {
            *standing != crate::policy::kind::StatusStage::Open
        }
        _ => false,
    }
}

fn same_word(before: &Text, after: &Text) -> bool {
    let word = |text: &Text| text.status.main.as_ref().map(|status| status.value.clone());
    word(before) == word(after)
}

/// Relations may be added. Taking one away or changing one changes the header.
fn compare_relations(before: &Text, after: &Text, edit: &mut Edit) {
    let (mut left, mut added) = (said_relations(before), Vec::new());
    for (words, span) in said_relations(after) {
        match left.iter().position(|(known, _)| *known == words) {
            Some(place) => drop(left.swap_remove(place)),
            None => added.push(span),
        }
    }
    let place = EditPlace {
        before: left.iter().map(|(_, span)| *span).min(),
        after: added.iter().min().copied(),
    };
    if !left.is_empty() {
        edit.add(EditClass::Metadata, place);
    } else if !added.is_empty() {
        edit.add(EditClass::Relation, place);
    }
}

/// The relation lines that name something, as words. A line without a target, such as `Superseded by: none`, says
/// nothing.
fn said_relations(text: &Text) -> Vec<(String, Span)> {
    let regions = text
        .regions
        .iter()
        .filter(|region| region.value == Region::Relation)
        .map(|region| region.span);
    let says = |span: &Span| {
        text.relations
            .iter()
            .any(|relation| span.contains(relation.span.start()) && !relation.targets.is_empty())
    };
    regions
        .filter(says)
        .map(|span| (tokens::fold(text.source.slice(span)), span))
        .collect()
}

fn compare_metadata(before: &Text, after: &Text, edit: &mut Edit) {
    let (track_before, track_after) = (
        region(before, Region::Metadata),
        region(after, Region::Metadata),
    );
    if track_before != track_after {
        let place = track_before.difference(&track_after, &before.source, &after.source);
        edit.add(EditClass::Metadata, place);
    }
}

fn compare_bodies(
    (before, body_before): (&Text, &Body),
    (after, body_after): (&Text, &Body),
    edit: &mut Edit,
) {
    let tracks = [
        (EditClass::Text, &body_before.words, &body_after.words),
        (EditClass::LinkTarget, &body_before.links, &body_after.links),
        (EditClass::Markup, &body_before.markup, &body_after.markup),
    ];
    for (class, track_before, track_after) in tracks {
        // Changed words bring changed markup with them, so markup is looked at only under the same words.
        if class == EditClass::Markup && edit.classes.contains_key(&EditClass::Text) {
            continue;
        }
        if track_before != track_after {
            edit.add(
                class,
                track_before.difference(track_after, &before.source, &after.source),
            );
        }
    }
}

/// The words of all regions of a sort, in the order of the text.
fn region(text: &Text, wanted: Region) -> TokenStream {
    let mut track = TokenStream::default();
    for region in text.regions.iter().filter(|region| region.value == wanted) {
        track.push_words(text.source.slice(region.span), region.span.start());
        track.end_block();
    }
    track
}

fn first_difference(before: &Source, after: &Source) -> EditPlace {
    let pairs = before.text().bytes().zip(after.text().bytes());
    let offset = pairs.take_while(|(one, other)| one == other).count();
    let line = |source: &Source| source.line_at(source.span(offset..offset).start());
    EditPlace {
        before: Some(line(before)),
        after: Some(line(after)),
    }
}
