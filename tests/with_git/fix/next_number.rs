//! `graven next`.

use crate::support::guarded::{ACCEPTED, DRAFT, Said};
use crate::support::{FORMATS, Repo};

fn next(repo: &Repo, of: &str) -> String {
    let said = repo.graven(&["next", of]);
    said.ends(0);
    assert_eq!(said.err, "");
    said.out.trim_end().to_owned()
}

#[track_caller]
fn fails(repo: &Repo, arguments: &[&str]) -> Said {
    let said = repo.graven(&[&["next"], arguments].concat());
    said.ends(2);
    assert_eq!(said.out, "");
    said
}

fn spec(ids: &[&str]) -> String {
    let section =
        |id: &&str| format!("## {id}: Title of {id}\n\nA path is checked before it is used.\n\n");
    format!("# Paths\n\n{}", ids.iter().map(section).collect::<String>())
}

// spec: LEDGER-004
#[test]
fn the_next_number_is_behind_everything_that_any_branch_or_history_ever_had() {
    for format in FORMATS {
        let (server, repo) = (
            Repo::with(&["--bare", &format!("--object-format={format}")]),
            Repo::of_format(format),
        );
        repo.git(&["remote", "add", "origin", &server.url()]);
        repo.change("sdd/adrs/0001-one.md", ACCEPTED);
        assert_eq!(next(&repo, "adr"), "0002", "HEAD");
        // Gone from the protected branch since.
        repo.change("sdd/adrs/0004-four.md", DRAFT);
        repo.git(&["rm", "--quiet", "sdd/adrs/0004-four.md"]);
        repo.commit("drop the draft");
        assert_eq!(next(&repo, "adr"), "0005", "history");
        // On a branch that only the remote still has.
        repo.branch("topic").change("sdd/adrs/0006-six.md", DRAFT);
        repo.git(&["push", "--quiet", "origin", "main", "topic"]);
        repo.checkout("main")
            .git(&["branch", "--quiet", "-D", "topic"]);
        assert_eq!(next(&repo, "adr"), "0007", "a remote branch");
        repo.branch("other").change("sdd/adrs/0008-eight.md", DRAFT);
        repo.checkout("main");
        assert_eq!(next(&repo, "adr"), "0009", "a local branch");
        repo.stage("sdd/adrs/0011-staged.md", DRAFT);
        assert_eq!(next(&repo, "adr"), "0012", "the index");
        repo.write("sdd/adrs/0099-lies-about.md", DRAFT);
        assert_eq!(
            next(&repo, "adr"),
            "0012",
            "what is not staged is nobody's yet"
        );
        assert_eq!(
            next(&repo, "rfc"),
            "rfc-0001",
            "every kind counts by itself"
        );
    }
}

// spec: LEDGER-004
#[test]
fn the_next_id_is_behind_everything_that_was_ever_declared() {
    let repo = Repo::init();
    repo.change(
        "sdd/specs/001-path.md",
        &spec(&["PATH-001", "PATH-002", "PATH-007a"]),
    );
    assert_eq!(next(&repo, "PATH"), "PATH-008");
    repo.change("sdd/specs/001-path.md", &spec(&["PATH-001"]));
    assert_eq!(next(&repo, "PATH"), "PATH-008", "history");
    repo.branch("topic").change(
        "sdd/specs/002-more.md",
        &spec(&["PATH-011", "PATH-SUB-003"]),
    );
    repo.checkout("main");
    assert_eq!(next(&repo, "PATH"), "PATH-012", "a branch");
    assert_eq!(next(&repo, "PATH-SUB"), "PATH-SUB-004");
    repo.stage("sdd/specs/003-new.md", "# New\n\n**Prefix:** NEW\n");
    assert_eq!(
        next(&repo, "NEW"),
        "NEW-001",
        "a prefix that a spec declares"
    );
}

// spec: LEDGER-004
#[test]
fn the_next_item_is_behind_both_files_of_the_backlog_and_their_history() {
    let repo = Repo::init();
    let (open, done) = ("sdd/BACKLOG.md", "sdd/BACKLOG-DONE.md");
    repo.write(done, "# Done\n\n- [x] **BK-009 — Nine.** Done.\n");
    repo.change(
        open,
        "# Backlog\n\n- [ ] **BK-012 — Twelve.** As in BK-900.\n- [ ] **BUG-003 — Three.**\n",
    );
    repo.change(open, "# Backlog\n\n- [ ] **BK-002 — Two.**\n");
    assert_eq!(next(&repo, "BK"), "BK-013");
    assert_eq!(next(&repo, "BUG"), "BUG-004");
    assert_eq!(next(&repo, "UC"), "UC-001", "a prefix of the policy");
    repo.branch("topic").change(
        open,
        "# Backlog\n\n| ID | What |\n|---|---|\n| BK-020 | Twenty |\n",
    );
    repo.checkout("main");
    assert_eq!(next(&repo, "BK"), "BK-021");
}

