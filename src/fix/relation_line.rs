//! Where a relation to another document can be written, in the form that a document already has. It must not know which
//! of the places is taken.

use std::ops::Range;

use super::reference::Label;
use super::status_site::{Form, StatusSite, front_matter, line_end};
use super::text_edit::TextEdit;
use crate::document::{Region, Text};
use crate::text::Span;

/// What is said of another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelationPhrase {
    /// "Supersedes".
    Supersedes,
    /// "Superseded by".
    SupersededBy,
}

impl RelationPhrase {
    /// The words at the beginning of a line or as a key for people.
    fn words(self) -> &'static str {
        match self {
            Self::Supersedes => "Supersedes",
            Self::SupersededBy => "Superseded by",
        }
    }

    /// A key for machines.
    fn key(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::SupersededBy => "superseded-by",
        }
    }

    /// Keys that mean the same.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Supersedes => &["supersedes", "supercedes", "replaces", "obsoletes"],
            Self::SupersededBy => &[
                "superseded by",
                "superceded by",
                "replaced by",
                "obsoleted by",
                "supersededby",
                "superseded",
            ],
        }
    }
}

/// The ways to fill in a line that is there and names nothing: `| Supersedes | — |`, `superseded-by: none`.
pub(super) fn fill(text: &Text, phrase: RelationPhrase, label: &Label) -> Vec<TextEdit> {
    let Some(range) = slot(text, phrase) else {
        return Vec::new();
    };
    let source = text.source.text();
    let in_front = front_matter(&text.source).is_some_and(|front| front.contains(&range.start));
    let gap = if source[..range.start].ends_with([' ', '\t']) {
        ""
    } else {
        " "
    };
    let filled = |label: &str| TextEdit::replace(range.clone(), format!("{gap}{label}"));
    if in_front {
        vec![filled(&label.plain)]
    } else {
        vec![filled(&label.link), filled(&label.plain)]
    }
}

/// The value of such a line.
fn slot(text: &Text, phrase: RelationPhrase) -> Option<Range<usize>> {
    let source = text.source.text();
    let empty = text
        .regions
        .iter()
        .filter(|region| region.value == Region::Relation)
        .find_map(|region| {
            if says_relation(text, region.span) {
                return None;
            }
            let said = text.source.slice(region.span);
            let begin = said.find(|next: char| next.is_alphanumeric())?;
            let separator = said[begin..].find([':', '：', '|'])? + begin;
            let sign = said[separator..].chars().next()?;
            let key = said[begin..separator]
                .trim_matches(|next: char| !next.is_alphanumeric())
                .to_lowercase();
            phrase
                .keys()
                .contains(&key.replace(['-', '_'], " ").as_str())
                .then_some(())?;
            let mut start = separator + sign.len_utf8();
            // `**Superseded by:** none`
            start += said[start..].len() - said[start..].trim_start_matches(['*', '_']).len();
            let rest = said[start..]
                .split(['\n', '\r', '|'])
                .next()
                .unwrap_or_default();
            let rest = rest.split(" #").next().unwrap_or_default();
            let rest = rest.split("-->").next().unwrap_or_default();
            let value = rest.trim();
            let lead = rest.len() - rest.trim_start().len();
            let at = region.span.start() + start;
            Some(if value.is_empty() {
                at + rest.len().min(1)..at + rest.len().min(1)
            } else {
                at + lead..at + lead + value.len()
            })
        });
    empty.filter(|range| source.get(range.clone()).is_some())
}

/// True when a stretch of a text names another document. Relations are sorted by place.
pub(super) fn says_relation(text: &Text, span: Span) -> bool {
    let first = text
        .relations
        .partition_point(|relation| relation.span.start() < span.start());
    text.relations
        .get(first)
        .is_some_and(|relation| span.contains(relation.span.start()))
}

/// The ways to add a line that says it, beside the status that stands at `site`.
pub(super) fn add(
    text: &Text,
    site: &StatusSite,
    phrase: RelationPhrase,
    label: &Label,
) -> Vec<TextEdit> {
    let source = text.source.text();
    let mut ways = Vec::new();
    match site.form {
        Form::FrontMatter => ways.extend(add_key(text, site, phrase, label)),
        Form::Comment => {
            let at = site.tail.end.max(site.value.end);
            ways.push(TextEdit::insert(
                at,
                format!("; {}: {}", phrase.key(), label.plain),
            ));
        }
        Form::Row => ways.extend(
            [&label.link, &label.plain]
                .map(|label| add_row(source, site, phrase, label))
                .into_iter()
                .flatten(),
        ),
        Form::Field => ways.extend(
            [&label.link, &label.plain]
                .map(|label| add_field(source, site, phrase, label))
                .into_iter()
                .flatten(),
        ),
        Form::Heading | Form::Section => {}
    }
    ways.extend(
        [&label.link, &label.plain].map(|label| add_paragraph(source, site, phrase, label)),
    );
    ways
}

fn add_key(
    text: &Text,
    site: &StatusSite,
    phrase: RelationPhrase,
    label: &Label,
) -> Option<TextEdit> {
    let source = text.source.text();
    let end = front_matter(&text.source)?.end;
    let eol = line_end(source, site.line.start);
    let next = source[site.line.end..]
        .find('\n')
        .map(|at| site.line.end + at + 1)?;
    let nested = source[next..].starts_with([' ', '\t']) || source[next..].starts_with("- ");
    // A value of several lines ends nobody knows where; the closing line is sure.
    let closing = source[..end].trim_end().rfind('\n')? + 1;
    let at = if nested { closing } else { next };
    let capital = source[site.line.start..].starts_with(|next: char| next.is_uppercase());
    let key = phrase.key();
    let key = if capital {
        key[..1].to_uppercase() + &key[1..]
    } else {
        key.to_owned()
    };
    Some(TextEdit::insert(at, format!("{key}: {}{eol}", label.plain)))
}

