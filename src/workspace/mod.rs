//! Which files are articles, and how they are read from disk.

mod config;
mod discover;
mod kind;
mod read;

pub use config::{Config, ConfigError, Configs};
pub use discover::{Discovered, discover};
pub use kind::is_article;
pub use read::{FileEncoding, ReadError, Source, decode, read};
