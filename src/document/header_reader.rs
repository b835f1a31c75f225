//! The order in which a header is read: front matter, then block by block, each as the form of status or field that it is.
//! It must not know what may be edited.

use std::ops::Range;

use super::field::{self, Part};
use super::front_matter::FrontMatter;
use super::header::Header;
use super::inline::Inline;
use super::markdown::{Block, Shape, Zone};
use super::region::whole_lines;
use super::status::{self, StatusReading};
use super::status_section::StatusSection;
use super::{Region, Relation, Status, StatusValue, Verb, badge, relation, table};

impl Header<'_> {
    /// Reads front matter.
    pub(super) fn read_front_matter(&mut self, front: &FrontMatter) {
        self.regions
            .add_behind(front.range.clone(), Region::Metadata);
        for entry in &front.entries {
            if field::is_status(&entry.key) {
                let words = Inline::raw(self.source.text(), entry.value.clone());
                self.copy(&words, 0..words.text.len(), entry.lines.clone());
            } else if let Some(verb) = relation::verb_of_key(&entry.key) {
                let mut words = Inline::raw(self.source.text(), entry.value.clone());
                words.hides |= entry.hides;
                self.relate(verb, &words, 0..words.text.len(), entry.lines.clone());
            } else if entry.key == "tags" {
                self.read_tags(entry.value.clone(), &entry.lines);
            }
        }
    }

    /// Tags count as a copy of the status when one of them is a status word and nothing else.
    fn read_tags(&mut self, value: Range<usize>, lines: &Range<usize>) {
        let Some(vocabulary) = self.vocabulary else {
            return;
        };
        let words = Inline::raw(self.source.text(), value);
        let symbols = |next: char| !next.is_alphanumeric();
        let mut tags = words
            .text
            .split([',', '\n'])
            .map(|tag| tag.trim_matches(symbols))
            .filter(|tag| !tag.is_empty());
        let (first, more) = (tags.next(), tags.next().is_some());
        for tag in first.into_iter().chain(
            words
                .text
                .split([',', '\n'])
                .skip(1)
                .map(|tag| tag.trim_matches(symbols)),
        ) {
            if let StatusReading::Known(word, range) = status::read(tag, vocabulary)
                && range == (0..tag.len())
                && let Some(at) = words.text.find(tag)
            {
                let span = self.source.span(words.source(at..at + tag.len()));
                if !more {
                    self.regions.add(lines.clone(), Region::Status);
                }
                self.copies.push(Status {
                    value: status::known(word),
                    written: tag.to_owned(),
                    span,
                });
                return;
            }
        }
    }

    /// Reads the blocks of the header and of the status sections.
    pub(super) fn read_blocks(&mut self, blocks: &[Block]) {
        let mut section: Option<StatusSection<'_>> = None;
        let mut label: Option<&Block> = None;
        for (index, block) in blocks.iter().enumerate() {
            if let Some(label) = label.take()
                && self.read_labelled(label, block)
            {
                continue;
            }
            if let Shape::Heading(level) = block.shape {
                if let Some(section) = section.take() {
                    section.close(self, Some(block));
                }
                if block.zone == Zone::Status {
                    section = Some(StatusSection::new(block, self));
                } else if level <= 2 {
                    self.read_titled_field(block);
                }
                continue;
            }
            match (block.zone, section.as_mut()) {
                (Zone::Header, _) if self.is_label(block) => label = Some(block),
                (Zone::Header, _) => self.read_header_block(block, index == 0),
                (Zone::Status, Some(section)) => section.read(self, block),
                _ => {}
            }
        }
        if let Some(label) = label {
            self.leave_unfilled(label);
        }
        if let Some(section) = section {
            section.close(self, None);
        }
    }

    /// True for a paragraph that is the key of the status and nothing else: `**Status**`, which stands for a heading.
    fn is_label(&self, block: &Block) -> bool {
        let words = &block.words.text;
        self.vocabulary.is_some()
            && matches!(block.shape, Shape::Paragraph)
            && field::announces_status(words)
            && !field::is_ambiguous(words)
    }

    /// Reads the paragraph or item below such a label; false when it is no value, so that the label stands alone.
    fn read_labelled(&mut self, label: &Block, block: &Block) -> bool {
        let words = &block.words;
        let text = matches!(block.shape, Shape::Paragraph)
            || matches!(block.shape, Shape::Item) && !block.unchecked;
        let keyed = field::split(&words.text)
            .first()
            .is_none_or(|part| part.key.is_some());
        if block.zone != Zone::Header || !text || keyed && !self.knows(&words.text) {
            self.leave_unfilled(label);
            return false;
        }
        self.regions.add(
            whole_lines(self.source, label.range.clone()),
            Region::Status,
        );
        self.copy(
            words,
            0..words.text.len(),
            whole_lines(self.source, block.range.clone()),
        );
        true
    }

    fn leave_unfilled(&mut self, label: &Block) {
        self.regions.add(
            whole_lines(self.source, label.range.clone()),
            Region::Status,
        );
        self.unfilled
            .get_or_insert_with(|| self.source.span(label.range.clone()));
    }

    /// A heading that is itself a field: `## Status: Accepted`, or lines that an underline made a heading.
    fn read_titled_field(&mut self, block: &Block) {
        let words = &block.words;
        let parts = field::split(&words.text);
        let announces = |part: &Part| part.key().is_some_and(field::is_status);
        if parts.first().is_some_and(|part| part.key.is_some()) && parts.iter().any(announces) {
            for part in parts {
                let lines = self.lines_of(words, &part, true);
                self.read_field(words, &part, lines, false);
            }
        }
    }

    fn read_header_block(&mut self, block: &Block, first: bool) {
        match &block.shape {
            Shape::Paragraph => {
                let parts = field::split(&block.words.text);
                let keyed = parts.len() >= 2 && parts.iter().all(|part| part.key.is_some());
                let rfc822 = first
                    && keyed
                    && parts
                        .iter()
                        .any(|part| part.key().is_some_and(field::is_status));
                self.read_header_words(&block.words, &parts, false, rfc822);
            }
            Shape::Item if block.unchecked => {}
            Shape::Item => {
                let parts = field::split(&block.words.text);
                self.read_header_words(&block.words, &parts, true, false);
            }
            Shape::Quote => self.read_banner(&block.words, 0..block.words.text.len()),
            Shape::Comment => self.read_comment(block.range.clone()),
            Shape::Html => {
                let (words, comments) = self.html(block.range.clone());
                for comment in comments {
                    self.read_comment(comment);
                }
                let raw = self
                    .source
                    .text()
                    .get(block.range.clone())
                    .unwrap_or_default();
                let rfc822 = raw
                    .get(..4)
                    .is_some_and(|tag| tag.eq_ignore_ascii_case("<pre"));
                let parts = field::split(&words.text);
                self.read_header_words(&words, &parts, false, rfc822);
            }
            Shape::Table(rows) => table::read(self, rows, &block.range, Zone::Header),
            Shape::Heading(_) => {}
        }
    }

    fn read_header_words(&mut self, words: &Inline, parts: &[Part], item: bool, rfc822: bool) {
        for part in parts {
            let lines = self.lines_of(words, part, item || rfc822);
            if self.read_field(words, part, lines.clone(), rfc822) {
                continue;
            }
            let said = &words.text[part.range.clone()];
            if relation::leading_verb(said).is_some()
                && relation::is_alone(words, part.range.clone(), false)
            {
                self.find_relations(words, part.range.clone());
                let lines = self.lines_of(words, part, true);
                self.regions.add(lines, Region::Relation);
            } else {
                self.read_badges(words, &part.range);
                self.read_banner(words, part.range.clone());
            }
        }
    }

    /// Reads a part that has a key; false when the key means nothing here.
    fn read_field(
        &mut self,
        words: &Inline,
        part: &Part,
        lines: Range<usize>,
        rfc822: bool,
    ) -> bool {
        let Some(key) = part.key() else { return false };
        let dated = key == "stand"
            && words.text[part.value()]
                .trim_start()
                .starts_with(|next: char| next.is_ascii_digit());
        if field::is_status(key) && !dated {
            let all = self.lines_of(words, part, true);
            let tail = self.copy_tail(words, part);
            let lines = if tail.is_some_and(|tail| relation::is_alone(words, tail, true)) {
                all
            } else {
                lines
            };
            self.copy(words, part.value(), lines);
        } else if let Some(verb) = relation::verb_of_key(key) {
            let all = self.lines_of(words, part, true);
            self.relate(verb, words, part.value(), all);
        } else if rfc822 && !field::is_content(key) || dated || field::is_metadata(key) {
            self.regions.add(lines, Region::Metadata);
        } else {
            return false;
        }
        true
    }

    /// What follows the status word of a field.
    fn copy_tail(&self, words: &Inline, part: &Part) -> Option<Range<usize>> {
        let value = part.value();
        match status::read(&words.text[value.clone()], self.vocabulary?) {
            StatusReading::Known(_, range) => Some(value.start + range.end..value.end),
            _ => None,
        }
    }

    fn read_badges(&mut self, words: &Inline, range: &Range<usize>) {
        let Some(vocabulary) = self.vocabulary else {
            return;
        };
        if let Some((word, place)) =
            badge::announced_in(words, range, self.source.text(), vocabulary)
        {
            let span = self.source.span(place);
            let written = self.source.slice(span).to_owned();
            let value = word.map_or(StatusValue::Unknown, status::known);
            self.copies.push(Status {
                value,
                written,
                span,
            });
            self.regions.add(span.range(), Region::Status);
        }
    }

    /// A sentence of the header that says that this document was superseded or amended.
    fn read_banner(&mut self, words: &Inline, range: Range<usize>) {
        for found in relation::find(words, range.clone()) {
            let before = &words.text[range.start..found.range.start];
            let sentence = before
                .rsplit(['.', '!', '\n'])
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let about_this = sentence.split_whitespace().count() == 0
                || sentence
                    .split(|next: char| !next.is_alphanumeric())
                    .any(|word| matches!(word, "this" | "note" | "warning"));
            if about_this && matches!(found.verb, Verb::SupersededBy | Verb::AmendedBy) {
                let span = self.source.span(words.source_with_links(found.range));
                self.relations.push(Relation {
                    verb: found.verb,
                    targets: found.targets,
                    span,
                });
            }
        }
    }

    /// Reads `<!-- status: accepted; superseded-in-part-by: ADR-0047 -->`. Prose in a comment says nothing.
    fn read_comment(&mut self, range: Range<usize>) {
        let text = self.source.text();
        let Some(inner) = text
            .get(range.clone())
            .and_then(|all| all.strip_prefix("<!--"))
        else {
            return;
        };
        let inner = inner.trim_end().strip_suffix("-->").unwrap_or(inner);
        if inner.len() > 2000 || key_count(inner).is_none() {
            return;
        }
        let mut at = range.start + 4;
        let mut found = Vec::new();
        for entry in inner.split_inclusive([';', '\n']) {
            let said = entry.trim_end_matches([';', '\n', '\r', ' ']);
            if let Some((key, behind)) = field::key_of(said) {
                found.push((key, Inline::raw(text, at + behind..at + said.len())));
            }
            at += entry.len();
        }
        let before = found.len();
        found.retain(|(key, words)| match relation::verb_of_key(key) {
            Some(_) => relation::is_alone(words, 0..words.text.len(), true),
            None => field::is_status(key) && self.is_word_alone(&words.text),
        });
        let whole = found.len() == before;
        let announces = found.iter().any(|(key, _)| field::is_status(key));
        for (key, words) in &found {
            let all = 0..words.text.len();
            let verb = relation::verb_of_key(key);
            // A comment that holds both is status as a whole.
            let own = !whole || announces && verb.is_some();
            let place = if own {
                words.source(all.clone())
            } else {
                range.clone()
            };
            if let Some(verb) = verb {
                self.relate(verb, words, all, place);
            } else {
                self.hidden.push(range.clone());
                self.copy(words, all, place);
            }
        }
    }
}

/// How many entries a comment has, if each has a key.
fn key_count(comment: &str) -> Option<usize> {
    let entries = comment
        .split([';', '\n'])
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    entries.map(|entry| field::key_of(entry).map(|_| 1)).sum()
}
