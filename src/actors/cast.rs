//! Who the mentions of one article are: names, short names, acronyms, offices and pronouns
//! brought together.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::actor::{Actor, ActorKind, Reference, Role, Sex};
use super::lexicon::{
    NameWord, description, given_name, is_english, is_outlet_in_parts, is_surname, is_thing_noun, name_word,
};
use super::mention::{Candidate, Certainty, Form, Mention};
use super::name;
use super::registry::{ActorRef, Registry};
use crate::article::Date;
use crate::language::{Passage, TokenKind, Tokens, WordClass, finite_form};
use crate::text::TextRange;

/// Everybody an article speaks of, and which of its mentions speaks of whom.
///
/// It is a function of what it is given: no clock, no file. Building it anew after an edit costs
/// time linear in the article's mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    members: Vec<CastMember>,
    links: Vec<Vec<Option<Link>>>,
    /// Words, in lower case, that are names only where the article has them nowhere in lower case.
    openers: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    member: usize,
    why: Why,
}

/// One of those an article speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CastMember {
    /// The fullest name the article gives, or the registry's.
    pub name: String,
    /// What it is, where anything tells.
    pub kind: Option<ActorKind>,
    /// The actor of the registry it is.
    pub actor: Option<ActorRef>,
    /// Where the article does not decide between several, those it may be.
    pub candidates: Vec<ActorRef>,
    /// The names the article gives it, each once, in order.
    pub names: Vec<String>,
    /// The titles the article puts before its name: "Army Chief General".
    pub titles: Vec<String>,
    /// What the article says of it after a comma: "a spokesman for the ministry".
    pub said: Vec<String>,
    /// The sex its titles, given name or registry entry tell.
    pub sex: Option<Sex>,
    /// Its first mention: the index of the passage and of the mention there.
    pub first: (usize, usize),
    /// How many mentions it has.
    pub mentions: usize,
    /// The weight of what speaks for each kind, in the order of [`ActorKind::ALL`].
    votes: [u32; 6],
}

/// Why a mention is taken for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The registry has the name.
    Registered,
    /// The article names it here, and here first, or again in the same words.
    Named,
    /// A part of a name that stands elsewhere in the article.
    ShortName,
    /// The initials of a name that stands elsewhere in the article.
    Acronym,
    /// Its title is an office that person held.
    Office,
    /// The only one a pronoun can mean.
    Pronoun,
    /// Who writes the article, by its byline or a note at its end.
    Writer,
    /// The only one a description can mean: "the president", "the company".
    Description,
}

impl Cast {
    /// Brings the mentions of an article's passages together. `date` is the article's day, `byline` who its header says
    /// has written it.
    pub fn new(
        passages: &[(&Passage, &[Mention])],
        registry: &Registry,
        date: Option<Date>,
        byline: Option<&str>,
    ) -> Self {
        let mut builder = Builder {
            passages,
            registry,
            date,
            byline,
            cast: Self {
                members: Vec::new(),
                links: passages.iter().map(|(_, mentions)| vec![None; mentions.len()]).collect(),
                openers: BTreeSet::new(),
            },
            by_actor: FxHashMap::default(),
            by_name: FxHashMap::default(),
            by_word: FxHashMap::default(),
            surnames: FxHashSet::default(),
            words: FxHashMap::default(),
            small: FxHashSet::default(),
            plainly: FxHashSet::default(),
            things: FxHashSet::default(),
            initials_of_things: FxHashSet::default(),
        };
        builder.things();
        builder.full_names();
        builder.seen_small();
        builder.offices();
        builder.short_names();
        builder.pronouns();
        builder.finish()
    }

    /// Whether this cast of an article stays as it is, but for what is said where, when the passage `one`
    /// with its mentions gives way to `other`.
    pub fn sees_alike(&self, one: (&Passage, &[Mention]), other: (&Passage, &[Mention])) -> bool {
        one.0.sentences().len() == other.0.sentences().len()
            && one.1.len() == other.1.len()
            && one
                .1
                .iter()
                .zip(other.1)
                .all(|(mine, yours)| Sight::of(one.0, mine) == Sight::of(other.0, yours))
            && self.openers_in(one.0).eq(self.openers_in(other.0))
    }

    /// The words of `passage` that make a name elsewhere none.
    fn openers_in<'a>(&'a self, passage: &'a Passage) -> impl Iterator<Item = &'a str> {
        let tokens = passage.tokens();
        let words = tokens.list.iter().map(move |token| &tokens.prose[token.range]);
        words.filter(|word| !self.openers.is_empty() && self.openers.contains(*word))
    }

    /// Who mention `mention` of passage `block` is; none for what turned out to be no name, and
    /// where the article does not tell.
    pub fn resolve(&self, block: usize, mention: usize) -> Option<&CastMember> {
        self.index(block, mention).and_then(|index| self.members.get(index))
    }

    /// The same as an index into [`Cast::members`].
    pub fn index(&self, block: usize, mention: usize) -> Option<usize> {
        self.link(block, mention).map(|link| link.member)
    }

    /// Why a mention is taken for the member it resolves to.
    pub fn why(&self, block: usize, mention: usize) -> Option<Why> {
        self.link(block, mention).map(|link| link.why)
    }

    /// Everybody, in the order of the first mention of their full names.
    pub fn members(&self) -> &[CastMember] {
        &self.members
    }

    fn link(&self, block: usize, mention: usize) -> Option<Link> {
        *self.links.get(block)?.get(mention)?
    }
}

impl CastMember {
    /// Its id: the registry's, or `kind/slug` of its name for one only this article knows.
    pub fn id(&self, registry: &Registry) -> String {
        if let Some(actor) = self.actor.and_then(|actor| registry.get(actor)) {
            return actor.id.to_string();
        }
        format!("{}/{}", self.kind.map_or("other", ActorKind::as_str), slug(&self.name))
    }

    fn vote(&mut self, kind: Option<ActorKind>, certainty: Certainty) {
        let weight = match certainty {
            Certainty::Thing | Certainty::Doubtful => 0,
            Certainty::Guess => 1,
            Certainty::Likely => 4,
            Certainty::Sure => 12,
        };
        if let Some(kind) = kind {
            self.votes[kind as usize] += weight;
        }
        let best = ActorKind::ALL
            .into_iter()
            .max_by_key(|kind| (self.votes[*kind as usize], *kind == ActorKind::Person));
        self.kind = best.filter(|best| self.votes[*best as usize] > 0).or(self.kind).or(kind);
    }
}

/// All that the cast looks at in a mention and beside it.
#[derive(PartialEq)]
struct Sight<'a> {
    /// The mention without its ranges, which stand below by their words.
    mention: Mention,
    name: &'a str,
    title: Option<&'a str>,
    said: Option<&'a str>,
    /// The two tokens before it and the two after.
    beside: [&'a str; 4],
    /// Its passage ends so soon after it that it may be a line of who writes.
    closes: bool,
    sentence: usize,
    quoted: bool,
}

impl<'a> Sight<'a> {
    fn of(passage: &'a Passage, mention: &Mention) -> Self {
        let words = |range: TextRange| &passage.prose()[range];
        let tokens = passage.tokens();
        let at = tokens.inside(mention.range);
        let before = |back: usize| at.start.checked_sub(back).map_or("", |index| tokens.text(index));
        Self {
            name: words(mention.range),
            title: mention.title.map(words),
            said: mention.said.map(words),
            beside: [before(2), before(1), tokens.text(at.end), tokens.text(at.end + 1)],
            closes: closes(tokens, at.end),
            sentence: passage.sentence_at(mention.range.start()),
            quoted: passage.is_quoted(mention.range),
            mention: Mention { range: TextRange::default(), title: None, said: None, ..mention.clone() },
        }
    }
}

