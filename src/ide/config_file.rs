//! Completion and hover in an `onrecord.toml`, which need not be whole: it is being written.

use super::{Completion, CompletionKind, Hover};
use crate::rules::{self, Rule, WORD_LISTS, WordList};
use crate::settings::{Profile, Severity};
use crate::stance;
use crate::text::{TextEdit, TextRange, TextSize, range};
use crate::workspace::{ConfigKey, ConfigValue, Engine, VocabularyKey, WordListKey, rule_names};

/// What is asked for at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// A key of the file, or of an override.
    Key {
        in_override: bool,
    },
    /// A rule before the severity its findings get.
    RuleKey,
    /// A rule in a list.
    Rule,
    Profile,
    Engine,
    Severity,
    /// What is done to a word list.
    WordListKey,
    /// A key of a vocabulary or of one of its values.
    VocabularyKey(&'static [VocabularyKey]),
    /// A word of a list.
    Word(&'static WordList),
}

/// The word at a place, and what belongs there.
struct At<'a> {
    wanted: Wanted,
    word: &'a str,
    range: TextRange,
    /// It stands in quotation marks.
    quoted: bool,
    /// The text before it.
    before: &'a str,
}

/// What can stand at the byte `offset` of the configuration `text`.
pub fn config_completion(text: &str, offset: TextSize) -> Vec<Completion> {
    let Some(at) = at(text, offset) else { return Vec::new() };
    match at.wanted {
        Wanted::Key { in_override } => {
            ConfigKey::all(in_override).map(|key| completed_key(&at, key, in_override)).collect()
        }
        Wanted::RuleKey => rule_names()
            .into_iter()
            .map(|(name, about)| {
                let names = Severity::ALL.map(Severity::name).join(",");
                let snippet = Some(format!("{name} = \"${{1|{names}|}}\""));
                Completion { snippet, ..completed_rule(&at, name, about, format!("{name} = ")) }
            })
            .collect(),
        Wanted::Rule => rule_names()
            .into_iter()
            .map(|(name, about)| completed_rule(&at, name, about, written(&at, name)))
            .collect(),
        Wanted::Profile => Profile::ALL.map(|profile| completed_value(&at, profile.name())).to_vec(),
        Wanted::Engine => Engine::ALL.map(|engine| completed_value(&at, engine.name())).to_vec(),
        Wanted::WordListKey => {
            WordListKey::ALL.map(|key| completed_list(&at, key.name(), key.about())).to_vec()
        }
        Wanted::VocabularyKey(keys) => keys.iter().map(|key| completed_vocabulary_key(&at, *key)).collect(),
        Wanted::Word(list) => list.words().map(|word| completed_value(&at, word)).collect(),
        Wanted::Severity => Severity::ALL.map(|severity| completed_value(&at, severity.name())).to_vec(),
    }
}

/// What is to be said of the word at the byte `offset` of the configuration `text`: a key or a rule's code.
pub fn config_hover(text: &str, offset: TextSize) -> Option<Hover> {
    let at = at(text, offset)?;
    let markdown = match at.wanted {
        Wanted::Key { in_override } => {
            let key = ConfigKey::find(at.word, in_override)?;
            format!("**{}** — {}", key.name(), key.about())
        }
        Wanted::RuleKey | Wanted::Rule => rules_named(at.word)?,
        Wanted::WordListKey => WordListKey::from_name(at.word)?.about().to_owned(),
        Wanted::VocabularyKey(keys) => keys.iter().find(|key| key.name() == at.word)?.about().to_owned(),
        Wanted::Profile | Wanted::Engine | Wanted::Severity | Wanted::Word(_) => return None,
    };
    Some(Hover { range: at.range, markdown })
}