// spec: LEDGER-005
#[test]
fn the_next_one_looks_like_its_siblings() {
    let repo = Repo::init();
    repo.write("sdd/adrs/7-a.md", DRAFT)
        .write("sdd/adrs/8-b.md", DRAFT);
    repo.write("sdd/rfcs/rfc-0041-a.md", DRAFT)
        .write("sdd/audits/audit-09-a.md", "# Audit\n");
    repo.write("sdd/specs/004-path.md", &spec(&["PATH-9", "PATH-08"]))
        .commit("documents");
    for (of, written) in [
        ("adr", "9"),
        ("rfc", "rfc-0042"),
        ("audit", "audit-10"),
        ("spec", "005"),
        ("PATH", "PATH-10"),
    ] {
        assert_eq!(next(&repo, of), written);
    }
    let said = repo.graven(&["next", "rfc", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    let wanted =
        serde_json::json!({"schema": 1, "next": "rfc-0042", "kind": "rfc", "highest": "0041"});
    assert_eq!(read, wanted);
}

// spec: LEDGER-005
#[test]
fn a_number_that_no_file_name_can_hold_is_an_error() {
    let repo = Repo::init();
    let policy = "preset = \"none\"\n[kind.adr]\npaths = [\"adr/[0-9][0-9][0-9][0-9]-*.md\"]\n\
        number = '^(?<number>\\d{4})-'\nfreeze = \"never\"\n[kind.adr.sections]\nid = 'P-\\d{2}'\n";
    repo.write("graven.toml", policy)
        .change("adr/9999-last.md", &spec(&["P-99"]));
    fails(&repo, &["adr"]).has(&[
        "the kind adr has no number left after 9999",
        "kind.adr.number",
    ]);
    fails(&repo, &["P"]).has(&["the prefix P has no ID left after P-99"]);
}

// spec: LEDGER-006
#[test]
fn nothing_is_made_up_for_a_name_that_nobody_knows() {
    let repo = Repo::init();
    repo.change("sdd/specs/001-path.md", &spec(&["PATH-001"]));
    fails(&repo, &["PAHT"]).has(&[
        "\"PAHT\" is neither a kind with numbers nor a known prefix",
        "kinds: adr, rfc, audit, spec",
        "prefixes of sections: PATH",
        "prefixes of backlog items: BL, BK, BUG, ID, AF, UC",
        "did you mean PATH?",
    ]);
    for (whole, prefix) in [("PATH-001", "PATH"), ("BK-007", "BK"), ("adr-5", "adr")] {
        fails(&repo, &[whole])
            .has(&[&format!("help: did you mean {prefix}?")])
            .lacks(&["--new"]);
    }
    fails(&repo, &["NEW"]).has(&["to start a new prefix: graven next --new NEW"]);
    assert_eq!(
        repo.graven(&["next", "--new", "NEW"]).ends(0).out,
        "NEW-001\n"
    );
    fails(&repo, &["--new", "new"]).has(&["\"new\" cannot be a prefix of section IDs"]);
    fails(&repo, &["research"]).has(&["documents of kind research have no numbers"]);
    fails(&repo, &["\u{1b}[2J"]).lacks(&["\u{1b}"]);
}

#[test]
fn a_repository_without_a_commit_begins_at_one() {
    let repo = Repo::init();
    assert_eq!(next(&repo, "adr"), "0001");
    assert_eq!(next(&repo, "rfc"), "rfc-0001");
    assert_eq!(next(&repo, "audit"), "audit-001");
}

#[test]
fn a_bare_repository_is_asked_for_its_branches() {
    let (server, repo) = (Repo::bare(), Repo::init());
    repo.git(&["remote", "add", "origin", &server.url()]);
    repo.change("sdd/adrs/0001-one.md", ACCEPTED);
    repo.branch("topic").change("sdd/adrs/0002-two.md", DRAFT);
    repo.git(&["push", "--quiet", "origin", "main", "topic"]);
    assert_eq!(next(&server, "adr"), "0003");
}

// spec: LEDGER-003
#[test]
fn a_shallow_clone_does_not_know_the_next_number() {
    let (server, repo) = (Repo::bare(), Repo::init());
    repo.git(&["remote", "add", "origin", &server.url()]);
    repo.change("sdd/adrs/0001-one.md", ACCEPTED);
    repo.change("sdd/adrs/0002-two.md", ACCEPTED);
    repo.git(&["push", "--quiet", "origin", "main"]);
    let shallow = Repo::clone_of(&server, &["--depth=1"]);
    fails(&shallow, &["adr"]).has(&[
        "history incomplete: this is a shallow clone",
        "git fetch --unshallow",
    ]);
}
