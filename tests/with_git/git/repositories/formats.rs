//! How a repository keeps its refs and names its objects.

use std::fs;

use super::{audited_like_a_plain_clone, commits_are_judged, guarded};
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED, Pushing};
use crate::support::{FORMATS, Repo};

pub(crate) const TABLES: &str = "--ref-format=reftable";

/// True when this git cannot make reftables, which is said.
pub(crate) fn no_tables() -> bool {
    let old = !Repo::init()
        .try_git(&["init", "--quiet", TABLES, "tables"])
        .status
        .success();
    if old {
        assert!(
            std::env::var_os("CI").is_none(),
            "this git makes no reftables"
        );
        eprintln!("skipped: this git makes no reftables");
    }
    old
}

/// A repository with reftables, of one object format.
pub(crate) fn tables(format: &str) -> Repo {
    Repo::with(&[TABLES, &format!("--object-format={format}")])
}

// spec: REPO-001
#[test]
fn commits_are_judged_with_reftables() {
    if no_tables() {
        return;
    }
    for format in FORMATS {
        guarded(&tables(format));
    }
}

#[test]
fn sha_256_is_guarded_like_sha_1() {
    guarded(&Repo::of_format("sha256"));
}

// spec: REPO-001
#[test]
fn pushes_are_judged_with_reftables() {
    if no_tables() {
        return;
    }
    for format in FORMATS {
        let object_format = format!("--object-format={format}");
        let server = Repo::with(&["--bare", TABLES, &object_format]);
        let pushing = Pushing {
            server,
            clone: tables(format),
        };
        pushing.server.graven(&["install", "--server"]).ends(0);
        pushing
            .clone
            .git(&["remote", "add", "origin", &pushing.server.url()]);
        // A symbolic ref whose target is yet to be made is in no list of git's.
        pushing
            .server
            .git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
        pushing.clone.accept();
        pushing.allow(&["main:alias"]);
        pushing.clone.change(ADR, EDITED);
        for target in ["main", "main:alias"] {
            pushing.refuse(&[target]).has(&["frozen-text-edited"]);
        }
        pushing.refuse(&["--force", "main~1:refs/heads/other", "main"]);
        pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        pushing.clone.change("other.txt", "1");
        pushing.allow(&["main", "main:side"]);
        pushing
            .refuse(&[":main"])
            .has(&["protected-branch-deleted"]);
        pushing.clone.change(ADR, EDITED);
        pushing
            .clone
            .guard()
            .refuse(&["push", "origin", "main:side"])
            .has(&["frozen-text-edited"]);
    }
}

// spec: REPO-001
#[test]
fn merges_amendments_and_messages_are_judged_with_reftables() {
    if no_tables() {
        return;
    }
    let repo = tables("sha256");
    repo.guard().accept();
    repo.branch("topic").smuggle(ADR, EDITED);
    repo.checkout("main").change("other.txt", "1");
    repo.attempt(&["merge", "--no-edit", "topic"])
        .ends(1)
        .has(&["graven: refused: ", "frozen-text-edited"]);
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.branch("harmless").change("third.txt", "1");
    repo.checkout("main").change("other.txt", "2");
    repo.allow(&["merge", "--no-edit", "harmless"]);
    repo.branch("conflict")
        .smuggle(ADR, &ACCEPTED.replace("keep them", "hide them"));
    repo.smuggle("other.txt", "theirs");
    repo.checkout("main").change("other.txt", "ours");
    repo.attempt(&["merge", "conflict"])
        .ends(1)
        .has(&["CONFLICT"]);
    repo.graven(&["check"])
        .ends(2)
        .has(&["unmerged path other.txt"]);
    repo.stage("other.txt", "both")
        .refuse(&["commit", "--no-edit"])
        .has(&["frozen-text-edited", ADR]);
    repo.stage(ADR, ACCEPTED).allow(&["commit", "--no-edit"]);
    repo.smuggle(ADR, EDITED);
    repo.stage(ADR, ACCEPTED)
        .stage("other.txt", "3")
        .allow(&["commit", "--amend", "--no-edit"]);
}

