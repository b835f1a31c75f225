//! What is odd about the objects, the refs and the configuration of a repository.

use super::facts::{History, Repository};
use super::{Check, quoted, shown};
use crate::steps::hook::HostSide;

pub(super) fn checks(repository: &Repository, place: HostSide) -> Vec<Check> {
    let mut checks = vec![history(repository)];
    if repository.replaced > 0 {
        let count = repository.replaced;
        let (them, say) = if count == 1 {
            ("object is", "says")
        } else {
            ("objects are", "say")
        };
        let message = format!(
            "{count} {them} shown in place of others, as refs/replace/ {say}, and graven reads the others"
        );
        let command = "git replace --list | xargs git replace --delete";
        checks.push(
            Check::advice("replace-refs", message).run("show people what graven reads", command),
        );
    }
    if let Some(grafts) = &repository.grafts {
        let message = format!(
            "{} gives commits other parents, and graven reads their own",
            shown(grafts)
        );
        let command = format!("mv {0} {0}.aside", quoted(grafts));
        checks.push(Check::advice("grafts", message).run("show people what graven reads", command));
    }
    if place == HostSide::Server {
        checks.extend(settings(repository));
    }
    checks
}

fn history(repository: &Repository) -> Check {
    let name = "history";
    match repository.history {
        History::Whole => Check::good(name, "the history is whole"),
        History::Shallow => Check::missing(
            name,
            "this is a shallow clone: what lies behind its end cannot be judged",
        )
        .run("fetch the whole history", "git fetch --unshallow"),
        History::Partial => Check::missing(
            name,
            "this is a partial clone: what was not fetched cannot be judged",
        )
        .so("clone it again without --filter"),
    }
}

/// What a server may set. graven refuses a malformed object that it opens, and the deletion of a protected branch, by
/// itself.
fn settings(repository: &Repository) -> [Check; 2] {
    let name = "checked-objects";
    let checked = if repository.checks_objects {
        Check::good(name, "Git looks at every object that is pushed")
    } else {
        let message =
            "Git takes malformed objects, of which graven refuses only those that it opens";
        Check::advice(name, message).run(
            "look at every object",
            "git config receive.fsckObjects true",
        )
    };
    let name = "shallow-pushes";
    let shallow = if repository.takes_shallow {
        let message = "a push may cut the history off, and then graven can judge nothing";
        Check::advice(name, message).run("refuse it", "git config receive.shallowUpdate false")
    } else {
        Check::good(name, "no push can cut the history off")
    };
    [checked, shallow]
}
