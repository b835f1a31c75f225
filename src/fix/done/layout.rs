//! The headings and the tables of a backlog file. It must not know items.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Source;

/// Where headings and tables stand.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Headings at document level, in the order of the text.
    pub(super) headings: Vec<Heading>,
    /// Tables, in the order of the text.
    pub(super) tables: Vec<Table>,
    /// The prose in front of the first heading below the title.
    pub(super) intro: String,
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
        let (mut heading, mut table): (Option<Heading>, Option<Table>) = (None, None);
        let (mut in_head, mut depth) = (false, 0_usize);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES;
        for (event, range) in Parser::new_ext(source.text(), options).into_offset_iter() {
            match event {
                Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
                Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => {
                    depth = depth.saturating_sub(1);
                }
                Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                    heading = Some(Heading {
                        level: level as u8,
                        title: String::new(),
                        range,
                    });
                }
                Event::End(TagEnd::Heading(_)) => layout.headings.extend(heading.take()),
                Event::Start(Tag::Table(_)) => {
                    table = Some(Table {
                        body: range.end,
                        range,
                        columns: Vec::new(),
                    });
                }
                Event::End(TagEnd::Table) => layout.tables.extend(table.take()),
                Event::Start(Tag::TableHead) => in_head = true,
                Event::End(TagEnd::TableHead) => in_head = false,
                Event::Start(Tag::TableCell) if in_head => {
                    if let Some(table) = &mut table {
                        table.columns.push(String::new());
                    }
                }
                Event::Start(Tag::TableRow) => {
                    if let Some(table) = table.as_mut().filter(|table| range.start < table.body) {
                        table.body = range.start;
                    }
                }
                Event::Text(words) | Event::Code(words) => {
                    layout.words(&words, &mut heading, &mut table, in_head);
                }
                _ => {}
            }
        }
        layout
    }

    fn words(
        &mut self,
        words: &str,
        heading: &mut Option<Heading>,
        table: &mut Option<Table>,
        in_head: bool,
    ) {
        if let Some(heading) = heading {
            heading.title.push_str(words);
        } else if let Some(column) = table
            .as_mut()
            .filter(|_| in_head)
            .and_then(|table| table.columns.last_mut())
        {
            column.push_str(&words.trim().to_lowercase());
        } else if self.headings.iter().all(|heading| heading.level == 1) && self.intro.len() < 4_000
        {
            self.intro.push_str(&words.to_lowercase());
            self.intro.push(' ');
        }
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
