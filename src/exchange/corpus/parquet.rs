//! The tables of a corpus as Parquet, a file a table, for programs that read columns.
//!
//! The same tables and columns as in CSV; places and numbers of spans are 64-bit integers, all else is text,
//! and what is empty there is null.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::types::Type;

use super::tables::{self, Rows, Table};
use crate::exchange::registry::ImportError;
use crate::exchange::{Annotations, CorpusError, CorpusFile, ExportedCorpus, Imported};

/// The columns that are numbers, by table: a key of spans may be called `from`, and is text.
const NUMBERS: [(&str, &[&str]); 2] =
    [(tables::FILES[1], &["span", "start", "end"]), (tables::FILES[2], &["from", "to"])];

/// The files, in the order of [`tables::FILES`].
pub(super) const FILES: [&str; 3] = ["articles.parquet", "spans.parquet", "links.parquet"];

/// The tables as files.
pub(super) fn write(articles: &[Annotations]) -> Result<ExportedCorpus, CorpusError> {
    let (tables, lost) = tables::tables(articles);
    let mut files = Vec::new();
    for (table, name) in tables.iter().zip(FILES) {
        let bytes =
            file(table).map_err(|error| CorpusError::new(name, ImportError::new(1, error.to_string())))?;
        files.push(CorpusFile { name, bytes });
    }
    Ok(ExportedCorpus { files, lost })
}

fn file(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let is_number =
        |column: &str| NUMBERS.iter().any(|(name, columns)| *name == table.name && columns.contains(&column));
    let fields = table.columns.iter().map(|column| {
        let field = if is_number(column) {
            Type::primitive_type_builder(column, Physical::INT64)
        } else {
            let text = Type::primitive_type_builder(column, Physical::BYTE_ARRAY);
            text.with_logical_type(Some(LogicalType::String))
        };
        field.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
    let properties = WriterProperties::builder().build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (at, name) in table.columns.iter().enumerate() {
        let Some(mut column) = group.next_column()? else { break };
        let cells = || table.rows.iter().map(|row| row[at].as_str());
        // 1 where there is a value, 0 where there is none.
        let levels: Vec<i16> = cells().map(|cell| i16::from(!cell.is_empty())).collect();
        let there = cells().filter(|cell| !cell.is_empty());
        if is_number(name) {
            let values: Vec<i64> = there.filter_map(|cell| cell.parse().ok()).collect();
            column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        } else {
            let values: Vec<ByteArray> = there.map(ByteArray::from).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        column.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(out)
}

/// The articles of `articles`, with what the files beside it say.
pub(super) fn read(
    articles: Vec<u8>,
    beside: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Vec<Imported>, CorpusError> {
    let other = |name: &'static str| {
        let file = beside(name).map_err(|error| CorpusError::new(name, ImportError::new(1, error)))?;
        rows(name, file)
    };
    tables::from_rows([rows(FILES[0], articles)?, other(FILES[1])?, other(FILES[2])?])
}

/// The rows of the file `name`, numbered from 1; what is null in them is empty.
fn rows(name: &'static str, file: Vec<u8>) -> Result<Rows, CorpusError> {
    let wrong = |row: usize, error: ParquetError| {
        CorpusError::new(name, ImportError::new(row, format!("this is no Parquet that can be read: {error}")))
    };
    let reader = SerializedFileReader::new(Bytes::from(file)).map_err(|error| wrong(1, error))?;
    let schema = reader.metadata().file_metadata().schema();
    let columns = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let mut rows = Vec::new();
    for (index, row) in reader.get_row_iter(None).map_err(|error| wrong(1, error))?.enumerate() {
        let row = row.map_err(|error| wrong(index + 1, error))?;
        rows.push((index + 1, row.get_column_iter().map(|(_, field)| cell(field)).collect()));
    }
    Ok(Rows { file: name, columns, rows })
}

/// A value as CSV has it. Programs that fill a column with nulls make numbers of it that have a point.
fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Double(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::annotated_articles;

    #[test]
    fn parquet_has_the_rows_of_the_tables() {
        let articles: Vec<Annotations> =
            annotated_articles().iter().map(|(path, article)| Annotations::read(path, article)).collect();
        let (tables, _) = tables::tables(&articles);
        let files = write(&articles).unwrap().files;
        for (table, file) in tables.iter().zip(files) {
            let read = rows(file.name, file.bytes).unwrap();
            assert_eq!(read.columns, table.columns, "{}", file.name);
            assert_eq!(read.rows.len(), table.rows.len(), "{}", file.name);
            for ((_, read), row) in read.rows.iter().zip(&table.rows) {
                assert!(read.iter().eq(row.iter().map(String::as_str)), "{}", file.name);
            }
        }
    }

    #[test]
    fn a_corpus_comes_back_from_parquet_as_it_was() {
        let before: Vec<Annotations> =
            annotated_articles().iter().map(|(path, article)| Annotations::read(path, article)).collect();
        let files = write(&before).unwrap().files;
        let file = |name: &str| files.iter().find(|file| file.name == name).unwrap().bytes.clone();
        let after = read(file(FILES[0]), &|name| Ok(file(name))).unwrap();
        let after: Vec<Annotations> = after.into_iter().map(|article| article.annotations).collect();
        assert_eq!(after, before);
    }

    #[test]
    fn what_is_no_parquet_is_named() {
        let error = read(b"article,text".to_vec(), &|_| Err(String::new())).unwrap_err().to_string();
        assert!(error.starts_with("articles.parquet:1: this is no Parquet that can be read"), "{error}");
    }
}
