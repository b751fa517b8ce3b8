//! Completion, hover and definition in a registry file, `actors.toml`.

use super::{Completion, CompletionKind, Hover, escape};
use crate::actors::{Actor, ActorKind, Registry};
use crate::text::{TextEdit, TextRange, TextSize, range};
use crate::workspace::{ACTOR_KEYS, ActorsFile, ROLE_KEYS, id_places};

/// What a key of a registry says.
const KEYS: &str = include_str!("registry-keys.txt");

/// The meaning of the key at `offset`, or the actor whose id stands there. Bytes of the file.
pub fn registry_hover(text: &str, offset: TextSize) -> Option<Hover> {
    if let Some((id, range)) = id_at(text, offset) {
        let file = ActorsFile::parse(text);
        let built_in = Registry::built_in();
        let known = built_in.find(&id).and_then(|actor| built_in.get(actor));
        let actor = file.entry(&id).map(|entry| &entry.actor).or(known)?;
        return Some(Hover { range, markdown: describe(actor) });
    }
    let line = Line::at(text, offset);
    let key = line.key?;
    let range = key.contains_inclusive(offset).then_some(key)?;
    let meaning = KEYS.lines().find_map(|line| line.strip_prefix(&text[range])?.strip_prefix(": "))?;
    Some(Hover { range, markdown: format!("**{}** — {meaning}", &text[range]) })
}

fn describe(actor: &Actor) -> String {
    let mut out = format!("**{}** — {}", escape(&actor.name), actor.kind.as_str());
    if !actor.note.is_empty() {
        out += &format!("\n\n{}", escape(&actor.note));
    }
    for role in &actor.roles {
        let of = role.of.as_deref().map_or_else(String::new, |of| format!(" of {}", escape(of)));
        let day =
            |day: Option<crate::article::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        out += &format!("\n- {}{of}, {} to {}", escape(&role.title), day(role.from), day(role.to));
    }
    out
}

/// The entry whose id stands at `offset`.
pub fn registry_definition(text: &str, offset: TextSize) -> Option<TextRange> {
    let (id, _) = id_at(text, offset)?;
    ActorsFile::parse(text).entry(&id).map(|entry| entry.id)
}

