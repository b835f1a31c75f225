//! What changes the answers of git changes none of graven's.

use std::fs;

use graven::git::Repository;
use graven::repo::ObjectId;

use super::formats::{no_tables, tables};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

/// A history whose second revision edits a record, in both sorts of repositories.
fn edited() -> Vec<(Repo, [ObjectId; 3])> {
    let repos = if no_tables() {
        vec![Repo::init()]
    } else {
        vec![Repo::init(), tables("sha256")]
    };
    let fill = |repo: Repo| {
        let ids = [
            repo.accept(),
            repo.change(ADR, EDITED),
            repo.change("other.txt", "1"),
        ];
        (repo, ids)
    };
    repos.into_iter().map(fill).collect()
}

#[track_caller]
fn found(repo: &Repo) {
    repo.graven(&["audit"]).ends(1).has(&["frozen-text-edited"]);
    repo.graven(&["check", "HEAD~2..HEAD"])
        .ends(1)
        .has(&["frozen-text-edited"]);
}

// spec: REPO-003
#[test]
fn grafts_hide_nothing() {
    for (repo, [first, second, third]) in edited() {
        found(&repo);
        let file = repo.path().join(".git/info/grafts");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        for line in [format!("{third}\n"), format!("{third} {first}\n")] {
            fs::write(&file, &line).unwrap();
            found(&repo);
            for opened in [
                repo.open(),
                Repository::open_through_git(Some(repo.path())).unwrap(),
            ] {
                assert_eq!(opened.resolve("HEAD~1").unwrap(), second);
            }
        }
        fs::remove_file(&file).unwrap();
        let elsewhere = repo.home().join("grafts");
        fs::write(&elsewhere, format!("{third} {first}\n")).unwrap();
        repo.set("GIT_GRAFT_FILE", elsewhere.to_str().unwrap());
        found(&repo);
    }
}

// spec: REPO-003
#[test]
fn replacements_hide_nothing() {
    for (repo, [_, second, third]) in edited() {
        let innocent = repo.git(&[
            "commit-tree",
            "-m",
            "innocent",
            &format!("{third}^{{tree}}"),
        ]);
        repo.git(&["replace", &third.to_string(), &innocent]);
        let (before, after) = (format!("{second}~1:{ADR}"), format!("{second}:{ADR}"));
        repo.git(&[
            "replace",
            &repo.git(&["rev-parse", &after]),
            &repo.git(&["rev-parse", &before]),
        ]);
        found(&repo);
        assert_eq!(
            Repository::open_through_git(Some(repo.path()))
                .unwrap()
                .resolve("HEAD~1")
                .unwrap(),
            second
        );
        repo.set("GIT_REPLACE_REF_BASE", "refs/replace/");
        found(&repo);
    }
}

// spec: REPO-003
#[test]
fn a_forged_list_of_shallow_commits_shortens_no_answer() {
    for (repo, [_, second, third]) in edited() {
        for commit in [second, third] {
            fs::write(repo.path().join(".git/shallow"), format!("{commit}\n")).unwrap();
            repo.graven(&["audit"]).ends(2).has(&["history incomplete"]);
        }
        fs::remove_file(repo.path().join(".git/shallow")).unwrap();
        let elsewhere = repo.home().join("shallow");
        fs::write(&elsewhere, format!("{third}\n")).unwrap();
        repo.set("GIT_SHALLOW_FILE", elsewhere.to_str().unwrap());
        repo.graven(&["audit"]).ends(2).has(&["history incomplete"]);
    }
}

// spec: REPO-003
#[test]
fn a_forged_commit_graph_changes_nothing() {
    for (repo, _) in edited() {
        repo.git(&["commit-graph", "write", "--reachable"]);
        let file = repo.path().join(".git/objects/info/commit-graph");
        let mut graph = fs::read(&file).unwrap();
        let middle = graph.len() / 2;
        graph[middle..].fill(0xff);
        fs::remove_file(&file).unwrap();
        fs::write(&file, graph).unwrap();
        found(&repo);
    }
}

// spec: REPO-005
#[test]
fn the_configuration_of_whoever_commits_counts_for_nothing_in_a_hook() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.guard().accept();
    let policy = repo.home().join("lax.toml");
    fs::write(&policy, "preset = \"none\"\n").unwrap();
    let personal = repo.home().join("personal");
    fs::write(
        &personal,
        format!("[graven]\n\tpolicy = {}\n", policy.display()),
    )
    .unwrap();
    repo.set("GIT_CONFIG_GLOBAL", personal.to_str().unwrap());
    repo.stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
    let setting = format!("graven.policy={}", policy.display());
    repo.refuse(&["-c", &setting, "commit", "--message", "edit"])
        .has(&["frozen-text-edited"]);
    repo.set("GIT_CONFIG_GLOBAL", "/dev/null");
    repo.git(&["config", "graven.policy", policy.to_str().unwrap()]);
    repo.allow(&["commit", "--message", "edit"]);
}

// spec: REPO-005
#[test]
fn reading_through_git_changes_nothing_on_disk() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.accept();
    repo.change(ADR, EDITED);
    repo.stage(ADR, ACCEPTED);
    let listed = || {
        let listing = repo
            .command("find")
            .args([
                ".",
                "-type",
                "f",
                "-newermt",
                "2001-01-01",
                "-printf",
                "%p %s %T@\n",
            ])
            .output();
        let mut lines: Vec<_> = String::from_utf8(listing.unwrap().stdout)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    let before = listed();
    repo.graven(&["audit"]).ends(1);
    repo.graven(&["check"]).ends(0);
    repo.graven(&["status"]).ends(0);
    assert_eq!(listed(), before);
}
