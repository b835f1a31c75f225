//! Tables of the header and of status sections: a field a row, or the status in a column. It must not know other tables.

use std::ops::Range;

use super::header::Header;
use super::inline::Inline;
use super::markdown::{Row, Zone};
use super::region::whole_lines;
use super::status::{self, Found};
use super::{Region, field, relation};

/// Keys of rows that carry what was decided, whatever table they stand in.
const CONTENT: [&str; 10] = [
    "decision", "context", "consequences", "rationale", "summary", "problem", "alternatives", "note", "notes", "motivation",
];

/// Reads a table.
pub(super) fn read(header: &mut Header<'_>, rows: &[Row], range: &Range<usize>, zone: Zone) {
    if let Some((row, column)) = status_column(header, rows) {
        let cell = &rows[row].cells[column];
        if zone == Zone::Header {
            let lines = whole_lines(header.source, range.clone());
            header.regions.add_behind(lines, Region::Metadata);
        }
        let place = cell.source(0..cell.text.len());
        header.copy(cell, 0..cell.text.len(), place);
        return;
    }
    let mut fields = 0;
    for row in rows {
        let lines = whole_lines(header.source, row.range.clone());
        let mut cells = row.cells.iter();
        let (Some(first), Some(value)) = (cells.next(), cells.next()) else { continue };
        let narrow = cells.all(|cell| cell.text.trim().is_empty());
        let key = key_of(first);
        let all = 0..value.text.len();
        if field::is_status(&key) {
            header.copy(value, all, lines);
        } else if let Some(verb) = relation::verb_of_key(&key) {
            header.relate(verb, value, all, lines);
        } else if narrow && (field::is_metadata(&key) || zone == Zone::Header && !CONTENT.contains(&key.as_str())) {
            header.regions.add(lines, Region::Metadata);
        } else {
            continue;
        }
        fields += 1;
    }
    if fields > 0 && zone == Zone::Header {
        // What is left are the head and the line under it.
        let (Some(head), Some(second)) = (rows.first(), rows.get(1)) else { return };
        let lines = whole_lines(header.source, head.range.start..second.range.start);
        header.regions.add_behind(lines.start..second.range.start.min(lines.end), Region::Metadata);
    }
}

/// The row and column of a status whose key stands in the head of its column.
fn status_column(header: &Header<'_>, rows: &[Row]) -> Option<(usize, usize)> {
    let [head, row] = rows else { return None };
    let column = head.cells.iter().position(|cell| field::is_status(&key_of(cell)))?;
    // `| Status | Accepted |` as the head: the value stands beside its key.
    let beside = head.cells.get(1).filter(|_| column == 0).zip(header.vocabulary);
    let known = beside.is_some_and(|(cell, vocabulary)| {
        matches!(status::read(&cell.text, vocabulary), Found::Known(..))
    });
    (!known && column < row.cells.len()).then_some((1, column))
}

fn key_of(cell: &Inline) -> String {
    if cell.text.len() > 80 { String::new() } else { field::fold(&cell.text) }
}
