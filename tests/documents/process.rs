//! The table of the process: every rule is on it, and at the level that it has.

use std::collections::BTreeSet;

use graven::policy;
use graven::rules::RULES;

const PAGE: &str = "docs/process.md";

/// The rules that a line names, in its order.
fn named(line: &str) -> Vec<&str> {
    line.split("](rules/")
        .skip(1)
        .filter_map(|rest| rest.split_once(".md)").map(|(rule, _)| rule))
        .collect()
}

#[test]
fn every_rule_keeps_some_sentence_of_the_process() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let on_page: BTreeSet<&str> = page.lines().flat_map(named).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(on_page, rules);
}

/// Levels stand in the order of the rules, where a row gives one for each.
#[test]
fn the_levels_of_the_table_are_those_of_the_preset() {
    let policy = policy::built_in();
    let page = std::fs::read_to_string(PAGE).unwrap();
    let mut held = 0;
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let rules = named(line);
        let is_level = |word: &&str| matches!(*word, "allow" | "warn" | "deny" | "forbid");
        let cells = line
            .split('|')
            .map(|cell| cell.trim().split(", ").collect::<Vec<_>>());
        let levels = cells
            .filter(|words| words.iter().all(is_level))
            .find(|levels| levels.len() == rules.len());
        let Some(levels) = levels else { continue };
        for (rule, level) in rules.iter().zip(levels) {
            let known = RULES
                .iter()
                .find(|known| known.id == *rule)
                .unwrap_or_else(|| panic!("no rule {rule}"));
            assert_eq!(
                policy.level(known.id, known.level).as_str(),
                level,
                "{line}"
            );
            held += 1;
        }
    }
    assert!(held > 15, "only {held} levels were held against the preset");
}
