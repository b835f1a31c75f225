//! Exit codes and the JSON beside them.

use std::io;

use super::{ACCEPTED, ADR, EDITED, command, fed, findings, forked, graven, received};
use crate::support::Repo;

/// Every judging command about the way from `main` to `topic`, with what Git would put on its standard input.
fn questions(repo: &Repo) -> Vec<(Vec<String>, String)> {
    let (main, topic) = (repo.id("main").to_string(), repo.id("topic").to_string());
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    vec![
        (words("check"), String::new()),
        (words("check --staged"), String::new()),
        (words("check main..topic"), String::new()),
        (words("audit topic"), String::new()),
        (words("audit --every-commit topic"), String::new()),
        (words("hook pre-commit"), String::new()),
        (
            words("hook pre-push origin nowhere"),
            format!("refs/heads/topic {topic} refs/heads/main {main}\n"),
        ),
        (
            words("hook pre-receive"),
            received(repo, "main", "topic", "main"),
        ),
        (
            words(&format!("hook update refs/heads/main {main} {topic}")),
            String::new(),
        ),
    ]
}

// spec: EXIT-001
// spec: JSON-001
// spec: JSON-002
#[test]
fn every_judging_command_ends_with_its_outcome_and_writes_one_object() {
    let broken = Repo::init();
    broken
        .write("graven.toml", "nonsense = 1\n")
        .change(ADR, ACCEPTED);
    broken.branch("topic").change(ADR, EDITED);
    let worlds = [
        (forked(ACCEPTED), 0, "allowed"),
        (forked(EDITED), 1, "refused"),
        (broken, 2, "not-judged"),
    ];
    for (repo, code, outcome) in &worlds {
        for (arguments, input) in questions(repo) {
            let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let said = fed(repo, &arguments, &input);
            assert_eq!(
                said.code,
                Some(*code),
                "{arguments:?}: {}{}",
                said.out,
                said.err
            );
            arguments.splice(0..0, ["--format", "json"]);
            let said = fed(repo, &arguments, &input);
            assert_eq!(said.code, Some(*code), "{arguments:?}");
            let report = said.json();
            assert_eq!(
                (&report["outcome"], &report["schema"]),
                (&(*outcome).into(), &1.into()),
                "{arguments:?}"
            );
            assert_eq!(said.err, "", "{arguments:?}");
        }
    }
}

// spec: EXIT-002
// spec: HOOK-001
#[test]
fn a_refusal_outweighs_what_could_not_be_judged() {
    let repo = forked(EDITED);
    let input = format!("nonsense\n{}", received(&repo, "main", "topic", "main"));
    let said = fed(&repo, &["--format", "json", "hook", "pre-receive"], &input);
    assert_eq!(said.code, Some(1));
    let report = said.json();
    assert_eq!(report["problems"][0]["weight"], "not-judged");
    assert_eq!(findings(&report).len(), 1);
    assert_eq!(
        fed(&repo, &["hook", "pre-receive"], "nonsense\n").code,
        Some(2)
    );
}

// spec: EXIT-003
#[test]
fn a_reader_that_hangs_up_does_not_change_the_outcome() {
    for (repo, code) in [(forked(ACCEPTED), 0), (forked(EDITED), 1)] {
        for format in [&["--format", "text"], &["--format", "json"]] {
            for asked in [
                &["check"][..],
                &["check", "--verbose"],
                &["audit"],
                &["audit", "-v"],
                &["hook", "pre-commit"],
            ] {
                let closed = || {
                    let (reader, writer) = io::pipe().unwrap();
                    drop(reader);
                    writer
                };
                let arguments = [format, asked].concat();
                let status = command(&repo, &arguments)
                    .stdout(closed())
                    .stderr(closed())
                    .status()
                    .unwrap();
                assert_eq!(status.code(), Some(code), "{arguments:?}");
            }
        }
    }
}

// spec: EXIT-004
// spec: JSON-001
#[test]
fn what_cannot_be_asked_is_not_judged_and_is_named() {
    let repo = forked(ACCEPTED);
    repo.checkout("main").change("a", "1");
    repo.checkout("topic").change("a", "2");
    for (arguments, named) in [
        (&["check", "nowhere..HEAD"][..], "nowhere"),
        (&["check", "main"], "main"),
        (&["audit", "nowhere"], "nowhere"),
        (&["--repo", "/nowhere/at/all", "check"], "/nowhere/at/all"),
        (
            &["check", "--policy", "/nowhere/at.toml"],
            "/nowhere/at.toml",
        ),
    ] {
        let said = graven(&repo, arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(
            said.out.contains(named),
            "{arguments:?}: {}{}",
            said.out,
            said.err
        );
        let said = graven(&repo, &[&["--format", "json"], arguments].concat());
        assert_eq!(
            (said.code, said.json()["outcome"].as_str()),
            (Some(2), Some("not-judged")),
            "{arguments:?}"
        );
    }
    for typed in [
        &["chek"][..],
        &[],
        &["check", "--stage"],
        &["hook", "post-receive"],
        &["hook", "update"],
    ] {
        assert_eq!(graven(&repo, typed).code, Some(2), "{typed:?}");
    }
    assert!(
        !repo.try_git(&["merge", "main"]).status.success(),
        "a conflict"
    );
    let said = graven(&repo, &["check"]);
    assert_eq!(said.code, Some(2));
    assert!(said.out.contains("unmerged"), "{}", said.out);
}

// spec: EXIT-005
#[test]
fn a_warning_is_shown_and_refuses_nothing() {
    let repo = forked(ACCEPTED);
    repo.git(&["mv", ADR, "sdd/adrs/0001-keep-all-records.md"]);
    let said = graven(&repo, &["--format", "json", "check"]);
    assert_eq!(said.code, Some(0));
    let report = said.json();
    assert_eq!(report["findings"][0]["rule"], "frozen-document-moved");
    assert_eq!(report["findings"][0]["level"], "warn");
}
