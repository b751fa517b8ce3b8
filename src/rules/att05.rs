//! ATT05: a paragraph that leans on a source long gone.

use crate::language::WordClass;

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

pub(super) static RULE: Rule = Rule {
    code: "ATT05",
    name: "attribution-lost",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 7,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT05.md"),
    check: Check::Piece(check),
};

/// A source so many sentences back has been forgotten.
const FAR: u8 = 4;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let cited = context.attributions.iter().any(|attribution| !attribution.source.is_empty());
    let tokens = context.passage.tokens();
    // "It was raining", "This is the road": a scene of the writer's as often as the source's words.
    let sets_scene = |sentence: usize| {
        let at = context.passage.sentences()[sentence].start;
        ["it", "this", "that"].iter().any(|word| tokens.is(at, word))
            && tokens.class(at + 1).contains(WordClass::BE)
    };
    let far = context.carried.iter().find(|carried| carried.distance >= FAR && !sets_scene(carried.sentence));
    let (Some(carried), Some(speaker), false) = (far, &context.incoming.speaker, cited) else { return };
    let range = context.sentence(carried.sentence);
    if context.passage.is_quoted(range) {
        return;
    }
    let message = format!(
        "'{}' was last named {} sentences ago. Name the source again in this paragraph.",
        speaker.text, carried.distance
    );
    report.add(range, message);
}
