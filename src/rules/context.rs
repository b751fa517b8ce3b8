//! What a rule may look at.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::speech::SPEECH;
use super::summary::{Gist, Remarks, Summary};
use crate::actors::{Mention, Registry};
use crate::article::{BlockKind, Date, Fault, Header, Markup, Quotation, Span, SpanClass, quotations};
use crate::attribution::{Attribution, Carried, SourceKind, State};
use crate::language::word_set::word_set;
use crate::language::{Passage, Verb, verb};
use crate::settings::Settings;
use crate::text::{TextRange, TextSize};

/// How sure the engine has to be of an attribution for [`RuleContext::is_covered`] to count it: at .7 the
/// profiles that ask of every sentence find 84 of 100 cut sources on `PolNeAR`'s training articles.
const SURE: f32 = 0.7;

/// What somebody means to do, which is no word of theirs.
static INTENTIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("intention-verbs.txt")));

/// A piece of a block with all that is known of it: what a rule of [`super::Check::Piece`] sees.
/// All ranges are bytes of the piece's prose.
pub struct RuleContext<'a> {
    /// The kind of block the piece belongs to.
    pub kind: BlockKind,
    /// The settings in force.
    pub settings: &'a Settings,
    /// The article's header.
    pub header: &'a Header,
    /// Words, tokens, sentences and quotations.
    pub passage: &'a Passage,
    /// The actors known: the header's, the folder's, the built-in ones.
    pub registry: &'a Registry,
    /// The names in it.
    pub mentions: &'a [Mention],
    /// Who says what in it.
    pub attributions: &'a [Attribution],
    /// The sentences whose source stands in an earlier one.
    pub carried: &'a [Carried],
    /// What came before.
    pub incoming: &'a State,
    /// How the next block begins.
    pub after: Opening,
    /// How the block before ends.
    pub before: Ending,
    /// The piece ends its block (a very long block is cut into pieces).
    pub ends_block: bool,
    /// The block's spans, with `prose` in bytes of the block's prose: see [`Self::spans`].
    pub markup: &'a Markup,
    /// Where the piece begins in the block's prose.
    pub start: TextSize,
    /// Where the block begins in the article.
    pub block_start: TextSize,
}

