//! Counting what a report holds, and the one line that sums it up.

use std::collections::{BTreeMap, BTreeSet};

use crate::repo::RepoPath;
use crate::report::{Finding, Level, Origin, Outcome, Report, State, Weight};

/// How many findings and problems there are of each sort.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Live findings that refuse.
    errors: usize,
    /// Live findings that do not refuse, and problems that stop nothing.
    warnings: usize,
    restored: usize,
    waived: usize,
    /// Problems that stopped something from being judged.
    not_judged: usize,
    /// Different documents with live findings.
    documents: usize,
}

/// How many findings a rule has, by state.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct States {
    pub(super) live: usize,
    pub(super) restored: usize,
    pub(super) waived: usize,
}

impl States {
    pub(super) fn add(&mut self, state: State) {
        match state {
            State::Live => self.live += 1,
            State::Restored => self.restored += 1,
            State::Waived => self.waived += 1,
        }
    }
}

impl Tally {
    pub(super) fn of(report: &Report) -> Self {
        let mut tally = Self::default();
        let mut documents: BTreeSet<&RepoPath> = BTreeSet::new();
        for finding in &report.findings {
            match (finding.state, finding.level) {
                (State::Restored, _) => tally.restored += 1,
                (State::Waived, _) => tally.waived += 1,
                (State::Live, Level::Deny | Level::Forbid) => tally.errors += 1,
                (State::Live, Level::Warn | Level::Allow) => tally.warnings += 1,
            }
            // The place of a moved ref is a ref.
            if finding.state == State::Live && !matches!(finding.origin, Origin::Ref { .. }) {
                documents.insert(&finding.primary.path);
            }
        }
        for problem in &report.problems {
            match problem.weight {
                Weight::Warning => tally.warnings += 1,
                Weight::NotJudged => tally.not_judged += 1,
            }
        }
        tally.documents = documents.len();
        tally
    }

    /// Everything counted that is not zero, what weighs most first: `2 errors, 1 warning in 2 documents; 1 problem`.
    fn parts(&self, outcome: Outcome) -> String {
        let some =
            |number: usize, one: &str, many: &str| (number > 0).then(|| count(number, one, many));
        let list =
            |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let mut live = list([
            some(self.errors, "error", "errors"),
            some(self.warnings, "warning", "warnings"),
        ]);
        if self.documents > 0 {
            live.push_str(" in ");
            live.push_str(&count(self.documents, "document", "documents"));
        }
        let problems = some(self.not_judged, "problem", "problems").unwrap_or_default();
        let settled = list([
            some(self.restored, "finding restored", "findings restored"),
            some(self.waived, "finding waived", "findings waived"),
        ]);
        let parts = if outcome == Outcome::NotJudged {
            [problems, live, settled]
        } else {
            [live, problems, settled]
        };
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// What follows `graven: `: the verdict and the counts; `nothing` if nothing was found.
    pub(super) fn verdict(&self, outcome: Outcome, nothing: &str) -> String {
        let parts = self.parts(outcome);
        let (word, joint) = match outcome {
            Outcome::Allowed if parts.is_empty() => return format!("allowed: {nothing}"),
            Outcome::Allowed => ("allowed", ", with "),
            Outcome::Refused => ("refused", ": "),
            Outcome::NotJudged => ("not judged", ": "),
        };
        format!("{word}{joint}{parts}")
    }
}

/// The findings of each rule, sorted by the rule's name.
pub(super) fn by_rule(findings: &[Finding]) -> BTreeMap<&'static str, States> {
    let mut rules: BTreeMap<&'static str, States> = BTreeMap::new();
    for finding in findings {
        rules.entry(finding.rule).or_default().add(finding.state);
    }
    rules
}

/// A number and its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_none_is_left_out() {
        let tally = Tally {
            errors: 2,
            warnings: 1,
            documents: 2,
            ..Tally::default()
        };
        assert_eq!(
            tally.verdict(Outcome::Refused, ""),
            "refused: 2 errors, 1 warning in 2 documents"
        );
        let tally = Tally {
            warnings: 1,
            ..Tally::default()
        };
        assert_eq!(
            tally.verdict(Outcome::Allowed, ""),
            "allowed, with 1 warning"
        );
        let mut tally = Tally {
            errors: 1,
            not_judged: 2,
            restored: 1,
            waived: 2,
            documents: 1,
            ..Tally::default()
        };
        let settled = "1 finding restored, 2 findings waived";
        let expected = format!("refused: 1 error in 1 document; 2 problems; {settled}");
        assert_eq!(tally.verdict(Outcome::Refused, ""), expected);
        (tally.errors, tally.documents) = (0, 0);
        assert_eq!(
            tally.verdict(Outcome::NotJudged, ""),
            format!("not judged: 2 problems; {settled}")
        );
        assert_eq!(
            Tally::default().verdict(Outcome::Allowed, "no findings"),
            "allowed: no findings"
        );
    }
}
