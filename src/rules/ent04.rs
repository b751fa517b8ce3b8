//! ENT04: one name in two spellings.

use rustc_hash::FxHashMap;

use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Related, Report, Rule, RuleContext,
    Severity,
};
use crate::actors::{ActorKind, Form};
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

/// One spelling with the places it stands at, in bytes of the article.
struct Spelling {
    text: String,
    kind: ActorKind,
    places: Vec<TextRange>,
}

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut spellings: Vec<Spelling> = Vec::new();
    let mut by_text: FxHashMap<String, usize> = FxHashMap::default();
    for piece in context.pieces.iter().filter(|piece| RULE.kinds.contains(&piece.kind)) {
        for (text, kind, range) in full_names(piece) {
            let at = *by_text.entry(text).or_insert_with_key(|text| {
                spellings.push(Spelling { text: text.clone(), kind, places: Vec::new() });
                spellings.len() - 1
            });
            spellings[at].places.push(range);
        }
    }
    let mut by_sound: FxHashMap<String, usize> = FxHashMap::default();
    for (at, spelling) in spellings.iter().enumerate() {
        let first = *by_sound.entry(sound(&spelling.text)).or_insert(at);
        let before = &spellings[first];
        if first == at || before.kind != spelling.kind || !is_variant(&before.text, &spelling.text) {
            continue;
        }
        let (usual, other) =
            if spelling.places.len() > before.places.len() { (spelling, before) } else { (before, spelling) };
        let mut places = other.places.iter();
        let (Some(place), Some(known)) = (places.next(), usual.places.first()) else { continue };
        let message =
            format!("'{}' is spelled '{}' elsewhere in this article. Choose one.", other.text, usual.text);
        let finding = report.add(*place, message);
        finding.related.push(Related { range: *known, message: format!("Here it is '{}'", usual.text) });
        finding.related.extend(
            places.map(|range| Related { range: *range, message: format!("'{}' again", other.text) }),
        );
        finding.fixes.push(Fix {
            title: format!("Write '{}'", usual.text),
            edits: other
                .places
                .iter()
                .map(|range| TextEdit { range: *range, new_text: usual.text.clone() })
                .collect(),
            applicability: Applicability::Suggested,
        });
    }
}

/// The names of more than one word in a piece, outside quotation marks, each on one line with straight
/// apostrophes, with its place in the article.
fn full_names(piece: &RuleContext<'_>) -> Vec<(String, ActorKind, TextRange)> {
    let prose = piece.passage.prose();
    let names = piece.mentions.iter().filter(|mention| mention.form == Form::Name);
    names
        .filter(|mention| !piece.passage.is_quoted(mention.range))
        .filter_map(|mention| {
            let words: Vec<&str> = prose[mention.range].split_whitespace().collect();
            let text = words.join(" ").replace('’', "'");
            (words.len() > 1).then_some((text, mention.kind?, piece.to_article(mention.range)))
        })
        .collect()
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
            'ç' | 'c' | 'q' => 'k',
            'ş' | 'š' | 'ś' => 's',
            'ž' | 'ż' | 'ź' => 'z',
            'ñ' | 'ń' => 'n',
            'ğ' => 'g',
            'ł' => 'l',
            'ć' | 'č' => 'k',
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
