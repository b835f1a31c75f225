//! `graven supersede`.

use super::{ACCEPTED, ADR, guarded, idle};
use crate::support::{FORMATS, Repo};

const NEW: &str = "sdd/adrs/0006-use-posix-paths.md";

// spec: REMEDY-001
// spec: REMEDY-002
#[test]
fn a_record_is_superseded_and_committed_through_the_hook() {
    for format in FORMATS {
        let repo = guarded(format);
        let said = repo.graven(&["supersede", ADR, "Use POSIX paths"]);
        said.ends(0);
        assert_eq!(
            said.all(),
            format!(
                "wrote and staged {NEW}\nwrote and staged {ADR}\nnext: complete {NEW}, then: git commit\n"
            )
        );
        assert_eq!(
            repo.text(ADR),
            ACCEPTED.replace(
                "Accepted",
                "Superseded by [ADR-0006](0006-use-posix-paths.md)"
            )
        );
        assert_eq!(
            repo.text(NEW),
            "# ADR-0006: Use POSIX paths\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0005](0005-native-paths.md)\n\n\
             ## Context\n\n## Decision\n\n## Consequences\n"
        );
        assert_eq!(
            repo.git(&["status", "--porcelain"]),
            format!("M  {ADR}\nA  {NEW}")
        );
        repo.graven(&["check"]).ends(0).lacks(&["warning", "error"]);
        repo.allow(&["commit", "--message", "supersede it"]);
        repo.graven(&["audit"]).ends(0).lacks(&["warning", "error"]);
    }
}

// spec: REMEDY-001
#[test]
fn a_superseded_record_on_a_branch_is_still_free_until_it_is_published() {
    let repo = guarded("sha1");
    repo.branch("topic");
    repo.graven(&[
        "supersede",
        "adr-5",
        "Use POSIX paths",
        "--status",
        "Proposed",
    ])
    .ends(0);
    repo.allow(&["commit", "--message", "propose it"]);
    let accepted = repo.text(NEW).replace("Proposed", "Accepted") + "\nBetter words.\n";
    repo.stage(NEW, &accepted);
    repo.allow(&["commit", "--message", "accept it"]);
    repo.checkout("main");
    repo.allow(&["merge", "--no-ff", "--no-edit", "topic"]);
    repo.graven(&["audit"]).ends(0);
}

// spec: REMEDY-002
#[test]
fn the_date_is_that_of_the_day() {
    let repo = Repo::init();
    repo.guard().change(
        ADR,
        "# 5. Native paths\n\nDate: 2016-02-12\n\n## Status\n\nAccepted\n",
    );
    repo.graven(&["supersede", ADR, "Use POSIX paths"]).ends(0);
    let date = repo
        .text(NEW)
        .lines()
        .find_map(|line| line.strip_prefix("Date: ").map(str::to_owned))
        .unwrap();
    let shape: String = date
        .chars()
        .map(|next| if next.is_ascii_digit() { '0' } else { next })
        .collect();
    assert_eq!(shape, "0000-00-00", "{date}");
    assert_ne!(date, "2016-02-12");
}

// spec: REMEDY-002
#[test]
fn the_template_of_the_kind_is_filled_in() {
    let repo = Repo::init();
    repo.write(
        "graven.toml",
        "[kind.adr]\ntemplate = \"sdd/adrs/template.md\"\n",
    );
    repo.write(
        "sdd/adrs/template.md",
        "# ADR-NNNN: Title\n\n**Status:** Proposed\n\n## Why\n\n...\n",
    );
    repo.guard().change(ADR, ACCEPTED);
    repo.graven(&["supersede", ADR, "Use POSIX paths"]).ends(0);
    assert_eq!(
        repo.text(NEW),
        "# ADR-0006: Use POSIX paths\n\n**Status:** Accepted\n\n**Supersedes:** [ADR-0005](0005-native-paths.md)\n\n\
         ## Why\n\n...\n"
    );
    repo.allow(&["commit", "--message", "supersede it"]);
}

