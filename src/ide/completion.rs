//! What can stand at the cursor.

use std::ops::Range;

use super::attributes::{Braces, Part, braces};
use super::{claims, keys};
use crate::actors::ActorKind;
use crate::analysis::Analysis;
use crate::article::{NOBODY, PENDING, Span, SpanClass};
use crate::rules;
use crate::stance;
use crate::text::{TextEdit, TextRange, TextSize, range};

/// The characters after which an editor should ask.
pub const TRIGGERS: &[&str] = &["{", "=", " "];

/// How many letters of a name are typed before names are offered.
const LETTERS: usize = 3;

/// How many names are offered at most.
const NAMES: usize = 20;

/// Something that can stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// As the list shows it.
    pub label: String,
    /// A few words beside it.
    pub detail: String,
    /// Its documentation, Markdown; an actor's is empty here, since there are thousands: see
    /// [`actor_documentation`].
    pub documentation: String,
    /// What it is.
    pub kind: CompletionKind,
    /// The edit that writes it.
    pub edit: TextEdit,
    /// The same with tab stops in LSP snippet syntax, for editors that have them.
    pub snippet: Option<String>,
    /// Whether it is so likely that an editor should select it beforehand.
    pub preselect: bool,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A span's class.
    Class,
    /// An attribute's key.
    Key,
    /// An attribute's value.
    Value,
    /// An actor's id.
    Actor,
    /// A span's id.
    Span,
    /// A rule's code, or what a comment can ask for.
    Code,
    /// An actor's name, in the article's own words.
    Name,
}

/// What can stand at `offset`, the most likely first.
pub fn completion(analysis: &Analysis, offset: TextSize) -> Vec<Completion> {
    let text = analysis.text();
    if let Some(found) = braces(text, offset) {
        return in_braces(analysis, &found);
    }
    in_comment(text, offset).unwrap_or_else(|| names(analysis, offset))
}

/// Whether the byte `offset` of `line`, a line of an article, may lie in a span's braces or in a comment to Onrecord.
/// Elsewhere a character that makes an editor ask, such as a space, means nothing: that needs no analysis.
pub fn is_in_markup(line: &str, offset: TextSize) -> bool {
    braces(line, offset).is_some() || in_comment(line, offset).is_some()
}

