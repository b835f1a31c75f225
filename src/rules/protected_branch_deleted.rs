//! A protected branch is to be deleted.

use crate::report::Level;
use crate::report::{Label, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, RefMove, Rule};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "protected-branch-deleted",
    summary: "a push deletes a branch whose revisions are published",
    page: include_str!("../../docs/rules/protected-branch-deleted.md"),
    since: "0.1.0",
    level: Level::Forbid,
    check: Check::Ref(check),
};

fn check(ref_move: &RefMove, findings: &mut Findings<'_>) {
    if !ref_move.protected || ref_move.before.is_none() || ref_move.after.is_some() {
        return;
    }
    let text = "its revisions would be gone".to_owned();
    let primary = Label {
        side: WhichSide::Before,
        path: ref_move.name.clone(),
        place: None,
        text,
    };
    let message = format!("the protected branch {} would be deleted", ref_move.name);
    let draft = FindingDraft::new(ref_move.name.to_string(), message, primary);
    findings.add(draft.advice(
        "take it out of [branches] protected in the graven.toml of the default branch first",
    ));
}
