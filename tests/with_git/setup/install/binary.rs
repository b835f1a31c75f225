//! Everything together: `install.sh`, the real binary, real git, and hooks that were there before.

use std::fs;
use std::path::Path;

use super::installer::script;
use super::world::{Said, World, names, write_script};

const BINARY: &str = env!("CARGO_BIN_EXE_graven");
const RECORD: &str = "#!/bin/sh\n{ printf '[%s]' \"$@\"; cat; } >>\"$STAND_IN/chained\"\n";
const ACCEPTED: &str =
    "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep them.\n";

fn run(world: &World, args: &[&str]) -> Said {
    Said::of(world.command(script(), &world.path("")).args(args))
}

fn install(world: &World, folder: &Path) {
    let said = run(world, &["--binary", BINARY, folder.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.all());
}

/// Commits this text as the first ADR, past the hooks of the clone when `past` is given.
fn commit_adr(world: &World, repository: &Path, text: &str, past: &[&str]) -> Said {
    fs::create_dir_all(repository.join("sdd/adrs")).unwrap();
    fs::write(repository.join("sdd/adrs/0001-keep-records.md"), text).unwrap();
    world.git(repository, &["add", "."]);
    world.try_git(
        repository,
        &[&["commit", "-q", "-m", "an ADR"], past].concat(),
    )
}

// spec: HOOK-007
#[test]
fn a_commit_that_edits_an_accepted_adr_is_refused_once_graven_is_installed() {
    let world = World::new();
    let repository = world.repository("repo");
    write_script(&repository.join(".git/hooks/pre-commit"), RECORD);
    install(&world, &repository);
    let said = commit_adr(&world, &repository, ACCEPTED, &[]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert_eq!(
        fs::read_to_string(world.path("chained")).unwrap(),
        "[]",
        "the hook that was there has run once"
    );

    let edited = ACCEPTED.replace("We keep them", "We lose them");
    let said = commit_adr(&world, &repository, &edited, &[]);
    assert!(
        said.code != 0 && said.err.contains("frozen-text-edited"),
        "{}",
        said.all()
    );

    // What a formatter stages is judged too.
    world.git(&repository, &["reset", "-q", "--hard"]);
    let format = "#!/bin/sh\nsed -i 's/We keep them/We lose them/' sdd/adrs/*.md && git add -u\n";
    write_script(&repository.join(".git/hooks/pre-commit.chained"), format);
    fs::write(repository.join("notes.txt"), "new\n").unwrap();
    world.git(&repository, &["add", "."]);
    let said = world.try_git(&repository, &["commit", "-q", "-m", "notes"]);
    assert!(
        said.code != 0 && said.err.contains("frozen-text-edited"),
        "{}",
        said.all()
    );
}

// spec: HOOK-007
#[test]
fn a_push_runs_the_hook_that_was_there_with_the_same_stdin_and_its_refusal_counts() {
    let world = World::new();
    let (repository, server) = (world.repository("repo"), world.server("server side.git"));
    write_script(&server.join("hooks/pre-receive"), RECORD);
    install(&world, &server);
    commit_adr(&world, &repository, ACCEPTED, &[]);
    let push = |refspec: &str| {
        world.try_git(
            &repository,
            &["push", "-q", server.to_str().unwrap(), refspec],
        )
    };
    let said = push("main");
    assert_eq!(said.code, 0, "{}", said.all());
    let tip = world
        .git(&repository, &["rev-parse", "HEAD"])
        .out
        .trim()
        .to_owned();
    let line = format!("[]{} {tip} refs/heads/main\n", "0".repeat(tip.len()));
    assert_eq!(fs::read_to_string(world.path("chained")).unwrap(), line);

    commit_adr(
        &world,
        &repository,
        &ACCEPTED.replace("We keep them", "We lose them"),
        &["--no-verify"],
    );
    let said = push("main");
    assert!(
        said.code != 0 && said.err.contains("frozen-text-edited"),
        "{}",
        said.all()
    );

    world.git(&repository, &["reset", "-q", "--hard", "HEAD~1"]);
    write_script(
        &server.join("hooks/pre-receive.chained"),
        "#!/usr/bin/awk -f\nBEGIN { exit 9 }\n",
    );
    world.git(
        &repository,
        &[
            "commit",
            "-q",
            "--no-verify",
            "--allow-empty",
            "-m",
            "nothing",
        ],
    );
    let said = push("main");
    assert!(
        said.code != 0 && !said.err.contains("frozen-text-edited"),
        "{}",
        said.all()
    );
}

// spec: INST-003
#[test]
fn uninstalling_leaves_a_repository_as_it_was_found() {
    let world = World::new();
    let repository = world.repository("repo");
    world.git(
        &repository,
        &["config", "core.hooksPath", "tools/git hooks"],
    );
    let hooks = repository.join("tools/git hooks");
    write_script(&hooks.join("pre-push"), RECORD);
    install(&world, &repository);
    assert_eq!(
        names(&hooks),
        [
            "commit-msg",
            "pre-commit",
            "pre-merge-commit",
            "pre-push",
            "pre-push.chained"
        ]
    );
    let said = run(&world, &["--uninstall", repository.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert_eq!(names(&hooks), ["pre-push"]);
    assert_eq!(fs::read_to_string(hooks.join("pre-push")).unwrap(), RECORD);
    assert_eq!(names(&world.path("home/.local/bin")), [""; 0]);
}
