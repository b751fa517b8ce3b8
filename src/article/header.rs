//! The header: the wire form's date line, or YAML front matter.

use jiff::civil;

use super::yaml::{self, Node};
use super::{Fault, FaultKind, Word};
use crate::text::{TextEdit, TextRange, range};

/// A day of the calendar.
pub type Date = civil::Date;

/// What stands before the text of an article. All ranges are bytes of the article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// How it is written; none when there is no header.
    pub form: Option<HeaderForm>,
    /// From the text's first byte to where the body begins.
    pub range: TextRange,
    /// The day the article is of, where it was given and is a day.
    pub date: Option<(Date, TextRange)>,
    /// The headline.
    pub title: Option<Word>,
    /// Who publishes it.
    pub outlet: Option<Word>,
    /// Who wrote it.
    pub byline: Option<Word>,
    /// Where it was published.
    pub url: Option<Word>,
    /// The language, as a BCP 47 tag.
    pub language: Option<Word>,
    /// What sort of text it is, where that is said; elsewhere it is taken for news.
    pub genre: Option<Genre>,
    /// The sources it declares.
    pub sources: Vec<DeclaredSource>,
    /// The actors it declares.
    pub actors: Vec<DeclaredActor>,
    /// What its stances are about: id and label.
    pub on: Vec<(Word, Word)>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// The first word of a text that is plainly in another language than English, while the header says none; who
    /// reads the text says so.
    pub foreign: Option<TextRange>,
    /// In what manner the text is written; who reads the text says so, where a rule asks.
    pub manner: Manner,
}

/// In what manner an article is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Manner {
    /// It is of markets, firms' results and trade, by its words.
    pub is_business: bool,
    /// Three of four paragraphs are one sentence, as broadcasters and agencies write: where a paragraph ends tells
    /// nothing there.
    pub in_single_sentences: bool,
    /// The writer speaks in person and cites next to nobody, as in a column: what is judged there is the writer's to judge.
    pub is_commentary: bool,
}

/// How a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// `date YYYY-MM-DD`, the text following on the same line.
    Wire,
    /// YAML between `---` lines.
    FrontMatter,
}

/// What sort of text an article is; it decides which rules speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Genre {
    /// A news report.
    News,
    /// A report that explains.
    Analysis,
    /// A column or leader.
    Opinion,
    /// Questions and answers.
    Interview,
    /// A live blog.
    Live,
    /// An organisation's own announcement.
    PressRelease,
}

/// The values of `genre`, as they are written.
const GENRES: [(&str, Genre); 6] = [
    ("news", Genre::News),
    ("analysis", Genre::Analysis),
    ("opinion", Genre::Opinion),
    ("interview", Genre::Interview),
    ("live", Genre::Live),
    ("press-release", Genre::PressRelease),
];

/// A source the header declares under `sources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredSource {
    /// Its id.
    pub id: Word,
    /// Its name.
    pub name: Option<Word>,
    /// What kind of source it is.
    pub kind: Option<Word>,
    /// How many people it stands for.
    pub count: Option<u32>,
    /// How it knows.
    pub basis: Option<Word>,
}

/// An actor the header declares under `actors`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclaredActor {
    /// Its id.
    pub id: Word,
    /// Its name.
    pub name: Option<Word>,
    /// Other names.
    pub aliases: Vec<Word>,
    /// person, organisation, country, place, outlet or group.
    pub kind: Option<Word>,
    /// A sentence about it.
    pub note: Option<Word>,
    /// The offices it held.
    pub roles: Vec<DeclaredRole>,
    /// Pages about it: what the link is to (`wikidata`, `website`) and the address or key.
    pub links: Vec<(Word, Word)>,
}

/// An office an actor held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclaredRole {
    /// The office.
    pub title: Option<Word>,
    /// Of what.
    pub of: Option<Word>,
    /// The first day, none when unknown.
    pub from: Option<Date>,
    /// The last day, none when it goes on or is unknown.
    pub to: Option<Date>,
}

