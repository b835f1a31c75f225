//! What graven says of documents and policies that are held in memory: in the order of the folders of `src`, then what
//! concerns them all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod judged;

mod backlog;
mod change;
mod engine;
mod rules;

mod corpus;
mod fuzz_seeds;
mod laws;
mod mutations;