// spec: REMEDY-004
#[test]
fn a_template_that_is_missing_is_an_error() {
    let repo = Repo::init();
    repo.write(
        "graven.toml",
        "[kind.adr]\ntemplate = \"sdd/adrs/template.md\"\n",
    )
    .guard()
    .change(ADR, ACCEPTED);
    idle(&repo, 2, &["supersede", ADR, "T"]).has(&[
        "graven: the template sdd/adrs/template.md, which kind.adr.template names, is not in the index",
        "help: stage it: git add -- sdd/adrs/template.md",
    ]);
    repo.stage("sdd/adrs/template.md", "Nothing here.\n");
    idle(&repo, 2, &["supersede", ADR, "T"])
        .has(&["the template sdd/adrs/template.md gives no adr"]);
}

#[test]
fn a_document_is_named_by_path_number_or_file_name() {
    let repo = guarded("sha1");
    let absolute = repo.path().join(ADR).display().to_string();
    for name in [
        "adr-5",
        "ADR-0005",
        "5",
        "0005",
        "0005-native-paths.md",
        ADR,
        "./sdd/adrs/../adrs/0005-native-paths.md",
        &absolute,
    ] {
        repo.graven(&["supersede", name, "Use POSIX paths"])
            .ends(0)
            .has(&[NEW]);
        repo.git(&["reset", "--quiet", "--hard"]);
    }
    for (below, name) in [
        ("sdd/adrs", "0005-native-paths.md"),
        ("sdd/specs", "../adrs/0005-native-paths.md"),
    ] {
        repo.graven_below(below, &["supersede", name, "Use POSIX paths"])
            .ends(0)
            .has(&[NEW]);
        repo.git(&["reset", "--quiet", "--hard"]);
    }
}

#[test]
fn a_document_that_is_not_staged_yet_is_staged_first() {
    let repo = guarded("sha1");
    repo.write("sdd/adrs/0006-new.md", ACCEPTED);
    idle(&repo, 2, &["supersede", "sdd/adrs/0006-new.md", "T"]).has(&[
        "is not a governed document in the index",
        "help: stage it first: git add -- sdd/adrs/0006-new.md",
    ]);
}

#[test]
fn a_name_that_fits_several_documents_or_none_is_an_error() {
    let repo = guarded("sha1");
    repo.change("sdd/rfcs/rfc-0005-paths.md", ACCEPTED);
    idle(&repo, 2, &["supersede", "5", "T"]).has(&[
        "\"5\" is ambiguous: it may be sdd/adrs/0005-native-paths.md, sdd/rfcs/rfc-0005-paths.md",
        "help: give the path of one",
    ]);
    idle(&repo, 2, &["supersede", "adr-6", "T"]).has(&[
        "\"adr-6\" is not a governed document in the index",
        "graven status",
    ]);
    idle(
        &repo,
        2,
        &["supersede", "sdd/adrs/0005-native-path.md", "T"],
    )
    .has(&["did you mean sdd/adrs/0005-native-paths.md?"]);
}

