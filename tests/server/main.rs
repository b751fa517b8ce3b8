//! The language server as a client sees it: over an in-process stream, and as the real binary.
//!
//! `cargo test --features fault-injection --test server`

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that panics has failed")]

mod actions;
mod actors;
mod baseline;
mod binary;
mod client;
mod completion;
mod config;
mod diagnostics;
mod disk;
mod documents;
mod faults;
mod index;
mod later;
mod lifecycle;
mod offer;
mod replay;
mod report;
mod showing;
mod sidecar;
mod span_ids;
mod workspace;
