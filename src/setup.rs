//! What guards a repository: hooks put in place and taken away, the hook that was there before, and what is missing.

pub mod chained_hook;
pub mod doctor;
pub mod install;
