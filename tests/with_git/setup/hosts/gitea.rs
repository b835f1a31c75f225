//! Gitea and Forgejo: a hook of theirs runs everything in the folder beside it.

use std::fs;

use super::{below, write_script};
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Pushing};

/// What their `hooks/pre-receive` does: reads standard input whole, echoes it into every executable file of
/// `pre-receive.d`, runs them all, and ends with the code of the first that failed. Known from
/// `modules/repository/hooks.go` of go-gitea/gitea.
const DISPATCHER: &str = r#"#!/usr/bin/env bash
input=$(cat)
codes=()
for hook in "${GIT_DIR:-$(dirname "$0")/..}/hooks/$(basename "$0").d"/*; do
    if [ ! -x "$hook" ] || [ ! -f "$hook" ]; then continue; fi
    echo "$input" | "$hook"
    codes+=("$?")
done
for code in "${codes[@]}"; do [ "$code" -eq 0 ] || exit "$code"; done
"#;
/// Stands for Gitea's own hook, which asks Gitea whether this user may push there.
const OWN: &str = "#!/bin/sh\ncat >\"$GIT_DIR/../asked\"\n";

/// A repository as Gitea makes it.
fn server() -> Repo {
    let server = Repo::bare();
    write_script(&server.path().join("hooks/pre-receive"), DISPATCHER);
    write_script(&server.path().join("hooks/pre-receive.d/gitea"), OWN);
    server
}

// spec: HOST-003
// spec: HOST-004
#[test]
fn graven_goes_beside_gitea_s_own_hook_and_out_again() {
    let server = server();
    let before = below(server.path());
    let said = server.graven(&["install", "--for", "gitea"]);
    let hooks = server.path().join("hooks").display().to_string();
    let told = format!(
        "installed {hooks}/pre-receive.d/graven\nleft your hook {hooks}/pre-receive unchanged: it runs graven's\n"
    );
    assert_eq!(said.ends(0).out, told);
    assert_eq!(
        fs::read_to_string(server.path().join("hooks/pre-receive")).unwrap(),
        DISPATCHER
    );
    assert_eq!(
        fs::read_to_string(server.path().join("hooks/pre-receive.d/gitea")).unwrap(),
        OWN
    );
    server.graven(&["uninstall", "--for", "gitea"]).ends(0);
    assert_eq!(below(server.path()), before);
}

// spec: HOST-003
#[test]
fn a_push_is_judged_by_way_of_gitea_s_hook() {
    let (server, clone) = (server(), Repo::init());
    server.graven(&["install", "--for", "gitea"]).ends(0);
    clone.git(&["remote", "add", "origin", &server.url()]);
    let pushing = Pushing { server, clone };
    pushing.clone.accept();
    pushing.allow(&["main"]);
    assert_eq!(pushing.allow(&["main:one", "main:two"]).remote(), "");
    pushing.clone.change(ADR, EDITED);
    pushing
        .refuse(&["main:three", "main"])
        .has(&["frozen-text-edited", ADR])
        .lacks(&["GL-HOOK-ERR"]);
    let asked = fs::read_to_string(pushing.server.home().join("asked")).unwrap();
    assert_eq!(
        asked.lines().count(),
        2,
        "both refs reached Gitea's own hook too: {asked}"
    );
}

// spec: HOST-003
#[test]
fn a_repository_without_gitea_s_hook_is_not_gitea_s() {
    let server = Repo::bare();
    let said = server.graven(&["install", "--for", "gitea"]);
    said.ends(2).has(&[
        "hooks/pre-receive: it is not Gitea's own",
        "gitea admin regenerate hooks",
    ]);
    assert!(!server.path().join("hooks/pre-receive.d").exists());
    write_script(
        &server.path().join("hooks/pre-receive"),
        "#!/bin/sh\nexit 0\n",
    );
    server
        .graven(&["install", "--for", "gitea"])
        .ends(2)
        .has(&["it is not Gitea's own"]);
}
