//! Front matter, header and status sections into statuses, relations and regions. It must not know what may be edited.

use std::ops::Range;

use super::field::Part;
use super::inline::Inline;
use super::region::{Regions, whole_lines};
use super::status::{self, StatusReading};
use super::{Region, Relation, Status, StatusValue, Verb, badge, relation};
use crate::policy::kind::Vocabulary;
use crate::text::{Source, Span};

/// What has been read so far.
pub(super) struct Header<'a> {
    pub(super) source: &'a Source,
    pub(super) vocabulary: Option<&'a Vocabulary>,
    /// Every copy of the status.
    pub(super) copies: Vec<Status>,
    /// The first place where a status is announced and none is given.
    pub(super) unfilled: Option<Span>,
    /// Comments that say a status.
    pub(super) hidden: Vec<Range<usize>>,
    pub(super) relations: Vec<Relation>,
    pub(super) regions: Regions,
}

impl<'a> Header<'a> {
    pub(super) fn new(source: &'a Source, vocabulary: Option<&'a Vocabulary>) -> Self {
        Self {
            source,
            vocabulary,
            copies: Vec::new(),
            unfilled: None,
            hidden: Vec::new(),
            relations: Vec::new(),
            regions: Regions::default(),
        }
    }

    /// Reads a value as a copy of the status, and its lines as status.
    pub(super) fn copy(&mut self, words: &Inline, value: Range<usize>, lines: Range<usize>) {
        if self.vocabulary.is_none() {
            return;
        }
        self.find_relations(words, value.clone());
        self.regions.add(lines, Region::Status);
        let copy = self.status(words, value);
        self.copies.extend(copy);
    }

    /// Reads a copy of the status, or remembers the place where one is missing.
    pub(super) fn status(&mut self, words: &Inline, value: Range<usize>) -> Option<Status> {
        match self.status_with(words, value, self.vocabulary?) {
            Ok(copy) => Some(copy),
            Err(place) => {
                self.unfilled.get_or_insert(place);
                None
            }
        }
    }

    /// The status that a value begins with, or the place where one is missing.
    fn status_with(
        &self,
        words: &Inline,
        value: Range<usize>,
        vocabulary: &Vocabulary,
    ) -> Result<Status, Span> {
        let value = words.pass_struck(value);
        let shift = |range: Range<usize>| value.start + range.start..value.start + range.end;
        let said = words.text.get(value.clone()).unwrap_or_default();
        let found = status::read(said, vocabulary);
        if !matches!(found, StatusReading::Known(..))
            && let Some((word, range)) =
                badge::first_in(words, &value, self.source.text(), vocabulary)
        {
            let span = self.source.span(range);
            return Ok(Status {
                value: status::known(word),
                written: self.source.slice(span).to_owned(),
                span,
            });
        }
        let (value, range) = match found {
            StatusReading::Known(word, range) => (status::known(word), shift(range)),
            StatusReading::Unknown(range) => (StatusValue::Unknown, shift(range)),
            StatusReading::Unfilled | StatusReading::Empty => {
                return Err(self.source.span(words.source(value)));
            }
        };
        let written = words.text.get(range.clone()).unwrap_or_default().to_owned();
        Ok(Status {
            value,
            written,
            span: self.source.span(words.source(range)),
        })
    }

    /// True when the words are a status word and nothing else.
    pub(super) fn is_word_alone(&self, line: &str) -> bool {
        let Some(vocabulary) = self.vocabulary else {
            return false;
        };
        matches!(status::read(line, vocabulary), StatusReading::Known(_, range)
            if !line[range.end..].contains(char::is_alphanumeric))
    }

    /// True when the words begin with a status word.
    pub(super) fn knows(&self, words: &str) -> bool {
        self.vocabulary.is_some_and(|vocabulary| {
            matches!(status::read(words, vocabulary), StatusReading::Known(..))
        })
    }

    /// Finds every relation that a stretch of words says.
    pub(super) fn find_relations(&mut self, words: &Inline, range: Range<usize>) {
        for found in relation::find(words, range) {
            let span = self.source.span(words.source_with_links(found.range));
            self.relations.push(Relation {
                verb: found.verb,
                targets: found.targets,
                span,
            });
        }
    }

    /// Reads the value of a field whose key is a verb.
    pub(super) fn relate(
        &mut self,
        verb: Verb,
        words: &Inline,
        value: Range<usize>,
        lines: Range<usize>,
    ) {
        let said = words.text.get(value.clone()).unwrap_or_default();
        if !relation::is_none(said) {
            let (targets, end) = relation::targets_of_value(words, value.clone());
            if !targets.is_empty() {
                let start = value.start + said.len() - said.trim_start().len();
                let span = self
                    .source
                    .span(words.source_with_links(start..end.max(start)));
                self.relations.push(Relation {
                    verb,
                    targets,
                    span,
                });
            }
        }
        if relation::is_alone(words, value, true) {
            self.regions.add(lines, Region::Relation);
        }
    }

    /// The words of a block of HTML without its tags, and its comments.
    pub(super) fn html(&self, range: Range<usize>) -> (Inline, Vec<Range<usize>>) {
        let text = self.source.text();
        let (mut words, mut comments) = (Inline::default(), Vec::new());
        let raw = text.get(range.clone()).unwrap_or_default();
        let mut at = 0;
        while at < raw.len() {
            let rest = &raw[at..];
            let open = rest.find('<').unwrap_or(rest.len());
            words.push_raw(text, range.start + at..range.start + at + open);
            at += open;
            let rest = &raw[at..];
            if rest.is_empty() {
                break;
            }
            words.hides = true;
            let comment = rest.starts_with("<!--");
            let close = if comment {
                rest.find("-->").map(|end| end + 3)
            } else {
                rest.find('>').map(|end| end + 1)
            };
            let length = close.unwrap_or(rest.len());
            if comment {
                comments.push(range.start + at..range.start + at + length);
            }
            at += length;
        }
        (words, comments)
    }

    /// The lines of a part: all of them, or without `all` those up to the first line break. A part that shares its line
    /// stands for itself.
    pub(super) fn lines_of(&self, words: &Inline, part: &Part, all: bool) -> Range<usize> {
        let said = &words.text[part.range.clone()];
        let begin = part.range.start + said.len() - said.trim_start().len();
        let said = said.trim();
        let length = if all {
            said.len()
        } else {
            said.find('\n').unwrap_or(said.len())
        };
        let range = words.source(begin..begin + length);
        if part.shares_line {
            range
        } else {
            whole_lines(self.source, range)
        }
    }
}
