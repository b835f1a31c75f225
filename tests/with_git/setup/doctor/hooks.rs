//! Whether Git runs graven's hooks.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::{check, heals, mode, script, shell, stands, world};
use crate::support::Repo;

const FOREIGN: &str = "#!/bin/sh\n# somebody else's; it speaks of graven\nexit 0\n";
const CLIENT: [&str; 4] = ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"];

fn hook(repo: &Repo, name: &str) -> PathBuf {
    repo.path()
        .join(repo.git(&["rev-parse", "--git-path", "hooks"]))
        .join(name)
}

// spec: DOC-001
// spec: DOC-011
#[test]
fn every_hook_of_a_clone_is_looked_for_and_the_command_installs_it() {
    for name in CLIENT {
        let (_server, clone) = world();
        stands(&clone, &format!("hook-{name}"), "good", "runs graven 0");
        fs::remove_file(hook(&clone, name)).unwrap();
        heals(
            &clone,
            &format!("hook-{name}"),
            "missing",
            "there is no hook at ",
        );
    }
}

// spec: DOC-001
#[test]
fn a_server_is_looked_at_for_its_own_hook() {
    let (server, clone) = world();
    stands(&server, "hook-pre-receive", "good", "runs graven");
    assert_eq!(check(&server, "hook-pre-commit"), None);
    fs::remove_file(hook(&server, "pre-receive")).unwrap();
    let command = heals(&server, "hook-pre-receive", "missing", "there is no hook");
    assert_eq!(command, "graven install");
    // One with a work tree may be pushed to as well.
    let checks = super::checks(&clone, &["--server"]);
    let missing = checks
        .iter()
        .find(|check| check.name == "hook-pre-receive")
        .unwrap();
    assert_eq!(missing.command.as_deref(), Some("graven install --server"));
    shell(&clone, "graven install --server");
    let checks = super::checks(&clone, &["--server"]);
    assert_eq!(
        checks
            .iter()
            .find(|check| check.name == "hook-pre-receive")
            .unwrap()
            .state,
        "good"
    );
}

/// Git says nothing of it but a hint, and lets everything pass.
// spec: DOC-002
#[test]
fn a_hook_without_its_run_bit_is_a_missing_guard() {
    let (server, clone) = world();
    for (repo, name) in [(&clone, "pre-commit"), (&server, "pre-receive")] {
        mode(&hook(repo, name), 0o644);
        let command = heals(
            repo,
            &format!("hook-{name}"),
            "missing",
            "it is not executable",
        );
        assert!(command.starts_with("chmod +x "), "{command}");
    }
}

// spec: DOC-002
#[test]
fn a_hook_that_never_calls_graven_is_a_missing_guard() {
    let (_server, clone) = world();
    script(&hook(&clone, "pre-push"), FOREIGN);
    heals(&clone, "hook-pre-push", "missing", "does not call graven");
    assert_eq!(
        fs::read_to_string(hook(&clone, "pre-push.chained")).unwrap(),
        FOREIGN
    );
}

#[test]
fn a_place_where_no_hook_can_be_run_is_made_free() {
    for kept in [false, true] {
        let (_server, clone) = world();
        let place = hook(&clone, "pre-push");
        fs::remove_file(&place).unwrap();
        if kept {
            script(&hook(&clone, "pre-push.chained"), FOREIGN);
            script(&place, FOREIGN);
            heals(&clone, "hook-pre-push", "missing", "does not call graven");
            assert!(hook(&clone, "pre-push.chained.aside").exists());
        } else {
            fs::create_dir(&place).unwrap();
            heals(&clone, "hook-pre-push", "missing", "is not a file");
        }
    }
    let (_server, clone) = world();
    fs::remove_file(hook(&clone, "pre-push")).unwrap();
    symlink("nowhere", hook(&clone, "pre-push")).unwrap();
    heals(&clone, "hook-pre-push", "missing", "a dangling link");
}

// spec: DOC-003
#[test]
fn a_hook_that_calls_graven_by_itself_is_a_guard_while_git_runs_it() {
    let (_server, clone) = world();
    script(
        &hook(&clone, "pre-commit"),
        "#!/bin/sh\nmake lint && exec graven hook pre-commit \"$@\"\n",
    );
    stands(&clone, "hook-pre-commit", "good", "calls graven");
    mode(&hook(&clone, "pre-commit"), 0o644);
    heals(&clone, "hook-pre-commit", "missing", "not executable");
    // The binary itself, by the name of a hook.
    fs::remove_file(hook(&clone, "pre-push")).unwrap();
    symlink(env!("CARGO_BIN_EXE_graven"), hook(&clone, "pre-push")).unwrap();
    stands(&clone, "hook-pre-push", "good", "itself");
}