/// `name` in lower case, everything but letters and digits as single hyphens.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_alphanumeric() {
            out.extend(char.to_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Whether the passage of `tokens` ends so soon after a name that ends before token `end` that it may be a line of who writes.
fn closes(tokens: Tokens<'_>, end: usize) -> bool {
    tokens.len() <= end + BYLINE
}

/// A line of who writes has at most so many tokens after the name.
const BYLINE: usize = 4;

/// Among so many paragraphs at the top it stands.
const TOP: usize = 4;

/// Among so many at the end a note tells who writes.
const NOTES: usize = 4;

/// In how many sentences, from its own backwards, the one that a pronoun means is looked for.
const PRONOUN_REACH: usize = 6;

/// The same for an office: "the senator".
const OFFICE_REACH: usize = 4;

/// The same for another description.
const DESCRIPTION_REACH: usize = 2;

/// What "the agency" may have in its name instead.
const AGENCIES: [&str; 7] = ["agency", "bureau", "service", "administration", "office", "centre", "center"];

/// How many tokens the phrase between commas after a name may have.
const PHRASE_REACH: usize = 24;

/// How many mentions of a passage are looked at for either, backwards.
const MENTIONS_REACH: usize = 64;

struct Builder<'a> {
    passages: &'a [(&'a Passage, &'a [Mention])],
    registry: &'a Registry,
    date: Option<Date>,
    byline: Option<&'a str>,
    cast: Cast,
    by_actor: FxHashMap<(ActorRef, bool), usize>,
    /// Names in lower case.
    by_name: FxHashMap<String, usize>,
    /// Members by each word of their names, in lower case.
    by_word: FxHashMap<String, Vec<usize>>,
    /// The last words of persons' full names.
    surnames: FxHashSet<&'a str>,
    /// How often a word stands alone as a name.
    words: FxHashMap<&'a str, usize>,
    /// Words that stand alone as names only where a sentence begins, and in lower case elsewhere.
    small: FxHashSet<&'a str>,
    /// The actors of the registry that some mention can only mean, and the countries of those that are places.
    plainly: FxHashSet<ActorRef>,
    /// What the article tells to be a thing and nowhere an actor.
    things: FxHashSet<&'a str>,
    /// The initials of things of several words.
    initials_of_things: FxHashSet<String>,
}