/// The rules whose codes begin with `prefix`: one with its page, more by their names.
fn rules_named(prefix: &str) -> Option<String> {
    if let Some(rule) = rules::find(prefix) {
        let section = |heading| rule.page().section(heading).unwrap_or("").replace('\n', " ");
        let (what, why) = (section("What it does"), section("Why it matters"));
        let severity = rule.severity.name();
        return Some(format!("{}, {severity}\n\n{what}\n\n{why}", link(rule)));
    }
    let named = rules::all().iter().filter(|rule| !prefix.is_empty() && rule.code.starts_with(prefix));
    let lines: Vec<String> =
        named.map(|rule| format!("- {}, {}", link(rule), rule.severity.name())).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn link(rule: &Rule) -> String {
    format!("[**{}** {}]({})", rule.code, rule.name, rule.url())
}

fn completed_key(at: &At<'_>, key: ConfigKey, in_override: bool) -> Completion {
    let name = key.name();
    let (new_text, snippet) = match key.value() {
        ConfigValue::Profile | ConfigValue::Engine | ConfigValue::File => (format!("{name} = "), None),
        ConfigValue::Codes | ConfigValue::Words | ConfigValue::Patterns => {
            return completed_list(at, name, key.about());
        }
        ConfigValue::WordLists => {
            let table = if in_override { format!("override.{name}") } else { name.to_owned() };
            let codes: Vec<&str> = WORD_LISTS.iter().map(|list| list.code).collect();
            let snippet = format!("[{table}.${{1|{}|}}]\n$0", codes.join(","));
            (format!("[{table}.{}]\n", codes.first().unwrap_or(&"")), Some(snippet))
        }
        ConfigValue::Vocabularies => {
            let table = if in_override { format!("override.{name}") } else { name.to_owned() };
            let keys = stance::vocabulary_keys();
            let values = VocabularyKey::Values.name();
            let snippet = format!("[{table}.${{1|{}|}}.{values}.$2]\n$0", keys.join(","));
            (format!("[{table}.{}.{values}.]\n", keys.first().unwrap_or(&"")), Some(snippet))
        }
        ConfigValue::Severities if in_override => (format!("[override.{name}]\n"), None),
        ConfigValue::Severities => (format!("[{name}]\n"), None),
        ConfigValue::Overrides => {
            let files = ConfigKey::Files.name();
            (format!("[[{name}]]\n{files} = []"), Some(format!("[[{name}]]\n{files} = [\"$1\"]\n$0")))
        }
    };
    Completion {
        label: name.to_owned(),
        detail: String::new(),
        documentation: key.about().to_owned(),
        kind: CompletionKind::Key,
        edit: TextEdit { range: at.range, new_text },
        snippet,
        preselect: false,
    }
}

fn completed_vocabulary_key(at: &At<'_>, key: VocabularyKey) -> Completion {
    let name = key.name();
    if key == VocabularyKey::Examples {
        return completed_list(at, name, key.about());
    }
    let (new_text, snippet) = match key {
        VocabularyKey::Replace => (format!("{name} = true"), format!("{name} = true")),
        VocabularyKey::Values | VocabularyKey::Mappings => {
            (format!("{name} = {{ }}"), format!("{name} = {{ $1 }}"))
        }
        _ => (format!("{name} = \"\""), format!("{name} = \"$1\"")),
    };
    Completion {
        edit: TextEdit { range: at.range, new_text },
        snippet: Some(snippet),
        ..completed_list(at, name, key.about())
    }
}

/// A key `name` whose value is a list.
fn completed_list(at: &At<'_>, name: &str, about: &str) -> Completion {
    Completion {
        label: name.to_owned(),
        detail: String::new(),
        documentation: about.to_owned(),
        kind: CompletionKind::Key,
        edit: TextEdit { range: at.range, new_text: format!("{name} = []") },
        snippet: Some(format!("{name} = [\"$1\"]")),
        preselect: false,
    }
}

fn completed_rule(at: &At<'_>, name: &str, about: String, new_text: String) -> Completion {
    let (detail, documentation) = match rules::find(name) {
        Some(rule) => {
            (rule.name.to_owned(), rule.page().section("What it does").unwrap_or_default().to_owned())
        }
        None => (about, String::new()),
    };
    Completion {
        label: name.to_owned(),
        detail,
        documentation,
        kind: CompletionKind::Code,
        edit: TextEdit { range: at.range, new_text },
        snippet: None,
        preselect: false,
    }
}

fn completed_value(at: &At<'_>, name: &str) -> Completion {
    Completion {
        label: name.to_owned(),
        detail: String::new(),
        documentation: String::new(),
        kind: CompletionKind::Value,
        edit: TextEdit { range: at.range, new_text: written(at, name) },
        snippet: None,
        preselect: false,
    }
}

/// `value` as it is written at a place: in quotation marks, unless they are there.
fn written(at: &At<'_>, value: &str) -> String {
    match at.before {
        _ if at.quoted => value.to_owned(),
        before if before.ends_with('=') => format!(" \"{value}\""),
        _ => format!("\"{value}\""),
    }
}

/// The word at `offset` and what belongs there; none where nothing that is known does.
fn at(text: &str, offset: TextSize) -> Option<At<'_>> {
    let (left, right) = text.split_at_checked(usize::from(offset))?;
    let of_word = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '_';
    let start = left.trim_end_matches(of_word).len();
    let end = text.len() - right.trim_start_matches(of_word).len();
    let before = text.get(..start)?;
    let place = Statement::at_end(before);
    let wanted = place.wanted()?;
    let fits = match wanted {
        Wanted::Key { .. } | Wanted::RuleKey | Wanted::WordListKey | Wanted::VocabularyKey(_) => {
            place.so_far.trim_matches(['"', '\'']).trim().is_empty()
        }
        _ if place.quoted => true,
        Wanted::Rule | Wanted::Word(_) => place.depth > 0 && before.trim_end().ends_with(['[', ',']),
        Wanted::Profile | Wanted::Engine | Wanted::Severity => before.trim_end().ends_with('='),
    };
    let at =
        At { wanted, word: text.get(start..end)?, range: range(start, end), quoted: place.quoted, before };
    fits.then_some(at)
}

