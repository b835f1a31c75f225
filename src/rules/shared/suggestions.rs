//! The help that several rules give, as commands that can be pasted into a shell.

use crate::document::Document;
use crate::policy::kind::{Freeze, StatusStage};
use crate::repo::{ObjectId, RepoPath};
use crate::report::Origin;
use crate::rules::rule::FindingDraft;
use crate::text::escape::word;

/// Offers to put the published version of a document back.
pub(in crate::rules) fn restore(
    draft: FindingDraft,
    origin: &Origin,
    path: &RepoPath,
) -> FindingDraft {
    match origin.before() {
        Some(before) => {
            let command = format!(
                "git restore --source={} --staged --worktree -- {}",
                before.short(),
                quote(path)
            );
            draft.help(
                "restore the published version (this discards your changes to it)",
                command,
            )
        }
        None => draft,
    }
}

/// How a changed decision is recorded for this kind of document.
pub(in crate::rules) fn write_successor(draft: FindingDraft, document: &Document) -> FindingDraft {
    let kind = &document.kind.name;
    match document.kind.freeze {
        Freeze::WhenAccepted => {
            if can_be_superseded(document) {
                let text =
                    format!("to change the decision, write a new {kind} that supersedes this one");
                draft.help(
                    text,
                    format!("graven supersede {} \"Title\"", quote(&document.path)),
                )
            } else {
                draft.advice(format!(
                    "to decide differently, write a new {kind} and leave this one unchanged"
                ))
            }
        }
        Freeze::WhenCommitted | Freeze::Never => draft.advice(format!(
            "to correct or add something, write a new {kind} and leave this one unchanged"
        )),
    }
}

/// True when the command would not be refused for the status that the document has: one in force, or an unknown one.
fn can_be_superseded(document: &Document) -> bool {
    let status = document.text().and_then(|text| text.status.main.as_ref());
    status.is_some_and(|status| {
        !matches!(
            status.standing(),
            Some(StatusStage::Open | StatusStage::Terminal)
        )
    })
}

/// Suggests to mark a section as deprecated instead of removing it, once it is restored.
pub(in crate::rules) fn deprecate(
    draft: FindingDraft,
    text: impl Into<String>,
    id: &str,
) -> FindingDraft {
    draft.help(text, format!("graven deprecate {}", word(id)))
}

/// Offers the number or the ID that nothing ever had: the next one of a kind, or under a prefix.
pub(in crate::rules) fn next_unused(
    draft: FindingDraft,
    text: impl Into<String>,
    of: &str,
) -> FindingDraft {
    draft.help(text, format!("graven next {}", quote(&RepoPath::new(of))))
}

/// Offers to look at a document as an earlier revision had it.
pub(in crate::rules) fn show_earlier(
    draft: FindingDraft,
    text: impl Into<String>,
    commit: ObjectId,
    path: &RepoPath,
) -> FindingDraft {
    draft.help(text, format!("git show {}:{}", commit.short(), quote(path)))
}

/// A path as one word for a POSIX shell.
pub(in crate::rules) fn quote(path: &RepoPath) -> String {
    word(&path.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_for_the_shell() {
        assert_eq!(
            quote(&RepoPath::new("sdd/adrs/0001-a.md")),
            "sdd/adrs/0001-a.md"
        );
        assert_eq!(quote(&RepoPath::new("it's; rm -rf")), r"'it'\''s; rm -rf'");
    }
}
