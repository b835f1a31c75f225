//! Front matter: the block between `---` lines at the very beginning of a text, read as keys and values line by line. It
//! must not know what the keys mean.

use std::ops::Range;

use super::field;

/// Front matter and its entries.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// From the first byte of the text to behind the closing line.
    pub(super) range: Range<usize>,
    /// Its entries, in order.
    pub(super) entries: Vec<Entry>,
}

/// One key and what belongs to it.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key, case-folded.
    pub(super) key: String,
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// Its value without quotes and comment; for a list its items, with what stands between them.
    pub(super) value: Range<usize>,
    /// True when its first line holds words beside key and value: a comment.
    pub(super) hides: bool,
}

/// The byte order mark that may stand before anything else.
const MARK: &str = "\u{feff}";

/// Where the text begins, behind a byte order mark.
pub(super) fn begin(text: &str) -> usize {
    if text.starts_with(MARK) {
        MARK.len()
    } else {
        0
    }
}

/// Reads the front matter; `None` when there is none, or when it is never closed.
pub(super) fn read(text: &str) -> Option<FrontMatter> {
    let begin = begin(text);
    let mut lines = text[begin..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = begin + first.len();
    // Trailing blank and comment lines belong to no entry.
    let mut open = false;
    for line in lines {
        let end = at + line.len();
        let bare = line.trim_end();
        if bare == "---" {
            return Some(FrontMatter {
                range: 0..end,
                entries,
            });
        }
        let nested = bare.starts_with([' ', '\t']) || bare.starts_with("- ");
        if bare.is_empty() || bare.starts_with('#') {
            open = false;
        } else if nested && open {
            if let Some(entry) = entries.last_mut() {
                entry.lines.end = end;
                entry.value.end = at + bare.len();
            }
        } else if let Some((key, behind)) = key_of(bare) {
            let value = value_of(bare, behind);
            let hides = bare[value.end..].contains(char::is_alphanumeric);
            entries.push(Entry {
                key,
                lines: at..end,
                value: at + value.start..at + value.end,
                hides,
            });
            open = true;
        } else {
            open = false;
        }
        at = end;
    }
    None
}

fn key_of(line: &str) -> Option<(String, usize)> {
    let colon = line.find(':').filter(|&colon| colon <= 80)?;
    let key = field::fold(line.get(..colon)?);
    (!key.is_empty()).then_some((key, colon + 1))
}

/// The value on a line: blanks, a comment and quotes around it left out.
fn value_of(line: &str, behind: usize) -> Range<usize> {
    let rest = &line[behind..];
    let start = behind + rest.len() - rest.trim_start().len();
    let value = &line[start..];
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote)
            && let Some(length) = inner.find(quote)
        {
            return start + 1..start + 1 + length;
        }
    }
    let comment = if value.starts_with('#') {
        Some(0)
    } else {
        value.find(" #").or_else(|| value.find("\t#"))
    };
    let value = &value[..comment.unwrap_or(value.len())];
    start..start + value.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        let read = read(text).map(|front| front.entries).unwrap_or_default();
        read.into_iter()
            .map(|entry| (entry.key, text[entry.value].to_owned()))
            .collect()
    }

    #[test]
    fn keys_and_values_are_read_line_by_line() {
        let text = "---\n\n# optional\nStatus: accepted # or not\n\"date\": '2026-01-01'\nreplaces:\n  - ADR-1\n  - ADR-2\n---\n";
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            entries(text),
            [
                pair("status", "accepted"),
                pair("date", "2026-01-01"),
                pair("replaces", "\n  - ADR-1\n  - ADR-2")
            ]
        );
    }

    #[test]
    fn front_matter_stands_at_the_first_byte_and_is_closed() {
        assert_eq!(
            entries("\u{feff}---\r\nstatus: a\r\n---\r\n"),
            [("status".to_owned(), "a".to_owned())]
        );
        assert!(read("\n---\nstatus: a\n---\n").is_none());
        assert!(read("---\nstatus: a\n").is_none());
        assert!(read("----\nstatus: a\n---\n").is_none());
    }
}
