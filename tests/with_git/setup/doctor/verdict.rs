//! What the whole says: exit codes, text, and the words that always stand there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{checks, run, shell, stands, world};
use crate::support::guarded::{ADR, EDITED, Said};

// spec: DOC-009
#[test]
fn the_exit_code_is_1_only_while_a_guard_is_missing() {
    let (server, clone) = world();
    for repo in [&server, &clone] {
        let said = run(repo, &["doctor"]);
        said.ends(0)
            .has(&["all guards are in place, ", " recommendations"])
            .lacks(&["missing "]);
        std::fs::remove_dir_all(
            repo.path()
                .join(repo.git(&["rev-parse", "--git-path", "hooks"])),
        )
        .unwrap();
        let said = run(repo, &["doctor"]);
        said.ends(1).has(&[
            "missing  hook-pre-",
            "         help: install graven's hooks: graven install",
            " missing, ",
        ]);
        shell(repo, "graven install");
        run(repo, &["doctor"]).ends(0);
    }
}

// spec: DOC-009
#[test]
fn what_cannot_be_seen_from_here_is_said() {
    let (server, clone) = world();
    stands(&clone, "server", "advice", "a clone cannot see");
    stands(
        &server,
        "login-shell",
        "advice",
        "push without running the hooks",
    );
}

/// Looking changes nothing, and says the same twice.
// spec: DOC-010
#[test]
fn a_repository_is_left_as_it_is() {
    let (_server, clone) = world();
    let tree = || {
        let mut all = Vec::new();
        walk(clone.path(), &mut all);
        all.sort();
        all
    };
    let before = tree();
    let first = checks(&clone, &[]);
    assert_eq!(checks(&clone, &[]), first);
    assert_eq!(tree(), before);
}

/// Every file with its content, and every folder.
fn walk(folder: &Path, all: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
    for path in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.is_dir() {
            walk(&path, all);
            all.push((path, None));
        } else {
            let content = std::fs::read(&path).unwrap();
            all.push((path, Some(content)));
        }
    }
}

/// Each name that can be said stands in the documentation.
// spec: DOC-009
#[test]
fn every_check_is_documented() {
    let page = std::fs::read_to_string("docs/doctor.md").unwrap();
    let said = r#"(?:let name = |let \(name, \w+\) = \(|(?:good|advice|missing)\()\s*"([a-z]+(?:-[a-z]+)*)""#;
    let said = regex::Regex::new(said).unwrap();
    let mut names = BTreeSet::new();
    for file in ["hooks", "policy", "branches", "repository", "ci"] {
        let text = std::fs::read_to_string(format!("src/setup/doctor/{file}.rs")).unwrap();
        names.extend(said.captures_iter(&text).map(|found| found[1].to_owned()));
    }
    names.extend(
        [
            "server",
            "login-shell",
            "hook-pre-commit",
            "chained-pre-commit",
        ]
        .map(str::to_owned),
    );
    assert!(names.len() > 14, "{names:?}");
    let untold: Vec<_> = names
        .iter()
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    assert!(
        untold.is_empty(),
        "docs/doctor.md does not tell of {untold:?}"
    );
}

/// What `login-shell` warns of: the command that runs on the server is the pusher's, unless the server gives no shell.
#[test]
fn whoever_chooses_the_command_on_the_server_runs_no_hook_and_git_shell_gives_no_choice() {
    let (server, clone) = world();
    clone.smuggle(ADR, EDITED);
    clone
        .attempt(&["push", "--no-verify", "origin", "main"])
        .ends(1)
        .has(&["graven: refused"]);
    let round = "git -c core.hooksPath=/dev/null receive-pack";
    let asked = format!("{round} '{}'", server.path().display());
    Said::of(clone.command("git").args(["shell", "-c", &asked]))
        .ends(128)
        .has(&["unrecognized command"]);
    let option = format!("--receive-pack={round}");
    clone
        .attempt(&["push", "--no-verify", &option, "origin", "main"])
        .ends(0)
        .lacks(&["graven"]);
    assert_eq!(server.id("main"), clone.id("main"));
}