// spec: DOC-003
#[test]
fn a_hook_names_the_graven_that_answers_and_one_that_is_gone_is_told() {
    let (_server, clone) = world();
    let gone = clone.home().join("gone/graven");
    script(&gone, "#!/bin/sh\necho 'graven 0.0.1'\n");
    let text = fs::read_to_string(hook(&clone, "pre-commit")).unwrap();
    let line = text
        .lines()
        .find(|line| line.starts_with("graven="))
        .unwrap();
    let other = text.replace(line, &format!("graven='{}'", gone.display()));
    script(&hook(&clone, "pre-commit"), &other);
    stands(
        &clone,
        "hook-pre-commit",
        "advice",
        "runs graven 0.0.1, but this is 0.",
    );
    heals(&clone, "hook-pre-commit", "advice", "runs graven 0.0.1");

    script(&hook(&clone, "pre-commit"), &other);
    script(&gone, "#!/bin/sh\necho hello\n");
    stands(
        &clone,
        "hook-pre-commit",
        "missing",
        "does not report a graven version",
    );

    fs::remove_file(&gone).unwrap();
    heals(
        &clone,
        "hook-pre-commit",
        "missing",
        "which does not exist, so it refuses everything",
    );

    // A shim takes the one on PATH.
    script(&hook(&clone, "pre-commit"), &other);
    let fallen = clone.home().join("bin/graven");
    script(&fallen, "#!/bin/sh\necho 'graven 0.0.1'\n");
    let mut command = clone.command(env!("CARGO_BIN_EXE_graven"));
    command
        .env("PATH", super::path(Some(fallen.parent().unwrap())))
        .arg("doctor");
    let told = crate::support::guarded::Said::of(&mut command);
    told.has(&[
        "advice   hook-pre-commit: ",
        "which does not exist, and runs ",
        "/bin/graven from PATH",
    ]);
}

#[test]
fn a_hook_that_was_kept_and_lost_its_run_bit_is_told() {
    let (_server, clone) = world();
    script(&hook(&clone, "pre-push.chained"), FOREIGN);
    assert_eq!(check(&clone, "chained-pre-push"), None);
    mode(&hook(&clone, "pre-push.chained"), 0o644);
    heals(
        &clone,
        "chained-pre-push",
        "advice",
        "was installed before graven and does not run",
    );
}

// spec: DOC-002
#[test]
fn hooks_that_core_hooks_path_leads_past_are_no_guard() {
    let (_server, clone) = world();
    let folder = clone.home().join("their hooks");
    script(&folder.join("pre-commit"), FOREIGN);
    clone.git(&["config", "core.hooksPath", folder.to_str().unwrap()]);
    stands(&clone, "hooks-folder", "good", "not graven's in ");
    heals(&clone, "hook-pre-commit", "missing", "does not call graven");
    stands(
        &clone,
        "hook-pre-push",
        "good",
        "their hooks/pre-push runs graven",
    );
}

// spec: DOC-002
#[test]
fn a_folder_of_hooks_for_all_repositories_of_a_person_is_told() {
    let (_server, clone) = world();
    clone.set(
        "GIT_CONFIG_GLOBAL",
        clone.home().join("config").to_str().unwrap(),
    );
    clone.git(&[
        "config",
        "--global",
        "core.hooksPath",
        clone.home().join("shared").to_str().unwrap(),
    ]);
    stands(
        &clone,
        "hooks-folder",
        "advice",
        "in the global configuration",
    );
    heals(&clone, "hook-pre-push", "missing", "there is no hook at ");
    clone.git(&["config", "--global", "core.hooksPath", "/dev/null"]);
    let command = heals(&clone, "hooks-folder", "missing", "which is not a folder");
    assert_eq!(command, "git config --global --unset-all core.hooksPath");
    stands(
        &clone,
        "hook-pre-push",
        "good",
        ".git/hooks/pre-push runs graven",
    );
}

// spec: DOC-003
#[test]
fn a_hook_that_runs_a_folder_of_hooks_is_looked_into() {
    let (server, _clone) = world();
    let dispatcher = "#!/bin/sh\nfor hook in \"$0\".d/*; do \"$hook\" || exit; done\n";
    script(&hook(&server, "pre-receive"), dispatcher);
    fs::create_dir(hook(&server, "pre-receive.d")).unwrap();
    heals(
        &server,
        "hook-pre-receive",
        "missing",
        "pre-receive.d/graven",
    );
    mode(&hook(&server, "pre-receive.d/graven"), 0o644);
    heals(
        &server,
        "hook-pre-receive",
        "missing",
        "pre-receive.d/graven, because",
    );
    mode(&hook(&server, "pre-receive"), 0o644);
    heals(
        &server,
        "hook-pre-receive",
        "missing",
        "which runs graven's",
    );
}
