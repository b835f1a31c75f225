//! One reading of a text as a list of pieces that remember where they stood, so that two readings can be compared and
//! the first difference shown. Does not depend on Markdown.

use imara_diff::{Algorithm, Diff, InternedInput};

use super::EditPlace;
use crate::text::{Source, Span};

/// Pieces of a text, in order. Two tracks are equal when their pieces are, wherever they stand.
#[derive(Debug, Default)]
pub(super) struct TokenStream {
    /// What all pieces say, one behind the other.
    said: String,
    pieces: Vec<Piece>,
    /// True when the next word begins a piece of its own instead of lengthening the last one.
    apart: bool,
}

#[derive(Debug)]
struct Piece {
    /// Where it begins in what all pieces say; it reaches to where `until` says.
    from: usize,
    until: usize,
    /// Its place in the source.
    start: usize,
    end: usize,
}

/// The number of differing pieces that are compared to find where the first edit ends; beyond it, the first differing
/// line is shown.
const COMPARED: usize = 400;

impl PartialEq for TokenStream {
    fn eq(&self, other: &Self) -> bool {
        self.said == other.said
            && self.pieces.len() == other.pieces.len()
            && self
                .pieces
                .iter()
                .zip(&other.pieces)
                .all(|(one, other)| one.until == other.until)
    }
}

impl TokenStream {
    /// Adds the words of a stretch of source that begins at `start`. A word that touches the stretch before it, with
    /// nothing but markup between, is one word with it.
    pub(super) fn push_words(&mut self, text: &str, start: usize) {
        let mut offset = 0;
        for word in text.split(|character: char| character.is_ascii_whitespace()) {
            if offset > 0 {
                // A blank stood in front of it.
                self.apart = true;
            }
            if !word.is_empty() {
                self.push_touching(word, start + offset);
            }
            offset += word.len() + 1;
        }
    }

    /// Adds text whose source differs from what it says, such as a character reference, as part of a word.
    pub(super) fn push_said(&mut self, said: &str, start: usize, end: usize) {
        let first = self.pieces.len();
        self.push_words(said, start);
        let from = first.saturating_sub(1);
        self.pieces
            .iter_mut()
            .skip(from)
            .for_each(|piece| piece.end = piece.end.min(end).max(piece.start));
    }

    /// Adds one piece as it is.
    pub(super) fn push(&mut self, content: &str, start: usize, end: usize) {
        self.begin(start, end);
        self.lengthen(content);
        self.apart = true;
    }

    /// Adds a piece that no text can say.
    pub(super) fn push_sign(&mut self, name: &str, at: usize) {
        self.begin(at, at);
        self.lengthen("\0");
        self.lengthen(name);
        self.apart = true;
    }

    /// Ends a word.
    pub(super) fn end_block(&mut self) {
        self.apart = true;
    }

    fn push_touching(&mut self, word: &str, start: usize) {
        let end = start + word.len();
        match self.pieces.last_mut().filter(|_| !self.apart) {
            Some(piece) => piece.end = end,
            None => self.begin(start, end),
        }
        self.lengthen(word);
        self.apart = false;
    }

    fn begin(&mut self, start: usize, end: usize) {
        self.pieces.push(Piece {
            from: self.said.len(),
            until: self.said.len(),
            start,
            end,
        });
    }

    /// Adds to the last piece, which ends where everything said so far ends.
    fn lengthen(&mut self, more: &str) {
        self.said.push_str(more);
        if let Some(piece) = self.pieces.last_mut() {
            piece.until = self.said.len();
        }
    }

    fn content(&self, piece: &Piece) -> &str {
        &self.said[piece.from..piece.until]
    }

    /// The letters and digits alone, folded.
    pub(super) fn letters(&self) -> String {
        self.said
            .chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    }

    /// The first stretch in which two tracks differ.
    pub(super) fn difference(&self, other: &Self, before: &Source, after: &Source) -> EditPlace {
        let same = |(one, two): &(&Piece, &Piece)| self.content(one) == other.content(two);
        let head = self
            .pieces
            .iter()
            .zip(&other.pieces)
            .take_while(same)
            .count();
        let (left, right) = (&self.pieces[head..], &other.pieces[head..]);
        let tail = left
            .iter()
            .rev()
            .zip(right.iter().rev())
            .take_while(same)
            .count();
        let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
        let (gone, come) = if left.len() > COMPARED || right.len() > COMPARED {
            (left.len().min(1), right.len().min(1))
        } else {
            let left: Vec<&str> = left.iter().map(|piece| self.content(piece)).collect();
            let right: Vec<&str> = right.iter().map(|piece| other.content(piece)).collect();
            first_edit(&left, &right)
        };
        EditPlace {
            before: reach(&left[..gone], before),
            after: reach(&right[..come], after),
        }
    }
}

/// How many pieces of either side the first edit takes, when both sides begin with a difference.
fn first_edit(left: &[&str], right: &[&str]) -> (usize, usize) {
    let mut input = InternedInput::default();
    input.update_before(left.iter().copied());
    input.update_after(right.iter().copied());
    let first = Diff::compute(Algorithm::Myers, &input).hunks().next();
    first.map_or((0, 0), |hunk| (hunk.before.len(), hunk.after.len()))
}

/// The stretch from the first piece to the last, cut at the end of its first line.
fn reach(pieces: &[Piece], source: &Source) -> Option<Span> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let line = source.line_at(source.span(first.start..first.start).start());
    let end = last.end.max(first.end).min(line.end()).max(first.start);
    Some(source.span(first.start..end))
}

/// A text with runs of blanks as one blank, and none at its ends.
pub(super) fn fold(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
