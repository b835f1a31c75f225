//! The shims as real git runs them, with a stand-in for the binary.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use graven::setup::install;
use graven::setup::install::Places;

use super::world::{Said, World, names, path_without_graven, write_script};

const RECORD: &str = "#!/bin/sh\n{ printf '[%s]' \"$@\"; cat; } >\"$STAND_IN/chained\"\n";
const REFUSE: &str = "#!/usr/bin/awk -f\nBEGIN { exit 9 }\n";

fn install_client(repository: &Path, binary: &Path) {
    install_into(&repository.join(".git/hooks"), false, binary);
}

fn install_into(hooks_dir: &Path, is_bare: bool, binary: &Path) {
    install::install(
        &Places {
            hooks_dir: hooks_dir.to_path_buf(),
            is_bare,
        },
        false,
        binary,
    )
    .unwrap();
}

#[test]
fn a_commit_asks_graven_and_a_refusal_stops_it() {
    let world = World::new();
    let repository = world.repository("repo");
    install_client(&repository, &world.stand_in("bin/graven"));
    assert_eq!(world.commit(&repository, "one").code, 0);
    let seen = world.seen();
    let calls: Vec<&str> = seen.lines().filter(|line| !line.is_empty()).collect();
    assert!(
        calls
            .iter()
            .all(|call| call.starts_with("<hook><--after><")),
        "{seen}"
    );
    assert!(
        calls[0].ends_with("pre-commit.chained><pre-commit>"),
        "{seen}"
    );
    assert!(
        calls[1].ends_with("commit-msg.chained><commit-msg><.git/COMMIT_EDITMSG>"),
        "{seen}"
    );
    assert_eq!(calls.len(), 2, "{seen}");

    world.make_stand_in_end("hook", 1);
    assert_ne!(world.commit(&repository, "two").code, 0);
    assert_eq!(
        world.git(&repository, &["rev-list", "--count", "HEAD"]).out,
        "1\n"
    );
}

#[test]
fn a_clean_merge_asks_graven() {
    let world = World::new();
    let repository = world.repository("repo");
    world.commit(&repository, "one");
    world.git(&repository, &["switch", "-q", "-c", "topic"]);
    world.commit(&repository, "two");
    world.git(&repository, &["switch", "-q", "main"]);
    world.commit(&repository, "three");
    install_client(&repository, &world.stand_in("bin/graven"));
    world.git(&repository, &["merge", "-q", "--no-edit", "topic"]);
    let seen = world.seen();
    assert!(
        seen.contains("<pre-merge-commit>\n") && seen.contains("<commit-msg><"),
        "{seen}"
    );
}

#[test]
fn a_push_asks_graven_on_both_ends_with_every_ref_on_stdin() {
    let world = World::new();
    let (repository, server) = (world.repository("repo"), world.server("server side.git"));
    let binary = world.stand_in("bin/graven");
    world.commit(&repository, "one");
    install_client(&repository, &binary);
    install_into(&server.join("hooks"), true, &binary);
    let tip = world
        .git(&repository, &["rev-parse", "HEAD"])
        .out
        .trim()
        .to_owned();
    let zero = "0".repeat(tip.len());
    let remote = server.to_str().unwrap();
    world.git(&repository, &["push", "-q", remote, "main", "main:two"]);
    let seen = world.seen();
    assert!(
        seen.contains(&format!(
            "pre-push.chained><pre-push><{remote}><{remote}>\n"
        )),
        "{seen}"
    );
    assert!(
        seen.contains(&format!("refs/heads/main {tip} refs/heads/two {zero}\n")),
        "{seen}"
    );
    assert!(
        seen.contains("hooks/pre-receive.chained><pre-receive>\n"),
        "{seen}"
    );
    assert!(
        seen.ends_with(&format!(
            "{zero} {tip} refs/heads/main\n{zero} {tip} refs/heads/two\n"
        )),
        "{seen}"
    );
}

#[test]
fn a_hook_that_was_there_runs_before_graven_and_its_refusal_counts() {
    let world = World::new();
    let (repository, server) = (world.repository("repo"), world.server("server side.git"));
    world.commit(&repository, "one");
    write_script(&server.join("hooks/pre-receive"), RECORD);
    install_into(&server.join("hooks"), true, &world.stand_in("bin/graven"));
    let push = |refspec: &str| {
        world.try_git(
            &repository,
            &["push", "-q", server.to_str().unwrap(), refspec],
        )
    };

    assert_eq!(push("main").code, 0);
    let seen = world.seen();
    let chained = fs::read_to_string(world.path("chained")).unwrap();
    assert_eq!(
        chained,
        format!("[]{}", seen.lines().nth(1).unwrap().to_owned() + "\n")
    );

    // Kept, and now with another interpreter.
    write_script(&server.join("hooks/pre-receive.chained"), REFUSE);
    let said = push("main:refused");
    assert!(
        said.code != 0 && said.err.contains("pre-receive hook declined"),
        "{}",
        said.err
    );

    // What it allows is still for graven to judge.
    write_script(&server.join("hooks/pre-receive.chained"), RECORD);
    world.make_stand_in_end("hook", 1);
    assert_ne!(push("main:refused").code, 0);
}

