//! How steps are put together makes no difference to what is found.

use std::collections::BTreeMap;

use graven::repo::ObjectId;

use crate::support::guarded::Pushing;

/// What a server said of a push, each finding once: `rule[subject line]`.
fn said(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
    {
        *found.entry(line.to_owned()).or_default() += 1;
    }
    found
}

#[test]
fn a_server_says_the_same_of_one_push_and_of_many() {
    let adr = |words: &str| {
        format!("# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\n{words}\n")
    };
    let pushing = Pushing::accepted("sha1");
    let start = pushing.clone.id("HEAD");
    pushing
        .clone
        .change("sdd/research/research-x.md", "# X\n\nIt is so.\n");
    pushing
        .clone
        .change("sdd/adrs/0001-keep-records.md", &adr("We lose them."));
    pushing
        .clone
        .change("sdd/research/research-x.md", "# X\n\nIt is not so.\n");
    let tip = pushing
        .clone
        .change("sdd/audits/audit-001-first.md", "# First\n");
    let lines = |moves: &[(ObjectId, ObjectId)]| {
        let line =
            |(before, after): &(ObjectId, ObjectId)| format!("{before} {after} refs/heads/main\n");
        moves.iter().map(line).collect::<String>()
    };
    // The hook is asked as git asks it; the server has what would be pushed, and its branch stands where it stood.
    pushing.server.git(&[
        "fetch",
        "--quiet",
        &pushing.clone.url(),
        "main:refs/heads/topic",
    ]);
    let asked = |input: &str| {
        let file = pushing.server.home().join("input");
        std::fs::write(&file, input).unwrap();
        let mut command = pushing.server.command(env!("CARGO_BIN_EXE_graven"));
        command
            .args(["hook", "pre-receive"])
            .stdin(std::fs::File::open(&file).unwrap());
        let output = command.output().unwrap();
        said(&String::from_utf8_lossy(&output.stderr))
    };
    let commits: Vec<ObjectId> = pushing
        .clone
        .git(&["rev-list", "--reverse", &format!("{start}..{tip}")])
        .lines()
        .map(|id| ObjectId::from_hex(id.as_bytes()).unwrap())
        .collect();
    let together = asked(&lines(&[(start, tip)]));
    let mut apart = BTreeMap::new();
    let mut before = start;
    for commit in commits {
        pushing
            .server
            .git(&["update-ref", "refs/heads/main", &before.to_string()]);
        apart.append(&mut asked(&lines(&[(before, commit)])));
        before = commit;
    }
    assert_eq!(together.len(), 2, "{together:?}");
    assert_eq!(together, apart);
}
