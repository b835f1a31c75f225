//! The ways to commit: from the index, from the work tree, of one path, hunk by hunk.

use std::io::Write;
use std::process::Stdio;

use snapbox::{assert_data_eq, str};

use super::BY_PATH;
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED, Said};
use crate::support::world::World;

/// A repository with an accepted record on `main`, and the hooks.
fn guarded(world: World) -> Repo {
    let repo = Repo::of_format(world);
    repo.guard().write("README.md", "Read me.\n").accept();
    repo
}

#[test]
fn a_refused_commit_says_what_where_why_and_what_to_do() {
    for world in BY_PATH {
        let repo = guarded(world);
        repo.stage(ADR, EDITED);
        let said = repo.refuse(&["commit", "--message", "lose them"]);
        assert_eq!(said.out, "");
        assert_data_eq!(
            said.shown(),
            str![[r#"
error[frozen-text-edited]: accepted adr-0001 was edited: its text changed
 --> sdd/adrs/0001-keep-records.md:9:4
  |
9 | We lose them.
  |    ^^^^ changed (text)
  |
 ::: sdd/adrs/0001-keep-records.md:5:1 (before)
  |
5 | Accepted
  | -------- frozen by this status
  |
  = help: restore the published version (this discards your changes to it):
          git restore --source=[ID] --staged --worktree -- sdd/adrs/0001-keep-records.md
  = help: to change the decision, write a new adr that supersedes this one:
          graven supersede sdd/adrs/0001-keep-records.md "Title"

graven: refused: 1 error in 1 document

"#]]
        );
        assert_eq!(repo.text(ADR), EDITED);
    }
}

#[test]
fn the_remedy_that_is_offered_works() {
    let repo = guarded(BY_PATH[0]);
    repo.stage(ADR, EDITED);
    let said = repo.refuse(&["commit", "--message", "lose them"]);
    let remedy = said
        .err
        .lines()
        .find_map(|line| line.split_once("git restore "))
        .unwrap()
        .1
        .to_owned();
    repo.git(
        &[
            &["restore"],
            remedy.split(' ').collect::<Vec<_>>().as_slice(),
        ]
        .concat(),
    );
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(repo.text(ADR), ACCEPTED);
}

#[test]
fn commit_with_all_takes_the_work_tree_and_is_refused() {
    for world in BY_PATH {
        let repo = guarded(world);
        repo.write(ADR, EDITED);
        repo.refuse(&["commit", "--all", "--message", "lose them"])
            .has(&["frozen-text-edited", ADR]);
        assert_eq!(
            repo.git(&["diff", "--cached", "--name-only"]),
            "",
            "nothing was staged by it"
        );
        repo.write(ADR, ACCEPTED)
            .write("README.md", "Read all of me.\n");
        repo.allow(&["commit", "--all", "--message", "say more"]);
    }
}

#[test]
fn commit_of_a_path_judges_what_it_commits_and_nothing_else() {
    for world in BY_PATH {
        let repo = guarded(world);
        repo.stage(ADR, EDITED)
            .write("README.md", "Read all of me.\n");
        repo.allow(&["commit", "--message", "say more", "README.md"]);
        assert_eq!(
            repo.git(&["diff", "--cached", "--name-only"]),
            ADR,
            "the edit still waits"
        );
        repo.refuse(&["commit", "--message", "lose them", ADR])
            .has(&["frozen-text-edited"]);
        repo.git(&["reset", "--quiet"]);
        repo.refuse(&["commit", "--message", "lose them", ADR])
            .has(&["frozen-text-edited"]);
        repo.refuse(&["commit", "--include", "--message", "lose them", ADR])
            .has(&["frozen-text-edited"]);
    }
}

#[test]
fn commit_of_single_hunks_judges_the_hunks() {
    let repo = guarded(BY_PATH[0]);
    repo.write(ADR, EDITED)
        .write("README.md", "Read all of me.\n");
    let by_hunk = |answers: &[u8]| {
        let mut command = repo.command("git");
        command.args(["commit", "--patch", "--quiet", "--message", "some hunks"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers).unwrap();
        Said::from(child.wait_with_output().unwrap())
    };
    // README.md comes first, then the record.
    let before = repo.state();
    by_hunk(b"y\ny\n").ends(1).has(&["frozen-text-edited", ADR]);
    assert_eq!(repo.state(), before);
    by_hunk(b"y\nn\n").ends(0).lacks(&["graven"]);
    assert_eq!(repo.git(&["diff", "--name-only"]), ADR);
}

#[test]
fn what_is_staged_counts_and_not_what_the_work_tree_holds() {
    let repo = guarded(BY_PATH[0]);
    repo.stage(ADR, EDITED).write(ADR, ACCEPTED);
    repo.refuse(&["commit", "--message", "lose them"])
        .has(&["We lose them"]);
    repo.stage(ADR, ACCEPTED)
        .write(ADR, EDITED)
        .stage("other.txt", "1");
    repo.allow(&["commit", "--message", "other"])
        .lacks(&["graven"]);
}

#[test]
fn a_deleted_and_a_moved_record_are_found() {
    for world in BY_PATH {
        let repo = guarded(world);
        repo.git(&["rm", "--quiet", ADR]);
        repo.refuse(&["commit", "--message", "gone"]).has(&[
            "frozen-document-deleted",
            ADR,
            "git restore --source=",
        ]);
        repo.git(&["reset", "--quiet", "--hard"]);
        repo.git(&["mv", ADR, "sdd/adrs/0002-keep-records.md"]);
        repo.refuse(&["commit", "--message", "moved"])
            .has(&["frozen-document-renumbered", ADR]);
    }
}

#[test]
fn an_intended_addition_is_not_part_of_the_commit() {
    let repo = guarded(BY_PATH[0]);
    repo.write("sdd/adrs/0001-twin.md", ACCEPTED).git(&[
        "add",
        "--intent-to-add",
        "sdd/adrs/0001-twin.md",
    ]);
    repo.stage("other.txt", "1");
    repo.allow(&["commit", "--message", "other"])
        .lacks(&["graven"]);
}

#[test]
fn a_legal_change_of_status_and_a_draft_are_free() {
    let repo = guarded(BY_PATH[0]);
    repo.stage("sdd/adrs/0002-more.md", &DRAFT.replace("# 1.", "# 2."));
    repo.allow(&["commit", "--message", "draft"]);
    repo.stage("sdd/adrs/0002-more.md", &EDITED.replace("# 1.", "# 2."));
    repo.allow(&["commit", "--message", "accept"]);
    repo.stage(
        ADR,
        &ACCEPTED.replace("Accepted", "Superseded by [ADR 2](0002-more.md)"),
    );
    repo.allow(&["commit", "--message", "supersede"])
        .lacks(&["error"]);
}

#[test]
fn no_verify_goes_past_the_hooks_of_a_clone() {
    let repo = guarded(BY_PATH[0]);
    repo.stage(ADR, EDITED);
    repo.allow(&["commit", "--no-verify", "--message", "lose them"]);
}

#[test]
fn a_repository_with_nothing_to_guard_hears_nothing() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard();
        for text in ["1", "2"] {
            repo.stage("src/main.c", text);
            let said = repo.allow(&["commit", "--quiet", "--message", "code"]);
            assert_eq!(said.all(), "");
        }
        repo.git(&["rm", "--quiet", "src/main.c"]);
        assert_eq!(
            repo.allow(&["commit", "--quiet", "--message", "no code"])
                .all(),
            ""
        );
        let said = repo.graven(&["check"]);
        assert_eq!((said.code, said.all().as_str()), (0, ""));
    }
}

#[test]
fn a_commit_from_a_folder_below_or_from_afar_is_judged_the_same() {
    let repo = guarded(BY_PATH[0]);
    repo.write(ADR, EDITED);
    let dir = repo.path().to_str().unwrap();
    let (git_dir, work_tree) = (
        format!("--git-dir={dir}/.git"),
        format!("--work-tree={dir}"),
    );
    let commit = ["commit", "--all", "--message", "lose them"];
    for (place, options) in [
        ("sdd/adrs", vec![]),
        ("..", vec!["-C", "repo"]),
        ("..", vec![&*git_dir, &*work_tree]),
    ] {
        let mut command = repo.command("git");
        let said = Said::of(
            command
                .current_dir(repo.path().join(place))
                .args(options)
                .args(commit),
        );
        said.ends(1)
            .has(&["graven: refused: ", "frozen-text-edited", ADR]);
    }
    let said = Said::of(
        repo.command("git")
            .current_dir(repo.path().join("sdd"))
            .args(["commit", "-m", "x", "adrs"]),
    );
    said.ends(1).has(&["graven: refused: "]);
}
