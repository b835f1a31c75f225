//! A push writes a replace ref, by which Git shows one object in place of another.

use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, RefMove, Rule};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "replace-ref-pushed",
    summary: "a push writes a ref under refs/replace/, which changes the history that Git shows",
    page: include_str!("../../docs/rules/replace-ref-pushed.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Ref(check),
};

fn check(ref_move: &RefMove, findings: &mut Findings<'_>) {
    if !ref_move.name.as_bstr().starts_with(b"refs/replace/") || ref_move.after.is_none() {
        return;
    }
    let text = "substitutes one object for another".to_owned();
    let primary = Label {
        side: WhichSide::After,
        path: ref_move.name.clone(),
        place: None,
        text,
    };
    let message = format!("{} would change the history that Git shows", ref_move.name);
    let draft = FindingDraft::new(ref_move.name.to_string(), message, primary);
    findings.add(draft.advice("push without refs/replace/*, and keep such refs in your own clone"));
}
