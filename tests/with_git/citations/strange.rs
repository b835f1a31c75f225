//! Tests that cannot be read whole, or at all.

use super::{SPEC, TEST, guarded, spec, tests};
use crate::support::Repo;

const COMMIT: [&str; 3] = ["commit", "--message", "step"];

fn write_bytes(repo: &Repo, path: &str, bytes: &[u8]) {
    std::fs::write(repo.path().join(path), bytes).unwrap();
    repo.git(&["add", "--", path]);
}

// spec: CITE-004
#[test]
fn a_test_that_does_not_parse_is_named_and_read_as_far_as_possible() {
    let repo = guarded();
    let text = format!(
        "{}\n\ndef broken(:\n    pass\n{}",
        tests(&["PATH-001"]),
        &tests(&["PATH-002"])[14..]
    );
    repo.stage(TEST, &text);
    let said = repo.attempt(&COMMIT);
    said.ends(0).has(&[
        "warning: tests/test_path.py:9:",
        "syntax error; some citations in this file",
    ]);
    said.lacks(&["last-test-removed"]);
    assert_eq!(
        said.all().matches("syntax error").count(),
        1,
        "{}",
        said.all()
    );
    repo.graven(&["trace"])
        .ends(0)
        .has(&["2 of 2 sections tested", "warning: tests/test_path.py:9:"]);
}

// spec: CITE-004
#[test]
fn a_test_that_is_no_utf_8_any_more_is_read_all_the_same() {
    let repo = guarded();
    let text = [b"# caf\xe9\n", tests(&["PATH-001", "PATH-002"]).as_bytes()].concat();
    write_bytes(&repo, TEST, &text);
    repo.attempt(&COMMIT)
        .ends(0)
        .has(&["warning: tests/test_path.py:1:6: invalid UTF-8"])
        .lacks(&["error"]);
    write_bytes(&repo, TEST, &[b"\0", text.as_slice()].concat());
    repo.refuse(&COMMIT).has(&["error[last-test-removed]"]);
}

// spec: CITE-009
#[test]
fn a_last_test_over_the_limit_is_not_judged() {
    let repo = guarded();
    let policy = repo.home().join("policy.toml");
    std::fs::write(&policy, "[limits]\nblob = \"2 KiB\"\n").unwrap();
    repo.git(&["config", "graven.policy", policy.to_str().unwrap()]);
    repo.stage(
        TEST,
        &format!(
            "{}# {}\n",
            tests(&["PATH-001", "PATH-002"]),
            "x".repeat(4_000)
        ),
    );
    repo.graven(&["check"]).ends(2).has(&[
        "tests/test_path.py, the last test that cited PATH-00",
        "it is over limits.blob",
    ]);
    repo.stage(
        "tests/more.rs",
        "// spec: PATH-001, PATH-002\n#[test]\nfn dots() {}\n",
    );
    repo.graven(&["check"]).ends(0);
    repo.commit_index_without_hooks();
    repo.graven(&["trace"])
        .ends(0)
        .has(&["warning: tests/test_path.py has more than 2048 bytes and was not read"]);
}

// spec: CITE-003
#[test]
fn a_citation_that_cannot_be_read_is_pointed_at() {
    let repo = guarded();
    let text = format!(
        "{}\n\n@pytest.mark.spec(\"PATH-\" + \"003\")\ndef test_more(): ...\n",
        tests(&["PATH-001", "PATH-002"])
    );
    repo.stage(
        SPEC,
        &spec(&[
            "001: Absolute paths",
            "002: Double dots",
            "003: Empty segments",
        ]),
    )
    .stage(TEST, &text);
    repo.attempt(&COMMIT).ends(0).has(&[
        "warning[section-untested]: PATH-003",
        "not read: expressions are not evaluated",
    ]);
    let said = repo.graven(&["trace"]);
    said.ends(0)
        .has(&["warning: tests/test_path.py:14:19: this citation cannot be read: expressions are not evaluated"]);
}

// spec: CITE-005
#[test]
fn hostile_names_and_texts_do_no_harm() {
    let repo = guarded();
    let nested = format!(
        "{}pytest.mark.spec('PATH-001'){}\n",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    repo.stage("tests/test_\x1b[31m.py", &nested);
    repo.stage(
        "tests/test_more.py",
        "import pytest\n\n@pytest.mark.spec(\"PATH-\\x1b[31m\\nerror: gone\")\ndef test(): ...\n",
    );
    let said = repo.refuse(&COMMIT);
    said.has(&["a test cites \"PATH-\\u{1b}[31m\\nerror: gone\""])
        .lacks(&["\x1b[31m", "panicked"]);
    repo.commit_index_without_hooks();
    repo.graven(&["trace"]).ends(0).lacks(&["\x1b[31m"]);
    repo.graven(&["trace", "--format", "json"])
        .ends(0)
        .lacks(&["\x1b"]);
}

#[test]
fn trace_needs_a_repository_and_a_sound_policy() {
    let repo = guarded();
    let outside = repo.home().join("outside");
    std::fs::create_dir(&outside).unwrap();
    let outside = outside.to_str().unwrap();
    repo.graven(&["--repo", outside, "trace"])
        .ends(2)
        .has(&["outside"]);
    repo.graven(&["trace", "--policy", "gone.toml"])
        .ends(2)
        .has(&["the policy gone.toml cannot be read"]);
    let policy = repo.home().join("policy.toml");
    std::fs::write(&policy, "[trace]\ncitations = [\"(?<id>\"]\n").unwrap();
    repo.graven(&["trace", "--policy", policy.to_str().unwrap()])
        .ends(2)
        .has(&["policy.toml:2:14"]);
}

impl Repo {
    fn commit_index_without_hooks(&self) {
        self.tick();
        self.git(&[
            "commit",
            "--quiet",
            "--no-verify",
            "--message",
            "past the hooks",
        ]);
    }
}
