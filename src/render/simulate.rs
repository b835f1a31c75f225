//! Counts what a policy would have reported for the steps of a history, by rule and by month. Reads the report
//! only.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;

use super::lists::Table;
use super::{Listing, date};
use crate::repo::ObjectId;
use crate::report::{Finding, Level, Origin, Report, State};

/// Months shown in a table; older ones are counted together.
const COLUMNS: usize = 6;

/// How often each rule would have reported, and in which months.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Simulation {
    steps: usize,
    /// Steps that would be refused.
    refused: usize,
    findings: usize,
    rules: Vec<RuleCount>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct RuleCount {
    id: &'static str,
    /// The highest level of its findings.
    level: Level,
    findings: usize,
    /// Steps in which it would have reported.
    steps: usize,
    /// Findings by month, `YYYY-MM`, of the commits' own time in UTC.
    months: BTreeMap<String, usize>,
}

impl Simulation {
    /// Counts the findings of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut rules: BTreeMap<&'static str, (RuleCount, BTreeSet<ObjectId>)> = BTreeMap::new();
        let mut refused = BTreeSet::new();
        let standing = report
            .findings
            .iter()
            .filter(|finding| finding.state != State::Waived);
        let mut findings = 0;
        for finding in standing {
            findings += 1;
            refused.extend(finding.origin.after().filter(|_| finding.level.refuses()));
            let (rule, steps) = rules
                .entry(finding.rule)
                .or_insert_with(|| (RuleCount::new(finding), BTreeSet::new()));
            rule.level = rule.level.max(finding.level);
            rule.findings += 1;
            steps.extend(finding.origin.after());
            if let Origin::Commit { time, .. } = finding.origin {
                *rule.months.entry(date::month(time)).or_default() += 1;
            }
        }
        let rules = rules
            .into_values()
            .map(|(rule, steps)| RuleCount {
                steps: steps.len(),
                ..rule
            })
            .collect();
        Self {
            steps: report.scope.steps,
            refused: refused.len(),
            findings,
            rules,
        }
    }
}

impl Listing for Simulation {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let steps = if self.steps == 1 { "step" } else { "steps" };
        if self.rules.is_empty() {
            return writeln!(out, "{} {steps}, no findings", self.steps);
        }
        let months: BTreeSet<&str> = self
            .rules
            .iter()
            .flat_map(|rule| rule.months.keys().map(String::as_str))
            .collect();
        let shown: Vec<&str> = months.iter().rev().take(COLUMNS).rev().copied().collect();
        let earlier = months.len() > shown.len();
        let older = earlier.then_some("earlier");
        let head = ["rule", "level", "steps", "findings"];
        let mut table =
            Table::new(head.into_iter().chain(older).chain(shown.iter().copied())).numbers_from(2);
        for rule in &self.rules {
            let recent: Vec<usize> = shown
                .iter()
                .map(|month| rule.months.get(*month).copied().unwrap_or_default())
                .collect();
            let rest = rule.months.values().sum::<usize>() - recent.iter().sum::<usize>();
            let numbers = [rule.steps, rule.findings]
                .into_iter()
                .chain(earlier.then_some(rest))
                .chain(recent);
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            table.row(
                [rule.id, rule.level.as_str()]
                    .into_iter()
                    .chain(numbers.iter().map(String::as_str)),
            );
        }
        table.write(out)?;
        writeln!(
            out,
            "\n{} {steps}, of which {} would be refused",
            self.steps, self.refused
        )
    }
}

impl RuleCount {
    fn new(finding: &Finding) -> Self {
        Self {
            id: finding.rule,
            level: finding.level,
            findings: 0,
            steps: 0,
            months: BTreeMap::new(),
        }
    }
}
