//! Folders and files.

mod kind;

pub use kind::is_article;
