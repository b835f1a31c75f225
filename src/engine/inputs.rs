//! What the stages of the engine read from.

use super::Batch;
use crate::change::document_cache::DocumentCache;
use crate::policy::{Policy, RuleName};
use crate::repo::Objects;
use crate::report::Level;
use crate::rules::rule::Rule;

/// A batch and what it is judged with. It stays the same while the batch is judged.
pub(super) struct BatchInputs<'a> {
    pub(super) batch: &'a Batch,
    pub(super) policy: &'a Policy,
    pub(super) objects: &'a dyn Objects,
    pub(super) cache: &'a DocumentCache<'a>,
    /// All rules that were handed in.
    pub(super) rules: &'a [&'static Rule],
    /// Those of them that the policy does not switch off, each with its level.
    pub(super) enabled: Vec<(&'static Rule, Level)>,
    pub(super) rule_names: &'a [RuleName],
}

impl<'a> BatchInputs<'a> {
    pub(super) fn new(
        batch: &'a Batch,
        rules: &'a [&'static Rule],
        rule_names: &'a [RuleName],
        cache: &'a DocumentCache<'a>,
    ) -> Self {
        let policy = cache.policy();
        let leveled = rules
            .iter()
            .map(|rule| (*rule, policy.level(rule.id, rule.level)));
        Self {
            batch,
            policy,
            objects: cache.objects(),
            cache,
            rules,
            enabled: leveled
                .filter(|(_, level)| *level != Level::Allow)
                .collect(),
            rule_names,
        }
    }

    /// True when the batch begins before anything was published.
    pub(super) fn starts_at_root(&self) -> bool {
        let first = self.batch.steps.first();
        first.is_some_and(|step| step.before.is_none())
    }
}
