//! The binary acts by its name: a link or copy of it that is called like a hook is that hook.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::support::guarded::{ADR, EDITED};
use crate::support::{FORMATS, Repo};

const BINARY: &str = env!("CARGO_BIN_EXE_graven");

/// Makes a link to the binary the hook of that name.
fn link(repo: &Repo, hook: &str) {
    let hooks = repo
        .path()
        .join(repo.git(&["rev-parse", "--git-path", "hooks"]));
    std::fs::create_dir_all(&hooks).unwrap();
    symlink(BINARY, hooks.join(hook)).unwrap();
}

fn server_with(hook: &str, format: &str) -> (Repo, Repo) {
    let format = format!("--object-format={format}");
    let (server, clone) = (Repo::with(&["--bare", &format]), Repo::with(&[&format]));
    link(&server, hook);
    clone.git(&["remote", "add", "origin", &server.url()]);
    clone.accept();
    clone.allow(&["push", "origin", "main"]);
    clone.change(ADR, EDITED);
    (server, clone)
}

#[test]
fn a_link_named_pre_receive_in_the_hooks_folder_is_the_hook() {
    for format in FORMATS {
        let (server, clone) = server_with("pre-receive", format);
        let refs = server.git(&["for-each-ref"]);
        let said = clone.attempt(&["push", "origin", "main"]);
        said.ends(1).has(&[
            "remote: graven: refused: ",
            "frozen-text-edited",
            "(pre-receive hook declined)",
        ]);
        assert_eq!(server.git(&["for-each-ref"]), refs);
        clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        clone.change("other.txt", "1");
        clone.allow(&["push", "origin", "main"]).lacks(&["graven"]);
    }
}

#[test]
fn a_link_named_update_is_that_hook() {
    let (_server, clone) = server_with("update", "sha1");
    let said = clone.attempt(&["push", "origin", "main"]);
    said.ends(1).has(&[
        "remote: graven: refused: ",
        "frozen-text-edited",
        "(hook declined)",
    ]);
}

#[test]
fn a_link_named_pre_push_is_that_hook() {
    let (_server, clone) = server_with("no-hook", "sha1");
    link(&clone, "pre-push");
    clone
        .attempt(&["push", "origin", "main"])
        .ends(1)
        .has(&["graven: refused: ", "frozen-text-edited"])
        .lacks(&["remote:"]);
}

#[test]
fn links_named_after_the_hooks_of_a_commit_are_those_hooks() {
    let repo = Repo::init();
    for hook in ["pre-commit", "pre-merge-commit"] {
        link(&repo, hook);
    }
    repo.accept();
    repo.stage(ADR, EDITED);
    repo.refuse(&["commit", "--message", "lose them"])
        .has(&["frozen-text-edited"]);
    repo.branch("topic").smuggle(ADR, EDITED);
    repo.checkout("main").change("other.txt", "1");
    repo.attempt(&["merge", "--no-edit", "topic"])
        .ends(1)
        .has(&["graven: refused: ", "frozen-text-edited"]);
}

#[test]
fn a_copy_under_a_hook_s_name_is_that_hook_and_under_another_name_the_program() {
    let repo = Repo::init();
    let hooks = repo.path().join(".git/hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    for name in ["pre-commit", "graven-0"] {
        // Another process writes it: a file that a thread of this one has open for writing cannot be run.
        assert!(
            Command::new("cp")
                .arg(BINARY)
                .arg(hooks.join(name))
                .status()
                .unwrap()
                .success()
        );
    }
    repo.accept();
    repo.stage(ADR, EDITED);
    repo.refuse(&["commit", "--message", "lose them"])
        .has(&["frozen-text-edited"]);
    let said =
        crate::support::guarded::Said::of(repo.command(hooks.join("graven-0")).arg("--version"));
    said.ends(0).has(&["graven "]);
}
