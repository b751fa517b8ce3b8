//! Tables of a whole corpus: its articles, their spans, and what the spans name.
//!
//! CSV as in RFC 4180, UTF-8, with a head line. `articles.csv` has the text that offsets count in, which is
//! what `onrecord strip` prints; `spans.csv` a row a span, numbered within its article from 1, with a column
//! for each key; `links.csv` a row for each id that `by`, `for` and `part-of` name. Offsets are code points.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use rustc_hash::FxHashMap;

use crate::exchange::annotations::{Graph, LINKS, Link, Node, Offsets};
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations, CorpusError, CorpusFile, ExportedCorpus, Imported};
use crate::workspace::decode;

/// The files, in the order in which they are written and read.
pub(super) const FILES: [&str; 3] = ["articles.csv", "spans.csv", "links.csv"];

/// What stands in each file, keys of spans apart.
const ARTICLES: [&str; 8] = ["article", "date", "title", "outlet", "byline", "url", "language", "text"];
const SPANS: [&str; 7] = ["article", "span", "start", "end", "words", "id", "classes"];
const LINK_COLUMNS: [&str; 5] = ["article", "from", "key", "to", "id"];

/// What stands before the name of a key that is also a column of its own.
const KEY: &str = "key:";

/// A table: the names of its columns, and its rows.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The three tables of `articles`, and what has no place in them.
pub(super) fn tables(articles: &[Annotations]) -> ([Table; 3], Vec<String>) {
    let keys: BTreeSet<&str> = articles
        .iter()
        .flat_map(|article| &article.spans)
        .flat_map(|span| span.keys.iter().map(|(key, _)| key.as_str()))
        .filter(|key| !LINKS.contains(key))
        .collect();
    let key_columns = keys.iter().map(|key| {
        let taken = SPANS.contains(key) || key.starts_with(KEY);
        if taken { format!("{KEY}{key}") } else { (*key).to_owned() }
    });
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut out = [
        Table { name: FILES[0], columns: names(&ARTICLES), rows: Vec::new() },
        Table {
            name: FILES[1],
            columns: names(&SPANS).into_iter().chain(key_columns).collect(),
            rows: Vec::new(),
        },
        Table { name: FILES[2], columns: names(&LINK_COLUMNS), rows: Vec::new() },
    ];
    let mut lost = Vec::new();
    for article in articles {
        let header = &article.header;
        let word = |word: &Option<crate::article::Word>| {
            word.as_ref().map(|word| word.text.clone()).unwrap_or_default()
        };
        out[0].rows.push(vec![
            article.name.clone(),
            header.day().map(|day| day.to_string()).unwrap_or_default(),
            word(&header.title),
            word(&header.outlet),
            word(&header.byline),
            word(&header.url),
            word(&header.language),
            article.text.clone(),
        ]);
        let offsets = Offsets::code_points(&article.text);
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, span) in article.spans.iter().enumerate() {
            if let Some(id) = &span.id {
                first.entry(id).or_insert(index + 1);
            }
        }
        for (index, span) in article.spans.iter().enumerate() {
            let number = (index + 1).to_string();
            let [start, end] = offsets.units(span.range).map(|at| at.to_string());
            let mut row =
                vec![article.name.clone(), number.clone(), start, end, article.words(span).to_owned()];
            row.push(span.id.clone().unwrap_or_default());
            row.push(span.classes.join(" "));
            row.extend(keys.iter().map(|key| span.value(key).unwrap_or_default().to_owned()));
            out[1].rows.push(row);
            for key in LINKS {
                for id in span.values(key) {
                    let to = first.get(id).map(ToString::to_string).unwrap_or_default();
                    out[2].rows.push(vec![
                        article.name.clone(),
                        number.clone(),
                        key.to_owned(),
                        to,
                        id.to_owned(),
                    ]);
                }
            }
        }
        let empty =
            article.spans.iter().flat_map(|span| &span.keys).filter(|(_, value)| value.is_empty()).count();
        if empty > 0 {
            lost.push(format!("{}: {empty} keys without a value have no place in a table", article.name));
        }
    }
    (out, lost)
}

/// The tables as files.
pub(super) fn write(articles: &[Annotations]) -> Result<ExportedCorpus, CorpusError> {
    let (tables, lost) = tables(articles);
    let mut files = Vec::new();
    for Table { name, columns, rows } in tables {
        let wrong = |error: csv::Error| CorpusError::new(name, ImportError::new(1, error.to_string()));
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(&columns).map_err(wrong)?;
        for row in rows {
            writer.write_record(&row).map_err(wrong)?;
        }
        let bytes = writer.into_inner().map_err(|error| wrong(error.into_error().into()))?;
        files.push(CorpusFile { name, bytes });
    }
    Ok(ExportedCorpus { files, lost })
}

