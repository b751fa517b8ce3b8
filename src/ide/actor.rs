//! What is known of an actor, in words.

use super::{escape, prose, shorten};
use crate::actors::{Actor, ActorKind, CastMember, Form, Registry, Role, Why};
use crate::analysis::{Analysis, MentionAt};
use crate::article::Date;
use crate::language::entries;
use crate::workspace::{Evidence, Index};

/// Claims a hover repeats.
const CLAIMS: usize = 3;

/// Characters of a claim it repeats.
const SHOWN: usize = 100;

/// Who is named or pointed at by `found`, on the article's date; Markdown. None where neither a
/// registry nor the article has anything to say.
pub(super) fn describe(analysis: &Analysis, found: &MentionAt<'_>, index: &Index) -> Option<String> {
    let Some(at) = found.member else { return candidates(analysis, found) };
    let member = &analysis.cast().members()[at];
    let registry = analysis.registry();
    let mut lines = Vec::new();
    match member.actor.and_then(|actor| registry.get(actor)) {
        Some(actor) => known(analysis, actor, &mut lines),
        None => unknown(member, registry, &mut lines),
    }
    said_here(member, &mut lines);
    in_article(analysis, at, member, &mut lines);
    lines.extend(in_folder(index.evidence(&member.id(registry))));
    if let Some(reason) = found.why.and_then(|why| reason(why, found)) {
        lines.push(format!("*{reason}*"));
    }
    Some(lines.join("\n\n"))
}

/// Who the actor `id` is, on the article's date; Markdown. None for one no registry knows.
pub(super) fn describe_id(analysis: &Analysis, id: &str, index: &Index) -> Option<String> {
    let registry = analysis.registry();
    let actor = registry.with_id(id)?;
    let mut lines = Vec::new();
    known(analysis, actor, &mut lines);
    lines.extend(in_folder(index.evidence(id)));
    Some(lines.join("\n\n"))
}

/// What a registry knows of `actor`, offices as of the article's date.
fn known(analysis: &Analysis, actor: &Actor, lines: &mut Vec<String>) {
    lines.push(format!("**{}** — {}", escape(&actor.name), actor.kind.as_str()));
    let date = analysis.header().day();
    lines.extend(offices(actor, date, analysis.registry()));
    if !actor.note.is_empty() {
        lines.push(escape(&actor.note));
    }
    if let Some(country) = actor.country.as_deref() {
        lines.push(format!("Country: {}", escape(&name_of(country, analysis.registry()))));
    }
    let mut also: Vec<String> = actor.aliases.iter().map(|alias| escape(&alias.text)).collect();
    // An adjective and a people are often one word.
    also.dedup();
    if !also.is_empty() {
        lines.push(format!("Also: {}", shorten(&also.join(", "), 200)));
    }
    let links = actor.links.iter().filter_map(|(to, address)| link(to, address));
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        lines.push(links.join(" · "));
    }
}

/// The offices held on `date`; without a date all of them, and where none was held the last before
/// and the first after.
fn offices(actor: &Actor, date: Option<Date>, registry: &Registry) -> Vec<String> {
    let line = |role: &Role| format!("{} ({})", office(role, registry), span(role));
    let Some(date) = date else {
        return actor.roles.iter().map(line).collect();
    };
    let held: Vec<String> = actor
        .roles_on(date)
        .map(|role| format!("On {date}: **{}** ({})", office(role, registry), span(role)))
        .collect();
    if !held.is_empty() {
        return held;
    }
    let before =
        actor.roles.iter().filter(|role| role.to.is_some_and(|to| to < date)).max_by_key(|role| role.to);
    let after = actor
        .roles
        .iter()
        .filter(|role| role.from.is_some_and(|from| date < from))
        .min_by_key(|role| role.from);
    let before = before.map(|role| format!("Before {date}: {}", line(role)));
    let after = after.map(|role| format!("After {date}: {}", line(role)));
    before.into_iter().chain(after).collect()
}

/// The office with what it is of: "Prime Minister of Pakistan".
fn office(role: &Role, registry: &Registry) -> String {
    let title = escape(&role.title);
    match role.of.as_deref() {
        Some(of) => {
            let of = name_of(of, registry);
            let article = if takes_article(&of) { "the " } else { "" };
            format!("{title} of {article}{}", escape(&of))
        }
        None => title,
    }
}

/// Whether a name stands with "the" inside a sentence: "the United States", "the Philippines".
fn takes_article(name: &str) -> bool {
    let heads = entries(include_str!("names-with-article.txt"));
    heads.into_iter().any(|head| name.split(' ').any(|word| word == head))
}

