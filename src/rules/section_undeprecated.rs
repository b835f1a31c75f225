//! `section-undeprecated`.

use crate::repo::ObjectError;
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-undeprecated",
    summary: "the deprecation mark of a section was removed",
    page: include_str!("../../docs/rules/section-undeprecated.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    for kept in &context.sections()?.kept {
        let pair = &kept.pair;
        let (Some(mark), None) = (&pair.before.section.mark, &pair.after.section.mark) else {
            continue;
        };
        let message = format!(
            "{} lost its mark {}",
            pair.before.id(),
            sections::shortened(mark)
        );
        let primary = sections::label_after(&pair.after, "mark removed");
        let draft = sections::draft(Some(&pair.before), Some(&pair.after), message, primary);
        let draft = draft.related(sections::label_before(&pair.before, "marked here"));
        // A mark with more content, such as [MOVED TO x], is restored as it was.
        let plain = mark.starts_with("[DEPRECATED]") || mark.starts_with('~');
        let draft = if plain {
            suggestions::deprecate(draft, "restore the mark", pair.after.id())
        } else {
            draft.advice(format!(
                "restore the mark: {}",
                sections::tombstone(&pair.before)
            ))
        };
        let draft = draft.advice("to bring the requirement back, use an unused ID");
        findings.add(draft);
    }
    Ok(())
}