/// The names that begin with the capital and the letters before `offset`: those the article has, the most often named
/// first, then those of the registry.
fn names(analysis: &Analysis, offset: TextSize) -> Vec<Completion> {
    let text = analysis.text();
    let Some(before) = text.get(..usize::from(offset)).filter(|_| analysis.place(offset).is_some()) else {
        return Vec::new();
    };
    let start = before
        .rfind(|char: char| !char.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let typed = &before[start..];
    if !typed.starts_with(char::is_uppercase) || typed.chars().count() < LETTERS {
        return Vec::new();
    }
    let mut members: Vec<_> = analysis.cast().members().iter().collect();
    members.sort_by_key(|member| std::cmp::Reverse(member.mentions));
    let registry = analysis.registry();
    let mut out: Vec<Completion> = Vec::new();
    let mut offer = |name: &str, detail: &str, documentation: &str| {
        let begins = name.split(' ').any(|word| word.starts_with(typed));
        if out.len() < NAMES && begins && name != typed && out.iter().all(|known| known.label != name) {
            let at = range(start, offset.into());
            out.push(plain(CompletionKind::Name, name, detail, super::escape(documentation), at));
        }
    };
    for member in members {
        let known = member.actor.and_then(|actor| registry.get(actor));
        let kind = member.kind.map_or("", ActorKind::as_str);
        offer(analysis.name_of(member), kind, known.map_or("", |known| &known.note));
        // Half a name that is being typed is a member too.
        member.names.iter().for_each(|name| offer(name, kind, ""));
    }
    for actor in registry.all().filter_map(|actor| registry.get(actor)) {
        if actor.name.starts_with(typed) {
            offer(&actor.name, actor.kind.as_str(), &actor.note);
        }
    }
    out
}

fn in_braces(analysis: &Analysis, found: &Braces<'_>) -> Vec<Completion> {
    let text = analysis.text();
    match &found.at {
        Part::Item { range } if text[*range].starts_with('#') => Vec::new(),
        Part::Item { range } if text[*range].starts_with('.') => classes(*range),
        Part::Item { range } => {
            let class = found.class(text);
            let mut out = missing_keys(analysis, found, class, *range);
            if class.is_none() {
                out.splice(0..0, classes(*range));
            }
            out
        }
        Part::Key { range } => missing_keys(analysis, found, found.class(text), *range),
        Part::Value { key, range } => values(analysis, found, key, *range),
    }
}

fn classes(at: TextRange) -> Vec<Completion> {
    let pending = PENDING.map(|(name, meaning)| {
        plain(CompletionKind::Class, &format!(".{name}"), meaning, meaning.to_owned(), at)
    });
    let classes = SpanClass::ALL.into_iter().map(|class| {
        let name = class.name();
        Completion {
            label: format!(".{name}"),
            detail: class.meaning().to_owned(),
            documentation: format!("{}\n\nKeys: `{}`.", class.meaning(), class.keys().join("`, `")),
            kind: CompletionKind::Class,
            edit: TextEdit { range: at, new_text: format!(".{name}") },
            snippet: Some(class_snippet(class)),
            preselect: false,
        }
    });
    classes.chain(pending).collect()
}

/// A class with the keys it is of no use without.
fn class_snippet(class: SpanClass) -> String {
    match class {
        SpanClass::Actor | SpanClass::Missing => format!(".{} ref=$1", class.name()),
        SpanClass::Claim => ".claim by=$1 stance=$2".to_owned(),
        SpanClass::Quote => ".quote by=$1".to_owned(),
        SpanClass::Cue => ".cue for=$1".to_owned(),
        SpanClass::Source => ".source anon=$1".to_owned(),
        SpanClass::Own => ".own why=$1".to_owned(),
    }
}

fn missing_keys(
    analysis: &Analysis,
    found: &Braces<'_>,
    class: Option<&str>,
    at: TextRange,
) -> Vec<Completion> {
    let class = class.and_then(SpanClass::from_name);
    let all: Vec<&str> = match class {
        Some(class) => class.keys().to_vec(),
        None => Vec::new(),
    };
    let written: Vec<&str> = found.keys().collect();
    all.into_iter()
        .filter(|key| !written.contains(key))
        .map(|key| Completion {
            label: key.to_owned(),
            detail: key_meaning(key).to_owned(),
            documentation: key_documentation(analysis, key),
            kind: CompletionKind::Key,
            edit: TextEdit { range: at, new_text: format!("{key}=") },
            snippet: Some(format!("{key}=$1")),
            preselect: false,
        })
        .collect()
}

/// What a key says, a sentence.
pub(super) fn key_meaning(key: &str) -> &'static str {
    match key {
        "by" => "Who claims it: ids of spans or actors, separated by white space.",
        "on" => "What the claim is about: an id the header declares under `on`, or a label.",
        "for" => "The claims these words report: ids of claims.",
        "part-of" => "The claim this is a further piece of.",
        "ref" => "The actor: an id of the registry, the header or the built-in gazetteer.",
        "why" => "Why the newsroom stands behind this itself.",
        _ => stance::vocabulary(key).map_or("", |vocabulary| vocabulary.definition.as_str()),
    }
}

pub(super) fn key_documentation(analysis: &Analysis, key: &str) -> String {
    let mut out = key_meaning(key).to_owned();
    if let Some(vocabulary) = stance::vocabulary_in(analysis.settings(), key) {
        let names: Vec<&str> = vocabulary.values.iter().map(|value| value.name.as_str()).collect();
        out = format!("{out}\n\nValues: `{}`.", names.join("`, `"));
    }
    out
}

fn values(analysis: &Analysis, found: &Braces<'_>, key: &str, at: TextRange) -> Vec<Completion> {
    if let Some(vocabulary) = stance::vocabulary_in(analysis.settings(), key) {
        let likely = if key == "stance" { likely_stance(analysis, found.open) } else { None };
        let mut out: Vec<Completion> = vocabulary
            .values
            .iter()
            .map(|value| {
                let documentation = value_documentation(value);
                let item = plain(CompletionKind::Value, &value.name, &value.definition, documentation, at);
                Completion { preselect: likely.is_some_and(|likely| likely.name == value.name), ..item }
            })
            .collect();
        out.sort_by_key(|item| !item.preselect);
        return out;
    }
    match key {
        "by" => {
            let mut out = span_ids(analysis, found, at, &[SpanClass::Source, SpanClass::Actor]);
            out.push(plain(CompletionKind::Value, NOBODY, "The article names nobody.", String::new(), at));
            out.extend(actor_ids(analysis, at));
            first(out, likely_speaker(analysis, found.open).as_deref())
        }
        "for" | "part-of" => span_ids(analysis, found, at, &[SpanClass::Claim, SpanClass::Quote]),
        "ref" => {
            let words = claims::words_before(analysis, found.open);
            let likely = words.and_then(|words| keys::actor_id(analysis, words));
            first(actor_ids(analysis, at), likely.as_deref())
        }
        "on" => topics(analysis, at),
        _ => Vec::new(),
    }
}