// spec: REMEDY-001
// spec: REMEDY-004
#[test]
fn where_it_cannot_be_done_nothing_is_written() {
    let repo = guarded("sha1");
    repo.change(
        "sdd/adrs/0006-open.md",
        &ACCEPTED.replace("Accepted", "Proposed"),
    );
    repo.change("sdd/audits/audit-001-keys.md", "# Keys\n");
    idle(&repo, 2, &["supersede", "6", "T"]).has(&[
        "adr-0006 is still open (Proposed)",
        "edit it instead: sdd/adrs/0006-open.md",
    ]);
    idle(&repo, 2, &["supersede", "audit-1", "T"]).has(&[
        "audit-001 has no status: no audit is superseded",
        "this one stays",
    ]);
    idle(&repo, 2, &["supersede", "sdd/specs/001-paths.md", "T"]).has(&["spec-001 has no status"]);
    idle(&repo, 2, &["supersede", ADR, ""]).has(&["the new title is empty"]);
    idle(&repo, 2, &["supersede", ADR, "T", "--status", "Withdrawn"]).has(&[
        "a new adr cannot begin as Withdrawn",
        "Draft, Proposed, Accepted",
    ]);
    repo.graven(&["supersede", ADR, "T"]).ends(0);
    repo.allow(&["commit", "--message", "supersede it"]);
    idle(&repo, 2, &["supersede", ADR, "T"])
        .has(&["adr-0005 is already superseded (Superseded by [ADR-0007](0007-t.md))"])
        .has(&[
            "help: supersede its successor instead: graven supersede sdd/adrs/0007-t.md \"Title\"",
        ]);
    repo.change("sdd/adrs/9999-last.md", ACCEPTED);
    idle(&repo, 2, &["supersede", "9999", "T"]).has(&[
        "number 10000 does not fit into the 4 digits of sdd/adrs/9999-last.md",
        "wider numbers",
    ]);
}

// spec: REMEDY-001
#[test]
fn what_is_not_staged_is_not_lost() {
    let repo = guarded("sha1");
    let edited = ACCEPTED.replace("differ", "are all the same");
    repo.write(ADR, &edited);
    idle(&repo, 2, &["supersede", ADR, "Use POSIX paths"])
        .has(&["sdd/adrs/0005-native-paths.md was not changed", "unstaged"]);
    assert_eq!(repo.text(ADR), edited);
    repo.git(&["checkout", "--quiet", "--", ADR]);
    repo.write(NEW, "mine\n");
    idle(&repo, 2, &["supersede", ADR, "Use POSIX paths"])
        .has(&[&format!("{NEW} was not changed"), "untracked"]);
    assert_eq!(repo.text(NEW), "mine\n");
}

// spec: REMEDY-001
#[test]
fn what_would_be_refused_is_not_written() {
    let repo = guarded("sha1");
    repo.stage(ADR, &ACCEPTED.replace("differ", "are all the same"));
    idle(&repo, 1, &["supersede", ADR, "Use POSIX paths"]).has(&[
        "graven: nothing was written",
        "error[frozen-text-edited]: accepted adr-0005 was edited",
    ]);
}

// spec: REMEDY-001
#[test]
fn what_is_refused_already_is_left_to_its_own_commit() {
    let repo = guarded("sha1");
    repo.change("sdd/adrs/0001-other.md", ACCEPTED);
    repo.stage(
        "sdd/adrs/0001-other.md",
        &ACCEPTED.replace("differ", "are all the same"),
    );
    repo.graven(&["supersede", ADR, "Use POSIX paths"]).ends(0);
    repo.graven(&["check"])
        .ends(1)
        .has(&["adr-0001"])
        .lacks(&["adr-0005", "adr-0006"]);
}

#[test]
fn a_bare_repository_has_no_place_for_it() {
    let repo = Repo::bare();
    idle(&repo, 2, &["supersede", "5", "T"])
        .has(&["a bare repository has no index", "run this in a clone"]);
}

// spec: REMEDY-003
#[test]
fn line_ends_and_odd_bytes_stay() {
    let repo = Repo::init();
    let text = "\u{feff}# 5. Paths\r\n\r\n* Status: Accepted  \r\n* Date: 2020-01-01\r\n\r\nTrailing   \r\n\ttabs\u{a0}\r\nno end";
    repo.guard().change(ADR, text);
    repo.graven(&["supersede", ADR, "Use POSIX paths"]).ends(0);
    assert_eq!(
        repo.text(ADR),
        text.replace(
            "Accepted",
            "Superseded by [6. Use POSIX paths](0006-use-posix-paths.md)"
        )
    );
    repo.graven(&["check"]).ends(0);
    repo.allow(&["commit", "--message", "supersede it"]);
}
