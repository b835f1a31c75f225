//! Whether the first words of a list item, a heading or a cell declare an item. It must not know where they stand.

use std::ops::Range;

use super::Mark;
use crate::document::inline::Inline;

/// What the first words declare; all places are in the words.
#[derive(Debug)]
pub(super) struct Declaration {
    /// The ID.
    pub(super) id: Range<usize>,
    /// How far the item is.
    pub(super) mark: Mark,
    /// The box that says so.
    pub(super) checkbox: Option<Range<usize>>,
    /// The title; empty where there is none.
    pub(super) title: Range<usize>,
}

/// What else shows that an ID at the beginning is a declaration, not a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeclarationSite {
    /// A heading says it by being one.
    Heading,
    /// In a list there has to be a box, or something that parts the ID from a title.
    List,
    /// A cell holds the ID alone.
    Cell,
}

impl Declaration {
    /// Reads the first words.
    pub(super) fn read(head: &Inline, prefixes: &[String], place: DeclarationSite) -> Option<Self> {
        let text = head.text.as_str();
        let mut at = blanks(text, 0);
        let (mut mark, mut checkbox) = (Mark::None, None);
        if let Some((found, length)) = mark_at(&text[at..]) {
            (mark, checkbox) = (
                found,
                text[at..].starts_with('[').then_some(at..at + length),
            );
            at = blanks(text, at + length);
        }
        let bracket = text[at..].starts_with('[');
        at += usize::from(bracket);
        let length = id_at(&text[at..], prefixes)?;
        let id = at..at + length;
        if head.is_code(&id) || bracket && !text[id.end..].starts_with(']') {
            return None;
        }
        let behind = id.end + usize::from(bracket);
        let line = text[behind..]
            .find('\n')
            .map_or(text.len(), |end| behind + end);
        let line = match anchor(&text[behind..line]) {
            Some(at) if place == DeclarationSite::Heading => behind + at,
            _ => line,
        };
        let rest = &text[behind..line];
        if place == DeclarationSite::Cell {
            let title = behind..behind;
            return rest.trim().is_empty().then_some(Self {
                id,
                mark,
                checkbox,
                title,
            });
        }
        let noted = behind + notes(rest);
        let separator = separator_at(text, noted..line, prefixes)?;
        let parted = separator.is_some() || bracket || text[noted..line].trim().is_empty();
        let starts = parted || text[noted..].starts_with(char::is_whitespace) || noted > behind;
        let declares = starts
            && (parted
                || checkbox.is_some()
                || mark != Mark::None
                || place == DeclarationSite::Heading);
        if !declares {
            return None;
        }
        let begin = separator.unwrap_or(noted);
        let title = title(head, &id, begin, line);
        Some(Self {
            id,
            mark,
            checkbox,
            title,
        })
    }
}

/// In strong type that goes on behind the ID the title ends where it ends, else with the line.
fn title(head: &Inline, id: &Range<usize>, begin: usize, line: usize) -> Range<usize> {
    let strong = head
        .strong
        .iter()
        .filter(|strong| strong.contains(&id.start));
    let end = strong
        .map(|strong| strong.end)
        .max()
        .filter(|&end| end > begin && !head.text[begin..end].trim().is_empty())
        .unwrap_or(line);
    let words = &head.text[begin..end.max(begin)];
    let start = begin + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// Where the anchor begins that a heading may end with: `{#bk-001}`.
fn anchor(line: &str) -> Option<usize> {
    line.trim_end().strip_suffix('}')?.rfind("{#")
}

/// The mark at the beginning, and how long it is.
pub(crate) fn mark_at(text: &str) -> Option<(Mark, usize)> {
    let boxed = text.strip_prefix('[').and_then(|inner| {
        let sign = inner.chars().next()?;
        let behind = inner[sign.len_utf8()..].strip_prefix(']')?;
        let mark = match sign {
            'x' | 'X' | '✓' | '✔' | '✅' => Mark::Done,
            ' ' | '\u{a0}' => Mark::Open,
            '~' | '/' => Mark::Active,
            '-' => Mark::Dropped,
            _ => return None,
        };
        let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
        ends.then_some((mark, 2 + sign.len_utf8()))
    });
    boxed.or_else(|| {
        let sign = text.chars().next()?;
        let mark = match sign {
            '✅' | '☑' | '✔' | '✓' => Mark::Done,
            '☐' | '⬜' => Mark::Open,
            '🚧' => Mark::Active,
            _ => return None,
        };
        let length = sign.len_utf8();
        Some((
            mark,
            length
                + if text[length..].starts_with('\u{fe0f}') {
                    '\u{fe0f}'.len_utf8()
                } else {
                    0
                },
        ))
    })
}

/// The length of an ID at the beginning. `BK-1a` and `BK-1.2` are not IDs.
pub(super) fn id_at(text: &str, prefixes: &[String]) -> Option<usize> {
    prefixes.iter().find_map(|prefix| {
        let digits = text.strip_prefix(prefix.as_str())?.strip_prefix('-')?;
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let mut behind = digits[count..].chars();
        let (next, second) = (behind.next(), behind.next());
        let goes_on = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let ends = match next {
            Some('_') => false,
            Some('-' | '.') => !goes_on(second),
            next => {
                !goes_on(next)
                    || next.is_some_and(|next| !next.is_ascii_alphanumeric() && next > '\u{2e7f}')
            }
        };
        (count > 0 && ends).then_some(prefix.len() + 1 + count)
    })
}

/// Notes in brackets behind an ID, `(was BK-003)` or `[P0]`, with the blanks around them; 0 where there are none.
fn notes(text: &str) -> usize {
    let mut at = 0;
    loop {
        let next = blanks(text, at);
        let close = match text[next..].chars().next() {
            Some('(') => ')',
            Some('[') => ']',
            _ => return at,
        };
        match text[next..].find(close) {
            Some(length) => at = next + length + 1,
            None => return at,
        }
    }
}

/// Where the title begins behind what parts it from the ID; `Some(None)` where nothing parts them, `None` where other IDs
/// follow, so that all of them are only mentioned.
#[allow(clippy::option_option)]
fn separator_at(text: &str, range: Range<usize>, prefixes: &[String]) -> Option<Option<usize>> {
    let spaced = blanks(&text[..range.end], range.start);
    let rest = &text[spaced..range.end];
    let Some(sign) = rest.chars().next() else {
        return Some(None);
    };
    let behind = spaced + sign.len_utf8();
    let (before, after) = (
        spaced > range.start,
        text[behind..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace),
    );
    match sign {
        ',' | '/' | '&' | '+' | '…' => None,
        '-' | '–' | '—' | '―' | '−' => {
            // `BK-001–BK-005` is a range.
            if !before
                && !after
                && (matches!(sign, '-' | '−') || id_at(&text[behind..], prefixes).is_some())
            {
                return None;
            }
            Some(Some(behind))
        }
        ':' | '：' | '.' | '·' | '|' => Some(Some(behind)),
        _ => Some(None),
    }
}

/// The next place that is not a blank, on the same line.
fn blanks(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + rest.len()
        - rest
            .trim_start_matches(|character: char| character.is_whitespace() && character != '\n')
            .len()
}