#[test]
fn a_dispatcher_runs_graven_from_its_folder() {
    let world = World::new();
    let (repository, server) = (world.repository("repo"), world.server("server side.git"));
    world.commit(&repository, "one");
    // As Gitea writes it.
    let dispatcher = "#!/usr/bin/env bash\ndata=$(cat)\nfor hook in \"${GIT_DIR}/hooks/pre-receive.d/\"*; do\n\
                      test -x \"${hook}\" && test -f \"${hook}\" || continue\necho \"${data}\" | \"${hook}\" || exit 1\ndone\n";
    write_script(&server.join("hooks/pre-receive"), dispatcher);
    fs::create_dir(server.join("hooks/pre-receive.d")).unwrap();
    install_into(&server.join("hooks"), true, &world.stand_in("bin/graven"));
    let push = |refspec: &str| {
        world
            .try_git(
                &repository,
                &["push", "-q", server.to_str().unwrap(), refspec],
            )
            .code
    };
    assert_eq!(push("main"), 0);
    let seen = world.seen();
    assert!(
        seen.contains("<pre-receive>") && seen.ends_with(" refs/heads/main\n"),
        "{seen}"
    );
    world.make_stand_in_end("hook", 1);
    assert_ne!(push("main:refused"), 0);
}

// spec: HOOK-008
#[test]
fn without_the_binary_a_commit_is_refused_in_one_clear_line() {
    let world = World::new();
    let repository = world.repository("repo");
    install_client(&repository, Path::new("/nowhere/it's/graven"));
    let said = world.commit(&repository, "one");
    assert_eq!(
        said.code, 1,
        "git's own code for a commit that a hook refused"
    );
    let lines: Vec<_> = said.err.lines().collect();
    assert_eq!(lines.len(), 1, "{}", said.err);
    let told = "graven: cannot judge: the graven binary is not at /nowhere/it's/graven and not on PATH; \
                reinstall it with install.sh or remove this hook: ";
    assert!(
        lines[0].starts_with(told) && lines[0].ends_with("hooks/pre-commit"),
        "{}",
        lines[0]
    );
    assert_ne!(
        world
            .try_git(&repository, &["rev-parse", "-q", "--verify", "HEAD"])
            .code,
        0,
        "nothing was committed"
    );
}

#[test]
fn a_binary_that_has_moved_is_found_on_path_but_never_in_the_work_tree() {
    let world = World::new();
    let repository = world.repository("repo");
    install_client(&repository, Path::new("/nowhere/graven"));
    write_script(&repository.join("graven"), "#!/bin/sh\nexit 0\n");
    assert_eq!(world.commit(&repository, "one").code, 1);

    world.stand_in("bin/graven");
    let path = format!(
        "{}:{}",
        world.path("bin").display(),
        path_without_graven().to_str().unwrap()
    );
    let said = Said::of(
        world
            .command("git", &repository)
            .args(["commit", "-q", "-m", "one"])
            .env("PATH", path),
    );
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(world.seen().contains("<pre-commit>\n"));
}

// spec: INST-005
#[test]
fn hooks_are_run_from_the_folder_that_core_hooks_path_names() {
    let world = World::new();
    let repository = world.repository("repo");
    world.git(
        &repository,
        &["config", "core.hooksPath", "tools/git hooks"],
    );
    let folder = repository.join("tools/git hooks");
    install_into(&folder, false, &world.stand_in("bin/graven"));
    assert_eq!(
        names(&folder),
        ["commit-msg", "pre-commit", "pre-merge-commit", "pre-push"]
    );
    write_script(&folder.join("pre-commit.chained"), REFUSE);
    assert_eq!(
        world.commit(&repository, "one").code,
        1,
        "the hook beside it was found and refused"
    );
    assert!(world.seen().ends_with("<pre-commit>\n"));
}

#[test]
fn the_shims_run_under_every_shell_that_is_here() {
    let world = World::new();
    let folder = world.path("bare repo.git");
    install_into(&folder.join("hooks"), true, &world.stand_in("bin/graven"));
    install_into(&folder.join("lost"), true, Path::new("/nowhere/graven"));
    world.make_stand_in_end("hook", 7);
    for shell in [["sh", ""], ["dash", ""], ["bash", ""], ["busybox", "sh"]] {
        let run = |shim: &str| {
            let mut command = world.command(shell[0], &folder);
            command
                .args(shell.iter().skip(1).filter(|word| !word.is_empty()))
                .args([shim, "a b", ""]);
            command.stdin(Stdio::null());
            command
        };
        if let Err(error) = run("hooks/pre-receive").output() {
            assert!(
                shell[0] != "sh" && error.kind() == std::io::ErrorKind::NotFound,
                "{shell:?}: {error}"
            );
            continue;
        }
        world.seen();
        assert_eq!(Said::of(&mut run("hooks/pre-receive")).code, 7, "{shell:?}");
        assert_eq!(
            world.seen(),
            "<hook><--after><hooks/pre-receive.chained><pre-receive><a b><>\n",
            "{shell:?}"
        );
        let lost = Said::of(&mut run("lost/pre-receive"));
        assert_eq!(
            (lost.code, lost.err.lines().count()),
            (2, 1),
            "{shell:?}: {}",
            lost.err
        );
    }
}
