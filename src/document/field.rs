//! Fields: `Key: value` on a line, in a bullet, in a table, in front matter. It knows which keys announce a status and
//! which are header fields; it must not know what a value means.

use std::ops::Range;

use super::inline::is_invisible;
use crate::text::confusables::skeleton_of;

/// Keys that announce a status, case-folded.
const STATUS: [&str; 9] = [
    "status",
    "state",
    "statut",
    "estado",
    "stato",
    "stand",
    "状态",
    "狀態",
    "ステータス",
];

/// Words of which a key must hold one to be a header field. A list, so that `Decision: …` never passes for one.
const METADATA: [&str; 58] = [
    "date",
    "dated",
    "datum",
    "fecha",
    "author",
    "authors",
    "autor",
    "auteur",
    "decider",
    "deciders",
    "decision-maker",
    "decision-makers",
    "owner",
    "owners",
    "consulted",
    "informed",
    "contributor",
    "contributors",
    "created",
    "updated",
    "modified",
    "revised",
    "accepted",
    "proposed",
    "approved",
    "since",
    "tag",
    "tags",
    "category",
    "type",
    "id",
    "number",
    "pr",
    "issue",
    "issues",
    "ticket",
    "story",
    "discussion",
    "discussions-to",
    "discussions",
    "requires",
    "version",
    "reviewer",
    "reviewers",
    "approver",
    "approvers",
    "contact",
    "editor",
    "editors",
    "champion",
    "sponsor",
    "layer",
    "tracking",
    "name",
    "feature",
    "participants",
    "日期",
    "作者",
];

/// Keys that carry what was decided, wherever they stand.
const CONTENT: [&str; 12] = [
    "decision",
    "context",
    "consequences",
    "rationale",
    "summary",
    "problem",
    "alternatives",
    "note",
    "notes",
    "motivation",
    "outcome",
    "abstract",
];

/// A stretch of words, with the key it begins with if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The whole part.
    pub(super) range: Range<usize>,
    /// The key, case-folded, and where the value begins.
    pub(super) key: Option<(String, usize)>,
    /// True when it shares its line with another part.
    pub(super) shares_line: bool,
}

impl Part {
    /// The key, case-folded.
    pub(super) fn key(&self) -> Option<&str> {
        self.key.as_ref().map(|(key, _)| key.as_str())
    }

    /// The value; the whole part when there is no key.
    pub(super) fn value(&self) -> Range<usize> {
        self.key.as_ref().map_or(self.range.start, |(_, at)| *at)..self.range.end
    }
}

/// Folds a key: invisible characters and marks around it dropped, lower case, `_` and `-` as they are. What looks like a key
/// that announces a status is that key: a reader takes it for one.
pub(super) fn fold(key: &str) -> String {
    let shown: String = key
        .chars()
        .filter(|&character| !is_invisible(character))
        .collect();
    let bare = shown.trim_matches(|character: char| !character.is_alphanumeric());
    let folded = bare
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    if folded.is_ascii() || folded.len() > 40 || STATUS.contains(&folded.as_str()) {
        return folded;
    }
    let seen = skeleton_of(&folded);
    STATUS
        .iter()
        .find(|key| skeleton_of(key) == seen)
        .map_or(folded, |key| (*key).to_owned())
}

/// True for a key that announces a status.
pub(super) fn is_status(key: &str) -> bool {
    STATUS.contains(&key)
}

/// True for a key of a header field.
pub(super) fn is_metadata(key: &str) -> bool {
    key.split(' ').any(|word| METADATA.contains(&word))
}

/// True for a key whose value is part of the body.
pub(super) fn is_content(key: &str) -> bool {
    CONTENT.contains(&key)
}

/// True for a heading that announces a status in some documents and something else in others.
pub(super) fn is_ambiguous(heading: &str) -> bool {
    !matches!(
        bare_heading(heading).as_str(),
        "status" | "statut" | "状态" | "狀態" | "ステータス"
    )
}