impl<'a> Builder<'a> {
    fn text(&self, block: usize, range: TextRange) -> &'a str {
        &self.passages[block].0.prose()[range]
    }

    fn each(&self) -> impl Iterator<Item = (usize, usize, &'a Mention)> + use<'a> {
        self.passages.iter().enumerate().flat_map(|(block, (_, mentions))| {
            mentions.iter().enumerate().map(move |(index, mention)| (block, index, mention))
        })
    }

    /// What is told to be a thing where it stands, and so is no actor where the same words stand alone.
    fn things(&mut self) {
        for (block, _, mention) in self.each().filter(|(.., mention)| mention.is_thing()) {
            let text = self.text(block, mention.range);
            self.things.insert(text);
            // "Space Shuttle Atlantis" is "Atlantis" too.
            let own = text.match_indices(' ').rev().map(|(at, _)| text.split_at(at)).find(|(before, _)| {
                let word = before.rsplit(' ').next().unwrap_or(before);
                is_thing_noun(&word.to_lowercase(), true)
            });
            self.things.extend(own.map(|(_, name)| name.trim_start()));
            let initials = name::initials(text);
            if initials.len() > 1 && text.contains(' ') {
                self.initials_of_things.insert(initials);
            }
        }
        if self.things.is_empty() {
            return;
        }
        for (block, _, mention) in self.each().filter(|(.., mention)| !mention.is_thing()) {
            let text = self.text(block, mention.range);
            let sure = mention.certainty == Certainty::Sure || mention.title.is_some();
            let last = text.rsplit(' ').next().filter(|_| mention.kind == Some(ActorKind::Person));
            for known in
                [Some(text).filter(|_| sure), last.filter(|last| *last != text)].into_iter().flatten()
            {
                self.things.remove(known);
            }
        }
    }

    /// Whether the article tells of the words of `mention` elsewhere that they are a thing, or that of a thing they are
    /// the initials.
    fn is_thing(&self, text: &str, mention: &Mention) -> bool {
        let told = || {
            self.things.contains(text)
                || mention.form == Form::Acronym && self.initials_of_things.contains(text)
        };
        mention.candidates.is_empty()
            && mention.title.is_none()
            && mention.certainty < Certainty::Sure
            && mention.form != Form::People
            && told()
    }

    /// Names that stand for themselves: those in the registry and those of more than one word.
    fn full_names(&mut self) {
        for (block, _, mention) in self.each() {
            if let [only] = mention.candidates.as_slice() {
                self.plainly.insert(only.actor);
                if mention.kind == Some(ActorKind::Place) {
                    let country = self.registry.get(only.actor).and_then(|place| place.country.as_deref());
                    self.plainly.extend(country.and_then(|id| self.registry.find(id)));
                }
            }
            if mention.kind == Some(ActorKind::Person)
                && let Some((_, last)) = self.text(block, mention.range).rsplit_once(' ')
            {
                self.surnames.insert(last);
            }
        }
        for (block, index, mention) in self.each() {
            if mention.is_pointer() || mention.certainty <= Certainty::Doubtful {
                continue;
            }
            let text = self.text(block, mention.range);
            if self.is_thing(text, mention) {
                continue;
            }
            if let Some(stands_for) = mention.stands_for
                && let Some(link) = self.cast.link(block, stands_for)
            {
                self.by_name.entry(text.to_lowercase()).or_insert(link.member);
                self.add(block, index, link.member, Why::Acronym);
                continue;
            }
            if self.is_namesake(text, block, mention) {
                continue;
            }
            if !mention.candidates.is_empty() {
                self.registered(block, index, mention);
            } else if text.contains([' ', '\n', '\u{a0}']) || mention.form == Form::People {
                let member = self.named(text, mention);
                self.add(block, index, member, Why::Named);
            } else {
                *self.words.entry(text).or_default() += 1;
            }
        }
    }

    /// Whether a place's name is a person's here: "Paris said" where Ann Paris stands elsewhere.
    fn is_namesake(&self, text: &str, block: usize, mention: &Mention) -> bool {
        if !self.surnames.contains(text)
            || !matches!(mention.kind, Some(ActorKind::Place | ActorKind::Country))
        {
            return false;
        }
        let tokens = self.passages[block].0.tokens();
        let at = tokens.inside(mention.range);
        let before = at.start.checked_sub(1).map_or("", |index| tokens.text(index));
        // A country acts too; only what a person does tells against it. A city's name alone does not.
        let city = mention.candidates.iter().any(|candidate| candidate.reference == Reference::Capital);
        let acts = city
            || mention.kind == Some(ActorKind::Place)
            || name_word(tokens.text(at.end)).contains(NameWord::SPEECH)
            || !finite_form(tokens.text(at.end)).is_empty();
        // "Jordan closed its border": no person has an "its".
        let owns = (at.end..(at.end + 5).min(tokens.len())).any(|index| tokens.is(index, "its"));
        // "In Ohio, Paris": a place in a place. "In 2007, Paris left" is none.
        let placed = before == ","
            && at.start.checked_sub(2).is_some_and(|index| tokens.list[index].capital)
            && !name_word(tokens.text(at.end)).contains(NameWord::SPEECH);
        acts && !owns && !placed && !matches!(before, "in" | "at" | "from" | "near" | "outside" | "through")
    }

    /// Links a mention whose name the registry has.
    fn registered(&mut self, block: usize, index: usize, mention: &Mention) {
        let chosen = self.choose(block, mention);
        let people = mention.form == Form::People;
        let Some(chosen) = chosen else {
            let text = self.text(block, mention.range);
            let member = self.named(text, mention);
            if self.cast.members[member].candidates.is_empty() {
                self.cast.members[member].candidates =
                    mention.candidates.iter().map(|candidate| candidate.actor).collect();
            }
            self.add(block, index, member, Why::Named);
            return;
        };
        let member = if let Some(member) = self.by_actor.get(&(chosen.actor, people)) {
            *member
        } else {
            let member = self.enter(chosen.actor, people);
            self.by_actor.insert((chosen.actor, people), member);
            member
        };
        self.add(block, index, member, Why::Registered);
    }

    /// A new member that is the registry's `actor`.
    fn enter(&mut self, actor: ActorRef, people: bool) -> usize {
        let member = self.cast.members.len();
        let mut new = CastMember { actor: Some(actor), ..CastMember::default() };
        if let Some(known) = self.registry.get(actor) {
            new.name = known.name.to_string();
            new.kind = Some(if people { ActorKind::Group } else { known.kind });
            new.sex = known.sex;
            if !matches!(known.kind, ActorKind::Country | ActorKind::Place) {
                for word in words(&known.name) {
                    self.by_word.entry(word).or_default().push(member);
                }
            }
        }
        self.cast.members.push(new);
        member
    }

    /// Which of its candidates a mention is, where the text decides.
    fn choose(&self, block: usize, mention: &Mention) -> Option<Candidate> {
        let candidates = &mention.candidates;
        let first = *candidates.first()?;
        if candidates.len() == 1 {
            return Some(first);
        }
        let kind = |candidate: &Candidate| self.registry.get(candidate.actor).map(|actor| actor.kind);
        let capital = candidates.iter().find(|candidate| candidate.reference == Reference::Capital);
        let city = candidates.iter().find(|candidate| kind(candidate) == Some(ActorKind::Place));
        if let (Some(capital), Some(city)) = (capital, city) {
            return Some(if self.is_government(block, mention) { *capital } else { *city });
        }
        // One that stands in the article by another, clear name.
        let mut known = candidates.iter().filter(|candidate| {
            self.by_actor.contains_key(&(candidate.actor, false)) || self.is_native(candidate.actor)
        });
        match (known.next(), known.next()) {
            (Some(one), None) => Some(*one),
            _ if mention.form == Form::Adjective => None,
            _ => None,
        }
    }

    /// Whether the article speaks of places in the country that `actor` lies in.
    fn is_native(&self, actor: ActorRef) -> bool {
        let country = self.registry.get(actor).and_then(|actor| actor.country.clone());
        country.and_then(|id| self.registry.find(&id)).is_some_and(|country| self.plainly.contains(&country))
    }

    /// Whether a capital stands for the government that sits there.
    fn is_government(&self, block: usize, mention: &Mention) -> bool {
        let tokens = self.passages[block].0.tokens();
        let at = tokens.inside(mention.range);
        let before = |back: usize| at.start.checked_sub(back).map_or("", |index| tokens.text(index));
        let next = tokens.text(at.end);
        let acts = name_word(next).contains(NameWord::SPEECH)
            || matches!(
                next,
                "has" | "have" | "had" | "would" | "will" | "could" | "should" | "does" | "did"
            );
        let dealt = matches!(before(1), "with" | "between" | "against")
            || before(1) == "to"
                && matches!(
                    before(2),
                    "visit" | "visits" | "ties" | "threat" | "message" | "signal" | "warning"
                );
        acts || dealt
    }

    /// The member named `text`, a new one if there is none.
    fn named(&mut self, text: &str, mention: &Mention) -> usize {
        let key = key(text);
        if let Some(member) = self.by_name.get(&key) {
            return *member;
        }
        let person = mention.kind == Some(ActorKind::Person);
        if person && let Some(member) = self.same_person(text, mention.sex) {
            self.by_name.insert(key, member);
            return member;
        }
        let member = self.cast.members.len();
        self.cast.members.push(CastMember { name: one_line(text).into_owned(), ..CastMember::default() });
        for word in words(text) {
            self.by_word.entry(word).or_default().push(member);
        }
        self.by_name.insert(key, member);
        member
    }

    /// A person in the article of whom `text`, of several words, is another form of the name.
    fn same_person(&self, text: &str, sex: Option<Sex>) -> Option<usize> {
        let words = words(text);
        let (first, last) = (words.first()?, words.last()?);
        self.by_word.get(last)?.iter().copied().find(|member| {
            let member = &self.cast.members[*member];
            let other = self::words(&member.name);
            let opening = other.first().is_some_and(|other| {
                other == first
                    || initial(other) && first.starts_with(other.trim_end_matches('.'))
                    || initial(first) && other.starts_with(first.trim_end_matches('.'))
            });
            let inside = other.ends_with(&words) || words.ends_with(&other) && member.name.contains(' ');
            member.kind == Some(ActorKind::Person)
                && agree(member.sex, sex)
                && other.last() == Some(last)
                && (opening || inside)
        })
    }

    /// Finds the words that have their capitals from their sentences alone: "Fundraising went well" where
    /// "fundraising" stands elsewhere.
    fn seen_small(&mut self) {
        let mut opening: FxHashMap<&str, bool> = FxHashMap::default();
        for (block, index, mention) in self.each() {
            let single = !mention.is_thing()
                && mention.candidates.is_empty()
                && mention.form == Form::Name
                && mention.title.is_none()
                && mention.certainty <= Certainty::Guess
                && self.cast.links[block][index].is_none();
            if single {
                let passage = self.passages[block].0;
                let at = passage.tokens().inside(mention.range).start;
                let sentence = passage.sentences().get(passage.sentence_at(mention.range.start()));
                let opens = sentence.is_some_and(|sentence| sentence.start == at);
                *opening.entry(self.text(block, mention.range)).or_insert(true) &= opens;
            }
        }
        let words: FxHashMap<String, &str> = opening
            .iter()
            .filter(|(_, opens)| **opens)
            .map(|(text, _)| (text.to_lowercase(), *text))
            .collect();
        self.cast.openers.extend(words.keys().cloned());
        let mut initials = [false; 256];
        for word in words.keys() {
            initials[usize::from(word.bytes().next().unwrap_or(0))] = true;
        }
        for (passage, _) in self.passages.iter().filter(|_| !words.is_empty()) {
            let tokens = passage.tokens();
            for token in tokens.list {
                let text = &tokens.prose[token.range];
                if initials[usize::from(text.bytes().next().unwrap_or(0))]
                    && let Some(text) = words.get(text)
                {
                    self.small.insert(text);
                }
            }
        }
    }

    /// Surnames of persons that only the registry has in full: "President Xi" makes a "Xi" before it the same.
    fn offices(&mut self) {
        let mut firsts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for (block, index, mention) in self.each() {
            let named =
                mention.form == Form::Name && !mention.is_thing() && self.cast.links[block][index].is_none();
            let text = self.text(block, mention.range);
            let known = named && self.registry.with_surname(text).next().is_some();
            let actor = (known && self.short(text, block, mention).is_none())
                .then(|| self.by_office(text, block, mention).or_else(|| self.by_surname(text, mention)))
                .flatten();
            if known && mention.certainty > Certainty::Doubtful {
                firsts.entry(text).or_insert((block, index));
            }
            let Some(actor) = actor else { continue };
            let member = self.by_actor.get(&(actor, false)).copied();
            let member = member.unwrap_or_else(|| self.enter(actor, false));
            self.by_actor.insert((actor, false), member);
            self.add(block, index, member, Why::Office);
            let member = &mut self.cast.members[member];
            if let Some(first) = firsts.get(text).filter(|first| **first < member.first) {
                member.first = *first;
            }
        }
    }

    /// Single words: surnames, given names, acronyms and short forms of what stands elsewhere.
    fn short_names(&mut self) {
        for (block, index, mention) in self.each() {
            if self.cast.links[block][index].is_some() || mention.is_pointer() {
                continue;
            }
            let text = self.text(block, mention.range);
            if mention.is_thing() || self.is_thing(text, mention) {
                continue;
            }
            let (member, why) = if self.is_family(text, block, mention) {
                let member = self.named(text, mention);
                self.cast.members[member].vote(Some(ActorKind::Group), Certainty::Sure);
                (member, Why::Named)
            } else if let Some(found) =
                self.short(text, block, mention).filter(|found| self.bears_out(text, mention, found.0))
            {
                found
            } else if mention.certainty <= Certainty::Doubtful && !self.words.contains_key(text)
                || self.small.contains(text)
            {
                continue;
            } else {
                (self.named(text, mention), Why::Named)
            };
            self.add(block, index, member, why);
        }
    }

    /// Whether a word that may have its capital from its sentence alone is short for `member`: a word that stands
    /// elsewhere in lower case is only where it is a surname.
    fn bears_out(&self, text: &str, mention: &Mention, member: usize) -> bool {
        let member = &self.cast.members[member];
        let surnamed = || {
            member.kind == Some(ActorKind::Person)
                && (member.actor.is_some() || member.votes[ActorKind::Person as usize] > 1)
                && surname(&member.name) == text.to_lowercase()
        };
        mention.certainty > Certainty::Doubtful || !self.small.contains(text) || surnamed()
    }

    /// Whether `text` is a family's name: "the Clintons", where the article or the registry has a Clinton.
    fn is_family(&self, text: &str, block: usize, mention: &Mention) -> bool {
        let tokens = self.passages[block].0.tokens();
        let at = tokens.inside(mention.range).start;
        let after_article = at.checked_sub(1).is_some_and(|before| tokens.is(before, "the"));
        let is_surname = |stem: &str| {
            let lower = stem.to_lowercase();
            let is_named = |member: &usize| {
                let member = &self.cast.members[*member];
                member.kind == Some(ActorKind::Person) && surname(&member.name) == lower
            };
            stem.len() > 2
                && (self.by_word.get(&lower).is_some_and(|members| members.iter().any(is_named))
                    || self.registry.with_surname(stem).next().is_some())
        };
        let stems = [text.strip_suffix('s'), text.strip_suffix("es")];
        after_article && mention.candidates.is_empty() && stems.into_iter().flatten().any(is_surname)
    }

    /// Whom the single word `text` is short for.
    fn short(&self, text: &str, block: usize, mention: &Mention) -> Option<(usize, Why)> {
        let word = with_typewriter_apostrophes(text.to_lowercase());
        if let Some(member) = self.half_of_country(text, mention) {
            return Some((member, Why::ShortName));
        }
        if let Some(member) = self.by_name.get(&word) {
            return Some((*member, Why::Named));
        }
        let place = |member: &CastMember| member.kind == Some(ActorKind::Place);
        let titled = mention.title.is_some();
        if let Some(members) = self.by_word.get(&word) {
            let person = |member: &&usize| {
                let member = &self.cast.members[**member];
                member.kind == Some(ActorKind::Person) && agree(member.sex, mention.sex.filter(|_| titled))
            };
            let last = |member: &&usize| {
                let name = &self.cast.members[**member].name;
                surname(name) == word
            };
            // Where two have the surname, it alone is the one named first: the other is told apart each time.
            let first = |members: &mut dyn Iterator<Item = &usize>| {
                members.copied().min_by_key(|member| self.cast.members[*member].first)
            };
            let surnamed = first(&mut members.iter().filter(person).filter(last));
            if let Some(member) = surnamed.or_else(|| self.nearest(members.iter().filter(person), block)) {
                return Some((member, Why::ShortName));
            }
            // "Boeing" for "Boeing Co.", "the Church" for "Church of Scientology"; "Irving, Texas" is the town.
            let placed = mention.kind == Some(ActorKind::Place) && mention.certainty >= Certainty::Likely;
            let headed = |member: &&usize| {
                let member = &self.cast.members[**member];
                let rest = words(&member.name);
                // "the House" is no "White House".
                let chamber = name_word(text).contains(NameWord::MODIFIER);
                let of_country = || {
                    let before = rest.iter().position(|other| *other == word);
                    before.is_some_and(|before| before == 0 || self.is_country(&member.name, before))
                };
                !placed
                    && !place(member)
                    && !matches!(member.kind, Some(ActorKind::Person | ActorKind::Group))
                    && (!chamber || of_country())
                    && (name_word(text).intersects(NameWord::ORGANISATION.union(NameWord::OUTLET))
                        || is_outlet_in_parts(text)
                        || rest.first() == Some(&word)
                            && rest[1..].iter().all(|word| {
                                name_word(word).intersects(NameWord::ORGANISATION.union(NameWord::OUTLET))
                            }))
            };
            if let Some(member) = self.nearest(members.iter().filter(headed), block) {
                return Some((member, Why::ShortName));
            }
        }
        if name::is_acronym(text) {
            let letters: String = text.chars().filter(|char| char.is_uppercase()).collect();
            let member = self.cast.members.iter().position(|member| {
                member.kind != Some(ActorKind::Person)
                    && letters.len() > 1
                    && name::initials(&member.name) == letters
            })?;
            return Some((member, Why::Acronym));
        }
        None
    }

    /// The country that "the North" or "the South" is: the only one of the article whose name begins so, where the
    /// registry has its other half.
    fn half_of_country(&self, text: &str, mention: &Mention) -> Option<usize> {
        const HALVES: [(&str, &str); 4] =
            [("North", "South"), ("South", "North"), ("East", "West"), ("West", "East")];
        let (_, other) = HALVES.into_iter().find(|(half, _)| *half == text)?;
        let mut found = (0..self.cast.members.len()).filter(|member| {
            let member = &self.cast.members[*member];
            let rest = member.name.strip_prefix(text).and_then(|rest| rest.strip_prefix(' '));
            mention.title.is_none()
                && member.kind == Some(ActorKind::Country)
                && rest.is_some_and(|rest| !self.registry.named(&format!("{other} {rest}")).is_empty())
        });
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether the first `len` words of `name` are a country's or place's name.
    fn is_country(&self, name: &str, len: usize) -> bool {
        let Some((end, _)) = name.match_indices(' ').nth(len - 1) else { return false };
        let found = self.registry.named(&name[..end]);
        found
            .first()
            .and_then(|(actor, _)| self.registry.get(*actor))
            .is_some_and(|actor| matches!(actor.kind, ActorKind::Country | ActorKind::Place))
    }

    /// Of `members`, the one mentioned last before passage `block`, or first after it.
    fn nearest<'m>(&self, members: impl Iterator<Item = &'m usize>, block: usize) -> Option<usize> {
        members.copied().min_by_key(|member| {
            let first = self.cast.members[*member].first.0;
            if first <= block { (0, block - first) } else { (1, first - block) }
        })
    }

    /// A person of the registry with the surname `text` whose office the title is.
    fn by_office(&self, text: &str, block: usize, mention: &Mention) -> Option<ActorRef> {
        let title = self.text(block, mention.title?).to_lowercase();
        let held = |actor: &Actor, on_day: bool| {
            actor.roles.iter().any(|role| {
                let office = role.title.to_lowercase();
                (title.contains(&office) || title.split(' ').next_back() == Some(&office))
                    && (!on_day || self.date.is_some_and(|date| role.is_held_on(date)))
            })
        };
        for on_day in [true, false] {
            let mut found = self
                .registry
                .with_surname(text)
                .filter(|actor| self.registry.get(*actor).is_some_and(|actor| held(actor, on_day)));
            match (found.next(), found.next()) {
                (Some(one), None) => return Some(one),
                (Some(_), Some(_)) => return None,
                _ => {}
            }
        }
        None
    }

    /// The only person of the registry with the surname `text`, if hardly anybody else has it: "Merkel".
    fn by_surname(&self, text: &str, mention: &Mention) -> Option<ActorRef> {
        let rare = !is_surname(text) && !is_english(text) && given_name(text).is_none();
        let suits = mention.kind == Some(ActorKind::Person)
            && mention.candidates.is_empty()
            && mention.certainty >= Certainty::Likely;
        let mut found = self.registry.with_surname(text);
        let only = found.next().filter(|_| suits && rare && found.next().is_none())?;
        agree(self.registry.get(only)?.sex, mention.sex).then_some(only)
    }

    /// Offices and pronouns, where only one person can be meant.
    fn pronouns(&mut self) {
        let writes = self.each().any(|(.., mention)| mention.form == Form::Writer);
        let writer = if writes { self.writer() } else { None };
        for block in 0..self.passages.len() {
            let (passage, mentions) = self.passages[block];
            for (index, mention) in mentions.iter().enumerate() {
                let person = |member: &CastMember| {
                    member.kind == Some(ActorKind::Person) && agree(member.sex, mention.sex)
                };
                let (found, why) = match mention.form {
                    Form::Role if mention.kind == Some(ActorKind::Person) => {
                        let found = self
                            .holder(block, index, mention)
                            .or_else(|| self.officer(block, index, mention));
                        (found, Why::Description)
                    }
                    Form::Role => (self.described(block, index, mention), Why::Description),
                    // "Ann Lee, a nurse who".
                    Form::Pronoun if mention.stands_for.is_some() => {
                        (mention.stands_for.and_then(|before| self.cast.index(block, before)), Why::Pronoun)
                    }
                    Form::Pronoun if !passage.is_quoted(mention.range) => {
                        (self.antecedent(block, index, mention, person), Why::Pronoun)
                    }
                    Form::Writer => (writer, Why::Writer),
                    _ => (None, Why::Pronoun),
                };
                if let Some(member) = found {
                    self.cast.links[block][index] = Some(Link { member, why });
                }
            }
        }
    }

    /// Who writes the article: whom the header's byline names or a line "By Ann Lee" near the top, else whom a note near its
    /// end tells of, "Ann Lee is a nurse in Harbour.".
    fn writer(&self) -> Option<usize> {
        let known =
            self.byline.and_then(|byline| self.by_name.get(&one_line(byline).to_lowercase()).copied());
        let person = |block: usize, first: usize| {
            let (passage, mentions) = self.passages[block];
            let tokens = passage.tokens();
            let names = |mention: &&Mention| tokens.inside(mention.range).start == first;
            let index = mentions.iter().take(2).position(|mention| names(&mention))?;
            let member = self.cast.link(block, index)?.member;
            let whole = mentions[index].is_name() && self.text(block, mentions[index].range).contains(' ');
            let is_person = self.cast.members[member].kind == Some(ActorKind::Person);
            (whole && is_person).then(|| (member, tokens.inside(mentions[index].range).end))
        };
        let signed = |block: usize| {
            let tokens = self.passages[block].0.tokens();
            let (member, end) = person(block, 1).filter(|_| tokens.is(0, "by"))?;
            closes(tokens, end).then_some(member)
        };
        let noted = |block: usize| {
            let tokens = self.passages[block].0.tokens();
            let (member, end) = person(block, 0)?;
            let told = tokens.is(end, "is") && tokens.class(end + 1).contains(WordClass::DETERMINER);
            told.then_some(member)
        };
        let count = self.passages.len();
        known
            .or_else(|| (0..count.min(TOP)).find_map(signed))
            .or_else(|| (count.saturating_sub(NOTES).max(TOP)..count).rev().find_map(noted))
    }

    /// The only person of the article with the office "the president", or who had it: "the former secretary". An
    /// office in the person's title or the registry counts more than one the article tells after a comma.
    fn holder(&self, block: usize, index: usize, mention: &Mention) -> Option<usize> {
        let text = one_line(self.text(block, mention.range)).to_lowercase();
        let office = text.strip_prefix("the ")?;
        let republican = office.strip_prefix("gop ").map(|rest| format!("republican {rest}"));
        let office = republican.as_deref().unwrap_or(office);
        let (former, office) = match office.strip_prefix("former ") {
            Some(office) => (true, office),
            None => (false, office),
        };
        let of_title = |member: &CastMember| {
            let is_former = |words: &str| words.starts_with("former ") || words.starts_with("ex-");
            member.titles.iter().any(|title| {
                let title = written_out(&title.to_lowercase());
                is_office(&title, office) && (!former || is_former(&title))
            })
        };
        let titled = |member: &CastMember| {
            let known = member.actor.and_then(|actor| self.registry.get(actor));
            // Without a date any time will do.
            let held = |role: &Role| match self.date {
                Some(date) if former => role.to.is_some_and(|to| to < date),
                Some(date) => role.is_held_on(date),
                None => true,
            };
            let of_registry = known.is_some_and(|actor| {
                actor.roles.iter().any(|role| held(role) && is_office(&role.title.to_lowercase(), office))
            });
            of_title(member) || of_registry
        };
        let said = |member: &CastMember| {
            member.said.iter().any(|said| {
                let said = said.to_lowercase();
                let words = ["a ", "an ", "the "].iter().find_map(|article| said.strip_prefix(article));
                let words = words.unwrap_or(&said);
                is_office(words, office) && (!former || words.starts_with("former "))
            })
        };
        let only = |suits: &dyn Fn(&CastMember) -> bool| {
            let mut found = (0..self.cast.members.len()).filter(|member| {
                let member = &self.cast.members[*member];
                member.kind == Some(ActorKind::Person) && agree(member.sex, mention.sex) && suits(member)
            });
            let first = found.next();
            (first, found.next().is_some())
        };
        match only(&titled) {
            (Some(one), false) => Some(one),
            (Some(_), true) => {
                let most = self.spoken_of_most(ActorKind::Person, &titled).filter(|_| !former);
                let most = most.filter(|most| of_title(&self.cast.members[*most]));
                // "The senator" among several is the one named in the sentence before.
                let near = |member: &CastMember| {
                    member.kind == Some(ActorKind::Person)
                        && agree(member.sex, mention.sex)
                        && of_title(member)
                };
                most.or_else(|| self.antecedent(block, index, mention, near).filter(|_| !former))
            }
            (None, _) => only(&said).0.filter(|_| !only(&said).1),
        }
    }

    /// The only person of the article whose title is the office of `mention`, and right before it the body that stands
    /// before `mention`: "CNN chief" where the article has "CNN Chief Ann Lee".
    fn officer(&self, block: usize, index: usize, mention: &Mention) -> Option<usize> {
        let office = one_line(self.text(block, mention.range)).to_lowercase();
        let body = self.body_before(block, index, mention.range)?;
        let mut found = None;
        for (block, index, other) in self.each() {
            let Some(title) = other.title else { continue };
            let titled = one_line(self.text(block, title)).to_lowercase();
            if !is_office(&titled, &office) || self.body_before(block, index, title) != Some(body) {
                continue;
            }
            let member = self.cast.index(block, index)?;
            if found.is_some_and(|found| found != member) {
                return None;
            }
            found = Some(member);
        }
        found
    }

    /// The body whose name ends right before `range`, which mention `index` of the passage is or has as its title.
    fn body_before(&self, block: usize, index: usize, range: TextRange) -> Option<usize> {
        let (passage, mentions) = self.passages[block];
        let before = index.checked_sub(1)?;
        let end = mentions[before].range.end();
        let beside = end < range.start() && passage.prose()[TextRange::new(end, range.start())] == *" ";
        self.cast.index(block, before).filter(|_| beside)
    }

    /// Of those of the kind that `suits`, the one the article is about: whom it mentions several times as often as each other.
    fn spoken_of_most(&self, kind: ActorKind, suits: &dyn Fn(&CastMember) -> bool) -> Option<usize> {
        let count = |member: &usize| self.cast.members[*member].mentions;
        let mut found: Vec<usize> = (0..self.cast.members.len())
            .filter(|member| {
                let member = &self.cast.members[*member];
                member.kind == Some(kind) && suits(member)
            })
            .collect();
        found.sort_by_key(|member| std::cmp::Reverse(count(member)));
        let most = *found.first()?;
        found.get(1).is_none_or(|next| count(&most) >= 4 * count(next)).then_some(most)
    }

    /// Whom "the company" or "the ministry" means: the only one of the article whose name has the noun, else the
    /// only one of the kind in its own sentence before it or in the one before.
    fn described(&self, block: usize, index: usize, mention: &Mention) -> Option<usize> {
        let text = one_line(self.text(block, mention.range)).to_lowercase();
        let noun = text.strip_prefix("the ")?;
        let (kind, named) = description(noun)?;
        let has = |member: &CastMember, noun: &str| {
            member
                .names
                .iter()
                .chain([&member.name])
                .any(|name| name.split_whitespace().any(|word| word.eq_ignore_ascii_case(noun)))
        };
        let suits = |member: &CastMember| {
            let known = member.actor.and_then(|actor| self.registry.get(actor));
            let body = member
                .name
                .split_whitespace()
                .any(|word| description(&word.to_lowercase()).is_some_and(|(_, named)| named));
            // A body that the registry describes is no firm.
            let noted = known.is_some_and(|actor| !actor.note.is_empty() && !actor.note.contains(noun));
            let agency = noun == "agency" && AGENCIES.iter().any(|word| has(member, word));
            member.kind == Some(kind)
                && if named {
                    has(member, noun)
                } else {
                    agency || kind != ActorKind::Organisation || !body && !noted
                }
        };
        let mut found = (0..self.cast.members.len()).filter(|member| {
            let member = &self.cast.members[*member];
            member.kind == Some(kind) && has(member, noun)
        });
        if let (Some(one), None) = (found.next(), found.next()) {
            return Some(one);
        }
        let most = || named.then(|| self.spoken_of_most(kind, &suits)).flatten();
        self.antecedent(block, index, mention, suits).or_else(most)
    }

    /// The only one that `suits` among those named in the mention's own sentence before it or in the one before;
    /// for a pronoun also further back, where nobody else is named between, quoted words left out.
    fn antecedent(
        &self,
        block: usize,
        index: usize,
        mention: &Mention,
        suits: impl Fn(&CastMember) -> bool,
    ) -> Option<usize> {
        let pronoun = mention.form == Form::Pronoun;
        let speaking = pronoun && self.is_speaking(block, mention);
        let own = self.passages[block].0.sentence_at(mention.range.start());
        let (mut from, mut sentence) = (block, own);
        if pronoun && let Some(member) = self.named_after(block, index, mention) {
            return Some(member);
        }
        let others = pronoun && self.follows_participle(block, mention);
        // Whom the sentence has only as an owner, "Lee's plan", gives way to one who spoke before.
        let mut owner = None;
        let reach = match mention.kind {
            _ if pronoun => PRONOUN_REACH,
            Some(ActorKind::Person) => OFFICE_REACH,
            _ => DESCRIPTION_REACH,
        };
        for _ in 0..reach {
            let (passage, mentions) = self.passages[from];
            let before = if from == block { index } else { mentions.len() };
            let mut found = Vec::new();
            let first = before.saturating_sub(MENTIONS_REACH);
            for (at, other) in mentions.iter().enumerate().take(before).skip(first) {
                let Some(link) = self.cast.link(from, at) else { continue };
                let near = passage.sentence_at(other.range.start()) == sentence;
                if near
                    && !(others && (from, sentence) == (block, own))
                    && !matches!(other.form, Form::Adjective | Form::Writer)
                    && suits(&self.cast.members[link.member])
                    && !(pronoun && passage.is_quoted(other.range))
                {
                    found.push((link.member, other));
                }
            }
            if pronoun && (from, sentence) == (block, own) {
                self.leave_out_object(block, mention, &mut found);
            }
            if pronoun {
                let limit = if (from, sentence) == (block, own) { Some(mention) } else { None };
                self.leave_out_phrase(from, limit, &mut found);
            }
            if speaking && (from, sentence) == (block, own) && owner.is_none() {
                let owners = |(_, other): &(usize, &Mention)| self.is_owner(from, other);
                if found.iter().all(owners) {
                    owner = found.first().map(|(member, _)| *member);
                    found.clear();
                }
            }
            if owner.is_some() && !found.iter().any(|(_, other)| self.is_speaking(from, other)) {
                found.clear();
            }
            if let Some((first, _)) = found.first() {
                if found.iter().all(|(member, _)| member == first) {
                    return Some(*first);
                }
                // Two are possible. Of those who speak there may be one only, or one is what the sentence before is
                // about; else silence.
                let mut speakers = found.iter().filter(|(_, other)| self.is_speaking(from, other));
                let speaker = speakers.next().filter(|_| speaking).map(|(member, _)| *member);
                let Some(speaker) = speaker else {
                    // "she" where of one alone the article tells that she is a woman.
                    if let Some(one) = self.only_of_sex(mention.sex, &found) {
                        return Some(one);
                    }
                    // "He met Lee before he left": the sentence goes on with whom it began.
                    let goes_on = || found[0].1.form == Form::Pronoun && self.opens_clause(block, mention);
                    let subject =
                        ((from, sentence) != (block, own) || goes_on()) && self.is_subject(from, found[0].1);
                    return (pronoun && subject).then_some(*first);
                };
                return speakers.all(|(member, _)| *member == speaker).then_some(speaker);
            }
            while sentence == 0 {
                let Some(before) = from.checked_sub(1) else { return owner };
                from = before;
                sentence = self.passages[from].0.sentences().len();
            }
            sentence -= 1;
        }
        owner
    }

    /// Leaves out of `found` whom "whom" before the pronoun `mention` goes on about: "met Lee, whom he".
    fn leave_out_object(&self, block: usize, mention: &Mention, found: &mut Vec<(usize, &Mention)>) {
        let tokens = self.passages[block].0.tokens();
        let Some(whom) = tokens.inside(mention.range).start.checked_sub(1) else { return };
        let Some((object, name)) = found.last().copied().filter(|_| tokens.is(whom, "whom")) else { return };
        let end = tokens.inside(name.range).end;
        if end == whom || end + 1 == whom && tokens.text(end) == "," {
            found.retain(|(member, _)| *member != object);
        }
    }

    /// Leaves out of `found`, in the order of the sentence, who is named in the phrase after the first: Berg in "Lee, who
    /// met Berg, left". The phrase has to end before `limit`.
    fn leave_out_phrase(&self, block: usize, limit: Option<&Mention>, found: &mut Vec<(usize, &Mention)>) {
        let Some((first, name)) = found.first().copied() else { return };
        let tokens = self.passages[block].0.tokens();
        let end = limit.map_or(usize::MAX, |limit| tokens.inside(limit.range).start);
        if let Some(phrase) = self.phrase_after(block, name).filter(|phrase| phrase.end < end) {
            found.retain(|(member, other)| {
                *member == first || !phrase.contains(&tokens.inside(other.range).start)
            });
        }
    }

    /// The only one of `found` who is known to have the sex that a pronoun tells.
    fn only_of_sex(&self, sex: Option<Sex>, found: &[(usize, &Mention)]) -> Option<usize> {
        let known = |member: usize| sex.is_some() && self.cast.members[member].sex == sex;
        let mut known = found.iter().map(|(member, _)| *member).filter(|member| known(*member));
        let first = known.next()?;
        known.all(|member| member == first).then_some(first)
    }

    /// The person that a pronoun in the phrase opening its sentence stands for, where the name follows that phrase: "In
    /// his speech, Lee said".
    fn named_after(&self, block: usize, index: usize, mention: &Mention) -> Option<usize> {
        let (passage, mentions) = self.passages[block];
        let tokens = passage.tokens();
        let at = tokens.inside(mention.range).start;
        let sentence = passage.sentences().get(passage.sentence_at(mention.range.start()))?;
        let opens = WordClass::PREPOSITION.union(WordClass::SUBORDINATOR);
        if at - sentence.start > 3 || at == sentence.start || !tokens.class(sentence.start).intersects(opens)
        {
            return None;
        }
        let next = mentions[index + 1..]
            .iter()
            .position(|other| other.form == Form::Name && other.kind == Some(ActorKind::Person))?;
        let named = &mentions[index + 1 + next];
        let first = tokens.inside(named.title.unwrap_or(named.range)).start;
        let commas = (at..first).filter(|index| tokens.text(*index) == ",").count();
        let follows = first < sentence.end && commas == 1 && tokens.text(first - 1) == ",";
        let end = tokens.inside(named.range).end;
        let acts = !finite_form(tokens.text(end)).is_empty()
            || name_word(tokens.text(end)).contains(NameWord::SPEECH);
        let member = self.cast.index(block, index + 1 + next)?;
        (follows && acts && agree(self.cast.members[member].sex, mention.sex)).then_some(member)
    }

    /// Whether something of the mention's follows it: "Lee's plan".
    fn is_owner(&self, block: usize, mention: &Mention) -> bool {
        let tokens = self.passages[block].0.tokens();
        matches!(tokens.text(tokens.inside(mention.range).end), "'s" | "’s" | "'" | "’")
    }

    /// Whether the mention opens its sentence, be it after a phrase and a comma, and something follows that it does: "Lee
    /// rejected …", "In Oslo, mayor Lee rejected …".
    fn is_subject(&self, block: usize, mention: &Mention) -> bool {
        let passage = self.passages[block].0;
        let tokens = passage.tokens();
        let at = tokens.inside(mention.range);
        let mut first = mention.title.map_or(at.start, |title| tokens.inside(title).start);
        let Some(sentence) = passage.sentences().get(passage.sentence_at(mention.range.start())) else {
            return false;
        };
        while first > sentence.start && tokens.list[first - 1].capital {
            first -= 1;
        }
        let opening = tokens.text(sentence.start);
        let phrase = first > sentence.start
            && tokens.text(first - 1) == ","
            && (tokens.class(sentence.start).intersects(WordClass::PREPOSITION.union(WordClass::ADVERB))
                || opening.len() > 5 && opening.ends_with("ing"));
        let end = past_brackets(&tokens, at.end);
        let next = tokens.class(end);
        let verbs = WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE);
        let acts = !finite_form(tokens.text(end)).is_empty()
            || next.intersects(verbs)
            || self.phrase_after(block, mention).is_some();
        (first == sentence.start || phrase) && acts
    }

    /// Whether the pronoun is the subject of a clause by the word before it: "before he", "and she".
    fn opens_clause(&self, block: usize, mention: &Mention) -> bool {
        let tokens = self.passages[block].0.tokens();
        let at = tokens.inside(mention.range).start;
        let joins = WordClass::SUBORDINATOR.union(WordClass::COORDINATOR);
        let subject = ["he", "she"].iter().any(|word| tokens.is(at, word));
        subject
            && at
                .checked_sub(1)
                .is_some_and(|before| tokens.class(before).intersects(joins) && tokens.text(before) != "that")
    }

    /// Whether the pronoun stands after an opening phrase without a subject of its own: "Campaigning against Lee, she".
    fn follows_participle(&self, block: usize, mention: &Mention) -> bool {
        let passage = self.passages[block].0;
        let tokens = passage.tokens();
        let at = tokens.inside(mention.range).start;
        let Some(sentence) = passage.sentences().get(passage.sentence_at(mention.range.start())) else {
            return false;
        };
        let first = tokens.text(sentence.start);
        at > sentence.start && tokens.text(at - 1) == "," && first.len() > 5 && first.ends_with("ing")
    }

    /// Whether a verb of speech stands beside the mention, be it after a phrase between commas.
    fn is_speaking(&self, block: usize, mention: &Mention) -> bool {
        let tokens = self.passages[block].0.tokens();
        let at = tokens.inside(mention.range);
        let speech = |index: usize| name_word(tokens.text(index)).contains(NameWord::SPEECH);
        // "…, said Ann Lee", not "he said Ann Lee knew".
        let inverted = at
            .start
            .checked_sub(2)
            .is_some_and(|before| tokens.list[before].kind == TokenKind::Quote || tokens.text(before) == ",");
        let says = |index: usize| {
            speech(index) || tokens.class(index).contains(WordClass::ADVERB) && speech(index + 1)
        };
        let past_phrase = self.phrase_after(block, mention).is_some_and(|phrase| says(phrase.end + 1));
        let end = past_brackets(&tokens, at.end);
        says(end) || past_phrase || inverted && speech(at.start - 1)
    }

    /// The tokens of the phrase set between commas after a name, where the sentence goes on with a verb: "Lee, who met
    /// Berg, left".
    fn phrase_after(&self, block: usize, mention: &Mention) -> Option<std::ops::Range<usize>> {
        let tokens = self.passages[block].0.tokens();
        let end = past_brackets(&tokens, tokens.inside(mention.range).end);
        if mention.form == Form::Pronoun || tokens.text(end) != "," {
            return None;
        }
        let verbs = WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE).union(WordClass::MODAL);
        let goes_on = |index: usize| {
            let index = index + usize::from(tokens.class(index).contains(WordClass::ADVERB));
            !finite_form(tokens.text(index)).is_empty()
                || tokens.class(index).intersects(verbs)
                || name_word(tokens.text(index)).contains(NameWord::SPEECH)
        };
        for index in end + 1..(end + PHRASE_REACH).min(tokens.len()) {
            let kind = tokens.list[index].kind;
            if matches!(kind, TokenKind::Stop | TokenKind::Quote) || tokens.text(index) == ";" {
                return None;
            }
            if tokens.text(index) == "," && goes_on(index + 1) {
                return Some(end + 1..index);
            }
        }
        None
    }

    /// Adds a mention to a member, with what it tells.
    fn add(&mut self, block: usize, index: usize, member: usize, why: Why) {
        let mention = &self.passages[block].1[index];
        let text = self.text(block, mention.range);
        let title = mention.title.map(|range| one_line(self.text(block, range)));
        let said = mention.said.map(|range| one_line(self.text(block, range)));
        self.cast.links[block][index] = Some(Link { member, why });
        let member = &mut self.cast.members[member];
        if member.mentions == 0 {
            member.first = (block, index);
        }
        member.mentions += 1;
        // A namesake in the registry says nothing of this one.
        if member.actor.is_none() && (why != Why::ShortName || mention.candidates.is_empty()) {
            member.vote(mention.kind, mention.certainty);
        }
        // "Joseph" for Ann Joseph is no man's name.
        let surnamed = |name: &str| {
            why == Why::ShortName && mention.title.is_none() && surname(name) == text.to_lowercase()
        };
        if mention.sex.is_some()
            && !surnamed(&member.name)
            && (member.sex.is_none() || mention.title.is_some() && member.actor.is_none())
        {
            member.sex = mention.sex;
        }
        let name = one_line(text);
        if member.actor.is_none()
            && mention.is_name()
            && member.kind == Some(ActorKind::Person)
            && name.len() > member.name.len()
        {
            // The fullest name is the one shown.
            member.name = name.to_string();
        }
        let note = |names: &mut Vec<String>, name: Cow<'_, str>| {
            if !names.iter().any(|known| *known == name) {
                names.push(name.into_owned());
            }
        };
        if mention.is_name() {
            note(&mut member.names, name);
        }
        if let Some(title) = title {
            note(&mut member.titles, title);
        }
        if let Some(said) = said {
            note(&mut member.said, said);
        }
    }

    fn finish(self) -> Cast {
        self.cast
    }
}

