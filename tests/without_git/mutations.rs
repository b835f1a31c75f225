//! Frozen documents edited at random: what an oracle that knows nothing of graven calls another text is refused. The same
//! edits are made in every run.

mod cut;
#[path = "../../fuzz/src/oracle.rs"]
mod oracle;
mod text;

use std::sync::{Arc, LazyLock};

use graven::policy::{Policy, built_in};
use graven::repo::Mode;
use graven::report::Outcome;
use text::{Dice, EDITS};

use crate::judged::{Case, report_under};

/// Where a document stands that is frozen by being published.
const NOTE: &str = "sdd/research/research-x.md";
/// Where one stands that is frozen by its status.
const ADR: &str = "sdd/adrs/0012-parsed-paths.md";

const DECISION: &str = include_str!("mutations/documents/decision.md");
const MADR: &str = include_str!("mutations/documents/madr.md");
const RESEARCH: &str = include_str!("mutations/documents/research.md");

/// Documents of other projects. They stand beside the project, not in it.
const CORPUS: &str = "../shared/corpus/cases";

static POLICY: LazyLock<Arc<Policy>> = LazyLock::new(|| Arc::new(built_in()));

fn outcome(path: &str, before: &str, after: &str) -> Outcome {
    let file = |text: &str| [(path.to_owned(), (Mode::File, text.to_owned()))].into();
    let case = Case {
        before: file(before),
        after: file(after),
        ..Case::default()
    };
    report_under(&case, Arc::clone(&POLICY)).outcome()
}

/// Edits a document again and again, each time from the start, behind `from`; what another text came of and was allowed.
fn slipped(path: &str, document: &str, from: usize, rounds: usize) -> Vec<String> {
    let mut dice = Dice::new(document.len() as u64);
    let mut slipped = Vec::new();
    let mut other = 0;
    for round in 0..rounds {
        // Short documents begin elsewhere than long ones, so that a few rounds of each make all edits.
        let (name, edit) = EDITS[(round + document.len()) % EDITS.len()];
        let mut at = from + dice.below(document.len() - from);
        while !document.is_char_boundary(at) {
            at -= 1;
        }
        let mut after = document.to_owned();
        edit(&mut after, at, &mut dice);
        if !oracle::differs(&unrelated(document), &unrelated(&after)) {
            continue;
        }
        other += 1;
        if outcome(path, document, &after) != Outcome::Refused {
            slipped.push(format!(
                "{name} at {at} of {path}: {}",
                difference(document, &after)
            ));
        }
    }
    assert!(other > 0, "no edit made another text");
    slipped
}

/// The lines between the first that differs and the last.
fn difference(before: &str, after: &str) -> String {
    let start = before
        .lines()
        .zip(after.lines())
        .take_while(|(one, other)| one == other)
        .count();
    let end = before
        .lines()
        .rev()
        .zip(after.lines().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let rest = |text: &str| {
        let lines: Vec<&str> = text.lines().collect();
        lines[start.min(lines.len())..lines.len().saturating_sub(end).max(start.min(lines.len()))]
            .join("\n")
    };
    format!("{:?} became {:?}", rest(before), rest(after))
}

/// A text without the lines that may be added to a frozen document: those that relate it to another.
fn unrelated(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !oracle::relates(line))
        .collect()
}

#[test]
fn no_edit_of_a_published_note_is_allowed() {
    for document in [DECISION, MADR, RESEARCH] {
        let slipped = slipped(NOTE, document, 0, 480);
        assert!(
            slipped.is_empty(),
            "{} slipped:\n{}",
            slipped.len(),
            slipped.join("\n")
        );
    }
}

#[test]
fn no_edit_of_the_body_of_an_accepted_decision_is_allowed() {
    for (document, body) in [(DECISION, "## Context\n"), (MADR, "## Context and")] {
        let slipped = slipped(ADR, document, document.find(body).unwrap(), 480);
        assert!(
            slipped.is_empty(),
            "{} slipped:\n{}",
            slipped.len(),
            slipped.join("\n")
        );
    }
}

#[test]
fn no_edit_of_a_real_document_is_allowed() {
    let Ok(folders) = std::fs::read_dir(CORPUS) else {
        println!("skipped: no documents at {CORPUS}");
        return;
    };
    let mut files: Vec<_> = folders
        .map(|entry| entry.unwrap().path().join("before.md"))
        .collect();
    files.sort();
    let documents: Vec<String> = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .collect();
    let small = documents
        .iter()
        .filter(|text| (200..20_000).contains(&text.len()));
    let slipped: Vec<String> = small
        .flat_map(|document| slipped(NOTE, document, 0, 12))
        .collect();
    assert!(
        slipped.is_empty(),
        "{} slipped:\n{}",
        slipped.len(),
        slipped.join("\n")
    );
}

#[test]
fn what_is_the_same_is_allowed() {
    for document in [DECISION, MADR, RESEARCH] {
        for path in [NOTE, ADR] {
            assert_eq!(outcome(path, document, document), Outcome::Allowed);
        }
    }
}
