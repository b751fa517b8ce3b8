//! JSON lines, an article a line.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::table::Columns;
use super::{Intake, IntakeError, MAX_BYTES, Place};

/// Hands the article of each line to `take`.
pub(super) fn read(
    input: &mut dyn BufRead,
    columns: &Columns,
    take: &mut dyn FnMut(Result<Intake, IntakeError>),
) {
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        let read = std::io::Read::take(&mut *input, MAX_BYTES).read_until(b'\n', &mut line);
        number += 1;
        let at = |message: String| IntakeError::at(Place::Line(number), message);
        match read {
            Ok(0) => return,
            Err(error) => return take(Err(at(error.to_string()))),
            Ok(_) if line.len() as u64 == MAX_BYTES && !line.ends_with(b"\n") => {
                return take(Err(at(format!("the line has more than {} MB", MAX_BYTES >> 20))));
            }
            Ok(_) => {}
        }
        let bytes = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| number == 1).unwrap_or(&line);
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let object = serde_json::from_slice::<Map<String, Value>>(bytes).map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            at(format!("column {}: {message}; a line is an object, {{\"text\": …}}", error.column()))
        });
        take(
            object
                .and_then(|object| article(&object, columns).map_err(at))
                .map(|article| Intake { place: Some(Place::Line(number)), ..article }),
        );
    }
}

fn article(object: &Map<String, Value>, columns: &Columns) -> Result<Intake, String> {
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    let places = columns.places(&keys)?;
    let value =
        |place: usize| keys.get(place).and_then(|key| object.get(*key)).map(words).unwrap_or_default();
    places.article(value)
}

/// The words of a value: of a list its items' with commas between them, of nothing none.
fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(object) => object.get("name").map(words).unwrap_or_default(),
        other => other.to_string(),
    }
}
