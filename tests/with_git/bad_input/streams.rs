//! Readers that go away: the verdict is settled before anything is written.

use std::fs::OpenOptions;
use std::process::Stdio;

use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Said};

/// A history with many findings, more than a pipe holds.
fn faulty() -> Repo {
    let repo = Repo::init();
    repo.accept();
    for number in 0..30 {
        repo.change(ADR, &EDITED.replace("lose", &format!("lose {number} of")));
    }
    repo
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_verdict() {
    let repo = faulty();
    let binary = env!("CARGO_BIN_EXE_graven");
    for arguments in [
        "audit",
        "audit --verbose",
        "audit --format json",
        "check HEAD~1..HEAD",
    ] {
        let line = format!("{{ '{binary}' {arguments}; echo $? >code; }} 2>said | head -n 1");
        let said = Said::of(repo.command("sh").args(["-c", &line]));
        said.ends(0);
        assert_eq!(said.out.lines().count(), 1, "{}", said.out);
        assert_eq!(repo.text("code"), "1\n", "{arguments}");
        assert_eq!(repo.text("said"), "", "{arguments}");
    }
    for arguments in [
        "rules",
        "status",
        "explain number-taken",
        "init --dry-run",
        "--help",
        "--version",
    ] {
        let line = format!("{{ '{binary}' {arguments}; echo $? >code; }} 2>said | true");
        Said::of(repo.command("sh").args(["-c", &line])).ends(0);
        assert_eq!(
            (repo.text("code").as_str(), repo.text("said").as_str()),
            ("0\n", ""),
            "{arguments}"
        );
    }
}

#[test]
fn closed_streams_do_not_change_the_verdict() {
    let repo = faulty();
    let binary = env!("CARGO_BIN_EXE_graven");
    for (arguments, code) in [
        ("audit", 1),
        ("check HEAD~1..HEAD", 1),
        ("check", 0),
        ("audit gone", 2),
        ("rules", 0),
    ] {
        for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
            let said = Said::of(
                repo.command("sh")
                    .args(["-c", &format!("'{binary}' {arguments} {closed}")]),
            );
            said.ends(code).lacks(&["panicked"]);
        }
    }
}

#[test]
fn a_full_disk_is_never_taken_for_allowed() {
    let repo = faulty();
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    let said = Said::of(command.args(["audit"]).stdout(Stdio::from(full)));
    assert!(said.code == 1 || said.code == 2, "{said:?}");
    said.lacks(&["panicked"]);
}