/// True for a heading that announces the status: a key alone, with a number before it or a colon after it.
pub(super) fn announces_status(heading: &str) -> bool {
    if heading.len() > 80 {
        return false;
    }
    is_status(&bare_heading(heading))
}

/// A heading without its number and colon, folded.
fn bare_heading(heading: &str) -> String {
    let number =
        |character: char| character.is_ascii_digit() || matches!(character, '.' | ')' | ' ');
    fold(heading.trim().trim_start_matches(number))
}

/// The key at the beginning of a line, folded, and the offset behind its colon.
pub(super) fn key_of(line: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 60;
    let begin = line.find(|character: char| character.is_alphanumeric())?;
    let (colon, mark) = line
        .char_indices()
        .take_while(|(at, _)| *at < begin + LONGEST)
        .find(|(_, character)| matches!(character, ':' | '：'))?;
    let (key, behind) = (line.get(begin..colon)?, colon + mark.len_utf8());
    let rest = &line[behind..];
    let folded = fold(key);
    let spaced = mark == '：'
        || rest.is_empty()
        || rest.starts_with(|next: char| next.is_whitespace() || next == '*');
    let plain = |character: char| {
        character.is_alphanumeric()
            || character.is_whitespace()
            || is_invisible(character)
            || "_-/'".contains(character)
    };
    let shaped = key.chars().all(plain) && folded.split(' ').count() <= 4 && !folded.is_empty();
    (shaped && begin <= 12 && (spaced || is_status(&folded)) && !rest.starts_with("//"))
        .then_some((folded, behind))
}

/// Splits words into fields: at line breaks before a key, and inside a line at `·`, `|` or `•` before a key. Lines and
/// segments without a key belong to the part before them.
pub(super) fn split(words: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        let first = parts.len();
        let mut from = at;
        for segment in line.split_inclusive(['·', '|', '•']) {
            let key = key_of(segment).map(|(key, behind)| (key, from + behind));
            let end = from + segment.trim_end_matches(['·', '|', '•', '\n']).len();
            // A later segment is a field of its own only beside another field.
            let own = if from == at {
                true
            } else {
                parts.len() > first && parts[first].key.is_some()
            };
            match parts.last_mut() {
                Some(last) if key.is_none() || !own => last.range.end = end,
                _ => parts.push(Part {
                    range: from..end,
                    key,
                    shares_line: false,
                }),
            }
            from += segment.len();
        }
        if parts.len() > first + 1 {
            parts[first..]
                .iter_mut()
                .for_each(|part| part.shares_line = true);
        }
        at += line.len();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(words: &str) -> Vec<(Option<String>, String)> {
        split(words)
            .into_iter()
            .map(|part| {
                (
                    part.key().map(str::to_owned),
                    words[part.value()].trim().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn fields_are_split_at_lines_and_at_separators() {
        let field = |key: &str, value: &str| (Some(key.to_owned()), value.to_owned());
        assert_eq!(
            keys("Date : 2026-07-26 · Statut : accepté"),
            [field("date", "2026-07-26"), field("statut", "accepté")]
        );
        assert_eq!(
            keys("Status: Accepted | Rejected | Superseded by"),
            [field("status", "Accepted | Rejected | Superseded by")]
        );
        assert_eq!(
            keys("Status: a\nb\nDate: c"),
            [field("status", "a\nb"), field("date", "c")]
        );
        assert_eq!(
            keys("see https://example.org"),
            [(None, "see https://example.org".to_owned())]
        );
    }

    #[test]
    fn a_heading_announces_a_status_by_a_key_alone() {
        for heading in [
            "Status",
            "2. Status",
            "Status:",
            "1.2 STATUS ",
            "Statut",
            "状态",
            "📌 Status",
        ] {
            assert!(announces_status(heading), "{heading}");
        }
        for heading in ["Implementation Status", "Status of things", "", "2."] {
            assert!(!announces_status(heading), "{heading}");
        }
    }
}
