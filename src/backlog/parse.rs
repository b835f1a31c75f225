//! The walk over the Markdown of a backlog, from event to event. It must not know what an ID looks like.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::declaration::{Declaration, DeclarationSite, mark_at};
use super::heading::Head;
use super::{Form, Item, Mark};
use crate::text::Source;

/// Every item that the text declares, index rows included.
pub(super) fn walk(source: &Source, prefixes: &[String]) -> Vec<Item> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut walker = Walker {
        source,
        prefixes,
        items: Vec::new(),
        aside: 0,
        lists: Vec::new(),
        headings: Vec::new(),
        head: None,
        table: None,
    };
    for (event, range) in Parser::new_ext(source.text(), options).into_offset_iter() {
        walker.see(event, range);
    }
    walker.close_headings(0, source.text().len());
    walker.items
}

struct Walker<'a> {
    source: &'a Source,
    prefixes: &'a [String],
    items: Vec<Item>,
    /// Quotations, footnotes, code and HTML around this place.
    aside: usize,
    /// The list items around this place, outermost first, with the item that each declares or belongs to.
    lists: Vec<Option<usize>>,
    /// The items declared by headings around this place, with their levels.
    headings: Vec<(u8, usize)>,
    /// The words that are being gathered, and what they are the beginning of.
    head: Option<(Head, Begins)>,
    table: Option<Table>,
}

/// What gathered words are the beginning of.
enum Begins {
    /// A list item, which stands here.
    Item(Range<usize>),
    /// A heading of this level, which stands here.
    Heading(u8, Range<usize>),
    /// A cell.
    Cell,
}

/// A table whose first column is headed `ID`, or may turn out to be.
#[derive(Default)]
struct Table {
    head: bool,
    wanted: bool,
    row: Range<usize>,
    cells: Vec<Head>,
}

impl<'a> Walker<'a> {
    fn see(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.aside > 0 => {}
            Event::Text(words) => self.gather(|head| head.push(&words, range)),
            Event::Code(words) => self.gather(|head| head.push_code(&words, range)),
            Event::SoftBreak | Event::HardBreak => self.gather(|head| head.push("\n", range)),
            _ => {}
        }
    }

    fn gather(&mut self, add: impl FnOnce(&mut Head)) {
        if let Some((head, _)) = &mut self.head {
            add(head);
        }
    }

    fn start(&mut self, tag: &Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {}
            Tag::Strong => self.gather(Head::begin_strong),
            // The words of an item may stand in a paragraph, the first one.
            Tag::Paragraph
                if self
                    .head
                    .as_ref()
                    .is_some_and(|(head, _)| head.text.is_empty()) => {}
            Tag::Item => {
                self.settle();
                let owner = self.owner();
                self.lists.push(owner);
                match owner {
                    _ if self.aside > 0 => {}
                    Some(owner) => self.tick(owner, range),
                    None => self.head = Some((Head::default(), Begins::Item(range))),
                }
            }
            Tag::Heading { level, .. } => {
                self.settle();
                if self.aside == 0 && self.lists.is_empty() {
                    let level = *level as u8;
                    self.close_headings(level, range.start);
                    self.head = Some((Head::default(), Begins::Heading(level, range)));
                }
            }
            Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock => {
                self.settle();
                self.aside += 1;
            }
            Tag::Table(_) => {
                self.settle();
                self.table = (self.aside == 0 && self.owner().is_none()).then(Table::default);
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.head = matches!(tag, Tag::TableHead);
                    table.row = range;
                    table.cells.clear();
                }
            }
            Tag::TableCell => {
                if self.table.is_some() {
                    self.head = Some((Head::default(), Begins::Cell));
                }
            }
            _ => self.settle(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strong => self.gather(Head::end_strong),
            TagEnd::Paragraph | TagEnd::Heading(_) => self.settle(),
            TagEnd::Item => {
                self.settle();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock => {
                self.aside = self.aside.saturating_sub(1);
            }
            TagEnd::TableCell => {
                if let (Some(table), Some((head, Begins::Cell))) =
                    (&mut self.table, self.head.take())
                {
                    table.cells.push(head);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row(range),
            TagEnd::Table => self.table = None,
            _ => {}
        }
    }

    /// The declared item that this place belongs to.
    fn owner(&self) -> Option<usize> {
        self.lists
            .last()
            .copied()
            .flatten()
            .or_else(|| self.headings.last().map(|(_, item)| *item))
    }

    /// Notes the box of a list item in the body of an item.
    fn tick(&mut self, owner: usize, range: Range<usize>) {
        let Some((mark, place)) = checkbox(self.source.text(), range.start) else {
            return;
        };
        let span = self.source.span(place);
        if mark != Mark::Dropped {
            self.items[owner].boxes.push((mark == Mark::Done, span));
        }
    }

    /// The words of an item or a heading are complete.
    fn settle(&mut self) {
        let Some((head, begins)) = self.head.take() else {
            return;
        };
        let (form, place, range) = match begins {
            Begins::Item(range) => (Form::List, DeclarationSite::List, range),
            Begins::Heading(level, range) => {
                (Form::Heading(level), DeclarationSite::Heading, range)
            }
            Begins::Cell => return,
        };
        let Some(found) = Declaration::read(&head, self.prefixes, place) else {
            return;
        };
        let Some(id) = head.text.get(found.id.clone()) else {
            return;
        };
        let repeats = |(_, item): &(u8, usize)| self.items[*item].id == id;
        if self.headings.iter().any(repeats) {
            return;
        }
        let index = self.items.len();
        let item = self.item(&head, &found, form, range);
        self.items.push(item);
        match form {
            Form::Heading(level) => self.headings.push((level, index)),
            _ => {
                if let Some(open) = self.lists.last_mut() {
                    *open = Some(index);
                }
            }
        }
    }

    fn item(&self, head: &Head, found: &Declaration, form: Form, range: Range<usize>) -> Item {
        let words = |range: &Range<usize>| head.text.get(range.clone()).unwrap_or_default();
        let title = words(&found.title);
        let end = if title.is_empty() {
            found.id.end
        } else {
            found.title.end
        };
        let declared = head.source(found.id.start..end);
        let line = self.source.line_at(declared.start).end();
        Item {
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
        }
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

    fn row(&mut self, range: Range<usize>) {
        let Some(table) = &mut self.table else { return };
        if table.head {
            table.wanted = table
                .cells
                .first()
                .is_some_and(|cell| cell.text.trim().eq_ignore_ascii_case("id"));
            return;
        }
        let cells = std::mem::take(&mut table.cells);
        let (true, Some(first)) = (table.wanted, cells.first()) else {
            return;
        };
        let Some(mut found) = Declaration::read(first, self.prefixes, DeclarationSite::Cell) else {
            return;
        };
        let boxed = |cell: &Head| {
            let text = cell.text.trim();
            mark_at(text)
                .filter(|(_, length)| *length == text.len())
                .map(|(mark, _)| mark)
        };
        let mut item = self.item(first, &found, Form::Row, range);
        for cell in &cells[1..] {
            match boxed(cell) {
                Some(mark) if found.mark == Mark::None => {
                    found.mark = mark;
                    let start = cell.text.len() - cell.text.trim_start().len();
                    let place = cell.source(start..start + cell.text.trim().len());
                    item.checkbox = cell
                        .text
                        .trim()
                        .starts_with('[')
                        .then(|| self.source.span(place));
                }
                None if item.title.is_empty() => cell.text.trim().clone_into(&mut item.title),
                Some(_) | None => {}
            }
        }
        item.mark = found.mark;
        self.items.push(item);
    }
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
