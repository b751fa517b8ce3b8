//! Which files are articles, and how they are read from disk.

mod discover;
mod read;

pub use discover::{Discovered, discover};
pub use read::{FileEncoding, ReadError, Source, decode, read};
