//! Files of waivers that cannot be read.

use std::fs;

use super::{NOTE, REASON, RIGHT, published, staged, waive};

const FILE: &str = "sdd/waivers/a.toml";
const PRINT: &str = "g1-00112233445566778899aabbccddeeff";

fn entry(rule: &str, print: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"{rule}\"\nsubject = \"x\"\nfingerprint = \"{print}\"\nreason = \"{REASON}\"\n"
    )
}

// spec: WAIVER-002
#[test]
fn a_faulty_waiver_stops_the_step_that_brings_it() {
    let cases: [(&str, &[&str]); 8] = [
        ("[[waiver]\n", &["a.toml:1:10: invalid TOML"]),
        (
            &entry("frozen-text-edit", PRINT),
            &[
                "a.toml:2:8: unknown rule `frozen-text-edit`",
                "did you mean `frozen-text-edited`?",
            ],
        ),
        (
            &entry("number-taken", "g1-00"),
            &["a.toml:4:15: `g1-00` is not a valid `fingerprint`"],
        ),
        (
            &entry("number-taken", &PRINT.to_uppercase()),
            &["is not a valid `fingerprint`"],
        ),
        (
            &entry("number-taken", PRINT).repeat(2),
            &["a.toml:9:15: duplicate waiver: line 4 waives the same finding"],
        ),
        (
            &format!("{}befor = \"x\"\n", entry("number-taken", PRINT)),
            &["a.toml:6:1: unknown key `befor` in a waiver", "`before`"],
        ),
        (
            "[[waiver]]\nrule = \"number-taken\"\n",
            &[
                "a.toml:1:1: missing `subject` in a waiver",
                "missing `reason` in a waiver",
            ],
        ),
        (
            &"[[waiver]]\n".repeat(20_001),
            &["20001 waivers, over the limit of 20000"],
        ),
    ];
    for (text, words) in cases {
        let repo = published();
        repo.stage(FILE, text);
        let said = repo.graven(&["check"]);
        said.ends(2)
            .has(words)
            .has(&["graven: not judged: "])
            .lacks(&["panicked"]);
        repo.guard();
        repo.attempt(&["commit", "--quiet", "--message", "waive"])
            .ends(1)
            .has(words);
        repo.git(&["commit", "--quiet", "--no-verify", "--message", "waive"]);
        repo.graven(&["check", "HEAD~1..HEAD"]).ends(2).has(words);
    }
}

// spec: WAIVER-002
#[test]
fn two_files_with_a_waiver_for_one_finding_stop_the_step_that_brings_the_second() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    let first = waive(&repo, REASON);
    let text = repo.text(&first);
    repo.commit_index("correct the unit");
    repo.stage("sdd/waivers/zz.toml", &text);
    let words =
        format!("sdd/waivers/zz.toml:5:15: duplicate waiver: {first}:5:15 waives the same finding");
    repo.graven(&["check"])
        .ends(2)
        .has(&[&words, "remove the new one"]);
    repo.commit_index("waive it once more");
    // Published, it stands in nobody's way.
    repo.graven(&["audit"])
        .ends(0)
        .has(&[&words, "1 finding waived"]);
}

// spec: WAIVER-002
#[test]
fn old_faults_are_warned_of_and_lift_nothing() {
    let repo = published();
    repo.change(FILE, "[[waiver]\n");
    repo.stage(NOTE, RIGHT);
    let said = repo.graven(&["check"]);
    said.ends(1).has(&[
        "warning: sdd/waivers/a.toml:1:10: invalid TOML",
        "already published; it has no effect",
    ]);
    waive(&repo, REASON);
    repo.graven(&["check"])
        .ends(0)
        .has(&["1 finding waived", "already published"]);
    repo.commit_index("correct the unit");
    repo.graven(&["audit"])
        .ends(0)
        .has(&["warning: sdd/waivers/a.toml:1:10"]);
    // Nothing to lift, nothing to read.
    repo.stage("other", "1");
    repo.graven(&["check"]).ends(0).lacks(&["a.toml"]);
}

// spec: WAIVER-002
#[test]
fn what_is_no_text_is_no_file_of_waivers() {
    let repo = published();
    repo.write(FILE, "");
    fs::write(repo.path().join(FILE), b"[[waiver]]\nrule = \"\xff\"\n").unwrap();
    repo.git(&["add", FILE]);
    repo.graven(&["check"])
        .ends(2)
        .has(&["sdd/waivers/a.toml cannot be read", "not valid UTF-8"]);
    fs::remove_file(repo.path().join(FILE)).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../../README.md", repo.path().join(FILE)).unwrap();
        repo.git(&["add", FILE]);
        repo.graven(&["check"])
            .ends(2)
            .has(&["sdd/waivers/a.toml is a symbolic link, not a waiver file"]);
    }
}

// spec: WAIVER-010
#[test]
fn nothing_is_written_while_a_waiver_that_is_staged_has_faults() {
    let repo = published();
    repo.stage(NOTE, RIGHT).stage(FILE, "[[waiver]\n");
    let before = repo.state();
    repo.graven(&["waive", "--reason", REASON])
        .ends(2)
        .has(&["a.toml:1:10: invalid TOML"]);
    assert_eq!(repo.state(), before);
    assert_eq!(staged(&repo).len(), 1);
}
