//! Raw trees and commits, and the list of further object stores.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| graven::git::fuzz(bytes));
