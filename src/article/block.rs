//! Blocks: the paragraphs of an article, each with its kind.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::text::{TextRange, range};

/// A paragraph, headline, list item …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, in bytes of the article, white space around it left out.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is; each rule names the kinds it reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title.
    Headline,
    /// Who wrote it.
    Byline,
    /// Where and when it was written, alone on its line.
    Dateline,
    /// Running text.
    #[default]
    Body,
    /// A title inside the article.
    Subhead,
    /// What a picture shows.
    Caption,
    /// Whose picture it is.
    Credit,
    /// One item of a list.
    ListItem,
    /// A question of an interview.
    Question,
    /// A time or day, as in live blogs.
    Timestamp,
    /// A correction or clarification.
    Correction,
    /// Copyright lines, calls to subscribe, links to other articles.
    Boilerplate,
}

/// A wrapped line is at most this wide, in bytes.
const WRAPPED: usize = 120;

/// So many blocks of an article are what they are by their place and by what follows as well as by their words; all
/// others by their words alone.
pub const FIRST_BLOCKS: usize = 5;

/// The blocks of `text` from byte `from` on: [`block_ranges`], and what each is.
pub fn blocks(text: &str, from: usize) -> Vec<Block> {
    let ranges = block_ranges(text, from);
    let block = |index| Block { range: ranges[index], kind: block_kind(text, &ranges, index) };
    (0..ranges.len()).map(block).collect()
}

/// Where the blocks of `text` from byte `from` on stand.
///
/// A blank line ends a block. A single line break ends one too unless the lines were wrapped at a
/// width: then each line but the last is too full for the next line's first word, and not all of
/// them end as sentences do.
pub fn block_ranges(text: &str, from: usize) -> Vec<TextRange> {
    let mut out = Vec::with_capacity(text.len() / 300 + 4);
    let mut chunk: Vec<(usize, usize)> = Vec::new();
    for (start, end) in lines(text, from) {
        if text[start..end].trim().is_empty() {
            flush(text, &mut chunk, &mut out);
        } else {
            chunk.push((start, end));
        }
    }
    flush(text, &mut chunk, &mut out);
    out
}

/// What the block `index` of those at `ranges` of `text` is.
pub fn block_kind(text: &str, ranges: &[TextRange], index: usize) -> BlockKind {
    let next = ranges.get(index + 1).map(|range| &text[*range]);
    classify(&text[ranges[index]], index, next)
}

/// The runs of lines of `text` from byte `from` on that are not blank: whether the lines of one are one block or several
/// is told by the run alone.
pub fn runs(text: &str, from: usize) -> Vec<TextRange> {
    let mut out: Vec<TextRange> = Vec::new();
    let mut open: Option<TextRange> = None;
    for (start, end) in lines(text, from) {
        if text[start..end].trim().is_empty() {
            out.extend(open.take());
        } else {
            let line = range(start, end);
            open = Some(open.map_or(line, |run| run.cover(line)));
        }
    }
    out.extend(open);
    out
}

/// The lines of `text` from `from`, without their breaks (`\n`, `\r\n`, a lone `\r`).
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut start = from;
    let mut breaks = memchr::memchr2_iter(b'\n', b'\r', &text.as_bytes()[from..]).map(move |at| from + at);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let line = start;
        if let Some(end) = breaks.next() {
            start = end + 1;
            Some((line, end))
        } else {
            done = true;
            Some((line, text.len()))
        }
    })
    .filter(move |(start, end)| {
        // The empty line between `\r` and `\n` is no line.
        !(start == end
            && *start > from
            && text.as_bytes()[start - 1] == b'\r'
            && text.as_bytes().get(*end) == Some(&b'\n'))
    })
}

/// Ends the run of lines in `chunk`: one block when they are wrapped, else one a line.
fn flush(text: &str, chunk: &mut Vec<(usize, usize)>, out: &mut Vec<TextRange>) {
    let Some((first, last)) = chunk.first().copied().zip(chunk.last().copied()) else { return };
    if chunk.len() > 1 && !is_wrapped(text, chunk) {
        out.extend(chunk.iter().map(|(start, end)| block(text, *start, *end)));
    } else {
        out.push(block(text, first.0, last.1));
    }
    chunk.clear();
}

fn is_wrapped(text: &str, chunk: &[(usize, usize)]) -> bool {
    let marked =
        chunk.iter().any(|(start, end)| ["]{", "<!--"].iter().any(|mark| text[*start..*end].contains(mark)));
    let lines: Vec<Cow<str>> = chunk
        .iter()
        .map(|(start, end)| &text[*start..*end])
        .map(|line| if marked { without_markup(line).into() } else { line.into() })
        .collect();
    let width = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let ends = |line: &Cow<str>| line.trim_end().ends_with(['.', '!', '?', '”', '"']);
    width <= WRAPPED
        && !lines[..lines.len() - 1].iter().all(ends)
        && lines.windows(2).all(|pair| {
            let word = pair[1].split_whitespace().next().map_or(0, str::len);
            let item = is_list_item(pair[1].trim_start());
            !item && pair[0].len() + 1 + word + width / 12 > width
        })
}