/// The name of the actor `id`, or `id` itself where it is none.
fn name_of(id: &str, registry: &Registry) -> String {
    registry.with_id(id).map_or(id, |actor| &*actor.name).to_owned()
}

fn span(role: &Role) -> String {
    match (role.from, role.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "dates not known".to_owned(),
    }
}

/// A link to a page about an actor; only web addresses are links.
fn link(to: &str, address: &str) -> Option<String> {
    let url = match to {
        "wikidata" if address.starts_with('Q') && address[1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("https://www.wikidata.org/wiki/{address}")
        }
        _ if address.starts_with("https://") || address.starts_with("http://") => address.to_owned(),
        _ => return None,
    };
    let plain = !url.contains(|char: char| char.is_whitespace() || "()<>\"".contains(char));
    plain.then(|| format!("[{}]({url})", escape(to)))
}

/// What the article alone knows of somebody no registry has.
fn unknown(member: &CastMember, registry: &Registry, lines: &mut Vec<String>) {
    let kind = member.kind.map_or("not in any registry", ActorKind::as_str);
    lines.push(format!("**{}** — {kind}", escape(&member.name)));
    if !member.candidates.is_empty() {
        lines.push(format!("May be {}; the article does not decide.", list(&member.candidates, registry)));
    }
}

fn list(candidates: &[crate::actors::ActorRef], registry: &Registry) -> String {
    let names = candidates.iter().filter_map(|actor| registry.get(*actor)).map(|actor| {
        let country = actor.country.as_deref().map(|id| format!(", {}", escape(&name_of(id, registry))));
        format!("{} ({}{})", escape(&actor.name), actor.kind.as_str(), country.unwrap_or_default())
    });
    names.collect::<Vec<_>>().join(" or ")
}

/// What the text itself says of it: titles, appositions.
fn said_here(member: &CastMember, lines: &mut Vec<String>) {
    let quoted = |words: &[String]| {
        words.iter().map(|words| format!("“{}”", escape(words))).collect::<Vec<_>>().join(", ")
    };
    let said: Vec<String> = member.titles.iter().chain(&member.said).cloned().collect();
    if !said.is_empty() {
        lines.push(format!("The article says: {}", quoted(&said)));
    }
}

/// What this article attributes to it, and how often it speaks of it.
fn in_article(analysis: &Analysis, index: usize, member: &CastMember, lines: &mut Vec<String>) {
    let (claims, count) = analysis.claims_of(index);
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let mut line = format!("In this article: named {}", times(member.mentions));
    line += &match count {
        0 => String::new(),
        1 => ", on record for 1 claim:".to_owned(),
        count => format!(", on record for {count} claims:"),
    };
    for claim in claims.take(CLAIMS) {
        line += &format!("\n- {}", escape(&shorten(&prose(analysis, claim), SHOWN)));
    }
    if count > CLAIMS {
        line += "\n- …";
    }
    lines.push(line);
}

/// What the articles of the folder say of it, where there is more than this one.
fn in_folder(evidence: Evidence) -> Option<String> {
    let of = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let articles = || format!("In {} of this folder", of(evidence.articles, "article"));
    (evidence.articles > 1).then(|| match evidence.claims {
        0 => articles(),
        claims => format!("{}: {}", articles(), of(claims, "claim")),
    })
}

/// Why the words are taken for this actor, where that is not plain.
fn reason(why: Why, found: &MentionAt<'_>) -> Option<&'static str> {
    match why {
        Why::ShortName => Some("A short form of a name that stands elsewhere in the article."),
        Why::Acronym => Some("The initials of a name that stands elsewhere in the article."),
        Why::Office => Some("Named by an office this person held."),
        Why::Pronoun => Some("The only one this pronoun can mean here."),
        Why::Writer => Some("Who writes the article, by its byline or a note at its end."),
        Why::Description => Some("The only one in this article these words can mean."),
        Why::Registered if found.mention.form == Form::Adjective => {
            Some("The adjective of this country or place.")
        }
        Why::Registered | Why::Named => None,
    }
}

/// A name the article does not decide: whom it may mean.
fn candidates(analysis: &Analysis, found: &MentionAt<'_>) -> Option<String> {
    let actors: Vec<_> = found.mention.candidates.iter().map(|candidate| candidate.actor).collect();
    if actors.is_empty() {
        return None;
    }
    let words = escape(&prose(analysis, found.range));
    Some(format!("**{words}** may be {}; the article does not decide.", list(&actors, analysis.registry())))
}
