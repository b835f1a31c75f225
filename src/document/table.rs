//! Tables of the header and of status sections: a field a row, or the status in a column. It must not know other tables.

use std::ops::Range;

use super::header::Header;
use super::inline::Inline;
use super::markdown::{Row, Zone};
use super::region::whole_lines;
use super::{Region, field, relation};

/// Reads a table.
pub(super) fn read(header: &mut Header<'_>, rows: &[Row], range: &Range<usize>, zone: Zone) {
    if let Some(column) = status_column(header, rows, zone) {
        if zone == Zone::Header {
            let lines = whole_lines(header.source, range.clone());
            header.regions.add_behind(lines, Region::Metadata);
        }
        for cell in rows.iter().skip(1).filter_map(|row| row.cells.get(column)) {
            header.copy(cell, 0..cell.text.len(), cell.source(0..cell.text.len()));
        }
        return;
    }
    let mut fields = 0;
    for row in rows {
        let lines = whole_lines(header.source, row.range.clone());
        let mut cells = row.cells.iter();
        let (Some(first), Some(value)) = (cells.next(), cells.next()) else {
            continue;
        };
        let narrow = !first.hides
            && cells
                .all(|cell| cell.text.trim().is_empty() && !cell.hides && cell.links.is_empty());
        let key = key_of(first);
        let all = 0..value.text.len();
        if field::is_status(&key) {
            header.copy(value, all, lines);
        } else if let Some(verb) = relation::verb_of_key(&key) {
            let place = if narrow { lines } else { 0..0 };
            header.relate(verb, value, all, place);
        } else if narrow
            && (field::is_metadata(&key) || zone == Zone::Header && !field::is_content(&key))
        {
            header.regions.add(lines, Region::Metadata);
        } else {
            continue;
        }
        fields += 1;
    }
    if fields > 0 && zone == Zone::Header {
        // What is left are the head and the line under it.
        let (Some(head), Some(second)) = (rows.first(), rows.get(1)) else {
            return;
        };
        let lines = whole_lines(header.source, head.range.start..second.range.start);
        header.regions.add_behind(
            lines.start..second.range.start.min(lines.end),
            Region::Metadata,
        );
    }
}

/// The column of a status whose key stands in the head. In a header such a table has one row: with more it lists other
/// things by their status.
fn status_column(header: &Header<'_>, rows: &[Row], zone: Zone) -> Option<usize> {
    let (head, below) = rows.split_first()?;
    if below.is_empty() || below.len() > 1 && zone == Zone::Header {
        return None;
    }
    let column = head
        .cells
        .iter()
        .position(|cell| field::is_status(&key_of(cell)))?;
    // `| Status | Accepted |` as the head: the value stands beside its key.
    let beside = head.cells.get(1).filter(|_| column == 0);
    (!beside.is_some_and(|cell| header.knows(&cell.text))).then_some(column)
}

fn key_of(cell: &Inline) -> String {
    if cell.text.len() > 80 {
        String::new()
    } else {
        field::fold(&cell.text)
    }
}
