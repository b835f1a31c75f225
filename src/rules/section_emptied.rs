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
    summary: "a published section stands, but its body is gone",
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
        let message = format!(
            "{} stands, but nothing is said under it any more",
            pair.before.id()
        );
        let primary = sections::label_after(&pair.after, "nothing follows");
        let draft =
            sections::draft(Some(&pair.before), Some(&pair.after), message, primary).related(
                sections::label_before(&pair.before, "published with a body"),
            );
        let draft = suggestions::deprecate(
            draft,
            "mark it [DEPRECATED] when it no longer holds",
            pair.after.id(),
        );
        findings.add(sections::suggest_published(draft, findings, &pair.before));
    }
    Ok(())
}
