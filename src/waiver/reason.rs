//! Whether a reason gives one. It must not know what it is a reason for.

use std::collections::BTreeSet;
use std::fmt;

use crate::text::escape::is_invisible;

/// What is wrong with a reason that gives none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReasonFault {
    /// There is nothing in it.
    Empty,
    /// It has only placeholder words.
    Placeholder,
    /// It is shorter than the policy asks.
    Short {
        /// Characters of substance: those of its different words, without placeholders.
        has: usize,
        /// How many there must be.
        least: usize,
    },
}

/// Words that say nothing by themselves. A reason of these alone is none.
const PLACEHOLDERS: &[&str] = &[
    "todo",
    "tbd",
    "tba",
    "fixme",
    "wip",
    "xxx",
    "n/a",
    "na",
    "none",
    "nil",
    "null",
    "nothing",
    "no",
    "yes",
    "ok",
    "okay",
    "reason",
    "reasons",
    "because",
    "placeholder",
    "waiver",
    "waive",
    "waived",
    "dummy",
    "test",
    "testing",
    "foo",
    "bar",
    "baz",
    "asdf",
    "qwerty",
    "lorem",
    "ipsum",
    "changeme",
    "later",
    "see",
    "above",
    "below",
    "misc",
    "whatever",
];

/// Words that only join others: beside placeholders they add nothing.
const JOINTS: &[&str] = &[
    "a", "an", "the", "to", "be", "is", "it", "this", "that", "in", "of", "for", "and", "or", "my",
    "your", "our", "some", "any", "here", "there", "why", "write", "add", "insert", "give", "fill",
    "enter", "put", "change", "me", "please",
];

/// What is wrong with a reason, if anything: empty, a placeholder, or fewer than `least` characters of substance.
#[must_use]
pub fn reason_fault(reason: &str, least: usize) -> Option<ReasonFault> {
    let mut written = false;
    let mut words = BTreeSet::new();
    for word in reason.split_whitespace() {
        let word: String = word
            .chars()
            .filter(|sign| !is_invisible(*sign))
            .flat_map(char::to_lowercase)
            .collect();
        written |= !word.is_empty();
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        if !word.is_empty() && !PLACEHOLDERS.contains(&word) && !is_drumming(word) {
            words.insert(word.to_owned());
        }
    }
    if words.iter().all(|word| JOINTS.contains(&word.as_str())) {
        return Some(if written {
            ReasonFault::Placeholder
        } else {
            ReasonFault::Empty
        });
    }
    // Repeated words count once; a space between words counts.
    let has = words.iter().map(|word| substance(word)).sum::<usize>() + words.len() - 1;
    (has < least).then_some(ReasonFault::Short { has, least })
}

/// Letters and digits of a word, and the signs that join them: many in a row, such as blank patterns of Braille or accents
/// upon accents, count as one.
fn substance(word: &str) -> usize {
    let mut inside = false;
    let counts = |sign: &char| {
        std::mem::replace(&mut inside, sign.is_alphanumeric()) || sign.is_alphanumeric()
    };
    word.chars().filter(counts).count()
}

/// A word of at most two different characters, which somebody leaned on: `xxxxxx`, `hahaha`, `-`.
fn is_drumming(word: &str) -> bool {
    let mut signs: Vec<char> = word.chars().collect();
    let length = signs.len();
    signs.sort_unstable();
    signs.dedup();
    (length >= 3 && signs.len() == 1) || (length >= 5 && signs.len() == 2)
}

impl fmt::Display for ReasonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the reason is empty"),
            Self::Placeholder => f.write_str("the reason is a placeholder"),
            Self::Short { has, least } => {
                let noun = if *has == 1 { "character" } else { "characters" };
                write!(
                    f,
                    "the reason has {has} meaningful {noun}, but the policy requires {least}"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: WAIVER-006
    #[test]
    fn a_placeholder_is_no_reason() {
        for reason in [
            "TODO",
            "tbd.",
            "FIXME!!",
            "xxx",
            "XXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            "n/a",
            "None",
            "…",
            "reason",
            "-----",
            "TODO: write the reason here",
            "todo todo todo todo todo todo todo",
            "hahahahahahahahahahahaha",
            "????????????????????????????",
            "<reason>",
            "\"…\"",
            "Because.",
            "lorem ipsum",
            "\u{200b}x\u{200b}xx",
        ] {
            assert_eq!(
                reason_fault(reason, 20),
                Some(ReasonFault::Placeholder),
                "{reason}"
            );
        }
        for reason in ["", " \n\t ", "\u{200b}\u{200b}"] {
            assert_eq!(
                reason_fault(reason, 20),
                Some(ReasonFault::Empty),
                "{reason:?}"
            );
        }
    }

    // spec: WAIVER-006
    #[test]
    fn a_reason_must_be_as_long_as_the_policy_asks() {
        assert_eq!(
            reason_fault("wrong year", 20),
            Some(ReasonFault::Short { has: 10, least: 20 })
        );
        assert_eq!(
            reason_fault("typo typo typo typo typo", 20),
            Some(ReasonFault::Short { has: 4, least: 20 })
        );
        assert_eq!(
            reason_fault("TODO wrong year", 20),
            Some(ReasonFault::Short { has: 10, least: 20 })
        );
        let braille = format!("a{}b", "\u{2800}".repeat(30));
        assert_eq!(
            reason_fault(&braille, 20),
            Some(ReasonFault::Short { has: 3, least: 20 })
        );
        let accents = format!("wrong{}s", "\u{301}\u{302}".repeat(30));
        assert_eq!(
            reason_fault(&accents, 20),
            Some(ReasonFault::Short { has: 7, least: 20 })
        );
        assert_eq!(reason_fault("wrong year", 10), None);
        for reason in [
            "the second measurement was taken in 2024, not in 2023",
            "none of the linked pages exists any more",
            "Zahl in Tabelle 2 war vertauscht",
            "测量的年份写错了，应为二〇二四年，原始记录可查证明",
        ] {
            assert_eq!(reason_fault(reason, 20), None, "{reason}");
        }
    }
}
