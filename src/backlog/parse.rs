//! The items that the blocks of a backlog declare. Does not depend on what an ID looks like.

use std::ops::Range;

use super::declaration::{Declaration, DeclarationSite, mark_at};
use super::{Form, Item, Mark};
use crate::document::inline::Inline;
use crate::document::markdown::block::{Block, Row, Shape};
use crate::document::markdown::blocks::Blocks;
use crate::text::Source;

/// Every item that the text declares, index rows included.
pub(super) fn walk(source: &Source, prefixes: &[String]) -> Vec<Item> {
    let mut walker = Walker {
        source,
        prefixes,
        items: Vec::new(),
        lists: Vec::new(),
        headings: Vec::new(),
    };
    for block in Blocks::literal(source.text()) {
        walker.read(&block);
    }
    walker.close_headings(0, source.text().len());
    walker.items
}

struct Walker<'a> {
    source: &'a Source,
    prefixes: &'a [String],
    items: Vec<Item>,
    /// The list items around this place, outermost first: where each ends, and the item that it declares or belongs to.
    lists: Vec<(usize, Option<usize>)>,
    /// The items declared by headings around this place, with their levels.
    headings: Vec<(u8, usize)>,
}

impl Walker<'_> {
    fn read(&mut self, block: &Block) {
        let range = block.item.as_ref().unwrap_or(&block.range).clone();
        while self.lists.pop_if(|(end, _)| *end <= range.start).is_some() {}
        match &block.shape {
            Shape::Heading(level) => {
                self.close_headings(*level, range.start);
                let item = self.declared(&block.words, Form::Heading(*level), range);
                if let Some(item) = item
                    && !self
                        .headings
                        .iter()
                        .any(|(_, open)| self.items[*open].id == item.id)
                {
                    self.headings.push((*level, self.items.len()));
                    self.items.push(item);
                }
            }
            Shape::Item if block.item.is_some() => {
                let mut owner = self.owner();
                if let Some(owner) = owner {
                    self.tick(owner, range.start);
                } else if let Some(item) = self.declared(&block.words, Form::List, range.clone()) {
                    owner = Some(self.items.len());
                    self.items.push(item);
                }
                self.lists.push((range.end, owner));
            }
            Shape::Table(rows) if self.owner().is_none() && is_of_ids(rows) => {
                rows.iter().skip(1).for_each(|row| self.row(row));
            }
            _ => {}
        }
    }

    /// The declared item that this place belongs to.
    fn owner(&self) -> Option<usize> {
        let list = self.lists.last().and_then(|(_, item)| *item);
        list.or_else(|| self.headings.last().map(|(_, item)| *item))
    }

    /// Notes the box of a list item in the body of an item.
    fn tick(&mut self, owner: usize, start: usize) {
        let Some((mark, place)) = checkbox(self.source.text(), start) else {
            return;
        };
        let span = self.source.span(place);
        if mark != Mark::Dropped {
            self.items[owner].boxes.push((mark == Mark::Done, span));
        }
    }

    /// The item that these words declare.
    fn declared(&self, head: &Inline, form: Form, range: Range<usize>) -> Option<Item> {
        let site = match form {
            Form::List => DeclarationSite::List,
            Form::Heading(_) => DeclarationSite::Heading,
            Form::Row => DeclarationSite::Cell,
        };
        let found = Declaration::read(head, self.prefixes, site)?;
        let words = |range: &Range<usize>| head.text.get(range.clone()).unwrap_or_default();
        let title = words(&found.title);
        let end = if title.is_empty() {
            found.id.end
        } else {
            found.title.end
        };
        let declared = head.source(found.id.start..end);
        let line = self.source.line_at(declared.start).end();
        Some(Item {
            id: words(&found.id).to_owned(),
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            mark: found.mark,
            form,
            declared: self.source.span(declared.start..declared.end.min(line)),
            checkbox: found
                .checkbox
                .clone()
                .map(|place| self.source.span(head.source(place))),
            whole: self.source.span(whole_lines(self.source.text(), range)),
            boxes: Vec::new(),
        })
    }

    /// The sections of headings of this level and below end here.
    fn close_headings(&mut self, level: u8, end: usize) {
        while let Some((open, item)) = self.headings.last().copied() {
            if level > open {
                return;
            }
            self.headings.pop();
            let start = self.items[item].whole.start();
            let text = self.source.text();
            let section = whole_lines(text, start..end);
            self.items[item].whole = self.source.span(start..without_rule(text, section));
        }
    }

    fn row(&mut self, row: &Row) {
        let Some((first, cells)) = row.cells.split_first() else {
            return;
        };
        let Some(mut item) = self.declared(first, Form::Row, row.range.clone()) else {
            return;
        };
        for cell in cells {
            let text = cell.text.trim();
            let mark = mark_at(text).filter(|(_, length)| *length == text.len());
            match mark {
                Some((mark, _)) if item.mark == Mark::None => {
                    item.mark = mark;
                    let start = cell.text.len() - cell.text.trim_start().len();
                    let place = cell.source(start..start + text.len());
                    let boxed = text.starts_with('[');
                    item.checkbox = boxed.then(|| self.source.span(place));
                }
                None if item.title.is_empty() => text.clone_into(&mut item.title),
                Some(_) | None => {}
            }
        }
        self.items.push(item);
    }
}

/// True for a table whose first column is headed `ID`.
fn is_of_ids(rows: &[Row]) -> bool {
    let first = rows.first().and_then(|head| head.cells.first());
    first.is_some_and(|cell| cell.text.trim().eq_ignore_ascii_case("id"))
}

/// The lines that a stretch of text stands on, without blank lines behind it.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let last = start + text[start..range.end.max(start)].trim_end().len();
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |end| last + end + 1);
    start..end
}

/// Where a section ends that has a rule (`---`) at its end: in front of it, for it parts the sections.
fn without_rule(text: &str, section: Range<usize>) -> usize {
    let kept = text[section.clone()].trim_end();
    let line = kept.rfind('\n').map_or("", |at| &kept[at + 1..]);
    let signs: Vec<char> = line
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let rule = signs.len() >= 3
        && matches!(signs[0], '-' | '*' | '_')
        && signs.iter().all(|sign| *sign == signs[0]);
    if !rule {
        return section.end;
    }
    whole_lines(text, section.start..section.start + kept.len() - line.len()).end
}

/// The box of the list item that begins here: its mark and its place.
fn checkbox(text: &str, start: usize) -> Option<(Mark, Range<usize>)> {
    let item = text.get(start..)?;
    let line = item.split('\n').next()?;
    let rest = line.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest[digits..].strip_prefix(if digits > 0 {
        &['.', ')'][..]
    } else {
        &['-', '*', '+'][..]
    })?;
    let rest = rest.trim_start();
    let (mark, length) = mark_at(rest).filter(|_| rest.starts_with('['))?;
    let at = start + line.len() - rest.len();
    Some((mark, at..at + length))
}
