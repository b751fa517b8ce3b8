//! ENT04: one name in two spellings.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::finding::MOST_RELATED;
use super::summary::{Remarks, number};
use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Related, Report, Rule, RuleContext,
    Severity, Summary,
};
use crate::actors::{ActorKind, Form, Mention};
use crate::text::{TextEdit, TextRange};

pub(super) static RULE: Rule = Rule {
    code: "ENT04",
    name: "inconsistent-name",
    severity: Severity::Hint,
    family: Family::Name,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ENT04.md"),
    check: Check::Article(check),
};

/// A name, told from others by numbers made of it: a key re-reads all of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// Of its spelling.
    text: u64,
    /// Of its [`sound`].
    sound: u64,
    kind: ActorKind,
    /// In bytes of the piece.
    range: TextRange,
}

pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let names = piece.mentions.iter().filter(|mention| mention.form == Form::Name);
    let full = names.filter(|mention| {
        piece.passage.prose()[mention.range].contains(char::is_whitespace)
            && !piece.passage.is_quoted(mention.range)
    });
    let name = |mention: &Mention| {
        let text = spelling(piece, mention.range);
        let (sound, text) = (number(&sound(&text)), number(&text));
        Some(Name { text, sound, kind: mention.kind?, range: mention.range })
    };
    summary.full_names = full.filter_map(name).collect();
    summary.note(Remarks::FULL_NAMES, !summary.full_names.is_empty());
    let mut hasher = FxHasher::default();
    summary.full_names.iter().for_each(|name| (name.text, name.kind).hash(&mut hasher));
    // The upper half is mixed better.
    summary.gist.names = (hasher.finish() >> 32) as u32;
}

/// A name on one line, with straight apostrophes.
fn spelling(piece: &RuleContext<'_>, range: TextRange) -> String {
    piece.passage.prose()[range].split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut first: FxHashMap<u64, Name> = FxHashMap::default();
    let mut pairs: Vec<[Name; 2]> = Vec::new();
    // Blocks with the names of one before them add nothing. Of a long article those are most.
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    let blocks = context.gists.iter().enumerate();
    let blocks = blocks.filter(|(_, gist)| gist.remarks.contains(Remarks::FULL_NAMES));
    let fresh = blocks.filter(|(_, gist)| seen.insert(gist.names));
    for (summary, _) in fresh.flat_map(|(index, _)| (context.pieces)(index)) {
        for name in &summary.full_names {
            let before = *first.entry(name.sound).or_insert(*name);
            let known = |pair: &[Name; 2]| pair[1].text == name.text;
            if before.text != name.text && before.kind == name.kind && !pairs.iter().any(known) {
                pairs.push([before, *name]);
            }
        }
    }
    for pair in pairs {
        // Where each of the two spellings stands, and its words.
        let mut words = [String::new(), String::new()];
        let mut places = [Vec::new(), Vec::new()];
        for (summary, piece) in context.with(Remarks::FULL_NAMES) {
            for name in &summary.full_names {
                let Some(which) = pair.iter().position(|wanted| wanted.text == name.text) else { continue };
                if words[which].is_empty() {
                    words[which] = spelling(&piece, name.range);
                }
                if places[which].len() < MOST_RELATED {
                    places[which].push(piece.to_article(name.range));
                }
            }
        }
        if !is_variant(&words[0], &words[1]) {
            continue;
        }
        let usual = usize::from(places[1].len() > places[0].len());
        let (usual, usual_places) = (&words[usual], &places[usual]);
        let other = usize::from(places[1].len() <= places[0].len());
        let (other, other_places) = (&words[other], &places[other]);
        let (Some(place), Some(known)) = (other_places.first(), usual_places.first()) else { continue };
        let message = format!("'{other}' is spelled '{usual}' elsewhere in this article. Choose one.");
        let finding = report.add(*place, message);
        finding.related.push(Related { range: *known, message: format!("Here it is '{usual}'") });
        let again = other_places.iter().skip(1);
        finding
            .related
            .extend(again.map(|range| Related { range: *range, message: format!("'{other}' again") }));
        finding.fixes.push(Fix {
            title: format!("Write '{usual}'"),
            edits: other_places
                .iter()
                .map(|range| TextEdit { range: *range, new_text: usual.clone() })
                .collect(),
            applicability: Applicability::Suggested,
        });
    }
}

/// What a name sounds like as far as spellings from other scripts and hyphens differ: letters alone, in lower
/// case, without accents, vowels in a row as one sign, doubled letters single, y as i, ph as f.
fn sound(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let lower = name.to_lowercase().replace("ph", "f");
    for char in lower.chars() {
        let sign = match char {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'é' | 'è' | 'ê' | 'ë'
            | 'í' | 'ì' | 'î' | 'ï' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ú' | 'ù' | 'û' | 'ü' | 'ı' => {
                'a'
            }
            'ç' | 'ć' | 'č' | 'c' | 'q' => 'k',
            'ş' | 'š' | 'ś' => 's',
            'ž' | 'ż' | 'ź' => 'z',
            'ñ' | 'ń' => 'n',
            'ğ' => 'g',
            'ł' => 'l',
            char if char.is_alphanumeric() => char,
            _ => continue,
        };
        if !out.ends_with(sign) {
            out.push(sign);
        }
    }
    out
}

/// Whether one of two names that sound alike is a slip or another transcription of the other: accents, hyphens,
/// spaces and capitals apart, or a letter or two in one word of at least five. "Maria" and "Mario" are two.
fn is_variant(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    if letters(one) == letters(other) {
        return one != other && !is_capitals(one) && !is_capitals(other);
    }
    let (ones, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let mut apart = ones.iter().zip(&others).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (apart.next(), apart.next()) else { return false };
    let ends = |word: &str| word.chars().last().is_some_and(|char| matches!(char, 'a' | 'o' | 'e' | 's'));
    ones.len() == others.len()
        && one.len().min(other.len()) >= 5
        && strsim::osa_distance(one, other) <= 2
        // The last letter tells "Maria" from "Mario" and "Martin" from "Martins".
        && (one.chars().last() == other.chars().last() || !(ends(one) || ends(other)))
}

fn is_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcriptions_and_slips_are_variants_and_namesakes_are_not() {
        for (one, other) in [
            ("Shehbaz Sharif", "Shahbaz Sharif"),
            ("Bilawal Bhutto-Zardari", "Bilawal Bhutto Zardari"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ] {
            assert!(sound(one) == sound(other) && is_variant(one, other), "{one} {other}");
        }
        for (one, other) in
            [("Maria Keller", "Mario Keller"), ("Ann Lee", "Ann Law"), ("Jon Beck", "Jan Beck")]
        {
            assert!(!(sound(one) == sound(other) && is_variant(one, other)), "{one} {other}");
        }
    }
}
