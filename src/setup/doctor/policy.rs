//! Which policy is in effect.

use super::facts::{PolicyFacts, PolicySource, WorkTree};
use super::{Check, State, shown};
use crate::policy::FILE_NAME;

pub(super) fn checks(policy: &PolicyFacts) -> Vec<Check> {
    let mut checks = vec![source(policy)];
    checks.extend(work_tree(policy));
    checks.extend(policy.documents.map(documents));
    checks
}

fn source(policy: &PolicyFacts) -> Check {
    let name = "policy-source";
    match &policy.source {
        Ok(PolicySource::File(file)) => Check::good(
            name,
            format!("the policy is {}, set by graven.policy", shown(file)),
        ),
        Ok(PolicySource::Tree(commit)) => Check::good(
            name,
            format!("the policy is {FILE_NAME} of commit {commit}"),
        ),
        Ok(PolicySource::BuiltIn(preset)) => {
            Check::good(name, format!("the policy is the preset {preset}"))
        }
        Err(problem) => Check {
            help: problem.help.first().cloned(),
            ..Check::new(
                name,
                State::Missing,
                format!("the policy cannot be read: {}", problem.message),
            )
        },
    }
}

fn work_tree(policy: &PolicyFacts) -> Option<Check> {
    let name = "policy-work-tree";
    let judges = match &policy.source {
        Ok(PolicySource::File(file)) => shown(file),
        Ok(PolicySource::Tree(commit)) => format!("that of commit {commit}"),
        Ok(PolicySource::BuiltIn(preset)) => format!("the preset {preset}"),
        Err(_) => return None,
    };
    let message = match policy.work_tree {
        WorkTree::Same => return None,
        WorkTree::Differs => {
            format!("{FILE_NAME} in the work tree is not in effect: {judges} is used")
        }
        WorkTree::Gone => {
            format!("the work tree has no {FILE_NAME}, but {judges} is still in effect")
        }
    };
    Some(
        Check::advice(name, message)
            .so("a policy takes effect for changes made after it is published"),
    )
}

fn documents(count: usize) -> Check {
    let name = "documents";
    match count {
        0 => Check::advice(
            name,
            "the policy governs no document here, so nothing is protected",
        )
        .so("graven init --dry-run prints a policy that fits"),
        1 => Check::good(name, "1 document is governed"),
        count => Check::good(name, format!("{count} documents are governed")),
    }
}
