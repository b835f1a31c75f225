//! A document has a status that its kind does not define.

use crate::change::Change;
use crate::document::{Status, StatusValue, Text};
use crate::policy::kind::StatusWord;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};
use crate::text::confusables::{first_non_ascii, name, skeleton_of};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "status-unknown",
    summary: "a document has a status that its kind does not define",
    page: include_str!("../../docs/rules/status-unknown.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(
    change: &Change,
    _: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some((after, text)) = change
        .after()
        .and_then(|after| Some((after, after.text()?)))
    else {
        return Ok(());
    };
    let Some(status) = unknown_status(text) else {
        return Ok(());
    };
    let before = change.before().and_then(|before| before.text());
    if before
        .and_then(|before| unknown_status(before))
        .is_some_and(|before| before.written == status.written)
    {
        return Ok(());
    }
    let words = || after.kind.vocabulary.iter().flat_map(|words| &words.words);
    let written = skeleton_of(&status.written);
    let lower = status.written.to_lowercase();
    let disguised = |word: &&StatusWord| !lower.starts_with(&word.phrase);
    let seen = words().filter(disguised).find(|word| {
        written
            .strip_prefix(&skeleton_of(&word.phrase))
            .is_some_and(is_word_end)
    });
    let odd = seen.and_then(|word| Some((word, first_non_ascii(&status.written, &word.phrase)?)));
    let subject = after.subject();
    let message = match odd {
        Some((word, odd)) => {
            let (written, known) = (&status.written, &word.canonical);
            format!(
                "{subject} has the status \"{written}\", which looks like {known} but contains {}",
                name(odd)
            )
        }
        None => format!(
            "{subject} has the status \"{}\", which is not defined for kind {}",
            status.written, after.kind.name
        ),
    };
    let draft = FindingDraft::for_document(
        after,
        message,
        label(WhichSide::After, after, Some(status.span), "unknown status"),
    )
    .versions(change.before().map(AsRef::as_ref), Some(after));
    let mut known: Vec<&str> = Vec::new();
    for word in words() {
        if !known.contains(&word.canonical.as_str()) {
            known.push(&word.canonical);
        }
    }
    findings.add(draft.advice(format!(
        "use one of {}, or add this status to graven.toml",
        known.join(", ")
    )));
    Ok(())
}

/// True when a word ends here.
fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

fn unknown_status(text: &Text) -> Option<&Status> {
    text.status
        .main
        .as_ref()
        .filter(|status| status.value == StatusValue::Unknown)
}
