//! The claims of one article: who makes them, how well the article names them, where they stand.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::actors::{ActorKind, LayerKind, Registry, slug};
use crate::analysis::Analysis;
use crate::article::{Date, NOBODY, Span, SpanClass};
use crate::attribution::{Attribution, SourceKind};
use crate::ide::shorten;
use crate::settings::Settings;
use crate::stance::{self, Side, Value};
use crate::text::{Places, TextRange, TextSize};

/// Characters of a claim's sentence that are kept.
const SENTENCE: usize = 320;

/// The rule that finds statements that need a source and have none.
const BARE: &str = "ATT01";

/// What an article says for the figures over many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleClaims {
    /// Where it is.
    pub path: String,
    /// Its day.
    pub date: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Whether a person marked its claims; else attribution found them.
    pub annotated: bool,
    /// What its stances are about: id and label.
    #[serde(skip)]
    pub issues: Vec<(String, String)>,
    /// What its stances can be, by the settings that hold for it.
    #[serde(skip)]
    pub stances: Vec<Stance>,
    /// The claims in text order.
    #[serde(skip)]
    pub claims: Vec<Claim>,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The line it begins on, from 1.
    pub line: usize,
    /// The sentences it stands in, without markup, shortened.
    pub sentence: String,
    /// What kind of source makes it: of several, the one the article names best.
    pub source: CitedSource,
    /// How well the article names that source; none where there is no source, and for a pronoun nobody is found for.
    pub anonymity: Option<Anonymity>,
    /// The actors who make it.
    #[serde(skip)]
    pub actors: Vec<CitedActor>,
    /// What it is about, an id.
    pub issue: Option<String>,
    /// Where its actors stand on that: the name of a stance.
    pub stance: Option<String>,
}

/// An actor who makes a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedActor {
    /// The registry's id, or kind and name for one that no registry knows: equal ids are one actor in all articles.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// What it is.
    pub kind: Option<ActorKind>,
}

/// How much an article says of who a source is, after the values of `anon`; the best named first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anonymity {
    /// By name.
    Named,
    /// The body, or the document, alone.
    Organisation,
    /// An office or a part in the matter.
    Role,
    /// Somebody in office, and no more.
    Official,
    /// Nothing that tells who it is.
    Unnamed,
}

/// What kind of source makes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CitedSource {
    /// One human being.
    Person,
    /// A body, firm, party …
    Organisation,
    /// A country, and as a rule its government.
    Country,
    /// A newspaper, agency, broadcaster.
    Outlet,
    /// A report, statement, letter, poll …
    Document,
    /// Several people by what they are.
    Group,
    /// A person by office alone.
    Role,
    /// Somebody whose name is withheld.
    Unnamed,
    /// A pronoun nobody was found for.
    Pronoun,
    /// Reporting words without a source: "is expected", "reportedly".
    Nobody,
    /// A statement that needs a source and has none, by the rule ATT01.
    Bare,
}

/// A value of `stance`, of the built-in vocabulary or of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stance {
    /// As it is written.
    pub name: String,
    /// As people call it.
    pub label: String,
    /// The side it takes; none where it takes none.
    pub side: Option<Side>,
}

impl Anonymity {
    /// All of them, the best named first.
    pub const ALL: [Self; 5] = [Self::Named, Self::Organisation, Self::Role, Self::Official, Self::Unnamed];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Organisation => "organisation",
            Self::Role => "role",
            Self::Official => "official",
            Self::Unnamed => "unnamed",
        }
    }
}

impl CitedSource {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Organisation,
        Self::Country,
        Self::Outlet,
        Self::Document,
        Self::Group,
        Self::Role,
        Self::Unnamed,
        Self::Pronoun,
        Self::Nobody,
        Self::Bare,
    ];

    /// As it is shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Country => "country",
            Self::Outlet => "outlet",
            Self::Document => "document",
            Self::Group => "group",
            Self::Role => "role",
            Self::Unnamed => "unnamed",
            Self::Pronoun => "pronoun",
            Self::Nobody => "nobody",
            Self::Bare => "no attribution",
        }
    }

    /// Whether nobody is on record.
    pub const fn is_nobody(self) -> bool {
        matches!(self, Self::Nobody | Self::Bare)
    }

    fn of(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Person => Self::Person,
            ActorKind::Organisation | ActorKind::Place => Self::Organisation,
            ActorKind::Country => Self::Country,
            ActorKind::Outlet => Self::Outlet,
            ActorKind::Group => Self::Group,
        }
    }
}

impl From<&Value> for Stance {
    fn from(value: &Value) -> Self {
        let label = value.label.as_ref().unwrap_or(&value.name).clone();
        Self { name: value.name.clone(), label, side: value.side() }
    }
}

