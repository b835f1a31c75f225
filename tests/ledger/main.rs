//! What was once published is remembered: retired numbers, revived IDs, the next of each, with the real git.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod next;
mod retired;
mod revived;
