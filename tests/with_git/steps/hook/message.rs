//! The message of a commit: what Git cuts off is not read, and what the message says is judged once.

use std::fs;

use super::BY_PATH;
use crate::support::Repo;
use crate::support::guarded::Said;

const SPEC: &str =
    "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Absolute paths\n\nEvery path is absolute.\n";
const POLICY: &str = "preset = \"sdd\"\n\n[rules]\nfeature-without-spec = \"deny\"\n";
const CODE: &str = "src/lib.rs";

/// Guarded, with a spec and some code on `main`.
fn featured() -> Repo {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.write("graven.toml", POLICY)
        .write("sdd/specs/004-path.md", SPEC)
        .write(CODE, "// feat: one\n");
    repo.commit("begin");
    repo.guard().stage(CODE, "// feat: two\n");
    repo
}

/// Gives it an editor that puts these lines in front of what it finds.
fn edit(repo: &Repo, lines: &str) {
    let (editor, text) = (repo.home().join("editor"), repo.home().join("lines"));
    fs::write(&text, lines).unwrap();
    let script = "cat \"$(dirname \"$0\")/lines\" \"$1\" >\"$1.new\" && mv \"$1.new\" \"$1\"\n";
    fs::write(&editor, script).unwrap();
    repo.set("GIT_EDITOR", &format!("sh '{}'", editor.display()));
}

#[track_caller]
fn refused(repo: &Repo, arguments: &[&str]) -> Said {
    let said = repo.refuse(&[&["commit"], arguments].concat());
    said.has(&[
        "error[feature-without-spec]: a feature changes code without a spec or a test that cites one",
        CODE,
    ]);
    said
}

// spec: MESSAGE-001
#[test]
fn a_message_that_names_a_feature_is_asked_for_its_spec() {
    let repo = featured();
    refused(&repo, &["--message", "feat: two"]);
    refused(&repo, &["--message", "feat: two", "--message", "body"]);
    fs::write(repo.home().join("message"), "\n\nfeat: two\n\nbody\n").unwrap();
    refused(&repo, &["--file", "../message"]);
    repo.allow(&[
        "commit",
        "--message",
        "Rename a variable",
        "--message",
        "feat: this is the body",
    ])
    .lacks(&["graven"]);
}

// spec: MESSAGE-001
#[test]
fn a_feature_with_its_spec_is_allowed() {
    let repo = featured();
    repo.stage(
        "sdd/specs/004-path.md",
        &format!("{SPEC}\n## PATH-002: Dots\n\nDots are refused.\n"),
    );
    repo.allow(&["commit", "--message", "feat: two"]);
}

// spec: MESSAGE-002
#[test]
fn the_change_below_the_scissors_and_comments_are_no_message() {
    let repo = featured();
    edit(&repo, "# feat: a comment\n\n  feat: two\n");
    refused(&repo, &["--verbose"]);
    refused(&repo, &[]);
    edit(&repo, "Rename\n\nfeat: no subject\n");
    repo.allow(&["commit", "--verbose"]).lacks(&["graven"]);
}

// spec: MESSAGE-002
#[test]
fn an_empty_message_is_left_to_git() {
    let repo = featured();
    edit(&repo, "# feat: a comment\n");
    let said = repo.attempt(&["commit", "--verbose"]);
    said.ends(1)
        .has(&["Aborting commit due to empty commit message"])
        .lacks(&["graven"]);
}

// spec: MESSAGE-002
#[test]
fn the_sign_of_comments_is_the_one_that_git_is_told() {
    let repo = featured();
    edit(&repo, "; Rename\n# feat: two\nfeat: two\n");
    repo.git(&["config", "core.commentChar", ";"]);
    repo.allow(&["commit", "--dry-run"]);
    let said = repo.attempt(&["commit", "--quiet"]);
    said.ends(0).lacks(&["graven"]);
    assert_eq!(
        repo.git(&["log", "-1", "--format=%s"]),
        "# feat: two feat: two"
    );
    repo.stage(CODE, "// three\n");
    edit(&repo, "; Rename\nfeat: three\n");
    refused(&repo, &[]);
    refused(&repo, &["--verbose"]);
    repo.git(&["config", "core.commentChar", "auto"]);
    edit(&repo, "\n");
    repo.allow(&[
        "commit",
        "--verbose",
        "--edit",
        "--message",
        "#1 Rename",
        "--message",
        "feat: three",
    ])
    .lacks(&["graven"]);
    assert_eq!(repo.git(&["log", "-1", "--format=%s"]), "#1 Rename");
}

// spec: MESSAGE-002
#[test]
fn comments_that_are_kept_and_those_of_a_message_without_editor_are_the_message() {
    let repo = featured();
    repo.allow(&["commit", "--message", "# Rename\nfeat: two"]);
    assert_eq!(repo.git(&["log", "-1", "--format=%b"]), "");
    repo.stage(CODE, "// three\n")
        .git(&["config", "commit.cleanup", "whitespace"]);
    edit(&repo, "# Rename\n\nfeat: three\n");
    repo.allow(&["commit"]);
    repo.stage(CODE, "// four\n")
        .git(&["config", "commit.cleanup", "scissors"]);
    edit(&repo, "\nfeat: four\n");
    refused(&repo, &[]);
}

