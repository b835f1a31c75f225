//! `definition-of-done-open`.

use super::shared::backlog;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "definition-of-done-open",
    summary: "a backlog item is marked done, but its checklist has unchecked boxes",
    page: include_str!("../../docs/rules/definition-of-done-open.md"),
    since: "0.1.0",
    level: Level::Allow,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(change) = context.backlog()? else {
        return Ok(());
    };
    for (key, done) in change.finished() {
        let mut open = done.item.unchecked();
        let Some(first) = open.next() else { continue };
        let count = 1 + open.count();
        let boxes = if count == 1 {
            "1 unchecked box"
        } else {
            &format!("{count} unchecked boxes")
        };
        let message = format!(
            "{} is marked done, but its checklist has {boxes}",
            backlog::item_name(done)
        );
        let primary = backlog::label_at(WhichSide::After, done, first, "unchecked");
        let mut draft = FindingDraft::new(&done.item.id, message, primary)
            .related(backlog::declaration_label(
                WhichSide::After,
                done,
                "marked done here",
            ))
            .advice("finish the remaining tasks, or move them to a new backlog item");
        let whole = |declared: crate::backlog::Declared<'_>| {
            declared
                .listing
                .source
                .slice(declared.item.whole)
                .as_bytes()
                .to_vec()
        };
        let before = change.before.declared(key).next().map(whole);
        draft = draft.content(before.as_deref(), Some(&whole(done)));
        findings.add(draft);
    }
    Ok(())
}
