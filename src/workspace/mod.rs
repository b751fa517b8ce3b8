//! Which files are articles, and how they are read from disk.

mod discover;
mod kind;
mod read;

pub use discover::{Discovered, discover};
pub use kind::is_article;
pub use read::{FileEncoding, ReadError, Source, decode, read};