/// `items` with the one labelled `likely` before all others.
fn first(mut items: Vec<Completion>, likely: Option<&str>) -> Vec<Completion> {
    items.sort_by_key(|item| Some(item.label.as_str()) != likely);
    items
}

/// The span or actor that the attribution found over the claim with its braces at `open` cites.
fn likely_speaker(analysis: &Analysis, open: TextSize) -> Option<String> {
    let attributions = analysis.attributions();
    let words = claims::words_before(analysis, open)?;
    let found = keys::holder(&attributions, words, |found| &found.content)?;
    keys::by(analysis, found)?.split(' ').next().map(str::to_owned)
}

/// The stance that the cue of the claim with its braces at `open` makes likely.
fn likely_stance(analysis: &Analysis, open: TextSize) -> Option<&'static stance::Value> {
    let text = analysis.text();
    let words = |ranges: &[TextRange]| {
        let words: Vec<&str> = ranges.iter().filter_map(|range| text.get(Range::from(*range))).collect();
        words.join(" ")
    };
    stance::from_cue(&words(&claims::cue_of(analysis, open)?))
}

/// What a value of a vocabulary means, with what it is called elsewhere; Markdown.
pub(super) fn value_documentation(value: &stance::Value) -> String {
    let mut out =
        value.label.as_ref().map_or_else(String::new, |label| format!("{label}. ")) + &value.definition;
    if let Some(example) = &value.example {
        out = format!("{out}\n\nFor example: *{example}*.");
    }
    // A list, not a table: a popup in a terminal shows Markdown as it is written.
    if !value.crosswalk.is_empty() {
        out += "\n\nElsewhere:\n";
        for (standard, name) in &value.crosswalk {
            out += &format!("\n- {standard}: {name}");
        }
    }
    out
}

fn plain(
    kind: CompletionKind,
    label: &str,
    detail: &str,
    documentation: String,
    at: TextRange,
) -> Completion {
    Completion {
        label: label.to_owned(),
        detail: detail.to_owned(),
        documentation,
        kind,
        edit: TextEdit { range: at, new_text: label.to_owned() },
        snippet: None,
        preselect: false,
    }
}

/// The ids of spans of `classes`, the nearest before the cursor first.
fn span_ids(
    analysis: &Analysis,
    found: &Braces<'_>,
    at: TextRange,
    classes: &[SpanClass],
) -> Vec<Completion> {
    let mut spans: Vec<(TextSize, &Span, &str)> = Vec::new();
    for block in analysis.blocks() {
        for span in block.markup.annotations() {
            let known = span.class().is_some_and(|class| classes.contains(&class));
            let place = span.attributes.start() + block.range.start();
            if known && span.id.is_some() && place != found.open {
                spans.push((place, span, &block.markup.prose.text()[span.prose]));
            }
        }
    }
    let distance = |place: TextSize| {
        let before = place < at.start();
        let bytes = if before { at.start() - place } else { place - at.start() };
        (!before, bytes)
    };
    spans.sort_by_key(|(place, ..)| distance(*place));
    spans
        .into_iter()
        .filter_map(|(_, span, words)| {
            let id = &span.id.as_ref()?.text;
            let class = span.class().map_or("", SpanClass::name);
            let words = super::shorten(words, 60);
            Some(plain(
                CompletionKind::Span,
                id,
                &words,
                format!("`.{class}` “{}”", super::escape(&words)),
                at,
            ))
        })
        .collect()
}

/// The ids of the actors a registry has: first those the header declares, then those the article
/// names, the most often named first, then all others by their id.
fn actor_ids(analysis: &Analysis, at: TextRange) -> Vec<Completion> {
    let registry = analysis.registry();
    let declared = analysis.header().actors.iter().filter_map(|actor| registry.find(&actor.id.text));
    let mut named: Vec<_> = analysis.cast().members().iter().collect();
    named.sort_by_key(|member| std::cmp::Reverse(member.mentions));
    let named = named.into_iter().filter_map(|member| member.actor);
    let mut seen = rustc_hash::FxHashSet::default();
    let mut out = Vec::new();
    for actor in declared.chain(named).chain(registry.all()) {
        let Some(known) = registry.get(actor).filter(|known| seen.insert(known.id.clone())) else { continue };
        out.push(plain(CompletionKind::Actor, &known.id, &known.name, String::new(), at));
    }
    out
}

