//! The commands that list, explain and set up, run as a person runs them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

#[path = "../support/mod.rs"]
mod support;

mod done;
mod init;
mod json;
mod listing;
mod simulate;
