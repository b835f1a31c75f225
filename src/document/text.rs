//! Text into status, header, relations and sections.

use std::sync::Arc;

use super::{Source, Text};
use crate::kind::Kind;

/// Reads a text as a document of a kind.
#[must_use]
pub fn read(source: Arc<Source>, kind: &Kind) -> Text {
    let _ = kind;
    Text {
        source,
        title: None,
        status: super::Reading::default(),
        relations: Vec::new(),
        regions: Vec::new(),
        sections: Vec::new(),
        malformed: Vec::new(),
        prefixes: Vec::new(),
    }
}