/// The documentation of a completion of [`CompletionKind::Actor`], Markdown; empty for no actor's id.
pub fn actor_documentation(analysis: &Analysis, id: &str) -> String {
    let Some(known) = analysis.registry().with_id(id) else { return String::new() };
    let kind = known.kind.as_str();
    format!("**{}** — {kind}\n\n{}", super::escape(&known.name), super::escape(&known.note))
}

/// What stances of the article are about.
fn topics(analysis: &Analysis, at: TextRange) -> Vec<Completion> {
    let declared = analysis.header().on.iter().map(|(id, label)| (id.text.as_str(), label.text.as_str()));
    let used =
        analysis.blocks().iter().flat_map(|block| &block.markup.spans).filter_map(|span| span.value("on"));
    let mut out: Vec<Completion> = Vec::new();
    for (id, label) in declared.chain(used.map(|word| (word.text.as_str(), ""))) {
        let known = id.is_empty() || out.iter().any(|known| known.label == id);
        if !known && !id.contains(char::is_whitespace) {
            out.push(plain(CompletionKind::Value, id, label, super::escape(label), at));
        }
    }
    out
}

/// What a comment can say: `<!-- onrecord: ignore CODE -->`.
fn in_comment(text: &str, offset: TextSize) -> Option<Vec<Completion>> {
    let offset = usize::from(offset).min(text.len());
    let open = text[..offset].rfind("<!--")?;
    let written = &text[open + "<!--".len()..offset];
    let rest = written.trim_start().strip_prefix("onrecord:")?;
    if written.contains("-->") || written.contains("\n\n") {
        return None;
    }
    let word = rest.rsplit([' ', '\t', '\n', ',']).next().unwrap_or("");
    let at = range(offset - word.len(), offset);
    if rest.trim_start() == word {
        let verbs = [
            ("ignore", "Silences the codes that follow in the next paragraph."),
            ("ignore-file", "Silences them in the whole article."),
            ("off", "Silences them from here on."),
            ("on", "Lets them speak again."),
        ];
        return Some(
            verbs
                .map(|(verb, meaning)| plain(CompletionKind::Code, verb, meaning, meaning.to_owned(), at))
                .to_vec(),
        );
    }
    Some(
        rules::all()
            .iter()
            .map(|rule| {
                let what = rule.page().section("What it does").unwrap_or("").to_owned();
                plain(CompletionKind::Code, rule.code, rule.name, what, at)
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The labels offered at `|`.
    fn offered(marked: &str) -> Vec<String> {
        let offset = marked.find('|').unwrap();
        let analysis = Analysis::new(Arc::from(marked.replacen('|', "", 1)), Arc::default());
        completion(&analysis, crate::text::size(offset)).into_iter().map(|item| item.label).collect()
    }

    #[test]
    fn classes_then_the_keys_of_the_class() {
        assert_eq!(offered("[x]{|")[..3], [".actor", ".source", ".cue"]);
        assert_eq!(offered("[x]{.claim |}"), ["by", "on", "stance", "voice", "act", "part-of"]);
        assert_eq!(offered("[x]{.claim by=s1 |}"), ["on", "stance", "voice", "act", "part-of"]);
    }

    #[test]
    fn values_of_a_vocabulary() {
        assert_eq!(offered("[x]{.claim stance=|}"), ["support", "oppose", "neutral", "mixed", "unrelated"]);
        assert_eq!(offered("[x]{.source basis=|"), ["witness", "document", "official", "second-hand"]);
    }

    #[test]
    fn values_of_the_folders_own_vocabulary() {
        use crate::analysis::Setup;
        use crate::settings::{Settings, VocabularyChange, VocabularyValue};
        let wary = VocabularyValue {
            name: "wary".to_owned(),
            label: Some("Wary".to_owned()),
            definition: "It waits.".to_owned(),
            ..VocabularyValue::default()
        };
        let change = VocabularyChange { key: "stance".to_owned(), replace: true, values: vec![wary] };
        let settings = Settings { vocabularies: vec![change], ..Settings::default() };
        let text = "They denied that [it failed]{.claim stance=";
        let analysis = Analysis::new(Arc::from(text), Arc::new(Setup { settings, ..Setup::default() }));
        let offered = completion(&analysis, crate::text::size(text.len()));
        let shown: Vec<_> = offered.iter().map(|item| (&*item.label, &*item.documentation)).collect();
        assert_eq!(shown, [("wary", "Wary. It waits.")]);
    }

    #[test]
    fn the_stance_the_cue_tells_comes_first() {
        let marked = "Lee [condemned]{.cue for=c1} [the raid]{#c1 .claim by=none stance=|}.";
        assert_eq!(offered(marked)[0], "oppose");
        let found = "The mayor denied that [the bridge had been unsafe]{.claim by=none stance=|}.";
        assert_eq!(offered(found)[0], "oppose");
        let silent = "The mayor said that [the bridge had been unsafe]{.claim by=none stance=|}.";
        assert_eq!(offered(silent)[0], "support");
        let open = "The mayor denied that [the bridge had been unsafe]{.claim by=none stance=|";
        assert_eq!(offered(open)[0], "oppose");
        assert_eq!(offered("The minister condemned [the attack]{.claim stance=|}.")[0], "oppose");
        assert_eq!(offered("The minister denied [that he had left]{.claim stance=|}.")[0], "oppose");
        assert_eq!(offered("The minister said [that he had left]{.claim stance=|}.")[0], "support");
    }

    #[test]
    fn the_nearest_span_before_comes_first_then_nobody_then_actors() {
        let text = "---\nactors:\n  lee: Ann Lee\n---\n[A]{#a .source} said. [B]{#b .source} said [x]{#c .claim by=|}. [D]{#d .source}.";
        assert_eq!(offered(text)[..5], ["b", "a", "d", "none", "lee"]);
    }

    #[test]
    fn actors_the_article_names_come_before_all_others() {
        let text = "date 2022-10-09 Shehbaz Sharif met Joe Biden. Biden left. [He]{.actor ref=|}";
        let offered = offered(text);
        assert_eq!(offered[..2], ["person/joe-biden", "person/shehbaz-sharif"]);
        assert!(offered.contains(&"pak".to_owned()));
    }

    #[test]
    fn what_was_typed_is_replaced() {
        let analysis = Analysis::new(Arc::from("[x]{.claim stance=opp by=s}"), Arc::default());
        let items = completion(&analysis, crate::text::size("[x]{.claim stance=opp".len()));
        assert_eq!(items[1].edit, TextEdit { range: range(18, 21), new_text: "oppose".to_owned() });
    }

    #[test]
    fn codes_in_a_comment() {
        assert_eq!(offered("<!-- onrecord: |"), ["ignore", "ignore-file", "off", "on"]);
        assert!(offered("<!-- onrecord: ignore | -->").contains(&"ATT02".to_owned()));
    }

    #[test]
    fn nothing_in_plain_text() {
        assert_eq!(offered("The minister |said so."), [] as [&str; 0]);
        assert!(!is_in_markup("The minister ", crate::text::size(13)));
        assert!(!is_in_markup("[x]{.own} ", crate::text::size(10)));
        assert!(is_in_markup("[x]{.own ", crate::text::size(9)));
        assert!(is_in_markup("<!-- onrecord: ", crate::text::size(15)));
    }

    #[test]
    fn a_name_after_a_capital_and_three_letters() {
        let text = "Maria Keller spoke. Later Kel|";
        assert_eq!(offered(text)[0], "Maria Keller");
        assert!(offered("The treaty with Pak|").contains(&"Pakistan".to_owned()));
        assert_eq!(offered("Maria Keller spoke. Later Ke|"), [] as [&str; 0]);
        assert_eq!(offered("Maria Keller spoke. Later kel|"), [] as [&str; 0]);
        let analysis = Analysis::new(Arc::from("The treaty with Pak"), Arc::default());
        assert!(completion(&analysis, crate::text::size(19)).iter().all(|item| !item.preselect));
    }

    #[test]
    fn whom_the_text_cites_comes_first() {
        let marked = "[The mayor]{#mayor .source} denied that [the union]{#u .source} had known. [The road is shut]{.claim by=|}, the mayor said.";
        assert_eq!(offered(marked)[0], "u");
        let found =
            "[The mayor]{#mayor .source} denied that [the [union]{#u .source} had known]{.claim by=|}.";
        assert_eq!(offered(found)[0], "mayor");
        assert_eq!(offered("Pakistan said that [it failed]{.claim by=|}.")[0], "pak");
        assert_eq!(offered("Joe Biden met [Ukraine]{.actor ref=|}.")[0], "ukr");
    }
}
