//! A step between any files, judged by all rules.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| graven_fuzz::judge(bytes));
