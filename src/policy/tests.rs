use super::*;

mod faults;
mod generated;
mod presets;
mod weakenings;

const RULES: [RuleName; 3] = [
    RuleName {
        id: "frozen-text-edited",
        level: Level::Forbid,
    },
    RuleName {
        id: "section-retitled",
        level: Level::Warn,
    },
    RuleName {
        id: "status-missing",
        level: Level::Deny,
    },
];

fn read(text: &str) -> Result<Policy, Vec<Fault>> {
    parse(Arc::new(Source::new(text.to_owned())), FILE_NAME, &RULES)
}

fn policy(text: &str) -> Policy {
    read(text).unwrap_or_else(|faults| panic!("{text}\n{faults:?}"))
}
