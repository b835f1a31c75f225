//! Ways to start `git receive-pack` without its hooks, which only the account on the server can close.

use super::OVER_SSH;
use crate::support::guarded::{ADR, EDITED, Pushing};
use crate::support::served;

/// What git is told to run on the server instead of `git-receive-pack`.
const PAST: [&str; 3] = [
    "git -c core.hooksPath=/dev/null receive-pack",
    "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null git-receive-pack",
    "sh -c 'exec git -c core.hooksPath=/dev/null receive-pack \"$0\"'",
];

// spec: HOST-002
#[test]
fn git_shell_runs_no_receive_pack_without_its_hooks() {
    if served::or_by_path(served::ssh::server()).is_none() {
        return;
    }
    let pushing = Pushing::accepted(OVER_SSH[0]);
    pushing.clone.change(ADR, EDITED);
    let published = pushing.server.id("main");
    for command in PAST {
        let said = pushing.clone.attempt(&[
            "push",
            &format!("--receive-pack={command}"),
            "origin",
            "main",
        ]);
        said.ends(128).has(&["fatal: unrecognized command"]);
        assert_eq!(pushing.server.id("main"), published, "{command}");
    }
}

/// So what the test above shows is the doing of `git-shell`, and the documentation is right to ask for it.
#[test]
fn where_a_login_shell_answers_the_same_push_goes_past_the_hook() {
    let pushing = Pushing::accepted("sha1");
    pushing.clone.change(ADR, EDITED);
    pushing
        .clone
        .git(&["remote", "set-url", "origin", &pushing.server.url()]);
    pushing.refuse(&["main"]);
    pushing.allow(&[&format!("--receive-pack={}", PAST[0]), "main"]);
    assert_eq!(pushing.server.id("main"), pushing.clone.id("main"));
}
