//! One article, understood: read block by block, keeping what did not change.
//!
//! A block is read for its markup and cut into pieces (a block of ordinary length is one piece). A
//! piece is analysed from its words and the small [`State`] the piece before hands on, so after an
//! edit only the pieces whose words or incoming state changed are analysed again.

mod align;
mod cast;
mod piece;
mod sidecar;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use align::Alignment;
pub use cast::MentionAt;
pub use piece::{Piece, PlacedPiece};

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use rayon::prelude::*;

use crate::actors::{LayerKind, Registry, RegistryLayer};
use crate::article::{
    Block, BlockKind, Date, FIRST_BLOCKS, Header, Markup, Sidecar, block_kind, block_ranges,
};
use crate::attribution::{Attribution, Model, State, may_name_count};
use crate::language::{beginning, first_foreign_word, manner};
use crate::rules::{
    self, Accepted, ArticleContext, Check, Ending, Finding, Gist, MarkedBlock, Opening, Report, Rule,
    RuleContext, Silences, Summary,
};
use crate::settings::Settings;
use crate::text::{TextRange, TextSize};

/// What an analysis depends on besides the text.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The actors known before the article is read.
    pub registry: Registry,
    /// The settings in force for the article.
    pub settings: Settings,
    /// The day it is, for those who ask whether a date has come.
    pub today: Option<Date>,
    /// What decides who said what.
    pub model: Model,
    /// What is known of the article besides its text; it holds where the article's header says nothing.
    pub beside: Header,
    /// The article's findings that somebody accepted and that are not reported again.
    pub accepted: Option<Arc<Accepted>>,
    /// What is annotated beside the article, in the file of that name.
    pub sidecar: Option<(Arc<str>, Arc<Sidecar>)>,
}

impl Setup {
    /// The day it is where it is latest, in the time zone 14 hours ahead of UTC: a date after it has
    /// come nowhere. To ask for the machine's own zone would read the whole of its time zone database.
    pub fn latest_day() -> Date {
        let now = Timestamp::now();
        TimeZone::UTC.to_datetime(now.checked_add(14.hours()).unwrap_or(now)).date()
    }
}

/// An article with all that was found in it. It never changes.
#[derive(Debug)]
pub struct Analysis {
    text: Arc<str>,
    header: Header,
    blocks: Vec<AnalysedBlock>,
    /// What was found in each block and is neither silenced by a comment nor accepted; none when there is
    /// nothing that could. Ranges are bytes of the article.
    loud: Option<Vec<Vec<Finding>>>,
    /// What was found in the article as a whole, in text order.
    at_large: Vec<Finding>,
    /// All of it, made when first asked for.
    findings: OnceLock<Vec<Finding>>,
    setup: Arc<Setup>,
    /// The actors of the setup and those the header declares.
    registry: Registry,
    /// Made when first asked for: the diagnostics of a plain text do without it.
    cast: OnceLock<cast::ArticleCast>,
}

/// A block with its markup and pieces.
#[derive(Clone, Debug)]
pub struct AnalysedBlock {
    /// Where it stands, in bytes of the article.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
    beside: Beside,
    gist: Gist,
    /// It is words alone.
    plain: bool,
    read: Arc<BlockReading>,
}

/// What was read in a block, wherever it stands.
#[derive(Debug)]
pub struct BlockReading {
    /// Its markup; ranges are bytes of the block.
    pub markup: Arc<Markup>,
    /// Its pieces in order, at least one.
    pub pieces: Box<[PlacedPiece]>,
}

impl Deref for AnalysedBlock {
    type Target = BlockReading;

    fn deref(&self) -> &BlockReading {
        &self.read
    }
}

impl AnalysedBlock {
    /// Whether it is `before`, a block of an earlier analysis, kept and not read again.
    pub fn is_kept_from(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.read, &before.read)
    }
}

/// What a block depends on in its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Beside {
    /// How the next block begins.
    after: Opening,
    /// How the block before ends.
    before: Ending,
}

/// Blocks that one core reads in one go.
const STRETCH: usize = 64;

/// What a block depends on besides its own text and what the block before hands on.
struct Surroundings<'a> {
    text: &'a str,
    found: &'a [Block],
    beside: &'a sidecar::Placed,
    registry: &'a Registry,
    header: &'a Header,
    setup: &'a Setup,
    /// The rules that speak.
    rules: &'a [&'static Rule],
}

/// A place in an article's prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the block.
    pub block: usize,
    /// Index of the piece in its block.
    pub piece: usize,
    /// The byte in the piece's prose.
    pub offset: TextSize,
}

