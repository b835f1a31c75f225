//! Documents that end anywhere, on either side, in the middle of a character or of a construct.

use std::sync::Arc;

use graven::engine::{Batch, JudgeContext, Step, judge};
use graven::repo::memory::Memory;
use graven::repo::{Mode, Side};
use graven::report::Origin;
use graven::report::Outcome;
use graven::rules::RULES;

use super::{ADR, DECISION, MADR, NOTE, POLICY, RESEARCH};

fn outcome(path: &str, before: &[u8], after: &[u8]) -> Outcome {
    let mut memory = Memory::default();
    let before = memory.commit(None, [(path, Mode::File, before)]);
    let after = memory.commit(Some(before), [(path, Mode::File, after)]);
    let step = Step {
        before: Some(Side::Commit(before)),
        after: Side::Commit(after),
        origin: Origin::Range {
            before: Some(before),
            after,
            name: "cut".to_owned(),
        },
        published: None,
        subjects: None,
        other_parents: Vec::new(),
    };
    let batch = Batch {
        policy: Arc::clone(&POLICY),
        moves: Vec::new(),
        steps: vec![step],
        problems: Vec::new(),
    };
    let rule_names = &graven::commands::rule_names();
    judge(
        &[batch],
        &mut JudgeContext {
            objects: &memory,
            rules: RULES,
            rule_names,
            progress: &mut |_, _| {},
        },
    )
    .outcome()
}

/// Places all over a document; with each run of the test the same.
fn places(document: &str) -> impl Iterator<Item = usize> {
    (0..document.len()).step_by(7)
}

fn is_blank(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

#[test]
fn a_published_note_that_is_cut_off_anywhere_is_refused_or_not_judged() {
    for document in [DECISION, MADR, RESEARCH] {
        for at in places(document) {
            let (cut, rest) = document.as_bytes().split_at(at);
            if !is_blank(rest) {
                assert_ne!(
                    outcome(NOTE, document.as_bytes(), cut),
                    Outcome::Allowed,
                    "cut off at {at}"
                );
                // What was published no longer ended there, so this adds to it. No text at all is none to compare with.
                let known = std::str::from_utf8(cut).is_ok();
                let said = outcome(NOTE, cut, document.as_bytes());
                assert!(
                    !known || said == Outcome::Refused,
                    "ended at {at}: {said:?}"
                );
            }
        }
    }
}

#[test]
fn an_accepted_decision_that_is_cut_off_anywhere_is_not_allowed() {
    for document in [DECISION, MADR] {
        for at in places(document).filter(|&at| !is_blank(&document.as_bytes()[at..])) {
            let said = outcome(ADR, document.as_bytes(), &document.as_bytes()[..at]);
            assert_ne!(said, Outcome::Allowed, "cut off at {at}");
        }
    }
}
