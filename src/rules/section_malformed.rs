//! `section-malformed`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::Change;
use crate::change::snapshot::Declared;
use crate::document::Document;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-malformed",
    summary: "a heading looks like a section ID but does not declare one",
    page: include_str!("../../docs/rules/section-malformed.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let texts = |side: fn(&Change) -> Option<&Arc<Document>>| {
        context
            .changes
            .iter()
            .filter_map(side)
            .filter_map(|document| Some((document, document.text()?)))
    };
    if context.before.is_none() || texts(Change::after).all(|(_, text)| text.malformed.is_empty()) {
        return Ok(());
    }
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in texts(Change::before) {
        for heading in &text.malformed {
            *there.entry(&heading.value).or_default() += 1;
        }
    }
    // An ID that is lost through this is `section-removed`.
    let lost: BTreeSet<&str> = context.sections()?.lost.iter().map(Declared::id).collect();
    for (document, text) in texts(Change::after) {
        for heading in text
            .malformed
            .iter()
            .filter(|heading| !lost.contains(heading.value.as_str()))
        {
            if let Some(count @ 1..) = there.get_mut(heading.value.as_str()) {
                *count -= 1;
                continue;
            }
            let message = format!(
                "this heading looks like section {} but does not declare it",
                heading.value
            );
            let primary = label(
                WhichSide::After,
                document,
                Some(heading.span),
                "not a section declaration",
            );
            let draft = FindingDraft::new(heading.value.as_str(), message, primary)
                .kind(&document.kind.name)
                .content(None, Some(text.source.slice(heading.span).as_bytes()));
            findings.add(draft.advice(format!(
                "write a colon and a title after the ID: ## {}: Title",
                heading.value
            )));
        }
    }
    Ok(())
}
