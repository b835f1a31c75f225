//! `graven done`.

use std::fs;

use crate::support::Repo;

const OPEN: &str = "sdd/BACKLOG.md";
const DONE: &str = "sdd/BACKLOG-DONE.md";
const ITEMS: &str =
    "# Backlog\n\n- [ ] **BK-001 — Globs**\n  In the client.\n\n- [~] **BUG-002 — Dots**\n";

fn planned() -> Repo {
    let repo = Repo::init();
    repo.change(OPEN, ITEMS);
    repo.guard();
    repo
}

#[test]
fn an_item_moves_to_a_done_file_that_is_created() {
    let repo = planned();
    let said = repo.graven(&["done", "BK-1"]);
    said.ends(0).has(&[
        "wrote and staged sdd/BACKLOG.md",
        "wrote and staged sdd/BACKLOG-DONE.md",
        "next: git commit",
    ]);
    assert_eq!(repo.text(OPEN), "# Backlog\n\n- [~] **BUG-002 — Dots**\n");
    assert_eq!(
        repo.text(DONE),
        "# Done\n\n- [x] **BK-001 — Globs**\n  In the client.\n"
    );
    assert_eq!(
        repo.git(&["status", "--porcelain"]),
        format!("A  {DONE}\nM  {OPEN}")
    );
    repo.graven(&["check"]).ends(0);
    repo.allow(&["commit", "--message", "Finish BK-001"])
        .lacks(&["graven"]);
    repo.graven(&["done", "BUG-002"]).ends(0);
    assert_eq!(repo.text(OPEN), "# Backlog\n");
    assert!(
        repo.text(DONE)
            .starts_with("# Done\n\n- [x] **BUG-002 — Dots**\n\n- [x] **BK-001")
    );
    repo.graven(&["check"]).ends(0);
    repo.graven(&["done", "BUG-002"])
        .ends(2)
        .has(&["BUG-002 is done already"]);
}

#[test]
fn what_cannot_be_done_leaves_everything_as_it_was() {
    let repo = planned();
    for (id, words) in [
        ("BK-009", "there is no backlog item BK-009"),
        ("\x1b[31m", "no backlog item \\u{1b}[31m"),
    ] {
        let before = repo.state();
        repo.graven(&["done", id]).ends(2).has(&[words]);
        assert_eq!(repo.state(), before);
    }
    repo.write(DONE, "untracked\n");
    let before = repo.state();
    repo.graven(&["done", "BK-001"])
        .ends(2)
        .has(&[DONE, "untracked"]);
    assert_eq!(repo.state(), before);
    fs::remove_file(repo.path().join(DONE)).unwrap();
    repo.write(OPEN, &format!("{ITEMS}\nMore.\n"));
    repo.graven(&["done", "BK-001"])
        .ends(2)
        .has(&[OPEN, "unstaged"]);
    assert_eq!(repo.text(OPEN), format!("{ITEMS}\nMore.\n"));
}

#[test]
fn an_item_that_the_policy_holds_back_is_not_moved() {
    let repo = planned();
    repo.write(OPEN, &ITEMS.replace("  In the client.", "  - [ ] tests"));
    repo.change(
        "graven.toml",
        "preset = \"sdd\"\n\n[rules]\ndefinition-of-done-open = \"deny\"\n",
    );
    let before = repo.state();
    let said = repo.graven(&["done", "BK-001"]);
    said.ends(1).has(&[
        "definition-of-done-open",
        "1 unchecked box",
        "nothing was written",
    ]);
    assert_eq!(repo.state(), before);
}

#[test]
fn without_a_backlog_there_is_nothing_to_finish() {
    let repo = Repo::init();
    repo.change("other.txt", "1");
    repo.graven(&["done", "BK-001"])
        .ends(2)
        .has(&["sdd/BACKLOG.md is not in the index"]);
    repo.change(OPEN, "\u{0}");
    repo.write("sdd/BACKLOG.md", "")
        .change("graven.toml", "preset = \"none\"\n");
    repo.graven(&["done", "BK-001"])
        .ends(2)
        .has(&["the policy has no backlog"]);
    let bare = Repo::bare();
    bare.graven(&["done", "BK-001"]).ends(2).has(&["bare"]);
}

#[test]
fn a_file_that_is_no_text_is_left_alone() {
    let repo = Repo::init();
    fs::create_dir_all(repo.path().join("sdd")).unwrap();
    fs::write(repo.path().join(OPEN), b"- [ ] BK-001: \xff\n").unwrap();
    repo.commit("broken");
    repo.graven(&["done", "BK-001"])
        .ends(2)
        .has(&["sdd/BACKLOG.md is not a text file"]);
}
