//! A template filled in: title, number, date and status put where it has a place for them. It must not know where the
//! template comes from.

use std::sync::OnceLock;

use regex::Regex;

use super::letter_case::match_case;
use super::status_site::{StatusSite, front_matter, line_end};
use super::text_edit::{TextEdit, apply};
use crate::document::{Number, Region, StatusValue, Text};

/// What is filled in.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    /// The title.
    pub(super) title: &'a str,
    /// The title with the number in front, where the project writes titles so.
    pub(super) numbered: Option<String>,
    /// The number.
    pub(super) number: Option<&'a Number>,
    /// The status, as the policy spells it.
    pub(super) status: String,
    /// The date.
    pub(super) date: &'a str,
    /// True when what is filled in is a template, whose title may hold a place for the number.
    pub(super) template: bool,
}

/// Fills in what can be read of a template.
pub(super) fn fill(text: &Text, with: &Filling<'_>) -> Option<String> {
    let mut edits = Vec::new();
    let fields = title_fields(text, with);
    if text.title.is_some() || fields.is_empty() {
        edits.push(title(text, with));
    }
    edits.extend(fields);
    edits.extend(front_title(text, with));
    edits.extend(statuses(text, with));
    edits.extend(dates(text, with));
    apply(text.source.text(), &edits)
}

fn title(text: &Text, with: &Filling<'_>) -> TextEdit {
    let source = text.source.text();
    let front = front_matter(&text.source).map_or(0, |front| front.end);
    if let Some(title) = text
        .title
        .as_ref()
        .filter(|title| title.span.start() >= front)
    {
        return TextEdit::replace(title.span.range(), heading(&title.value, with));
    }
    let eol = line_end(source, 0);
    let gap = if front > 0 { eol } else { "" };
    let words = with.numbered.as_deref().unwrap_or(with.title);
    let at = front.max(source.len() - source.trim_start_matches('\u{feff}').len());
    let below = if source[at..].starts_with(['\n', '\r']) {
        ""
    } else {
        eol
    };
    TextEdit::insert(at, format!("{gap}# {words}{eol}{below}"))
}

/// A heading of the new document, in the form of that of the template.
fn heading(was: &str, with: &Filling<'_>) -> String {
    static PLACE: OnceLock<Regex> = OnceLock::new();
    let place = PLACE.get_or_init(|| {
        // Compiled by a test.
        Regex::new(
            r"^(?<lead>.{0,20}?)[\[{<(]?(?:NUMBER|N{2,}|n{2,}|X{2,}|x{2,}|0{2,}|0)[\]}>)]?(?<gap>\s*[.:)–—-]\s*|\s+)\S",
        )
        .unwrap_or_else(|_| unreachable!("a test compiles it"))
    });
    if let (true, Some(found), Some(number)) = (with.template, place.captures(was), with.number) {
        return format!(
            "{}{}{}{}",
            &found["lead"],
            unpadded(was, number),
            &found["gap"],
            with.title
        );
    }
    match &with.numbered {
        Some(numbered) if !with.template => numbered.clone(),
        _ => with.title.to_owned(),
    }
}

/// The number as wide as the place for it.
fn unpadded(was: &str, number: &Number) -> String {
    let padded = ["NN", "nn", "XX", "xx", "00"]
        .iter()
        .any(|place| was.contains(place));
    if padded {
        number.written.clone()
    } else {
        number.value.to_string()
    }
}

/// The title where a field of the header has it, as in `Title: Use stone`.
fn title_fields(text: &Text, with: &Filling<'_>) -> Vec<TextEdit> {
    let front = front_matter(&text.source).map_or(0, |front| front.end);
    let mut edits = Vec::new();
    for region in text
        .regions
        .iter()
        .filter(|region| region.value == Region::Metadata && region.span.start() >= front)
    {
        if let Some(field) =
            Field::read(text.source.slice(region.span)).filter(|field| field.key == "title")
        {
            let at = region.span.start();
            edits.push(TextEdit::replace(
                at + field.value.start..at + field.value.end,
                with.title,
            ));
        }
    }
    edits
}

/// The title in the front matter, quoted where it must be.
fn front_title(text: &Text, with: &Filling<'_>) -> Option<TextEdit> {
    let front = front_matter(&text.source)?;
    let source = text.source.text();
    let mut at = 0;
    for line in source[front].split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(value) = bare
            .strip_prefix("title:")
            .or_else(|| bare.strip_prefix("Title:"))
        {
            let start = at + bare.len() - value.trim_start().len();
            let words = with
                .numbered
                .as_deref()
                .filter(|_| value.contains(|next: char| next.is_ascii_digit()));
            let words = words
                .unwrap_or(with.title)
                .replace('\\', "\\\\")
                .replace('"', "\\\"");
            return Some(TextEdit::replace(
                start..at + bare.len(),
                format!(
                    "{}\"{words}\"",
                    if value.starts_with(' ') { "" } else { " " }
                ),
            ));
        }
        at += line.len();
    }
    None
}

