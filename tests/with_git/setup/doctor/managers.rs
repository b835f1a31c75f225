//! Programs that write hooks of their own: husky 9.1, lefthook 2.2 and pre-commit 4, by what they really write.

use std::fs;

use super::{check, heals, script, shell, stands, world};
use crate::support::Repo;
use crate::support::guarded::ADR;
use crate::support::guarded::EDITED;

const PRE_COMMIT: &str = include_str!("managers/pre-commit.sh");
const LEFTHOOK: &str = include_str!("managers/lefthook.sh");
const HUSKY: [&str; 2] = [
    include_str!("managers/husky.sh"),
    include_str!("managers/husky-h.sh"),
];
const HOOKS: [&str; 4] = ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"];

/// A clone whose hooks a manager has written, as it writes them.
fn managed(text: &str) -> Repo {
    let (_server, clone) = world();
    for name in HOOKS {
        script(
            &clone.path().join(".git/hooks").join(name),
            &text.replace("pre-commit\"", &format!("{name}\"")),
        );
    }
    clone
}

// spec: DOC-004
#[test]
fn husky_runs_graven_where_its_own_hook_calls_it() {
    let (_server, clone) = world();
    for name in HOOKS {
        script(&clone.path().join(".husky/_").join(name), HUSKY[0]);
    }
    script(&clone.path().join(".husky/_/h"), HUSKY[1]);
    clone.git(&["config", "core.hooksPath", ".husky/_"]);
    stands(&clone, "hooks-folder", "good", "not graven's in ");
    for name in HOOKS {
        let command = heals(
            &clone,
            &format!("hook-{name}"),
            "missing",
            "husky runs the hook ",
        );
        assert_eq!(
            fs::read_to_string(clone.path().join(".husky").join(name))
                .unwrap()
                .lines()
                .count(),
            1,
            "{command}"
        );
        stands(
            &clone,
            &format!("hook-{name}"),
            "good",
            &format!("which calls graven: .husky/{name}"),
        );
    }
    // And it is so.
    clone.write(ADR, EDITED);
    let graven = std::path::Path::new(env!("CARGO_BIN_EXE_graven"))
        .parent()
        .unwrap();
    let mut commit = clone.command("git");
    commit.env("PATH", super::path(Some(graven))).args([
        "commit",
        "--quiet",
        "--all",
        "--message",
        "edit",
    ]);
    let said = crate::support::guarded::Said::of(&mut commit);
    said.ends(1).has(&["graven: refused: "]);
    fs::remove_file(clone.path().join(".husky/_/pre-push")).unwrap();
    let check = stands(&clone, "hook-pre-push", "missing", "there is no hook");
    assert_eq!(
        (check.command, check.text.unwrap().contains("npx husky")),
        (None, true)
    );
}

// spec: DOC-004
#[test]
fn lefthook_runs_graven_where_its_file_calls_it() {
    let clone = managed(LEFTHOOK);
    heals(
        &clone,
        "hook-pre-commit",
        "missing",
        "lefthook runs the hook ",
    );
    let check = stands(
        &clone,
        "chained-pre-commit",
        "advice",
        "lefthook rewrites its hooks",
    );
    assert_eq!(check.command, None);
    // Its next synchronisation moves graven's hook away, and nothing runs it there.
    shell(&clone, "cd .git/hooks && mv pre-commit pre-commit.old");
    script(&clone.path().join(".git/hooks/pre-commit"), LEFTHOOK);
    heals(
        &clone,
        "hook-pre-commit",
        "missing",
        "lefthook runs the hook ",
    );

    let clone = managed(LEFTHOOK);
    let job = |name: &str, more: &str| {
        format!("{name}:\n  commands:\n    graven:\n      run: graven hook {name} {{0}}\n{more}")
    };
    clone.write(
        "lefthook.yml",
        &[job("pre-commit", ""), job("pre-push", "")].concat(),
    );
    stands(
        &clone,
        "hook-pre-commit",
        "good",
        "which calls graven: lefthook.yml",
    );
    let told = stands(
        &clone,
        "hook-pre-push",
        "missing",
        "does not pass its standard input to graven",
    );
    assert_eq!(told.command.as_deref(), Some("graven install"));
    clone.write("lefthook.yml", &job("pre-push", "      use_stdin: true\n"));
    stands(
        &clone,
        "hook-pre-push",
        "good",
        "which calls graven: lefthook.yml",
    );
    heals(
        &clone,
        "hook-pre-commit",
        "missing",
        "lefthook runs the hook ",
    );
}

// spec: DOC-004
#[test]
fn pre_commit_runs_graven_where_its_file_calls_it_or_where_it_has_found_it() {
    let clone = managed(PRE_COMMIT);
    heals(
        &clone,
        "hook-pre-commit",
        "missing",
        "pre-commit runs the hook ",
    );
    assert_eq!(check(&clone, "chained-pre-commit"), None);

    let clone = managed(PRE_COMMIT);
    let call = |name: &str| {
        format!(
            "  - id: {name}\n    name: graven\n    entry: graven hook {name}\n    language: system\n"
        )
    };
    let config = [
        "repos:\n- repo: local\n  hooks:\n",
        &call("pre-commit"),
        &call("pre-push"),
    ]
    .concat();
    clone.write(".pre-commit-config.yaml", &config);
    stands(
        &clone,
        "hook-pre-commit",
        "good",
        "which calls graven: .pre-commit-config.yaml",
    );
    heals(
        &clone,
        "hook-pre-push",
        "missing",
        "does not pass its standard input to graven",
    );

    // What it finds when it is installed it keeps under this name, and runs.
    let (_server, clone) = world();
    shell(&clone, "cd .git/hooks && mv pre-commit pre-commit.legacy");
    script(&clone.path().join(".git/hooks/pre-commit"), PRE_COMMIT);
    stands(&clone, "hook-pre-commit", "good", "and graven's as ");
}

// spec: DOC-004
#[test]
fn overcommit_never_calls_graven_by_itself() {
    let clone = managed(
        "#!/usr/bin/env ruby\n# Entrypoint for Overcommit hook integration.\nrequire 'overcommit'\nOvercommit::Utils\n",
    );
    heals(
        &clone,
        "hook-commit-msg",
        "missing",
        "overcommit runs the hook ",
    );
}
