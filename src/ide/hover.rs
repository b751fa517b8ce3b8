//! What is known of the words under the pointer.

use super::actor;
use super::attributes::{Braces, Part, braces};
use super::claims::{Claim, Origin, claims_with_inner, span_with_id};
use super::completion::{key_documentation, key_meaning, value_documentation};
use super::{escape, prose, shorten};
use crate::analysis::Analysis;
use crate::article::{PENDING, SpanClass};
use crate::attribution::{Link, SourceKind};
use crate::language::relative_date;
use crate::rules::{self, Finding};
use crate::stance;
use crate::text::{TextRange, TextSize};
use crate::workspace::Index;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about, in bytes of the article.
    pub range: TextRange,
    /// Markdown; whatever comes from the article is escaped.
    pub markdown: String,
}

/// Characters of a claim or source that a hover repeats.
const SHOWN: usize = 120;

/// What is known at `offset`: of a name, a claim, a cue, a tag or a finding.
pub fn hover(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    hover_in_folder(analysis, offset, &Index::default())
}

/// The same with what the articles of the folder say of a name.
pub fn hover_in_folder(analysis: &Analysis, offset: TextSize, index: &Index) -> Option<Hover> {
    if let Some(found) = braces(analysis.text(), offset)
        && let Some(hover) = attribute(analysis, &found, index)
    {
        return Some(hover);
    }
    if let Some(hover) = code(analysis, offset) {
        return Some(hover);
    }
    let parts = [
        name(analysis, offset, index),
        date(analysis, offset),
        claim(analysis, offset),
        finding(analysis, offset),
    ];
    let mut parts = parts.into_iter().flatten();
    let first = parts.next()?;
    Some(parts.fold(first, |mut hover, next| {
        hover.markdown = format!("{}\n\n---\n\n{}", hover.markdown, next.markdown);
        hover
    }))
}

/// The same as it was in `before`, an earlier analysis of the article, where the words around `offset` stood in it
/// as they stand now; else none.
pub fn hover_as_before(
    before: &Analysis,
    analysis: &Analysis,
    offset: TextSize,
    index: &Index,
) -> Option<Hover> {
    let there = analysis.place_in(before, offset)?;
    let hover = hover_in_folder(before, there, index)?;
    let start = (hover.range.start() + offset).checked_sub(there)?;
    Some(Hover { range: TextRange::at(start, hover.range.len()), ..hover })
}

/// What the class, key or value at the pointer means.
fn attribute(analysis: &Analysis, found: &Braces<'_>, index: &Index) -> Option<Hover> {
    let text = analysis.text();
    match &found.at {
        Part::Item { range } => {
            let name = text[*range].strip_prefix('.')?;
            if let Some((name, meaning)) = PENDING.iter().find(|(pending, _)| *pending == name) {
                let markdown = format!("**.{name}** — {meaning}");
                return Some(Hover { range: *range, markdown });
            }
            let class = SpanClass::from_name(name)?;
            let keys = class.keys().join("`, `");
            Some(Hover {
                range: *range,
                markdown: format!("**.{}** — {}\n\nKeys: `{keys}`", class.name(), class.meaning()),
            })
        }
        Part::Key { range } => {
            let key = &text[*range];
            let known = !key_meaning(key).is_empty();
            known.then(|| Hover {
                range: *range,
                markdown: format!("**{key}** — {}", key_documentation(analysis, key)),
            })
        }
        Part::Value { key, range } => {
            let word = &text[*range];
            let vocabulary = stance::vocabulary_in(analysis.settings(), key);
            if let Some(value) = vocabulary.as_ref().and_then(|vocabulary| vocabulary.value(word)) {
                let markdown = format!("**{key}={word}** — {}", value_documentation(value));
                return Some(Hover { range: *range, markdown });
            }
            if *key == "on" {
                let mut declared = analysis.header().on.iter();
                let (_, label) = declared.find(|(id, _)| id.text == word)?;
                let markdown = format!("**on={}** — {}", escape(word), escape(&label.text));
                return Some(Hover { range: *range, markdown });
            }
            let actor = word.strip_prefix("actor:");
            let Some((block, span)) = span_with_id(analysis, word).filter(|_| *key != "ref") else {
                let markdown = actor::describe_id(analysis, actor.unwrap_or(word), index)?;
                return Some(Hover { range: *range, markdown });
            };
            let class = span.class().map_or("span", SpanClass::name);
            let words = &block.markup.prose.text()[span.prose];
            let markdown = format!("**#{}** — {class} “{}”", escape(word), escape(&shorten(words, SHOWN)));
            Some(Hover { range: *range, markdown })
        }
    }
}

