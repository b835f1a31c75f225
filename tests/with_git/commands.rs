//! The commands that list, explain and set up, run as a person runs them.

mod init;
mod json;
mod listing;
mod simulate;
