//! What a waiver lifts, and what it does not.

use super::{NOTE, REASON, RIGHT, WRONG, found, published, pushed, staged, waive};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

const EDIT: &str = "deny frozen-text-edited sdd/research/research-parquet.md";

// spec: WAIVER-003
#[test]
fn a_waiver_is_of_no_use_for_another_edit() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    waive(&repo, REASON);
    assert_eq!(staged(&repo), [format!("{EDIT} waived")]);
    repo.stage(NOTE, &RIGHT.replace("twice", "once"));
    let found = staged(&repo);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], format!("{EDIT} live"));
    assert!(found[1].starts_with("warn waiver-unused g1-"), "{found:?}");
    repo.graven(&["check"]).ends(1);
}

// spec: WAIVER-003
#[test]
fn a_second_note_with_the_same_words_needs_a_waiver_of_its_own() {
    let repo = published();
    let other = "sdd/research/research-other.md";
    repo.change(other, WRONG);
    repo.stage(NOTE, RIGHT);
    waive(&repo, REASON);
    repo.stage(other, RIGHT);
    let found = staged(&repo);
    assert!(
        found.contains(&format!("deny frozen-text-edited {other} live")),
        "{found:?}"
    );
    assert!(found.contains(&format!("{EDIT} waived")), "{found:?}");
}

// spec: WAIVER-004
#[test]
fn two_waived_edits_squashed_into_one_are_waived() {
    let pushing = pushed();
    let clone = &pushing.clone;
    let whole = RIGHT.replace("twice", "once");
    clone.stage(NOTE, RIGHT);
    waive(clone, REASON);
    clone.commit_index("correct the unit");
    clone.stage(NOTE, &whole);
    waive(clone, "the second run was never done, says its log");
    clone.commit_index("correct the number of runs");
    clone.git(&["reset", "--quiet", "--soft", "HEAD~2"]);
    clone.commit_index("correct the note");
    let said = pushing.allow(&["main"]);
    said.has(&[
        "was wrong: the log of the run",
        "second run was never done",
        "allowed, with 1 finding waived",
    ]);
    said.lacks(&["waiver-unused"]);
    let audit = clone.graven(&["--format", "json", "audit"]);
    assert_eq!(found(audit.ends(0)), [format!("{EDIT} waived")]);
    let report: serde_json::Value = serde_json::from_str(&audit.out).unwrap();
    assert_eq!(
        report["findings"][0]["waivers"].as_array().unwrap().len(),
        2
    );
}

// spec: WAIVER-003
#[test]
fn what_is_forbidden_is_never_waived_and_says_that_somebody_tried() {
    let repo = Repo::init();
    repo.accept();
    repo.stage(ADR, EDITED);
    let report = repo.graven(&["--format", "json", "check"]);
    let report: serde_json::Value = serde_json::from_str(&report.ends(1).out).unwrap();
    let print = report["findings"][0]["fingerprint"].as_str().unwrap();
    let text = format!(
        "[[waiver]]\nrule = \"frozen-text-edited\"\nsubject = \"adr-0001\"\nfingerprint = \"{print}\"\nreason = \"{REASON}\"\n"
    );
    repo.stage("sdd/waivers/a.toml", &text);
    let said = repo.graven(&["check"]);
    said.ends(1)
        .has(&["a waiver names this finding, but a finding of level forbid cannot be waived"])
        .lacks(&["waiver-unused"]);
    said.lacks(&["graven waive"]);
    assert_eq!(staged(&repo), ["forbid frozen-text-edited adr-0001 live"]);
}

// spec: WAIVER-006
// spec: WAIVER-007
#[test]
fn a_hollow_waiver_is_refused_and_an_idle_one_is_told() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    let file = waive(&repo, REASON);
    let text = repo.text(&file);
    repo.stage(&file, &text.replace(REASON, "TODO"));
    let found = staged(&repo);
    assert_eq!(found[0], format!("{EDIT} live"));
    assert!(found[1].starts_with("deny waiver-hollow g1-"), "{found:?}");
    repo.graven(&["check"])
        .ends(1)
        .has(&["the reason is a placeholder", "not a sufficient reason"]);
    repo.stage(&file, &text).stage(NOTE, WRONG);
    repo.graven(&["check"])
        .ends(0)
        .has(&["waiver-unused", "no finding has this fingerprint"]);
}

// spec: WAIVER-007
#[test]
fn an_edit_that_a_later_commit_takes_back_leaves_its_waiver_of_use() {
    let pushing = pushed();
    let clone = &pushing.clone;
    clone.stage(NOTE, RIGHT);
    waive(clone, REASON);
    clone.commit_index("correct the unit");
    clone.change(NOTE, WRONG);
    pushing.allow(&["main"]).lacks(&["waiver-unused"]);
}

// spec: WAIVER-008
#[test]
fn a_published_waiver_stays_as_it_is_and_its_file_may_grow() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    let file = waive(&repo, REASON);
    repo.commit_index("correct the unit");
    let text = repo.text(&file);
    repo.stage(&file, &text.replace("megabytes", "kilobytes"));
    assert_eq!(
        staged(&repo),
        [format!("forbid frozen-text-edited {file} live")]
    );
    repo.git(&["rm", "--quiet", "--force", &file]);
    assert_eq!(
        staged(&repo),
        [format!("forbid frozen-document-deleted {file} live")]
    );
    repo.stage(&file, &text);
    let whole = RIGHT.replace("twice", "once");
    repo.stage(NOTE, &whole);
    let second = waive(&repo, "the second run was never done, says its log");
    let more = repo.text(&second);
    repo.git(&["rm", "--quiet", "--force", &second]);
    repo.stage(&file, &format!("{text}\n{more}"));
    assert_eq!(staged(&repo), [format!("{EDIT} waived")]);
}

// spec: WAIVER-003
#[test]
fn a_waived_warning_is_no_warning_any_more() {
    let repo = Repo::init();
    repo.accept();
    repo.git(&["mv", ADR, "sdd/adrs/0001-keep-all-records.md"]);
    assert_eq!(staged(&repo), ["warn frozen-document-moved adr-0001 live"]);
    repo.graven(&[
        "waive",
        "--rule",
        "frozen-document-moved",
        "--reason",
        "the title was misspelt from the beginning",
    ])
    .ends(0);
    assert_eq!(
        staged(&repo),
        ["warn frozen-document-moved adr-0001 waived"]
    );
    assert!(ACCEPTED.contains("Accepted"));
}
