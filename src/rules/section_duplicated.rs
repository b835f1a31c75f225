//! `section-duplicated`.

use crate::change::sections::{Meaning, mildest_meaning, prefix};
use crate::change::snapshot::Declared;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-duplicated",
    summary: "a section ID is declared more than once",
    page: include_str!("../../docs/rules/section-duplicated.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    const SHOWN: usize = 8;
    for doubled in &context.sections()?.doubled {
        let original = doubled.original.unwrap_or(0);
        let Some(first) = doubled.declared.get(original) else {
            continue;
        };
        let others = doubled
            .declared
            .iter()
            .enumerate()
            .filter(|&(at, _)| at != original)
            .map(|(_, other)| other);
        let others: Vec<_> = others.collect();
        let Some(second) = others.first() else {
            continue;
        };
        let times = if others.len() == 1 {
            "twice".to_owned()
        } else {
            format!("{} times", others.len() + 1)
        };
        let message = format!("{} is declared {times}", first.id());
        // No content before: that the original stays as it was undoes nothing.
        let declared: Vec<&str> = doubled.declared.iter().map(Declared::whole).collect();
        let place = if doubled.original.is_some() {
            "published here"
        } else {
            "first declared here"
        };
        let mut draft = FindingDraft::new(
            first.id(),
            message,
            sections::label_after(second, "declared again here"),
        )
        .kind(&second.document.kind.name)
        .content(None, Some(declared.join("\n").as_bytes()))
        .related(sections::label_after(first, place));
        for other in others.iter().skip(1).take(SHOWN) {
            draft = draft.related(sections::label_after(other, "also here"));
        }
        findings.add(suggestions::next_unused(
            draft,
            advice(first.id()),
            prefix(first.id()),
        ));
    }
    published_elsewhere(context, findings)
}

fn advice(id: &str) -> String {
    format!("leave {id} to the other section, and give the new one an unused ID")
}

/// A new ID that came to the protected branch meanwhile, from another branch, with another meaning. One that means the
/// same is most often this branch itself, squashed or picked.
fn published_elsewhere(
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let changes = context.sections()?;
    let doubled = |id: &str| {
        changes
            .doubled
            .iter()
            .any(|doubled| doubled.declared.iter().any(|one| one.id() == id))
    };
    let fresh: Vec<&Declared> = changes
        .fresh
        .iter()
        .filter(|fresh| !doubled(fresh.id()))
        .collect();
    let Some(published) = context.published.filter(|_| !fresh.is_empty()) else {
        return Ok(());
    };
    let ids: Vec<&str> = fresh.iter().map(|fresh| fresh.id()).collect();
    let stands = published.declaring(&ids)?;
    for now in fresh {
        let there = stands.get(now.id()).map_or(&[][..], Vec::as_slice);
        let Some(first) = there.first() else { continue };
        let meaning = mildest_meaning(there, now, context.policy.similarity);
        if !matches!(
            meaning,
            None | Some(Meaning::Replaced | Meaning::Inverted(..))
        ) {
            continue;
        }
        let message = format!(
            "{} is already declared on the protected branch, for another section",
            now.id()
        );
        let place = label(
            WhichSide::Published,
            &first.document,
            Some(first.section.declared),
            "first declared here",
        );
        let draft = sections::draft(
            None,
            Some(now),
            message,
            sections::label_after(now, "declared again here"),
        );
        findings.add(suggestions::next_unused(
            draft.related(place),
            advice(now.id()),
            prefix(now.id()),
        ));
    }
    Ok(())
}