impl Header {
    /// Reads the header of `text`. Never fails: what is wrong is among its faults.
    pub fn parse(text: &str) -> Self {
        if let Some(header) = front_matter(text) {
            return header;
        }
        wire(text).unwrap_or_default()
    }

    /// A header that says `pairs`, keys and values as front matter has them, for what is known of an article
    /// besides its text. Its places are empty; what is wrong is among its faults.
    pub fn beside<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let scalar =
            |text: &str| Node::Scalar { text: text.to_owned(), plain: false, range: TextRange::default() };
        let mut header = Self::default();
        header.read(pairs.into_iter().map(|(key, value)| (scalar(key), scalar(value))).collect());
        header
    }

    /// With what `beside` knows of day, title, outlet, byline, address, language and genre where it says
    /// nothing itself.
    #[must_use]
    pub fn or(mut self, beside: &Self) -> Self {
        self.date = self.date.or(beside.date);
        for (own, known) in [
            (&mut self.title, &beside.title),
            (&mut self.outlet, &beside.outlet),
            (&mut self.byline, &beside.byline),
            (&mut self.url, &beside.url),
            (&mut self.language, &beside.language),
        ] {
            if own.is_none() {
                own.clone_from(known);
            }
        }
        self.genre = self.genre.or(beside.genre);
        self
    }

    /// Whether the article is in English: it says so, or says nothing and its text is not plainly in another language.
    pub fn is_english(&self) -> bool {
        self.language.as_ref().map_or(self.foreign.is_none(), |language| {
            let first = language.text.split(['-', '_']).next().unwrap_or_default();
            ["en", "eng", "english"].iter().any(|name| first.eq_ignore_ascii_case(name))
        })
    }

    /// Whether the article is taken for a commentary: it does not say what it is, and is written as one.
    pub fn is_commentary(&self) -> bool {
        self.genre.is_none() && self.manner.is_commentary
    }

    /// The article's day.
    pub fn day(&self) -> Option<Date> {
        self.date.map(|(date, _)| date)
    }

    fn fault(&mut self, range: TextRange, message: String) {
        self.faults.push(Fault { range, kind: FaultKind::Header, message, fix: None });
    }
}

/// `date YYYY-MM-DD` at the head of the text, white space before it allowed.
fn wire(text: &str) -> Option<Header> {
    let start = text.len() - text.trim_start().len();
    let rest = text[start..].strip_prefix("date")?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let value = start + "date".len() + blank;
    if blank == 0 || !text[value..].starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let end = value + text[value..].find(char::is_whitespace).unwrap_or(text.len() - value);
    let after = end + (text[end..].len() - text[end..].trim_start().len());
    let mut header = Header { form: Some(HeaderForm::Wire), range: range(0, after), ..Header::default() };
    header.set_date(&text[value..end], range(value, end));
    Some(header)
}

/// YAML between a first line `---` and the next line `---` or `...`.
fn front_matter(text: &str) -> Option<Header> {
    let first = text.strip_prefix("---")?;
    let line_end = first.find('\n')?;
    if !first[..line_end].trim().is_empty() {
        return None;
    }
    let start = "---".len() + line_end + 1;
    let mut at = start;
    let mut close = None;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            close = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((yaml_end, end)) = close else {
        // A ruler or a text that begins with dashes is no header; keys without an end are.
        let first = text[start..].lines().next().unwrap_or("");
        let key = first.split(':').next().unwrap_or("");
        KEYS.contains(&key).then_some(())?;
        let mut header = Header { form: Some(HeaderForm::FrontMatter), ..Header::default() };
        header.fault(
            range(0, 3),
            "This front matter is not closed: it needs a line '---' after it.".to_owned(),
        );
        return Some(header);
    };
    let mut header =
        Header { form: Some(HeaderForm::FrontMatter), range: range(0, end), ..Header::default() };
    match yaml::parse(&text[start..yaml_end], start) {
        Ok(Some(Node::Mapping { pairs, .. })) => header.read(pairs),
        Ok(None) => {}
        Ok(Some(other)) => {
            header.fault(other.range(), "Front matter is a list of 'key: value' lines.".to_owned());
        }
        Err(error) => {
            header.fault(error.range, format!("This is not YAML: {}.", error.message));
        }
    }
    Some(header)
}

