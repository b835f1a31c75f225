//! Whether a policy judges, and which.

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
            format!("the policy is {}, which graven.policy names", shown(file)),
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
            format!("{FILE_NAME} of the work tree is not what judges: {judges} is")
        }
        WorkTree::Gone => {
            format!("there is no {FILE_NAME} in the work tree, and {judges} judges all the same")
        }
    };
    Some(
        Check::advice(name, message)
            .so("a policy judges once it is published, and by what comes after it"),
    )
}

fn documents(count: usize) -> Check {
    let name = "documents";
    match count {
        0 => Check::advice(
            name,
            "nothing here is governed by the policy, so nothing is guarded",
        )
        .so("graven init --dry-run shows a policy that fits"),
        1 => Check::good(name, "1 document is governed"),
        count => Check::good(name, format!("{count} documents are governed")),
    }
}
