//! A push deletes a protected branch.

use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, RefMove, Rule};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "protected-branch-deleted",
    summary: "a push deletes a protected branch",
    page: include_str!("../../docs/rules/protected-branch-deleted.md"),
    since: "0.1.0",
    level: Level::Forbid,
    check: Check::Ref(check),
};

fn check(ref_move: &RefMove, findings: &mut Findings<'_>) {
    if !ref_move.protected || ref_move.before.is_none() || ref_move.after.is_some() {
        return;
    }
    let text = "its commits could be lost".to_owned();
    let primary = Label {
        side: WhichSide::Before,
        path: ref_move.name.clone(),
        place: None,
        text,
    };
    let message = format!("the push deletes the protected branch {}", ref_move.name);
    let draft = FindingDraft::new(ref_move.name.to_string(), message, primary);
    findings.add(
        draft.advice(
            "first remove it from [branches] protected in graven.toml on the default branch",
        ),
    );
}