impl<'a> RuleContext<'a> {
    /// The spans of `class` that a person put in the piece, each with its range in the piece's prose; drafts and
    /// alternatives count for nothing.
    pub fn spans(&self, class: SpanClass) -> impl Iterator<Item = (&'a Span, TextRange)> + use<'a> {
        let start = self.start;
        let end = start + TextSize::of(self.passage.prose());
        let inline = &self.markup.spans;
        let first = inline.partition_point(|span| span.prose.start() < start);
        let inline = inline[first..].iter().take_while(move |span| span.prose.start() <= end);
        let beside = self.markup.beside.iter().filter(move |span| span.prose.start() >= start);
        inline.chain(beside).filter_map(move |span| {
            let inside = span.prose.end() <= end;
            (inside && span.class() == Some(class) && span.is_settled()).then(|| (span, span.prose - start))
        })
    }

    /// `range` in bytes of the article.
    pub fn to_article(&self, range: TextRange) -> TextRange {
        self.markup.prose.to_source(range + self.start) + self.block_start
    }

    /// The sentence `index` as a range of bytes.
    pub fn sentence(&self, index: usize) -> TextRange {
        let sentence = &self.passage.sentences()[index];
        self.passage.tokens().span(sentence.start, sentence.end - 1)
    }

    /// Whether the rules report wherever they may be right, and not only where they seldom err.
    pub fn asks_widely(&self) -> bool {
        self.settings.asks_widely()
    }

    /// Whether the words at `range` are part of what a source said, with quotation marks or without.
    pub fn is_said(&self, range: TextRange) -> bool {
        self.is_said_by(range, |_| true)
    }

    /// The same of a source that is not anonymous.
    pub fn is_said_on_record(&self, range: TextRange) -> bool {
        self.is_said_by(range, |kind| kind != SourceKind::Unnamed)
    }

    fn is_said_by(&self, range: TextRange, counts: impl Fn(SourceKind) -> bool) -> bool {
        let sourced = self.attributions.iter().filter(|found| !found.source.is_empty() && counts(found.kind));
        sourced.flat_map(|found| &found.content).any(|content| content.contains_range(range))
    }

    /// Whether a person is on record by name in sentence `index` or the one after it.
    pub fn names_speaker_near(&self, index: usize) -> bool {
        self.attributions.iter().filter(|attribution| attribution.kind == SourceKind::Person).any(
            |attribution| {
                let mut source = attribution.source.iter();
                source.any(|range| (index..=index + 1).contains(&self.passage.sentence_at(range.start())))
            },
        )
    }

    /// Whether somebody is given the floor right after sentence `index`: the next one begins with a quotation, or it is
    /// the last or the last but one of its paragraph and the next begins with a quotation or with a name.
    pub fn hands_over(&self, index: usize) -> bool {
        let count = self.passage.sentences().len();
        let quoted_next = (index + 1 < count) && {
            let next = self.sentence(index + 1).start();
            self.passage.quotations().iter().any(|quotation| quotation.range.start() == next)
        };
        let next_block = self.ends_block && matches!(self.after, Opening::Quotation | Opening::Name);
        quoted_next || next_block && index + 2 >= count
    }

    /// The verb of an attribution's cue and its token, none where it is a noun or a colon.
    pub fn cue_verb(&self, attribution: &Attribution) -> Option<(usize, Verb)> {
        let tokens = self.passage.tokens();
        let cue = tokens.inside(*attribution.cue.first()?);
        cue.rev().find_map(|at| Some((at, verb(tokens.text(at))?)))
    }

    /// Whether sentence `index` has a source: an attribution with a source touches it, an earlier
    /// one carries into it, or a person marked it as a claim of somebody or as own reporting.
    pub fn is_sourced(&self, index: usize) -> bool {
        self.is_carried(index) || self.cites(index)
    }

    /// Whether sentence `index` has a source whose reporting words are not `words`.
    pub fn is_sourced_beside(&self, index: usize, words: TextRange) -> bool {
        let by_others = |attribution: &&Attribution| {
            let mut cue = attribution.cue.iter();
            cue.all(|piece| piece.intersect(words).is_none_or(TextRange::is_empty))
        };
        self.is_carried(index) || self.cites_by(index, by_others)
    }

    /// Whether the sentence before sentence `index`, of this piece or of the one before, has a source or goes on with one.
    pub fn follows_source(&self, index: usize) -> bool {
        match index.checked_sub(1) {
            Some(before) => self.is_sourced(before),
            None => self.incoming.speaker.is_some() && self.incoming.distance == 0,
        }
    }

    /// Whether the sentence before sentence `index` cites a report, a body or several people, whose account mostly goes on:
    /// of 17 statements after one a reader would have asked for the source of 5, after a person or "he" of 28 in 37.
    pub fn follows_body(&self, index: usize) -> bool {
        use SourceKind::{Document, Group, Organisation, Outlet, Unnamed};
        let goes_on = |kind| matches!(kind, Document | Organisation | Outlet | Group | Unnamed);
        if let Some(before) = index.checked_sub(1) {
            return self.cites_by(before, |found| goes_on(found.kind));
        }
        let speaker = self.incoming.speaker.as_ref().filter(|_| self.incoming.distance == 0);
        speaker.is_some_and(|speaker| goes_on(speaker.kind))
    }

    /// Whether an earlier source carries into sentence `index`.
    fn is_carried(&self, index: usize) -> bool {
        self.carried.iter().any(|carried| carried.sentence == index)
    }

    /// Whether sentence `index` has a source of its own: one is cited in it, or a person marked it as
    /// somebody's claim or as own reporting.
    pub fn cites(&self, index: usize) -> bool {
        self.cites_by(index, |_| true)
    }

    /// The same by the attributions that `counts` lets through.
    fn cites_by(&self, index: usize, counts: impl Fn(&&Attribution) -> bool) -> bool {
        let sentence = self.sentence(index);
        self.cited(sentence, counts).next().is_some() || self.is_marked(sentence)
    }

    /// Whether most of sentence `index` is what a source said, with source and cue, or a person marked it
    /// as somebody's claim or as own reporting: what "the firm, which denies the charge, has moved its
    /// money" is not. That somebody plans or decided something is not said by them.
    pub fn is_covered(&self, index: usize) -> bool {
        let sentence = self.sentence(index);
        let says = |attribution: &&Attribution| {
            attribution.confidence >= SURE
                && self.cue_verb(attribution).is_none_or(|(_, verb)| !INTENTIONS.contains(verb.lemma.text()))
        };
        let mut cited: Vec<TextRange> = self.cited(sentence, says).collect();
        cited.sort_unstable_by_key(|range| range.start());
        let mut end = sentence.start();
        let mut covered = TextSize::default();
        for range in cited {
            let from = range.start().max(end).min(range.end());
            covered += range.end() - from;
            end = end.max(range.end());
        }
        covered + covered > sentence.len() || self.is_marked(sentence)
    }

    /// The pieces of attributions with a source that lie in `range`, of those that `counts` lets through.
    fn cited(
        &self,
        range: TextRange,
        counts: impl Fn(&&Attribution) -> bool,
    ) -> impl Iterator<Item = TextRange> {
        self.attributions
            .iter()
            .filter(|attribution| !attribution.source.is_empty())
            .filter(counts)
            .flat_map(Attribution::pieces)
            .filter_map(move |piece| piece.intersect(range).filter(|common| !common.is_empty()))
    }

    /// Whether a person marked a part of `range` as somebody's claim or as own reporting.
    fn is_marked(&self, range: TextRange) -> bool {
        let touches = |other: &TextRange| other.start() < range.end() && range.start() < other.end();
        self.spans(SpanClass::Own).any(|(_, range)| touches(&range))
            || self.spans(SpanClass::Claim).any(|(span, range)| touches(&range) && span.value("by").is_some())
    }
}

/// How a block begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// With an opening quotation mark.
    Quotation,
    /// With a quotation and who said it: "“We go,” she said".
    Tagged,
    /// With the full name of somebody, two words with a capital and small letters, or with a body's spokesman
    /// or officer.
    Name,
    /// With a dash and a name, as a signature does, or with "So says" or "So said".
    Signature,
    /// With a piece of research that was spoken of before: "The study", "Its authors".
    Research,
    /// With other words, or there is no such block.
    #[default]
    Plain,
}

