//! The new document: a template filled in, or a plain record with the structure of the old document. Does not
//! depend on what becomes of the old document.

use bstr::ByteSlice;

use super::relation_line::RelationPhrase;
use super::status_site::StatusSite;
use super::supersede_plan::{SupersedePlan, names_only, read};
use super::template::Filling;
use super::text_edit::{TextEdit, apply};
use super::{plain_record, relation_line, template};
use crate::document::{Document, StatusValue, Text, Verb};
use crate::repo::Mode;
use crate::report::Problem;

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
pub(super) fn write(old: &Text, plan: &SupersedePlan<'_>) -> Result<String, Problem> {
    let template = plan.asked.template;
    let bases = match template {
        Some(template) => vec![template.text().to_owned()],
        None => vec![plain_record::following(old), PLAIN.to_owned()],
    };
    let found = bases.into_iter().find_map(|base| {
        let base = document(plan, base);
        let base = base.text()?;
        let filled = template::fill(base, &filling(old, plan, template.is_some()))?;
        related(plan, filled)
    });
    found.ok_or_else(|| {
        let kind = &plan.asked.old.kind;
        match &kind.template {
            Some(path) if template.is_some() => {
                let what = format!(
                    "the template {path} gives no {} whose title, status and relations can be read",
                    kind.name
                );
                Problem::not_judged(
                    what,
                    "give it a title, a status and a header that graven status can read",
                )
            }
            _ => Problem::not_judged(
                format!("no {} can be written like this one", kind.name),
                "name a template in the policy",
            ),
        }
    })
}

fn filling<'a>(old: &Text, plan: &'a SupersedePlan<'a>, template: bool) -> Filling<'a> {
    let asked = plan.asked;
    let old_number = asked.old.number.as_ref().map(|number| number.value);
    let title = asked.title.trim();
    let counted = old
        .title
        .as_ref()
        .zip(old_number)
        .and_then(|(title, number)| counted(&title.value, number));
    let numbered = counted
        .zip(plan.number.as_ref())
        .map(|(counted, number)| counted.with(number.value, title));
    Filling {
        title,
        numbered,
        number: plan.number.as_ref(),
        status: plan.word.clone(),
        date: asked.date,
        template,
    }
}

/// Says what is superseded, in the first way that reads as it should.
fn related(plan: &SupersedePlan<'_>, filled: String) -> Option<String> {
    let base = document(plan, filled);
    let text = base.text()?;
    let site = StatusSite::of(text, text.status.main.as_ref()?.span);
    let end = site.value.end.max(site.tail.end);
    let label = [&plan.old.link, &plan.old.plain];
    let inline = label.map(|label| TextEdit::insert(end, format!(", supersedes {label}")));
    let mut ways = relation_line::fill(text, RelationPhrase::Supersedes, &plan.old);
    ways.extend(relation_line::add(
        text,
        &site,
        RelationPhrase::Supersedes,
        &plan.old,
    ));
    ways.extend(inline);
    let source = text.source.text();
    ways.into_iter()
        .find_map(|way| apply(source, &[way]).filter(|new| holds(plan, new)))
}

fn document(plan: &SupersedePlan<'_>, text: String) -> Document {
    read(
        &plan.asked.old.kind,
        &plan.path,
        plan.number.clone(),
        Mode::File,
        text,
    )
}

/// True when the text reads as a document with the wanted title and status that supersedes the old one.
fn holds(plan: &SupersedePlan<'_>, new: &str) -> bool {
    let new = document(plan, new.to_owned());
    let Some(text) = new.text() else { return false };
    let old = plan.asked.old;
    let mut copies = text
        .status
        .main
        .iter()
        .chain(&text.status.others)
        .peekable();
    copies.peek().is_some()
        && copies.all(
            |status| matches!(&status.value, StatusValue::Known(word, _) if *word == plan.word),
        )
        && new
            .bytes()
            .is_some_and(|bytes| bytes.find(plan.asked.title.trim()).is_some())
        && names_only(text, Verb::Supersedes, None, &old.path, old.number.as_ref())
        && !text
            .relations
            .iter()
            .any(|relation| relation.verb == Verb::SupersededBy)
}
