//! Fuzzes the target that the program is called after.
#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|input: &[u8]| targets::run(env!("CARGO_BIN_NAME"), input));
