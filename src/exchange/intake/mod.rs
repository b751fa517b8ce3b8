//! Articles from elsewhere: pages, agencies' formats, documents and tables, each made an article of its own.
//!
//! What a form says of headline, byline, day, outlet, address and language becomes front matter; the text
//! stays as it was, with what would be read as markup made literal.

mod docx;
mod html;
mod jsonl;
mod literal;
mod newsml;
mod ninjs;
mod nitf;
mod passages;
mod table;
pub(super) mod tree;

use std::fmt::Write as _;
use std::io::{self, BufRead, Read as _};

pub use table::{Columns, ColumnsError};

use crate::actors::{ActorKind, slug};
use crate::article::Date;
use crate::workspace::decode;

/// A form articles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntakeFormat {
    /// A page of a web site.
    Html,
    /// The IPTC's JSON for news, versions 1 to 3.
    Ninjs,
    /// The IPTC's News Industry Text Format.
    Nitf,
    /// The IPTC's `NewsML-G2`: a news item, or a message of many.
    NewsmlG2,
    /// A document of a word processor, as Office Open XML.
    Docx,
    /// A table with a head line, an article a row.
    Csv,
    /// JSON lines, an article a line.
    Jsonl,
}

impl IntakeFormat {
    /// What its files end in, in small letters.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm", "xhtml"],
            Self::Ninjs => &["json"],
            Self::Nitf | Self::NewsmlG2 => &["xml", "nitf"],
            Self::Docx => &["docx"],
            Self::Csv => &["csv", "tsv"],
            Self::Jsonl => &["jsonl", "ndjson"],
        }
    }
}

/// An article as another form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// What the form calls it: an id or the last part of an address.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day it is of.
    pub date: Option<Date>,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The text.
    pub text: String,
    /// Where it stands in a file of many.
    pub place: Option<Place>,
    /// What could not be read of it, and what would be right.
    pub doubts: Vec<String>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// An item, from 1.
    Item(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(out, "{line}"),
            Self::Item(item) => write!(out, "item {item}"),
        }
    }
}

/// Why an article, or a whole file, could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", place.map_or_else(String::new, |place| format!("{place}: ")))]
pub struct IntakeError {
    /// Where; none when it is the whole file.
    pub place: Option<Place>,
    /// What is wrong there and what would be right.
    pub message: String,
}

impl IntakeError {
    fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    fn at(place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), message: message.into() }
    }
}

/// Hands the articles in `input` to `take`, in their order, and what could not be read where it stands. Tables
/// and lines are read as they come, so that they may be of any length; `columns` is for them.
pub fn take_in(
    format: IntakeFormat,
    input: &mut dyn BufRead,
    columns: &Columns,
    take: &mut dyn FnMut(Result<Intake, IntakeError>),
) {
    let one_or_many = |read: fn(&str) -> Vec<Result<Intake, IntakeError>>, input: &mut dyn BufRead| {
        text(input).map_or_else(|error| vec![Err(error)], |text| read(&text))
    };
    let results = match format {
        IntakeFormat::Csv => return table::read(input, columns, take),
        IntakeFormat::Jsonl => return jsonl::read(input, columns, take),
        IntakeFormat::Html => one_or_many(|text| vec![html::read(text)], input),
        IntakeFormat::Ninjs => one_or_many(ninjs::read, input),
        IntakeFormat::Nitf => one_or_many(|text| vec![nitf::read(text)], input),
        IntakeFormat::NewsmlG2 => one_or_many(newsml::read, input),
        IntakeFormat::Docx => vec![bytes(input).and_then(docx::read)],
    };
    results.into_iter().for_each(take);
}

/// The largest file that is read whole, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

fn bytes(input: &mut dyn BufRead) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    let failed = |error: io::Error| IntakeError::new(error.to_string());
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(IntakeError::new(format!("the file has more than {} MB", MAX_BYTES >> 20)));
    }
    Ok(bytes)
}

/// What is read as text: UTF-8, UTF-16 with a mark, or the encoding that the first lines name.
fn text(input: &mut dyn BufRead) -> Result<String, IntakeError> {
    let bytes = bytes(input)?;
    let named = declared(&bytes);
    decode(bytes.clone()).map(|source| source.text).or_else(|error| {
        let Some(encoding) = named else { return Err(IntakeError::new(error.to_string())) };
        let (text, _, wrong) = encoding.decode(&bytes);
        if wrong {
            let name = encoding.name();
            return Err(IntakeError::new(format!("it says that it is {name}, and is not: {error}")));
        }
        Ok(text.into_owned())
    })
}

