use super::*;
use crate::document::Number;
use crate::repo::memory::Memory;
use crate::repo::{Mode, Objects, Side};

type Files<'f> = &'f [(&'f str, &'f str)];

const SPEC: &str = "sdd/specs/004-path.md";

fn spec(title: &str) -> String {
    format!("# Paths\n\n## PATH-001: {title}\n\nA path is checked.\n")
}

fn commit(memory: &mut Memory, parent: Option<ObjectId>, files: Files<'_>) -> ObjectId {
    memory.commit(
        parent,
        files
            .iter()
            .map(|(path, text)| (*path, Mode::File, text.as_bytes())),
    )
}

fn adr() -> Arc<Kind> {
    let policy = crate::policy::built_in();
    let kind = policy.kinds.iter().find(|kind| kind.name == "adr").unwrap();
    Arc::clone(kind)
}

fn paths(held: &[NumberUse]) -> Vec<String> {
    held.iter()
        .map(|held| held.name.entry.path.to_string())
        .collect()
}

fn titles(found: &EarlierSections, id: &str) -> Vec<String> {
    let list = found.get(id).into_iter().flatten();
    list.map(|earlier| earlier.declared.section.title.trim().to_owned())
        .collect()
}

#[test]
fn a_number_is_remembered_by_every_version_that_had_it() {
    let mut memory = Memory::default();
    let first = commit(
        &mut memory,
        None,
        &[("sdd/adrs/0007-a.md", "1"), ("sdd/rfcs/rfc-0007-a.md", "1")],
    );
    let second = commit(&mut memory, Some(first), &[("sdd/adrs/7-b.md", "2")]);
    let third = commit(&mut memory, Some(second), &[]);
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    let mut history = PublishedHistory::default();
    let mut had = |tip, value| paths(&history.numbered(&cache, tip, (&adr(), value)).unwrap());
    assert_eq!(had(third, 7), ["sdd/adrs/7-b.md", "sdd/adrs/0007-a.md"]);
    assert_eq!(
        had(first, 7),
        ["sdd/adrs/0007-a.md"],
        "what came later is no past"
    );
    assert!(had(third, 8).is_empty());
}

#[test]
fn a_line_knows_nothing_of_another_line() {
    let mut memory = Memory::default();
    let root = commit(&mut memory, None, &[]);
    let one = commit(
        &mut memory,
        Some(root),
        &[("sdd/adrs/0007-a.md", "1"), (SPEC, &spec("One"))],
    );
    let other = commit(
        &mut memory,
        Some(root),
        &[("sdd/adrs/0007-b.md", "1"), (SPEC, &spec("Other"))],
    );
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    for mut history in [PublishedHistory::default(), PublishedHistory::parsing_all()] {
        for (tip, path, title) in [
            (one, "sdd/adrs/0007-a.md", "One"),
            (other, "sdd/adrs/0007-b.md", "Other"),
        ] {
            assert_eq!(
                paths(&history.numbered(&cache, tip, (&adr(), 7)).unwrap()),
                [path]
            );
            assert_eq!(
                titles(
                    &history.declared(&cache, tip, &["PATH-001"]).unwrap(),
                    "PATH-001"
                ),
                [title]
            );
        }
    }
}

#[test]
fn an_id_is_remembered_in_every_wording_newest_first_whether_searched_or_read() {
    let mut memory = Memory::default();
    let mut line: Vec<ObjectId> = Vec::new();
    for title in ["One", "Two", "Two", "One", "Three"] {
        let text = spec(title);
        line.push(commit(&mut memory, line.last().copied(), &[(SPEC, &text)]));
    }
    line.push(commit(&mut memory, line.last().copied(), &[]));
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    for mut history in [PublishedHistory::default(), PublishedHistory::parsing_all()] {
        // Searched some times, then read.
        for _ in 0..=MOST_SEARCHES {
            let found = history
                .declared(&cache, line[5], &["PATH-001", "PATH-002"])
                .unwrap();
            assert_eq!(titles(&found, "PATH-001"), ["Three", "One", "Two"]);
            assert_eq!(found["PATH-001"][1].commit, line[3]);
            assert!(!found.contains_key("PATH-002"));
        }
        assert!(history.unread.is_empty());
    }
}

#[test]
fn noted_steps_are_the_same_past_as_a_walk() {
    let mut memory = Memory::default();
    let mut line: Vec<ObjectId> = Vec::new();
    for step in 0..40 {
        let (adr, text) = (
            format!("sdd/adrs/{:04}-a.md", step % 7 + 1),
            spec(&format!("Title {}", step % 5)),
        );
        let files: Files<'_> = if step % 3 == 0 {
            &[(&adr, "x"), (SPEC, &text)]
        } else {
            &[(SPEC, &text)]
        };
        line.push(commit(&mut memory, line.last().copied(), files));
    }
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    let (mut noted, mut walked) = (PublishedHistory::parsing_all(), PublishedHistory::default());
    let mut parent = None;
    for &commit in &line {
        let before: Option<Side> = parent.map(Side::Commit);
        let differences = memory
            .differences(before.as_ref(), &Side::Commit(commit), &policy.documents)
            .unwrap();
        noted.record(&cache, (parent, commit), &differences);
        parent = Some(commit);
    }
    for &tip in line.iter().rev() {
        for value in 0..9 {
            let had = |history: &mut PublishedHistory| {
                let held = history.numbered(&cache, tip, (&adr(), value)).unwrap();
                held.iter()
                    .map(|held| (held.commit, held.name.entry.clone()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(had(&mut noted), had(&mut walked), "{value}");
        }
        let had = |history: &mut PublishedHistory| {
            titles(
                &history.declared(&cache, tip, &["PATH-001"]).unwrap(),
                "PATH-001",
            )
        };
        assert_eq!(had(&mut noted), had(&mut walked));
    }
}

#[test]
fn a_step_whose_parent_is_unknown_is_not_guessed_at() {
    let mut memory = Memory::default();
    let root = commit(&mut memory, None, &[("sdd/adrs/0001-a.md", "1")]);
    let tip = commit(&mut memory, Some(root), &[("sdd/adrs/0002-b.md", "1")]);
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    let mut history = PublishedHistory::default();
    let differences = memory
        .differences(
            Some(&Side::Commit(root)),
            &Side::Commit(tip),
            &policy.documents,
        )
        .unwrap();
    history.record(&cache, (Some(root), tip), &differences);
    let held = history.numbered(&cache, tip, (&adr(), 1)).unwrap();
    assert_eq!(
        paths(&held),
        ["sdd/adrs/0001-a.md"],
        "the walk finds what was not noted"
    );
    let number = Number {
        value: 1,
        written: "1".to_owned(),
    };
    assert_eq!(held[0].name.number, Some(number));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let memory = Memory::default();
    let policy = crate::policy::built_in();
    let cache = DocumentCache::new(&memory, &policy);
    let nowhere = ObjectId::from_bytes(&[7; 32]).unwrap();
    assert!(
        PublishedHistory::default()
            .numbered(&cache, nowhere, (&adr(), 1))
            .is_err()
    );
    assert!(
        PublishedHistory::default()
            .declared(&cache, nowhere, &["PATH-001"])
            .is_err()
    );
}
