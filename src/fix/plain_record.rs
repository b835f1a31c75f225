//! A plain record with the structure of another one: its title, the lines that hold its status and its dates, and its
//! headings with nothing below them. Does not depend on what is filled in.

use std::ops::Range;

use super::layout::Layout;
use super::status_site::{Form, StatusSite, front_matter, line_end};
use super::template::{Field, is_date};
use crate::document::{Region, Status, Text};

/// The sections of a record whose predecessor has fewer than two.
const SECTIONS: [&str; 3] = ["## Context", "## Decision", "## Consequences"];

/// The text that a successor of `old` begins as.
pub(super) fn following(old: &Text) -> String {
    let source = old.source.text();
    let front = front_matter(&old.source).map_or(0, |front| front.end);
    let mut layout = Layout::of(&old.source);
    layout
        .headings
        .retain(|heading| heading.range.start >= front);
    let mut statuses: Vec<&Status> = old.status.main.iter().chain(&old.status.others).collect();
    statuses.sort_by_key(|status| status.span);

    let mut kept = Vec::new();
    let mut sections = Vec::new();
    for (index, heading) in layout.headings.iter().enumerate() {
        let next = layout.headings.get(index + 1);
        let section = heading.range.start..next.map_or(source.len(), |next| next.range.start);
        let title = old
            .title
            .as_ref()
            .is_some_and(|title| section.contains(&title.span.start()));
        let first = statuses.partition_point(|status| status.span.start() < section.start);
        let status = statuses
            .get(first)
            .is_some_and(|status| section.contains(&status.span.start()));
        if title || status {
            kept.push(heading.range.clone());
        } else if heading.level <= 2 {
            sections.push(heading.range.clone());
        }
    }
    // One heading alone is no structure to follow.
    let has_sections = sections.len() > 1;
    if has_sections {
        kept.extend(sections);
    }
    for status in statuses {
        kept.extend(around(&StatusSite::of(old, status.span), source, &layout));
    }

    kept.sort_by_key(|kept| kept.start);
    let mut kept = kept.into_iter().peekable();
    // Where the kept ranges that begin before the end of the line reach to.
    let mut kept_until = 0;

    let mut lines: Vec<&str> = Vec::new();
    let (mut at, mut gap) = (0, false);
    for line in source.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        while let Some(next) = kept.next_if(|kept| kept.start < range.end) {
            kept_until = kept_until.max(next.end);
        }
        let bare = line
            .trim_start_matches('\u{feff}')
            .trim_end_matches(['\r', '\n']);
        let in_front = range.start < front;
        let keep = in_front && (bare.trim_end() == "---" || is_title(bare))
            || (in_front || is_metadata(old, &range))
                && Field::read(bare).is_some_and(|field| is_date(&field, bare))
            || range.start < kept_until;
        if keep {
            let heading = |line: &str| line.starts_with('#');
            let apart = gap || heading(bare) || lines.last().is_some_and(|last| heading(last));
            if apart && !lines.is_empty() && !in_front {
                lines.push("");
            }
            lines.push(bare);
        }
        gap = if keep {
            false
        } else {
            gap || bare.trim().is_empty()
        };
    }
    if lines.starts_with(&["---"; 2]) {
        lines.drain(..2);
    }
    if !has_sections {
        lines.extend(SECTIONS.iter().flat_map(|heading| ["", heading]));
    }
    let end = line_end(source, 0);
    lines.join(end) + end
}

/// The line of a status, and what makes it one: its label or key, the head of its table, its comment.
fn around(site: &StatusSite, source: &str, layout: &Layout) -> Vec<Range<usize>> {
    let (start, end) = (site.words.start, site.words.end);
    let above = source[..site.line.start].trim_end();
    let above = above.rfind('\n').map_or(0, |end| end + 1)..above.len();
    let line = site.line.clone();
    let context = match site.form {
        Form::Row => layout
            .table_at(start)
            .map(|table| table.range.start..table.body),
        Form::Comment => {
            let open = source[..start].rfind("<!--").unwrap_or(start);
            let close = source[end..]
                .find("-->")
                .map_or(end, |close| end + close + 1);
            Some(open..close)
        }
        Form::Section => source[above.clone()]
            .starts_with(['*', '_'])
            .then_some(above),
        Form::FrontMatter => source[line.clone()]
            .starts_with([' ', '-'])
            .then_some(above),
        Form::Field | Form::Heading => None,
    };
    context.into_iter().chain([line]).collect()
}

fn is_title(line: &str) -> bool {
    Field::read(line).is_some_and(|field| field.key == "title")
}

fn is_metadata(text: &Text, line: &Range<usize>) -> bool {
    let first = text
        .regions
        .partition_point(|region| region.span.end() <= line.start);
    let region = text
        .regions
        .get(first)
        .filter(|region| region.span.start() < line.end);
    region.is_some_and(|region| region.value == Region::Metadata)
}
