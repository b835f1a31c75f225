//! `section-shifted`.

use crate::change::sections::{Pair, Shift, prefix};
use crate::change::snapshot::Declared;
use crate::repo::ObjectError;
use crate::report::Level;
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-shifted",
    summary: "published sections were shifted to the IDs of their neighbors",
    page: include_str!("../../docs/rules/section-shifted.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let mut published = sections::PublishedSections::of(context);
    for shift in &context.sections()?.shifts {
        let Some((first, others)) = shift.moved.split_first() else {
            continue;
        };
        if restores(&mut published, shift)? {
            continue;
        }
        let (old_id, new_id) = (first.before.id(), first.after.id());
        let rest = match others.len() {
            0 => String::new(),
            1 => ", and so was 1 section after it".to_owned(),
            count => format!(", and so were {count} sections after it"),
        };
        let message = format!("{old_id} was renumbered to {new_id}{rest}");
        let primary = sections::label_after(&first.after, format!("was {old_id}"));
        let (before, after) = (
            joined_text(shift, |pair| &pair.before),
            joined_text(shift, |pair| &pair.after),
        );
        let draft = FindingDraft::new(old_id, message, primary)
            .kind(&first.before.document.kind.name)
            .content(Some(before.as_bytes()), Some(after.as_bytes()))
            .related(sections::label_before(
                &first.before,
                "published under this ID",
            ));
        let text = "keep published IDs; a new section gets an unused ID, even between two others";
        let draft = suggestions::next_unused(draft, text, prefix(old_id));
        let draft = draft.advice(
            "to drop a section, keep its heading and mark it [DEPRECATED]: graven deprecate ID",
        );
        findings.add(sections::suggest_published(draft, findings, &first.before));
    }
    Ok(())
}

/// True when every section that moved is again as an earlier revision had it.
fn restores(
    published: &mut sections::PublishedSections<'_>,
    shift: &Shift,
) -> Result<bool, ObjectError> {
    for pair in &shift.moved {
        if !published.restores(pair)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn joined_text(shift: &Shift, side: impl Fn(&Pair) -> &Declared) -> String {
    shift
        .moved
        .iter()
        .map(|pair| side(pair).whole())
        .collect::<Vec<&str>>()
        .join("\n")
}