impl ArticleClaims {
    /// The settings an article is to be analysed with: `settings` as far as they bear on the figures. All other rules
    /// are silent, which is several times faster.
    #[must_use]
    pub fn settings(mut settings: Settings) -> Settings {
        let others = crate::rules::all().iter().map(|rule| rule.code).filter(|code| *code != BARE);
        settings.ignore.extend(others.map(str::to_owned));
        settings
    }

    /// The claims of the article at `path`: those a person marked where there are any, else those attribution found and
    /// the statements that need a source. `shared` are the actors known beside the article's header: an id it has not
    /// means nothing in other articles.
    pub fn new(path: &str, analysis: &Analysis, shared: &Registry) -> Self {
        let vocabulary = stance::vocabulary_in(analysis.settings(), "stance");
        let stances = vocabulary.iter().flat_map(|vocabulary| &vocabulary.values).map(Stance::from).collect();
        let reading = Reading { analysis, shared, places: Places::new(analysis.text()), stances };
        let header = analysis.header();
        let marked = reading.marked();
        let annotated = !marked.is_empty();
        Self {
            path: path.to_owned(),
            date: header.day(),
            outlet: header.outlet.as_ref().map(|outlet| outlet.text.trim().to_owned()),
            annotated,
            issues: header.on.iter().map(|(id, label)| (id.text.clone(), label.text.clone())).collect(),
            claims: if annotated { marked } else { reading.found() },
            stances: reading.stances,
        }
    }
}

struct Reading<'a> {
    analysis: &'a Analysis,
    shared: &'a Registry,
    places: Places<'a>,
    stances: Vec<Stance>,
}

/// A source, judged.
struct Cited {
    source: CitedSource,
    anonymity: Option<Anonymity>,
    actor: Option<CitedActor>,
}

impl Cited {
    const NOBODY: Self = Self { source: CitedSource::Nobody, anonymity: None, actor: None };

    /// A source of which it may be known who it is, and which else is an `otherwise`: a body is named as one.
    fn known(actor: Option<CitedActor>, otherwise: CitedSource) -> Self {
        let source = actor.as_ref().and_then(|actor| actor.kind).map_or(otherwise, CitedSource::of);
        let in_person = matches!(source, CitedSource::Person | CitedSource::Outlet);
        let anonymity = if in_person { Anonymity::Named } else { Anonymity::Organisation };
        Self { source, anonymity: Some(anonymity), actor }
    }

    /// How well it is named, the best first.
    fn rank(&self) -> (Anonymity, bool) {
        (self.anonymity.unwrap_or(Anonymity::Unnamed), self.anonymity.is_none())
    }
}