/// About what `line` was before it was annotated: lines were wrapped before that.
fn without_markup(line: &str) -> String {
    let mut out = line.replace('[', "");
    for (opening, closing) in [("<!--", "-->"), ("]{", "}")] {
        while let Some(start) = out.find(opening) {
            let end = out[start..].find(closing).map_or(out.len(), |at| start + at + closing.len());
            out.replace_range(start..end, "");
        }
    }
    out
}

fn block(text: &str, start: usize, end: usize) -> TextRange {
    let words = &text[start..end];
    let lead = words.len() - words.trim_start().len();
    let tail = words.len() - words.trim_end().len();
    range(start + lead, end - tail)
}

/// What the block `text` is, the `index`-th of its article, before `next`.
fn classify(text: &str, index: usize, next: Option<&str>) -> BlockKind {
    if !text.contains(char::is_alphanumeric) {
        // A rule or three stars between two parts.
        return BlockKind::Boilerplate;
    }
    if is_list_item(text) {
        return BlockKind::ListItem;
    }
    if text.len() > 240 {
        return BlockKind::Body;
    }
    if let Some((kind, _)) = BEGINNINGS.iter().find(|(_, words)| begins(text, words)) {
        return *kind;
    }
    // Counted only of the few texts that are something else by all but their length.
    let words = || text.split_whitespace().count();
    if index < FIRST_BLOCKS
        && begins(text, "by ")
        && text[3..].starts_with(char::is_uppercase)
        && !text.ends_with('.')
        && words() <= 12
    {
        return BlockKind::Byline;
    }
    if is_timestamp(text) {
        return BlockKind::Timestamp;
    }
    if text.starts_with('@') && words() == 1 {
        return BlockKind::Credit;
    }
    if names_its_picture(text) {
        return BlockKind::Caption;
    }
    let stop = text.ends_with(['.', '!', '?', '”', '"', ':', '…', ';', ',', '’', '\'']);
    if index == 0 && words() <= 24 {
        let longer = next.is_some_and(|next| next.len() > text.len() || next.len() < 60);
        if is_one_sentence(text) && (!stop || (words() <= 18 || is_title(text)) && longer && text.len() < 130)
        {
            return BlockKind::Headline;
        }
    }
    if !stop && is_cited_title(text) {
        return BlockKind::Boilerplate;
    }
    if text.contains(" / ") && words() <= 6 && is_title(text) {
        return BlockKind::Credit;
    }
    let first = text.chars().find(|char| char.is_alphanumeric());
    let starts = first.is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    if starts && (!stop || text.ends_with('.') && is_title(text)) && words() <= 12 {
        return BlockKind::Subhead;
    }
    BlockKind::Body
}

/// The beginnings that tell a block's kind, with the kind.
static BEGINNINGS: LazyLock<Vec<(BlockKind, &str)>> = LazyLock::new(|| {
    let lines = include_str!("block-beginnings.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (kind, words) = line.split_once(' ')?;
            let kind = match kind {
                "correction" => BlockKind::Correction,
                "credit" => BlockKind::Credit,
                "caption" => BlockKind::Caption,
                "boilerplate" => BlockKind::Boilerplate,
                "question" => BlockKind::Question,
                _ => return None,
            };
            Some((kind, words))
        })
        .collect()
});

/// Whether `text` begins with `words` (in lower case, with a typewriter's apostrophe) and they end there.
fn begins(text: &str, words: &str) -> bool {
    let mut rest = text.chars().map(|char| if char == '’' { '\'' } else { char.to_ascii_lowercase() });
    words.chars().all(|wanted| rest.next() == Some(wanted))
        && (!words.ends_with(char::is_alphanumeric) || rest.next().is_none_or(|next| !next.is_alphanumeric()))
}

/// Whether no sentence ends inside `text`: a full stop before a small letter ends an abbreviation.
fn is_one_sentence(text: &str) -> bool {
    let inner = text.trim_end_matches(['.', '!', '?']);
    inner.match_indices(". ").all(|(at, stop)| inner[at + stop.len()..].starts_with(char::is_lowercase))
}

/// Whether every word of `text` has a capital or is as short as "of", as in a title or a name.
fn is_title(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let first = word.chars().find(|char| char.is_alphanumeric());
        first.is_none_or(|first| !first.is_lowercase() || word.chars().count() <= 3)
    })
}

/// Whether `text` ends by saying whose picture it tells of: "… Image: Ann Lee."
fn names_its_picture(text: &str) -> bool {
    text.contains(": ")
        && [" Image: ", " Photo: ", " Photograph: ", " Picture: ", " Credit: "].iter().any(|mark| {
            text.rfind(mark).is_some_and(|at| text[at + mark.len()..].split_whitespace().count() <= 8)
        })
}

