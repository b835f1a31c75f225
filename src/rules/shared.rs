//! What several rules need.

pub(crate) mod backlog;
pub(crate) mod citations;
pub(crate) mod frozen;
pub(crate) mod sections;
pub(crate) mod successor;
pub(crate) mod suggestions;
pub(crate) mod workflow;
