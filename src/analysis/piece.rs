//! A piece of a block: the unit of analysis.

use std::ops::Deref;
use std::sync::Arc;

use memchr::memmem;

use super::Setup;
use crate::actors::{Mention, Registry, mentions};
use crate::article::{BlockKind, Header, Markup};
use crate::attribution::{Attribution, Carried, State, attribute};
use crate::language::Passage;
use crate::rules::{Check, Ending, Family, Finding, Opening, Report, Rule, RuleContext, Summary};
use crate::settings::{Profile, Settings};
use crate::text::{TextRange, TextSize, range};

/// A block longer than this, in bytes, is cut at a sentence end.
const LONG: usize = 8 * 1024;

/// A stretch of a block's prose with all that was found in it. Ranges are bytes of its prose.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Words, tokens, sentences and quotations.
    pub passage: Passage,
    /// The names in it.
    pub mentions: Vec<Mention>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// The sentences whose source stands in an earlier one.
    pub carried: Vec<Carried>,
    /// What came before.
    pub incoming: State,
    /// What it hands on.
    pub outgoing: State,
    /// What the rules that look at one piece found, in text order. Ranges are bytes of the source of
    /// the piece, markup included.
    pub findings: Box<[Finding]>,
    /// What the piece has for the rules that look at the whole article.
    pub summary: Summary,
    pub(super) ends_block: bool,
    pub(super) after: Opening,
    pub(super) before: Ending,
    kind: BlockKind,
}

/// A piece with its place in its block.
#[derive(Clone, Debug)]
pub struct PlacedPiece {
    /// Where it begins in the block's prose.
    pub start: TextSize,
    /// Where it begins in the block, markup included.
    pub(super) source: TextSize,
    pub(super) piece: Arc<Piece>,
}

impl PlacedPiece {
    /// What a rule sees of the piece in a block that begins at `block_start` of the article.
    pub(super) fn context<'a>(
        &'a self,
        markup: &'a Markup,
        block_start: TextSize,
        header: &'a Header,
        registry: &'a Registry,
        settings: &'a Settings,
    ) -> RuleContext<'a> {
        self.piece.context(markup, self.start, block_start, header, registry, settings)
    }
}

impl Deref for PlacedPiece {
    type Target = Piece;

    fn deref(&self) -> &Piece {
        &self.piece
    }
}

/// What a piece is analysed from.
pub(super) struct Input<'a> {
    pub(super) markup: &'a Markup,
    /// In bytes of the block's prose.
    pub(super) range: TextRange,
    pub(super) kind: BlockKind,
    pub(super) ends_block: bool,
    pub(super) after: Opening,
    pub(super) before: Ending,
    pub(super) registry: &'a Registry,
    pub(super) header: &'a Header,
    pub(super) setup: &'a Setup,
    /// The rules that speak.
    pub(super) rules: &'a [&'static Rule],
    pub(super) incoming: &'a State,
}

impl Piece {
    pub(super) fn analyse(input: &Input<'_>) -> Self {
        let prose = &input.markup.prose;
        let whole = input.range == TextRange::up_to(TextSize::of(prose.text()));
        let prose = if whole { prose.shared() } else { prose.text()[input.range].into() };
        let passage = Passage::read(prose);
        let mut mentions = mentions(&passage, input.registry);
        let mut found = attribute(&passage, input.incoming, &input.setup.model);
        mentions.shrink_to_fit();
        found.attributions.shrink_to_fit();
        let mut piece = Self {
            passage,
            mentions,
            attributions: found.attributions,
            carried: found.carried,
            incoming: input.incoming.clone(),
            outgoing: found.outgoing,
            findings: Box::default(),
            summary: Summary::default(),
            ends_block: input.ends_block,
            after: input.after,
            before: input.before,
            kind: input.kind,
        };
        let (findings, summary) = {
            let context = piece.context(
                input.markup,
                input.range.start(),
                0.into(),
                input.header,
                input.registry,
                &input.setup.settings,
            );
            let summary = Summary::of(&context);
            let mut findings = check(&context, input.rules);
            let source = source(input.markup, input.range.start());
            for finding in &mut findings {
                finding.place(|range| context.to_article(range) - source);
                finding.severity =
                    input.setup.settings.severity_of(finding.rule.code).unwrap_or(finding.severity);
            }
            findings.sort_by_key(order);
            (findings, summary)
        };
        piece.findings = findings.into();
        piece.summary = summary;
        piece
    }

