//! brat's standoff: a text, and a file of annotations beside it.
//!
//! <https://brat.nlplab.org/standoff.html>. Offsets are code points. A span is a text-bound annotation
//! (with its further pieces: a discontinuous one), a key with a closed list of values an attribute,
//! `by`, `for` and `part-of` relations; what else a span says stands in a note in the article's own form.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::article::SpanClass;
use crate::exchange::annotations::{Graph, Link, Node, Offsets, attributes, from_attributes};
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations, Imported};
use crate::settings::Settings;
use crate::stance::vocabulary_in;

/// The keys with a closed list of values, each with the classes that take it.
const ATTRIBUTES: [(&str, &str); 5] =
    [("anon", "Source"), ("basis", "Source"), ("stance", "Claim"), ("voice", "Claim"), ("act", "Claim")];

/// The relations, each with the key it stands for and what it links.
const RELATIONS: [(&str, &str, &str, &str); 3] = [
    ("By", "by", "Claim|Quote", "Source|Actor"),
    ("For", "for", "Cue", "Claim|Quote"),
    ("PartOf", "part-of", "<ENTITY>", "<ENTITY>"),
];

/// The annotations as the lines of an `.ann` file.
pub(super) fn write(annotations: &Annotations) -> String {
    let graph = Graph::of(annotations, true);
    let offsets = Offsets::code_points(&annotations.text);
    let mut out = String::new();
    let (mut attribute, mut note) = (0, 0);
    for (index, Node { span, further }) in graph.nodes.iter().enumerate() {
        let target = format!("T{}", index + 1);
        let mut rest = span.clone();
        let kind = if rest.classes.is_empty() { "Span".to_owned() } else { kind_of(&rest.classes.remove(0)) };
        let pieces: Vec<_> = std::iter::once(&span.range).chain(further).collect();
        let places: Vec<String> =
            pieces.iter().map(|piece| offsets.units(**piece).map(|at| at.to_string()).join(" ")).collect();
        let words: Vec<&str> = pieces.iter().map(|piece| &annotations.text[**piece]).collect();
        let words = one_line(&words.join(" "));
        let _ = writeln!(out, "{target}\t{kind} {}\t{words}", places.join(";"));
        for (key, _) in ATTRIBUTES {
            let value = span.value(key).filter(|value| is_word(value));
            if let Some(value) = value {
                attribute += 1;
                let _ = writeln!(out, "A{attribute}\t{} {target} {value}", capitalised(key));
                rest.keys.retain(|(name, _)| name != key);
            }
        }
        if let Some(text) = attributes(&rest).filter(|text| text != "{}") {
            note += 1;
            let _ = writeln!(out, "#{note}\tAnnotatorNotes {target}\t{text}");
        }
    }
    for (index, Link { key, from, to }) in graph.links.iter().enumerate() {
        let relation = RELATIONS.iter().find(|(_, of, ..)| of == key).map_or("PartOf", |(name, ..)| name);
        let _ = writeln!(out, "R{}\t{relation} Arg1:T{} Arg2:T{}", index + 1, from + 1, to + 1);
    }
    out
}

/// The `annotation.conf` for `articles`: their types and values beside those of the format.
pub(super) fn configuration<'a>(
    articles: impl IntoIterator<Item = &'a Annotations>,
    settings: &[Settings],
) -> String {
    let mut kinds: Vec<String> = SpanClass::ALL.map(|class| capitalised(class.name())).to_vec();
    let mut values: FxHashMap<&str, Vec<String>> = FxHashMap::default();
    for (key, _) in ATTRIBUTES {
        let lists = settings.iter().filter_map(|settings| vocabulary_in(settings, key));
        let mut known: Vec<String> = Vec::new();
        for name in lists.flat_map(|list| list.into_owned().values).map(|value| value.name) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
        values.insert(key, known);
    }
    for span in articles.into_iter().flat_map(|article| &article.spans) {
        let kind = span.classes.first().map_or_else(|| "Span".to_owned(), |class| kind_of(class));
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
        for (key, known) in &mut values {
            if let Some(value) = span.value(key).filter(|value| is_word(value))
                && !known.iter().any(|one| one == value)
            {
                known.push(value.to_owned());
            }
        }
    }
    let mut out = format!("[entities]\n{}\n\n[relations]\n", kinds.join("\n"));
    for (name, _, from, to) in RELATIONS {
        let _ = writeln!(out, "{name}\tArg1:{from}, Arg2:{to}");
    }
    out += "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n";
    for (key, class) in ATTRIBUTES {
        let _ = writeln!(out, "{}\tArg:{class}, Value:{}", capitalised(key), values[key].join("|"));
    }
    out
}

