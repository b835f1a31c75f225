//! One step between two lists of files, judged without Git.

use std::collections::BTreeMap;
use std::sync::Arc;

use graven::engine::{Batch, JudgeContext, Step, judge};
use graven::policy::{self, Policy};
use graven::repo::memory::Memory;
use graven::repo::{Mode, Side};
use graven::report::{Origin, Report};
use graven::rules::RULES;
use graven::rules::rule::RefMove;
use graven::text::Source;

/// Files by path, each with its mode.
pub(crate) type Files = BTreeMap<String, (Mode, String)>;

/// One step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    /// What stood in a revision before the before side, if any.
    pub(crate) earlier: Option<Files>,
    pub(crate) before: Files,
    pub(crate) after: Files,
    pub(crate) published: Option<Files>,
    pub(crate) policy: Option<String>,
    pub(crate) moves: Vec<RefMove>,
    /// The subject lines of its commits, where they are known.
    pub(crate) subjects: Option<Vec<String>>,
    /// True when there is no before side at all.
    pub(crate) first: bool,
}

/// What graven says of a step.
pub(crate) fn report(case: &Case) -> Report {
    report_under(
        case,
        Arc::new(case.policy.as_deref().map_or_else(policy::built_in, parsed)),
    )
}

/// The same under a policy that is made already, whatever the case says of it.
pub(crate) fn report_under(case: &Case, policy: Arc<Policy>) -> Report {
    let mut memory = Memory::default();
    let mut commit = |parent, files: &Files| {
        memory.commit(
            parent,
            files
                .iter()
                .map(|(path, (mode, content))| (path.as_str(), *mode, content.as_bytes())),
        )
    };
    let earlier = case.earlier.as_ref().map(|files| commit(None, files));
    let before = (!case.first).then(|| commit(earlier, &case.before));
    let after = commit(before, &case.after);
    let published = case
        .published
        .as_ref()
        .map(|files| Side::Commit(commit(before, files)));
    let origin = Origin::Range {
        before,
        after,
        name: "case".to_owned(),
    };
    let step = Step {
        before: before.map(Side::Commit),
        after: Side::Commit(after),
        origin,
        published,
        subjects: case.subjects.clone(),
        other_parents: Vec::new(),
    };
    let batch = Batch {
        policy,
        moves: case.moves.clone(),
        steps: vec![step],
        problems: Vec::new(),
    };
    let mut bench = JudgeContext {
        objects: &memory,
        rules: RULES,
        rule_names: &graven::commands::rule_names(),
        progress: &mut |_, _| {},
    };
    judge(&[batch], &mut bench)
}

fn parsed(text: &str) -> Policy {
    let source = Arc::new(Source::new(text.to_owned()));
    policy::parse(source, "graven.toml", &graven::commands::rule_names())
        .unwrap_or_else(|faults| panic!("{faults:?}"))
}