/// A row below that of the status, as wide as it where it fits.
fn add_row(
    source: &str,
    site: &StatusSite,
    phrase: RelationPhrase,
    label: &str,
) -> Option<TextEdit> {
    let line = &source[site.line.clone()];
    let lead = &source[site.line.start..site.value.start];
    let open = lead.len() - lead.trim_start().len();
    let bordered = lead.trim_start().starts_with('|');
    let cells: Vec<&str> = line
        .trim()
        .trim_start_matches('|')
        .trim_end_matches('|')
        .split('|')
        .collect();
    let (key, value) = (cells.first()?, cells.get(1)?);
    // The value must stand in the second cell; else this is a table with the status in a column.
    if lead.matches('|').count()
        != 1 + usize::from(bordered) - usize::from(!bordered && !lead.contains('|'))
    {
        return None;
    }
    let strong = key.trim().starts_with("**") && key.trim().ends_with("**");
    let words = if strong {
        format!("**{}**", phrase.words())
    } else {
        phrase.words().to_owned()
    };
    let pad = |words: &str, like: &str| {
        let width = like.chars().count().saturating_sub(2);
        format!(" {words:width$} ")
    };
    let mut row = vec![pad(&words, key), pad(label, value)];
    row.extend(
        cells
            .iter()
            .skip(2)
            .map(|cell| " ".repeat(cell.chars().count().max(1))),
    );
    let row = row.join("|");
    let row = if bordered {
        format!("|{row}|")
    } else {
        row.trim().to_owned()
    };
    let eol = line_end(source, site.line.start);
    // Behind the line under the head, where the status stands in the head.
    let mut end = site.line.end;
    let next = source[end..].find('\n').map(|at| end + at + 1);
    if let Some(next) = next {
        let below = source[next..].lines().next().unwrap_or_default();
        if below.contains('-')
            && below
                .chars()
                .all(|next| matches!(next, '|' | '-' | ':' | ' ' | '\t' | '\r'))
        {
            end = next + below.trim_end_matches('\r').len();
        }
    }
    Some(TextEdit::insert(
        end,
        format!("{eol}{}{row}", &line[..open]),
    ))
}

/// A line like that of the status, with another key.
fn add_field(
    source: &str,
    site: &StatusSite,
    phrase: RelationPhrase,
    label: &str,
) -> Option<TextEdit> {
    let line = &source[site.line.clone()];
    let lead = &source[site.line.start..site.value.start];
    // Of several fields on one line only the last is like this one.
    let own = lead.rfind(['·', '|', '•']).map_or(0, |at| {
        at + lead[at..].chars().next().map_or(0, char::len_utf8)
    });
    let colon = lead[own..].find([':', '：'])? + own;
    let begin = lead[own..colon].find(char::is_alphanumeric)? + own;
    let key_end = lead[begin..colon]
        .trim_end_matches(|next: char| !next.is_alphanumeric())
        .len()
        + begin;
    let sign = lead[colon..].chars().next()?;
    let marks = if own == 0 {
        &lead[..begin]
    } else {
        lead[own..begin].trim_start()
    };
    let closers = if marks.contains("**") && !lead[key_end..colon].contains("**") {
        "**"
    } else {
        ""
    };
    let closers = if marks.contains("__") && !lead[key_end..colon].contains("__") {
        "__"
    } else {
        closers
    };
    let capital = !lead[begin..].starts_with(char::is_lowercase);
    let words = phrase.words();
    let words = if capital {
        words.to_owned()
    } else {
        words.to_lowercase()
    };
    let gap = if sign == ':' { " " } else { "" };
    let field = format!(
        "{marks}{words}{}{sign}{closers}{gap}{label}",
        &lead[key_end..colon]
    );
    let eol = line_end(source, site.line.start);
    let hard = if line.ends_with("  ") {
        "  "
    } else if line.ends_with('\\') {
        "\\"
    } else {
        ""
    };
    let alone = {
        let above = source[..site.line.start].trim_end_matches(['\n', '\r']);
        let gap = source[above.len()..site.line.start].matches('\n').count();
        let below = &source[site.line.end..];
        let item = marks.trim_start().starts_with(['-', '*', '+']) && marks.trim() != "**";
        !item
            && gap >= 2
            && below
                .lines()
                .nth(1)
                .is_none_or(|next| next.trim().is_empty())
    };
    let gap = if alone { eol } else { "" };
    Some(TextEdit::insert(
        site.line.end,
        format!("{eol}{gap}{field}{hard}"),
    ))
}

/// A paragraph, or an item of a list, behind the block of the status.
fn add_paragraph(source: &str, site: &StatusSite, phrase: RelationPhrase, label: &str) -> TextEdit {
    let eol = line_end(source, site.line.start);
    let lead = source[site.line.start..site.value.start].trim_start();
    let item = site.form == Form::Section
        && (lead.starts_with("- ") || lead.starts_with("* ") || lead.starts_with("+ "));
    if item {
        let marker = &source[site.line.start
            ..site.line.start + source[site.line.start..].find(lead).unwrap_or(0) + 2];
        return TextEdit::insert(
            site.line.end,
            format!("{eol}{marker}{} {label}", phrase.words()),
        );
    }
    let mut end = site.line.end;
    for line in source[site.line.end..].split_inclusive('\n').skip(1) {
        if line.trim().is_empty() || line.starts_with('#') {
            break;
        }
        let from = end + source[end..].find('\n').map_or(0, |at| at + 1);
        end = from + line.trim_end_matches(['\n', '\r']).len();
    }
    TextEdit::insert(end, format!("{eol}{eol}{} {label}", phrase.words()))
}
