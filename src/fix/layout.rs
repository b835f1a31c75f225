//! The headings and the tables of a text, as places. Does not depend on what they hold.

use std::ops::Range;

use crate::document::markdown::block::Shape;
use crate::document::markdown::blocks::Blocks;
use crate::text::Source;

/// Where headings and tables stand.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Headings at document level, in the order of the text.
    pub(super) headings: Vec<Heading>,
    /// Tables, in the order of the text.
    pub(super) tables: Vec<Table>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// From 1 to 6.
    pub(super) level: u8,
    /// Its words.
    pub(super) title: String,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The words of its head, lower case.
    pub(super) columns: Vec<String>,
    /// Where its first row begins; its end where it has none.
    pub(super) body: usize,
}

impl Layout {
    pub(super) fn of(source: &Source) -> Self {
        let mut layout = Self::default();
        for block in Blocks::literal(source.text()) {
            match block.shape {
                Shape::Heading(level) => layout.headings.push(Heading {
                    level,
                    title: block.words.text,
                    range: block.range,
                }),
                Shape::Table(rows) => {
                    let cells = rows.first().map(|head| head.cells.iter());
                    layout.tables.push(Table {
                        body: rows.get(1).map_or(block.range.end, |row| row.range.start),
                        range: block.range,
                        columns: cells
                            .into_iter()
                            .flatten()
                            .map(|cell| cell.text.trim().to_lowercase())
                            .collect(),
                    });
                }
                _ => {}
            }
        }
        layout
    }

    /// The table around a place.
    pub(super) fn table_at(&self, at: usize) -> Option<&Table> {
        self.tables.iter().find(|table| table.range.contains(&at))
    }

    /// The title of the heading that a place stands under.
    pub(super) fn title_at(&self, at: usize) -> Option<&str> {
        self.headings
            .iter()
            .rev()
            .find(|heading| heading.range.start < at)
            .map(|heading| heading.title.as_str())
    }
}
