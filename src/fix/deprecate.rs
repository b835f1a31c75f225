//! A section's ID is given up: its declaration is marked, in the way in which its spec marks others, and its words stay.
//! It must not know which specs there are beyond the index it is given.

use super::cannot;
use super::text_edit::{TextEdit, apply};
use crate::change::snapshot::{Declared, SectionIndex};
use crate::document::{self, Content, Document, Section, Text};
use crate::repo::Write;
use crate::report::Problem;
use crate::text::guess::nearest;

/// The mark where a spec has none yet.
const MARK: &str = "[DEPRECATED]";

/// Marks the section of an ID, and says which one is to be used instead where one is named.
pub fn deprecate(index: &SectionIndex, id: &str, by: Option<&str>) -> Result<Vec<Write>, Problem> {
    let declared = sole(index, id)?;
    if let Some(mark) = &declared.section.mark {
        let what = format!("{id} is deprecated already: {}", mark.replace('\n', " "));
        return Err(cannot(&declared.document.path, what, "leave it as it is"));
    }
    if let Some(by) = by {
        if by == id {
            return Err(Problem::not_judged(
                format!("{id} cannot be deprecated in favour of itself"),
                "name another section",
            ));
        }
        let heir = sole(index, by)?;
        if heir.section.mark.is_some() {
            let what = format!("{by} is deprecated itself");
            return Err(cannot(
                &heir.document.path,
                what,
                "name a section that is in force",
            ));
        }
    }
    let Some(text) = declared.document.text() else {
        return Err(cannot(
            &declared.document.path,
            "it cannot be read",
            "mend the file first",
        ));
    };
    let found = ways(text, &declared.section, by)
        .into_iter()
        .find_map(|edits| {
            apply(text.source.text(), &edits)
                .filter(|after| holds(&declared.document, text, &declared.section, after, by))
        });
    let content = found.ok_or_else(|| {
        let what = format!("{id} cannot be marked so that it still reads as the same section");
        cannot(
            &declared.document.path,
            what,
            format!("mark it by hand, and see: graven check; {MARK} behind its title"),
        )
    })?;
    Ok(vec![Write {
        path: declared.document.path.clone(),
        content: Some(content.into_bytes()),
    }])
}

/// The one declaration of an ID.
fn sole<'i>(index: &'i SectionIndex, id: &str) -> Result<&'i Declared, Problem> {
    match index.get(id).map(Vec::as_slice) {
        Some([declared]) => Ok(declared),
        Some([first, second, ..]) => {
            let what = format!(
                "{id} is declared in {} and in {}",
                first.document.path, second.document.path
            );
            let twice = format!("{id} is declared twice");
            let what = if first.document.path == second.document.path {
                twice
            } else {
                what
            };
            let remedy = "give one of the two an ID of its own first, while it is not published";
            Err(cannot(&first.document.path, what, remedy))
        }
        Some([]) | None => Err(unknown(index, id)),
    }
}

fn unknown(index: &SectionIndex, id: &str) -> Problem {
    let remedy = match nearest(id, index.keys().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "see which there are: graven trace".to_owned(),
    };
    Problem::not_judged(format!("no spec declares {id}"), remedy)
}

/// How a spec marks what is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkerSite {
    /// `## PATH-003: Title [DEPRECATED]`
    BehindTitle,
    /// `## PATH-003: [DEPRECATED] Title`
    BeforeTitle,
    /// `## [DEPRECATED] PATH-003: Title`
    BeforeId,
    /// `## PATH-003 [DEPRECATED]: Title`
    BehindId,
    /// `## ~~PATH-003~~: Title`
    StruckId,
    /// `## ~~PATH-003: Title~~`
    Struck,
    /// A line of its own below the heading.
    Below,
}

/// Every manner, the usual ones first.
const MARKER_SITES: [MarkerSite; 7] = [
    MarkerSite::BehindTitle,
    MarkerSite::BeforeTitle,
    MarkerSite::BehindId,
    MarkerSite::BeforeId,
    MarkerSite::StruckId,
    MarkerSite::Struck,
    MarkerSite::Below,
];

/// Every way to mark a section, that of its neighbours first.
fn ways(text: &Text, section: &Section, by: Option<&str>) -> Vec<Vec<TextEdit>> {
    let row = is_row(text, section);
    let marked = text
        .sections
        .iter()
        .filter(|other| other.mark.is_some() && is_row(text, other) == row);
    let custom = marked
        .filter_map(|other| manner_of(text, other))
        .max_by_key(|found| {
            // The manner that most neighbours have; of equals the first.
            let same = |other: &&Section| {
                other.mark.is_some()
                    && manner_of(text, other).is_some_and(|manner| manner == *found)
            };
            text.sections.iter().take(500).filter(same).count()
        });
    let manners = custom.into_iter().chain(MARKER_SITES);
    manners
        .filter_map(|manner| {
            if row {
                in_row(text, section, by, manner)
            } else {
                at_heading(text, section, by, manner)
            }
        })
        .collect()
}

/// True for a section that a row of a table declares.
fn is_row(text: &Text, section: &Section) -> bool {
    section.declared == section.body
        || text
            .source
            .slice(section.declared)
            .trim_start()
            .starts_with('|')
}