/// Whether `text` is a line of a list of sources: a title, a dash and a place that ends in a year.
fn is_cited_title(text: &str) -> bool {
    let year = text.len().checked_sub(4).and_then(|at| text.get(at..));
    year.is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
        && text.starts_with(['"', '“', '\'', '‘'])
        && [" — ", " – ", " - "].iter().any(|dash| text.contains(dash))
}

fn is_list_item(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '‣' | '▪' | '●') => true,
        Some('-' | '*' | '+' | '~') => chars.next() == Some(' '),
        Some(char) if char.is_ascii_digit() => {
            let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
            text.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

/// Whether `text` is a day or a time and nothing else.
fn is_timestamp(text: &str) -> bool {
    const WORDS: &str = " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec am pm a.m p.m et est edt gmt bst pst pdt utc updated published posted at on ";
    let mut numbers = 0;
    let mut all = true;
    for word in text.split(|char: char| char.is_whitespace() || ",|·()[]".contains(char)) {
        let word = word.trim_matches(|char: char| ".:-–—".contains(char)).to_ascii_lowercase();
        if word.is_empty() {
            continue;
        }
        if word.starts_with(|char: char| char.is_ascii_digit()) {
            numbers += 1;
        } else if !WORDS.contains(&format!(" {word} ")) {
            all = false;
            break;
        }
    }
    all && numbers > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text, 0).into_iter().map(|block| (block.kind, &text[block.range])).collect()
    }

    #[test]
    fn blank_lines_and_unwrapped_lines_end_blocks() {
        let text = "Senate votes\r\n\r\nBy Ann Lee\r\n\r\nThe Senate voted on the measure on Monday after a long debate.\nA second vote is due.\n";
        assert_eq!(
            texts(text),
            [
                (BlockKind::Headline, "Senate votes"),
                (BlockKind::Byline, "By Ann Lee"),
                (BlockKind::Body, "The Senate voted on the measure on Monday after a long debate."),
                (BlockKind::Body, "A second vote is due."),
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "The United States and its allies are seeking support\nfor the resolution to be tabled at the United Nations\nnext week.";
        assert_eq!(texts(text).len(), 1);
    }

    #[test]
    fn wrapped_lines_stay_one_block_when_they_are_annotated() {
        let text = "The [United States]{.actor ref=usa} and [its allies are seeking support\nfor the resolution to be tabled at the [United Nations]{.actor ref=organisation/un}\nnext week]{#c1 .claim by=s1 stance=support on=resolution}.";
        assert_eq!(texts(text).len(), 1);
    }

    #[test]
    fn a_lone_carriage_return_is_a_line_break() {
        assert_eq!(texts("He left.\r\rShe stayed, and so did many of the others who came.").len(), 2);
    }

    #[test]
    fn days_and_times_are_timestamps() {
        assert_eq!(
            texts("Title\n\nSaturday, September 12, 2015\n\n10:42 a.m. ET")[1..],
            [(BlockKind::Timestamp, "Saturday, September 12, 2015"), (BlockKind::Timestamp, "10:42 a.m. ET"),]
        );
    }

    #[test]
    fn what_is_not_running_text_is_told_by_its_shape() {
        let kinds = |block: &str| texts(&format!("Title\n\n{block}"))[1].0;
        assert_eq!(kinds("* * *"), BlockKind::Boilerplate);
        assert_eq!(kinds("@ann_lee"), BlockKind::Credit);
        assert_eq!(kinds("The harbour at dawn. Image: Ann Lee."), BlockKind::Caption);
        assert_eq!(kinds("WHAT COMES NEXT."), BlockKind::Subhead);
        assert_eq!(kinds("“Bridge closed for a week” — Courier, 4 May 2019"), BlockKind::Boilerplate);
        assert_eq!(kinds("Editor’s note: the name was misspelled."), BlockKind::Correction);
        assert_eq!(kinds("Photos were taken of everybody who came."), BlockKind::Body);
        assert_eq!(kinds("She left."), BlockKind::Body);
        assert_eq!(
            texts("Town to sue Ore. on access to the beach.\n\nThe council voted for it on Monday night.")[0]
                .0,
            BlockKind::Headline
        );
    }

    proptest::proptest! {
        #[test]
        fn blocks_and_the_white_space_between_them_are_the_text(text in r"([a-zé.!?•-]{0,6}[ \t]?(\n|\r\n|\r)?){0,40}") {
            let mut done = 0;
            for block in blocks(&text, 0) {
                let (start, end) = (usize::from(block.range.start()), usize::from(block.range.end()));
                proptest::prop_assert!(start < end && text[done..start].trim().is_empty());
                proptest::prop_assert_eq!(text[start..end].trim(), &text[start..end]);
                done = end;
            }
            proptest::prop_assert!(text[done..].trim().is_empty());
        }
    }
}
