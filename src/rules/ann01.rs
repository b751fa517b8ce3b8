//! ANN01: markup that cannot mean what it says.

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ALL_KINDS, Applicability, ArticleContext, Check, Family, Finding, Fix, Related, Report, Rule, Severity,
};
use crate::actors::Registry;
use crate::article::{
    ALTERNATIVE, ALTERNATIVE_KEYS, DRAFT, Header, NOBODY, PENDING, Span, SpanClass, Word, is_pending,
};
use crate::settings::Settings;
use crate::stance::vocabulary_in;
use crate::text::{TextEdit, TextRange, TextSize};

pub(super) static RULE: Rule = Rule {
    code: "ANN01",
    name: "bad-annotation",
    severity: Severity::Error,
    family: Family::Format,
    rank: 0,
    in_news: true,
    kinds: ALL_KINDS,
    page: include_str!("ANN01.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut spans: Vec<PlacedSpan<'_>> = Vec::new();
    for block in context.marked {
        let markup = block.markup;
        for fault in &markup.faults {
            report.fault(fault, block.start);
        }
        let touching = touching_own(&markup.spans).into_iter();
        // What stands beside the article is nested in nothing.
        let touching = touching.chain(markup.beside.iter().map(is_own));
        let placed = |(span, touches_own)| PlacedSpan { span, block: block.start, touches_own };
        spans.extend(markup.annotations().zip(touching).map(placed));
    }
    for fault in context.faults {
        report.fault(fault, TextSize::default());
    }
    if spans.is_empty() {
        return;
    }
    let ids = Ids::read(&spans, context, report);
    drafts(&spans, report);
    alternatives(&spans, report);
    for placed in &spans {
        let before = report.count();
        classes(placed, report);
        keys(placed, report);
        values(placed, context.settings, report);
        extent(placed, report);
        speaker(placed, report);
        references(placed, &ids, report);
        names_an_actor(placed, &ids, report);
        part_of(placed, &ids, report);
        if placed.span.is_beside() {
            // An edit of the article would not mend what stands in another file.
            report.since(before).for_each(stands_beside);
        }
    }
}

fn stands_beside(finding: &mut Finding) {
    finding.fixes.clear();
    finding.message = format!("{} This stands in the file beside the article.", finding.message).into();
}

/// A span with the place of its block, to which its ranges are relative.
struct PlacedSpan<'a> {
    span: &'a Span,
    block: TextSize,
    /// It, one around it or one inside it is the newsroom's own.
    touches_own: bool,
}

fn is_own(span: &Span) -> bool {
    span.has_class(SpanClass::Own.name())
}

/// For each of a block's spans whether it, one around it or one inside it is the newsroom's own.
fn touching_own(spans: &[Span]) -> Vec<bool> {
    let own: Vec<bool> = spans.iter().map(is_own).collect();
    // A parent stands before its children.
    let (mut around, mut inside) = (own.clone(), own);
    for (at, span) in spans.iter().enumerate() {
        around[at] |= span.parent.is_some_and(|parent| around[parent]);
    }
    for (at, span) in spans.iter().enumerate().rev() {
        if let Some(parent) = span.parent {
            inside[parent] |= inside[at];
        }
    }
    around.into_iter().zip(inside).map(|(around, inside)| around || inside).collect()
}

impl PlacedSpan<'_> {
    fn is(&self, class: SpanClass) -> bool {
        self.span.class() == Some(class)
    }

    /// A claim or a quotation: what is said.
    fn is_content(&self) -> bool {
        self.is(SpanClass::Claim) || self.is(SpanClass::Quote)
    }

    /// Whether both are alternatives of one question: only one of them will keep the id.
    fn is_other_reading_of(&self, other: &Self) -> bool {
        let question = |placed: &Self| placed.span.value("alt").map(|word| word.text.clone());
        let are_alternatives = self.span.is_alternative() && other.span.is_alternative();
        are_alternatives && question(self).is_some() && question(self) == question(other)
    }
}

/// The ids a reference can name.
struct Ids<'a> {
    spans: FxHashMap<&'a str, &'a PlacedSpan<'a>>,
    header: &'a Header,
    registry: &'a Registry,
    /// The first piece that each id of a further piece leads to; none where they lead around in a circle.
    roots: RefCell<FxHashMap<&'a str, Option<&'a PlacedSpan<'a>>>>,
    /// How many more wrong references are compared with every id, which takes the longer the more there are.
    compared: Cell<usize>,
}

