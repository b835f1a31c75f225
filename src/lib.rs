//! graven keeps engineering records as they were written.
//!
//! # The map
//!
//! ```text
//! main ── cli ── run ─┬─ hook ──────┐
//!                     ├─ policy ────┤
//!                     ├─ change ── document ── source
//!                     ├─ engine ── rule ── rules/*
//!                     └─ render ── report
//!         git  (used by hook, policy and change only)
//! ```
//!
//! An arrow never goes back up.

pub mod chain;
pub mod change;
pub mod cli;
pub mod document;
pub mod engine;
pub mod escape;
pub mod git;
pub mod hook;
pub mod install;
pub mod kind;
pub mod level;
pub mod object;
pub mod outcome;
pub mod policy;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
pub mod steps;
pub mod watch;