/// The words of a name in lower case; connecting words are left out.
fn words(name: &str) -> Vec<String> {
    each_word(name).collect()
}

/// The same, one by one, from either end.
fn each_word(name: &str) -> impl DoubleEndedIterator<Item = String> {
    name.split_whitespace()
        .filter(|word| {
            word.starts_with(|char: char| char.is_uppercase() || char.is_ascii_digit()) || word.contains('-')
        })
        .filter(|word| !name_word(word).contains(NameWord::PARTICLE))
        .map(|word| with_typewriter_apostrophes(word.to_lowercase()))
}

/// `text` with each apostrophe as a typewriter has it.
fn with_typewriter_apostrophes(text: String) -> String {
    if text.is_ascii() { text } else { text.replace('’', "'") }
}

/// The last word of a person's name that is no "Jr." or number, in lower case.
fn surname(name: &str) -> String {
    let is_suffix =
        |word: &String| matches!(word.as_str(), "jr." | "jr" | "sr." | "sr" | "ii" | "iii" | "iv");
    each_word(name).rev().find(|word| !is_suffix(word)).unwrap_or_default()
}

/// The key of a name: in lower case, on one line, without the article and a firm's ending.
fn key(name: &str) -> String {
    let lower = with_typewriter_apostrophes(one_line(name).to_lowercase());
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    let ends = [" inc", " inc.", " corp", " corp.", " co.", " ltd", " ltd.", " llc", " plc"];
    ends.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare).to_owned()
}