/// The keys of front matter.
pub(super) const KEYS: [&str; 10] =
    ["date", "title", "outlet", "byline", "url", "language", "genre", "sources", "actors", "on"];

impl Header {
    fn read(&mut self, pairs: Vec<(Node, Node)>) {
        for (key, value) in self.unique(pairs) {
            match key.text.as_str() {
                "date" => {
                    if let Some(word) = self.word(&value) {
                        self.set_date(&word.text, word.range);
                    }
                }
                "title" => self.title = self.word(&value),
                "outlet" => self.outlet = self.word(&value),
                "byline" => self.byline = self.word(&value),
                "url" => self.url = self.word(&value),
                "language" => self.language = self.word(&value),
                "genre" => self.set_genre(&value),
                "sources" => self.sources = self.entries(value, Self::source),
                "actors" => self.actors = self.entries(value, Self::actor),
                "on" => self.on = self.entries(value, |header, id, value| Some((id, header.word(&value)?))),
                _ => self.unknown(&key, "key here", &KEYS),
            }
        }
    }

    /// The pairs with a scalar key, the first of each name.
    fn unique(&mut self, pairs: Vec<(Node, Node)>) -> Vec<(Word, Node)> {
        let mut out: Vec<(Word, Node)> = Vec::new();
        for (key, value) in pairs {
            let Some(key) = self.word(&key) else { continue };
            if out.iter().any(|(known, _)| known.text == key.text) {
                self.fault(key.range, format!("'{}' is given twice; the first counts.", key.text));
            } else {
                out.push((key, value));
            }
        }
        out
    }

    /// `word`, which is none of `known`; `what` says what it should be ("key here").
    fn unknown(&mut self, word: &Word, what: &str, known: &[&str]) {
        let distance = |name: &&str| strsim::levenshtein(name, &word.text);
        let near = known.iter().copied().min_by_key(distance).filter(|name| distance(name) <= 2);
        let message = match near {
            Some(near) => format!("'{}' is no {what}. Did you mean '{near}'?", word.text),
            None => format!("'{}' is no {what}; there are {}.", word.text, known.join(", ")),
        };
        let fix = near.map(|near| TextEdit { range: word.range, new_text: near.to_owned() });
        self.faults.push(Fault { range: word.range, kind: FaultKind::Header, message, fix });
    }

    fn word(&mut self, node: &Node) -> Option<Word> {
        if let Node::Scalar { text, range, .. } = node {
            return Some(Word { text: text.clone(), range: *range });
        }
        self.fault(node.range(), "A single value belongs here.".to_owned());
        None
    }

    fn set_date(&mut self, text: &str, range: TextRange) {
        self.date = self.day_of(text, range).map(|date| (date, range));
    }

    /// The day written `text` at `range`.
    fn day_of(&mut self, text: &str, range: TextRange) -> Option<Date> {
        let NotADay { message, meant } = match parse_date(text) {
            Ok(date) => return Some(date),
            Err(error) => error,
        };
        let fix = meant.map(|date| TextEdit { range, new_text: date.to_string() });
        self.faults.push(Fault { range, kind: FaultKind::Header, message, fix });
        None
    }

    fn set_genre(&mut self, node: &Node) {
        let Some(word) = self.word(node) else { return };
        if let Some((_, genre)) = GENRES.iter().find(|(name, _)| *name == word.text) {
            self.genre = Some(*genre);
        } else {
            self.unknown(&word, "genre", &GENRES.map(|(name, _)| name));
        }
    }