/// The page of the rule whose code stands at the pointer, in a comment.
fn code(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    let text = analysis.text();
    let at = usize::from(offset);
    let is_code = |char: char| char.is_ascii_uppercase() || char.is_ascii_digit();
    let start = text.get(..at)?.rfind(|char| !is_code(char)).map_or(0, |before| before + 1);
    let end = text[at..].find(|char| !is_code(char)).map_or(text.len(), |after| at + after);
    let rule = rules::find(text.get(start..end)?)?;
    let open = text[..start].rfind("<!--")?;
    if text[open..start].contains("-->") {
        return None;
    }
    Some(Hover { range: crate::text::range(start, end), markdown: rule.page.trim_end().to_owned() })
}

/// Who is named or pointed at at the pointer.
fn name(analysis: &Analysis, offset: TextSize, index: &Index) -> Option<Hover> {
    let found = analysis.mention_at(offset)?;
    Some(Hover { range: found.range, markdown: actor::describe(analysis, &found, index)? })
}

/// Which day "last Friday" is at the pointer.
fn date(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    let day = analysis.header().day()?;
    let place = analysis.place(offset)?;
    let passage = &analysis.piece(place).passage;
    let tokens = passage.tokens();
    let sentence = passage.sentences().get(passage.sentence_at(place.offset))?.clone();
    let (range, meant) = sentence.clone().find_map(|at| {
        let meant = relative_date(tokens, at, sentence.clone(), day)?;
        let range = tokens.span(at, at + meant.len - 1);
        range.contains_inclusive(place.offset).then_some((range, meant))
    })?;
    let words = &passage.prose()[range];
    let weekday =
        if meant.from == meant.to { format!("{}, ", meant.from.strftime("%A")) } else { String::new() };
    Some(Hover {
        range: analysis.to_article(place.block, place.piece, range),
        markdown: format!("**{}** — {weekday}{meant}, counted from the article's day, {day}", escape(words)),
    })
}

/// Who claims what stands at the pointer, and how that was found.
fn claim(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    let place = analysis.place(offset)?;
    let claims = claims_with_inner(analysis, place.block);
    let touched = |claim: &Claim<'_>| claim.pieces().any(|piece| piece.contains_inclusive(offset));
    // Of nested claims the innermost is meant.
    let claim = claims.iter().filter(|claim| touched(claim)).min_by_key(|claim| claim.range().len())?;
    let range = claim.pieces().find(|piece| piece.contains_inclusive(offset))?;
    let words = |list: &[TextRange]| -> Vec<String> {
        list.iter().map(|range| escape(&shorten(&prose(analysis, *range), SHOWN))).collect()
    };
    let mut lines = Vec::new();
    let mut sources = words(&claim.sources);
    sources.extend(claim.actors.iter().map(|id| escape(id)));
    let credit = matches!(claim.origin, Origin::Found(found) if !found.is_claim());
    lines.push(match sources.as_slice() {
        [] => "**Claim** of nobody named".to_owned(),
        sources if credit => format!("**Picture** by **{}**", sources.join(" … ")),
        sources => format!("**Claim** by **{}**", sources.join(" … ")),
    });
    if !claim.content.is_empty() {
        lines.push(format!("> {}", words(&claim.content).join(" … ")));
    }
    match claim.origin {
        Origin::Found(found) => {
            if !claim.cues.is_empty() {
                lines.push(format!("Cue: *{}* ({})", words(&claim.cues).join(" … "), link(found.link)));
            }
            let sure = (found.confidence * 100.0).round();
            lines.push(format!("Source: {}. Sure to {sure} of 100.", source_kind(found.kind)));
            let around = |outer: &&Claim<'_>| {
                matches!(outer.origin, Origin::Found(_))
                    && outer.content.iter().any(|content| content.contains_range(claim.range()))
            };
            if let Some(outer) = claims.iter().filter(around).min_by_key(|outer| outer.range().len()) {
                let sources = words(&outer.sources).join(" … ");
                let by = if sources.is_empty() { String::new() } else { format!(" by **{sources}**") };
                lines.push(format!("Inside a claim{by}."));
            }
        }
        Origin::Marked(span) => {
            let stance = span.value("stance").map(|word| format!("stance *{}*", escape(&word.text)));
            let on = span.value("on").map(|word| format!("on *{}*", escape(&word.text)));
            let act = span.value("act").map(|word| format!("act *{}*", escape(&word.text)));
            let told: Vec<String> = [stance, on, act].into_iter().flatten().collect();
            if !told.is_empty() {
                lines.push(told.join(", "));
            }
            let origin = if span.is_draft() {
                "A draft: nobody has looked at it yet."
            } else if span.is_alternative() {
                "One of two coders' readings: nobody has decided yet."
            } else if span.is_beside() {
                "Marked by hand, in the file beside the article."
            } else {
                "Marked by hand."
            };
            lines.push(origin.to_owned());
        }
    }
    Some(Hover { range, markdown: lines.join("\n\n") })
}