/// What can stand at `offset`: keys at the beginning of a line, the values of `kind` and `sex`, ids.
pub fn registry_completion(text: &str, offset: TextSize) -> Vec<Completion> {
    let line = Line::at(text, offset);
    let Some(key) = line.key.filter(|key| key.end() < offset) else {
        let before = &text[..usize::from(line.start)];
        let head = before.lines().rev().find(|line| line.trim_start().starts_with('['));
        let Some(head) = head.filter(|_| !line.is_head) else { return Vec::new() };
        let keys = if head.trim_start().starts_with("[[") { &ROLE_KEYS[..] } else { &ACTOR_KEYS[..] };
        let at = TextRange::new(line.key.map_or(offset, TextRange::start), offset);
        return keys
            .iter()
            .filter(|key| **key != "roles")
            .map(|key| {
                let meaning = KEYS.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
                item(CompletionKind::Key, key, meaning.unwrap_or(""), at, &format!("{key} = "))
            })
            .collect();
    };
    let Some(at) = line.value(text, offset) else { return Vec::new() };
    let value = |kind: CompletionKind, word: &str, detail: &str| {
        // Where no quotation mark is written yet the value brings both.
        let open = text[..usize::from(at.start())].ends_with('"');
        item(kind, word, detail, at, &if open { word.to_owned() } else { format!("\"{word}\"") })
    };
    match &text[key] {
        "kind" => ActorKind::ALL.map(|kind| value(CompletionKind::Value, kind.as_str(), "")).into(),
        "sex" => ["female", "male"].map(|sex| value(CompletionKind::Value, sex, "")).into(),
        "of" | "country" => {
            let built_in = Registry::built_in();
            let known = built_in.all().filter_map(|actor| built_in.get(actor));
            let wanted = known.filter(|actor| text[key] == *"of" || actor.kind == ActorKind::Country);
            let own = ActorsFile::parse(text).entries.into_iter().map(|entry| entry.actor);
            let own: Vec<Completion> =
                own.map(|actor| value(CompletionKind::Actor, &actor.id, &actor.name)).collect();
            let rest =
                wanted.filter(|actor| actor.kind != ActorKind::Person && actor.kind != ActorKind::Outlet);
            own.into_iter()
                .chain(rest.map(|actor| value(CompletionKind::Actor, &actor.id, &actor.name)))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn item(kind: CompletionKind, label: &str, detail: &str, at: TextRange, new_text: &str) -> Completion {
    Completion {
        label: label.to_owned(),
        detail: detail.to_owned(),
        documentation: String::new(),
        kind,
        edit: TextEdit { range: at, new_text: new_text.to_owned() },
        snippet: None,
    }
}

fn id_at(text: &str, offset: TextSize) -> Option<(String, TextRange)> {
    id_places(text, None).into_iter().find(|(_, range)| range.contains_inclusive(offset))
}

/// The line an offset stands in.
struct Line {
    start: TextSize,
    end: TextSize,
    /// The word it begins with.
    key: Option<TextRange>,
    is_head: bool,
}

impl Line {
    fn at(text: &str, offset: TextSize) -> Self {
        let at = usize::from(offset).min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
        let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
        let line = &text[start..end];
        let indent = line.len() - line.trim_start().len();
        let word = line[indent..]
            .find(|char: char| !char.is_alphanumeric() && char != '-')
            .unwrap_or(line.len() - indent);
        let key = (word > 0).then(|| range(start + indent, start + indent + word));
        Self {
            start: crate::text::size(start),
            end: crate::text::size(end),
            key,
            is_head: line[indent..].starts_with('['),
        }
    }

    /// The value `offset` stands in, without quotation marks; none before the equals sign.
    fn value(&self, text: &str, offset: TextSize) -> Option<TextRange> {
        let (start, end, at) = (usize::from(self.start), usize::from(self.end), usize::from(offset));
        let equals = start + text[start..end].find('=')?;
        let before = text.get(equals + 1..at)?;
        let begin = before.rfind(['"', ' ']).map_or(equals + 1, |found| equals + 2 + found);
        let rest = text[at..end].find(['"', ' ', '#']).map_or(end, |found| at + found);
        Some(range(begin, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[lee]\nname = \"Ann Lee\"\nkind = \"\"\n[[lee.roles]]\ntitle = \"Mayor\"\nof = \"rome\"\n\n[rome]\nname = \"Rome\"\n";

    fn at(words: &str) -> TextSize {
        crate::text::size(TEXT.find(words).unwrap() + words.len())
    }

    #[test]
    fn keys_values_and_ids_are_offered() {
        let labels = |words: &str| -> Vec<String> {
            registry_completion(TEXT, at(words)).into_iter().map(|item| item.label).collect()
        };
        assert!(labels("kind = \"").contains(&"outlet".to_owned()));
        assert!(
            labels("of = \"ro").contains(&"rome".to_owned()) && labels("of = \"").contains(&"ita".to_owned())
        );
        assert!(labels("\"rome\"\n").contains(&"from".to_owned()));
        assert!(labels("[le").is_empty());
    }

    #[test]
    fn an_id_leads_to_its_entry_and_a_key_is_explained() {
        assert_eq!(
            registry_definition(TEXT, at("of = \"ro")),
            Some(range(TEXT.find("[rome]").unwrap() + 1, TEXT.find("[rome]").unwrap() + 5))
        );
        assert!(registry_hover(TEXT, at("of = \"ro")).unwrap().markdown.contains("**Rome**"));
        assert!(registry_hover(TEXT, at("kin")).unwrap().markdown.starts_with("**kind** — "));
    }
}