/// The statement at the end of a text, as far as it has come.
#[derive(Default)]
struct Statement<'a> {
    /// The name of the table it stands in; empty at the top.
    table: &'a str,
    /// The key, once its `=` is there.
    key: Option<&'a str>,
    /// All of it.
    so_far: &'a str,
    /// How many brackets of its value are open.
    depth: usize,
    /// A quotation mark is open.
    quoted: bool,
    /// A comment is open.
    comment: bool,
}

impl<'a> Statement<'a> {
    fn at_end(text: &'a str) -> Self {
        let mut out = Self::default();
        let (mut start, mut quote, mut escaped) = (0, None, false);
        for (at, char) in text.char_indices() {
            if char == '\n' {
                // A line break ends what was left open on its line.
                (quote, escaped, out.comment) = (None, false, false);
                if out.depth == 0 {
                    let line = text.get(start..at).unwrap_or("").trim_start();
                    if out.key.is_none() && line.starts_with('[') {
                        let name = line.trim_start_matches('[').split(']').next();
                        out.table = name.unwrap_or("").trim();
                    }
                    (start, out.key) = (at + 1, None);
                }
            } else if let Some(open) = quote {
                match char {
                    _ if escaped => escaped = false,
                    '\\' => escaped = open == '"',
                    _ if char == open => quote = None,
                    _ => {}
                }
            } else if !out.comment {
                match char {
                    '#' => out.comment = true,
                    '"' | '\'' => quote = Some(char),
                    '=' if out.key.is_none() => out.key = text.get(start..at).map(str::trim),
                    '[' | '{' if out.key.is_some() => out.depth += 1,
                    ']' | '}' => out.depth = out.depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
        out.quoted = quote.is_some();
        out.so_far = text.get(start..).unwrap_or("");
        out
    }

    fn wanted(&self) -> Option<Wanted> {
        if self.comment {
            return None;
        }
        let (severity, words) = (ConfigKey::Severity.name(), ConfigKey::Words.name());
        let overrides = ConfigKey::Override.name();
        let (in_override, inner) = match self.table.split_once('.') {
            Some((outer, inner)) if outer == overrides => (true, inner),
            None if self.table == overrides => (true, ""),
            _ => (false, self.table),
        };
        match (inner, self.key) {
            ("", None) => Some(Wanted::Key { in_override }),
            ("", Some(key)) => match ConfigKey::find(key, in_override)?.value() {
                ConfigValue::Profile => Some(Wanted::Profile),
                ConfigValue::Engine => Some(Wanted::Engine),
                ConfigValue::Codes => Some(Wanted::Rule),
                _ => None,
            },
            (table, key) if table.split_once('.').is_some_and(|(outer, _)| outer == words) => {
                let list = WordList::find(table.split_once('.')?.1)?;
                match WordListKey::from_name(key.unwrap_or_default()) {
                    None => key.is_none().then_some(Wanted::WordListKey),
                    Some(WordListKey::Remove) => Some(Wanted::Word(list)),
                    Some(WordListKey::Add) => None,
                }
            }
            (table, None) if table.split('.').next() == Some(ConfigKey::Vocabulary.name()) => {
                match table.split('.').count() {
                    2 => Some(Wanted::VocabularyKey(&VocabularyKey::OF_LIST)),
                    4 => Some(Wanted::VocabularyKey(&VocabularyKey::OF_VALUE)),
                    _ => None,
                }
            }
            (table, None) if table == severity => Some(Wanted::RuleKey),
            (table, Some(_)) if table == severity => Some(Wanted::Severity),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::size;

    /// The text at `|` after the completion `label` is taken; none when it is not offered.
    fn taken(marked: &str, label: &str) -> Option<String> {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let offered = config_completion(&text, size(offset));
        let edit = offered.into_iter().find(|item| item.label == label)?.edit;
        Some(crate::text::apply_edits(&text, &[edit]))
    }

    #[test]
    fn keys_values_and_codes_are_completed_where_they_belong() {
        for (marked, label, after) in [
            ("pro|", "profile", "profile = "),
            ("profile = \"news\"\n|", "override", "profile = \"news\"\n[[override]]\nfiles = []"),
            ("[[override]]\nfi|", "files", "[[override]]\nfiles = []"),
            ("[[override]]\n|", "severity", "[[override]]\n[override.severity]\n"),
            ("profile =|", "strict", "profile = \"strict\""),
            ("engine = |", "rules", "engine = \"rules\""),
            ("profile = \"st|\"", "strict", "profile = \"strict\""),
            ("ignore = [\"QUO\", |]", "ATT02", "ignore = [\"QUO\", \"ATT02\"]"),
            ("ignore = [\n  \"AT|", "ATT", "ignore = [\n  \"ATT"),
            ("[severity] # ours\nAT|", "ATT02", "[severity] # ours\nATT02 = "),
            ("wor|", "words", "[words.ATT03]\n"),
            ("[[override]]\nwor|", "words", "[[override]]\n[override.words.ATT03]\n"),
            ("[words.LNG01]\nre|", "remove", "[words.LNG01]\nremove = []"),
            (
                "[override.words.LNG01]\nremove = [\"cert|\"]",
                "certainly",
                "[override.words.LNG01]\nremove = [\"certainly\"]",
            ),
            ("[vocabulary.stance]\nrep|", "replace", "[vocabulary.stance]\nreplace = true"),
            (
                "[override.vocabulary.act.values.say]\ndef|",
                "definition",
                "[override.vocabulary.act.values.say]\ndefinition = \"\"",
            ),
            ("[severity]\nATT02 = \"|\"", "hint", "[severity]\nATT02 = \"hint\""),
        ] {
            assert_eq!(taken(marked, label).as_deref(), Some(after), "{marked}");
        }
        for (marked, label) in [
            ("# pro|", "profile"),
            ("profile = \"news\" |", "strict"),
            ("own-outlets = [\"A|\"]", "ATT"),
            ("|", "files"),
            ("[[override]]\n|", "override"),
            ("[[override]]\n|", "engine"),
            ("[other]\n|", "profile"),
            ("[words.LNG01]\nadd = [\"|\"]", "certainly"),
            ("[words.LNG01]\n|", "profile"),
        ] {
            assert_eq!(taken(marked, label), None, "{marked}");
        }
    }

    #[test]
    fn a_hover_explains_keys_codes_and_beginnings_of_codes() {
        let shown = |text: &str, word: &str| {
            config_hover(text, size(text.find(word).unwrap() + 1)).map(|hover| hover.markdown)
        };
        let text = "# ATT03\nignore = [\"ATT02\"]\nown-outlets = [\"SRC01\"]\n[severity]\nSRC0 = \"hint\"\n";
        assert!(shown(text, "ATT02").unwrap().contains("impersonal-passive"));
        assert!(shown(text, "ignore").unwrap().contains("silent"));
        assert!(shown(text, "SRC0 ").unwrap().contains("SRC02"));
        assert_eq!((shown(text, "ATT03"), shown(text, "SRC01"), shown(text, "hint")), (None, None, None));
    }
}