/// How many wrong references of an article are told what they may have meant.
const COMPARED: usize = 200;

impl<'a> Ids<'a> {
    /// Collects the spans' ids and reports those used twice, those that are actors' too, and those
    /// that begin with no letter.
    fn read(spans: &'a [PlacedSpan<'a>], context: &'a ArticleContext<'_>, report: &mut Report<'_>) -> Self {
        let mut ids: FxHashMap<&str, &PlacedSpan<'_>> = FxHashMap::default();
        let mut free = FreeIds::new(spans);
        for placed in spans {
            let Some(id) = &placed.span.id else { continue };
            let range = id.range + placed.block;
            if let Some(first) = ids.get(id.text.as_str()) {
                if placed.is_other_reading_of(first) {
                    continue;
                }
                let message = format!("'{}' is the id of an earlier span. Give this one another.", id.text);
                let place = first.span.id.as_ref().map(|id| id.range + first.block);
                let finding = report.add(range, message);
                finding.related.extend(
                    place.map(|range| Related { range, message: "The span with the same id".to_owned() }),
                );
                if !placed.span.is_beside() {
                    // Whoever names the id meant the first so far, and still does.
                    replace(finding, id, &free.like(&id.text), placed.block);
                }
                continue;
            }
            if !id.text.starts_with(char::is_alphabetic) {
                let message = format!("An id begins with a letter; '{}' does not.", id.text);
                report.add(range, message);
            }
            if context.registry.find(&id.text).is_some() {
                let message = format!(
                    "'{0}' is an actor's id too, so 'by={0}' could mean either. Give the span another id.",
                    id.text
                );
                report.add(range, message);
            }
            ids.insert(&id.text, placed);
        }
        let compared = Cell::new(COMPARED);
        let roots = RefCell::default();
        Self { spans: ids, header: context.header, registry: context.registry, roots, compared }
    }

    /// The span that the further pieces from `id` on lead to; none where they lead around in a circle.
    fn root(&self, id: &str) -> Option<&'a PlacedSpan<'a>> {
        let mut roots = self.roots.borrow_mut();
        let mut passed: Vec<&'a str> = Vec::new();
        let mut at = *self.spans.get(id)?;
        let root = loop {
            let id = at.span.id.as_ref().map_or("", |id| id.text.as_str());
            if let Some(root) = roots.get(id) {
                break *root;
            }
            roots.insert(id, None);
            passed.push(id);
            match at.span.value("part-of").and_then(|value| self.spans.get(value.text.as_str())) {
                Some(further) => at = further,
                None => break Some(at),
            }
        };
        roots.extend(passed.into_iter().map(|id| (id, root)));
        root
    }

    /// Whether `id` is an actor, or a source that the header declares.
    fn is_actor(&self, id: &str) -> bool {
        self.sources().any(|source| source == id) || self.registry.find(id).is_some()
    }

    /// The ids of all actors, and of the sources the header declares.
    fn actors(&self) -> impl Iterator<Item = &str> {
        self.registry.ids().chain(self.sources())
    }

    /// The ids that a wrong reference may have meant, in order: actors', and with `spans` those of spans.
    /// None where too many have been compared already.
    fn meant(&self, spans: bool, actors: bool) -> Option<Vec<&str>> {
        self.compared.set(self.compared.get().checked_sub(1)?);
        let mut known: Vec<&str> = self.spans.keys().copied().filter(|_| spans).collect();
        known.extend(self.actors().filter(|_| actors));
        known.sort_unstable();
        Some(known)
    }

    fn sources(&self) -> impl Iterator<Item = &str> {
        self.header.sources.iter().map(|source| source.id.text.as_str())
    }
}

/// Ids for spans whose own is taken, each given once.
struct FreeIds<'a> {
    taken: FxHashSet<&'a str>,
    /// The number that the next one like an id has, if that is free.
    next: FxHashMap<&'a str, usize>,
}