/// `text` with one space for each stretch of white space.
fn one_line(text: &str) -> Cow<'_, str> {
    // As most names are written.
    if text.split(' ').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic())) {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

fn initial(word: &str) -> bool {
    word.trim_end_matches('.').chars().count() == 1
}

fn agree(one: Option<Sex>, other: Option<Sex>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Whether `office` is what the description `text` says, up to its "of" or "for": "secretary" of "assistant
/// secretary of state".
fn head(text: &str, office: &str) -> bool {
    if ends_with_words(text, office) {
        return true;
    }
    if !text.contains(office) {
        return false;
    }
    let cut =
        [" of ", " for ", " at ", " in ", " who ", " to "].iter().filter_map(|word| text.find(word)).min();
    cut.is_some_and(|cut| ends_with_words(&text[..cut], office))
}

/// Whether the office that `text` tells is `office`, which may leave some of its words out: "Republican nominee" of
/// "Republican presidential nominee". A nominee is a candidate.
fn is_office(text: &str, office: &str) -> bool {
    let same = |one: &str, other: &str| {
        one == other || [one, other].iter().all(|word| matches!(*word, "nominee" | "candidate"))
    };
    let short = || {
        let (first, last) = office.rsplit_once(' ')?;
        let (rest, end) = text.rsplit_once(' ')?;
        let inside = first.split(' ').all(|word| rest.split(' ').any(|other| other == word));
        Some(same(last, end) && inside)
    };
    head(text, office) || short().unwrap_or(false)
}

/// A title in lower case with its last word written out: "senator" for "sen.".
fn written_out(title: &str) -> String {
    const SHORT: [(&str, &str); 6] = [
        ("sen.", "senator"),
        ("gov.", "governor"),
        ("rep.", "representative"),
        ("gen.", "general"),
        ("prof.", "professor"),
        ("sgt.", "sergeant"),
    ];
    let written =
        SHORT.iter().find_map(|(short, long)| Some(format!("{}{long}", title.strip_suffix(short)?)));
    written.unwrap_or_else(|| title.to_owned())
}

/// The token after short brackets that begin at token `at`, else `at`: after "(R-Ohio)".
fn past_brackets(tokens: &Tokens, at: usize) -> usize {
    if tokens.text(at) != "(" {
        return at;
    }
    (at + 1..at + 5).find(|index| tokens.text(*index) == ")").map_or(at, |close| close + 1)
}

fn ends_with_words(text: &str, end: &str) -> bool {
    text.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}
