//! `test-cites-deprecated`.

use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

use super::shared::{citations, sections};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "test-cites-deprecated",
    summary: "a test has a new citation of a deprecated section",
    page: include_str!("../../docs/rules/test-cites-deprecated.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(traced) = citations::changes(context, findings)? else {
        return Ok(());
    };
    let ids: Vec<&str> = traced.added.keys().map(String::as_str).collect();
    for (id, declared) in citations::declarations(context, &ids)? {
        let Some(section) = declared.first().filter(|_| !citations::is_live(&declared)) else {
            continue;
        };
        let mark = section.section.mark.as_deref().unwrap_or_default();
        let message = format!(
            "a test cites {id}, which is marked {}",
            sections::shortened(mark)
        );
        let places = &traced.added[&id];
        let Some(draft) = citations::draft(WhichSide::After, &id, places, message, "cited here")
        else {
            continue;
        };
        let bound = format!(
            "{}\n{}",
            citations::fingerprint_content(&id, places),
            section.whole()
        );
        let draft = draft
            .kind(&section.document.kind.name)
            .content(None, Some(bound.as_bytes()));
        let draft = draft.related(sections::label_after(section, "marked here"));
        findings.add(draft.advice("cite the section that replaces it, if there is one"));
    }
    Ok(())
}
