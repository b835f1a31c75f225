//! A text and places in it. Only a [`Source`] makes a [`Span`], so a span never lies outside its text or inside a
//! character.

use std::ops::Range;

/// A text whose lines can be found.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    text: String,
    /// The offset at which each line begins.
    lines: Vec<usize>,
}

/// A stretch of one source, in bytes; both ends stand between characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl Span {
    /// The offset of its first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start
    }

    /// The offset behind its last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// The same as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// True when `offset` lies inside.
    #[must_use]
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

impl Source {
    /// Takes a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, lines }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A place in it. A range that reaches past the end is cut, and each end that falls inside a character moves back to
    /// its beginning, so that there is always an answer.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let floor = |offset: usize| {
            let mut offset = offset.min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let (start, end) = (floor(range.start), floor(range.end));
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The text at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line an offset stands in, counted from 1, and its column in characters, counted from 1.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines[line.saturating_sub(1)];
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        (line, column + 1)
    }

    /// The span of the line that holds `offset`, without its line end.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> Span {
        let line = self
            .lines
            .partition_point(|&start| start <= offset)
            .saturating_sub(1);
        let start = self.lines[line];
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let length = self.text[start..end].trim_end_matches(['\n', '\r']).len();
        Span {
            start,
            end: start + length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_in_lines_and_characters() {
        let source = Source::new("one\nzwö lf\n".to_owned());
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(source.text().find('l').unwrap()), (2, 5));
        assert_eq!(source.slice(source.line_at(5)), "zwö lf");
    }

    #[test]
    fn a_span_never_lies_outside_its_text_or_inside_a_character() {
        let source = Source::new("aö".to_owned());
        assert_eq!(source.slice(source.span(0..2)), "a");
        assert_eq!(source.slice(source.span(1..99)), "ö");
    }
}