/// The annotations of an `.ann` file on `text`.
///
/// An event whose roles are `Source`, `Cue` and `Content` (as in PolNeAR and PARC) is read as an
/// attribution, and a text-bound `Content` as a claim.
///
/// # Errors
/// [`ImportError`] at the first line that cannot be read or does not fit the text.
pub(super) fn read(name: &str, text: String, ann: &str) -> Result<Imported, ImportError> {
    let mut reader = Reader { offsets: Offsets::code_points(&text), text: &text, ..Reader::new() };
    let lines = ann.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end_matches('\r')));
    let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
    for (number, line) in lines.iter().filter(|(_, line)| line.starts_with('T')) {
        reader.bound(*number, line)?;
    }
    for (number, line) in lines.iter().filter(|(_, line)| !line.starts_with('T')) {
        reader.other(*number, line)?;
    }
    let Reader { mut graph, triggers, lost, .. } = reader;
    // The trigger of an event is no span of its own.
    let mut place = Vec::new();
    let mut nodes = Vec::new();
    for (index, node) in graph.nodes.into_iter().enumerate() {
        place.push(nodes.len());
        if !triggers.contains(&index) {
            nodes.push(node);
        }
    }
    graph.links.retain(|link| !triggers.contains(&link.from) && !triggers.contains(&link.to));
    for link in &mut graph.links {
        (link.from, link.to) = (place[link.from], place[link.to]);
    }
    graph.nodes = nodes;
    Ok(Imported { annotations: graph.annotations(name, text), lost })
}