    /// What the cast of an article is made from.
    pub(super) fn naming(&self) -> (&Passage, &[Mention]) {
        (&self.passage, &self.mentions)
    }

    /// What a rule sees of the piece, which begins at `start` of the prose of a block that begins at
    /// `block_start` of the article.
    fn context<'a>(
        &'a self,
        markup: &'a Markup,
        start: TextSize,
        block_start: TextSize,
        header: &'a Header,
        registry: &'a Registry,
        settings: &'a Settings,
    ) -> RuleContext<'a> {
        RuleContext {
            kind: self.kind,
            settings,
            header,
            passage: &self.passage,
            registry,
            mentions: &self.mentions,
            attributions: &self.attributions,
            carried: &self.carried,
            incoming: &self.incoming,
            after: self.after,
            before: self.before,
            ends_block: self.ends_block,
            markup,
            start,
            block_start,
        }
    }
}

/// By what findings of one text are sorted.
pub(super) fn order(finding: &Finding) -> (TextSize, TextSize, &'static str) {
    (finding.range.start(), finding.range.end(), finding.rule.code)
}

/// Where the piece that begins at `start` of the prose begins in the block.
pub(super) fn source(markup: &Markup, start: TextSize) -> TextSize {
    markup.prose.to_source(TextRange::empty(start)).start()
}

/// Who has been asked so often in one paragraph for a source knows, and asks themselves of the rest.
const MOST_CLAIMS: usize = 3;

/// A paragraph has at most so many sentences; what is longer is a text without paragraphs.
const PARAGRAPH: usize = 12;

/// Runs those of `rules` that look at one piece; of a family that speaks once a sentence the rule of
/// lowest rank is kept. In copy for readers a paragraph is asked for [`MOST_CLAIMS`] sources.
fn check(context: &RuleContext<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in rules.iter().filter(|rule| rule.kinds.contains(&context.kind)) {
        if let Check::Piece(check) = rule.check {
            check(context, &mut Report::new(rule, &mut found));
        }
    }
    found.sort_by_key(|finding| (finding.rule.rank, finding.range.start()));
    let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        let sentence = context.passage.sentence_at(finding.range.start());
        let family = finding.rule.family;
        let once = matches!(family, Family::Claim | Family::Sourcing);
        let claims = kept.iter().filter(|kept| kept.rule.family == Family::Claim).count();
        let before = kept.iter_mut().find(|kept| {
            once && kept.rule.family == family && context.passage.sentence_at(kept.range.start()) == sentence
        });
        let full = family == Family::Claim
            && context.settings.profile == Profile::News
            && context.passage.sentences().len() <= PARAGRAPH
            && before.is_none()
            && claims >= MOST_CLAIMS;
        match before {
            _ if full => {}
            Some(before) if before.rule != finding.rule => before.hidden.push(finding.rule),
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    kept
}

/// Where a block's prose is cut into pieces: whole, unless it is very long.
pub(super) fn cuts(prose: &str) -> Vec<TextRange> {
    let mut out = Vec::with_capacity(1);
    let mut start = 0;
    while prose.len() - start > LONG {
        let Some(end) = sentence_end(prose, start + LONG) else { break };
        out.push(range(start, end));
        start = end;
    }
    out.push(range(start, prose.len()));
    out
}

/// The first place after byte `from` where a sentence plainly begins; in text without any, the
/// first white space one length further on, or else a character's edge.
fn sentence_end(prose: &str, from: usize) -> Option<usize> {
    let bytes = prose.as_bytes();
    let far = (from + LONG).min(bytes.len());
    let plain = memmem::find_iter(&bytes[from..far], b". ")
        .map(|at| from + at + 2)
        .find(|at| bytes.get(*at).is_some_and(u8::is_ascii_uppercase));
    let cut = plain
        .or_else(|| memchr::memchr(b' ', &bytes[far..(far + LONG).min(bytes.len())]).map(|at| far + at + 1));
    let cut = cut
        .unwrap_or_else(|| (far..=bytes.len()).find(|at| prose.is_char_boundary(*at)).unwrap_or(bytes.len()));
    (cut < bytes.len()).then_some(cut)
}
