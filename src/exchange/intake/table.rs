//! Tables with a head line, an article a row; and which column is what, for these and for JSON lines.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{BufRead, Read as _};

use csv::{ReaderBuilder, StringRecord};

use super::{Intake, IntakeError, Place, names, some};

/// What a column can be, with the names it usually has.
const FIELDS: [(&str, &[&str]); 8] = [
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "body_text",
            "full_text",
            "fulltext",
            "maintext",
            "article_text",
        ],
    ),
    ("title", &["title", "headline", "heading"]),
    (
        "date",
        &[
            "date",
            "published",
            "date_published",
            "publish_date",
            "published_at",
            "publication_date",
            "pubdate",
            "datetime",
            "timestamp",
        ],
    ),
    ("outlet", &["outlet", "publication", "publisher", "newspaper", "site", "source_name", "source"]),
    ("byline", &["byline", "author", "authors", "by"]),
    ("url", &["url", "link", "uri", "web_url"]),
    ("language", &["language", "lang"]),
    ("id", &["id", "doc_id", "article_id", "guid", "path", "filename", "name"]),
];

/// Which column is what, where their names do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(&'static str, String)>);

/// Why a mapping of columns could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// It has no `=`.
    #[error("'{0}' is no mapping: write text=NAME, with the name of the column that holds the text")]
    NoMapping(String),
    /// It maps what an article does not have.
    #[error("an article has no '{0}'; there are {names}", names = FIELDS.map(|(name, _)| name).join(", "))]
    NoField(String),
}

impl Columns {
    /// Reads pairs like `text=Body`.
    ///
    /// # Errors
    /// [`ColumnsError`] for the first that is none.
    pub fn read<'a>(pairs: impl IntoIterator<Item = &'a str>) -> Result<Self, ColumnsError> {
        let pair = |words: &str| {
            let (field, column) =
                words.split_once('=').ok_or_else(|| ColumnsError::NoMapping(words.to_owned()))?;
            let known = FIELDS.iter().find(|(name, _)| *name == field.trim());
            let (name, _) = known.ok_or_else(|| ColumnsError::NoField(field.trim().to_owned()))?;
            Ok((*name, column.trim().to_owned()))
        };
        pairs.into_iter().map(pair).collect::<Result<_, _>>().map(Self)
    }

    /// Where each field is among `columns`; else what is missing and what there is.
    pub(super) fn places(&self, columns: &[&str]) -> Result<Places, String> {
        let mut places = [None; FIELDS.len()];
        for ((field, usual), place) in FIELDS.iter().zip(&mut places) {
            let is = |name: &str| columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
            *place = match self.0.iter().find(|(name, _)| name == field) {
                Some((_, column)) => match is(column) {
                    Some(place) => Some(place),
                    None => {
                        return Err(format!(
                            "there is no column '{column}'; there are {}",
                            columns.join(", ")
                        ));
                    }
                },
                None => usual.iter().find_map(|name| is(name)),
            };
        }
        if places[0].is_none() {
            return Err(format!(
                "no column is called {}; there are {}: say which with --columns text=NAME",
                FIELDS[0].1[..3].join(", "),
                columns.join(", ")
            ));
        }
        Ok(Places(places))
    }
}

/// Where each of [`FIELDS`] is in a row.
pub(super) struct Places([Option<usize>; FIELDS.len()]);

impl Places {
    /// The article whose columns have the words that `value` gives; else what is missing.
    pub(super) fn article(&self, value: impl Fn(usize) -> String) -> Result<Intake, String> {
        let words = self.0.map(|place| place.map(&value).unwrap_or_default());
        let [text, title, date, outlet, byline, url, language, id] = words;
        if text.trim().is_empty() {
            return Err("the article has no text".to_owned());
        }
        let mut out = Intake {
            id: some(&id),
            title: some(&title),
            byline: names(&byline),
            outlet: some(&outlet),
            url: some(&url),
            language: some(&language),
            text,
            ..Intake::default()
        };
        out.set_date(&date);
        Ok(out)
    }
}

/// Hands the article of each row to `take`.
pub(super) fn read(
    input: &mut dyn BufRead,
    columns: &Columns,
    take: &mut dyn FnMut(Result<Intake, IntakeError>),
) {
    let (head, delimiter) = match first_line(input) {
        Ok(head) => head,
        Err(error) => return take(Err(IntakeError::new(error.to_string()))),
    };
    let lines = Lines::default();
    let input = Counted { input: head.as_slice().chain(input), lines: &lines };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(input);
    let head = match reader.headers() {
        Ok(head) => head.clone(),
        Err(error) => return take(Err(wrong(&error, &lines))),
    };
    let names: Vec<&str> = head.iter().map(|name| name.trim_start_matches('\u{feff}')).collect();
    let places = match columns.places(&names) {
        Ok(places) => places,
        Err(message) => return take(Err(IntakeError::at(Place::Line(1), message))),
    };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {
                let place = record.position().map(|position| lines.place(position));
                let value = |place: usize| record.get(place).unwrap_or_default().to_owned();
                take(match places.article(value) {
                    Ok(article) => Ok(Intake { place, ..article }),
                    Err(message) => Err(IntakeError { place, message }),
                });
            }
            Err(error) if error.is_io_error() => return take(Err(wrong(&error, &lines))),
            Err(error) => take(Err(wrong(&error, &lines))),
        }
    }
}

/// The first line, and what parts its columns: a comma, a tab or a semicolon, of which it has the most.
fn first_line(input: &mut dyn BufRead) -> std::io::Result<(Vec<u8>, u8)> {
    let mut line = Vec::new();
    std::io::Read::take(input, 1 << 20).read_until(b'\n', &mut line)?;
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, &line).count();
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',');
    Ok((line, delimiter))
}

/// The line breaks that were read: the csv crate counts the one before a row to it, and of `\r\n` only the half.
#[derive(Default)]
struct Lines(RefCell<Breaks>);

#[derive(Default)]
struct Breaks {
    /// How many bytes were read.
    read: u64,
    /// The breaks that no row has passed, each with its byte and whether it ends a line.
    ahead: VecDeque<(u64, bool)>,
    /// How many lines ended before those.
    passed: u64,
}

impl Lines {
    /// The line in which the row at `position` begins; rows are asked for in their order.
    fn place(&self, position: &csv::Position) -> Place {
        let mut breaks = self.0.borrow_mut();
        let mut begin = position.byte();
        while let Some((at, ends)) = breaks.ahead.front().copied().filter(|(at, _)| *at <= begin) {
            breaks.ahead.pop_front();
            breaks.passed += u64::from(ends);
            begin += u64::from(at == begin);
        }
        Place::Line(breaks.passed + 1)
    }
}

/// What is read through it is counted.
struct Counted<'a, R> {
    input: R,
    lines: &'a Lines,
}

impl<R: std::io::Read> std::io::Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        let mut breaks = self.lines.0.borrow_mut();
        let Breaks { read, ahead, .. } = &mut *breaks;
        for at in memchr::memchr2_iter(b'\r', b'\n', &buffer[..count]) {
            ahead.push_back((*read + at as u64, buffer[at] == b'\n'));
        }
        *read += count as u64;
        Ok(count)
    }
}

fn wrong(error: &csv::Error, lines: &Lines) -> IntakeError {
    let place = error.position().map(|position| lines.place(position));
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "the row has {len} columns and the head line {expected_len}: quote words that have a delimiter in them"
            )
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8; save the file as UTF-8".to_owned(),
        _ => error.to_string(),
    };
    IntakeError { place, message }
}
