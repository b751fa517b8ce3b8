//! Forms that hold a whole corpus at once.

mod dna;
#[cfg(feature = "parquet")]
mod parquet;
mod tables;

use std::fmt;

pub(super) use dna::{Entity as DnaEntity, entities as dna_entities};

use crate::exchange::registry::ImportError;
use crate::exchange::{Annotations, Imported};
use crate::settings::Settings;
use crate::stance::stance_sides;

/// A form of many articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorpusFormat {
    /// Tables as CSV: `articles.csv`, `spans.csv` and `links.csv`.
    Tables,
    /// The same tables as Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The database of the Discourse Network Analyzer 3.0: `corpus.dna`.
    Dna,
    /// The Discourse Network Analyzer's statements as a table, `statements.csv`; only written, since it has
    /// no text.
    DnaCsv,
}

/// A file of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusFile {
    /// What it is called.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A corpus in another form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportedCorpus {
    /// The files.
    pub files: Vec<CorpusFile>,
    /// What the form has no place for, a sentence each.
    pub lost: Vec<String>,
}

/// What is wrong in a file of a corpus.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct CorpusError {
    /// The file, where it is one of several.
    pub file: Option<&'static str>,
    /// The line, and what is wrong there.
    pub error: ImportError,
}

impl fmt::Display for CorpusError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file {
            Some(file) => write!(out, "{file}:{}", self.error),
            None => self.error.fmt(out),
        }
    }
}

impl CorpusError {
    pub(super) fn new(file: &'static str, error: ImportError) -> Self {
        Self { file: Some(file), error }
    }
}

impl CorpusFormat {
    /// `articles` in this form. What a stance says for or against its issue is as the vocabularies of `settings` have
    /// it, which hold for the articles; without any, as the built-in one has it.
    ///
    /// # Errors
    /// [`CorpusError`] where a file cannot be made.
    pub fn export(
        self,
        articles: &[Annotations],
        settings: &[Settings],
    ) -> Result<ExportedCorpus, CorpusError> {
        let mut out = match self {
            Self::Tables => tables::write(articles)?,
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::write(articles)?,
            Self::Dna => dna::write(articles, &stance_sides(settings))?,
            Self::DnaCsv => dna::statements(articles, &stance_sides(settings))?,
        };
        for article in articles.iter().filter(|article| !article.comments.is_empty()) {
            let count = article.comments.len();
            out.lost.push(format!("{}: {count} comments have no place there", article.name));
        }
        Ok(out)
    }

    /// Whether it knows an article by its name, so that no two may have one.
    pub fn is_by_name(self) -> bool {
        match self {
            Self::Tables => true,
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            Self::Dna | Self::DnaCsv => false,
        }
    }

    /// The name of the file that a folder in this form is known by; without a name, its ending counts.
    pub fn file(self) -> (Option<&'static str>, &'static str) {
        match self {
            Self::Tables => (Some(tables::FILES[0]), "csv"),
            #[cfg(feature = "parquet")]
            Self::Parquet => (Some(parquet::FILES[0]), "parquet"),
            Self::Dna => (None, "dna"),
            Self::DnaCsv => (Some(dna::STATEMENTS), "csv"),
        }
    }

    /// Reads the articles of `file`; `beside` reads a file beside it. A stance that is as it was written stays, by the
    /// vocabulary of `settings`, which hold where the articles go.
    ///
    /// # Errors
    /// [`CorpusError`] at the first place that cannot be read.
    pub fn import(
        self,
        file: Vec<u8>,
        beside: &dyn Fn(&str) -> Result<Vec<u8>, String>,
        settings: &Settings,
    ) -> Result<Vec<Imported>, CorpusError> {
        let whole = |message: String| CorpusError { file: None, error: ImportError::new(1, message) };
        match self {
            Self::Tables => {
                let text = crate::workspace::decode(file).map_err(|error| whole(error.to_string()))?.text;
                tables::read(&text, beside)
            }
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::read(file, beside),
            Self::Dna => {
                let sides = stance_sides(std::slice::from_ref(settings));
                dna::read(&file, &sides).map_err(|message| whole(message.to_string()))
            }
            Self::DnaCsv => {
                Err(whole("statements as CSV hold no text; import the .dna file itself".to_owned()))
            }
        }
    }
}
