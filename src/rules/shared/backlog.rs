//! What the rules about the backlog have in common: how an item and its place are shown. Does not depend on what any one
//! rule refuses.

use std::sync::Arc;

use crate::backlog::Declared;
use crate::report::{Label, WhichSide};
use crate::text::Span;
use crate::text::escape::brief;
use crate::text::similarity::similarity;

/// A message shows at most this many characters of a title.
pub(in crate::rules) const MAX_TITLE: usize = 80;
/// Titles at least this much alike are one title, reworded.
const ALIKE: f64 = 0.5;

/// The line that declares an item.
pub(in crate::rules) fn declaration_label(
    side: WhichSide,
    declared: Declared<'_>,
    text: impl Into<String>,
) -> Label {
    label_at(side, declared, declared.item.declared, text)
}

/// A place in the file of an item.
pub(in crate::rules) fn label_at(
    side: WhichSide,
    declared: Declared<'_>,
    span: Span,
    text: impl Into<String>,
) -> Label {
    let listing = declared.listing;
    let place = Some((Arc::clone(&listing.source), span));
    Label {
        side,
        path: listing.path.clone(),
        place,
        text: text.into(),
    }
}

/// An item as a message shows it: its ID, and its title if it has one.
pub(in crate::rules) fn item_name(declared: Declared<'_>) -> String {
    let item = declared.item;
    if item.title.is_empty() {
        item.id.clone()
    } else {
        format!("{} ({})", item.id, brief(&item.title, MAX_TITLE))
    }
}

/// The prefix of an ID.
pub(in crate::rules) fn prefix(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(prefix, _)| prefix)
}

/// True when two titles can be those of one item.
pub(in crate::rules) fn is_alike(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || similarity(one, other) >= ALIKE
}
