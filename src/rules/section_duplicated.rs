//! `section-duplicated`.

use crate::change::shelf::Declared;
use crate::level::Level;
use crate::object::ObjectError;
use crate::rule::{Check, Draft, Findings, Rule, Scene};

use super::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-duplicated",
    summary: "a section ID is declared twice",
    page: include_str!("../../docs/rules/section-duplicated.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    const SHOWN: usize = 8;
    for doubled in &scene.sections()?.doubled {
        let elder = doubled.elder.unwrap_or(0);
        let Some(first) = doubled.declared.get(elder) else { continue };
        let others = doubled.declared.iter().enumerate().filter(|&(at, _)| at != elder).map(|(_, other)| other);
        let others: Vec<_> = others.collect();
        let Some(second) = others.first() else { continue };
        let times = if others.len() == 1 { "twice".to_owned() } else { format!("{} times", others.len() + 1) };
        let message = format!("{} is declared {times}", first.id());
        // No content before: that the elder stands as it stood undoes nothing.
        let declared: Vec<&str> = doubled.declared.iter().map(Declared::whole).collect();
        let place = if doubled.elder.is_some() { "published here" } else { "declared here first" };
        let mut draft = Draft::new(first.id(), message, sections::is(second, "declared here again"))
            .kind(&second.document.kind.name)
            .content(None, Some(declared.join("\n").as_bytes()))
            .related(sections::is(first, place));
        for other in others.iter().skip(1).take(SHOWN) {
            draft = draft.related(sections::is(other, "and here"));
        }
        findings.add(
            draft.advice(format!(
                "give the new section an ID that was never used, and leave {} to the other",
                first.id()
            )),
        );
    }
    Ok(())
}
