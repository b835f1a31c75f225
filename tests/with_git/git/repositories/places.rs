//! Where the parts of a repository stand.

use std::fs;

use super::{audited_like_a_plain_clone, commits_are_judged, guarded};
use crate::support::guarded::{ADR, EDITED, Pushing};
use crate::support::{FORMATS, Repo};

#[test]
fn a_separate_git_folder_is_found() {
    let repo = Repo::init();
    let elsewhere = repo.home().join("kept elsewhere");
    repo.git(&[
        "init",
        "--quiet",
        &format!("--separate-git-dir={}", elsewhere.display()),
    ]);
    assert!(repo.path().join(".git").is_file());
    guarded(&repo);
    assert!(elsewhere.join("hooks/pre-commit").exists());
}

#[test]
fn colons_and_quotes_in_the_path_are_read() {
    for tables in [false, true] {
        if tables && super::formats::no_tables() {
            return;
        }
        let format = if tables {
            "--ref-format=reftable"
        } else {
            "--ref-format=files"
        };
        let init = ["init", "--quiet", "--initial-branch=main", format];
        guarded(&Repo::at("with:colon \"and quotes\"", &init));
        let server = Repo::at("server: \"odd\"", &[&init[..], &["--bare"]].concat());
        let pushing = Pushing {
            server,
            clone: Repo::init(),
        };
        pushing.server.graven(&["install", "--server"]).ends(0);
        pushing.clone.git(&[
            "remote",
            "add",
            "origin",
            pushing.server.path().to_str().unwrap(),
        ]);
        pushing.clone.accept();
        pushing.allow(&["main"]);
        pushing.clone.change(ADR, EDITED);
        pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
    }
}

#[test]
fn a_linked_work_tree_is_guarded_by_the_hooks_of_all() {
    let repo = Repo::init();
    repo.change("first.txt", "1");
    repo.guard()
        .branch("side")
        .git(&["worktree", "add", "--quiet", "../linked", "main"]);
    let linked = repo.in_folder(&repo.path().parent().unwrap().join("linked"));
    commits_are_judged(&linked);
    linked.smuggle(ADR, EDITED);
    audited_like_a_plain_clone(&linked);
}

#[test]
fn configuration_of_one_work_tree_is_understood() {
    let repo = Repo::init();
    repo.git(&["config", "extensions.worktreeConfig", "true"]);
    repo.git(&["config", "--worktree", "core.ignoreCase", "false"]);
    guarded(&repo);
    repo.git(&[
        "worktree",
        "add",
        "--quiet",
        "-b",
        "topic",
        "../linked",
        "HEAD~1",
    ]);
    let linked = repo.in_folder(&repo.path().parent().unwrap().join("linked"));
    linked.git(&["config", "--worktree", "core.sparseCheckout", "false"]);
    linked
        .stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
}

#[test]
fn relative_links_between_work_trees_are_followed() {
    let repo = Repo::init();
    repo.accept();
    let place = repo.path().parent().unwrap().join("linked");
    let linked = repo.in_folder(&place);
    let made = repo.try_git(&[
        "worktree",
        "add",
        "--quiet",
        "--relative-paths",
        "-b",
        "topic",
        "../linked",
    ]);
    if made.status.success() {
        linked.guard();
        linked.stage("x", "1").allow(&["commit", "--message", "x"]);
        linked
            .stage(ADR, EDITED)
            .refuse(&["commit", "--message", "edit"])
            .has(&["frozen-text-edited"]);
    } else {
        // This git knows only absolute ones, so that they are made relative by hand.
        repo.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
        linked.stage(ADR, EDITED);
        fs::write(
            place.join(".git"),
            "gitdir: ../repo/.git/worktrees/linked\n",
        )
        .unwrap();
        fs::write(
            repo.path().join(".git/worktrees/linked/gitdir"),
            "../../../../linked/.git\n",
        )
        .unwrap();
        repo.git(&["config", "extensions.relativeWorktrees", "true"]);
        repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    }
    linked
        .graven(&["check"])
        .ends(1)
        .has(&["frozen-text-edited"]);
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let (whole, part) = (Repo::init(), Repo::init());
    part.change("first.txt", "1");
    whole.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &part.url(),
        "part",
    ]);
    whole.commit_index("with a part");
    let inside = whole.in_folder(&whole.path().join("part"));
    guarded(&inside);
    assert!(
        whole
            .path()
            .join(".git/modules/part/hooks/pre-commit")
            .exists()
    );
    assert!(!whole.path().join(".git/hooks/pre-commit").exists());
}

#[test]
fn a_submodule_in_the_place_of_a_record_is_a_removal() {
    for tables in [false, true] {
        if tables && super::formats::no_tables() {
            return;
        }
        let repo = if tables {
            super::formats::tables("sha1")
        } else {
            Repo::init()
        };
        repo.guard();
        let accepted = repo.accept();
        // Neither setting may hide it.
        repo.git(&["config", "diff.ignoreSubmodules", "all"]);
        repo.write(
            ".gitmodules",
            &format!("[submodule \"x\"]\n\tpath = {ADR}\n\turl = x\n\tignore = all\n"),
        );
        repo.git(&["add", ".gitmodules"]);
        fs::remove_file(repo.path().join(ADR)).unwrap();
        repo.git(&[
            "update-index",
            "--cacheinfo",
            &format!("160000,{accepted},{ADR}"),
        ]);
        let said = repo.attempt(&["commit", "--message", "a submodule"]);
        said.ends(1)
            .has(&["graven: refused: ", "frozen-document-replaced", ADR]);
    }
}

#[test]
fn names_in_a_namespace_are_judged_by_what_stands_there() {
    for format in FORMATS {
        let pushing = Pushing::of(format);
        pushing.clone.accept();
        let push = |what: &str| {
            let program = "--receive-pack=git --namespace=team receive-pack";
            pushing.clone.attempt(&[
                "push",
                program,
                pushing.server.path().to_str().unwrap(),
                what,
            ])
        };
        push("main").ends(0);
        pushing.clone.change(ADR, EDITED);
        push("main").ends(1).has(&["frozen-text-edited"]);
        pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        pushing.clone.change("other.txt", "1");
        push("main").ends(0);
    }
}

#[test]
fn a_repository_of_somebody_else_is_judged_in_a_hook_and_asked_about_elsewhere() {
    if super::formats::no_tables() {
        return;
    }
    let repo = super::formats::tables("sha1");
    repo.guard().accept();
    for path in [repo.path().to_owned(), repo.path().join(".git")] {
        if std::os::unix::fs::chown(&path, Some(12345), None).is_err() {
            assert!(
                std::env::var_os("CI").is_none(),
                "only the superuser can give a directory away"
            );
            eprintln!("skipped: only the superuser can give a directory away");
            return;
        }
    }
    repo.graven(&["check"])
        .ends(2)
        .has(&["dubious ownership", "safe.directory"]);
    let trusting = repo.home().join("trusting");
    fs::write(&trusting, "[safe]\n\tdirectory = *\n").unwrap();
    repo.set("GIT_CONFIG_GLOBAL", trusting.to_str().unwrap());
    repo.stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.stage("x", "1").allow(&["commit", "--message", "x"]);
}
