//! A few lines of foreign text, escaped, and the span that is meant. The library that draws them panics on
//! a bad span and escapes nothing, so it gets only excerpts cut here.

use std::ops::Range;

use crate::text::escape::{escape_char, is_piled};
use crate::text::{Source, Span};

/// At most this many lines of a place are shown.
const LINES: usize = 3;

/// Lines ready to be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// One to three lines, escaped, without a final line end.
    pub(super) text: String,
    /// The span of `text` that is meant, on character boundaries.
    pub(super) mark: Range<usize>,
    /// The number of its first line, counted from 1.
    pub(super) line: usize,
    /// The line on which the place ends, where that is too far below to be shown.
    pub(super) through: Option<usize>,
}

impl Excerpt {
    /// Cuts out a place, each of its lines to about `width` characters. The work is bounded by the lines' length.
    pub(super) fn of(source: &Source, span: Span, width: usize) -> Self {
        let lines = lines(source, span);
        let shown = &lines[..lines.len().min(LINES)];
        let (mut text, mut mark) = (String::new(), 0..0);
        for (index, line) in shown.iter().enumerate() {
            let content = source.slice(*line);
            let inside = |offset: usize| offset.clamp(line.start(), line.end()) - line.start();
            let cut = cut(content, inside(span.start())..inside(span.end()), width);
            if index > 0 {
                text.push('\n');
            }
            if index == 0 {
                mark = text.len() + cut.mark.start..0;
            }
            mark.end = text.len() + cut.mark.end;
            text.push_str(&cut.text);
        }
        let line = source.position(span.start()).0;
        let through = (lines.len() > LINES).then(|| source.position(last(source, span)).0);
        Self {
            text,
            mark,
            line,
            through,
        }
    }
}

/// The offset of the last character of a span that is not blank, or its start if there is none.
fn last(source: &Source, span: Span) -> usize {
    let inside = source.slice(span).trim_end();
    inside
        .char_indices()
        .next_back()
        .map_or(span.start(), |(at, _)| span.start() + at)
}

/// The lines that a span touches, without blank ones at its end; one more than is shown when there are more.
fn lines(source: &Source, span: Span) -> Vec<Span> {
    let last = last(source, span);
    let mut line = source.line_at(span.start());
    let mut lines = vec![line];
    while lines.len() <= LINES {
        let Some(next) = source.text()[line.end()..]
            .find('\n')
            .map(|at| line.end() + at + 1)
        else {
            break;
        };
        if next > last {
            break;
        }
        line = source.line_at(next);
        lines.push(line);
    }
    lines
}

/// One line as it is shown.
struct Cut {
    text: String,
    mark: Range<usize>,
}

/// Cuts a line to a window of `width` escaped characters around the beginning of its mark.
fn cut(line: &str, mark: Range<usize>, width: usize) -> Cut {
    let (left, right) = line.split_at(mark.start);
    let signs = |at: usize, sign: char| (sign, is_piled(&line.as_bytes()[..at], sign));
    let left = || left.char_indices().rev().map(|(at, sign)| signs(at, sign));
    let before = room(left(), width / 3);
    let after = right
        .char_indices()
        .map(|(at, sign)| signs(mark.start + at, sign));
    let after = room(after, width - before.shown.min(width));
    // Unused width on the right goes to the left.
    let before = room(left(), width - after.shown.min(width));
    let window = mark.start - before.bytes..mark.start + after.bytes;

    let mut text = String::from(if window.start > 0 { "…" } else { "" });
    let mut shown = 0..0;
    for (at, character) in line[window.clone()].char_indices() {
        let at = window.start + at;
        if at == mark.start {
            shown.start = text.len();
        }
        push(
            &mut text,
            character,
            is_piled(&line.as_bytes()[..at], character),
        );
        if at < mark.end {
            shown.end = text.len();
        }
    }
    if mark.start == window.end {
        shown.start = text.len();
    }
    shown.end = shown.end.max(shown.start);
    if window.end < line.len() {
        text.push('…');
    }
    Cut { text, mark: shown }
}

/// How much of a line fits.
struct Room {
    /// Its bytes in the line.
    bytes: usize,
    /// The characters it is shown as.
    shown: usize,
}

