//! The words of one block without their markup, with the way back to where each stands. It must not know what the words
//! mean.

use std::ops::Range;

pub(crate) use crate::text::escape::is_invisible;

/// Words without markup. Line breaks inside a block are `\n`.
#[derive(Debug, Default)]
pub(crate) struct Inline {
    /// The words: link texts and image texts included, comments and tags left out.
    pub(crate) text: String,
    /// Links and images, in order.
    pub(crate) links: Vec<Link>,
    /// Struck-through stretches: in the text (where they were kept) and in the source.
    pub(crate) struck: Vec<(Range<usize>, Range<usize>)>,
    /// Stretches of the text in strong type.
    pub(crate) strong: Vec<Range<usize>>,
    /// Stretches of the text that are inline code.
    pub(crate) code: Vec<Range<usize>>,
    /// Offsets in the text of breaks that the author forced.
    pub(crate) hard: Vec<usize>,
    /// True when the source holds something that `text` does not show: a comment, a tag, struck-through words.
    pub(crate) hides: bool,
    pieces: Vec<Piece>,
}

/// A link or an image.
#[derive(Debug)]
pub(crate) struct Link {
    /// Where its words stand in the text.
    pub(crate) text: Range<usize>,
    /// Where it stands in the source.
    pub(crate) source: Range<usize>,
    /// Where it points, as the source means it.
    pub(crate) target: String,
    /// True when it carries a title that only a pointer shows.
    pub(crate) titled: bool,
    /// True for an image.
    pub(crate) image: bool,
    /// True when its words are also the name of its definition: `[DEPRECATED]`.
    pub(crate) shortcut: bool,
}

/// A stretch of the text and the stretch of the source it came from.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    /// True when both are the same, byte for byte.
    exact: bool,
}

impl Inline {
    /// Adds words that came from `range` of `source`.
    pub(crate) fn push(&mut self, words: &str, source: &str, range: Range<usize>) {
        let exact = source.as_bytes().get(range.clone()) == Some(words.as_bytes());
        let follows = self.pieces.last().is_some_and(|last| {
            last.exact
                && exact
                && last.source.end == range.start
                && last.at + last.source.len() == self.text.len()
        });
        if let (true, Some(last)) = (follows, self.pieces.last_mut()) {
            last.source.end = range.end;
        } else {
            self.pieces.push(Piece {
                at: self.text.len(),
                source: range,
                exact,
            });
        }
        self.text.push_str(words);
    }

    /// Adds inline code, whose range holds its backticks.
    pub(crate) fn push_code(&mut self, words: &str, source: &str, range: Range<usize>) {
        let start = self.text.len();
        let over_lines = source
            .get(range.clone())
            .is_some_and(|all| all.contains(['\n', '\r']));
        // A line end is one space; pulldown-cmark makes two of CR LF.
        let joined = over_lines.then(|| {
            words
                .split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        });
        let words = joined.as_deref().unwrap_or(words);
        let inside = source
            .get(range.clone())
            .and_then(|all| all.find(words))
            .map(|at| range.start + at);
        let range = inside.map_or(range, |at| at..at + words.len());
        self.push(words, source, range);
        self.code.push(start..self.text.len());
    }

    /// Adds a line break.
    pub(crate) fn push_break(&mut self, source: &str, range: Range<usize>, hard: bool) {
        if hard {
            self.hard.push(self.text.len());
        }
        self.push("\n", source, range);
    }