/// How a marked neighbour is marked; a manner of its own is told by where its mark stands.
fn manner_of(text: &Text, section: &Section) -> Option<MarkerSite> {
    let line = text.source.slice(section.declared);
    let mark = section.mark.as_deref()?;
    let id = line.find(section.id.as_str())?;
    if mark.starts_with('~') {
        let inner = mark.trim_matches('~');
        return Some(if inner.trim() == section.id {
            MarkerSite::StruckId
        } else {
            MarkerSite::Struck
        });
    }
    let Some(at) = line.find(mark.trim_start_matches('[').trim_end_matches(']')) else {
        return Some(MarkerSite::Below);
    };
    let behind_id = id + section.id.len();
    let title = line
        .get(behind_id..)?
        .find(section.title.as_str())
        .map(|at| at + behind_id)?;
    Some(if at < id {
        MarkerSite::BeforeId
    } else if section.title.is_empty() || at > title {
        MarkerSite::BehindTitle
    } else if line[behind_id..at].contains([':', '|', '—', '–']) {
        MarkerSite::BeforeTitle
    } else {
        MarkerSite::BehindId
    })
}

fn at_heading(
    text: &Text,
    section: &Section,
    by: Option<&str>,
    manner: MarkerSite,
) -> Option<Vec<TextEdit>> {
    let line = text.source.slice(section.declared);
    let first = line.lines().next()?.trim_end();
    let start = section.declared.start();
    let id = first.find(section.id.as_str())?;
    let behind_id = id + section.id.len();
    // A heading may be closed as it was opened: `## Title ##`.
    let bare = first.trim_end_matches('#');
    let end = if bare.ends_with(' ') && first.starts_with('#') {
        bare.trim_end().len()
    } else {
        first.len()
    };
    let eol = super::status_site::line_end(text.source.text(), start);
    let mut edits = match manner {
        MarkerSite::BehindTitle => vec![TextEdit::insert(start + end, format!(" {MARK}"))],
        MarkerSite::BeforeTitle => {
            let gap = first[behind_id..].find(|next: char| next.is_alphanumeric())? + behind_id;
            vec![TextEdit::insert(start + gap, format!("{MARK} "))]
        }
        MarkerSite::BehindId => vec![TextEdit::insert(start + behind_id, format!(" {MARK}"))],
        MarkerSite::BeforeId => vec![TextEdit::insert(start + id, format!("{MARK} "))],
        MarkerSite::StruckId => vec![
            TextEdit::insert(start + id, "~~"),
            TextEdit::insert(start + behind_id, "~~"),
        ],
        MarkerSite::Struck => vec![
            TextEdit::insert(start + id, "~~"),
            TextEdit::insert(start + end, "~~"),
        ],
        MarkerSite::Below => vec![TextEdit::insert(
            section.declared.end(),
            format!("{eol}{eol}{MARK}"),
        )],
    };
    if let Some(by) = by {
        edits.push(TextEdit::insert(
            section.declared.end(),
            format!("{eol}{eol}Deprecated in favour of {by}."),
        ));
    }
    Some(edits)
}

fn in_row(
    text: &Text,
    section: &Section,
    by: Option<&str>,
    manner: MarkerSite,
) -> Option<Vec<TextEdit>> {
    let line = text.source.slice(section.declared);
    let start = section.declared.start();
    let id = line.find(section.id.as_str())?;
    let behind_id = id + section.id.len();
    let mark = by.map_or_else(
        || MARK.to_owned(),
        |by| format!("[DEPRECATED in favour of {by}]"),
    );
    let cell = line[behind_id..].find('|').map(|bar| behind_id + bar + 1);
    let cell = cell.filter(|cell| !line[*cell..].trim_matches(['|', ' ', '\t']).is_empty());
    let begin = cell.map(|cell| cell + line[cell..].len() - line[cell..].trim_start().len());
    let end = begin.map(|begin| {
        let bar = bare_bar(&line[begin..]).map_or(line.len(), |bar| begin + bar);
        line[..bar].trim_end().len()
    });
    let place = match manner {
        MarkerSite::BehindTitle => {
            TextEdit::insert(start + end.unwrap_or(behind_id), format!(" {mark}"))
        }
        MarkerSite::BeforeTitle => TextEdit::insert(start + begin?, format!("{mark} ")),
        MarkerSite::BehindId => TextEdit::insert(start + behind_id, format!(" {mark}")),
        MarkerSite::BeforeId => TextEdit::insert(start + id, format!("{mark} ")),
        MarkerSite::StruckId | MarkerSite::Struck => {
            let mut edits = vec![
                TextEdit::insert(start + id, "~~"),
                TextEdit::insert(start + behind_id, "~~"),
            ];
            edits.extend(
                by.map(|_| TextEdit::insert(start + end.unwrap_or(behind_id), format!(" {mark}"))),
            );
            return Some(edits);
        }
        MarkerSite::Below => return None,
    };
    Some(vec![place])
}

/// The first bar that ends a cell.
fn bare_bar(text: &str) -> Option<usize> {
    text.match_indices('|')
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with('\\'))
}

/// True when the section alone is marked, and every section still says what it said.
fn holds(spec: &Document, before: &Text, section: &Section, after: &str, by: Option<&str>) -> bool {
    let Content::Text(text) = document::read(after.as_bytes().to_vec(), &spec.kind) else {
        return false;
    };
    let row = is_row(before, section);
    let same = |one: &Section, other: &Section| {
        let bodies = (before.source.slice(one.body), text.source.slice(other.body));
        if one.declared.start() != section.declared.start() {
            return one.mark == other.mark && bodies.0 == bodies.1;
        }
        let body = bodies.1.strip_prefix(MARK).unwrap_or(bodies.1).trim_start();
        let said = by.map_or(body, |by| {
            body.strip_prefix(&format!("Deprecated in favour of {by}."))
                .unwrap_or(body)
        });
        other.mark.is_some() && (row || said.trim_start() == bodies.0)
    };
    let titles = |one: &Section, other: &Section| one.id == other.id && one.title == other.title;
    text.malformed.len() == before.malformed.len()
        && text.sections.len() == before.sections.len()
        && before
            .sections
            .iter()
            .zip(&text.sections)
            .all(|(one, other)| titles(one, other) && same(one, other))
}
