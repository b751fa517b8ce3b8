//! Articles as a database of DNA, or their statements as a table.

use rusqlite::{Connection, MAIN_DB, params};

use super::{DAY, EPOCH, Sides, Statement, is_claim, of};
use crate::article::Word;
use crate::exchange::annotations::{Offsets, attributes};
use crate::exchange::registry::ImportError;
use crate::exchange::{Annotations, CorpusError, CorpusFile, ExportedCorpus};

/// The table of statements.
pub(in crate::exchange) const STATEMENTS: &str = "statements.csv";

const DATABASE: &str = "corpus.dna";

/// The most characters of a name.
const LONGEST: usize = 190;

/// `articles` as a database.
pub(in crate::exchange) fn write(
    articles: &[Annotations],
    sides: &Sides,
) -> Result<ExportedCorpus, CorpusError> {
    let mut lost = Vec::new();
    let bytes = database(articles, sides, &mut lost)
        .map_err(|error| CorpusError::new(DATABASE, ImportError::new(1, error.to_string())))?;
    Ok(ExportedCorpus { files: vec![CorpusFile { name: DATABASE, bytes }], lost })
}

fn database(articles: &[Annotations], sides: &Sides, lost: &mut Vec<String>) -> rusqlite::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    let work = database.transaction()?;
    work.execute_batch(include_str!("schema.sql"))?;
    for article in articles {
        let header = &article.header;
        let (head, body) = article.text.split_at(article.body());
        work.execute(
            "INSERT INTO DOCUMENTS(Title, Text, Coder, Author, Source, Notes, Date) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
            params![short(&article.name), body, word(header.byline.as_ref()), word(header.outlet.as_ref()), head, seconds(article)],
        )?;
        let document = work.last_insert_rowid();
        let offsets = Offsets::utf16(body);
        let start = article.header.range.end();
        let add = |kind: i64, range: crate::text::TextRange| -> rusqlite::Result<i64> {
            let [from, to] = offsets.units(range - start).map(|at| i64::try_from(at).unwrap_or(i64::MAX));
            let sql = "INSERT INTO STATEMENTS(StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?1, ?2, ?3, ?4, 1)";
            work.execute(sql, params![kind, document, from, to])?;
            Ok(work.last_insert_rowid())
        };
        let in_body =
            |span: &&crate::exchange::AnnotatedSpan| span.range.start() >= start && !span.range.is_empty();
        for span in article.spans.iter().filter(in_body) {
            let id = add(2, span.range)?;
            let sql = "INSERT INTO DATALONGTEXT(StatementId, VariableId, Value) VALUES (?1, 5, ?2)";
            work.execute(sql, params![id, attributes(span).unwrap_or_default()])?;
        }
        let statements = of(article, sides);
        for statement in &statements {
            let id = add(1, statement.claim.range)?;
            let [person, organization] = statement.who();
            for (variable, value) in [(1, person), (2, organization), (3, statement.concept)] {
                let value = short(value);
                work.execute(
                    "INSERT OR IGNORE INTO ENTITIES(VariableId, Value) VALUES (?1, ?2)",
                    params![variable, value],
                )?;
                let sql = "INSERT INTO DATASHORTTEXT(StatementId, VariableId, Entity)
                    SELECT ?1, ?2, ID FROM ENTITIES WHERE VariableId = ?2 AND Value = ?3";
                work.execute(sql, params![id, variable, value])?;
            }
            let sql = "INSERT INTO DATABOOLEAN(StatementId, VariableId, Value) VALUES (?1, 4, ?2)";
            work.execute(sql, params![id, statement.agreement])?;
        }
        let holes = article.spans.iter().filter(|span| !in_body(span)).count();
        if holes > 0 {
            lost.push(format!("{}: {holes} empty spans have no place in DNA", article.name));
        }
        tell(article, &statements, lost);
    }
    work.commit()?;
    Ok(database.serialize(MAIN_DB)?.to_vec())
}

/// Says what of `article` DNA cannot count.
fn tell(article: &Annotations, statements: &[Statement], lost: &mut Vec<String>) {
    let claims = article.spans.iter().filter(|span| is_claim(span));
    let uncounted = claims
        .filter(|claim| !statements.iter().any(|statement| std::ptr::eq(statement.claim, *claim)))
        .count();
    if uncounted > 0 {
        lost.push(format!(
            "{}: {uncounted} claims are no statements of DNA: a speaker, 'on', or a stance for or against is missing",
            article.name
        ));
    }
    if article.header.day().is_none() {
        lost.push(format!(
            "{}: DNA needs a date and the article has none; it is 1970-01-01 there",
            article.name
        ));
    }
}

/// The statements of `articles` as DNA exports an event list: semicolons between the columns, a statement a
/// row.
pub(in crate::exchange) fn statements(
    articles: &[Annotations],
    sides: &Sides,
) -> Result<ExportedCorpus, CorpusError> {
    let wrong = |error: csv::Error| CorpusError::new(STATEMENTS, ImportError::new(1, error.to_string()));
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let mut lost = Vec::new();
    out.write_record([
        "statement_id",
        "time",
        "document_id",
        "document_title",
        "document_author",
        "document_source",
        "document_section",
        "document_type",
        "person",
        "organization",
        "concept",
        "agreement",
    ])
    .map_err(wrong)?;
    let mut number = 0;
    for (index, article) in articles.iter().enumerate() {
        let header = &article.header;
        let time = header.day().map_or_else(String::new, |day| format!("{day} 00:00:00"));
        let statements = of(article, sides);
        for statement in &statements {
            number += 1;
            let [person, organization] = statement.who();
            out.write_record([
                number.to_string().as_str(),
                &time,
                &(index + 1).to_string(),
                &article.name,
                word(header.byline.as_ref()),
                word(header.outlet.as_ref()),
                "",
                "",
                person,
                organization,
                statement.concept,
                if statement.agreement { "1" } else { "0" },
            ])
            .map_err(wrong)?;
        }
        tell(article, &statements, &mut lost);
    }
    let bytes = out.into_inner().map_err(|error| wrong(error.into_error().into()))?;
    Ok(ExportedCorpus { files: vec![CorpusFile { name: STATEMENTS, bytes }], lost })
}

fn word(word: Option<&Word>) -> &str {
    word.map_or("", |word| &word.text)
}

/// As much of `name` as DNA takes.
fn short(name: &str) -> &str {
    name.char_indices().nth(LONGEST).map_or(name, |(end, _)| &name[..end])
}

/// The article's day in seconds since 1970.
fn seconds(article: &Annotations) -> i64 {
    let days = article.header.day().and_then(|day| EPOCH.until(day).ok()).map_or(0, |span| span.get_days());
    i64::from(days) * DAY
}