    /// The stretch of the source that a stretch of the text came from.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let piece = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.at <= at);
            index
                .checked_sub(1)
                .and_then(|index| self.pieces.get(index))
        };
        let start = piece(range.start).map_or(0, |piece| {
            if piece.exact {
                (piece.source.start + range.start - piece.at).min(piece.source.end)
            } else {
                piece.source.start
            }
        });
        let end = piece(range.end.saturating_sub(1).max(range.start)).map_or(0, |piece| {
            if piece.exact {
                (piece.source.start + range.end - piece.at).min(piece.source.end)
            } else {
                piece.source.end
            }
        });
        start..end.max(start)
    }

    /// The rest of a stretch of words behind struck-through words at its beginning.
    pub(crate) fn pass_struck(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start;
        for (struck, _) in &self.struck {
            let before = self
                .text
                .get(start..struck.start.min(range.end))
                .unwrap_or_default();
            if struck.start >= start && before.chars().any(char::is_alphanumeric) {
                break;
            }
            start = start.max(struck.end.min(range.end));
        }
        start..range.end
    }

    /// True when a part of a stretch of words is code.
    pub(crate) fn is_code(&self, range: &Range<usize>) -> bool {
        self.code
            .iter()
            .any(|code| code.start < range.end && range.start < code.end)
    }

    /// True when a place lies in struck-through words.
    pub(crate) fn is_struck(&self, at: usize) -> bool {
        let next = self
            .struck
            .partition_point(|(struck, _)| struck.start <= at);
        next.checked_sub(1)
            .and_then(|last| self.struck.get(last))
            .is_some_and(|(struck, _)| at < struck.end)
    }

    /// The stretch of the source that a stretch of the text came from, with the whole of every link in it.
    pub(crate) fn source_with_links(&self, range: Range<usize>) -> Range<usize> {
        let links = self.links_in(&range);
        let place = self.source(range);
        let start = links
            .first()
            .map_or(place.start, |link| link.source.start.min(place.start));
        start
            ..links
                .last()
                .map_or(place.end, |link| link.source.end.max(place.end))
    }

    /// The links whose words lie in a stretch of the text.
    pub(crate) fn links_in(&self, range: &Range<usize>) -> &[Link] {
        let from = self
            .links
            .partition_point(|link| link.text.start < range.start);
        let to = self
            .links
            .partition_point(|link| link.text.start < range.end);
        self.links.get(from..to.max(from)).unwrap_or_default()
    }

    /// Reads a stretch of the source that is no Markdown by itself (front matter, a comment, a `<pre>`): links, images and
    /// emphasis are understood, nothing else is.
    pub(crate) fn raw(source: &str, range: Range<usize>) -> Self {
        let mut inline = Self::default();
        inline.push_raw(source, range);
        inline
    }

    /// Adds such a stretch.
    pub(crate) fn push_raw(&mut self, source: &str, range: Range<usize>) {
        let inline = self;
        let words = source.get(range.clone()).unwrap_or_default();
        let (mut from, mut at) = (0, 0);
        while let Some(found) = words[at..].find(['[', '*', '`', '~']) {
            let begin = at + found;
            let rest = &words[begin..];
            let image = words[..begin].ends_with('!');
            let skip = match link_at(rest) {
                Some((text, target)) => {
                    let shown = if image { begin - 1 } else { begin };
                    inline.push(
                        &words[from..shown.max(from)],
                        source,
                        range.start + from..range.start + shown.max(from),
                    );
                    let start = inline.text.len();
                    let inner = begin + text.start..begin + text.end;
                    inline.push(
                        &words[inner.clone()],
                        source,
                        range.start + inner.start..range.start + inner.end,
                    );
                    inline.links.push(Link {
                        text: start..inline.text.len(),
                        source: range.start + shown..range.start + begin + target.end + 1,
                        target: rest[target.clone()].trim().to_owned(),
                        titled: rest[target.clone()].trim().contains(' '),
                        image,
                        shortcut: false,
                    });
                    target.end + 1
                }
                None if rest.starts_with('[') => {
                    at = begin + 1;
                    continue;
                }
                None if rest.starts_with('~') && !rest.starts_with("~~") => {
                    at = begin + 1;
                    continue;
                }
                None => {
                    inline.push(
                        &words[from..begin],
                        source,
                        range.start + from..range.start + begin,
                    );
                    match rest.strip_prefix("~~").and_then(|inner| inner.find("~~")) {
                        Some(length) => {
                            inline.hides = true;
                            length + 4
                        }
                        None => 1,
                    }
                }
            };
            at = begin + skip;
            from = at;
        }
        inline.push(
            &words[from..],
            source,
            range.start + from..range.start + words.len(),
        );
    }
}

/// A `[text](target)` at the beginning, as the ranges of its two parts. Bounded, so that a row of brackets stays linear.
fn link_at(words: &str) -> Option<(Range<usize>, Range<usize>)> {
    const LONGEST: usize = 400;
    let within = |from: usize| {
        let mut end = words.len().min(from + LONGEST);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        words.get(from..end).unwrap_or_default()
    };
    if !words.starts_with('[') {
        return None;
    }
    let close = 1 + within(1).find([']', '\n'])?;
    if !words[close..].starts_with("](") {
        return None;
    }
    let end = close + 2 + within(close + 2).find([')', '\n'])?;
    words[end..]
        .starts_with(')')
        .then_some((1..close, close + 2..end))
}