/// The rows of a file by the names of its columns.
pub(super) struct Rows {
    pub(super) file: &'static str,
    pub(super) columns: Vec<String>,
    /// Each with what its place in the file is called: a line, or the number of the row.
    pub(super) rows: Vec<(usize, StringRecord)>,
}

impl Rows {
    fn read(file: &'static str, text: &str) -> Result<Self, CorpusError> {
        let text = text.trim_start_matches('\u{feff}');
        let line = |place: Option<&csv::Position>| {
            let at = place.map_or(0, |place| usize::try_from(place.byte()).unwrap_or(usize::MAX));
            let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
            // The line break before a row is counted to it.
            let skipped = from.len() - from.trim_start_matches(['\n', '\r']).len();
            1 + memchr::memchr_iter(b'\n', before.as_bytes()).count()
                + memchr::memchr_iter(b'\n', &from.as_bytes()[..skipped]).count()
        };
        let wrong = |error: &csv::Error| {
            let message = match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    format!("the row has {len} columns and the head line {expected_len}")
                }
                _ => error.to_string(),
            };
            CorpusError::new(file, ImportError::new(line(error.position()), message))
        };
        let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
        let columns: Vec<String> =
            reader.headers().map_err(|error| wrong(&error))?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| wrong(&error))?;
            rows.push((line(row.position()), row));
        }
        Ok(Self { file, columns, rows })
    }

    /// The same where it has the columns `needed`.
    fn with(self, needed: &[&str]) -> Result<Self, CorpusError> {
        match needed.iter().find(|name| !self.columns.iter().any(|column| column == *name)) {
            Some(missing) => {
                let needed = needed.join(", ");
                Err(self.error(1, format!("no column is called '{missing}'; there have to be {needed}")))
            }
            None => Ok(self),
        }
    }

    /// The value of `column` in `row`; none where it is empty.
    fn get<'a>(&self, row: &'a StringRecord, column: &str) -> Option<&'a str> {
        let at = self.columns.iter().position(|name| name == column)?;
        row.get(at).filter(|value| !value.is_empty())
    }

    /// The number in `column`.
    fn number(&self, line: usize, row: &StringRecord, column: &str) -> Result<usize, CorpusError> {
        let value = self.get(row, column).unwrap_or_default();
        value.trim().parse().map_err(|_| self.error(line, format!("'{value}' under '{column}' is no number")))
    }

    fn error(&self, line: usize, message: impl Into<String>) -> CorpusError {
        CorpusError::new(self.file, ImportError::new(line, message))
    }
}

/// An article on its way back.
struct Reading {
    name: String,
    text: String,
    offsets: Offsets,
    graph: Graph,
    /// The node of each number of a span.
    numbers: FxHashMap<usize, usize>,
}

/// The articles of `articles.csv` with what the files beside it say; without these they have no spans.
pub(super) fn read(
    articles: &str,
    beside: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Vec<Imported>, CorpusError> {
    let rows = |file: &'static str| {
        let wrong = |error: String| CorpusError::new(file, ImportError::new(1, error));
        let text = decode(beside(file).map_err(wrong)?).map_err(|error| wrong(error.to_string()))?.text;
        Rows::read(file, &text)
    };
    from_rows([Rows::read(FILES[0], articles)?, rows(FILES[1])?, rows(FILES[2])?])
}

