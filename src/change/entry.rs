//! A governed document by its path alone: its entry, kind and number. Does not depend on what the file says.

use std::sync::Arc;

use crate::document::Number;
use crate::policy::kind::Kind;
use crate::repo::Entry;

/// A governed document by its name, unread.
#[derive(Debug, Clone)]
pub struct DocumentEntry {
    /// Where it stands and what it is.
    pub entry: Entry,
    /// The kind it belongs to.
    pub kind: Arc<Kind>,
    /// Its number, if it has one.
    pub number: Option<Number>,
}

/// The number that an entry's file name shows.
#[must_use]
pub fn number_of(entry: &Entry, kind: &Kind) -> Option<Number> {
    let name = std::str::from_utf8(entry.path.file_name()).ok()?;
    let written = kind
        .number
        .as_ref()?
        .captures(name)?
        .name("number")?
        .as_str();
    Some(Number {
        value: written.parse().ok()?,
        written: written.to_owned(),
    })
}