struct Reader<'a> {
    text: &'a str,
    offsets: Offsets,
    graph: Graph,
    /// The node of each text-bound annotation.
    bound: FxHashMap<String, usize>,
    /// The nodes that only trigger an event.
    triggers: Vec<usize>,
    lost: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new() -> Reader<'a> {
        Self {
            text: "",
            offsets: Offsets::code_points(""),
            graph: Graph::default(),
            bound: FxHashMap::default(),
            triggers: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// A text-bound annotation: `T1\tClaim 0 5;8 12\twords`.
    fn bound(&mut self, number: usize, line: &str) -> Result<(), ImportError> {
        let wrong = |message: String| ImportError::new(number, message);
        let form = || {
            wrong(format!(
                "'{line}' is no text-bound annotation; one is 'T1', a tab, 'Claim 0 5', a tab and the words"
            ))
        };
        let mut fields = line.splitn(3, '\t');
        let (Some(id), Some(data)) = (fields.next(), fields.next()) else { return Err(form()) };
        let (kind, places) = data.split_once(' ').ok_or_else(form)?;
        let mut ranges = Vec::new();
        for place in places.split(';') {
            let (start, end) = place.trim().split_once(' ').ok_or_else(form)?;
            let (Ok(start), Ok(end)) = (start.parse(), end.trim().parse()) else { return Err(form()) };
            ranges.push(self.offsets.range(start, end).map_err(wrong)?);
        }
        if let Some(words) = fields.next() {
            let here: Vec<&str> = ranges.iter().map(|range| &self.text[*range]).collect();
            let here = here.join(" ");
            if plain(words) != plain(&here) {
                return Err(wrong(format!(
                    "{places} is '{}' in the text, not '{words}': the annotations are of another text",
                    one_line(&here)
                )));
            }
        }
        ranges.sort_by_key(|range| range.start());
        let mut further = ranges.split_off(1);
        further.retain(|range| !range.is_empty());
        let classes = if kind == "Span" { Vec::new() } else { vec![class_of(kind)] };
        let span = AnnotatedSpan { classes, range: ranges[0], ..AnnotatedSpan::default() };
        if self.bound.insert(id.to_owned(), self.graph.nodes.len()).is_some() {
            return Err(wrong(format!("'{id}' is there twice; each annotation has an id of its own")));
        }
        self.graph.nodes.push(Node { span, further });
        Ok(())
    }

    /// Any other annotation.
    fn other(&mut self, number: usize, line: &str) -> Result<(), ImportError> {
        let mut fields = line.splitn(3, '\t');
        let (Some(id), Some(data)) = (fields.next(), fields.next()) else {
            return Err(ImportError::new(number, format!("'{line}' has no tab after its id")));
        };
        let words: Vec<&str> = data.split_whitespace().collect();
        let named = |target: &str| self.bound.get(target).copied();
        match (id.chars().next(), &words[..]) {
            (Some('A' | 'M'), [key, target, value @ ..]) => match named(target) {
                Some(node) => {
                    let value = if value.is_empty() { "true".to_owned() } else { value.join(" ") };
                    self.graph.nodes[node].span.set(&key.to_lowercase(), &value);
                }
                None => self.unheld(number, "an attribute of what is no text-bound annotation"),
            },
            (Some('R'), [kind, first, second]) => {
                let known =
                    RELATIONS.iter().find(|(name, key, ..)| name.eq_ignore_ascii_case(kind) || key == kind);
                let ends =
                    [first, second].map(|end| end.split_once(':').and_then(|(_, target)| named(target)));
                match (known, ends) {
                    (_, [None, _] | [_, None]) => {
                        let message =
                            "a relation is 'By Arg1:T1 Arg2:T2', and both annotations are in the file";
                        return Err(ImportError::new(number, format!("'{line}': {message}")));
                    }
                    (Some((_, key, ..)), [Some(from), Some(to)]) => {
                        self.graph.links.push(Link { key: (*key).to_owned(), from, to });
                    }
                    (None, _) => {
                        self.unheld(number, &format!("the relation '{kind}'; there are By, For and PartOf"));
                    }
                }
            }
            (Some('E'), [trigger, roles @ ..]) => self.event(number, trigger, roles),
            (Some('#'), [_, target, ..]) => {
                let text = fields.next().unwrap_or_default();
                match (named(target), from_attributes(text)) {
                    (Some(node), Some(read)) => {
                        let span = &mut self.graph.nodes[node].span;
                        span.id = read.id;
                        span.classes.extend(read.classes);
                        read.keys.iter().for_each(|(key, value)| span.set(key, value));
                    }
                    _ => self.unheld(number, &format!("the note '{text}'")),
                }
            }
            (Some('N'), _) => self.unheld(number, "a normalisation"),
            (Some('*'), _) => self.unheld(number, "an equivalence"),
            _ => {
                let message = "brat's lines begin with T, A, M, R, E, N, # or *";
                return Err(ImportError::new(number, format!("'{line}' is none of them: {message}")));
            }
        }
        Ok(())
    }

    /// `Attribution:T4 Content:T3 Cue:T2 Source:T1`.
    fn event(&mut self, number: usize, trigger: &str, roles: &[&str]) {
        let mut parts: [Vec<usize>; 3] = Default::default();
        for role in roles {
            let Some((role, target)) = role.split_once(':') else { continue };
            let kind = role.trim_end_matches(|char: char| char.is_ascii_digit()).to_lowercase();
            let part = match kind.as_str() {
                "content" | "claim" | "quote" => 0,
                "source" => 1,
                "cue" => 2,
                _ => {
                    self.unheld(number, &format!("the role '{role}'; there are Source, Cue and Content"));
                    continue;
                }
            };
            match self.bound.get(target) {
                Some(node) => parts[part].push(*node),
                None => self.unheld(number, &format!("'{target}', which is no text-bound annotation")),
            }
        }
        let trigger = trigger.split_once(':').and_then(|(_, target)| self.bound.get(target).copied());
        if let Some(trigger) = trigger
            && self.graph.nodes[trigger].span.class().is_none()
            && !self.triggers.contains(&trigger)
        {
            self.triggers.push(trigger);
        }
        let [contents, sources, cues] = parts;
        let Some((head, pieces)) = contents.split_first() else {
            self.unheld(number, "an event without content");
            return;
        };
        let pieces = pieces.iter().map(|piece| ("part-of", *piece, *head));
        let sources = sources.iter().map(|source| ("by", *head, *source));
        let cues = cues.iter().map(|cue| ("for", *cue, *head));
        let links = pieces.chain(sources).chain(cues);
        self.graph.links.extend(links.map(|(key, from, to)| Link { key: key.to_owned(), from, to }));
    }

    fn unheld(&mut self, number: usize, what: &str) {
        self.lost.push(format!("line {number}: {what} has no place in an article"));
    }
}

