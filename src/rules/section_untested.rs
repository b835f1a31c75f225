//! `section-untested`.

use std::collections::BTreeSet;

use crate::change::snapshot::Declared;
use crate::citations::{CitationChanges, cited_by_a_test};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

use super::shared::{citations, sections};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-untested",
    summary: "no test cites a new section",
    page: include_str!("../../docs/rules/section-untested.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

/// What sections are called that say nothing yet, in lower case.
const PLACEHOLDERS: [&str; 6] = ["", "tbd", "todo", "tba", "reserved", "placeholder"];

/// Citations that cannot be read, as shown beside a section that misses one.
const NOTES: usize = 3;

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let gained = context.sections()?.gained.iter();
    let new: Vec<&Declared> = gained
        .filter(|new| new.section.mark.is_none() && !is_placeholder(new))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    citations::changes(context, findings)?;
    let Some(traced) = context.citations()? else {
        return Ok(());
    };
    let open = || {
        new.iter()
            .filter(|new| !traced.cited.contains_key(new.id()))
    };
    let ids: BTreeSet<&str> = open().map(|new| new.id()).collect();
    // A repository without tests is not asked for them.
    if ids.is_empty() || context.after.files(&context.policy.trace.tests)?.is_empty() {
        return Ok(());
    }
    let elsewhere = traced.cited_elsewhere(&ids, context.policy, context.after)?;
    let example = citations::example_citation(context)?;
    for new in open().filter(|new| !elsewhere.contains(new.id())) {
        findings.add(untested(traced, new, &example));
    }
    Ok(())
}

fn untested(
    traced: &CitationChanges,
    new: &Declared,
    example: &dyn Fn(&str) -> String,
) -> FindingDraft {
    let id = new.id();
    let message = format!("{id} is new, but no test cites it");
    let mut draft = sections::draft(
        None,
        Some(new),
        message,
        sections::label_after(new, "not cited by any test"),
    );
    for (place, why) in traced.notes.iter().take(NOTES) {
        draft = draft.related(citations::label(
            WhichSide::After,
            place,
            format!("citation not read: {why}"),
        ));
    }
    // Both contents, so that a later step which brings the test is known to undo it.
    let draft = draft.content(
        Some(cited_by_a_test(id).as_bytes()),
        Some(new.whole().as_bytes()),
    );
    draft.advice(example(id))
}

/// A section whose title marks it as a placeholder, or that is empty.
fn is_placeholder(section: &Declared) -> bool {
    let bare = |words: &str| {
        words
            .trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_lowercase()
    };
    let (title, body) = (bare(&section.section.title), bare(section.body()));
    if title.is_empty() {
        PLACEHOLDERS.contains(&body.as_str())
    } else {
        PLACEHOLDERS.contains(&title.as_str())
    }
}