/// A newer text made this analysis pointless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the analysis was cancelled")]
pub struct Cancelled;

impl Analysis {
    /// Analyses `text`.
    pub fn new(text: Arc<str>, setup: Arc<Setup>) -> Self {
        match Self::update(text, setup, None, &|| false) {
            Ok(analysis) => analysis,
            Err(Cancelled) => unreachable!("nobody cancels"),
        }
    }

    /// Analyses `text`, keeping what `previous` has that still holds.
    ///
    /// # Errors
    /// [`Cancelled`] as soon as `is_cancelled` says so; it is asked before each block.
    pub fn update(
        text: Arc<str>,
        setup: Arc<Setup>,
        previous: Option<&Self>,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Cancelled> {
        let mut header = Header::parse(&text).or(&setup.beside);
        let start = header.range.end();
        if header.language.is_none() {
            header.foreign = first_foreign_word(&text[start.into()..]).map(|word| word + start);
        }
        let previous = previous.filter(|previous| Arc::ptr_eq(&previous.setup, &setup));
        let is_asked = |header: &Header| rules::ask_for_manner(&setup.settings, header);
        if is_asked(&header) {
            let told_by = beginning(&text[start.into()..]);
            // A key further down leaves it as it is.
            let same = previous.filter(|previous| {
                let start = previous.header.range.end();
                is_asked(&previous.header) && beginning(&previous.text[start.into()..]) == told_by
            });
            header.manner = same.map_or_else(|| manner(told_by), |previous| previous.header.manner);
        }
        // Settings, actors and header colour everything: with others nothing is kept.
        let previous = previous.filter(|previous| previous.header == header);
        let registry = if let Some(previous) = previous {
            previous.registry.clone()
        } else {
            let declared = RegistryLayer::declared(&header.actors);
            setup.registry.clone().with(LayerKind::Header, Arc::new(declared))
        };
        let ranges = block_ranges(&text, header.range.end().into());
        let previous = previous.map(|previous| (previous, previous.aligned(&text, &ranges)));
        // The block of the same text, and its index.
        let before = |index: usize| {
            let (previous, alignment) = previous.as_ref()?;
            let (at, _) = alignment.old(index).filter(|(_, same)| *same)?;
            Some((at, &previous.blocks[at]))
        };
        let kind = |index: usize| match before(index) {
            Some((at, before)) if at.min(index) >= FIRST_BLOCKS => before.kind,
            _ => block_kind(&text, &ranges, index),
        };
        let found =
            ranges.iter().enumerate().map(|(index, range)| Block { range: *range, kind: kind(index) });
        let found: Vec<Block> = found.collect();
        let beside = setup.sidecar.as_ref().map_or_else(sidecar::Placed::default, |(name, sidecar)| {
            let known = |index: usize| before(index).map(|(_, before)| Arc::clone(&before.markup));
            sidecar::Placed::new(&text, &header, &found, (&**name, &**sidecar), known)
        });
        let rules = rules::speaking(&setup.settings, &header);
        let around = Surroundings {
            text: &text,
            found: &found,
            beside: &beside,
            registry: &registry,
            header: &header,
            setup: &setup,
            rules: &rules,
        };
        let (done, fresh) = match &previous {
            Some((previous, alignment)) => around.keep(previous, alignment, is_cancelled)?,
            None => (around.analyse(is_cancelled)?, Vec::new()),
        };
        let (loud, at_large) = findings(&around, &done);
        let (cast, findings) = (OnceLock::new(), OnceLock::new());
        let analysis = Self { text, header, blocks: done, loud, at_large, findings, setup, registry, cast };
        if let Some((previous, _)) = previous {
            analysis.keep_cast(previous, &fresh);
        }
        Ok(analysis)
    }

    /// Which of the blocks at `ranges` of `text` have the words of those of this analysis.
    fn aligned(&self, text: &str, ranges: &[TextRange]) -> Alignment {
        let same_text = |a: usize, b: usize| self.text[self.blocks[a].range] == text[ranges[b]];
        Alignment::new(self.blocks.len(), ranges.len(), same_text)
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.setup.settings
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The blocks in text order.
    pub fn blocks(&self) -> &[AnalysedBlock] {
        &self.blocks
    }

    /// What the rules found, in text order; ranges are bytes of the article. Made when first asked
    /// for: who asks after each key reads [`Self::found`] and [`Self::at_large`].
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let blocks = 0..self.blocks.len();
            let found = blocks.flat_map(|block| self.found(block));
            let mut all: Vec<Finding> = found.map(|(start, finding)| finding.shifted(start)).collect();
            all.extend(self.at_large.iter().cloned());
            all.sort_by_key(piece::order);
            all
        })
    }

    /// What the rules found that touches `range`, in text order; ranges are bytes of the article.
    pub fn findings_at(&self, range: TextRange) -> Vec<Finding> {
        let touches = |finding: &Finding| finding.range.intersect(range).is_some();
        let first = self.blocks.partition_point(|block| block.range.end() < range.start());
        let last = self.blocks.partition_point(|block| block.range.start() <= range.end());
        let found = (first..last.max(first)).flat_map(|block| self.found(block));
        let mut all: Vec<Finding> =
            found.map(|(start, finding)| finding.shifted(start)).filter(touches).collect();
        all.extend(self.at_large.iter().filter(|finding| touches(finding)).cloned());
        all.sort_by_key(piece::order);
        all
    }

    /// What the rules found in the pieces of block `block`, in text order, each with the byte of the
    /// article from which its ranges count.
    pub fn found(&self, block: usize) -> impl Iterator<Item = (TextSize, &Finding)> {
        let loud = self.loud.as_ref().map(|loud| loud[block].as_slice());
        let block = &self.blocks[block];
        let pieces: &[PlacedPiece] = if loud.is_some() { &[] } else { &block.pieces };
        let in_pieces = pieces.iter().flat_map(move |piece| {
            let start = block.range.start() + piece.source;
            piece.findings.iter().map(move |finding| (start, finding))
        });
        let loud = loud.unwrap_or_default().iter();
        loud.map(|finding| (TextSize::new(0), finding)).chain(in_pieces)
    }

    /// Whether comments or accepted findings have a say in what [`Self::found`] tells; else it depends on the
    /// block alone.
    pub fn has_silences(&self) -> bool {
        self.loud.is_some()
    }

    /// What the rules found in the article as a whole, in text order; ranges are bytes of the article.
    pub fn at_large(&self) -> &[Finding] {
        &self.at_large
    }

    /// The place in the prose of the byte `offset` of the article; none outside the blocks.
    pub fn place(&self, offset: TextSize) -> Option<Place> {
        let block = self.blocks.partition_point(|block| block.range.end() < offset);
        let found = self.blocks.get(block).filter(|found| found.range.start() <= offset)?;
        let prose = found.markup.prose.from_source(offset - found.range.start());
        let piece = found.pieces.partition_point(|piece| piece.start <= prose).checked_sub(1)?;
        Some(Place { block, piece, offset: prose - found.pieces[piece].start })
    }

    /// The piece at `place`.
    pub fn piece(&self, place: Place) -> &Piece {
        &self.blocks[place.block].pieces[place.piece]
    }

    /// Who says what in the whole article, in text order; ranges are bytes of the article. A
    /// quotation that goes on with the words of an earlier block's speaker is a further piece of
    /// that attribution.
    pub fn attributions(&self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        for (block, of) in self.blocks.iter().enumerate() {
            for (index, piece) in of.pieces.iter().enumerate() {
                for attribution in &piece.attributions {
                    let placed = attribution.map(|range| self.to_article(block, index, range));
                    match out.iter_mut().rev().find(|found| found.is_claim()) {
                        Some(last) if placed.continues() => {
                            last.content.extend(placed.content);
                            last.inner.extend(placed.inner);
                        }
                        _ => out.push(placed),
                    }
                }
            }
        }
        out
    }

    /// `range`, in bytes of the prose of a piece, in bytes of the article.
    pub fn to_article(&self, block: usize, piece: usize, range: TextRange) -> TextRange {
        let block = &self.blocks[block];
        block.markup.prose.to_source(range + block.pieces[piece].start) + block.range.start()
    }
}

