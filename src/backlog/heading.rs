//! The words of one list item, heading or cell up to where its body begins, with the way back to the source. It must not
//! know what they mean.

use std::ops::Range;

/// Words without markup; line breaks are `\n`.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The words.
    pub(super) text: String,
    /// Stretches of them in strong type.
    pub(super) strong: Vec<Range<usize>>,
    /// Stretches of them in code.
    pub(super) code: Vec<Range<usize>>,
    /// Where each stretch begins and where it came from.
    pieces: Vec<(usize, Range<usize>)>,
    open: Vec<usize>,
}

impl Head {
    /// Adds words that came from a stretch of the source.
    pub(super) fn push(&mut self, words: &str, source: Range<usize>) {
        self.pieces.push((self.text.len(), source));
        self.text.push_str(words);
    }

    /// Adds code, whose stretch holds its backticks.
    pub(super) fn push_code(&mut self, words: &str, source: Range<usize>) {
        let start = self.text.len();
        self.push(words, source);
        self.code.push(start..self.text.len());
    }

    /// Strong type begins.
    pub(super) fn begin_strong(&mut self) {
        self.open.push(self.text.len());
    }

    /// Strong type ends.
    pub(super) fn end_strong(&mut self) {
        if let Some(start) = self.open.pop() {
            self.strong.push(start..self.text.len());
        }
    }

    /// The outermost strong stretch around a place.
    pub(super) fn strong_at(&self, at: usize) -> Option<&Range<usize>> {
        self.strong
            .iter()
            .filter(|strong| strong.contains(&at))
            .max_by_key(|strong| strong.len())
    }

    /// True when a place lies in code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|code| code.contains(&at))
    }

    /// The stretch of the source that a stretch of the words came from.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize, end: bool| {
            let next = self
                .pieces
                .partition_point(|(start, _)| if end { *start < at } else { *start <= at });
            let piece = next.checked_sub(1).and_then(|index| self.pieces.get(index));
            piece.map_or(0, |(start, source)| {
                (source.start + (at - start)).min(source.end)
            })
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}