    /// The entries of a mapping from ids, each read by `read`.
    fn entries<T>(&mut self, node: Node, read: impl Fn(&mut Self, Word, Node) -> Option<T>) -> Vec<T> {
        match node {
            Node::Mapping { pairs, .. } => {
                self.unique(pairs).into_iter().filter_map(|(id, value)| read(self, id, value)).collect()
            }
            other => {
                self.fault(other.range(), "An indented list of 'id: …' belongs here.".to_owned());
                Vec::new()
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "one shape for all readers of entries")]
    fn source(&mut self, id: Word, node: Node) -> Option<DeclaredSource> {
        let mut out = DeclaredSource { id, name: None, kind: None, count: None, basis: None };
        let Node::Mapping { pairs, .. } = node else {
            out.name = self.word(&node);
            return Some(out);
        };
        for (key, value) in self.unique(pairs) {
            match key.text.as_str() {
                "name" => out.name = self.word(&value),
                "kind" => out.kind = self.word(&value),
                "basis" => out.basis = self.word(&value),
                "count" => {
                    if let Some(word) = self.word(&value) {
                        match word.text.parse() {
                            Ok(count) => out.count = Some(count),
                            Err(_) => {
                                self.fault(word.range, format!("'{}' is no number of people.", word.text));
                            }
                        }
                    }
                }
                _ => self.unknown(&key, "key here", &["name", "kind", "count", "basis"]),
            }
        }
        Some(out)
    }

    #[expect(clippy::unnecessary_wraps, reason = "one shape for all readers of entries")]
    fn actor(&mut self, id: Word, node: Node) -> Option<DeclaredActor> {
        let mut out = DeclaredActor { id, ..DeclaredActor::default() };
        let Node::Mapping { pairs, .. } = node else {
            out.name = self.word(&node);
            return Some(out);
        };
        for (key, value) in self.unique(pairs) {
            match key.text.as_str() {
                "name" => out.name = self.word(&value),
                "kind" => out.kind = self.actor_kind(&value),
                "note" => out.note = self.word(&value),
                "aliases" => {
                    let items = if let Node::Sequence { items, .. } = value { items } else { vec![value] };
                    out.aliases = items.iter().filter_map(|item| self.word(item)).collect();
                }
                "roles" => {
                    let items = if let Node::Sequence { items, .. } = value { items } else { vec![value] };
                    out.roles = items.into_iter().map(|item| self.role(item)).collect();
                }
                "links" => {
                    out.links = self.entries(value, |header, to, link| Some((to, header.word(&link)?)));
                }
                _ => self.unknown(&key, "key here", &["name", "kind", "note", "aliases", "roles", "links"]),
            }
        }
        Some(out)
    }

    fn role(&mut self, node: Node) -> DeclaredRole {
        let mut out = DeclaredRole::default();
        let mut last = TextRange::default();
        let Node::Mapping { pairs, .. } = node else {
            out.title = self.word(&node);
            return out;
        };
        for (key, value) in self.unique(pairs) {
            let Some(word) = self.word(&value) else { continue };
            match key.text.as_str() {
                "title" => out.title = Some(word),
                "of" => out.of = Some(word),
                "from" => out.from = self.day_of(&word.text, word.range),
                "to" => {
                    out.to = self.day_of(&word.text, word.range);
                    last = word.range;
                }
                _ => self.unknown(&key, "key here", &["title", "of", "from", "to"]),
            }
        }
        if let (Some(from), Some(to)) = (out.from, out.to)
            && to < from
        {
            self.fault(last, format!("This office ends on {to}, before it begins on {from}."));
        }
        out
    }

    fn actor_kind(&mut self, node: &Node) -> Option<Word> {
        let word = self.word(node)?;
        if !ACTOR_KINDS.contains(&word.text.as_str()) {
            self.unknown(&word, "kind of actor", &ACTOR_KINDS);
        }
        Some(word)
    }
}

/// What an actor can be.
const ACTOR_KINDS: [&str; 6] = ["person", "organisation", "country", "place", "outlet", "group"];

/// Why some words are no day.
struct NotADay {
    message: String,
    /// The day they plainly mean.
    meant: Option<Date>,
}

/// A day written `YYYY-MM-DD`.
fn parse_date(text: &str) -> Result<Date, NotADay> {
    let right = "Write it as year, month and day: 2022-10-09.";
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let [4, 1..=2, 1..=2] = lengths[..] else {
        return Err(NotADay { message: format!("'{text}' is not a date. {right}"), meant: None });
    };
    let date: Option<Date> =
        if digits { format!("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]).parse().ok() } else { None };
    match date {
        Some(date) if date.to_string() == text => Ok(date),
        Some(date) => Err(NotADay {
            message: format!("'{text}' is not written as dates are here. {right}"),
            meant: Some(date),
        }),
        None if digits => {
            Err(NotADay { message: format!("'{text}' is not a day of the calendar. {right}"), meant: None })
        }
        None => Err(NotADay { message: format!("'{text}' is not a date. {right}"), meant: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_leaves_the_text_on_its_line() {
        let text = " date 2022-10-09 The United States";
        let header = Header::parse(text);
        assert_eq!(header.day(), Some(civil::date(2022, 10, 9)));
        assert_eq!(&text[usize::from(header.range.end())..], "The United States");
    }

    #[test]
    fn a_word_that_only_looks_like_a_header_is_text() {
        assert_eq!(Header::parse("date night was cancelled"), Header::default());
        assert_eq!(Header::parse("dates 2022"), Header::default());
        assert_eq!(Header::parse("---\nHe left.\n"), Header::default());
    }

    #[test]
    fn english_is_told_by_its_tag_and_by_its_name() {
        for (language, is_english) in [
            ("en", true),
            ("en-GB", true),
            ("en_US", true),
            ("English", true),
            ("eng", true),
            ("de", false),
            ("enm", false),
        ] {
            let header = Header::parse(&format!("---\nlanguage: {language}\n---\nText."));
            assert_eq!(header.is_english(), is_english, "{language}");
        }
    }

    #[test]
    fn a_wrong_date_is_a_fault_at_its_place() {
        let header = Header::parse("date 2022-13-09 Text");
        assert_eq!(header.day(), None);
        assert_eq!(header.faults[0].range, range(5, 15));
    }

    #[test]
    fn front_matter_is_read_with_places() {
        let text = "---\ndate: 2022-10-09\noutlet: \"Tribune\"\nactors:\n  pm:\n    name: Ann Lee\n    roles:\n    - {title: Prime Minister, from: 2020-01-01}\n---\nBody";
        let header = Header::parse(text);
        assert!(header.faults.is_empty(), "{:?}", header.faults);
        assert_eq!(header.outlet.as_ref().map(|word| word.text.as_str()), Some("Tribune"));
        assert_eq!(&text[header.actors[0].id.range], "pm");
        assert_eq!(header.actors[0].roles[0].from, Some(civil::date(2020, 1, 1)));
        assert_eq!(&text[usize::from(header.range.end())..], "Body");
    }

    #[test]
    fn what_is_known_besides_the_text_holds_where_the_header_is_silent() {
        let beside =
            Header::beside([("date", "2022-10-09"), ("outlet", "The Courier"), ("genre", "opinion")]);
        let header = Header::parse("---\noutlet: The Mail\n---\nHe left.").or(&beside);
        assert_eq!(header.day(), Some(civil::date(2022, 10, 9)));
        assert_eq!(header.outlet.map(|word| word.text), Some("The Mail".to_owned()));
        assert_eq!(header.genre, Some(Genre::Opinion));
        assert_eq!(Header::beside([("date", "9 October")]).faults.len(), 1);
    }

    #[test]
    fn unknown_and_repeated_keys_are_faults_and_the_rest_is_read() {
        let text = "---\ndate: 2022-10-09\noutlt: X\ndate: 2021-01-01\n---\n";
        let header = Header::parse(text);
        assert_eq!(header.day(), Some(civil::date(2022, 10, 9)));
        let places: Vec<&str> = header.faults.iter().map(|fault| &text[fault.range]).collect();
        assert_eq!(places, ["date", "outlt"]);
        assert!(header.faults[1].message.contains("outlet"));
    }
}
