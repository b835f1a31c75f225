//! What graven does in real repositories, with the real `git`: in the order of the folders of `src`, then what concerns them
//! all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]
#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

mod support;

mod citations;
mod commands;
mod engine;
mod fix;
mod git;
mod rules;
mod setup;
mod steps;
mod waiver;

mod bad_input;
mod budgets;
mod contracts;
mod day;
mod evasion;
