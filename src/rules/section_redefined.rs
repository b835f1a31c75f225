//! `section-redefined`.

use crate::change::sections::{Meaning, Pair};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};
use crate::text::Span;

use super::shared::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-redefined",
    summary: "the meaning of a published section changed",
    page: include_str!("../../docs/rules/section-redefined.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let mut published = sections::PublishedSections::of(context);
    for kept in &context.sections()?.kept {
        let pair = &kept.pair;
        let draft = match kept.meaning {
            Meaning::Kept | Meaning::Reworded => continue,
            Meaning::Replaced => replaced_draft(pair),
            Meaning::Inverted(span_before, span_after) => {
                let message = format!(
                    "{} now requires the opposite of its published text",
                    pair.before.id()
                );
                inverted_draft(pair, (span_before, span_after), message)
            }
            Meaning::Altered(span_before, span_after) => {
                let message = format!(
                    "a number or a name changed in a requirement of {}",
                    pair.before.id()
                );
                inverted_draft(pair, (span_before, span_after), message)
                    .level(findings.level().min(Level::Warn))
            }
        };
        if published.restores(pair)? {
            continue;
        }
        let id = pair.before.id();
        let draft = if matches!(kept.meaning, Meaning::Altered(..)) {
            draft.advice(format!(
                "check everything that cites {id}; if the new meaning breaks it, use an unused ID"
            ))
        } else {
            draft.advice(format!(
                "keep {id} unchanged, marked [DEPRECATED], and write the new requirement under an unused ID"
            ))
        };
        findings.add(sections::suggest_published(draft, findings, &pair.before));
    }
    Ok(())
}

fn replaced_draft(pair: &Pair) -> FindingDraft {
    let (title_before, title_after) = (
        pair.before.section.title.trim(),
        pair.after.section.title.trim(),
    );
    let message = if title_before.is_empty() && title_after.is_empty() {
        format!("the meaning of {} changed", pair.before.id())
    } else {
        format!(
            "the meaning of {} changed: {:?} became {:?}",
            pair.before.id(),
            sections::shortened(title_before),
            sections::shortened(title_after)
        )
    };
    let primary = sections::label_after(&pair.after, "new meaning");
    let related = sections::label_before(&pair.before, "published meaning");
    sections::draft(Some(&pair.before), Some(&pair.after), message, primary).related(related)
}

fn inverted_draft(
    pair: &Pair,
    (span_before, span_after): (Span, Span),
    message: String,
) -> FindingDraft {
    let primary = label(
        WhichSide::After,
        &pair.after.document,
        Some(span_after),
        "new requirement",
    );
    let related = label(
        WhichSide::Before,
        &pair.before.document,
        Some(span_before),
        "published text",
    );
    sections::draft(Some(&pair.before), Some(&pair.after), message, primary).related(related)
}