/// What kind of source it is, in words.
fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "a person by name",
        SourceKind::Organisation => "a body, firm or government",
        SourceKind::Document => "a document",
        SourceKind::Outlet => "a news outlet",
        SourceKind::Role => "a person by office",
        SourceKind::Group => "a group",
        SourceKind::Unnamed => "somebody who is not named",
        SourceKind::Pronoun => "a pronoun",
        SourceKind::None => "nobody",
    }
}

/// How source, cue and content were brought together, in words.
fn link(link: Link) -> &'static str {
    match link {
        Link::CueBefore => "before what is said",
        Link::CueAfter => "after what is said",
        Link::CueInside => "between the parts of what is said",
        Link::AccordingTo => "names the source",
        Link::Colon => "a colon or dash",
        Link::Neighbour => "in a sentence beside the quotation",
        Link::Nominal => "a noun that reports",
        Link::Credit => "the credit of a picture",
    }
}

/// Why a rule speaks at the pointer.
fn finding(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    let found = analysis.findings_at(TextRange::empty(offset));
    let first = found.iter().min_by_key(|finding| finding.range.len())?;
    let texts: Vec<String> = found.iter().map(explain).collect();
    Some(Hover { range: first.range, markdown: texts.join("\n\n") })
}

fn explain(finding: &Finding) -> String {
    let rule = finding.rule;
    let why = rule.page().section("Why it matters").unwrap_or("").replace('\n', " ");
    let mut out = format!("[**{}** {}]({}) — {why}", rule.code, rule.name, rule.url());
    if !finding.reasons.is_empty() {
        out += &format!(
            "\n\nHere: {}.",
            finding.reasons.iter().map(|reason| escape(reason)).collect::<Vec<_>>().join("; ")
        );
    }
    if !finding.hidden.is_empty() {
        let codes: Vec<String> =
            finding.hidden.iter().map(|rule| format!("{} {}", rule.code, rule.name)).collect();
        out += &format!("\n\nAlso here: {}.", codes.join(", "));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The hover at the end of the first `at` in `text`.
    fn shown(text: &str, at: &str) -> String {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let offset = crate::text::size(text.find(at).unwrap() + at.len() - 1);
        hover(&analysis, offset).map_or(String::new(), |hover| hover.markdown)
    }

    #[test]
    fn words_that_stayed_are_hovered_as_they_were_before_and_stand_where_they_stand_now() {
        let text = "Anna Lee left.\n\nLee said it failed.\n";
        let setup = Arc::default();
        let before = Analysis::new(text.into(), Arc::clone(&setup));
        let typed = text.replace("left", "left with Bo Ek");
        let after =
            Analysis::update(typed.as_str().into(), Arc::clone(&setup), Some(&before), &|| false).unwrap();
        let at = |text: &str, words: &str| crate::text::size(text.find(words).unwrap() + 1);
        let as_before = |words: &str| hover_as_before(&before, &after, at(&typed, words), &Index::default());
        let was = hover(&before, at(text, "Lee said")).unwrap();
        let now = as_before("Lee said").unwrap();
        assert_eq!((&typed[now.range], now.markdown), ("Lee", was.markdown));
        assert_eq!(as_before("Lee left"), None);
    }

    const TEXT: &str =
        "[Lee]{#s1 .source} [said]{.cue for=c1} [the vote failed]{#c1 .claim by=s1 stance=oppose on=vote}.";

    #[test]
    fn tags_say_what_they_mean_and_what_others_call_it() {
        assert!(shown(TEXT, ".claim").contains("What is claimed."));
        assert!(shown(TEXT, "stance=o").contains("AGAINST"));
        assert!(shown(TEXT, "by").contains("Who claims it"));
        assert!(shown(TEXT, "by=s").contains("source “Lee”"));
    }

    #[test]
    fn every_value_of_a_claim_says_what_each_standard_calls_it() {
        let standards = |key: &str| -> &[&str] {
            match key {
                "stance" => &["SemEval-2016", "FNC-1", "DNA", "VAST"],
                "voice" => &["Appraisal"],
                _ => &["CAMEO", "PLOVER"],
            }
        };
        for key in ["stance", "voice", "act"] {
            for value in &stance::vocabulary(key).unwrap().values {
                let tag = format!("{key}={}", value.name);
                let hover = shown(&format!("[It]{{.claim {tag}}}"), &tag);
                for (standard, name) in &value.crosswalk {
                    assert!(hover.contains(&format!("- {standard}: {name}")), "{tag}: {hover}");
                }
                for standard in standards(key) {
                    assert!(hover.contains(&format!("- {standard}: ")), "{tag} in {standard}: {hover}");
                }
            }
        }
    }

    #[test]
    fn an_actors_id_says_who_it_is_and_a_label_what_it_is() {
        assert!(shown("[It]{.claim by=fra}", "by=f").contains("**France** — country"));
        assert!(shown("[It]{.source ref=fra}", "ref=f").contains("**France** — country"));
        let text = "---\non:\n  vote: The vote of October\n---\n\n[It]{.claim on=vote}";
        assert!(shown(text, "on=v").contains("**on=vote** — The vote of October"), "{}", shown(text, "on=v"));
    }

    #[test]
    fn a_claim_says_who_makes_it() {
        let hover = shown(TEXT, "the vote");
        assert!(hover.contains("**Claim** by **Lee**") && hover.contains("stance *oppose*"), "{hover}");
    }

    #[test]
    fn a_caption_says_whose_picture_it_is() {
        let hover = shown("The pier at dawn. Image: Ann Lee.", "dawn");
        assert!(hover.contains("**Picture** by **Ann Lee**"), "{hover}");
        assert!(hover.contains("Cue: *Image* (the credit of a picture)"), "{hover}");
    }

    #[test]
    fn a_claim_inside_another_says_whose_words_it_stands_in() {
        let text = "Lee said Kim had told him that the dam was old.";
        let hover = shown(text, "dam");
        assert!(
            hover.contains("**Claim** by **Kim**") && hover.contains("Inside a claim by **Lee**."),
            "{hover}"
        );
        let hover = shown(text, "said");
        assert!(hover.contains("**Claim** by **Lee**") && !hover.contains("Inside"), "{hover}");
    }

    #[test]
    fn a_code_in_a_comment_shows_the_rules_page() {
        let hover = shown("<!-- onrecord: ignore ATT02 -->\n\nText.", "ATT0");
        assert!(hover.contains("## What it does"), "{hover}");
        assert!(!shown("The A9 and ATT02 are roads.", "ATT0").contains("## What it does"));
    }

    #[test]
    fn a_finding_says_why_it_matters() {
        let hover = shown("It is believed that he left the town.", "believed");
        assert!(hover.contains("**ATT02** impersonal-passive"), "{hover}");
    }

    #[test]
    fn a_claim_without_a_source_says_what_makes_it_one() {
        let text =
            "They met behind closed doors. There has also been a flurry of resignations in recent weeks.";
        let hover = shown(text, "flurry");
        assert!(
            hover.contains("Here: amount;")
                && hover.contains("; ends its paragraph, where a detail from the source"),
            "{hover}"
        );
    }

    #[test]
    fn a_name_says_the_office_on_the_articles_date() {
        let text = "date 2022-10-09 President Joe Biden met the press. “We will see,” Biden said.";
        let hover = shown(text, "Joe");
        assert!(
            hover.contains("On 2022-10-09: **President of the United States** (2021-01-20 to"),
            "{hover}"
        );
        assert!(hover.contains("on record for 1 claim:\n- “We will see,”"), "{hover}");
        let before = shown("date 2019-10-09 Joe Biden met the press.", "Joe");
        assert!(before.contains("Before 2019-10-09: Vice President of the United States"), "{before}");
    }

    #[test]
    fn a_name_in_no_list_is_what_the_article_says_of_it() {
        let text = "Maria Keller, a spokeswoman for the port, said the crane was safe. Mrs Keller left.";
        let hover = shown(text, "Mrs Keller");
        assert!(hover.contains("**Maria Keller** — person"), "{hover}");
        assert!(hover.contains("“a spokeswoman for the port”"), "{hover}");
    }

    #[test]
    fn a_relative_date_says_which_day_it_is() {
        let text = "date 2022-10-09 The board met last Friday. It will vote in March.";
        let hover = shown(text, "Friday");
        assert!(hover.contains("**last Friday** — Friday, 2022-10-07, counted"), "{hover}");
        let hover = shown(text, "in March");
        assert!(hover.contains("**in March** — 2023-03-01 to 2023-03-31, counted"), "{hover}");
        assert!(!shown("The board met last Friday.", "Friday").contains("counted"));
    }

    #[test]
    fn words_of_the_article_are_no_markdown() {
        assert!(shown("[L*ee*]{#s1 .source} [x]{.claim by=s1}", "x").contains("L\\*ee\\*"));
    }
}