impl Surroundings<'_> {
    /// All blocks, read on all cores: each stretch of them as if nobody was cited before it, and then again
    /// what does not hold, which ends where a source is cited.
    fn analyse(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) -> Result<Vec<AnalysedBlock>, Cancelled> {
        let stretch = |first: usize, counted: bool| {
            let mut done: Vec<AnalysedBlock> = Vec::with_capacity(STRETCH);
            for index in first..self.found.len().min(first + STRETCH) {
                if is_cancelled() {
                    return Err(Cancelled);
                }
                let incoming =
                    if done.is_empty() { State { counted, ..State::default() } } else { outgoing(&done) };
                done.push(self.block(index, None, false, &incoming));
            }
            Ok(done)
        };
        if self.found.len() <= STRETCH {
            return stretch(0, false);
        }
        // What counts is never forgotten, so that no stretch after it would hold.
        let counting = self.found.iter().position(|block| may_name_count(&self.text[block.range]));
        let counted = |first: usize| counting.is_some_and(|at| at < first);
        let firsts: Vec<usize> = (0..self.found.len()).step_by(STRETCH).collect();
        let stretches: Vec<_> =
            firsts.into_par_iter().map(|first| stretch(first, counted(first))).collect::<Result<_, _>>()?;
        let mut done: Vec<AnalysedBlock> = Vec::with_capacity(self.found.len());
        for stretch in stretches {
            let mut holds = false;
            for block in stretch {
                let incoming = outgoing(&done);
                holds = holds || block.pieces[0].incoming == incoming;
                let index = done.len();
                done.push(if holds { block } else { self.block(index, Some(&block), true, &incoming) });
            }
        }
        Ok(done)
    }

    /// All blocks, with what `previous` has that still holds; also the indices of those read again.
    fn keep(
        &self,
        previous: &Analysis,
        alignment: &Alignment,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(Vec<AnalysedBlock>, Vec<usize>), Cancelled> {
        let old = &previous.blocks;
        let mut done: Vec<AnalysedBlock> = Vec::with_capacity(self.found.len());
        let mut fresh = Vec::new();
        // The place among the old blocks of the one kept last, while nothing else came after it.
        let mut before_kept = None;
        for (index, block) in self.found.iter().enumerate() {
            if is_cancelled() {
                return Err(Cancelled);
            }
            let (at, same) = alignment.old(index).map_or((None, false), |(at, same)| (Some(at), same));
            let same = same && at.is_some_and(|at| self.beside.is_as_before(index, &old[at]));
            // Into a block after the same block as before comes the same.
            let in_step =
                |at: usize| if index == 0 { at == 0 } else { before_kept.is_some_and(|kept| kept + 1 == at) };
            let whole = at.filter(|_| same).filter(|at| {
                let kept = &old[*at];
                kept.kind == block.kind
                    && kept.beside == self.neighbours(index)
                    && (in_step(*at) || kept.pieces[0].incoming == outgoing(&done))
            });
            before_kept = whole;
            done.push(if let Some(at) = whole {
                AnalysedBlock { range: block.range, ..old[at].clone() }
            } else {
                fresh.push(index);
                self.block(index, at.map(|at| &old[at]), same, &outgoing(&done))
            });
        }
        Ok((done, fresh))
    }

    /// What the rules that speak have to know of the blocks beside block `index`.
    fn neighbours(&self, index: usize) -> Beside {
        if self.rules.is_empty() {
            return Beside::default();
        }
        let text = |block: &Block| &self.text[block.range];
        let before = index.checked_sub(1).and_then(|before| self.found.get(before));
        let next = self.found.get(index + 1);
        Beside {
            after: next.map_or(Opening::Plain, |next| Opening::of(text(next))),
            before: before.map_or(Ending::Closed, |before| match text(before).chars().next_back() {
                Some(':') => Ending::Colon,
                Some(last) if before.kind == BlockKind::Body && (last.is_alphanumeric() || last == ',') => {
                    Ending::Open
                }
                _ => Ending::Closed,
            }),
        }
    }

    /// Analyses the block `index`, taking from `kept` what still holds; with `same` its text is the same.
    fn block(
        &self,
        index: usize,
        kept: Option<&AnalysedBlock>,
        same: bool,
        incoming: &State,
    ) -> AnalysedBlock {
        let Self { text, registry, header, setup, rules, .. } = *self;
        let (block, beside) = (&self.found[index], self.neighbours(index));
        let like = kept.filter(|kept| kept.kind == block.kind);
        let markup = if let Some(kept) = kept.filter(|_| same) {
            Arc::clone(&kept.markup)
        } else {
            let beside = self.beside.of(index).to_vec();
            Arc::new(Markup { beside, ..Markup::parse(&text[block.range]) })
        };
        let cuts = piece::cuts(markup.prose.text());
        let reused = like.filter(|kept| kept.markup.is_plain() && markup.is_plain());
        let old: &[PlacedPiece] = reused.map_or(&[], |kept| &kept.pieces);
        let alignment = Alignment::new(old.len(), cuts.len(), |a, b| {
            old[a].passage.prose() == &markup.prose.text()[cuts[b]]
        });
        let mut state = incoming.clone();
        let mut pieces: Vec<PlacedPiece> = Vec::with_capacity(cuts.len());
        for (index, cut) in cuts.iter().enumerate() {
            let ends_block = index + 1 == cuts.len();
            let ending = if index == 0 { beside.before } else { Ending::Closed };
            let before = alignment.old(index).filter(|(_, same)| *same).map(|(at, _)| &old[at]);
            let holds = before.filter(|piece| {
                piece.incoming == state
                    && piece.ends_block == ends_block
                    && piece.before == ending
                    && (!ends_block || piece.after == beside.after)
            });
            let piece = match holds {
                Some(placed) => Arc::clone(&placed.piece),
                None => Arc::new(Piece::analyse(&piece::Input {
                    markup: &markup,
                    range: *cut,
                    kind: block.kind,
                    ends_block,
                    after: beside.after,
                    before: ending,
                    registry,
                    header,
                    setup,
                    rules,
                    incoming: &state,
                })),
            };
            state.clone_from(&piece.outgoing);
            pieces.push(PlacedPiece {
                start: cut.start(),
                source: piece::source(&markup, cut.start()),
                piece,
            });
        }
        let gist = Gist::of(pieces.iter().map(|piece| &piece.summary));
        let plain = markup.is_plain();
        let read = Arc::new(BlockReading { markup, pieces: pieces.into() });
        AnalysedBlock { range: block.range, kind: block.kind, beside, gist, plain, read }
    }
}