impl Reading<'_> {
    /// The claims a person marked. A further piece is no claim of its own.
    fn marked(&self) -> Vec<Claim> {
        let blocks = self.analysis.blocks();
        let spans = blocks
            .iter()
            .flat_map(|block| block.markup.annotations().map(move |span| (span, block.range.start())));
        let mut named: FxHashMap<&str, (&Span, TextSize)> = FxHashMap::default();
        for (span, start) in spans.clone() {
            if let Some(id) = &span.id {
                named.entry(&id.text).or_insert((span, start));
            }
        }
        let claims = spans.filter(|(span, _)| {
            matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote))
                && span.value("part-of").is_none()
                && span.is_settled()
        });
        // What stands beside the article comes after what stands in it.
        let mut claims: Vec<(&Span, TextSize)> = claims.collect();
        claims.sort_by_key(|(span, start)| {
            (span.content.start() + *start, Reverse(span.content.end() + *start))
        });
        claims
            .into_iter()
            .map(|(span, start)| {
                let by = span.values("by").filter(|(id, _)| *id != NOBODY);
                let sources = by.map(|(id, _)| match named.get(id) {
                    Some((source, start)) => self.marked_source(source, *start),
                    None => self.actor_by_id(id.strip_prefix("actor:").unwrap_or(id)),
                });
                let stance = span.value("stance").map(|word| word.text.clone());
                let stance = stance.filter(|name| self.stances.iter().any(|known| known.name == *name));
                let issue = span.value("on").map(|word| word.text.clone());
                self.claim(sources.collect(), &[span.content + start], issue, stance)
            })
            .collect()
    }

    /// The claims attribution found, and the statements that need a source and have none.
    fn found(&self) -> Vec<Claim> {
        let attributions = self.analysis.attributions();
        let mut out: Vec<(TextSize, Claim)> = Vec::with_capacity(attributions.len());
        for found in attributions.iter().filter(|found| found.is_claim()) {
            let content = found.content.first().or_else(|| found.cue.first());
            let Some(content) = content.copied() else { continue };
            let cue = found.cue.first().copied().unwrap_or(content);
            out.push((
                content.start(),
                self.claim(vec![self.found_source(found)], &[content, cue], None, None),
            ));
        }
        for finding in self.analysis.findings().iter().filter(|finding| finding.rule.code == BARE) {
            let bare = Cited { source: CitedSource::Bare, ..Cited::NOBODY };
            out.push((finding.range.start(), self.claim(vec![bare], &[finding.range], None, None)));
        }
        out.sort_by_key(|(start, _)| *start);
        out.into_iter().map(|(_, claim)| claim).collect()
    }

    fn claim(
        &self,
        mut sources: Vec<Cited>,
        ranges: &[TextRange],
        issue: Option<String>,
        stance: Option<String>,
    ) -> Claim {
        sources.sort_by_key(Cited::rank);
        let best = sources.first().unwrap_or(&Cited::NOBODY);
        let (source, anonymity) = (best.source, best.anonymity);
        let mut actors: Vec<CitedActor> = Vec::new();
        for actor in sources.into_iter().filter_map(|source| source.actor) {
            if !actors.iter().any(|known| known.id == actor.id) {
                actors.push(actor);
            }
        }
        let start = ranges.first().map_or(TextSize::new(0), |range| range.start());
        let line = self.places.at(start).line;
        Claim { line, sentence: self.sentence(ranges), source, anonymity, actors, issue, stance }
    }

    /// Who the span `span` of the block that begins at `start` cites.
    fn marked_source(&self, span: &Span, start: TextSize) -> Cited {
        let words = span.content + start;
        let anonymity = span
            .value("anon")
            .and_then(|word| Anonymity::ALL.into_iter().find(|anonymity| anonymity.name() == word.text));
        let document = span.value("basis").is_some_and(|basis| basis.text == "document");
        let referred = span.value("ref").map(|id| self.actor_by_id(&id.text));
        let mut cited = referred.unwrap_or_else(|| {
            let actor = self.actor_in(words).filter(|actor| answers(actor, anonymity));
            let source = match (actor.as_ref().and_then(|actor| actor.kind), anonymity) {
                (Some(kind), _) => CitedSource::of(kind),
                (None, Some(Anonymity::Named)) => CitedSource::Person,
                (None, Some(Anonymity::Organisation)) => CitedSource::Organisation,
                (None, Some(Anonymity::Role)) => CitedSource::Role,
                (None, _) => CitedSource::Unnamed,
            };
            Cited { source, anonymity: Some(Anonymity::Unnamed), actor }
        });
        if let (None, Some(Anonymity::Named)) = (&cited.actor, anonymity) {
            let name = self.prose(words);
            let id = format!("person/{}", slug(&name));
            cited.actor = Some(CitedActor { id, name, kind: Some(ActorKind::Person) });
        }
        if document {
            cited.source = CitedSource::Document;
        }
        cited.anonymity =
            anonymity.or(if cited.actor.is_some() { Some(Anonymity::Named) } else { cited.anonymity });
        cited
    }

    /// Who an attribution cites.
    fn found_source(&self, found: &Attribution) -> Cited {
        let actor = || found.source.iter().find_map(|range| self.actor_in(*range));
        let of = |source, anonymity, actor| Cited { source, anonymity: Some(anonymity), actor };
        match found.kind {
            SourceKind::None => Cited::NOBODY,
            SourceKind::Person => Cited::known(actor(), CitedSource::Person),
            SourceKind::Outlet => of(CitedSource::Outlet, Anonymity::Named, actor()),
            SourceKind::Organisation => {
                // In "the Biden campaign" it is not Biden.
                let actor = actor().filter(|actor| actor.kind != Some(ActorKind::Person));
                let source = actor.as_ref().and_then(|actor| actor.kind).map(CitedSource::of);
                of(source.unwrap_or(CitedSource::Organisation), Anonymity::Organisation, actor)
            }
            SourceKind::Document => of(CitedSource::Document, Anonymity::Organisation, None),
            SourceKind::Role => {
                let person = actor().filter(|actor| answers(actor, Some(Anonymity::Role)));
                match person {
                    Some(person) if self.names(found, &person) => {
                        Cited::known(Some(person), CitedSource::Person)
                    }
                    person => of(CitedSource::Role, Anonymity::Role, person),
                }
            }
            SourceKind::Group => of(CitedSource::Group, Anonymity::Role, None),
            SourceKind::Unnamed => {
                let official = found.source.iter().any(|range| {
                    let words = self.prose(*range);
                    words.split(|char: char| !char.is_alphanumeric()).any(|word| {
                        word.eq_ignore_ascii_case("official") || word.eq_ignore_ascii_case("officials")
                    })
                });
                let anonymity = if official { Anonymity::Official } else { Anonymity::Unnamed };
                of(CitedSource::Unnamed, anonymity, None)
            }
            SourceKind::Pronoun => match actor() {
                Some(actor) => Cited::known(Some(actor), CitedSource::Person),
                None => Cited { source: CitedSource::Pronoun, anonymity: None, actor: None },
            },
        }
    }

    /// Whether the words for the source of `found` hold the last name of `person`: "the curator, Ellen Strand".
    fn names(&self, found: &Attribution, person: &CitedActor) -> bool {
        let Some(last) = person.name.split_whitespace().next_back() else { return false };
        let holds = |range: &TextRange| {
            self.prose(*range)
                .split(|char: char| !char.is_alphanumeric() && char != '-')
                .any(|word| word == last)
        };
        found.source.iter().any(holds)
    }

    /// The actor with the id `id`, which a person gave: known exactly, so named.
    fn actor_by_id(&self, id: &str) -> Cited {
        let actor = match self.analysis.registry().with_id(id) {
            Some(known) => CitedActor {
                id: self.shared_id(id, &known.name, Some(known.kind)),
                name: known.name.to_string(),
                kind: Some(known.kind),
            },
            None => CitedActor { id: id.to_owned(), name: id.to_owned(), kind: None },
        };
        let source = actor.kind.map_or(CitedSource::Person, CitedSource::of);
        Cited { source, anonymity: Some(Anonymity::Named), actor: Some(actor) }
    }

    /// The actor the words at `range` name or point at.
    fn actor_in(&self, range: TextRange) -> Option<CitedActor> {
        let member = &self.analysis.cast().members()[self.analysis.member_in(range)?];
        let registry = self.analysis.registry();
        let name = self.analysis.name_of(member).to_owned();
        let declared = member.actor.filter(|actor| actor.layer == LayerKind::Header);
        let id = match declared.and_then(|actor| registry.get(actor)) {
            Some(actor) => self.shared_id(&actor.id, &actor.name, member.kind),
            None => member.id(registry),
        };
        Some(CitedActor { id, name, kind: member.kind })
    }

    /// The id by which other articles know an actor.
    fn shared_id(&self, id: &str, name: &str, kind: Option<ActorKind>) -> String {
        if self.shared.find(id).is_some() {
            return id.to_owned();
        }
        format!("{}/{}", kind.map_or("other", ActorKind::as_str), slug(name))
    }

    /// The words at `range`, without markup; `range` lies in one piece.
    fn prose(&self, range: TextRange) -> String {
        let (Some(from), Some(to)) = (self.analysis.place(range.start()), self.analysis.place(range.end()))
        else {
            return String::new();
        };
        let prose = self.analysis.piece(from).passage.prose();
        let end = if (from.block, from.piece) == (to.block, to.piece) {
            usize::from(to.offset)
        } else {
            prose.len()
        };
        prose.get(usize::from(from.offset)..end).unwrap_or_default().to_owned()
    }

    /// The sentences that hold `ranges`, as far as they lie in the piece of the first.
    fn sentence(&self, ranges: &[TextRange]) -> String {
        let places = ranges.iter().flat_map(|range| {
            let last = range.end().checked_sub(1.into()).unwrap_or_default().max(range.start());
            [self.analysis.place(range.start()), self.analysis.place(last)]
        });
        let mut places = places.flatten();
        let Some(first) = places.next() else { return String::new() };
        let passage = &self.analysis.piece(first).passage;
        let at = passage.sentence_at(first.offset);
        let (from, to) = places
            .filter(|place| (place.block, place.piece) == (first.block, first.piece))
            .map(|place| passage.sentence_at(place.offset))
            .fold((at, at), |(from, to), at| (from.min(at), to.max(at)));
        let mut ranges = passage.sentence_ranges().skip(from).take(to - from + 1);
        let Some(whole) = ranges.next() else { return String::new() };
        let whole = ranges.last().map_or(whole, |last| whole.cover(last));
        let words: Vec<&str> = passage.prose()[whole].split_whitespace().collect();
        shorten(&words.join(" "), SENTENCE)
    }
}

/// Whether `actor`, whom words name that say so much of a source, is the source: in "a spokesman for the ministry" it
/// is not the ministry.
fn answers(actor: &CitedActor, anonymity: Option<Anonymity>) -> bool {
    match anonymity {
        Some(Anonymity::Role) => actor.kind == Some(ActorKind::Person),
        Some(Anonymity::Official | Anonymity::Unnamed) => false,
        Some(Anonymity::Named | Anonymity::Organisation) | None => true,
    }
}
