//! Markdown into the few blocks that the reader of a document looks at: headings, the header, status sections, tables of
//! IDs. One pass; it must not know what a status or a relation is.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::field;
use super::inline::{Inline, Link};

/// Which part of the document a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Before the first heading of level 2 or deeper, and before a second one of level 1.
    Header,
    /// Below a heading that announces the status.
    Status,
    /// Anywhere else.
    Body,
}

/// What a block is.
#[derive(Debug)]
pub(super) enum Shape {
    /// A heading at document level, and its level.
    Heading(u8),
    /// A paragraph at document level.
    Paragraph,
    /// Words of a list item.
    Item,
    /// A paragraph inside a block quote.
    Quote,
    /// A block of HTML, raw.
    Html,
    /// A comment among words, raw.
    Comment,
    /// A table, row by row; the first row is its head.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Its cells.
    pub(super) cells: Vec<Inline>,
}

/// One block.
#[derive(Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) shape: Shape,
    /// The part of the document it stands in.
    pub(super) zone: Zone,
    /// Where it stands in the source.
    pub(super) range: Range<usize>,
    /// Its words; none for HTML and tables.
    pub(super) words: Inline,
    /// True for a paragraph that directly follows a heading.
    pub(super) leads: bool,
    /// True for a list item with an empty box.
    pub(super) unchecked: bool,
}

/// What is wanted beside header and status sections.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wants {
    /// The first paragraph below each heading.
    pub(super) leads: bool,
    /// Tables whose first column is headed `ID`.
    pub(super) tables: bool,
}

/// What the walk brings home.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Blocks in the order of the text.
    pub(super) blocks: Vec<Block>,
    /// Code blocks and HTML blocks, in the order of the text.
    pub(super) verbatim: Vec<Range<usize>>,
}

/// How much of a leading paragraph is kept: enough for a mark.
const LEAD: usize = 200;

/// Walks over the Markdown that begins at `start` of a source.
pub(super) fn walk(source: &str, start: usize, wants: Wants) -> Outline {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut walker = Walker {
        source,
        wants,
        zone: Zone::Header,
        titled: false,
        lead: false,
        quotes: 0,
        lists: 0,
        notes: 0,
        verbatim: 0,
        struck: 0,
        open: None,
        links: Vec::new(),
        table: None,
        outline: Outline::default(),
    };
    let markdown = source.get(start..).unwrap_or_default();
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        walker.see(event, range.start + start..range.end + start);
    }
    walker.outline
}

struct Walker<'a> {
    source: &'a str,
    wants: Wants,
    zone: Zone,
    /// True once a heading of level 1 was seen.
    titled: bool,
    /// True between a heading and whatever follows it.
    lead: bool,
    quotes: u32,
    lists: u32,
    notes: u32,
    verbatim: u32,
    struck: u32,
    open: Option<Open>,
    links: Vec<usize>,
    table: Option<Table>,
    outline: Outline,
}

/// A block whose words are being gathered.
struct Open {
    block: Block,
    /// Where struck-through words begin, in text and source; kept in headings and cells only.
    strikes: Vec<(usize, usize)>,
    keeps_struck: bool,
    limit: usize,
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
    cell: usize,
}