/// Takes characters until `width` is used up.
fn room(characters: impl Iterator<Item = (char, bool)>, width: usize) -> Room {
    let mut room = Room { bytes: 0, shown: 0 };
    let mut buffer = String::new();
    for (character, piled) in characters {
        buffer.clear();
        push(&mut buffer, character, piled);
        let shown = buffer.chars().count();
        if room.shown + shown > width {
            break;
        }
        room.shown += shown;
        room.bytes += character.len_utf8();
    }
    room
}

/// Adds one character of a foreign line. A tab becomes blanks, so that the mark stays aligned.
fn push(text: &mut String, character: char, piled: bool) {
    if piled {
        text.extend(character.escape_unicode());
    } else if character == '\t' {
        text.push_str("    ");
    } else {
        // Writing to a string never fails.
        let _ = escape_char(character, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn excerpt(text: &str, range: Range<usize>, width: usize) -> Excerpt {
        let source = Source::new(text.to_owned());
        Excerpt::of(&source, source.span(range), width)
    }

    #[test]
    fn a_word_is_shown_in_its_line() {
        let shown = excerpt("one\r\ntwo three\r\nfour", 9..14, 80);
        assert_eq!(
            (shown.text.as_str(), shown.line, shown.through),
            ("two three", 2, None)
        );
        assert_eq!(&shown.text[shown.mark], "three");
    }

    // spec: ESC-004
    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{} here {}", "a".repeat(1000), "b".repeat(1000));
        let shown = excerpt(&text, 1001..1005, 40);
        assert_eq!(shown.text, "…aaaaaaaaaaaa here bbbbbbbbbbbbbbbbbbbbbb…");
        assert_eq!(&shown.text[shown.mark], "here");
    }

    #[test]
    fn a_mark_at_the_end_of_a_long_line_leaves_its_room_to_the_left() {
        let shown = excerpt(&"a".repeat(100), 98..100, 40);
        assert_eq!(shown.text, format!("…{}", "a".repeat(40)));
        assert_eq!(shown.mark, shown.text.len() - 2..shown.text.len());
    }

    #[test]
    fn a_long_place_says_where_it_ends() {
        let shown = excerpt("1\n2\n3\n4\n5\n6\n", 2..10, 80);
        assert_eq!(
            (shown.text.as_str(), shown.line, shown.through),
            ("2\n3\n4", 2, Some(5))
        );
    }

    #[test]
    fn blank_lines_at_the_end_of_a_place_are_not_shown() {
        let shown = excerpt("1\n2\n\n\n3", 2..6, 80);
        assert_eq!(
            (shown.text.as_str(), shown.mark, shown.through),
            ("2", 0..1, None)
        );
    }

    #[test]
    fn the_end_of_a_text_can_be_marked() {
        let shown = excerpt("one\n", 4..4, 80);
        assert_eq!((shown.text.as_str(), shown.mark, shown.line), ("", 0..0, 2));
    }

    // spec: ESC-001
    #[test]
    fn hostile_characters_are_shown_and_stay_marked() {
        let shown = excerpt("a\u{202e}b\u{1b}[2J\tc", 1..5, 80);
        assert_eq!(shown.text, "a\\u{202e}b\\u{1b}[2J    c");
        assert_eq!(&shown.text[shown.mark], "\\u{202e}b");
    }

    proptest! {
        #[test]
        fn any_place_of_any_text_is_cut_to_what_can_be_drawn(
            text in "[a-zäß日本\u{200d}\u{202e}\u{301}\t\r\n \\|]{0,200}",
            start in 0..250_usize,
            length in 0..250_usize,
            width in 0..60_usize,
        ) {
            let shown = excerpt(&text, start..start + length, width);
            prop_assert!(shown.text.split('\n').count() <= LINES);
            prop_assert!(shown.text.split('\n').all(|line| line.chars().count() <= width + 2));
            prop_assert!(shown.text.get(shown.mark).is_some());
            prop_assert!(!shown.text.chars().any(|c| c != '\n' && crate::text::escape::is_deceptive(c)));
        }
    }
}
