//! `graven waive`.

use super::{NOTE, REASON, RIGHT, WRONG, files, published, staged, waive};
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED};

/// Runs it, which must fail in these words and write nothing.
#[track_caller]
fn fails(repo: &Repo, arguments: &[&str], code: i32, words: &[&str]) {
    let before = repo.state();
    repo.graven(&[&["waive"], arguments].concat())
        .ends(code)
        .has(words)
        .lacks(&["panicked"]);
    assert_eq!(repo.state(), before);
}

// spec: WAIVER-010
#[test]
fn it_writes_and_stages_a_waiver_after_which_the_check_allows() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    repo.graven(&["check"]).ends(1);
    let said = repo.graven(&["waive", "--reason", REASON]);
    said.ends(0).has(&[
        "waived frozen-text-edited of sdd/research/research-parquet.md: ",
        "next: git commit",
    ]);
    let files = files(&repo);
    assert_eq!(files.len(), 1);
    let name = files[0].strip_prefix("sdd/waivers/").unwrap();
    let (date, slug) = name.split_at(10);
    assert!(
        regex::Regex::new(r"^\d{4}-\d\d-\d\d$")
            .unwrap()
            .is_match(date),
        "{name}"
    );
    assert_eq!(slug, "-frozen-text-edited-research-parquet.toml");
    assert_eq!(
        repo.git(&["show", &format!(":{}", files[0])]),
        repo.text(&files[0]).trim_end()
    );
    repo.graven(&["check"]).ends(0);
    fails(
        &repo,
        &["--reason", REASON],
        2,
        &["nothing to waive", "all findings are already waived"],
    );
}

// spec: WAIVER-010
#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    let first = waive(&repo, REASON);
    repo.commit_index("correct the unit");
    repo.stage(NOTE, &RIGHT.replace("twice", "once"));
    let second = waive(&repo, REASON);
    assert_eq!(second, first.replace(".toml", "-2.toml"));
    repo.commit_index("correct the runs");
    repo.stage(NOTE, WRONG.replace("Parquet", "Arrow").as_str());
    repo.write(&first.replace(".toml", "-3.toml"), "somebody's notes\n");
    assert_eq!(waive(&repo, REASON), first.replace(".toml", "-4.toml"));
    assert_eq!(
        repo.text(&first.replace(".toml", "-3.toml")),
        "somebody's notes\n"
    );
}

// spec: WAIVER-010
#[test]
fn a_hollow_reason_an_unknown_rule_and_nothing_to_waive_are_errors() {
    let repo = published();
    repo.stage(NOTE, RIGHT);
    for reason in ["", "TODO", "…", "xxx", "wrong unit"] {
        fails(
            &repo,
            &["--reason", reason],
            2,
            &["nothing was written: the reason ", "at least 20 characters"],
        );
    }
    let unknown = ["--rule", "frozen-text-edit", "--reason", REASON];
    fails(
        &repo,
        &unknown,
        2,
        &[
            "unknown rule `frozen-text-edit`",
            "did you mean `frozen-text-edited`?",
        ],
    );
    let other = ["--rule", "number-taken", "--reason", REASON];
    fails(
        &repo,
        &other,
        2,
        &[
            "nothing to waive",
            "deny frozen-text-edited of sdd/research/research-parquet.md",
            "help: choose one of these: graven waive --rule",
        ],
    );
    let elsewhere = ["--subject", "adr-0001", "--reason", REASON];
    fails(&repo, &elsewhere, 2, &["nothing to waive"]);
    fails(&repo, &[], 2, &["--reason"]);
    repo.git(&["reset", "--quiet", "--hard"]);
    fails(
        &repo,
        &["--reason", REASON],
        2,
        &[
            "nothing to waive: the staged changes have no findings",
            "git reset --soft",
        ],
    );
    fails(
        &Repo::bare(),
        &["--reason", REASON],
        2,
        &["a bare repository has no index"],
    );
}

// spec: WAIVER-010
#[test]
fn what_is_forbidden_is_named_and_still_refused() {
    let repo = Repo::init();
    repo.accept();
    repo.stage(ADR, EDITED);
    fails(
        &repo,
        &["--reason", REASON],
        1,
        &[
            "frozen-text-edited of adr-0001 is forbidden and cannot be waived",
            "nothing was written; graven check shows",
        ],
    );
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.change(NOTE, WRONG);
    repo.stage(NOTE, RIGHT).stage(ADR, EDITED);
    let said = repo.graven(&["waive", "--reason", REASON]);
    said.ends(1).has(&[
        "waived frozen-text-edited of sdd/research",
        "of adr-0001 is forbidden and cannot be waived",
    ]);
    assert_eq!(files(&repo).len(), 1);
}

// spec: WAIVER-010
#[test]
fn a_subject_is_waived_alone_and_the_rest_stays_refused() {
    let repo = published();
    let other = "sdd/research/research-other.md";
    repo.change(other, WRONG);
    repo.stage(NOTE, RIGHT).stage(other, RIGHT);
    let said = repo.graven(&["waive", "--subject", other, "--reason", REASON]);
    said.ends(1)
        .has(&["waived frozen-text-edited of sdd/research/research-other.md"]);
    said.has(&["still refused: frozen-text-edited of sdd/research/research-parquet.md"]);
    repo.graven(&["waive", "--reason", REASON]).ends(0);
    assert!(
        staged(&repo).iter().all(|line| line.ends_with(" waived")),
        "{:?}",
        staged(&repo)
    );
}

// spec: WAIVER-010
#[test]
fn what_a_message_says_is_waived_with_the_message() {
    let repo = Repo::init();
    repo.write("graven.toml", "[rules]\nfix-incomplete = \"deny\"\n")
        .write("CHANGELOG.md", "# Changes\n")
        .accept();
    repo.guard();
    let commit = [
        "commit",
        "--quiet",
        "--message",
        "fix: list empty folders\n\nAt last.",
    ];
    repo.stage("src/list.py", "pass\n");
    let help = "graven waive --rule fix-incomplete --subject src/list.py --message 'fix: list empty folders' --reason \"…\"";
    repo.refuse(&commit).has(&["fix-incomplete", help]);
    let waive = ["--reason", "the test stands in the repository of the tools"];
    fails(&repo, &waive, 2, &["nothing to waive"]);
    repo.graven(
        &[
            &["waive", "--message", "fix: list empty folders"],
            &waive[..],
        ]
        .concat(),
    )
    .ends(0);
    repo.allow(&commit).has(&["allowed, with 1 finding waived"]);
    repo.graven(&["audit"]).ends(0).has(&["1 finding waived"]);
}

// spec: WAIVER-010
#[test]
fn what_needs_no_message_is_waived_with_one_too() {
    let repo = Repo::init();
    repo.write("sdd/BACKLOG.md", "# Backlog\n\n- BUG-001: Lost links\n")
        .write("sdd/BACKLOG-DONE.md", "# Done\n")
        .accept();
    let reason = ["--reason", "a typing error, with no test to be had"];
    for message in [&[][..], &["--message", "fix: lost links"]] {
        repo.graven(&["done", "BUG-001"]).ends(0);
        repo.stage("src/link.py", "pass\n");
        repo.graven(&["check"])
            .ends(0)
            .has(&["fix-incomplete --subject BUG-001 --reason \"…\""]);
        let waive = [
            &["waive", "--rule", "fix-incomplete", "--subject", "BUG-001"],
            message,
            &reason[..],
        ]
        .concat();
        repo.graven(&waive)
            .ends(0)
            .has(&["waived fix-incomplete of BUG-001"]);
        repo.git(&["reset", "--quiet", "--hard"]);
    }
}
