//! WebAnno TSV 3.3, as INCEpTION reads and writes it: a row a token, a column a feature.
//!
//! The grammar is the appendix "WebAnno TSV 3.3 File format" of INCEpTION's user guide. Layers and
//! features are those of [`super::cas`], offsets UTF-16 units. A row of its own (`1-2.1`) stands for
//! a part of a token and for a hole at one. White space between tokens cannot be annotated.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::cas::{FEATURES, LINK, Layer, SPAN, features, set};
use crate::exchange::annotations::{Graph, Link, Node, Offsets};
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations, Imported};
use crate::language::Passage;
use crate::text::{TextRange, size};

const FORMAT: &str = "#FORMAT=WebAnno TSV 3";

/// A token or a part of one.
struct Row {
    /// `1-2` or `1-2.1`.
    id: String,
    range: TextRange,
    /// The nodes that cover it, in their order.
    nodes: Vec<usize>,
}

/// The annotations as TSV, and what has no place in it, a sentence each.
pub(super) fn write(annotations: &Annotations) -> (String, Vec<String>) {
    let text = annotations.text.as_str();
    let graph = Graph::of(annotations, false);
    let offsets = Offsets::utf16(text);
    let sentences = sentences(text);
    let rows: Vec<Vec<Row>> =
        sentences.iter().enumerate().map(|(at, tokens)| rows(at, tokens, &graph)).collect();
    let mut lost = Vec::new();
    let mut first: FxHashMap<usize, &str> = FxHashMap::default();
    let mut held: FxHashMap<usize, TextRange> = FxHashMap::default();
    for row in rows.iter().flatten() {
        for node in &row.nodes {
            first.entry(*node).or_insert(&row.id);
            held.entry(*node).and_modify(|whole| *whole = whole.cover(row.range)).or_insert(row.range);
        }
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let words = &text[node.span.range];
        match held.get(&index) {
            None => lost.push(format!("the span '{words}' holds no token, so it has no row there")),
            Some(range) if *range != node.span.range => {
                lost.push(format!("the white space at the ends of the span '{words}' has no place there"));
            }
            Some(_) => {}
        }
    }
    let names: Vec<&str> = FEATURES.iter().map(|(feature, _)| *feature).collect();
    let mut out = format!("{FORMAT}.3\n#T_SP={SPAN}|{}\n#T_RL={LINK}|key|BT_{SPAN}\n\n", names.join("|"));
    let start =
        sentences.first().and_then(|tokens| tokens.first()).map_or(text.len(), |token| token.start().into());
    if !text[..start].is_empty() {
        lost.push("the white space before the text has no place there".to_owned());
    }
    for (at, (tokens, rows)) in sentences.iter().zip(&rows).enumerate() {
        let begin = tokens.first().map_or(0, |token| usize::from(token.start()));
        let end = sentences
            .get(at + 1)
            .and_then(|next| next.first())
            .map_or(text.len(), |next| next.start().into());
        out.push('\n');
        for line in text[begin..end].split('\n') {
            let _ = writeln!(out, "#Text={}", escaped_text(line));
        }
        for row in rows {
            let [begin, end] = offsets.units(row.range);
            let _ = write!(out, "{}\t{begin}-{end}\t{}\t", row.id, escaped_text(&text[row.range]));
            cells(&mut out, row, &graph, &first);
            out.push('\n');
        }
    }
    (out, lost)
}

/// The cells of a row.
fn cells(out: &mut String, row: &Row, graph: &Graph, first: &FxHashMap<usize, &str>) {
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); FEATURES.len()];
    for node in &row.nodes {
        let values = features(&graph.nodes[*node].span);
        for ((feature, _), column) in FEATURES.iter().zip(&mut columns) {
            let value = values.iter().find(|(name, _)| name == feature);
            let value = value.map_or_else(|| "*".to_owned(), |(_, value)| escaped(value));
            column.push(format!("{value}[{}]", node + 1));
        }
    }
    // A relation stands where the span it names begins.
    let links = graph.links.iter().filter(|link| first.get(&link.to) == Some(&row.id.as_str()));
    let links = links.filter_map(|link| Some((link, first.get(&link.from)?)));
    let (mut keys, mut governors) = (Vec::new(), Vec::new());
    for (link, governor) in links {
        keys.push(escaped(&link.key));
        governors.push(format!("{governor}[{}_{}]", link.from + 1, link.to + 1));
    }
    columns.extend([keys, governors]);
    for column in columns {
        out.push_str(if column.is_empty() { "_" } else { "" });
        out.push_str(&column.join("|"));
        out.push('\t');
    }
}

