//! `section-retitled`.

use crate::change::sections::Meaning;
use crate::repo::ObjectError;
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

use super::shared::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-retitled",
    summary: "the title of a published section changed",
    page: include_str!("../../docs/rules/section-retitled.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let mut published = sections::PublishedSections::of(context);
    for kept in context
        .sections()?
        .kept
        .iter()
        .filter(|kept| kept.meaning == Meaning::Reworded)
    {
        let pair = &kept.pair;
        if published.restores(pair)? {
            continue;
        }
        let (id, title_before, title_after) = (
            pair.before.id(),
            pair.before.section.title.trim(),
            pair.after.section.title.trim(),
        );
        let message = if title_before.is_empty() && title_after.is_empty() {
            format!("the requirement of {id} was reworded")
        } else {
            format!(
                "the title of {id} changed: {:?} became {:?}",
                sections::shortened(title_before),
                sections::shortened(title_after)
            )
        };
        let primary = sections::label_after(&pair.after, "new text");
        let draft = sections::draft(Some(&pair.before), Some(&pair.after), message, primary);
        findings.add(
            draft
                .related(sections::label_before(&pair.before, "published text"))
                .advice(format!(
                    "check that {id} still means the same; a new meaning needs an unused ID"
                )),
        );
    }
    Ok(())
}
