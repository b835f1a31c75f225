//! A status section: the blocks below a heading that announces the status, up to the next heading. Its value is what it
//! says first, or what a later paragraph says that is further along. It must not know the header above it.

use std::ops::Range;

use super::field::{self, Part};
use super::header::Header;
use super::inline::Inline;
use super::markdown::{Block, Shape, Zone};
use super::region::whole_lines;
use super::{Region, Status, StatusValue, Verb, relation, status, table};
use crate::text::Span;

/// A status section that is being read.
#[derive(Debug)]
pub(super) struct StatusSection<'b> {
    heading: &'b Block,
    /// The copy that counts so far.
    found: Option<Status>,
    /// The first words that cannot be the value, for a section that says nothing else.
    aside: Option<Range<usize>>,
    /// What was known to be unfilled before the section began.
    unfilled: Option<Span>,
}

impl<'b> StatusSection<'b> {
    /// Begins a section below its heading.
    pub(super) fn new(heading: &'b Block, header: &Header<'_>) -> Self {
        Self {
            heading,
            found: None,
            aside: None,
            unfilled: header.unfilled,
        }
    }

    /// Reads one block of it.
    pub(super) fn read(&mut self, header: &mut Header<'_>, block: &Block) {
        match &block.shape {
            Shape::Item if block.unchecked => {}
            Shape::Paragraph | Shape::Item => {
                self.read_words(header, &block.words, matches!(block.shape, Shape::Item));
            }
            Shape::Html => self.read_words(header, &header.html(block.range.clone()).0, false),
            Shape::Table(rows) => {
                let before = header.copies.len();
                table::read(header, rows, &block.range, Zone::Status);
                for copy in header.copies.split_off(before) {
                    self.offer(copy);
                }
            }
            Shape::Quote | Shape::Comment | Shape::Heading(_) => {}
        }
    }

    fn read_words(&mut self, header: &mut Header<'_>, words: &Inline, item: bool) {
        for part in field::split(&words.text) {
            let said = &words.text[part.range.clone()];
            if said.trim().is_empty() {
                continue;
            }
            let known = header.knows(said);
            if let Some(verb) = part.key().and_then(relation::verb_of_key) {
                let all = header.lines_of(words, &part, true);
                self.pass(words, &part);
                header.relate(verb, words, part.value(), all);
                continue;
            }
            match part.key() {
                Some(key) if field::is_status(key) => self.offer_read(header, words, part.value()),
                Some(key) if !known && field::is_metadata(key) => {
                    let lines = header.lines_of(words, &part, item);
                    header.regions.add(lines, Region::Metadata);
                    continue;
                }
                Some(_) if !known => self.pass(words, &part),
                _ if !known
                    && relation::leading_verb(said)
                        .is_some_and(|verb| verb != Verb::SupersededBy) =>
                {
                    self.pass(words, &part);
                }
                _ => self.offer_read(header, words, part.range.clone()),
            }
            header.find_relations(words, part.range.clone());
            if relation::is_alone(words, part.range.clone(), false) {
                let all = header.lines_of(words, &part, true);
                header.regions.add(all, Region::Relation);
            } else {
                self.read_lines(header, words, &part);
            }
        }
    }

    /// The lines of a paragraph one by one: a relation line among others, a status word alone on a later line.
    fn read_lines(&mut self, header: &mut Header<'_>, words: &Inline, part: &Part) {
        let mut at = part.range.start;
        for line in words.text[part.range.clone()].split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            at += line.len();
            if range.is_empty() || part.shares_line || range == part.range {
                continue;
            }
            let alone = relation::is_alone(words, range.clone(), false);
            if alone {
                header.regions.add(
                    whole_lines(header.source, words.source(range.clone())),
                    Region::Relation,
                );
            }
            let forced = words
                .hard
                .binary_search(&range.start.saturating_sub(1))
                .is_ok();
            let said = &words.text[range.clone()];
            let counts = alone || forced && header.knows(said) || header.is_word_alone(said);
            if range.start > part.range.start && counts && header.knows(said) {
                self.offer_read(header, words, range);
            }
        }
    }

    /// Remembers words that cannot be the value.
    fn pass(&mut self, words: &Inline, part: &Part) {
        self.aside
            .get_or_insert_with(|| words.source(part.range.clone()));
    }

    fn offer_read(&mut self, header: &mut Header<'_>, words: &Inline, range: Range<usize>) {
        if let Some(copy) = header.status(words, range) {
            self.offer(copy);
        }
    }

    /// Takes a copy when it is the first, or when it is further along than the one before it.
    fn offer(&mut self, copy: Status) {
        let better = self
            .found
            .as_ref()
            .is_none_or(|found| status::rank(&copy) > status::rank(found));
        if better && (self.found.is_none() || copy.standing().is_some()) {
            self.found = Some(copy);
        }
    }

    /// Ends the section before the next heading.
    pub(super) fn close(self, header: &mut Header<'_>, next: Option<&Block>) {
        if header.vocabulary.is_none() {
            return;
        }
        if self
            .found
            .as_ref()
            .is_none_or(|found| found.standing().is_none())
            && self.is_incidental(header)
        {
            header.unfilled = self.unfilled;
            return;
        }
        let end = next.map_or(header.source.text().len(), |next| {
            whole_lines(header.source, next.range.clone()).start
        });
        let start = whole_lines(header.source, self.heading.range.clone()).end;
        if start < end {
            header.regions.add_behind(start..end, Region::Status);
        }
        if let Some(copy) = self.found {
            header.copies.push(copy);
        } else if let Some(aside) = self.aside {
            let span = header.source.span(aside);
            let written = header
                .source
                .slice(span)
                .lines()
                .next()
                .unwrap_or_default()
                .chars()
                .take(40)
                .collect();
            header.copies.push(Status {
                value: StatusValue::Unknown,
                written,
                span,
            });
        } else {
            header
                .unfilled
                .get_or_insert_with(|| header.source.span(self.heading.range.clone()));
        }
    }

    /// True for a heading that may well be about something else when no status word stands below it: `State`, or a
    /// `Status` at level 3 of a document that has shown its status already.
    fn is_incidental(&self, header: &Header<'_>) -> bool {
        let deep = matches!(self.heading.shape, Shape::Heading(level) if level > 2);
        deep && !header.copies.is_empty() || field::is_ambiguous(&self.heading.words.text)
    }
}
