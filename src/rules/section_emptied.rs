//! `section-emptied`.

use crate::change::sections::Meaning;
use crate::repo::ObjectError;
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};
use crate::text::similarity::Words;

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-emptied",
    summary: "the body of a published section was removed",
    page: include_str!("../../docs/rules/section-emptied.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    for kept in context
        .sections()?
        .kept
        .iter()
        .filter(|kept| kept.meaning != Meaning::Replaced)
    {
        let pair = &kept.pair;
        let marked = pair.before.section.mark.is_some() || pair.after.section.mark.is_some();
        let emptied =
            Words::of(pair.after.body()).is_empty() && !Words::of(pair.before.body()).is_empty();
        if marked || !emptied {
            continue;
        }
        let message = format!("the body of {} was removed", pair.before.id());
        let primary = sections::label_after(&pair.after, "no body");
        let draft =
            sections::draft(Some(&pair.before), Some(&pair.after), message, primary).related(
                sections::label_before(&pair.before, "published with a body"),
            );
        let draft = suggestions::deprecate(
            draft,
            "if it no longer applies, mark it [DEPRECATED]",
            pair.after.id(),
        );
        findings.add(sections::suggest_published(draft, findings, &pair.before));
    }
    Ok(())
}
