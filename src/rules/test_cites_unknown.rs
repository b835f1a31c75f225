//! `test-cites-unknown`.

use std::collections::{BTreeMap, BTreeSet};

use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, Findings, Rule, RuleContext};
use crate::text::confusables::AsciiFold;

use super::shared::{citations, sections};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "test-cites-unknown",
    summary: "a test cites a section that no spec declares",
    page: include_str!("../../docs/rules/test-cites-unknown.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(traced) = citations::changes(context, findings)? else {
        return Ok(());
    };
    let is_id = |id: &&String| traced.added[*id].first().is_some_and(|place| place.is_id);
    let ids: Vec<&str> = traced
        .added
        .keys()
        .filter(is_id)
        .map(String::as_str)
        .collect();
    let declared = citations::declarations(context, &ids)?;
    let unknown = || {
        traced
            .added
            .iter()
            .filter(|(id, _)| !declared.contains_key(*id))
    };
    // Looked up together: each look goes through all specs.
    let guesses: BTreeSet<String> = unknown().filter_map(|(id, _)| likely_id(id)).collect();
    let guesses: Vec<&str> = guesses.iter().map(String::as_str).collect();
    let meant = if guesses.is_empty() {
        BTreeMap::new()
    } else {
        citations::declarations(context, &guesses)?
    };
    for (id, places) in unknown() {
        let shown = sections::shortened(id);
        let message = if places.first().is_some_and(|place| place.is_id) {
            format!("a test cites {shown}, which no spec declares")
        } else {
            format!("a test cites \"{shown}\", which is not a section ID")
        };
        let Some(mut draft) = citations::draft(WhichSide::After, id, places, message, "cited here")
        else {
            continue;
        };
        if let Some(meant) = likely_id(id).filter(|guess| meant.contains_key(guess)) {
            draft = draft.advice(format!("did you mean {meant}?"));
        }
        let draft = draft.content(
            None,
            Some(citations::fingerprint_content(id, places).as_bytes()),
        );
        let advice = "declare the section in a spec, or correct the citation; to list all sections";
        findings.add(draft.help(advice, "graven trace"));
    }
    Ok(())
}

/// What somebody may have meant who wrote a letter for a digit, or other joints.
fn likely_id(id: &str) -> Option<String> {
    let upper = AsciiFold::of(id).text.to_uppercase().replace(
        [
            '_', ' ', '.', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}',
        ],
        "-",
    );
    let number = upper.rfind('-').map_or(upper.len(), |dash| dash + 1);
    let digits = upper[number..].replace('O', "0").replace(['I', 'L'], "1");
    let mut guess = format!("{}{digits}", &upper[..number]);
    if !guess.contains('-')
        && let Some(digit) = guess.find(|letter: char| letter.is_ascii_digit())
    {
        guess.insert(digit, '-');
    }
    (guess != id).then_some(guess)
}

#[cfg(test)]
mod tests {
    use super::likely_id;

    #[test]
    fn a_letter_for_a_digit_and_another_joint_are_guessed() {
        for (written, meant) in [
            ("PATH-OO3", "PATH-003"),
            ("path-003", "PATH-003"),
            ("PATH_00l", "PATH-001"),
            ("PATH003", "PATH-003"),
            ("РATH-００3", "PATH-003"),
        ] {
            assert_eq!(likely_id(written).as_deref(), Some(meant), "{written}");
        }
        assert_eq!(likely_id("PATH-003"), None);
    }
}