/// The tokens of each sentence; a line break ends one.
fn sentences(text: &str) -> Vec<Vec<TextRange>> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let passage = Passage::read(line);
        for sentence in passage.sentences() {
            out.push(
                passage.tokens().list[sentence.clone()].iter().map(|token| token.range + size(at)).collect(),
            );
        }
        at += line.len();
    }
    out
}

/// The rows of the sentence at `at`: its tokens, and the parts that nodes cover.
fn rows(at: usize, tokens: &[TextRange], graph: &Graph) -> Vec<Row> {
    let mut out = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let id = format!("{}-{}", at + 1, index + 1);
        let mut whole = Row { id: id.clone(), range: *token, nodes: Vec::new() };
        let mut parts: Vec<Row> = Vec::new();
        for (number, node) in graph.nodes.iter().enumerate() {
            let span = node.span.range;
            let here = if span.is_empty() {
                is_hole_of(span.start().into(), index, tokens).then_some(span)
            } else {
                token.intersect(span).filter(|part| !part.is_empty())
            };
            match here {
                Some(part) if part == *token => whole.nodes.push(number),
                Some(part) => match parts.iter_mut().find(|row| row.range == part) {
                    Some(row) => row.nodes.push(number),
                    None => parts.push(Row { id: String::new(), range: part, nodes: vec![number] }),
                },
                None => {}
            }
        }
        parts.sort_by_key(|row| (row.range.start(), row.range.end()));
        for (count, part) in parts.iter_mut().enumerate() {
            part.id = format!("{id}.{}", count + 1);
        }
        out.push(whole);
        out.extend(parts);
    }
    out
}

/// Whether a hole at byte `at` is told at token `index`: the one that begins there, or else the one
/// it is in or ends.
fn is_hole_of(at: usize, index: usize, tokens: &[TextRange]) -> bool {
    let token = tokens[index];
    let next = tokens.get(index + 1).map(|next| usize::from(next.start()));
    token.contains(size(at)) || usize::from(token.end()) == at && next != Some(at)
}

/// A value in a cell.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\t' => out += "\\t",
            '\n' => out += "\\n",
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', char]),
            '-' if chars.peek() == Some(&'>') => out += "\\-",
            char => out.push(char),
        }
    }
    out
}

/// Words of the text in a line or cell.
fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\t' => out += "\\t",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\u{c}' => out += "\\f",
            '\u{8}' => out += "\\b",
            '\\' => out += "\\\\",
            char => out.push(char),
        }
    }
    out
}

