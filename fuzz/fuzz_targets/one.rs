//! Fuzzes the target that the program is called after.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| onrecord_fuzz::run(env!("CARGO_BIN_NAME"), input));
