//! What may be committed and pushed.

use super::{SPEC, TEST, guarded, spec, tests};
use crate::support::Repo;

const COMMIT: [&str; 3] = ["commit", "--message", "step"];

#[test]
fn the_last_test_of_a_section_stays() {
    let repo = guarded();
    repo.stage(TEST, &tests(&["PATH-001"]));
    let said = repo.refuse(&COMMIT);
    said.has(&[
        "error[last-test-removed]: the last test that cites PATH-002 was removed",
        "was cited here",
    ]);
    said.has(&[
        "tests/test_path.py:9",
        "still declared here",
        "graven deprecate PATH-002",
    ]);

    repo.git(&["rm", "--quiet", "--cached", TEST]);
    repo.refuse(&COMMIT).has(&[
        "the last test that cites PATH-001 was removed",
        "PATH-002",
        "git restore --source=",
    ]);

    repo.stage(TEST, &tests(&["PATH-001"])).stage(
        SPEC,
        &spec(&["001: Absolute paths", "002: [DEPRECATED] Double dots"]),
    );
    repo.allow(&COMMIT).lacks(&["last-test-removed"]);
}

// spec: CITE-009
#[test]
fn a_test_may_move_and_what_an_unchanged_test_cites_is_no_finding() {
    let repo = guarded();
    repo.write("tests/test_old.py", &tests(&["PATH-777"]));
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "--message", "old debt"]);
    repo.git(&["rm", "--quiet", "--cached", TEST]);
    repo.stage("tests/unit/test_dots.py", &tests(&["PATH-002"]))
        .stage("tests/unit/test_abs.py", &tests(&["PATH-001"]));
    repo.allow(&COMMIT).lacks(&["warning", "error"]);
    repo.git(&["mv", "tests/test_old.py", "tests/unit/test_old.py"]);
    repo.allow(&COMMIT).lacks(&["warning", "error"]);
}

#[test]
fn a_test_out_of_reach_of_the_globs_is_gone() {
    let repo = guarded();
    std::fs::create_dir(repo.path().join("attic")).unwrap();
    repo.git(&["mv", TEST, "attic/test_path.py"]);
    repo.refuse(&COMMIT).has(&[
        "the last test that cites PATH-001 was removed",
        "the last test that cites PATH-002 was removed",
    ]);
}

#[test]
fn a_link_and_a_submodule_in_the_place_of_a_test_cite_nothing() {
    for (mode, id) in [("120000", "HEAD:sdd/specs/004-path.md"), ("160000", "HEAD")] {
        let repo = guarded();
        let id = repo.git(&["rev-parse", id]);
        repo.git(&[
            "update-index",
            "--cacheinfo",
            &format!("{mode},{id},{TEST}"),
        ]);
        repo.refuse(&COMMIT).has(&["error[last-test-removed]"]);
    }
}

#[test]
fn a_citation_of_nothing_is_refused_and_of_something_gone_is_shown() {
    let repo = guarded();
    repo.stage(
        TEST,
        &tests(&["PATH-001", "PATH-002", "PATH-OO1", "PATH-009"]),
    );
    let said = repo.refuse(&COMMIT);
    said.has(&[
        "a test cites \"PATH-OO1\", which is not a section ID",
        "did you mean PATH-001?",
    ]);
    said.has(&[
        "a test cites PATH-009, which no spec declares",
        "graven trace",
    ]);
    repo.stage(TEST, &tests(&["PATH-001", "PATH-002"]));
    repo.stage(
        SPEC,
        &spec(&["001: Absolute paths", "002: [DEPRECATED] Double dots"]),
    );
    repo.allow(&COMMIT);
    repo.stage(
        "tests/more.rs",
        "// spec: PATH-002\n#[test]\nfn dots() {}\n",
    );
    repo.attempt(&COMMIT).ends(0).has(&[
        "warning[test-cites-deprecated]",
        "marked [DEPRECATED]",
        "tests/more.rs:1",
    ]);
}

#[test]
fn a_new_section_wants_a_test_and_its_own_is_enough() {
    let repo = guarded();
    let three = spec(&[
        "001: Absolute paths",
        "002: Double dots",
        "003: Empty segments",
    ]);
    repo.stage(SPEC, &three);
    let said = repo.attempt(&["commit", "--message", "spec"]);
    said.ends(0).has(&[
        "warning[section-untested]: PATH-003 is new, but no test cites it",
        "@pytest.mark.spec(\"PATH-003\")",
    ]);
    let repo = guarded();
    repo.stage(SPEC, &three)
        .stage(TEST, &tests(&["PATH-001", "PATH-002", "PATH-003"]));
    repo.allow(&COMMIT).lacks(&["warning"]);
}

#[test]
fn a_section_and_its_test_may_get_another_id_without_more_ado() {
    let repo = guarded();
    repo.stage(SPEC, &spec(&["001: Absolute paths", "020: Double dots"]))
        .stage(TEST, &tests(&["PATH-001", "PATH-020"]));
    let said = repo.refuse(&COMMIT);
    said.has(&["section-renumbered"]).lacks(&[
        "section-untested",
        "last-test-removed",
        "test-cites-unknown",
    ]);
}

#[test]
fn code_without_a_section_is_shown_where_the_policy_asks() {
    let repo = guarded();
    repo.write("graven.toml", "[rules]\ncode-without-spec = \"deny\"\n");
    repo.git(&["add", "--all"]);
    repo.allow(&["commit", "--message", "policy"]);
    repo.stage("src/path.py", "def path(): ...\n");
    repo.refuse(&COMMIT)
        .has(&["error[code-without-spec]", "src/path.py"]);
    repo.stage(
        "tests/more.rs",
        "// spec: PATH-002\n#[test]\nfn dots() {}\n",
    );
    repo.allow(&COMMIT);
}

#[test]
fn a_repository_is_brought_in_without_a_word() {
    let repo = Repo::init();
    repo.guard();
    repo.write(SPEC, &spec(&["001: Absolute paths"]))
        .write(TEST, &tests(&["PATH-009"]));
    repo.git(&["add", "--all"]);
    repo.allow(&COMMIT)
        .lacks(&["warning", "section-untested", "test-cites-unknown"]);
}

#[test]
fn a_push_is_judged_as_the_commits_were() {
    let server = Repo::bare();
    let repo = guarded();
    repo.git(&["push", "--quiet", &server.url(), "main"]);
    server.install("pre-receive");
    repo.smuggle(TEST, &tests(&["PATH-001"]));
    let said = repo.attempt(&["push", &server.url(), "main"]);
    said.ends(1).has(&[
        "last-test-removed",
        "the last test that cites PATH-002 was removed",
    ]);
}