/// The type of a class.
fn kind_of(class: &str) -> String {
    if SpanClass::from_name(class).is_some() { capitalised(class) } else { class.to_owned() }
}

/// The class of a type.
fn class_of(kind: &str) -> String {
    let lower = kind.to_lowercase();
    if SpanClass::from_name(&lower).is_some() {
        return lower;
    }
    if lower == "content" { "claim".to_owned() } else { kind.to_owned() }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && !value.contains(char::is_whitespace)
}

/// `words` with line breaks and tabs as spaces, character by character.
fn one_line(words: &str) -> String {
    words.replace(['\n', '\r', '\t'], " ")
}

/// `words` without white space: brat writes breaks between and in pieces in more than one way.
fn plain(words: &str) -> String {
    words.chars().filter(|char| !char.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::articles_come_back;

    #[test]
    fn articles_come_back_from_brat_as_they_were() {
        articles_come_back(|before| read(&before.name, before.text.clone(), &write(before)).unwrap());
    }

    #[test]
    fn pieces_are_one_discontinuous_span_and_keys_are_attributes_relations_and_notes() {
        let article = "Café: [“We lost,”]{#c1 .claim by=s on=vote stance=oppose} [Zoë]{#s .source anon=named ref=zoe} [said]{.cue for=c1}, [“badly.”]{.claim part-of=c1}";
        assert_eq!(
            write(&Annotations::read("a", article)),
            "T1\tClaim 6 16;27 35\t“We lost,” “badly.”\n\
             A1\tStance T1 oppose\n\
             #1\tAnnotatorNotes T1\t{#c1 on=vote}\n\
             T2\tSource 17 20\tZoë\n\
             A2\tAnon T2 named\n\
             #2\tAnnotatorNotes T2\t{#s ref=zoe}\n\
             T3\tCue 21 25\tsaid\n\
             R1\tBy Arg1:T1 Arg2:T2\n\
             R2\tFor Arg1:T3 Arg2:T1\n"
        );
    }

    #[test]
    fn an_attribution_that_is_an_event_is_read() {
        let text = "The clerk said the office was closed.";
        let ann = "T1\tSource 0 9\tThe clerk\nT2\tCue 10 14\tsaid\nT3\tContent 15 36\tthe office was closed\nT4\tAttribution 0 36\tThe clerk said the office was closed\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n#1\tAnnotatorNotes T1\tcheck this\n";
        let read = read("a", text.to_owned(), ann).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "[The clerk]{#s1 .source} [said]{.cue for=c2} [the office was closed]{#c2 .claim by=s1}."
        );
        assert_eq!(read.lost, ["line 6: the note 'check this' has no place in an article"]);
    }

    #[test]
    fn bad_lines_are_errors_that_say_what_would_be_right() {
        let error = |ann: &str| read("a", "The clerk said so.".to_owned(), ann).unwrap_err().to_string();
        assert!(
            error("T1\tSource 0 9\tThe clark").contains("1: 0 9 is 'The clerk' in the text, not 'The clark'")
        );
        assert!(error("\nT1\tSource 0 99\tx").starts_with("2: the span 0 to 99 lies outside the text"));
        assert!(error("T1 Source 0 9").contains("'Claim 0 5'"));
        assert!(error("R1\tBy Arg1:T1 Arg2:T2").contains("both annotations are in the file"));
        assert!(error("nonsense\tx y").contains("begin with T, A"));
    }

    #[test]
    fn the_configuration_names_types_relations_and_values() {
        let article = Annotations::read("a", "[a]{.claim stance=hedged} [b]{.Frame}");
        let conf = configuration([&article], &[Settings::default()]);
        assert!(conf.contains("\nFrame\n"), "{conf}");
        assert!(conf.contains("By\tArg1:Claim|Quote, Arg2:Source|Actor\n"));
        assert!(
            conf.contains("Stance\tArg:Claim, Value:support|oppose|neutral|mixed|unrelated|hedged\n"),
            "{conf}"
        );
    }
}
