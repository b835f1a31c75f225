//! A step weakens the policy.

use std::sync::Arc;

use super::shared::suggestions;
use crate::policy::Weakening;
use crate::repo::ObjectError;
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "policy-weakened",
    summary: "graven.toml protects less than before",
    page: include_str!("../../docs/rules/policy-weakened.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(change) = context.policy_change else {
        return Ok(());
    };
    let bytes = |source: &Option<Arc<crate::text::Source>>| {
        source
            .as_ref()
            .map(|source| source.text().as_bytes().to_vec())
    };
    let (before, after) = (bytes(&change.before), bytes(&change.after));
    for of_key in group_by_key(&change.weakenings) {
        let [weakening, ..] = of_key.as_slice() else {
            continue;
        };
        let what: Vec<&str> = of_key.iter().map(|one| one.what.as_str()).collect();
        let place = change
            .after
            .as_ref()
            .zip(weakening.span)
            .map(|(source, span)| (Arc::clone(source), span));
        let side = if place.is_some() {
            WhichSide::After
        } else {
            WhichSide::Before
        };
        let text = if place.is_some() {
            "weaker than the version before"
        } else {
            "protected by this file before"
        };
        let primary = Label {
            side,
            path: change.path.clone(),
            place,
            text: text.to_owned(),
        };
        let message = format!("the policy is weakened: {}", what.join("; "));
        let subject = format!("{}:{}", change.path, weakening.key);
        let draft = FindingDraft::new(subject, message, primary)
            .content(before.as_deref(), after.as_deref());
        findings.add(suggestions::restore(draft, findings.origin(), &change.path));
    }
    Ok(())
}

/// What is weaker, together by its key, which names the finding: two of one key would be taken for one.
fn group_by_key(weakenings: &[Weakening]) -> Vec<Vec<&Weakening>> {
    let mut grouped: Vec<Vec<&Weakening>> = Vec::new();
    for weakening in weakenings {
        match grouped.iter_mut().find(|group| {
            group
                .first()
                .is_some_and(|first| first.key == weakening.key)
        }) {
            Some(group) => group.push(weakening),
            None => grouped.push(vec![weakening]),
        }
    }
    grouped
}