/// The encoding named by `charset=` or `encoding=` in the first lines.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_ascii_lowercase();
    let after = |mark: &str| head.split_once(mark).map(|(_, rest)| rest.to_owned());
    let rest = after("charset=").or_else(|| after("encoding="))?;
    let label = rest.trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\'', ' ', ';', '>', '/', '?']).unwrap_or(label.len());
    encoding_rs::Encoding::for_label(label.get(..end)?.as_bytes())
}

impl Intake {
    /// Takes the day that `words` begin with; what is none is a doubt.
    fn set_date(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        self.date = day(words);
        if self.date.is_none() {
            self.doubts.push(format!(
                "'{words}' is no day that can be read, so the article has none: write 2022-10-09"
            ));
        }
    }

    /// What the article's file is called, without an extension: its id, else its headline, else `otherwise`.
    pub fn name(&self, otherwise: &str) -> String {
        let mut named = [self.id.as_deref(), self.title.as_deref(), Some(otherwise)]
            .into_iter()
            .flatten()
            .map(file_name)
            .filter(|name| !name.is_empty());
        named.next().unwrap_or_else(|| "article".to_owned())
    }

    /// The article in Onrecord's format. Without markup it is the front matter and the text.
    pub fn article(&self) -> String {
        let mut out = self.front_matter(&[], &[]);
        out.push_str(&literal::literal(&self.text));
        if !out.ends_with(['\n', '\r']) {
            out.push('\n');
        }
        out
    }

    /// The front matter: what is known of the article, its `actors`, and the ids and labels of what its
    /// stances are `on`.
    pub(super) fn front_matter(&self, actors: &[KnownActor], on: &[(String, String)]) -> String {
        let mut out = "---\n".to_owned();
        if let Some(date) = self.date {
            let _ = writeln!(out, "date: {date}");
        }
        for (key, value) in [
            ("title", &self.title),
            ("outlet", &self.outlet),
            ("byline", &self.byline),
            ("url", &self.url),
            ("language", &self.language),
        ] {
            if let Some(value) = value.as_deref().map(line).filter(|value| !value.is_empty()) {
                let _ = writeln!(out, "{key}: {}", scalar(&value));
            }
        }
        if !actors.is_empty() {
            out.push_str("actors:\n");
        }
        for KnownActor { id, name, kind, note } in actors {
            let _ = writeln!(out, "  {id}:\n    name: {}\n    kind: {}", scalar(&line(name)), kind.as_str());
            if let Some(note) = note {
                let _ = writeln!(out, "    note: {}", scalar(&line(note)));
            }
        }
        if !on.is_empty() {
            out.push_str("on:\n");
        }
        for (id, label) in on {
            let _ = writeln!(out, "  {id}: {}", scalar(&line(label)));
        }
        out.push_str("---\n");
        out
    }
}

/// An actor as another form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownActor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: ActorKind,
    pub(super) note: Option<String>,
}

/// The longest name of a file, in bytes, so that any file system takes it.
const LONGEST_NAME: usize = 80;

/// `words` as a file is called.
fn file_name(words: &str) -> String {
    let mut name = slug(words);
    if name.len() > LONGEST_NAME {
        let end = (0..=LONGEST_NAME).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
        name.truncate(name.get(..end).and_then(|head| head.rfind('-')).unwrap_or(end));
    }
    name.trim_matches('-').to_owned()
}

/// The last part of an address or a URN that says something.
fn last_part(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let rest = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let part = rest.rsplit(['/', ':']).find(|part| part.contains(char::is_alphanumeric))?;
    let part =
        [".html", ".htm", ".xml", ".json"].iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
    (part != "index").then(|| part.to_owned())
}

/// The day that `words` begin with: as ISO 8601 and the IPTC write it, as mail does, or in English words.
fn day(words: &str) -> Option<Date> {
    let words = words.trim();
    let iso = words.get(..10).and_then(|head| head.parse().ok());
    let basic = || Date::strptime("%Y%m%d", words.get(..8)?).ok();
    let mail = || jiff::fmt::rfc2822::parse(words).ok().map(|day| day.date());
    let spoken = || {
        ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%A, %B %d, %Y", "%A, %d %B %Y"]
            .iter()
            .find_map(|form| Date::strptime(form, words).ok())
    };
    iso.or_else(basic).or_else(mail).or_else(spoken)
}

/// `words` on one line, with single spaces.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `words` on one line, none when there are none.
fn some(words: &str) -> Option<String> {
    Some(line(words)).filter(|words| !words.is_empty())
}

/// A byline's names, without "By".
fn names(byline: &str) -> Option<String> {
    let words = line(byline);
    let rest =
        words.get(..3).filter(|head| head.eq_ignore_ascii_case("by ")).map_or(&words[..], |_| &words[3..]);
    some(rest)
}

