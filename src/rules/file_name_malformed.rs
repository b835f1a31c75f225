//! A file stands among the documents of a kind and is named so that it is none of them.

use crate::repo::ObjectError;
use crate::report::Level;
use crate::report::{Label, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "file-name-malformed",
    summary: "a new file stands among documents and is not named like one, so nothing guards it",
    page: include_str!("../../docs/rules/file-name-malformed.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    for stray in context.strays {
        let kind = &stray.kind;
        let message = format!(
            "{} stands among documents of kind {} and is not named like one",
            stray.path, kind.name
        );
        let text = "nothing guards this file".to_owned();
        let primary = Label {
            side: WhichSide::After,
            path: stray.path.clone(),
            place: None,
            text,
        };
        let wanted = match &kind.file_name {
            Some(pattern) => format!("name it {pattern}"),
            None => format!(
                "name it so that one of these matches: {}",
                kind.paths.globs().join(", ")
            ),
        };
        let draft = FindingDraft::new(stray.path.to_string(), message, primary).kind(&kind.name);
        findings.add(draft.advice(wanted));
    }
    Ok(())
}