/// The articles in the rows of the three tables.
pub(super) fn from_rows([articles, spans, links]: [Rows; 3]) -> Result<Vec<Imported>, CorpusError> {
    let table = articles.with(&["article", "text"])?;
    let mut read: Vec<Reading> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for (line, row) in &table.rows {
        let name = table.get(row, "article").ok_or_else(|| table.error(*line, "the article has no name"))?;
        if places.insert(name.to_owned(), read.len()).is_some() {
            return Err(table.error(*line, format!("two articles are called '{name}'")));
        }
        let text = table.get(row, "text").unwrap_or_default().to_owned();
        let offsets = Offsets::code_points(&text);
        let (graph, numbers) = (Graph::default(), FxHashMap::default());
        read.push(Reading { name: name.to_owned(), text, offsets, graph, numbers });
    }
    let spans = spans.with(&["article", "span", "start", "end"])?;
    let unknown = |rows: &Rows, line: usize, row: &StringRecord| {
        let name = rows.get(row, "article").unwrap_or_default();
        rows.error(line, format!("no article of {} is called '{name}'", table.file))
    };
    for (line, row) in &spans.rows {
        let place = spans.get(row, "article").and_then(|name| places.get(name));
        let article =
            place.and_then(|place| read.get_mut(*place)).ok_or_else(|| unknown(&spans, *line, row))?;
        let (start, end) = (spans.number(*line, row, "start")?, spans.number(*line, row, "end")?);
        let range = article.offsets.range(start, end).map_err(|error| spans.error(*line, error))?;
        let words = spans.get(row, "words");
        if let Some(words) = words.filter(|words| *words != &article.text[range]) {
            let there = &article.text[range];
            return Err(
                spans.error(*line, format!("{start} to {end} is '{there}' in the text, not '{words}'"))
            );
        }
        let mut span = AnnotatedSpan { range, ..AnnotatedSpan::default() };
        span.id = spans.get(row, "id").map(str::to_owned);
        let classes = spans.get(row, "classes").unwrap_or_default();
        span.classes = classes.split_whitespace().map(str::to_owned).collect();
        for column in spans.columns.iter().filter(|column| !SPANS.contains(&column.as_str())) {
            if let Some(value) = spans.get(row, column) {
                span.set(column.strip_prefix(KEY).unwrap_or(column), value);
            }
        }
        article.numbers.insert(spans.number(*line, row, "span")?, article.graph.nodes.len());
        article.graph.nodes.push(Node { span, further: Vec::new() });
    }
    let links = links.with(&["article", "from", "key"])?;
    for (line, row) in &links.rows {
        let place = links.get(row, "article").and_then(|name| places.get(name));
        let article =
            place.and_then(|place| read.get_mut(*place)).ok_or_else(|| unknown(&links, *line, row))?;
        let key = links.get(row, "key").ok_or_else(|| links.error(*line, "the link has no key"))?.to_owned();
        let node = |column: &str| {
            let number = links.number(*line, row, column)?;
            let node = article.numbers.get(&number).copied();
            node.ok_or_else(|| links.error(*line, format!("'{}' has no span {number}", article.name)))
        };
        let from = node("from")?;
        if let Some(id) = links.get(row, "id") {
            let span = &mut article.graph.nodes[from].span;
            let value = [span.value(&key).unwrap_or_default(), id].join(" ");
            span.set(&key, value.trim());
        } else {
            let to = node("to")?;
            article.graph.links.push(Link { key, from, to });
        }
    }
    let done = |article: Reading| Imported {
        annotations: article.graph.annotations(&article.name, article.text),
        lost: Vec::new(),
    };
    Ok(read.into_iter().map(done).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::CorpusFormat;
    use crate::exchange::annotations::annotated_articles;

    /// The files by their names.
    fn files(articles: &[Annotations]) -> FxHashMap<&'static str, String> {
        let exported = CorpusFormat::Tables.export(articles, &[]).unwrap();
        exported.files.into_iter().map(|file| (file.name, String::from_utf8(file.bytes).unwrap())).collect()
    }

    fn back(files: &FxHashMap<&'static str, String>) -> Result<Vec<Imported>, CorpusError> {
        let file = |name: &str| files.get(name).map(|text| text.clone().into_bytes());
        read(&files[FILES[0]], &|name| file(name).ok_or_else(|| format!("{name} is not there")))
    }

    #[test]
    fn a_corpus_comes_back_from_tables_as_it_was() {
        let before: Vec<Annotations> =
            annotated_articles().iter().map(|(path, article)| Annotations::read(path, article)).collect();
        let after = back(&files(&before)).unwrap();
        assert_eq!(after.len(), before.len());
        for (after, before) in after.iter().zip(&before) {
            assert_eq!(&after.annotations, before);
        }
    }

    #[test]
    fn offsets_are_code_points_and_a_key_has_a_column() {
        let article = Annotations::read(
            "a",
            "😀 [Zoë, “Z”]{#s .source words=x ref=zoe} [said]{.cue for=c} [no]{#c .claim by=\"s usa\"}",
        );
        let files = files(&[article]);
        assert_eq!(
            files["spans.csv"],
            "article,span,start,end,words,id,classes,ref,key:words\r\n\
             a,1,2,10,\"Zoë, “Z”\",s,source,zoe,x\r\n\
             a,2,11,15,said,,cue,,\r\n\
             a,3,16,18,no,c,claim,,\r\n"
        );
        assert_eq!(
            files["links.csv"],
            "article,from,key,to,id\r\na,2,for,3,c\r\na,3,by,1,s\r\na,3,by,,usa\r\n"
        );
    }

    #[test]
    fn what_does_not_fit_is_named_with_file_and_line() {
        let good = files(&[Annotations::read("a", "[It]{.source} [is so]{.claim}.")]);
        let error = |file: &'static str, from: &str, to: &str| {
            let mut files = good.clone();
            let text = files[file].replace(from, to);
            files.insert(file, text);
            back(&files).unwrap_err().to_string()
        };
        assert_eq!(
            error("spans.csv", "3,8,is so", "3,8,is no"),
            "spans.csv:3: 3 to 8 is 'is so' in the text, not 'is no'"
        );
        assert!(
            error("spans.csv", "3,8", "3,80")
                .starts_with("spans.csv:3: the span 3 to 80 lies outside the text")
        );
        assert_eq!(error("spans.csv", "a,2", "b,2"), "spans.csv:3: no article of articles.csv is called 'b'");
        assert!(
            error("articles.csv", "text", "body").starts_with("articles.csv:1: no column is called 'text'")
        );
    }
}
