//! A status word that the kind does not know.

use crate::change::Change;
use crate::document::{Status, StatusValue, Text};
use crate::level::Level;
use crate::object::ObjectError;
use crate::report::WhichSide;
use crate::rule::{Check, Draft, Findings, Rule, Scene, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "status-unknown",
    summary: "a status word that the kind of the document does not know",
    page: include_str!("../../docs/rules/status-unknown.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(change: &Change, _: &Scene<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some((after, text)) = change.after().and_then(|after| Some((after, after.text()?))) else { return Ok(()) };
    let Some(status) = unknown(text) else { return Ok(()) };
    let before = change.before().and_then(|before| before.text());
    if before.and_then(|before| unknown(before)).is_some_and(|before| before.written == status.written) {
        return Ok(());
    }
    let message =
        format!("{} has the status \"{}\", which no {} knows", after.subject(), status.written, after.kind.name);
    let draft = Draft::about(after, message, label(WhichSide::After, after, Some(status.span), "unknown status"))
        .versions(change.before().map(AsRef::as_ref), Some(after));
    let mut known: Vec<&str> = Vec::new();
    for word in after.kind.vocabulary.iter().flat_map(|words| &words.words) {
        if !known.contains(&word.canonical.as_str()) {
            known.push(&word.canonical);
        }
    }
    findings.add(draft.advice(format!("write one of {}, or add the word to graven.toml", known.join(", "))));
    Ok(())
}

fn unknown(text: &Text) -> Option<&Status> {
    text.status.main.as_ref().filter(|status| status.value == StatusValue::Unknown)
}
