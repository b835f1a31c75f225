//! Markdown as a row of blocks with their words: headings, paragraphs, list items, tables. One pass. Does not depend on
//! what any of them means.

use std::collections::VecDeque;
use std::ops::Range;

use super::block::{Block, Row, Shape};
use super::events::{Event, Events, LinkType, Tag, TagEnd, events};
use crate::document::inline::Link;

/// What the reader of the blocks wants now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants {
    /// Every block with its words; without it the headings, and what else is asked for.
    pub(crate) all: bool,
    /// The first paragraph below each heading.
    pub(crate) leads: bool,
    /// Tables whose first column is headed `ID`.
    pub(crate) tables: bool,
}

/// The blocks of a text, in its order.
pub(crate) struct Blocks<'a> {
    source: &'a str,
    events: Events<'a>,
    start: usize,
    /// What is wanted; may change from block to block.
    pub(crate) wants: Wants,
    /// True when struck-through words and boxes are words like others.
    literal: bool,
    /// Code blocks and HTML blocks so far.
    pub(crate) verbatim: Vec<Range<usize>>,
    /// True between a heading and whatever follows it.
    lead: bool,
    quotes: u32,
    lists: u32,
    notes: u32,
    aside: u32,
    struck: u32,
    /// Where strong type begins in the words of the open block.
    strong: Vec<usize>,
    /// The list item whose first words are still to come.
    item: Option<Range<usize>>,
    open: Option<Open>,
    links: Vec<usize>,
    table: Option<Table>,
    ready: VecDeque<Block>,
}

/// A block whose words are being gathered.
struct Open {
    block: Block,
    /// Where struck-through words begin, in text and source; kept in headings and cells only.
    strikes: Vec<(usize, usize)>,
    keeps_struck: bool,
    /// True when no event opened it, so that none closes it: the words of a tight list item.
    implicit: bool,
}

struct Table {
    range: Range<usize>,
    rows: Vec<Row>,
    /// How many cells of a row are kept.
    columns: usize,
    /// True when the table is wanted whatever its head says.
    detailed: bool,
    /// True when the table is not wanted at all.
    skipped: bool,
}

impl Table {
    /// True when the next cell of the row is wanted.
    fn keeps_next(&self) -> bool {
        let kept = self.rows.last().map_or(0, |row| row.cells.len());
        !self.skipped && kept < self.columns
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        while self.ready.is_empty() {
            let (event, range) = self.events.next()?;
            self.see(event, range.start + self.start..range.end + self.start);
        }
        self.ready.pop_front()
    }
}

impl<'a> Blocks<'a> {
    /// The blocks of the Markdown that begins at `start` of a source.
    pub(crate) fn of(source: &'a str, start: usize, wants: Wants) -> Self {
        Self {
            source,
            events: events(source.get(start..).unwrap_or_default()),
            start,
            wants,
            literal: false,
            verbatim: Vec::new(),
            lead: false,
            quotes: 0,
            lists: 0,
            notes: 0,
            aside: 0,
            struck: 0,
            strong: Vec::new(),
            item: None,
            open: None,
            links: Vec::new(),
            table: None,
            ready: VecDeque::new(),
        }
    }

    /// All blocks of a text, in which struck-through words and boxes are words like others.
    pub(crate) fn literal(source: &'a str) -> Self {
        let wants = Wants {
            all: true,
            leads: false,
            tables: true,
        };
        Self {
            literal: true,
            ..Self::of(source, 0, wants)
        }
    }