/// `value` as a scalar of YAML: as it is where it is read back as the same words, else in quotation marks.
fn scalar(value: &str) -> String {
    let starts = value.starts_with(char::is_alphabetic);
    let plain = |char: char| {
        char.is_alphanumeric()
            || matches!(char, ' ' | '_' | '.' | ',' | '-' | '/' | '(' | ')' | '?' | '&' | '=' | '\'')
            || matches!(char, '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '%' | '+' | ';' | '!' | ':')
    };
    // What YAML takes for a truth value, nothing or a number.
    let word = matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "nan" | "inf"
    );
    let ends = value.contains(": ") || value.ends_with(':') || value.ends_with(' ');
    if starts && value.chars().all(plain) && !word && !ends {
        return value.to_owned();
    }
    let mut out = "\"".to_owned();
    for char in value.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            char if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Header;
    use crate::article::strip;

    /// The clean text under the front matter.
    fn body(article: &str) -> String {
        let clean = strip(article);
        let start = usize::from(Header::parse(&clean).range.end());
        clean[start..].to_owned()
    }

    #[test]
    fn front_matter_is_canonical_and_quoted_where_it_has_to_be() {
        let intake = Intake {
            title: Some("Mayor: “No”\n to  #1 \"deal\"".to_owned()),
            byline: Some("Ann O’Hara".to_owned()),
            date: day("20221009T101500Z"),
            outlet: Some("No".to_owned()),
            url: Some("https://courier.example/a?b=1".to_owned()),
            language: Some("en-GB".to_owned()),
            text: "date 2020-01-01 is how it began.".to_owned(),
            ..Intake::default()
        };
        assert_eq!(
            intake.article(),
            "---\ndate: 2022-10-09\ntitle: \"Mayor: “No” to #1 \\\"deal\\\"\"\noutlet: \"No\"\nbyline: Ann O’Hara\nurl: https://courier.example/a?b=1\nlanguage: en-GB\n---\ndate 2020-01-01 is how it began.\n"
        );
        assert!(Header::parse(&intake.article()).faults.is_empty());
    }

    #[test]
    fn days_are_read_as_they_are_written_elsewhere() {
        let read = |words: &str| day(words).map(|day| day.to_string());
        for words in [
            "2022-10-09",
            "2022-10-09T23:00:00+02:00",
            "20221009",
            "Sun, 9 Oct 2022 10:00:00 GMT",
            "9 October 2022",
            "October 9, 2022",
            "Oct 9, 2022",
        ] {
            assert_eq!(read(words).as_deref(), Some("2022-10-09"), "{words}");
        }
        assert_eq!(read("10/09/2022"), None);
        assert_eq!(read("2022-13-01"), None);
    }

    #[test]
    fn a_file_is_called_by_its_id_or_headline() {
        let intake = |id: Option<&str>, title: &str| Intake {
            id: id.map(str::to_owned),
            title: Some(title.to_owned()),
            ..Intake::default()
        };
        assert_eq!(intake(Some("A/17"), "x").name("y"), "a-17");
        assert_eq!(intake(None, "Council: roof “closed”").name("y"), "council-roof-closed");
        assert_eq!(intake(None, "…").name("Row 1"), "row-1");
        assert!(intake(None, &"long words ".repeat(30)).name("y").len() <= LONGEST_NAME);
        assert_eq!(last_part("https://a.example/2022/roof-closed.html?x=1").as_deref(), Some("roof-closed"));
        assert_eq!(last_part("https://a.example/"), None);
        assert_eq!(last_part("urn:newsml:a.example:20221009:roof").as_deref(), Some("roof"));
    }

    proptest! {
        #[test]
        fn what_goes_in_as_text_comes_out_as_text(text in r"([a-z é.\\\[\]{}<>#=!-]|\r\n|\n|\]\{|\]\{\.own\}|\[[a-z]|<!--|-->|\\\]\{#a\}|---\n|date 2022-10-09 ){0,40}") {
            let article = Intake { text: text.clone(), ..Intake::default() }.article();
            let end = if text.ends_with(['\n', '\r']) { "" } else { "\n" };
            let end = if text.is_empty() { "" } else { end };
            prop_assert_eq!(body(&article), format!("{}{}", text, end), "{}", article);
        }

        #[test]
        fn a_header_says_what_it_was_given(value in r#"[a-zA-Z0-9 :#"'\\\-\[\]{}%@&*!|>,?é“\u{7}\u{2028}]{0,30}"#) {
            let intake = Intake { title: Some(value.clone()), ..Intake::default() };
            let title = Header::parse(&intake.article()).title.map(|word| word.text);
            prop_assert_eq!(title, some(&value));
        }
    }
}