fn statuses(text: &Text, with: &Filling<'_>) -> Vec<TextEdit> {
    let source = text.source.text();
    let word = &with.status;
    let copies: Vec<TextEdit> = text
        .status
        .main
        .iter()
        .chain(&text.status.others)
        .map(|status| {
            let site = StatusSite::of(text, status.span);
            let end = site.tail.end.max(site.value.end);
            match &status.value {
                // The project's own way to say it stays: `accepté`, "This decision is currently in effect".
                StatusValue::Known(known, _) if known == word => {
                    TextEdit::replace(site.value.end..end, "")
                }
                StatusValue::Known(..) => {
                    TextEdit::replace(site.value.start..end, match_case(word, &status.written))
                }
                StatusValue::Unknown => TextEdit::replace(site.value.start..end, word.clone()),
            }
        })
        .collect();
    if !copies.is_empty() {
        return copies;
    }
    let eol = line_end(source, 0);
    let Some(unfilled) = text.status.unfilled else {
        let front = front_matter(&text.source).map_or(0, |front| front.end);
        let title = text
            .title
            .as_ref()
            .filter(|title| title.span.start() >= front);
        let section = format!("{eol}{eol}## Status{eol}{eol}{word}");
        return match title {
            Some(title) => vec![TextEdit::insert(
                text.source.line_at(title.span.end()).end(),
                section,
            )],
            None => Vec::new(),
        };
    };
    let said = text.source.slice(unfilled);
    let line = text.source.line_at(unfilled.start());
    let bare = said.trim().trim_matches(['*', '_', '#', ' ', ':']);
    if text.source.slice(line).trim_start().starts_with('#')
        || said.trim().starts_with(['*', '_', '#']) && bare.chars().all(char::is_alphabetic)
    {
        return vec![TextEdit::insert(line.end(), format!("{eol}{eol}{word}"))];
    }
    let trimmed = said.trim();
    let start = unfilled.start() + said.len() - said.trim_start().len();
    let gap = if trimmed.is_empty() && source[..start].ends_with([':', '*', '_', '|']) {
        " "
    } else {
        ""
    };
    vec![TextEdit::replace(
        start..start + trimmed.len(),
        format!("{gap}{word}"),
    )]
}

/// True for a field that holds the day on which its document was written, or a place for it.
pub(super) fn is_date(field: &Field, line: &str) -> bool {
    let value = line[field.value.clone()].trim_matches(['"', '\'']);
    let day = value.len() == 10
        && value.split('-').map(str::len).eq([4, 2, 2])
        && value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let place = |next: char| next.is_ascii_digit() || "[{<".contains(next);
    let dated = field.key == "date" && (value.is_empty() || value.contains(place));
    day || dated || value.contains("YYYY") || value == "DATE"
}

fn dates(text: &Text, with: &Filling<'_>) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    for region in text
        .regions
        .iter()
        .filter(|region| region.value == Region::Metadata)
    {
        let mut at = region.span.start();
        for line in text.source.slice(region.span).split_inclusive('\n') {
            if let Some(field) = Field::read(line).filter(|field| is_date(field, line)) {
                let gap = if line[..field.value.start].ends_with(' ') {
                    ""
                } else {
                    " "
                };
                let range = at + field.value.start..at + field.value.end;
                edits.push(TextEdit::replace(range, format!("{gap}{}", with.date)));
            }
            at += line.len();
        }
    }
    edits
}

/// A line with a key and a value: front matter, a field, a row of a table.
#[derive(Debug)]
pub(super) struct Field {
    /// The key, folded.
    pub(super) key: String,
    /// Where in the line its value stands.
    pub(super) value: std::ops::Range<usize>,
}

impl Field {
    /// Reads a line.
    pub(super) fn read(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let begin = line
            .find(char::is_alphanumeric)
            .filter(|begin| *begin <= 12)?;
        let row = line[..begin].contains('|');
        let separator = line[begin..].find(|next| {
            if row {
                next == '|'
            } else {
                matches!(next, ':' | '：')
            }
        })? + begin;
        let key = line[begin..separator].trim_end_matches(|next: char| !next.is_alphanumeric());
        let key = key
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace(['_', '-'], " ")
            .to_lowercase();
        let after = separator + line[separator..].chars().next()?.len_utf8();
        let rest = line[after..].trim_start_matches(['*', '_']);
        let rest = rest.trim_start();
        let start = line.len() - rest.len();
        let value = rest
            .split(|next| row && next == '|')
            .next()
            .unwrap_or_default();
        let value = value.trim_end_matches(['\\', ' ']).trim_end();
        let start = if value.is_empty() {
            (after + usize::from(line[after..].starts_with(' '))).min(line.len())
        } else {
            start
        };
        Some(Self {
            key,
            value: start..start + value.len(),
        })
    }
}
