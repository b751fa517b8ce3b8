//! The language server as a client sees it: over an in-process stream, and as the real binary.
//!
//! `cargo test --features fault-injection --test server`

mod actions;
mod client;
mod diagnostics;
mod documents;
mod faults;
mod lifecycle;
