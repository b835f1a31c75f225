//! What the rules about workflows have in common: what sort of work a step is, and what it touches. Does not depend on what
//! any one rule asks for.

use crate::policy::Workflow;
use crate::repo::{Difference, PathSet, RepoPath};
use crate::report::{Label, WhichSide};
use crate::rules::rule::{FindingDraft, RuleContext};

/// What sort of work a step is, as its subject lines say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Work {
    /// One of them names a feature.
    Feature,
    /// One of them names a fix, and none a feature: what is repaired on the way to a feature is part of it.
    Fix,
    /// Anything else.
    Other,
}

impl Work {
    /// Tells it by the subject lines.
    pub(in crate::rules) fn of(subjects: &[String], workflow: &Workflow) -> Self {
        let any = |pattern: &crate::policy::kind::Pattern| {
            subjects
                .iter()
                .any(|subject| pattern.is_match(without_autosquash(subject)))
        };
        if any(&workflow.feature) {
            Self::Feature
        } else if any(&workflow.fix) {
            Self::Fix
        } else {
            Self::Other
        }
    }
}

/// The subject behind what `git commit --fixup` and `--squash` put in front of it.
fn without_autosquash(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some(behind) = ["fixup!", "squash!", "amend!"]
        .iter()
        .find_map(|sign| rest.strip_prefix(sign))
    {
        rest = behind.trim_start();
    }
    rest
}

/// The files that some globs match and that the step adds or changes.
pub(in crate::rules) fn written_files<'a>(
    context: &RuleContext<'a>,
    globs: &'a PathSet,
) -> impl Iterator<Item = &'a Difference> {
    context
        .files
        .iter()
        .filter(|difference| difference.after.is_some() && globs.matches(&difference.path))
}

/// A finding about a step as a whole, at one of the files it touches. The fingerprint binds it to the content of all files of
/// that sort, so that it is the same however the step is cut into commits.
pub(in crate::rules) fn draft(
    subject: String,
    message: String,
    at: (&Difference, &str),
    all: &[&Difference],
) -> FindingDraft {
    let (difference, text) = at;
    let side = if difference.after.is_some() {
        WhichSide::After
    } else {
        WhichSide::Before
    };
    let primary = Label {
        side,
        path: difference.path.clone(),
        place: None,
        text: text.to_owned(),
    };
    let list = |side: fn(&Difference) -> Option<String>| {
        let lines: Vec<String> = all
            .iter()
            .filter_map(|one| Some(format!("{} {}", path(&one.path), side(one)?)))
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n").into_bytes())
    };
    let before = list(|one| one.before.as_ref().map(|entry| entry.id.to_string()));
    let after = list(|one| one.after.as_ref().map(|entry| entry.id.to_string()));
    FindingDraft::new(subject, message, primary).content(before.as_deref(), after.as_deref())
}

fn path(path: &RepoPath) -> String {
    path.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(subjects: &[&str]) -> Work {
        let subjects: Vec<String> = subjects
            .iter()
            .map(|subject| (*subject).to_owned())
            .collect();
        Work::of(&subjects, &crate::policy::built_in().workflow)
    }

    #[test]
    fn a_fix_on_the_way_to_a_feature_is_part_of_it() {
        assert_eq!(work(&["feat: globs", "fix typo"]), Work::Feature);
        assert_eq!(work(&["Write docs", "fix typo"]), Work::Fix);
        assert_eq!(work(&[]), Work::Other);
    }

    #[test]
    fn a_subject_is_told_by_its_first_word() {
        for subject in [
            "fix: a",
            "Fix(paths): a",
            "FIXES #1",
            "fixed it",
            "fixup! fix: a",
            "amend! squash! fix a",
            " fix",
        ] {
            assert_eq!(work(&[subject]), Work::Fix, "{subject}");
        }
        for subject in ["feat: a", "Feat(x)!: a", "feature: a", "fixup! feat: a"] {
            assert_eq!(work(&[subject]), Work::Feature, "{subject}");
        }
        for subject in [
            "prefix the paths",
            "fixture for tests",
            "featured",
            "Merge branch 'fix/a'",
            "Revert \"fix: a\"",
            "",
        ] {
            assert_eq!(work(&[subject]), Work::Other, "{subject}");
        }
    }
}