/// What the last of `blocks` hands on.
fn outgoing(blocks: &[AnalysedBlock]) -> State {
    let last = blocks.last().and_then(|block| block.pieces.last());
    last.map_or_else(State::default, |piece| piece.outgoing.clone())
}

/// What the rules found in the article as a whole, and what comments and accepted findings leave of what they
/// found in the blocks, if there are any.
fn findings(
    around: &Surroundings<'_>,
    blocks: &[AnalysedBlock],
) -> (Option<Vec<Vec<Finding>>>, Vec<Finding>) {
    let Surroundings { text, beside, registry, header, setup, rules, .. } = *around;
    let gists: Vec<Gist> = blocks.iter().map(|block| block.gist).collect();
    let end = TextSize::of(text);
    let begins = |block: usize| blocks.get(block).map_or(end, |block| block.range.start());
    let marked = blocks.iter().enumerate().filter(|(_, block)| !block.plain);
    let marked: Vec<MarkedBlock<'_>> = marked
        .map(|(index, block)| MarkedBlock {
            markup: &block.markup,
            start: block.range.start(),
            following: [begins(index + 1), begins(index + 2)],
        })
        .collect();
    let pieces = |index: usize| -> Vec<(&Summary, RuleContext<'_>)> {
        let block = &blocks[index];
        let (markup, start) = (&block.markup, block.range.start());
        let context = |piece| PlacedPiece::context(piece, markup, start, header, registry, &setup.settings);
        block.pieces.iter().map(|piece| (&piece.summary, context(piece))).collect()
    };
    let article = ArticleContext {
        settings: &setup.settings,
        header,
        registry,
        today: setup.today,
        gists: &gists,
        pieces: &pieces,
        marked: &marked,
        faults: &beside.faults,
    };
    let mut at_large = Vec::new();
    for rule in rules {
        if let Check::Article(check) = rule.check {
            check(&article, &mut Report::new(rule, &mut at_large));
        }
    }
    let mut silences = Silences::read(text, &article);
    let mut accepted = setup.accepted.as_deref().cloned();
    let mut loud = None;
    if !silences.is_empty() || accepted.is_some() {
        let mut is_heard = |finding: &Finding| {
            !silences.hide(finding, finding.range.start())
                && !accepted.as_mut().is_some_and(|accepted| accepted.take(text, finding))
        };
        at_large.retain(&mut is_heard);
        let mut heard = |block: &AnalysedBlock| -> Vec<Finding> {
            let placed = block.pieces.iter().flat_map(|piece| {
                let start = block.range.start() + piece.source;
                piece.findings.iter().map(move |finding| finding.shifted(start))
            });
            placed.filter(&mut is_heard).collect()
        };
        loud = Some(blocks.iter().map(&mut heard).collect());
        silences.report_unused(&article, &mut at_large);
    }
    for finding in &mut at_large {
        finding.severity = setup.settings.severity_of(finding.rule.code).unwrap_or(finding.severity);
    }
    at_large.sort_by_key(piece::order);
    (loud, at_large)
}

#[cfg(test)]
mod tests;