/// What was escaped.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\u{c}'),
            Some('b') => out.push('\u{8}'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// A layer of the file: what it is and its columns.
struct Columns {
    layer: Layer,
    name: String,
    features: Vec<String>,
    /// Its first column.
    at: usize,
}

/// The annotations of a TSV file.
///
/// # Errors
/// [`ImportError`] at the first line that cannot be read.
pub(super) fn read(name: &str, tsv: &str) -> Result<Imported, ImportError> {
    let lines: Vec<(usize, &str)> =
        tsv.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end_matches('\r'))).collect();
    if !lines.first().is_some_and(|(_, line)| line.starts_with(FORMAT)) {
        let message = format!("a WebAnno TSV file begins with '{FORMAT}.3'; versions 1 and 2 are not read");
        return Err(ImportError::new(1, message));
    }
    let mut layers: Vec<Columns> = Vec::new();
    let mut text = Text::default();
    let mut rows = Vec::new();
    for (number, line) in lines.iter().skip(1).copied() {
        if let Some(layer) = ["#T_SP=", "#T_RL=", "#T_CH="].iter().find_map(|mark| line.strip_prefix(mark)) {
            let at = layers.last().map_or(0, |last| last.at + last.features.len());
            let mut names = layer.split('|').map(str::to_owned);
            let name = names.next().unwrap_or_default();
            let mut features: Vec<String> = names.filter(|name| !name.is_empty()).collect();
            if features.is_empty() {
                features.push(String::new());
            }
            layers.push(Columns { layer: Layer::of(&name), name, features, at });
        } else if let Some(line) = line.strip_prefix("#Text=") {
            text.line(&unescaped(line));
        } else if !line.is_empty() && !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, place, _, cells @ ..] = &fields[..] else {
                let message = "a row is 'sentence-token', 'begin-end', the token and a cell a feature, with tabs between";
                return Err(ImportError::new(number, format!("'{line}': {message}")));
            };
            let place =
                place.split_once('-').and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
            let Some((begin, end)) = place else {
                return Err(ImportError::new(number, format!("'{}' is no 'begin-end'", fields[1])));
            };
            text.begins(begin);
            rows.push((number, *id, (begin, end), cells.to_vec()));
        }
    }
    text.begins(usize::MAX);
    let offsets = Offsets::utf16(&text.text);
    let mut reader = Spans::default();
    let mut relations = Vec::new();
    for (number, id, (begin, end), cells) in &rows {
        let range = offsets.range(*begin, *end).map_err(|error| ImportError::new(*number, error))?;
        for (index, layer) in layers.iter().enumerate() {
            let cells = cells.get(layer.at..layer.at + layer.features.len()).ok_or_else(|| {
                let message = format!("this row has no cell for each feature of the layer {}", layer.name);
                ImportError::new(*number, message)
            })?;
            if cells[0] == "_" || cells[0].is_empty() {
                continue;
            }
            match layer.layer {
                Layer::Silent => {}
                Layer::Unknown => {
                    *reader.unheld.entry(layer.name.clone()).or_default() += split(cells[0]).len();
                }
                Layer::Link => relations.push((*number, *id, cells.to_vec())),
                _ => reader.row(index, layer, id, range, cells),
            }
        }
    }
    for (number, id, cells) in relations {
        reader.relation(number, id, &cells)?;
    }
    reader.order();
    let Spans { graph, unheld, .. } = reader;
    let of_layer = |(layer, count): (&String, &usize)| {
        format!("{count} cells of the layer {layer} have no place in an article")
    };
    let mut lost: Vec<String> = unheld.iter().map(of_layer).collect();
    lost.sort();
    Ok(Imported { annotations: graph.annotations(name, text.text), lost })
}

/// The text as its lines tell it.
#[derive(Default)]
struct Text {
    text: String,
    units: usize,
    sentence: Option<String>,
}

impl Text {
    /// A further line of the sentence.
    fn line(&mut self, line: &str) {
        match &mut self.sentence {
            Some(sentence) => {
                sentence.push('\n');
                sentence.push_str(line);
            }
            None => self.sentence = Some(line.to_owned()),
        }
    }

    /// The sentence whose lines were read begins at UTF-16 unit `at`. What is between two sentences
    /// is not in the file: a space, or line breaks.
    fn begins(&mut self, at: usize) {
        let Some(sentence) = self.sentence.take() else { return };
        let gap = at.min(self.units + 64).saturating_sub(self.units);
        let filling = if at == usize::MAX {
            ""
        } else if gap == 1 {
            " "
        } else {
            "\n"
        };
        self.text.push_str(&filling.repeat(gap));
        self.text.push_str(&sentence);
        self.units += filling.len() * gap + sentence.chars().map(char::len_utf16).sum::<usize>();
    }
}

/// The spans of the rows read so far.
#[derive(Default)]
struct Spans {
    graph: Graph,
    /// The node of each disambiguation id of a layer.
    named: FxHashMap<(usize, String), usize>,
    /// The nodes of each row.
    rows: FxHashMap<String, Vec<usize>>,
    /// The node of each disambiguation id, for relations.
    ids: FxHashMap<String, usize>,
    unheld: FxHashMap<String, usize>,
}