impl Opening {
    /// How `text` begins.
    pub fn of(text: &str) -> Self {
        let is_name = |word: &str| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
        };
        let unsigned = text.trim_start_matches(['-', '–', '—', '―']);
        let mut words = unsigned.split_whitespace();
        if text.starts_with(['"', '“', '‘']) || text.starts_with("''") {
            if is_tagged(text) { Self::Tagged } else { Self::Quotation }
        } else if unsigned.len() < text.len() && words.clone().next().is_some_and(is_name)
            || ["So says ", "So said "].iter().any(|tag| text.starts_with(tag))
        {
            Self::Signature
        } else if is_research(words.clone()) {
            Self::Research
        } else if unsigned.len() == text.len()
            && words.next().is_some_and(is_name)
            && words.next().is_some_and(|word| is_name(word) || word.starts_with("spokes"))
            || introduces(text.split_whitespace())
        {
            Self::Name
        } else {
            Self::Plain
        }
    }

    /// Whether it is with a quotation.
    pub fn is_quotation(self) -> bool {
        matches!(self, Self::Quotation | Self::Tagged)
    }
}

/// Whether the first quotation of `text` that ends in a comma, a question or a call is followed by words that tell who said it.
fn is_tagged(text: &str) -> bool {
    let (quotations, _) = quotations(text);
    let ends =
        |found: &&Quotation| found.closed && found.depth == 0 && text[found.inner].ends_with([',', '?', '!']);
    let Some(first) = quotations.iter().find(ends) else { return false };
    let after = text[first.range.end().into()..].split_whitespace().take(TAG);
    let words = after.map(|word| word.trim_matches(['.', ',', ':']));
    words.filter_map(verb).any(|verb| SPEECH.contains(verb.lemma.text()))
}