impl<'a> Walker<'a> {
    fn see(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.verbatim > 0 => {}
            Event::Text(words) => self.words(&words, range, false),
            Event::Code(words) => self.words(&words, range, true),
            Event::SoftBreak | Event::HardBreak => {
                let hard = matches!(event, Event::HardBreak);
                let source = self.source;
                if let Some(open) = self.gathering(range.start) {
                    open.block.words.push_break(source, range, hard);
                }
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
        match tag {
            Tag::Emphasis | Tag::Strong => {}
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
            } => {
                let shortcut = matches!(link_type, LinkType::Shortcut | LinkType::Collapsed);
                self.link(
                    dest_url.into_string(),
                    !title.is_empty(),
                    false,
                    shortcut,
                    range,
                );
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.link(
                    dest_url.into_string(),
                    !title.is_empty(),
                    true,
                    false,
                    range,
                );
            }
            Tag::Paragraph => {
                self.close_implicit();
                self.open_text(range, false);
            }
            Tag::Heading { level, .. } => {
                self.close_implicit();
                if self.at_document_level() {
                    self.open(Shape::Heading(level as u8), range, true, usize::MAX, false);
                }
            }
            Tag::BlockQuote(_) => self.contain(|walker| &mut walker.quotes),
            Tag::List(_) => self.contain(|walker| &mut walker.lists),
            Tag::FootnoteDefinition(_) => self.contain(|walker| &mut walker.notes),
            Tag::CodeBlock(_) => {
                self.contain(|walker| &mut walker.verbatim);
                self.outline.verbatim.push(range);
            }
            Tag::HtmlBlock => {
                self.contain(|walker| &mut walker.verbatim);
                if self.at_document_level() && self.zone != Zone::Body {
                    self.push(Shape::Html, range.clone());
                }
                self.outline.verbatim.push(range);
            }
            Tag::Table(_) => self.start_table(range),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = self.table.as_mut().filter(|table| !table.skipped) {
                    table.cell = 0;
                    table.rows.push(Row {
                        range,
                        cells: Vec::new(),
                    });
                }
            }
            Tag::TableCell => {
                if self
                    .table
                    .as_ref()
                    .is_some_and(|table| !table.skipped && table.cell < table.columns)
                {
                    self.open(Shape::Paragraph, range, true, usize::MAX, false);
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
            TagEnd::Link | TagEnd::Image => {
                if let (Some(index), Some(open)) = (self.links.pop(), self.open.as_mut())
                    && let Some(link) = open.block.words.links.get_mut(index)
                {
                    link.text.end = open.block.words.text.len();
                }
            }
            TagEnd::Paragraph => self.close(),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Item => self.close_implicit(),
            TagEnd::BlockQuote(_) => self.leave(|walker| &mut walker.quotes),
            TagEnd::List(_) => self.leave(|walker| &mut walker.lists),
            TagEnd::FootnoteDefinition => self.leave(|walker| &mut walker.notes),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.leave(|walker| &mut walker.verbatim),
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

    fn at_document_level(&self) -> bool {
        self.quotes == 0 && self.lists == 0 && self.notes == 0
    }

    fn contain(&mut self, depth: fn(&mut Self) -> &mut u32) {
        self.close_implicit();
        self.lead = false;
        *depth(self) += 1;
    }

    fn leave(&mut self, depth: fn(&mut Self) -> &mut u32) {
        self.close_implicit();
        let depth = depth(self);
        *depth = depth.saturating_sub(1);
    }

    fn push(&mut self, shape: Shape, range: Range<usize>) {
        let block = Block {
            shape,
            zone: self.zone,
            range,
            words: Inline::default(),
            leads: false,
            unchecked: false,
        };
        self.outline.blocks.push(block);
    }

    fn open(
        &mut self,
        shape: Shape,
        range: Range<usize>,
        keeps_struck: bool,
        limit: usize,
        implicit: bool,
    ) {
        let leads = self.lead && matches!(shape, Shape::Paragraph);
        let block = Block {
            shape,
            zone: self.zone,
            range,
            words: Inline::default(),
            leads,
            unchecked: false,
        };
        self.links.clear();
        self.open = Some(Open {
            block,
            strikes: Vec::new(),
            keeps_struck,
            limit,
            implicit,
        });
    }

    /// Opens a paragraph or the words of a list item, where they are wanted.
    fn open_text(&mut self, range: Range<usize>, implicit: bool) {
        let leads = self.lead && self.at_document_level();
        let limit = if self.zone == Zone::Body {
            LEAD
        } else {
            usize::MAX
        };
        if self.notes == 0 && (self.zone != Zone::Body || leads && self.wants.leads) {
            let shape = match (self.quotes, self.lists) {
                (0, 0) => Shape::Paragraph,
                (0, _) => Shape::Item,
                _ => Shape::Quote,
            };
            self.open(shape, range, false, limit, implicit);
        }
        self.lead = false;
    }

    /// The block that words at `at` belong to; opens the words of a tight list item.
    fn gathering(&mut self, at: usize) -> Option<&mut Open> {
        if self.open.is_none() && self.lists > 0 && self.zone != Zone::Body {
            self.open_text(at..at, true);
        }
        self.open
            .as_mut()
            .filter(|open| open.block.words.text.len() < open.limit)
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

    fn link(
        &mut self,
        target: String,
        titled: bool,
        image: bool,
        shortcut: bool,
        range: Range<usize>,
    ) {
        let hidden = self.struck > 0;
        let mut index = usize::MAX;
        if let Some(open) = self.gathering(range.start) {
            if open.implicit {
                open.block.range.end = range.end;
            }
            let words = &mut open.block.words;
            if !hidden || open.keeps_struck {
                index = words.links.len();
                let at = words.text.len();
                words.links.push(Link {
                    text: at..at,
                    source: range,
                    target,
                    titled,
                    image,
                    shortcut,
                });
            }
        }
        self.links.push(index);
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let (source, zone) = (self.source, self.zone);
        let level = self.at_document_level() && self.table.is_none();
        let Some(open) = self.gathering(range.start) else {
            return;
        };
        open.block.words.hides = true;
        if html.len() >= 3
            && html
                .as_bytes()
                .get(..3)
                .is_some_and(|tag| tag.eq_ignore_ascii_case(b"<br"))
        {
            open.block.words.push_break(source, range, true);
        } else if html.starts_with("<!--") && level && zone == Zone::Header {
            self.push(Shape::Comment, range);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.outline.blocks.push(open.block);
        }
    }

    fn close_implicit(&mut self) {
        if self.open.as_ref().is_some_and(|open| open.implicit) {
            self.close();
        }
    }

    fn close_heading(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        let Shape::Heading(level) = open.block.shape else {
            return;
        };
        if self.zone != Zone::Header || level > 1 || self.titled {
            self.zone = Zone::Body;
        }
        self.titled |= level == 1;
        open.block.zone = self.zone;
        if level <= 3 && field::announces_status(&open.block.words.text) {
            self.zone = Zone::Status;
            open.block.zone = Zone::Status;
        }
        self.lead = true;
        self.outline.blocks.push(open.block);
    }

    fn start_table(&mut self, range: Range<usize>) {
        self.close_implicit();
        self.lead = false;
        let level = self.at_document_level();
        let detailed = level && self.zone != Zone::Body;
        let skipped = !(detailed || level && self.wants.tables);
        let columns = if detailed { usize::MAX } else { 1 };
        self.table = Some(Table {
            range,
            rows: Vec::new(),
            columns,
            detailed,
            skipped,
            cell: 0,
        });
    }

    fn close_cell(&mut self) {
        let cell = self.open.take();
        if let Some(table) = &mut self.table {
            table.cell += 1;
            if let (Some(row), Some(cell)) = (table.rows.last_mut(), cell) {
                row.cells.push(cell.block.words);
            }
        }
    }
}