impl Spans {
    /// The annotations of one layer in the row `id`.
    fn row(&mut self, index: usize, layer: &Columns, id: &str, range: TextRange, cells: &[&str]) {
        let columns: Vec<Vec<&str>> = cells.iter().map(|cell| split(cell)).collect();
        for stacked in 0..columns[0].len() {
            let values = layer.features.iter().zip(&columns);
            let values: Vec<(&str, &str, Option<&str>)> = values
                .filter_map(|(feature, column)| {
                    let (value, suffix) = suffixed(column.get(stacked)?);
                    Some((feature.as_str(), value, suffix))
                })
                .collect();
            let suffix = values.iter().find_map(|(.., suffix)| *suffix).map(str::to_owned);
            let known = suffix.as_ref().and_then(|suffix| self.named.get(&(index, suffix.clone())).copied());
            let node = known.unwrap_or_else(|| {
                let mut span = AnnotatedSpan { range, ..AnnotatedSpan::default() };
                for (feature, value, _) in values.iter().filter(|(_, value, _)| !matches!(*value, "*" | "_"))
                {
                    set(&mut span, feature, &unescaped(value));
                }
                if let Layer::Class(class) = layer.layer {
                    span.classes.insert(0, class.name().to_owned());
                }
                self.graph.nodes.push(Node { span, further: Vec::new() });
                self.graph.nodes.len() - 1
            });
            let whole = &mut self.graph.nodes[node].span.range;
            *whole = whole.cover(range);
            if let Some(suffix) = suffix {
                self.ids.insert(suffix.clone(), node);
                self.named.insert((index, suffix), node);
            }
            self.rows.entry(id.to_owned()).or_default().push(node);
        }
    }

    /// Puts the nodes in the order of their disambiguation ids: rows tell a hole after the token it
    /// stands before.
    fn order(&mut self) {
        let mut numbers: Vec<u64> = vec![u64::MAX; self.graph.nodes.len()];
        for (id, node) in &self.ids {
            numbers[*node] = id.parse().unwrap_or(u64::MAX);
        }
        let mut order: Vec<usize> = (0..numbers.len()).collect();
        order.sort_by_key(|node| numbers[*node]);
        let mut place = vec![0; order.len()];
        for (at, node) in order.iter().enumerate() {
            place[*node] = at;
        }
        let mut nodes: Vec<(usize, Node)> =
            place.iter().copied().zip(std::mem::take(&mut self.graph.nodes)).collect();
        nodes.sort_by_key(|(at, _)| *at);
        self.graph.nodes = nodes.into_iter().map(|(_, node)| node).collect();
        for link in &mut self.graph.links {
            (link.from, link.to) = (place[link.from], place[link.to]);
        }
    }

    /// The relations told in the row `id`: their keys and where they come from.
    fn relation(&mut self, number: usize, id: &str, cells: &[&str]) -> Result<(), ImportError> {
        let [keys, governors] = cells else {
            return Err(ImportError::new(
                number,
                format!("the layer {LINK} has the columns 'key' and 'BT_{SPAN}'"),
            ));
        };
        for (key, governor) in split(keys).into_iter().zip(split(governors)) {
            let (row, ids) = suffixed(governor);
            let ids = ids.and_then(|ids| ids.split_once('_')).unwrap_or(("0", "0"));
            let node = |id: &str, row: &str| {
                let only = || self.rows.get(row).and_then(|nodes| nodes.first().copied());
                self.ids.get(id).copied().filter(|_| id != "0").or_else(only)
            };
            let (Some(from), Some(to)) = (node(ids.0, row), node(ids.1, id)) else {
                return Err(ImportError::new(number, format!("'{governor}' is no annotation of the file")));
            };
            self.graph.links.push(Link { key: unescaped(suffixed(key).0), from, to });
        }
        Ok(())
    }
}

/// The stacked values of a cell.
fn split(cell: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, char) in cell.char_indices() {
        if char == '|' && !escaped {
            out.push(&cell[start..at]);
            start = at + 1;
        }
        escaped = char == '\\' && !escaped;
    }
    out.push(&cell[start..]);
    out
}

