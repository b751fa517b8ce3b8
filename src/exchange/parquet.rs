//! The tables of a corpus as Parquet, a file a table, for programs that read columns.
//!
//! The same tables and columns as in CSV; places and numbers of spans are 64-bit integers, all else is text,
//! and what is empty there is null.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::registry::ImportError;
use super::tables::{self, Table};
use super::{Annotations, CorpusError, CorpusFile, ExportedCorpus};

/// The columns that are numbers.
const NUMBERS: [&str; 5] = ["span", "start", "end", "from", "to"];

/// The files, in the order of [`tables::FILES`].
const FILES: [&str; 3] = ["articles.parquet", "spans.parquet", "links.parquet"];

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
    let is_number = |column: &str| NUMBERS.contains(&column);
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

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    use super::*;
    use crate::exchange::annotations::annotated_articles;

    #[test]
    fn parquet_has_the_rows_of_the_tables() {
        let articles: Vec<Annotations> =
            annotated_articles().iter().map(|(path, article)| Annotations::read(path, article)).collect();
        let (tables, _) = tables::tables(&articles);
        let files = write(&articles).unwrap().files;
        for (table, file) in tables.iter().zip(files) {
            let reader = SerializedFileReader::new(bytes::Bytes::from(file.bytes)).unwrap();
            let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            assert_eq!(rows.len(), table.rows.len(), "{}", file.name);
            for (read, row) in rows.iter().zip(&table.rows) {
                let cells: Vec<String> = read
                    .get_column_iter()
                    .map(|(_, field)| match field {
                        parquet::record::Field::Str(text) => text.clone(),
                        parquet::record::Field::Long(number) => number.to_string(),
                        _ => String::new(),
                    })
                    .collect();
                assert_eq!(&cells, row, "{}", file.name);
            }
        }
    }
}
