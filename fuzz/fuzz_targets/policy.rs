//! Any text as a policy, and two of them compared.
#![no_main]

use graven::policy::{Policy, weakenings};
use graven::report::{Problem, Report};
use graven_fuzz::{check_rendering, halves, parse_policy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (one, other) = halves(bytes);
    let (before, after) = (parsed(&one), parsed(&other));
    let rules = graven::commands::rule_names();
    for policy in [&before, &after].into_iter().flatten() {
        assert_eq!(
            weakenings(policy, policy, &rules),
            [],
            "a policy is weaker than itself"
        );
    }
    if let (Some(before), Some(after)) = (before, after) {
        let _ = weakenings(&before, &after, &rules);
    }
});

/// A policy without a fault; faults can be shown.
fn parsed(text: &str) -> Option<Policy> {
    match parse_policy(text) {
        Ok(policy) => Some(policy),
        Err(faults) => {
            assert!(!faults.is_empty(), "refused for no reason");
            let problems = faults.into_iter().map(Problem::from).collect();
            check_rendering(&Report {
                problems,
                ..Report::default()
            });
            None
        }
    }
}
