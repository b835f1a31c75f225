//! The text of an item as it stands in the done file: marked as done, with the line ends, the indent and the bullet of its
//! neighbours there. It must not know where it goes.

use super::place::{Bullet, InsertionPoint};
use super::{Form, Item};
use crate::text::Source;

/// The lines of the item for its new place, each with its end.
pub(super) fn text(open: &Source, item: &Item, place: &InsertionPoint) -> String {
    let mut text = open.slice(item.whole).to_owned();
    if let Some(checkbox) = item.checkbox {
        let start = checkbox.start() - item.whole.start();
        text.replace_range(start..checkbox.end() - item.whole.start(), "[x]");
    }
    if item.form == Form::List {
        text = listed(&text, item, place);
    }
    let mut out = String::with_capacity(text.len() + 2);
    for line in text.lines() {
        out.push_str(line.trim_end_matches('\r'));
        out.push_str(place.end);
    }
    out
}

/// A list item with the indent, the bullet and the box of its neighbour.
fn listed(text: &str, item: &Item, place: &InsertionPoint) -> String {
    let Some(own) = Bullet::of(text.lines().next().unwrap_or_default()) else {
        return text.to_owned();
    };
    let there = place.neighbour.clone().unwrap_or(Bullet {
        indent: String::new(),
        ..own.clone()
    });
    let mut lines = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        // A line that is not indented that far goes on lazily, and may.
        let bare = line.strip_prefix(own.indent.as_str()).unwrap_or(line);
        if index > 0 {
            let indent = if bare.trim().is_empty() {
                ""
            } else {
                there.indent.as_str()
            };
            lines.push(format!("{indent}{bare}"));
            continue;
        }
        // Bullets of another width would move the body.
        let sign = if own.sign.len() == 1 && there.sign.len() == 1 {
            &there.sign
        } else {
            &own.sign
        };
        let behind = &bare[own.sign.len()..];
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let checkbox = if there.boxed && !own.boxed && item.checkbox.is_none() {
            "[x] "
        } else {
            ""
        };
        lines.push(format!(
            "{}{sign}{}{checkbox}{}",
            there.indent,
            &behind[..blanks],
            &behind[blanks..]
        ));
    }
    lines.concat()
}
