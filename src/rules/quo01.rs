//! QUO01: somebody's words, and nobody is named.

use super::speech::SPEECH;
use super::{Check, Ending, Family, Opening, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::ActorKind;
use crate::article::Quotation;
use crate::language::{FiniteForm, TokenKind, VerbForm, WordClass, finite_form, verb};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "QUO01",
    name: "quote-no-speaker",
    severity: Severity::Error,
    family: Family::Quotation,
    rank: 1,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("QUO01.md"),
    check: Check::Piece(check),
};

/// A quotation of fewer words is a term, a title or a nickname.
const FEWEST_WORDS: usize = 4;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let quotations = context.passage.quotations();
    for quotation in quotations.iter().filter(|quotation| quotation.depth == 0) {
        // What is left open and not taken up is a fault of its own (QUO03); what is taken up may be told there who said it.
        let taken_up = match context.after {
            Opening::Tagged => context.asks_widely(),
            after => after == Opening::Quotation,
        };
        let whole = quotation.closed || taken_up;
        let built_in = !context.asks_widely()
            && context.passage.prose()[quotation.inner].starts_with(char::is_lowercase);
        if whole && !built_in && is_speech(context, quotation) && !has_speaker(context, quotation) {
            let words: Vec<&str> =
                context.passage.prose()[quotation.inner].split_whitespace().take(FEWEST_WORDS).collect();
            let message = format!(
                "Nobody is named who said '{} …'. Name the speaker in this sentence or the one before or after it.",
                words.join(" ").trim_end_matches(['.', ','])
            );
            report.add(quotation.range, message);
            // The quotations that follow without a speaker share the fault.
            break;
        }
    }
}

/// Whether the quotation holds a sentence somebody spoke: enough words, a finite verb, and not the
/// capitals of a title.
fn is_speech(context: &RuleContext<'_>, quotation: &Quotation) -> bool {
    let tokens = context.passage.tokens();
    let inside = tokens.inside(quotation.inner);
    let words = inside.clone().filter(|at| tokens.list[*at].kind == TokenKind::Word);
    let (mut count, mut small, mut lexical, mut finite) = (0, 0, 0, false);
    for at in words {
        let token = &tokens.list[at];
        count += 1;
        let closed = WordClass::DETERMINER
            | WordClass::PREPOSITION
            | WordClass::COORDINATOR
            | WordClass::PRONOUN
            | WordClass::AUXILIARY;
        if !token.class.intersects(closed) {
            lexical += 1;
            small += usize::from(!token.capital);
        }
        finite |= token.class.contains(WordClass::AUXILIARY)
            || finite_form(tokens.text(at)).intersects(FiniteForm::FINITE)
            || at > inside.start
                && token.class.is_empty()
                && tokens.class(at - 1).contains(WordClass::PRONOUN);
    }
    count >= FEWEST_WORDS && finite && small * 2 > lexical
}

/// Whether the words right before the quotation announce it ("Lee said, …", "The letter reads: …") or a
/// dash after it is followed by a name, as under a letter or a motto.
fn is_announced(context: &RuleContext<'_>, quotation: &Quotation) -> bool {
    let prose = context.passage.prose();
    let before = prose[..quotation.range.start().into()].trim_end();
    let after = prose[quotation.range.end().into()..].trim_start();
    let signature = after.trim_start_matches(['-', '–', '—', '―']);
    let credited = after.starts_with('[') && after[1..].starts_with(char::is_uppercase);
    before.ends_with([',', ':'])
        || credited
        || signature.len() < after.len() && signature.trim_start().starts_with(char::is_uppercase)
}

/// Whether the paragraph ends in a dash and a name, as one that is all somebody's words does.
fn is_signed(context: &RuleContext<'_>) -> bool {
    let prose = context.passage.prose().trim_end();
    let credit = prose.strip_suffix(']').and_then(|prose| prose.rsplit_once('['));
    let Some((_, name)) = credit.or_else(|| prose.rsplit_once(['–', '—', '―'])) else { return false };
    let words = || name.split_whitespace().filter(|word| word.starts_with(char::is_alphanumeric));
    (1..=SIGNATURE).contains(&words().count())
        && words().all(|word| word.starts_with(char::is_uppercase) || credit.is_some())
}

/// A signature has at most so many words.
const SIGNATURE: usize = 5;

/// Whether the quotation goes on with a clause whose verb tells whose words they are: "The study found that most
/// ''kept their money abroad''".
fn is_fragment(context: &RuleContext<'_>, quotation: &Quotation) -> bool {
    let tokens = context.passage.tokens();
    let at = context.passage.sentence_at(quotation.range.start());
    let before = context.passage.sentences()[at].start..tokens.inside(quotation.range).start;
    context.passage.prose()[quotation.inner].starts_with(char::is_lowercase)
        && before.skip(1).any(|at| {
            verb(tokens.text(at)).is_some_and(|verb| {
                verb.form != VerbForm::Gerund
                    && (SPEECH.contains(verb.lemma.text()) || verb.lemma.text() == "find")
            })
        })
}

/// A quotation so many sentences after the last source still goes on with what that one said.
const REMEMBERED: u8 = 6;

/// Whether a source stands in the paragraph, is carried into it, or a person marked whose words they are.
fn has_speaker(context: &RuleContext<'_>, quotation: &Quotation) -> bool {
    let first = context.passage.sentence_at(quotation.range.start());
    let last = context.passage.sentence_at(quotation.inner.end());
    let near = first.saturating_sub(1)..(last + 2).min(context.passage.sentences().len());
    let touched = TextRange::new(context.sentence(near.start).start(), context.sentence(near.end - 1).end());
    let overlaps = |range: TextRange| range.start() < touched.end() && touched.start() < range.end();
    let before = (context.incoming.quoting || context.incoming.distance <= REMEMBERED)
        && context.incoming.speaker.is_some();
    before
        || first == 0 && context.before == Ending::Colon
        || is_announced(context, quotation)
        || is_signed(context)
        || last + 1 == context.passage.sentences().len() && context.after == Opening::Signature
        || is_fragment(context, quotation)
        || (0..first).any(|before| names_a_person(context, before))
        || (first..=last).any(|sentence| context.is_sourced(sentence))
        || context.attributions.iter().any(|attribution| !attribution.source.is_empty())
        || context.markup.annotations().any(|span| {
            let place = span.prose.checked_sub(context.start);
            span.value("by").is_some() && place.is_some_and(overlaps)
        })
}

/// Whether sentence `index` names a person, whose words those after it then are.
fn names_a_person(context: &RuleContext<'_>, index: usize) -> bool {
    let sentence = context.sentence(index);
    context.mentions.iter().any(|mention| {
        mention.kind == Some(ActorKind::Person) && mention.is_name() && sentence.contains_range(mention.range)
    })
}
