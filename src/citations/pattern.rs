//! Citations in files that are not parsed: in comments, attributes and tags, and wherever an expression of the policy
//! finds one. It must not know which files are tests.

use std::ops::Range;

use bstr::ByteSlice;

use super::{Ids, is_meant};
use crate::policy::kind::Pattern;
use crate::text::escape::is_invisible;

#[cfg(test)]
mod tests;

/// What introduces a comment that may hold a citation.
const COMMENTS: [&str; 7] = ["//", "#", "--", ";", "%", "/*", "<!--"];

/// The text between IDs. The expression of a policy may reach over the end of a line.
const SEPARATORS: [char; 5] = [' ', '\t', ',', '\r', '\n'];

/// Bytes of a line that are looked at, in front of a citation and behind it.
const LINE: usize = 1_000;

/// Which of the built-in forms are read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Forms {
    pub(super) comment: bool,
    pub(super) attribute: bool,
    pub(super) tag: bool,
}

/// Reads the built-in forms: the stretches of text that name a section, or mean to.
pub(super) fn built_in(text: &str, forms: Forms, ids: &Ids<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for at in bytes.find_iter("spec") {
        // Most of them are words: told from their neighbours, before a line is looked at.
        let (next, sign) = (bytes.get(at + 4).copied(), bytes[..at].last().copied());
        if forms.comment && next == Some(b':') {
            let (before, behind) = around(text, at, at + 5);
            let end = behind
                .find("*/")
                .or_else(|| behind.find("-->"))
                .unwrap_or(behind.len());
            if in_comment(before) {
                listed(&behind[..end], at + 5, true, ids, &mut found);
            }
        } else if forms.tag && sign == Some(b'@') && matches!(next, Some(b' ' | b'\t')) {
            let (before, behind) = around(text, at, at + 4);
            if is_tag(before) {
                listed(behind, at + 4, false, ids, &mut found);
            }
        } else if forms.attribute
            && next.is_some_and(|next| next == b'(' || next.is_ascii_whitespace())
        {
            let before = text[..at].trim_end_matches(|letter: char| {
                letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':')
            });
            if before.trim_ascii_end().ends_with("#[") && in_attribute(around(text, at, at + 4).0) {
                quoted(text, at + 4, &mut found);
            }
        }
    }
    found
}

/// Reads an expression of the policy. Its group `id` may hold several IDs; one that holds none is given too.
pub(super) fn of_policy(text: &str, pattern: &Pattern, ids: &Ids<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for id in pattern
        .captures_iter(text)
        .filter_map(|captures| captures.name("id"))
    {
        let known = found.len();
        if !ids.is_id(id.as_str()) {
            listed(id.as_str(), id.start(), false, ids, &mut found);
        }
        if found.len() == known {
            found.push(id.range());
        }
    }
    found
}

/// The text before and after a place on its line, at most [`LINE`] bytes away.
fn around(text: &str, start: usize, end: usize) -> (&str, &str) {
    let bytes = text.as_bytes();
    let from = floor(text, start.saturating_sub(LINE));
    let line = bytes[from..start]
        .rfind_byte(b'\n')
        .map_or(from, |newline| from + newline + 1);
    let until = floor(text, end + LINE);
    let behind = bytes[end..until]
        .find_byteset("\r\n")
        .map_or(until, |newline| end + newline);
    (&text[line..start], &text[end..behind])
}

/// The end of a text, or the last place between characters in front of another.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// True when this much of a line opens a comment at its end, outside a string: also `///`, `//!`, `;;`, `/**`.
fn in_comment(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    let code = before.trim_end_matches(['/', '!', '#', '-', ';', '%', '*', '<']);
    let opens = COMMENTS
        .iter()
        .any(|marker| before[code.len()..].starts_with(marker));
    let code = code.trim_start_matches('\u{feff}');
    opens && (code.is_empty() || code.ends_with([' ', '\t'])) && !in_string(code)
}

/// True when a string seems to be open at the end of this much of a line. A quote behind a backslash is part of a string,
/// and one between two others is a character.
fn in_string(code: &str) -> bool {
    let all = |what: &str| code.matches(what).count();
    (all("\"") - all("\\\"") - all("'\"'")) % 2 == 1 || all("`") % 2 == 1
}

/// True when this much of a line opens an attribute at its end, perhaps with a path: `#[graven::`.
fn in_attribute(before: &str) -> bool {
    let path = before
        .trim_end_matches(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':'));
    if before.len() > path.len() && !before.ends_with("::") {
        return false;
    }
    let Some(code) = path.trim_end().strip_suffix("#[") else {
        return false;
    };
    !code.contains("//") && !in_string(code)
}

/// True when this much of a line ends in the `@` of a tag, and not in an address or in code that is quoted.
fn is_tag(before: &str) -> bool {
    let code = before.strip_suffix('@');
    code.is_some_and(|code| {
        !code.ends_with(|last: char| {
            last.is_alphanumeric() || matches!(last, '_' | '.' | '@' | '-' | '`')
        })
    })
}

/// Reads IDs with commas or blanks between them, until something else stands there. `strict`: what stands where an ID
/// should and looks much like one is given too.
fn listed(list: &str, start: usize, strict: bool, ids: &Ids<'_>, found: &mut Vec<Range<usize>>) {
    let mut expected = true;
    let mut at = 0;
    while at < list.len() {
        let rest = &list[at..];
        let separators = rest.len() - rest.trim_start_matches(SEPARATORS).len();
        expected |= rest[..separators].contains(',');
        at += separators;
        let rest = &list[at..];
        let length = rest.find(SEPARATORS).unwrap_or(rest.len());
        let word = rest[..length].trim_end_matches(['.', ';', ':', ')', '\'', '"', '`', ']', '}']);
        if !word.is_empty() && word.chars().all(is_invisible) {
            at += length;
            continue;
        }
        if ids.is_id(word) || strict && expected && is_meant(word) {
            found.push(start + at..start + at + word.len());
        } else {
            return;
        }
        expected = false;
        at += length;
    }
}

/// Reads the strings between the parentheses of an attribute.
fn quoted(text: &str, at: usize, found: &mut Vec<Range<usize>>) {
    let until = floor(text, at + LINE);
    let Some(rest) = text[at..until].trim_start().strip_prefix('(') else {
        return;
    };
    let start = until - rest.len();
    let Some(end) = rest.find(')') else { return };
    let mut parts = rest[..end].split('"');
    let mut offset = start + parts.next().map_or(0, str::len) + 1;
    while let (Some(inside), Some(between)) = (parts.next(), parts.next()) {
        found.push(offset..offset + inside.len());
        offset += inside.len() + between.len() + 2;
    }
}