/// A value and the disambiguation id after it.
fn suffixed(value: &str) -> (&str, Option<&str>) {
    let read = value.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match read {
        Some((before, id))
            if id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') && !before.ends_with('\\') =>
        {
            (before, Some(id))
        }
        _ => (value, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::annotated_articles;

    #[test]
    fn articles_come_back_from_tsv_but_for_white_space_at_the_ends_of_spans() {
        for (path, article) in annotated_articles() {
            let mut before = Annotations::read(&path, &article);
            let (tsv, lost) = write(&before);
            let mut trimmed = 0;
            for span in &mut before.spans {
                let words = before.text[span.range].trim_end();
                trimmed += usize::from(words.len() < span.range.len().into());
                span.range = TextRange::at(span.range.start(), size(words.len()));
            }
            assert_eq!(lost.len(), trimmed, "{path}: {lost:?}");
            let after = read(&path, &tsv).unwrap();
            assert_eq!(after.annotations, before, "{path}");
            assert!(after.lost.is_empty());
        }
    }

    #[test]
    fn rows_are_tokens_and_relations_stand_at_what_they_name() {
        let (tsv, lost) = write(&Annotations::read(
            "a",
            "[Zoë]{#z .source} [said]{.cue for=c} []{.missing ref=fra}[no😀]{#c .claim by=z}.",
        ));
        let rows: Vec<&str> = tsv.lines().skip_while(|line| !line.starts_with("1-")).collect();
        let blank = "*[1]\t".repeat(12);
        assert_eq!(rows[0], format!("1-1\t0-3\tZoë\tsource[1]\tz[1]\t{blank}by\t1-3[4_1]\t"));
        assert!(rows[2].starts_with("1-3\t9-11\tno\tclaim[4]\tc[4]\t"), "{tsv}");
        assert!(rows[2].ends_with("\tfor\t1-2[2_4]\t"), "{tsv}");
        assert!(rows[3].starts_with("1-3.1\t9-9\t\tmissing[3]\t"), "{tsv}");
        assert!(lost.is_empty());
    }

    #[test]
    fn what_rows_cannot_tell_is_named() {
        let (_, lost) = write(&Annotations::read("a", " [a ]{.claim}b []{.missing} c"));
        assert_eq!(
            lost,
            [
                "the white space at the ends of the span 'a ' has no place there",
                "the span '' holds no token, so it has no row there",
                "the white space before the text has no place there",
            ]
        );
    }

    #[test]
    fn files_of_others_are_read() {
        let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Claim|stance\n#T_SP=x.Frame|value\n\n\n#Text=Bell made it .\n1-1\t0-4\tBell\t_\tA\\_b\n1-2\t5-9\tmade\toppose[1]\t_\n1-3\t10-12\tit\toppose[1]\t_\n1-4\t13-14\t.\t_\t_\n\n#Text=Yes .\n2-1\t16-19\tYes\t*\t_\n2-2\t20-21\t.\t_\t_\n";
        let read = read("a", tsv).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "Bell [made it]{.claim stance=oppose} .\n\n[Yes]{.claim} ."
        );
        assert_eq!(read.lost, ["1 cells of the layer x.Frame have no place in an article"]);
    }

    #[test]
    fn bad_lines_are_errors_that_say_what_would_be_right() {
        let error = |tsv: &str| read("a", tsv).unwrap_err().to_string();
        assert!(error("a\tb").starts_with("1: a WebAnno TSV file begins with"));
        let head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Claim|stance\n\n\n#Text=a\n";
        assert!(error(&format!("{head}1-1 0-1 a _")).starts_with("6: "));
        assert!(error(&format!("{head}1-1\tx\ta\t_")).contains("'begin-end'"));
        assert!(error(&format!("{head}1-1\t0-1\ta")).contains("no cell for each feature"));
        assert!(error(&format!("{head}1-1\t0-9\ta\t_")).contains("outside the text"));
    }

    #[test]
    fn reserved_signs_are_escaped() {
        let value = r"a\b[1]|c_d->e;*";
        assert_eq!(unescaped(&escaped(value)), value);
        assert_eq!(split(&format!("{}|x", escaped(value))).len(), 2);
    }
}