// spec: REPO-001
#[test]
fn every_command_works_with_reftables() {
    if no_tables() {
        return;
    }
    for format in FORMATS {
        let repo = tables(format);
        repo.guard().accept();
        repo.graven(&["init"]).ends(0).has(&["wrote graven.toml"]);
        repo.write(
            "sdd/specs/001-paths.md",
            "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: One\n\nOne.\n\n## PATH-002: Two\n\nTwo.\n",
        );
        repo.write("sdd/BACKLOG.md", "# Backlog\n\n- [ ] **BK-001 — Paths**\n");
        repo.allow(&["add", "--all"]);
        repo.allow(&["commit", "--quiet", "--message", "specs"]);
        repo.graven(&["status"]).ends(0).has(&[ADR, "Accepted"]);
        repo.graven(&["next", "adr"]).ends(0).has(&["0002"]);
        repo.graven(&["next", "PATH"]).ends(0).has(&["PATH-003"]);
        repo.graven(&["trace"]).ends(0).has(&["PATH-001"]);
        repo.graven(&["check", "HEAD~1..HEAD"]).ends(0);
        repo.graven(&["simulate", "--policy", "graven.toml"])
            .ends(0);
        repo.graven(&["supersede", "adr-1", "Lose records"]).ends(0);
        repo.allow(&["commit", "--message", "supersede"]);
        repo.graven(&["deprecate", "PATH-001", "--by", "PATH-002"])
            .ends(0);
        repo.allow(&["commit", "--message", "deprecate"]);
        repo.graven(&["done", "BK-001"]).ends(0);
        repo.allow(&["commit", "--message", "done"]);
        repo.stage("sdd/adrs/0002-twice.md", DRAFT);
        repo.graven(&["check"]).ends(1).has(&["number-taken"]);
        repo.graven(&[
            "waive",
            "--reason",
            "The lawyers asked for these very words, see the letter of May",
        ])
        .ends(0);
        repo.allow(&["commit", "--all", "--message", "waived"]);
        repo.graven(&["audit"]).ends(0);
    }
}

#[test]
fn a_linked_work_tree_with_reftables_has_its_own_head_and_index() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.accept();
    repo.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
    let linked = repo.in_folder(&repo.path().parent().unwrap().join("linked"));
    linked.guard();
    repo.git(&["config", "graven.test", "1"]);
    linked
        .stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
    linked.git(&["reset", "--quiet", "--hard"]);
    linked.stage("x", "1").allow(&["commit", "--message", "x"]);
    assert!(
        repo.path().join(".git/hooks/pre-commit").exists(),
        "the hooks are shared"
    );
    linked.smuggle(ADR, EDITED);
    audited_like_a_plain_clone(&linked);
}

// spec: REPO-001
#[test]
fn a_namespace_is_kept_apart_with_reftables() {
    if no_tables() {
        return;
    }
    let (server, clone) = (Repo::with(&["--bare", TABLES]), Repo::init());
    server.graven(&["install", "--server"]).ends(0);
    clone.accept();
    let push = |what: &str| {
        let program = "--receive-pack=git --namespace=team receive-pack";
        clone.attempt(&["push", program, server.path().to_str().unwrap(), what])
    };
    push("main").ends(0);
    clone.change(ADR, EDITED);
    push("main").ends(1).has(&["frozen-text-edited"]);
    clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    clone.change("other.txt", "1");
    push("main").ends(0);
    assert_eq!(
        server.git(&["for-each-ref", "--format=%(refname)"]),
        "refs/namespaces/team/refs/heads/main"
    );
}

#[test]
fn hooks_go_where_the_configuration_says_with_reftables() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    for (path, place) in [
        ("tools/hooks", repo.path().join("tools/hooks")),
        ("~/hooks", repo.home().join("hooks")),
    ] {
        repo.git(&["config", "core.hooksPath", path]);
        repo.guard();
        assert!(place.join("pre-commit").exists(), "{path}");
    }
    commits_are_judged(&repo);
    repo.graven(&["uninstall"]).ends(0);
    repo.stage(ADR, EDITED)
        .allow(&["commit", "--message", "edit"]);
}

#[test]
fn a_repository_that_git_migrates_stays_guarded() {
    if no_tables() {
        return;
    }
    let repo = Repo::init();
    repo.guard();
    commits_are_judged(&repo);
    // Only newer gits take the logs of refs along.
    fs::remove_dir_all(repo.path().join(".git/logs")).unwrap();
    repo.git(&["config", "core.logAllRefUpdates", "false"]);
    repo.git(&["refs", "migrate", "--ref-format=reftable"]);
    repo.stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
    assert!(!repo.path().join(".git/refs/heads/main").exists());
}
