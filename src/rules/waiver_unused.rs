//! A new waiver matches no finding.

use std::sync::Arc;

use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{AddedWaiver, Check, FindingDraft, Findings, Rule, WaiverOutcome};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "waiver-unused",
    summary: "a new waiver matches no finding",
    page: include_str!("../../docs/rules/waiver-unused.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Waiver(check),
};

fn check(added: &AddedWaiver<'_>, findings: &mut Findings<'_>) {
    let AddedWaiver {
        file,
        waiver,
        outcome: WaiverOutcome::Unused,
    } = added
    else {
        return;
    };
    let message = format!(
        "the waiver for {} of {} matches no finding",
        waiver.rule, waiver.subject
    );
    let place = Some((Arc::clone(&file.source), waiver.fingerprint.span));
    let text = "no finding has this fingerprint".to_owned();
    let primary = Label {
        side: WhichSide::After,
        path: file.path.clone(),
        place,
        text,
    };
    let draft = FindingDraft::new(waiver.fingerprint.value.to_string(), message, primary)
        .content(None, Some(file.source.slice(waiver.span).as_bytes()));
    findings.add(draft.advice("remove it; the edit that it waives is missing or was changed"));
}