    fn see(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.aside > 0 => {}
            Event::Text(words) => self.words(&words, range, false),
            Event::Code(words) => self.words(&words, range, true),
            Event::SoftBreak | Event::HardBreak => {
                let hard = matches!(event, Event::HardBreak);
                let source = self.source;
                if let Some(open) = self.gathering(range.start) {
                    open.block.words.push_break(source, range, hard);
                }
            }
            Event::TaskListMarker(_) if self.literal => {
                // The parser passes over the blank behind a box.
                let (source, behind) = (self.source, range.end..range.end + 1);
                self.words(source.get(range.clone()).unwrap_or_default(), range, false);
                let blank = source.get(behind.clone()).filter(|next| *next != "\r");
                self.words(blank.unwrap_or("\n"), behind, false);
            }
            Event::TaskListMarker(checked) => {
                if let Some(open) = self.gathering(range.start) {
                    open.block.unchecked = !checked;
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(_) => {
                if let Some(open) = self.gathering(range.start) {
                    open.block.words.hides = true;
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let image = matches!(tag, Tag::Image { .. });
        match tag {
            Tag::Emphasis => {}
            Tag::Strong => {
                let at = self
                    .open
                    .as_ref()
                    .map_or(0, |open| open.block.words.text.len());
                self.strong.push(at);
            }
            Tag::Strikethrough => {
                self.struck += 1;
                if let Some(open) = self.gathering(range.start) {
                    open.block.words.hides = true;
                    open.strikes
                        .push((open.block.words.text.len(), range.start));
                }
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let link = Link {
                    text: 0..0,
                    source: range,
                    target: dest_url.into_string(),
                    titled: !title.is_empty(),
                    image,
                    shortcut: !image
                        && matches!(link_type, LinkType::Shortcut | LinkType::Collapsed),
                };
                self.link(link);
            }
            Tag::Paragraph => {
                self.close_implicit();
                self.open_text(range, false);
            }
            Tag::Heading { level, .. } => {
                self.close_implicit();
                self.item = None;
                if self.at_document_level() {
                    self.open(Shape::Heading(level as u8), range, true, false);
                }
            }
            Tag::Item => {
                self.close_implicit();
                self.item = Some(range);
            }
            Tag::BlockQuote(_) => self.contain(|walker| &mut walker.quotes),
            Tag::List(_) => self.contain(|walker| &mut walker.lists),
            Tag::FootnoteDefinition(_) => self.contain(|walker| &mut walker.notes),
            Tag::CodeBlock(_) => {
                self.contain(|walker| &mut walker.aside);
                self.verbatim.push(range);
            }
            Tag::HtmlBlock => {
                self.contain(|walker| &mut walker.aside);
                if self.at_document_level() && self.wants.all {
                    self.push(Shape::Html, range.clone());
                }
                self.verbatim.push(range);
            }
            Tag::Table(_) => self.start_table(range),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = self.table.as_mut().filter(|table| !table.skipped) {
                    table.rows.push(Row {
                        range,
                        cells: Vec::new(),
                    });
                }
            }
            Tag::TableCell => {
                if self.table.as_ref().is_some_and(Table::keeps_next) {
                    self.open(Shape::Paragraph, range, true, false);
                }
            }
            _ => self.close_implicit(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strikethrough => {
                self.struck = self.struck.saturating_sub(1);
                if let Some(open) = self.open.as_mut()
                    && let Some((text, source)) = open.strikes.pop()
                    && open.keeps_struck
                {
                    open.block
                        .words
                        .struck
                        .push((text..open.block.words.text.len(), source..range.end));
                }
            }
            TagEnd::Strong => {
                if let (Some(start), Some(open)) = (self.strong.pop(), self.open.as_mut()) {
                    let words = &mut open.block.words;
                    words.strong.push(start..words.text.len());
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let (Some(index), Some(open)) = (self.links.pop(), self.open.as_mut())
                    && let Some(link) = open.block.words.links.get_mut(index)
                {
                    link.text.end = open.block.words.text.len();
                }
            }
            TagEnd::Paragraph => self.close(),
            TagEnd::Heading(_) if self.at_document_level() => {
                self.lead = true;
                self.close();
            }
            TagEnd::Heading(_) => self.open = None,
            TagEnd::Item => {
                self.close_implicit();
                self.item = None;
            }
            TagEnd::BlockQuote(_) => self.leave(|walker| &mut walker.quotes),
            TagEnd::List(_) => self.leave(|walker| &mut walker.lists),
            TagEnd::FootnoteDefinition => self.leave(|walker| &mut walker.notes),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.leave(|walker| &mut walker.aside),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::TableHead => {
                if let Some(table) = self.table.as_mut().filter(|table| !table.detailed) {
                    let first = table.rows.first().and_then(|row| row.cells.first());
                    table.skipped |=
                        !first.is_some_and(|cell| cell.text.trim().eq_ignore_ascii_case("id"));
                    table.columns = 2;
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take().filter(|table| !table.skipped) {
                    self.push(Shape::Table(table.rows), table.range);
                }
            }
            _ => {}
        }
    }

    /// True when what comes next, and what was given last, stands in no list, quote or footnote.
    pub(crate) fn at_document_level(&self) -> bool {
        self.quotes == 0 && self.lists == 0 && self.notes == 0
    }

    fn contain(&mut self, depth: fn(&mut Self) -> &mut u32) {
        self.close_implicit();
        self.lead = false;
        self.item = None;
        *depth(self) += 1;
    }

    fn leave(&mut self, depth: fn(&mut Self) -> &mut u32) {
        self.close_implicit();
        let depth = depth(self);
        *depth = depth.saturating_sub(1);
    }

    fn push(&mut self, shape: Shape, range: Range<usize>) {
        self.ready.push_back(Block::new(shape, range));
    }

    fn open(&mut self, shape: Shape, range: Range<usize>, keeps_struck: bool, implicit: bool) {
        self.links.clear();
        self.open = Some(Open {
            block: Block::new(shape, range),
            strikes: Vec::new(),
            keeps_struck: keeps_struck || self.literal,
            implicit,
        });
    }

    /// Opens a paragraph or the words of a list item, where they are wanted.
    fn open_text(&mut self, range: Range<usize>, implicit: bool) {
        let leads = std::mem::take(&mut self.lead) && self.at_document_level();
        let item = self.item.take();
        if self.notes == 0 && (self.wants.all || leads && self.wants.leads) {
            let shape = match (self.quotes, self.lists) {
                (0, 0) => Shape::Paragraph,
                (0, _) => Shape::Item,
                _ => Shape::Quote,
            };
            self.open(shape, range, false, implicit);
            if let Some(open) = &mut self.open {
                (open.block.leads, open.block.item) = (leads, item);
            }
        }
    }

    /// The block that words at `at` belong to; opens the words of a tight list item.
    fn gathering(&mut self, at: usize) -> Option<&mut Open> {
        if self.open.is_none() && self.lists > 0 && self.wants.all {
            self.open_text(at..at, true);
        }
        self.open.as_mut()
    }

    fn words(&mut self, words: &str, range: Range<usize>, code: bool) {
        let (struck, source) = (self.struck > 0, self.source);
        if let Some(open) = self.gathering(range.start) {
            if open.implicit {
                open.block.range.end = range.end;
            }
            if struck && !open.keeps_struck {
                return;
            }
            if code {
                open.block.words.push_code(words, source, range);
            } else {
                open.block.words.push(words, source, range);
            }
        }
    }

    fn link(&mut self, mut link: Link) {
        let hidden = self.struck > 0;
        let mut index = usize::MAX;
        if let Some(open) = self.gathering(link.source.start) {
            if open.implicit {
                open.block.range.end = link.source.end;
            }
            let words = &mut open.block.words;
            if !hidden || open.keeps_struck {
                index = words.links.len();
                link.text = words.text.len()..words.text.len();
                words.links.push(link);
            }
        }
        self.links.push(index);
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let source = self.source;
        let level = self.at_document_level() && self.table.is_none() && self.wants.all;
        let Some(open) = self.gathering(range.start) else {
            return;
        };
        open.block.words.hides = true;
        if html
            .get(..3)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
        {
            open.block.words.push_break(source, range, true);
        } else if html.starts_with("<!--") && level {
            self.push(Shape::Comment, range);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.ready.push_back(open.block);
        }
    }

    fn close_implicit(&mut self) {
        if self.open.as_ref().is_some_and(|open| open.implicit) {
            self.close();
        }
    }

    fn start_table(&mut self, range: Range<usize>) {
        self.close_implicit();
        self.lead = false;
        self.item = None;
        let detailed = self.wants.all && self.quotes == 0 && self.notes == 0;
        let wanted = detailed || self.wants.tables && self.at_document_level();
        self.table = Some(Table {
            range,
            rows: Vec::new(),
            columns: if detailed { usize::MAX } else { 1 },
            detailed,
            skipped: !wanted,
        });
    }

    fn close_cell(&mut self) {
        if let (Some(table), Some(cell)) = (&mut self.table, self.open.take())
            && let Some(row) = table.rows.last_mut()
        {
            row.cells.push(cell.block.words);
        }
    }
}
