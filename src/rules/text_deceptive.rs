//! New text is shown differently than it is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};
use crate::text::confusables::name;
use crate::text::escape::is_invisible;
use crate::text::{Source, Span};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "text-deceptive",
    summary: "a document gains characters that are invisible or change the order of its text",
    page: include_str!("../../docs/rules/text-deceptive.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    for change in context.changes {
        let Some((after, text)) = change
            .after()
            .and_then(|after| Some((after, after.text()?)))
        else {
            continue;
        };
        let before = change
            .before()
            .and_then(|before| before.text())
            .map(|text| &text.source);
        let draft = |message: String, label| {
            FindingDraft::for_document(after, message, label).versions(None, Some(after))
        };
        report_first(
            &after.subject(),
            &after.path,
            &text.source,
            before,
            draft,
            findings,
        );
    }
    if let Some(change) = context.policy_change
        && let Some(source) = &change.after
    {
        let (before, path) = (change.before.as_ref(), &change.path);
        let bytes = source.text().as_bytes();
        let draft = |message: String, label| {
            FindingDraft::new(path.to_string(), message, label).content(None, Some(bytes))
        };
        report_first(&path.to_string(), path, source, before, draft, findings);
    }
    Ok(())
}

/// Reports the first such letter on a line that was not there before.
fn report_first(
    subject: &str,
    path: &RepoPath,
    source: &Arc<Source>,
    before: Option<&Arc<Source>>,
    draft: impl Fn(String, Label) -> FindingDraft,
    findings: &mut Findings<'_>,
) {
    let found = deceptions(source);
    if found.is_empty() {
        return;
    }
    let line = |source: &Source, span: Span| source.slice(source.line_at(span.start())).to_owned();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for one in before.map(|before| deceptions(before)).unwrap_or_default() {
        if let Some(before) = before {
            *known.entry(line(before, one.span)).or_default() += 1;
        }
    }
    let mut is_known = |one: &Deception| match known.get_mut(&line(source, one.span)) {
        Some(count @ 1..) => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let Some(first) = found.into_iter().find(|one| !is_known(one)) else {
        return;
    };
    let message = format!("{subject} contains {}{}", name(first.letter), first.what);
    let place = Some((Arc::clone(source), first.span));
    let label = Label {
        side: WhichSide::After,
        path: path.clone(),
        place,
        text: "shown differently than stored".to_owned(),
    };
    findings.add(draft(message, label).advice("remove it, or replace it with ASCII letters"));
}

/// One letter that deceives, and how.
struct Deception {
    span: Span,
    letter: char,
    what: &'static str,
}

/// At most this many are collected of one text.
const MOST: usize = 1_000;

/// The letters of a text that make it read otherwise than it is stored, in order.
fn deceptions(source: &Source) -> Vec<Deception> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        if (!line.is_ascii() || line.contains('\r')) && found.len() < MOST {
            let span = |offset: usize, letter: char| {
                source.span(at + offset..at + offset + letter.len_utf8())
            };
            let told = deceptive_letters(line).into_iter();
            found.extend(told.map(|(offset, letter, what)| Deception {
                span: span(offset, letter),
                letter,
                what,
            }));
        }
        at += line.len();
    }
    found
}

fn deceptive_letters(line: &str) -> Vec<(usize, char, &'static str)> {
    let mut found = Vec::new();
    let right_to_left = line.chars().any(is_right_to_left);
    let flags = flag_tags(line);
    // The last letter that is seen, and the last one at all.
    let (mut seen, mut last) = (None, None);
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, letter) in line.char_indices() {
        let what = match letter {
            // Markdown ends a line here, and much else does not.
            '\r' if !line[at..].trim_start_matches('\r').starts_with('\n') => {
                Some(", which only some programs treat as a line break")
            }
            '\u{202d}' | '\u{202e}' => Some(", which reverses letters"),
            '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}' => {
                open.push((at, letter));
                (!right_to_left).then_some(", which reorders words")
            }
            '\u{202c}' | '\u{2069}' => {
                open.pop();
                None
            }
            '\u{e0000}'..='\u{e007f}' if !flags.contains(&at) => Some(", an invisible character"),
            _ if is_selector(letter) && last.is_some_and(is_selector) => {
                Some(", a repeated variation selector")
            }
            // In Hebrew and Arabic text a mark of direction is normal.
            '\u{200e}' | '\u{200f}' | '\u{61c}' if right_to_left => None,
            _ if is_inside(letter) => {
                let next = line[at..].chars().find(|next| !is_invisible(*next));
                let word = |letter: Option<char>| {
                    letter.is_some_and(|letter: char| letter.is_ascii_alphanumeric())
                };
                (word(seen) && word(next)).then_some(" inside a word")
            }
            _ => None,
        };
        found.extend(what.map(|what| (at, letter, what)));
        last = Some(letter);
        if !is_invisible(letter) {
            seen = Some(letter);
        }
    }
    if right_to_left {
        found.extend(open.into_iter().map(|(at, letter)| {
            (
                at,
                letter,
                ", which reorders words up to the end of the line",
            )
        }));
    }
    found.sort_unstable_by_key(|(at, ..)| *at);
    found
}

/// The positions of the tags of flags: after a black flag, closed by a cancel tag.
fn flag_tags(line: &str) -> Vec<usize> {
    let mut tags = Vec::new();
    for (flag, sign) in line.match_indices('\u{1f3f4}') {
        let behind = flag + sign.len();
        let is_tag = |(_, letter): &(usize, char)| matches!(letter, '\u{e0020}'..='\u{e007e}');
        let letters: Vec<usize> = line[behind..]
            .char_indices()
            .take_while(is_tag)
            .map(|(at, _)| behind + at)
            .collect();
        let end = letters
            .last()
            .map_or(behind, |last| last + '\u{e0020}'.len_utf8());
        if (1..=6).contains(&letters.len()) && line[end..].starts_with('\u{e007f}') {
            tags.extend(letters);
            tags.push(end);
        }
    }
    tags
}

fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Invisible characters that have no use between two ASCII letters. A soft hyphen does.
fn is_inside(letter: char) -> bool {
    is_invisible(letter) && letter != '\u{ad}' && !is_selector(letter)
}

/// True for the letters of Hebrew, Arabic and the other scripts that run from right to left.
fn is_right_to_left(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

#[cfg(test)]
mod tests;