impl<'a> FreeIds<'a> {
    fn new(spans: &'a [PlacedSpan<'_>]) -> Self {
        let ids = spans.iter().filter_map(|placed| placed.span.id.as_ref());
        Self { taken: ids.map(|id| id.text.as_str()).collect(), next: FxHashMap::default() }
    }

    /// The next one like `id`: `id-2`, `id-3` …
    fn like(&mut self, id: &'a str) -> String {
        let number = self.next.entry(id).or_insert(2);
        loop {
            let free = format!("{id}-{number}");
            *number += 1;
            if !self.taken.contains(free.as_str()) {
                return free;
            }
        }
    }
}

/// Drafts wait for a person; one remark for all of them.
fn drafts(spans: &[PlacedSpan<'_>], report: &mut Report<'_>) {
    let mut drafts = spans.iter().filter(|placed| placed.span.is_draft());
    let Some(first) = drafts.next() else { return };
    let (count, wait_for) = match drafts.count() + 1 {
        1 => ("1 draft".to_owned(), "waits"),
        count => (format!("{count} drafts"), "wait"),
    };
    let message = format!("{count} of this article's annotation {wait_for} to be accepted or removed.");
    wait(first, DRAFT, message, report);
}

/// Alternatives wait for a decision; one remark for all of them.
fn alternatives(spans: &[PlacedSpan<'_>], report: &mut Report<'_>) {
    let mut alternatives = spans.iter().filter(|placed| placed.span.is_alternative()).peekable();
    let Some(first) = alternatives.peek().copied() else { return };
    let mut questions = FxHashSet::default();
    let mut alone = 0;
    for placed in alternatives {
        match placed.span.value("alt") {
            Some(question) => _ = questions.insert(question.text.as_str()),
            None => alone += 1,
        }
    }
    let (count, wait_for) = match questions.len() + alone {
        1 => ("1 disagreement".to_owned(), "waits"),
        count => (format!("{count} disagreements"), "wait"),
    };
    let message = format!("{count} between this article's coders {wait_for} to be settled.");
    wait(first, ALTERNATIVE, message, report);
}

/// Remarks at the class `class` of `placed` that something waits for a person.
fn wait(placed: &PlacedSpan<'_>, class: &str, message: String, report: &mut Report<'_>) {
    let class = placed.span.classes.iter().find(|word| word.text == class);
    let range = class.map_or(placed.span.attributes, |class| class.range);
    report.add(range + placed.block, message).severity = Severity::Information;
}

fn classes(placed: &PlacedSpan<'_>, report: &mut Report<'_>) {
    let mut names = SpanClass::ALL.map(SpanClass::name).to_vec();
    names.extend(PENDING.map(|(name, _)| name));
    let classes = placed.span.classes.as_slice();
    if let [only] = classes
        && only.text == DRAFT
    {
        let message = "'.draft' stands beside the class of what it is a draft of: .claim .draft.";
        report.add(only.range + placed.block, message);
    }
    let is_known = |class: &&Word| SpanClass::from_name(&class.text).is_some() || is_pending(&class.text);
    for class in classes.iter().filter(|class| !is_known(class)) {
        unknown(&format!("'.{}' is no class", class.text), class, &names, placed.block, report);
    }
}

fn keys(placed: &PlacedSpan<'_>, report: &mut Report<'_>) {
    let known: Vec<SpanClass> =
        placed.span.classes.iter().filter_map(|class| SpanClass::from_name(&class.text)).collect();
    if known.is_empty() && !placed.span.classes.is_empty() {
        // What the keys should be depends on the class, which is reported.
        return;
    }
    let mut allowed: Vec<&str> = known.iter().flat_map(|class| class.keys()).copied().collect();
    if placed.span.is_alternative() {
        allowed.extend(ALTERNATIVE_KEYS);
    }
    for key in placed.span.keys.iter().map(|pair| &pair.name) {
        if allowed.contains(&key.text.as_str()) {
            continue;
        }
        let takers: Vec<String> = SpanClass::ALL
            .into_iter()
            .filter(|class| class.keys().contains(&key.text.as_str()))
            .map(|class| format!(".{}", class.name()))
            .collect();
        if key.text == "target" && allowed.contains(&"on") {
            let message = "What a claim is about stands under 'on'; 'target' is an attribute of HTML.";
            let fixed = replace(report.add(key.range + placed.block, message), key, "on", placed.block);
            fixed.fixes.iter_mut().for_each(|fix| fix.applicability = Applicability::Safe);
        } else if takers.is_empty() {
            let of = known.first().map_or(String::new(), |class| format!(" of .{}", class.name()));
            unknown(&format!("'{}' is no key{of}", key.text), key, &allowed, placed.block, report);
        } else {
            let message = match known.first() {
                Some(class) => {
                    format!("'{}' belongs on {}, not on .{}.", key.text, takers.join(" or "), class.name())
                }
                None => format!("'{}' needs a class that takes it: {}.", key.text, takers.join(" or ")),
            };
            report.add(key.range + placed.block, message);
        }
    }
}

fn values(placed: &PlacedSpan<'_>, settings: &Settings, report: &mut Report<'_>) {
    for pair in &placed.span.keys {
        let Some(vocabulary) = vocabulary_in(settings, &pair.name.text) else { continue };
        if pair.value.text.is_empty() {
            // Nothing is wrong yet: somebody is about to choose.
            let names: Vec<&str> = vocabulary.values.iter().map(|value| value.name.as_str()).collect();
            let message = format!("'{}' waits for a value: {}.", pair.name.text, names.join(", "));
            report.add(pair.name.range + placed.block, message).severity = Severity::Information;
        } else if vocabulary.value(&pair.value.text).is_none() {
            let names: Vec<&str> = vocabulary.values.iter().map(|value| value.name.as_str()).collect();
            let what = format!("'{}' is no value of {}", pair.value.text, pair.name.text);
            unknown(&what, &pair.value, &names, placed.block, report);
        }
    }
}

/// Only a place where a mention was lost is empty.
fn extent(placed: &PlacedSpan<'_>, report: &mut Report<'_>) {
    let (span, missing) = (placed.span, placed.is(SpanClass::Missing));
    if span.class().is_none() || span.prose.is_empty() == missing {
        return;
    }
    if span.is_alternative() && span.value("words").is_some() {
        return;
    }
    let message = if missing {
        "A .missing span marks an empty place: write [] where the name was lost, without words."
    } else {
        "This span covers no words. Put the words between its brackets; an empty place is .missing."
    };
    report.add(span.range + placed.block, message);
}

/// A claim says whose it is.
fn speaker(placed: &PlacedSpan<'_>, report: &mut Report<'_>) {
    let span = placed.span;
    if !placed.is(SpanClass::Claim) || span.value("by").is_some() || span.value("part-of").is_some() {
        return;
    }
    // What nobody decided for may be left unfinished.
    if !span.is_settled() {
        return;
    }
    if !placed.touches_own {
        let message = "This claim does not say whose it is. Add 'by=' with the id of its source, 'by=none' if the article names nobody, or .own if the newsroom stands behind it.";
        report.add(span.attributes + placed.block, message);
    }
}

/// The keys that name spans or actors.
fn references(placed: &PlacedSpan<'_>, ids: &Ids<'_>, report: &mut Report<'_>) {
    for (key, actors) in [("by", true), ("for", false), ("part-of", false)] {
        let Some(value) = placed.span.value(key) else { continue };
        let range = value.range + placed.block;
        if value.text.trim().is_empty() {
            report.add(range, format!("'{key}' names nothing. Write an id after it."));
        }
        if actors && value.text == NOBODY {
            continue;
        }
        for (id, place) in placed.span.values(key) {
            let word = Word { text: id.to_owned(), range: place };
            if let Some(actor) = id.strip_prefix("actor:") {
                if !actors {
                    report.add(place + placed.block, format!("'{key}' names a claim, not an actor."));
                } else if !ids.is_actor(actor) {
                    no_actor(&word, actor, ids, placed.block, report);
                }
            } else if let Some(named) = ids.spans.get(id) {
                let fits = if actors {
                    !(named.is(SpanClass::Cue) || named.is(SpanClass::Claim) || named.is(SpanClass::Own))
                } else {
                    named.is_content() || named.span.class().is_none()
                };
                if !fits {
                    let class = named.span.class().map_or("", SpanClass::name);
                    let wanted = if actors { "a source or an actor" } else { "a claim or a quotation" };
                    let message = format!("'{key}' names {wanted}; '{id}' is a .{class}.");
                    report.add(place + placed.block, message);
                }
            } else if !(actors && ids.is_actor(id)) {
                let what = if actors { "span or actor" } else { "span" };
                let message = format!("There is no {what} '{id}'");
                match ids.meant(true, actors) {
                    Some(known) => nearest(&message, &word, id, &known, placed.block, report),
                    None => _ = report.add(place + placed.block, format!("{message}.")),
                }
            }
        }
    }
}

/// `ref` says which actor a name stands for.
fn names_an_actor(placed: &PlacedSpan<'_>, ids: &Ids<'_>, report: &mut Report<'_>) {
    let Some(value) = placed.span.value("ref") else { return };
    if value.text.trim().is_empty() {
        report.add(value.range + placed.block, "'ref' names nobody. Write an actor's id after it.");
    } else if !ids.is_actor(&value.text) {
        no_actor(value, &value.text, ids, placed.block, report);
    }
}

fn no_actor(word: &Word, id: &str, ids: &Ids<'_>, block: TextSize, report: &mut Report<'_>) {
    let message = format!("There is no actor '{id}'");
    match ids.meant(false, true) {
        Some(known) => nearest(&message, word, id, &known, block, report),
        None => _ = report.add(word.range + block, format!("{message}.")),
    }
}

/// A further piece names the first one and leaves to it whose claim it is.
fn part_of(placed: &PlacedSpan<'_>, ids: &Ids<'_>, report: &mut Report<'_>) {
    let Some(value) = placed.span.value("part-of") else { return };
    for key in ["by", "on", "stance"] {
        if let Some(pair) = placed.span.keys.iter().find(|pair| pair.name.text == key) {
            let message =
                format!("'{key}' stands on the first piece, '{}', and holds for this one.", value.text);
            report.add(pair.name.range + placed.block, message);
        }
    }
    let Some(first) = ids.spans.get(value.text.as_str()) else { return };
    let root = ids.root(&value.text);
    let range = value.range + placed.block;
    let Some(root) = root else {
        let message = format!(
            "'{}' is itself part of this piece. One of them is the first and has no 'part-of'.",
            value.text
        );
        report.add(range, message);
        return;
    };
    if !std::ptr::eq(root, *first) {
        let name = root.span.id.as_ref().map_or("", |id| id.text.as_str());
        let message = format!("'{}' is a further piece itself. Name the first one: '{name}'.", value.text);
        let finding = replace(report.add(range, message), value, name, placed.block);
        finding.fixes.iter_mut().for_each(|fix| fix.applicability = Applicability::Safe);
    }
}

/// Reports `word`, which is none of `known`, and offers the nearest of them.
fn unknown(what: &str, word: &Word, known: &[&str], block: TextSize, report: &mut Report<'_>) {
    nearest(what, word, &word.text, known, block, report);
}

/// Reports `word` with `what`, and offers the one of `known` nearest to `text`, or all of them where
/// none is near.
fn nearest(what: &str, word: &Word, text: &str, known: &[&str], block: TextSize, report: &mut Report<'_>) {
    let distance = |name: &str| strsim::osa_distance(name, text);
    let near =
        known.iter().copied().min_by_key(|name| distance(name)).filter(|name| {
            distance(name) <= if text.len() < 4 { 1 } else { 2 } && distance(name) < name.len()
        });
    let message = match (near, known) {
        (Some(near), _) => format!("{what}. Did you mean '{near}'?"),
        (None, []) => format!("{what}, and there is none to choose from."),
        (None, [one]) => format!("{what}; there is only '{one}'."),
        (None, _) if known.len() <= 20 => format!("{what}; there are {}.", known.join(", ")),
        (None, _) => format!("{what}."),
    };
    let finding = report.add(word.range + block, message);
    if let Some(near) = near {
        let prefix = word.text.len() - text.len();
        let text = format!("{}{near}", word.text.get(..prefix).unwrap_or(""));
        replace(finding, word, &text, block);
    }
}

/// Offers to write `text` for `word`.
fn replace<'a>(finding: &'a mut Finding, word: &Word, text: &str, block: TextSize) -> &'a mut Finding {
    finding.fixes.push(Fix {
        title: format!("Write '{text}' for '{}'", word.text),
        edits: vec![TextEdit { range: place(word, block), new_text: text.to_owned() }],
        applicability: Applicability::Suggested,
    });
    finding
}

fn place(word: &Word, block: TextSize) -> TextRange {
    word.range + block
}
