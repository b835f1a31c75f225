//! Ways round a rule.

pub(crate) mod history;