/// In so many words after a quotation it is told who said it.
const TAG: usize = 5;

/// Whether a text of these words begins with a body, an office and a name: "CME president Ann Lee".
fn introduces<'a>(mut words: impl Iterator<Item = &'a str>) -> bool {
    let mut next = |wanted: fn(char) -> bool| words.next().is_some_and(|word| word.starts_with(wanted));
    next(char::is_uppercase)
        && next(char::is_lowercase)
        && next(char::is_uppercase)
        && next(char::is_uppercase)
}

/// Whether a text of these words begins with a piece of research that was spoken of before.
fn is_research<'a>(mut words: impl Iterator<Item = &'a str>) -> bool {
    const RESEARCH: [&str; 9] =
        ["study", "survey", "poll", "report", "research", "researchers", "authors", "findings", "analysis"];
    words.next().is_some_and(|first| ["The", "This", "Its", "Their"].contains(&first))
        && words.next().is_some_and(|next| RESEARCH.contains(&next.trim_end_matches([',', '\'', '’'])))
}

/// How a block ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// With a full stop or another mark that closes, or there is no such block.
    #[default]
    Closed,
    /// With a colon, as one that announces a speech does.
    Colon,
    /// In the middle of a sentence of running text, which the next block may go on with.
    Open,
}

/// The whole article: what a rule of [`super::Check::Article`] sees.
pub struct ArticleContext<'a> {
    /// The settings in force.
    pub settings: &'a Settings,
    /// The header.
    pub header: &'a Header,
    /// The actors the article can name: its header's, the workspace's, the built-in ones.
    pub registry: &'a Registry,
    /// The day the caller says it is, if any.
    pub today: Option<Date>,
    /// What each block has for rules that look at the whole article, in text order.
    pub gists: &'a [Gist],
    /// The pieces of a block, by its index, with their summaries.
    pub pieces: &'a dyn Fn(usize) -> Vec<(&'a Summary, RuleContext<'a>)>,
    /// The blocks that are more than prose, in text order.
    pub marked: &'a [MarkedBlock<'a>],
    /// What is wrong in what is annotated beside the article; ranges are bytes of the article.
    pub faults: &'a [Fault],
}

/// A block with spans, comments or faults.
#[derive(Clone, Copy, Debug)]
pub struct MarkedBlock<'a> {
    /// Its markup; ranges are bytes of the block.
    pub markup: &'a Markup,
    /// Where it begins, in bytes of the article.
    pub start: TextSize,
    /// Where the block after it begins and the one after that; the article's end where there is none.
    pub following: [TextSize; 2],
}

impl<'a> ArticleContext<'a> {
    /// Whether the rules report wherever they may be right, and not only where they seldom err.
    pub fn asks_widely(&self) -> bool {
        self.settings.asks_widely()
    }

    /// The gists of the running text's blocks with their indices.
    pub(super) fn body(&self) -> impl Iterator<Item = (usize, Gist)> + use<'a> {
        self.gists.iter().copied().enumerate().filter(|(_, gist)| gist.kind == BlockKind::Body)
    }

    /// What the blocks have, taken together.
    pub(super) fn remarks(&self) -> Remarks {
        self.gists.iter().fold(Remarks::empty(), |all, gist| all | gist.remarks)
    }

    /// The pieces of the blocks that have `remark`, in text order.
    pub(super) fn with(
        &self,
        remark: Remarks,
    ) -> impl Iterator<Item = (&'a Summary, RuleContext<'a>)> + use<'a> {
        let pieces = self.pieces;
        let blocks = self.gists.iter().enumerate().filter(move |(_, gist)| gist.remarks.contains(remark));
        blocks.flat_map(move |(index, _)| pieces(index))
    }
}
