//! An item taken out of the open file and put into the one of what is done: both texts worked out, nothing written. It must
//! not know where the files stand.

use std::ops::Range;

use crate::backlog::{Form, Item, key, read};
use crate::text::Source;

use super::layout::Layout;
use place::InsertionPoint;

mod item_text;
mod place;
#[cfg(test)]
mod tests;

/// Why an item cannot be finished. Messages hold no foreign text but IDs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoneError {
    /// Nothing has this ID.
    #[error("there is no backlog item {0}")]
    Unknown(String),
    /// It is in the file of finished items.
    #[error("{0} is done already")]
    Done(String),
    /// It is in both files.
    #[error("{0} is listed in both files of the backlog")]
    Both(String),
    /// It is in the open file more than once.
    #[error("{0} is listed more than once among the open items")]
    Twice(String),
    /// Its section contains other items.
    #[error("the section of {0} contains other items")]
    Holds(String),
    /// It is a row, and the done file has no table with the same columns.
    #[error(
        "{0} is a row of a table, and the file of finished items has no table with the same columns"
    )]
    Columns(String),
    /// The done file writes items in another form, so that it would not be one there.
    #[error("{0} is {1}, but the file of finished items uses another form")]
    Form(String, &'static str),
    /// The files would not parse as expected afterwards.
    #[error("{0} cannot be moved without changing the text around it")]
    Entangled(String),
}

impl DoneError {
    /// What the person can do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "look up the ID in the file that [backlog] names",
            Self::Done(_) => "nothing needs to be done",
            Self::Both(_) | Self::Twice(_) => {
                "keep it in one place, and give other items their own IDs"
            }
            Self::Holds(_) => "finish them first",
            Self::Columns(_) | Self::Form(..) | Self::Entangled(_) => {
                "move it by hand, and mark it [x]"
            }
        }
    }
}

/// The texts of the open and of the done file with an item moved from the one to the other and marked as done. No other
/// byte changes but blank lines around it. An empty done file is begun.
pub fn finish(
    open: &Source,
    done: &Source,
    id: &str,
    prefixes: &[String],
) -> Result<(String, String), DoneError> {
    let (items, finished) = (read(open, prefixes), read(done, prefixes));
    let wanted = key(id);
    let mut found = items.iter().filter(|item| item.key() == wanted);
    let stands = finished.iter().any(|item| item.key() == wanted);
    let item = match (found.next(), found.next(), stands) {
        (None, _, false) => return Err(DoneError::Unknown(id.to_owned())),
        (None, _, true) => return Err(DoneError::Done(id.to_owned())),
        (Some(item), _, true) => return Err(DoneError::Both(item.id.clone())),
        (Some(item), Some(_), false) => return Err(DoneError::Twice(item.id.clone())),
        (Some(item), None, false) => item,
    };
    let inside = |other: &&Item| other.id != item.id && item.whole.contains(other.whole.start());
    if items.iter().any(|other| inside(&other)) {
        return Err(DoneError::Holds(item.id.clone()));
    }
    let (here, there) = (Layout::of(open), Layout::of(done));
    let place = place::find(
        &Both {
            open,
            done,
            items: &items,
            finished: &finished,
            here: &here,
            there: &there,
        },
        item,
    )?;
    let text = item_text::text(open, item, &place);
    let after = (
        taken_out(open.text(), item.whole.range()),
        put_in(done.text(), &text, &place),
    );
    let sound = is_sound(&after, (&items, &finished), item, prefixes);
    if sound {
        Ok(after)
    } else {
        Err(DoneError::Entangled(item.id.clone()))
    }
}

/// Both files, read.
struct Both<'a> {
    open: &'a Source,
    done: &'a Source,
    items: &'a [Item],
    finished: &'a [Item],
    here: &'a Layout,
    there: &'a Layout,
}

/// True when both texts say the same of every other item, and this one stands in the done file alone.
fn is_sound(
    after: &(String, String),
    before: (&[Item], &[Item]),
    item: &Item,
    prefixes: &[String],
) -> bool {
    let says = |items: &[Item]| {
        let others = items.iter().filter(|other| other.id != item.id);
        others
            .map(|item| {
                (
                    item.id.clone(),
                    item.title.clone(),
                    item.mark,
                    item.boxes.len(),
                )
            })
            .collect::<Vec<_>>()
    };
    let read = |text: &str| read(&Source::new(text.to_owned()), prefixes);
    let (open, done) = (read(&after.0), read(&after.1));
    let mut stands = done.iter().filter(|other| other.id == item.id);
    let moved = stands
        .next()
        .is_some_and(|moved| moved.title == item.title && moved.boxes.len() == item.boxes.len());
    let gone = !open.iter().any(|other| other.id == item.id) && stands.next().is_none();
    moved && gone && says(&open) == says(before.0) && says(&done) == says(before.1)
}

/// The text without a stretch of whole lines; of the blank lines on both sides of it those in front stay.
fn taken_out(text: &str, whole: Range<usize>) -> String {
    let (before, after) = (&text[..whole.start], &text[whole.end..]);
    let rest = after.trim_start_matches(['\n', '\r', ' ', '\t']);
    if rest.is_empty() {
        // Nothing follows: the text ends with what stood in front.
        let kept = before.trim_end();
        return format!("{kept}{}", line_end(&before[kept.len()..]));
    }
    let blank = before.is_empty()
        || before.trim_end_matches([' ', '\t']).ends_with("\n\n")
        || before.ends_with("\n\r\n");
    let lines = &after[..after.len() - rest.len()];
    let kept = if blank {
        lines.rfind('\n').map_or(0, |end| end + 1)
    } else {
        0
    };
    format!("{before}{}", &after[kept..])
}

/// The text with whole lines put in, and blank lines around them where the place asks for them.
fn put_in(text: &str, item: &str, place: &InsertionPoint) -> String {
    let (before, after) = text.split_at(place.at);
    let end = place.end;
    let mut out = String::with_capacity(text.len() + item.len() + 8);
    out.push_str(place.begin.as_deref().unwrap_or_default());
    out.push_str(before);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    if place.loose && !is_blank_at_end(&out) {
        out.push_str(end);
    }
    out.push_str(item);
    if place.loose && !after.trim().is_empty() && !after.starts_with(['\n', '\r']) {
        out.push_str(end);
    }
    out.push_str(after);
    out
}

fn is_blank_at_end(text: &str) -> bool {
    text.is_empty()
        || text
            .lines()
            .next_back()
            .is_some_and(|last| last.trim().is_empty())
}

/// The first line end of a stretch of blanks.
fn line_end(blanks: &str) -> &str {
    blanks.find('\n').map_or("", |end| &blanks[..=end])
}
