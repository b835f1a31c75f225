//! What a person may mistype.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::{fails, not_judged};
use crate::support::guarded::{ADR, EDITED, Said};
use crate::support::{FORMATS, Repo};

#[test]
fn a_range_that_names_nothing_is_not_judged() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.accept();
        repo.change("other.txt", "1");
        for (range, words) in [
            (
                "gone..HEAD",
                "unknown revision gone: no branch, tag or commit has this name",
            ),
            (
                "HEAD..gone",
                "unknown revision gone: no branch, tag or commit has this name",
            ),
            (
                "A..HEAD",
                "unknown revision A: no branch, tag or commit has this name",
            ),
            (
                "HEAD~9..HEAD",
                "unknown revision HEAD~9: no branch, tag or commit has this name",
            ),
            ("a b..HEAD", "unknown revision a b: the name is not valid"),
            ("main..HEAD..main", "unknown revision HEAD..main"),
            ("main", "\"main\" is not a commit range"),
            ("", "\"\" is not a commit range"),
            ("..", "the range .. has no base"),
            ("..HEAD", "the range ..HEAD has no base"),
            ("\u{1b}[31m..HEAD", "unknown revision \\u{1b}[31m"),
        ] {
            not_judged(&repo, &["check", range], &[words, "help: "]).lacks(&["\u{1b}[31m.."]);
        }
        not_judged(&repo, &["check", "main"], &["graven check main..HEAD"]);
        not_judged(
            &repo,
            &["audit", "gone"],
            &["unknown revision gone", "git branch --all"],
        );
        not_judged(
            &repo,
            &["check", &format!("HEAD:{ADR}..HEAD")],
            &["unknown revision HEAD:"],
        );
        repo.graven(&["check", "main.."]).ends(0);
        repo.graven(&["check", "HEAD~1...HEAD"]).ends(0);
    }
}

#[test]
fn two_ends_without_common_history_are_not_judged() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.accept();
        repo.git(&["checkout", "--quiet", "--orphan", "island"]);
        repo.change(ADR, EDITED);
        not_judged(
            &repo,
            &["check", "main..island"],
            &[
                "the two ends of main..island share no history",
                "help: choose a base",
            ],
        );
    }
}

#[test]
fn an_unknown_rule_is_guessed() {
    let repo = Repo::init();
    fails(
        &repo,
        &["explain", "frozen-text-edit"],
        &[
            "graven: unknown rule `frozen-text-edit`",
            "help: did you mean `frozen-text-edited`?",
        ],
    );
    fails(
        &repo,
        &["explain", "WAIVER-HOLLOW"],
        &["did you mean `waiver-hollow`?"],
    );
    fails(
        &repo,
        &["explain", "xyz"],
        &["unknown rule `xyz`", "help: list all rules: graven rules"],
    );
    fails(&repo, &["explain", "\u{1b}[31m"], &["\\u{1b}[31m"]).lacks(&["\u{1b}"]);
}

#[test]
fn a_path_that_is_no_document_is_named() {
    let repo = Repo::init();
    repo.accept();
    fails(
        &repo,
        &["status", "sdd/adrs/0009-none.md"],
        &[
            "HEAD has no governed document at sdd/adrs/0009-none.md",
            "graven status",
        ],
    );
    fails(
        &repo,
        &["status", ADR, "README"],
        &["HEAD has no governed document at README"],
    );
}

#[test]
fn what_clap_cannot_read_is_not_judged_either() {
    let repo = Repo::init();
    repo.accept();
    for arguments in [
        &["chekc"][..],
        &["check", "--stagde"],
        &["check", "--staged", "a..b"],
        &["audit", "--format", "xml"],
    ] {
        fails(&repo, arguments, &["error: "]);
    }
    fails(&repo, &["chekc"], &["'check'"]);
    fails(&repo, &[], &["Usage: graven"]);
}

#[test]
fn arguments_that_are_no_text_are_refused_without_a_panic() {
    let repo = Repo::init();
    repo.accept();
    let bad = OsStr::from_bytes(b"\xff\xfe..HEAD");
    for before in [
        &["check"][..],
        &["audit"],
        &["status"],
        &["explain"],
        &["check", "--policy"],
        &["hook"],
        &["hook", "update"],
        &[],
    ] {
        let said = Said::of(
            repo.command(env!("CARGO_BIN_EXE_graven"))
                .args(before)
                .arg(bad),
        );
        said.ends(2).lacks(&["panicked"]);
        assert!(!said.all().is_empty(), "{before:?}");
    }
    let said = Said::of(
        repo.command(env!("CARGO_BIN_EXE_graven"))
            .arg("--repo")
            .arg(bad)
            .arg("audit"),
    );
    said.ends(2)
        .has(&["no repository at \\xff\\xfe..HEAD: no such folder"]);
}
