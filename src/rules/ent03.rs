//! ENT03: a title the person did not hold on the article's date.

use super::speech::SPEECH;
use super::{Applicability, Check, Family, Fix, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::{Actor, ActorKind, Form, Mention, Registry, Role};
use crate::article::Date;
use crate::language::{Tokens, entries, verb};
use crate::text::{TextEdit, TextRange};

pub(super) static RULE: Rule = Rule {
    code: "ENT03",
    name: "role-date-mismatch",
    severity: Severity::Warning,
    family: Family::Name,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ENT03.md"),
    check: Check::Piece(check),
};

/// Days around its first and last within which an office counts as held: copy of a change of office is
/// written before and after it.
const GRACE: i32 = 14;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let Some(day) = context.header.day() else { return };
    for mention in context.mentions {
        if let Some(wrong) = mismatch(context, mention, day) {
            wrong.report(context, day, report);
        }
    }
}

/// A title, the person it is given to, and who held the office.
struct Mismatch<'a> {
    title: TextRange,
    role: &'a Role,
    actor: &'a Actor,
    holder: &'a Actor,
}

fn mismatch<'a>(context: &RuleContext<'a>, mention: &Mention, day: Date) -> Option<Mismatch<'a>> {
    let title = mention.title.filter(|_| mention.kind == Some(ActorKind::Person))?;
    let passage = context.passage;
    let tokens = passage.tokens();
    if mention.form != Form::Name || passage.is_quoted(mention.range) {
        return None;
    }
    let registry = context.registry;
    let words = passage.prose()[title].to_ascii_lowercase();
    let (actor, role) = holder_of(registry, mention, &passage.prose()[mention.range], &words)?;
    let at = tokens.inside(title);
    let name = tokens.inside(mention.range);
    let before = at.start.checked_sub(1).map_or("", |index| tokens.text(index)).to_ascii_lowercase();
    let qualified = |word: &str| is_listed(word, QUALIFIERS);
    if at.clone().any(|index| qualified(tokens.text(index)))
        || qualified(&before)
        || matches!(tokens.text(name.end), "’s" | "'s" | "’" | "'" | "-")
        || is_elsewhere_in_time(context, mention, day)
    {
        return None;
    }
    let country = words.strip_suffix(&role.title.to_ascii_lowercase()).unwrap_or("").trim();
    let country = if country.is_empty() { before.as_str() } else { country };
    if is_of_another(registry, tokens, at.start, country, role) {
        return None;
    }
    let held = |role: &Role| {
        role.from.is_none_or(|from| days(day, from) >= -GRACE)
            && role.to.is_none_or(|to| days(to, day) >= -GRACE)
    };
    let same = |other: &Role| other.title == role.title && other.of == role.of;
    if actor.roles.iter().filter(|other| same(other)).any(held) {
        return None;
    }
    // Somebody known to have held it: without that the list may only be short.
    let holder = registry.all().filter_map(|other| registry.get(other)).find(|other| {
        other.roles.iter().any(|other| same(other) && other.from.is_some() && other.is_held_on(day))
    })?;
    Some(Mismatch { title, role, actor, holder })
}

/// The person the name means, if only one is known who ever held the office, with that office.
fn holder_of<'a>(
    registry: &'a Registry,
    mention: &Mention,
    name: &str,
    title: &str,
) -> Option<(&'a Actor, &'a Role)> {
    let office = |actor: &'a Actor| {
        actor.roles.iter().find(|role| {
            let office = role.title.to_ascii_lowercase();
            title.strip_suffix(&office).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        })
    };
    let full = mention.candidates.iter().map(|candidate| candidate.actor);
    let mut found = full
        .chain(registry.with_surname(name))
        .filter_map(|actor| registry.get(actor))
        .filter_map(|actor| Some((actor, office(actor)?)));
    let first = found.next()?;
    found.all(|(other, _)| other.id == first.0.id).then_some(first)
}

/// Whether the words before the office name another country than the office's: "French President".
fn is_of_another(registry: &Registry, tokens: Tokens<'_>, start: usize, country: &str, role: &Role) -> bool {
    let written = (start.saturating_sub(1)..=start).map(|at| tokens.text(at));
    let named: Vec<_> = written
        .flat_map(|word| registry.named(word))
        .filter_map(|(actor, _)| registry.get(actor))
        .filter(|actor| matches!(actor.kind, ActorKind::Country | ActorKind::Place | ActorKind::Organisation))
        .collect();
    !country.is_empty() && !named.is_empty() && !named.iter().any(|actor| Some(&actor.id) == role.of.as_ref())
}

/// Days from `earlier` to `later`.
fn days(later: Date, earlier: Date) -> i32 {
    later.since(earlier).map_or(0, |span| span.get_days())
}

/// Whether the sentence speaks of another time, or of what might be.
fn is_elsewhere_in_time(context: &RuleContext<'_>, mention: &Mention, day: Date) -> bool {
    let tokens = context.passage.tokens();
    let sentence = context.sentence(context.passage.sentence_at(mention.range.start()));
    // "President Lee said he would stay": what is said now of later.
    let after = tokens.inside(mention.range).end;
    let reports = verb(tokens.text(after)).is_some_and(|verb| SPEECH.contains(verb.lemma.text()));
    tokens.inside(sentence).any(|index| {
        let word = tokens.text(index);
        if reports && index > after && word == "would" {
            return false;
        }
        let year = word.get(..4).and_then(|year| year.parse::<i16>().ok()).filter(|_| word.len() <= 5);
        year.is_some_and(|year| (1900..2100).contains(&year) && year != day.year())
            || is_listed(&word.to_ascii_lowercase(), ELSEWHERE)
    })
}

/// Words before or in a title that say it is not held now.
const QUALIFIERS: &str = include_str!("ent03-qualifiers.txt");

/// Words of a sentence that speaks of another time or of what might be.
const ELSEWHERE: &str = include_str!("ent03-elsewhere.txt");

fn is_listed(word: &str, list: &'static str) -> bool {
    let lower = word.to_ascii_lowercase();
    entries(list).any(|known| known == lower) || lower.ends_with("-elect") || lower.starts_with("ex-")
}

impl Mismatch<'_> {
    fn report(self, context: &RuleContext<'_>, day: Date, report: &mut Report<'_>) {
        let prose = context.passage.prose();
        let (title, name) = (&prose[self.title], &self.actor.name);
        // Who held it twice left it last on the later day.
        let terms = || {
            let same = |role: &&Role| role.title == self.role.title && role.of == self.role.of;
            self.actor.roles.iter().filter(same)
        };
        let left = terms().filter_map(|role| role.to).filter(|to| *to < day).max();
        let came = terms().filter_map(|role| role.from).filter(|from| day < *from).min();
        let after = left.is_some();
        let when = match (left, came) {
            (Some(to), _) => format!("left that office on {to}"),
            (None, Some(from)) => format!("came into that office on {from}"),
            (None, None) => "did not hold that office".to_owned(),
        };
        let way = if after { "Write 'former', or name who holds it." } else { "Give the title held then." };
        let message = format!(
            "'{title}': on {day} {name} is not {}; {name} {when}. It was {}. {way}",
            self.role.title, self.holder.name
        );
        let finding = report.add(self.title, message);
        if after {
            finding.fixes.push(Fix {
                title: format!("Write 'former {title}'"),
                edits: vec![TextEdit {
                    range: TextRange::empty(self.title.start()),
                    new_text: "former ".to_owned(),
                }],
                applicability: Applicability::Suggested,
            });
        }
    }
}