// spec: MESSAGE-003
#[test]
fn an_amended_commit_is_judged_as_the_one_it_becomes() {
    let repo = featured();
    repo.tick();
    repo.git(&["commit", "--quiet", "--no-verify", "--message", "feat: two"]);
    refused(&repo, &["--amend", "--no-edit"]);
    refused(&repo, &["--amend", "--message", "amend! feat: two"]);
    repo.allow(&["commit", "--amend", "--message", "Rename"])
        .lacks(&["graven"]);
}

// spec: MESSAGE-003
#[test]
fn a_merge_is_judged_as_what_it_brings() {
    let repo = featured();
    repo.git(&["stash", "--quiet"]);
    repo.branch("topic").smuggle(CODE, "// topic\n");
    repo.checkout("main").change("main.txt", "1");
    let said = repo.attempt(&["merge", "--no-ff", "--message", "feat: topic", "topic"]);
    said.ends(1)
        .has(&["graven: refused: ", "feature-without-spec"]);
    repo.git(&["merge", "--abort"]);
    repo.allow(&["merge", "--no-ff", "--message", "Bring topic", "topic"])
        .lacks(&["graven"]);
}

// spec: MESSAGE-003
#[test]
fn a_merge_that_stopped_at_a_conflict_is_judged_with_its_message() {
    let repo = featured();
    repo.git(&["stash", "--quiet"]);
    repo.branch("topic").smuggle(CODE, "// topic\n");
    repo.checkout("main").smuggle(CODE, "// main\n");
    repo.attempt(&["merge", "topic"]).ends(1).has(&["CONFLICT"]);
    repo.stage(CODE, "// both\n");
    refused(&repo, &["--message", "feat: both"]);
    repo.allow(&["commit", "--no-edit"]).lacks(&["graven"]);
}

// spec: MESSAGE-004
#[test]
fn a_side_branch_is_a_feature_when_any_of_its_commits_is() {
    let repo = featured();
    repo.branch("topic").tick();
    repo.git(&["commit", "--quiet", "--no-verify", "--message", "feat: two"]);
    repo.stage(CODE, "// three\n");
    refused(&repo, &["--message", "Polish"]);
    repo.stage(
        "sdd/specs/004-path.md",
        &format!("{SPEC}\n## PATH-002: Dots\n\nDots are refused.\n"),
    );
    repo.allow(&["commit", "--message", "Polish"]);
}

// spec: MESSAGE-005
#[test]
fn what_was_said_before_there_was_a_message_is_not_said_again() {
    let repo = featured();
    repo.change("sdd/BACKLOG.md", "- [ ] **BUG-001 — Dots**\n");
    repo.stage(CODE, "// fixed\n")
        .stage("sdd/BACKLOG.md", "- [x] **BUG-001 — Dots**\n");
    let said = repo.allow(&["commit", "--message", "fix: dots"]);
    said.has(&["warning[fix-incomplete]: BUG-001 is fixed without changing a test"]);
    assert_eq!(
        said.all().matches("[fix-incomplete]").count(),
        1,
        "{}",
        said.all()
    );
    repo.stage(CODE, "// fixed again\n");
    let said = repo.allow(&["commit", "--message", "fix: dots"]);
    said.has(&["warning[fix-incomplete]: a bug is fixed without changing a test or the backlog"]);
    assert_eq!(
        said.all().matches("[fix-incomplete]").count(),
        1,
        "{}",
        said.all()
    );
}

// spec: MESSAGE-006
#[test]
fn a_hook_that_edits_the_message_runs_first() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.write("graven.toml", POLICY)
        .write("sdd/specs/004-path.md", SPEC)
        .commit("begin");
    repo.hook(
        "commit-msg",
        "sed 's/^TICKET-1 /feat: /' \"$1\" >\"$1.new\" && mv \"$1.new\" \"$1\"",
    );
    repo.guard().stage(CODE, "// two\n");
    refused(&repo, &["--message", "TICKET-1 two"]);
    repo.allow(&["commit", "--message", "TICKET-2 two"]);
}

// spec: MESSAGE-007
#[test]
fn a_message_that_cannot_be_read_is_not_judged() {
    let repo = featured();
    for (arguments, words) in [
        (
            &["nowhere"][..],
            "the commit message cannot be read: nowhere: ",
        ),
        (&["."], "the commit message cannot be read: .: "),
        (
            &[],
            "commit-msg takes the message file; the number of arguments given was 0",
        ),
        (&["one", "two"], "the number of arguments given was 2"),
    ] {
        let said = repo.graven(&[&["hook", "commit-msg"], arguments].concat());
        said.ends(2).has(&["graven: not judged: ", words]);
    }
    repo.write("message", "feat: two\n")
        .write(".git/config", "[core");
    repo.graven(&["hook", "commit-msg", "message"]).ends(2);
}
