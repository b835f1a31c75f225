//! The new document: a template filled in, or a plain record with the structure of the old document. Does not
//! depend on what becomes of the old document.

use bstr::ByteSlice;

use super::CannotDo;
use super::plain_record;
use super::relation_line;
use super::relation_line::Saying;
use super::status_site::Site;
use super::succession::{Aim, names_only, read};
use super::template;
use super::template::Filling;
use super::text_edit::{Splice, apply};
use crate::document::{Document, StatusValue, Text, Verb};
use crate::repo::Mode;

/// What a document is made of when nothing else serves.
const PLAIN: &str =
    "# 0. Title\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n";

/// A title that begins with its document's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted<'t> {
    /// In front of the number: `ADR-`, `RFC `.
    pub(super) lead: &'t str,
    /// How many digits it has.
    width: usize,
    /// Between the number and the words.
    pub(super) gap: &'t str,
}

impl Counted<'_> {
    /// The same with another number and other words.
    pub(super) fn with(&self, number: u64, title: &str) -> String {
        format!(
            "{}{number:0width$}{}{title}",
            self.lead,
            self.gap,
            width = self.width
        )
    }
}

/// Reads a title such as `ADR-0005: Title`, `5. Title`, `RFC 5 - Title`, when its number is that of its document.
pub(super) fn counted(title: &str, number: u64) -> Option<Counted<'_>> {
    let begin = title
        .find(|next: char| next.is_ascii_digit())
        .filter(|begin| *begin <= 20)?;
    let digits = title[begin..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let rest = &title[begin + digits..];
    let words = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
    let same = title[begin..begin + digits].parse() == Ok(number);
    (same && words > 0).then(|| Counted {
        lead: &title[..begin],
        width: digits,
        gap: &rest[..words],
    })
}

/// The text of the new document.
pub(super) fn write(old: &Text, aim: &Aim<'_>) -> Result<String, CannotDo> {
    let template = aim.asked.template;
    let bases = match template {
        Some(template) => vec![template.text().to_owned()],
        None => vec![plain_record::following(old), PLAIN.to_owned()],
    };
    let found = bases.into_iter().find_map(|base| {
        let base = document(aim, base);
        let base = base.text()?;
        let filled = template::fill(base, &filling(old, aim, template.is_some()))?;
        related(aim, filled)
    });
    found.ok_or_else(|| {
        let kind = &aim.asked.old.kind;
        match &kind.template {
            Some(path) if template.is_some() => {
                let what = format!(
                    "the template {path} gives no {} whose title, status and relations can be read",
                    kind.name
                );
                CannotDo::new(
                    what,
                    "give it a title, a status and a header that graven status can read",
                )
            }
            _ => CannotDo::new(
                format!("no {} can be written like this one", kind.name),
                "name a template in the policy",
            ),
        }
    })
}

fn filling<'a>(old: &Text, aim: &'a Aim<'a>, template: bool) -> Filling<'a> {
    let asked = aim.asked;
    let old_number = asked.old.number.as_ref().map(|number| number.value);
    let title = asked.title.trim();
    let counted = old
        .title
        .as_ref()
        .zip(old_number)
        .and_then(|(title, number)| counted(&title.value, number));
    let numbered = counted
        .zip(aim.number.as_ref())
        .map(|(counted, number)| counted.with(number.value, title));
    Filling {
        title,
        numbered,
        number: aim.number.as_ref(),
        status: aim.word.clone(),
        date: asked.date,
        template,
    }
}

/// Says what is superseded, in the first way that reads as it should.
fn related(aim: &Aim<'_>, filled: String) -> Option<String> {
    let base = document(aim, filled);
    let text = base.text()?;
    let site = Site::of(text, text.status.main.as_ref()?.span);
    let end = site.value.end.max(site.tail.end);
    let label = [&aim.old.link, &aim.old.plain];
    let inline = label.map(|label| Splice::insert(end, format!(", supersedes {label}")));
    let mut ways = relation_line::fill(text, Saying::Supersedes, &aim.old);
    ways.extend(relation_line::add(
        text,
        &site,
        Saying::Supersedes,
        &aim.old,
    ));
    ways.extend(inline);
    let source = text.source.text();
    ways.into_iter()
        .find_map(|way| apply(source, &[way]).filter(|new| holds(aim, new)))
}

fn document(aim: &Aim<'_>, text: String) -> Document {
    read(
        &aim.asked.old.kind,
        &aim.path,
        aim.number.clone(),
        Mode::File,
        text,
    )
}

/// True when the text reads as a document with the wanted title and status that supersedes the old one.
fn holds(aim: &Aim<'_>, new: &str) -> bool {
    let new = document(aim, new.to_owned());
    let Some(text) = new.text() else { return false };
    let old = aim.asked.old;
    let mut copies = text
        .status
        .main
        .iter()
        .chain(&text.status.others)
        .peekable();
    copies.peek().is_some()
        && copies
            .all(|status| matches!(&status.value, StatusValue::Known(word, _) if *word == aim.word))
        && new
            .bytes()
            .is_some_and(|bytes| bytes.find(aim.asked.title.trim()).is_some())
        && names_only(text, Verb::Supersedes, None, &old.path, old.number.as_ref())
        && !text
            .relations
            .iter()
            .any(|relation| relation.verb == Verb::SupersededBy)
}
