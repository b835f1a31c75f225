//! Checks of the objects, the refs and the configuration of a repository.

use super::facts::{History, Repository};
use super::{Check, quoted, shown};
use crate::steps::hook::HostSide;

pub(super) fn checks(repository: &Repository, place: HostSide) -> Vec<Check> {
    let mut checks = vec![history(repository)];
    if repository.replaced > 0 {
        let count = repository.replaced;
        let them = if count == 1 {
            "object is"
        } else {
            "objects are"
        };
        let message = format!("{count} {them} replaced in refs/replace/, which graven ignores");
        let command = "git replace --list | xargs git replace --delete";
        checks.push(Check::advice("replace-refs", message).run("delete the replacements", command));
    }
    if let Some(grafts) = &repository.grafts {
        let message = format!(
            "{} changes the parents of commits, which graven ignores",
            shown(grafts)
        );
        let command = format!("mv {0} {0}.aside", quoted(grafts));
        checks.push(Check::advice("grafts", message).run("move the grafts away", command));
    }
    if place == HostSide::Server {
        checks.extend(settings(repository));
    }
    checks
}

fn history(repository: &Repository) -> Check {
    let name = "history";
    match repository.history {
        History::Whole => Check::good(name, "the history is complete"),
        History::Shallow => Check::missing(
            name,
            "this is a shallow clone: commits behind its boundary cannot be judged",
        )
        .run("fetch the whole history", "git fetch --unshallow"),
        History::Partial => Check::missing(
            name,
            "this is a partial clone: objects that were not fetched cannot be judged",
        )
        .so("clone it again without --filter"),
    }
}

/// Settings of a server. graven refuses malformed objects that it reads, and the deletion of a protected branch, by
/// itself.
fn settings(repository: &Repository) -> [Check; 2] {
    let name = "checked-objects";
    let checked = if repository.checks_objects {
        Check::good(name, "Git checks every pushed object")
    } else {
        let message = "Git accepts malformed objects; graven refuses only those that it reads";
        Check::advice(name, message)
            .run("check every object", "git config receive.fsckObjects true")
    };
    let name = "shallow-pushes";
    let shallow = if repository.takes_shallow {
        let message = "a push may make the history shallow, and then graven cannot judge";
        Check::advice(name, message).run(
            "refuse such pushes",
            "git config receive.shallowUpdate false",
        )
    } else {
        Check::good(name, "no push can make the history shallow")
    };
    [checked, shallow]
}
