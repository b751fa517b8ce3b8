//! What a name in no list is: by its shape, its words and what stands beside it.

use super::{Finder, Reading, is_acronym, is_initial};
use crate::actors::actor::{ActorKind, Reference};
use crate::actors::lexicon::{self, NameWord, name_word};
use crate::actors::mention::Certainty;
use crate::language::TokenKind;
use crate::text::TextRange;

impl Finder<'_> {
    /// What the name `start..end`, in no list, is by its shape and what stands beside it.
    #[expect(clippy::too_many_lines, reason = "one ladder of signs, the surest first")]
    pub(super) fn read(
        &self,
        start: usize,
        end: usize,
        limit: usize,
        title: Option<TextRange>,
        doubtful: bool,
    ) -> Reading {
        let first = self.tokens.text(start);
        let last = self.tokens.text(end - 1);
        let len = end - start;
        let given = lexicon::given_name(first);
        let sex = title
            .and_then(|title| {
                let inside = self.tokens.inside(title);
                inside.rev().find_map(|index| lexicon::title_sex(self.tokens.text(index)))
            })
            // "Sen. Graham" bears a surname.
            .or(given.flatten().filter(|_| title.is_none() || len > 1));
        let person = |certainty| Reading { kind: Some(ActorKind::Person), certainty, sex };
        let any = |class: NameWord| (start..end).any(|index| self.lexical(index).intersects(class));
        let previous = start.checked_sub(1).map_or("", |before| self.tokens.text(before));
        let next = self.tokens.text(end);
        let speaks = name_word(next).contains(NameWord::SPEECH) || next == "who";
        let spoken = name_word(previous).contains(NameWord::SPEECH) && !self.tokens.list[start - 1].capital;
        let initialled = len >= 2 && is_initial(first);
        if title.is_some() && (len <= 2 || !any(NameWord::ORGANISATION)) {
            return person(Certainty::Sure);
        }
        let city = self.is_city(start, end) && !speaks && !spoken;
        if len >= 2 && city {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        if len >= 2 && (given.is_some() || initialled) && !any(NameWord::ORGANISATION.union(NameWord::OUTLET))
        {
            let place = self.lexical(end - 1).contains(NameWord::PLACE) && !speaks && !spoken;
            let joined = (start..end).any(|index| matches!(self.tokens.text(index), "of" | "for" | "&"));
            if !place && !joined {
                return person(Certainty::Sure);
            }
        }
        if len >= 2 && self.lexical(end - 1).contains(NameWord::OUTLET) {
            return Reading::of(ActorKind::Outlet, Certainty::Sure);
        }
        if lexicon::is_outlet_in_parts(last) {
            return Reading::of(ActorKind::Outlet, Certainty::Sure);
        }
        let ends_place = self.lexical(end - 1).contains(NameWord::PLACE);
        let hosts = matches!(last, "Center" | "Centre" | "Complex") && !speaks && previous != "by";
        if len >= 2 && hosts {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        if len >= 2
            && any(NameWord::ORGANISATION)
            && (!ends_place || self.lexical(end - 1).contains(NameWord::ORGANISATION))
        {
            return Reading::of(ActorKind::Organisation, Certainty::Sure);
        }
        if len >= 2
            && (ends_place
                || self.lexical(start).contains(NameWord::PLACE_OPENER) && given.is_none()
                || self.lexical(start).contains(NameWord::PLACE) && self.tokens.text(start + 1) == "of")
        {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        if len >= 2
            && ((start..end).any(|index| {
                !self.tokens.list[index].capital && self.lexical(index).contains(NameWord::PARTICLE)
            }) || matches!(last, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV"))
        {
            return person(Certainty::Sure);
        }
        if len == 1 && is_acronym(first) {
            return Reading::of(ActorKind::Organisation, Certainty::Likely);
        }
        if self.is_aged(end, limit) {
            return person(Certainty::Sure);
        }
        if city {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        if len >= 2 && lexicon::is_surname(last) {
            return person(Certainty::Likely);
        }
        if len >= 2
            && given.is_none()
            && (self.is_place(start, end) || lexicon::is_english(first) && self.is_place(end - 1, end))
        {
            // "Kowloon West" is a place, "Edmonton Sun" and "Environment Canada" are bodies.
            let directed = self.lexical(end - 1).contains(NameWord::PLACE_OPENER);
            let kind = if directed { ActorKind::Place } else { ActorKind::Organisation };
            return Reading::of(kind, Certainty::Likely);
        }
        // "the Church", "The Foundation": short for one that stands elsewhere.
        if len == 1
            && self.lexical(start).contains(NameWord::ORGANISATION)
            && previous.eq_ignore_ascii_case("the")
        {
            return Reading::of(ActorKind::Organisation, Certainty::Likely);
        }
        if len == 1 && self.is_credited(start) {
            return person(Certainty::Likely);
        }
        if self.before_place(end, limit) {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        let before = if previous == "of" { start.checked_sub(2) } else { start.checked_sub(1) };
        let told = before
            .and_then(|index| lexicon::noun_kind(self.tokens.text(index), true))
            .or_else(|| lexicon::noun_kind(next, false));
        if let Some(kind) = told.filter(|_| given.is_none() || len == 1) {
            return Reading::of(kind, Certainty::Likely);
        }
        if doubtful {
            return Reading {
                kind: given.is_some().then_some(ActorKind::Person),
                certainty: Certainty::Doubtful,
                sex,
            };
        }
        if speaks || spoken {
            return person(Certainty::Likely);
        }
        if self.described_as_person(end, limit) {
            return person(Certainty::Likely);
        }
        let inside =
            matches!(previous, "in" | "near" | "across" | "throughout" | "outside" | "around" | "toward");
        if len == 1 && given.is_some() && !inside {
            return person(Certainty::Likely);
        }
        // "Merkel" where the registry has one of that surname.
        if len == 1 && !inside && self.registry.with_surname(first).next().is_some() {
            return person(Certainty::Likely);
        }
        if previous.eq_ignore_ascii_case("the") {
            let named = if len == 1 { Certainty::Guess } else { Certainty::Likely };
            return Reading::of(ActorKind::Organisation, named);
        }
        if len <= 2 && inside {
            return Reading::of(ActorKind::Place, Certainty::Likely);
        }
        if len <= 2 && matches!(previous, "to" | "from" | "at") {
            return Reading::of(ActorKind::Place, Certainty::Guess);
        }
        let plain = (start..end).all(|index| lexicon::is_english(self.tokens.text(index)));
        if (len == 2 || len == 3 && !lexicon::is_common(last)) && !plain {
            return person(Certainty::Guess);
        }
        if len == 1 && lexicon::is_surname(first) {
            return person(Certainty::Guess);
        }
        Reading::of(ActorKind::Organisation, Certainty::Guess)
    }

    /// Whether a place's or country's name begins at `at`.
    fn is_place(&self, at: usize, end: usize) -> bool {
        self.registered(at, end).is_some_and(|found| {
            matches!(self.kind_of(&found), Some(ActorKind::Place | ActorKind::Country))
                && found.actors().all(|(_, reference)| reference != Reference::People)
        })
    }

    /// Whether the name `start..end` is a larger city's.
    fn is_city(&self, start: usize, end: usize) -> bool {
        lexicon::is_city(&self.tokens.prose[self.tokens.span(start, end - 1)])
    }

    /// "Image: " before a name, or before one that "&" joins to it.
    pub(super) fn is_credited(&self, at: usize) -> bool {
        let at = if at >= 4 && self.tokens.text(at - 1) == "&" { at - 2 } else { at };
        at >= 2
            && self.tokens.text(at - 1) == ":"
            && ["image", "images", "photo", "photos", "photograph", "picture", "credit", "video", "audio"]
                .iter()
                .any(|word| self.tokens.is(at - 2, word))
    }

    /// ", 34," after a name.
    fn is_aged(&self, end: usize, limit: usize) -> bool {
        end + 1 < limit
            && self.tokens.text(end) == ","
            && self.tokens.list[end + 1].kind == TokenKind::Number
            && self.tokens.text(end + 1).len() <= 2
            && matches!(self.tokens.text(end + 2), "," | "." | "")
    }

    /// ", Texas" after a name.
    fn before_place(&self, end: usize, limit: usize) -> bool {
        self.tokens.text(end) == ","
            && self.registered(end + 1, limit).is_some_and(|found| {
                matches!(self.kind_of(&found), Some(ActorKind::Place | ActorKind::Country))
                    && found.actors().all(|(_, reference)| matches!(reference, Reference::Name))
                    && matches!(self.tokens.text(end + 1 + found.len), "," | "." | ")" | "" | "'s")
            })
    }

    /// ", a spokesman for" or ", who" after a name.
    fn described_as_person(&self, end: usize, limit: usize) -> bool {
        if self.tokens.text(end) != "," {
            return false;
        }
        if self.tokens.is(end + 1, "who") {
            return true;
        }
        let start = end + 1;
        (start..limit.min(start + 6))
            .take_while(|index| self.tokens.list[*index].kind == TokenKind::Word)
            .find(|index| self.lexical(*index).contains(NameWord::TITLE))
            .is_some_and(|index| !self.tokens.list[index].capital || index == start)
    }
}
