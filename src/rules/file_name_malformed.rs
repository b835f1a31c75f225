//! A new file in a folder of documents has a name that no kind matches.

use crate::repo::ObjectError;
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "file-name-malformed",
    summary: "the name of a new file matches no kind of document, so the file is not protected",
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
            "{} is not named like a document of kind {}",
            stray.path, kind.name
        );
        let text = "this file is not protected".to_owned();
        let primary = Label {
            side: WhichSide::After,
            path: stray.path.clone(),
            place: None,
            text,
        };
        let wanted = match &kind.file_name {
            Some(pattern) => format!("rename it to {pattern}"),
            None => format!(
                "rename it to match one of: {}",
                kind.paths.globs().join(", ")
            ),
        };
        let draft = FindingDraft::new(stray.path.to_string(), message, primary).kind(&kind.name);
        findings.add(draft.advice(wanted));
    }
    Ok(())
}
