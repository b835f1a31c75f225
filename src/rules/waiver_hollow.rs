//! A waiver has no sufficient reason.

use std::sync::Arc;

use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{AddedWaiver, Check, FindingDraft, Findings, Rule, WaiverOutcome};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "waiver-hollow",
    summary: "the reason of a waiver is empty, a placeholder or too short",
    page: include_str!("../../docs/rules/waiver-hollow.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Waiver(check),
};

fn check(added: &AddedWaiver<'_>, findings: &mut Findings<'_>) {
    let AddedWaiver {
        file,
        waiver,
        outcome: WaiverOutcome::BadReason(fault),
    } = added
    else {
        return;
    };
    let message = format!(
        "the waiver for {} of {} has no effect: {fault}",
        waiver.rule, waiver.subject
    );
    let place = Some((Arc::clone(&file.source), waiver.reason.span));
    let text = "not a sufficient reason".to_owned();
    let primary = Label {
        side: WhichSide::After,
        path: file.path.clone(),
        place,
        text,
    };
    let draft = FindingDraft::new(waiver.fingerprint.value.to_string(), message, primary)
        .content(None, Some(file.source.slice(waiver.span).as_bytes()));
    findings.add(draft.advice("explain in a sentence why this finding is acceptable"));
}
