//! Quotations in a block's prose.

use crate::text::{TextRange, range};

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks, in bytes of the prose; an open one runs to the block's end.
    pub range: TextRange,
    /// Without its marks.
    pub inner: TextRange,
    /// The kind of mark it opens with.
    pub mark: QuotationMark,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// How many quotations it lies in.
    pub depth: u8,
}

/// A kind of quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuotationMark {
    /// `"`
    Straight,
    /// `''`, two single marks in place of a double one
    Doubled,
    /// `“` and `”`
    Curly,
    /// `'`
    SingleStraight,
    /// `‘` and `’`
    SingleCurly,
}

impl QuotationMark {
    /// Whether it is a single mark, which may as well be an apostrophe.
    pub fn is_single(self) -> bool {
        matches!(self, Self::SingleStraight | Self::SingleCurly)
    }

    /// The mark that closes what this one opens.
    pub fn closing(self) -> &'static str {
        match self {
            Self::Straight => "\"",
            Self::Doubled => "''",
            Self::Curly => "”",
            Self::SingleStraight => "'",
            Self::SingleCurly => "’",
        }
    }
}

/// The quotations of `prose` in order of their opening marks, and the double marks that only close
/// and have nothing to close, or stand for an apostrophe.
///
/// Apostrophes, feet and inches ("5'10\"") and years ("'90s") are not marks.
pub fn quotations(prose: &str) -> (Vec<Quotation>, Vec<TextRange>) {
    let mut unopened = Vec::new();
    if memchr::memchr3(b'"', b'\'', 0xE2, prose.as_bytes()).is_none() {
        return (Vec::new(), unopened);
    }
    let marks = marks(prose);
    let mut out: Vec<Quotation> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut named = 0;
    for (index, mark) in marks.iter().enumerate() {
        // `the issue of "B" shares`, inside a quotation with the same marks.
        if index < named {
            continue;
        }
        if mark.mark == QuotationMark::Straight
            && open.iter().any(|at| out[*at].mark == mark.mark)
            && marks
                .get(index + 1)
                .is_some_and(|next| next.mark == mark.mark && is_letter(&prose[mark.end..next.at]))
        {
            named = index + 2;
            continue;
        }
        let innermost = open.last().map(|last| out[*last].mark);
        let closes = mark.can_close && open.iter().any(|at| mark.closes(out[*at].mark));
        let apostrophe = mark.possessive
            && marks[index + 1..]
                .iter()
                .take_while(|later| !(later.mark == mark.mark && later.can_open && !later.can_close))
                .any(|later| later.mark == mark.mark && later.can_close);
        if closes
            && !(apostrophe && innermost == Some(mark.mark))
            && !(mark.can_open && innermost != Some(mark.mark))
        {
            while let Some(at) = open.pop() {
                if mark.closes(out[at].mark) {
                    out[at].range = TextRange::new(out[at].range.start(), range(mark.at, mark.end).end());
                    out[at].inner = TextRange::new(
                        out[at].inner.start(),
                        range(mark.at, mark.at).start().max(out[at].inner.start()),
                    );
                    out[at].closed = true;
                    break;
                }
                // An inner quotation that was never closed ends where the outer one does.
                let end = range(mark.at, mark.at).end();
                out[at].range = TextRange::new(out[at].range.start(), end.max(out[at].range.start()));
                out[at].inner = TextRange::new(out[at].inner.start(), end.max(out[at].inner.start()));
            }
        } else if mark.can_open
            && !open.iter().any(|at| out[*at].mark == mark.mark && mark.mark != QuotationMark::Curly)
        {
            open.push(out.len());
            out.push(Quotation {
                range: range(mark.at, prose.len()),
                inner: range(mark.end, prose.len()),
                mark: mark.mark,
                closed: false,
                depth: u8::try_from(open.len() - 1).unwrap_or(u8::MAX),
            });
        } else if !mark.mark.is_single() {
            unopened.push(range(mark.at, mark.end));
        }
    }
    // A single mark that never closes was an apostrophe ("the 'hood").
    out.retain(|quotation| quotation.closed || !quotation.mark.is_single());
    (out, unopened)
}

/// A character that could be a quotation mark.
struct Mark {
    at: usize,
    end: usize,
    mark: QuotationMark,
    can_open: bool,
    can_close: bool,
    /// It may as well be the apostrophe of a plural possessive ("the senators' vote").
    possessive: bool,
}

impl Mark {
    /// Whether it closes what `open` opened: a curly and a straight double mark close each other, as
    /// mixed copy has it.
    fn closes(&self, open: QuotationMark) -> bool {
        self.mark == open
            || !self.can_open
                && matches!(
                    (open, self.mark),
                    (QuotationMark::Curly, QuotationMark::Straight)
                        | (QuotationMark::Straight, QuotationMark::Curly)
                )
    }
}

fn marks(prose: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut done = 0;
    // All marks begin with one of three bytes.
    for at in memchr::memchr3_iter(b'"', b'\'', 0xE2, prose.as_bytes()) {
        let Some(char) = prose[at..].chars().next().filter(|_| at >= done) else { continue };
        let doubled = prose[at..].starts_with("''");
        let kind = match char {
            '"' => QuotationMark::Straight,
            '\'' if doubled => QuotationMark::Doubled,
            '“' | '”' => QuotationMark::Curly,
            '\'' => QuotationMark::SingleStraight,
            '‘' | '’' => QuotationMark::SingleCurly,
            _ => continue,
        };
        let end = at + if doubled { 2 } else { char.len_utf8() };
        done = end;
        let before = prose[..at].chars().next_back();
        let after = prose[end..].chars().next();
        let letter_before = before.is_some_and(char::is_alphanumeric);
        let letter_after = after.is_some_and(char::is_alphanumeric);
        let space_before = before.is_none_or(|char| char.is_whitespace() || "([{—–-/“‘\"'".contains(char));
        let space_after =
            after.is_none_or(|char| char.is_whitespace() || ")]}—–-/”’\"'.,;:!?".contains(char));
        let mut mark = Mark { at, end, mark: kind, can_open: false, can_close: false, possessive: false };
        match char {
            '“' | '‘' => {
                mark.can_open = true;
                // Turned the wrong way by an editor, it closes: "“It is late,“ she said".
                let ends = after.is_none_or(|char| char.is_whitespace() || ".,;:!?".contains(char));
                mark.can_close = char == '“' && !space_before && ends;
            }
            '”' => {
                // "she is 5’2”. So is he.”": the next one closes.
                let closes_next = || prose[end..].chars().find(|char| matches!(char, '“' | '”')) == Some('”');
                if is_inches(&prose[..at]) && closes_next() {
                    continue;
                }
                mark.can_close = true;
            }
            '"' | '\'' if kind != QuotationMark::SingleStraight => {
                if is_inches(&prose[..at]) {
                    continue;
                }
                if stands_for_apostrophe(prose, range(at, end)) {
                    out.push(mark);
                    continue;
                }
                mark.can_open = space_before && after.is_some_and(|char| !char.is_whitespace());
                mark.can_close =
                    !mark.can_open || (space_after && before.is_some_and(|char| !char.is_whitespace()));
                mark.can_open |= !space_after && !letter_before;
            }
            _ => {
                if letter_before && letter_after
                    || (after.is_some_and(|char| char.is_ascii_digit()) && is_years(&prose[end..]))
                {
                    continue;
                }
                mark.can_open =
                    char == '\'' && space_before && after.is_some_and(|char| !char.is_whitespace());
                mark.can_close = !letter_after && before.is_some_and(|char| !char.is_whitespace());
                mark.possessive = before.is_some_and(|char| matches!(char, 's' | 'S' | 'z' | 'x'))
                    && after.is_some_and(char::is_whitespace)
                    || before.is_some_and(|char| char.is_ascii_digit());
            }
        }
        out.push(mark);
    }
    out
}

/// Whether the double mark at `mark` stands where an apostrophe belongs, between a word and its ending: `isn"t`,
/// `Lee"s`. It neither opens nor closes.
pub fn stands_for_apostrophe(prose: &str, mark: TextRange) -> bool {
    let (before, after) = (&prose[..mark.start().into()], &prose[mark.end().into()..]);
    let ending = after.split(|char: char| !char.is_alphanumeric()).next().unwrap_or("");
    &prose[mark] == "\""
        && before.ends_with(char::is_alphabetic)
        && ["s", "t", "re", "ve", "ll", "d", "m"].contains(&ending)
}

/// Whether `text` is a single letter or digit.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphanumeric) && chars.next().is_none()
}

/// Whether `before` ends in feet and inches: `5'10`.
fn is_inches(before: &str) -> bool {
    let inches = before.trim_end_matches(|char: char| char.is_ascii_digit());
    inches.len() < before.len()
        && inches.ends_with(['\'', '’', '′'])
        && inches.trim_end_matches(['\'', '’', '′']).ends_with(|char: char| char.is_ascii_digit())
}

/// Whether `after` begins as a year cut short: `90s`, `08 `.
fn is_years(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && !after[digits..].starts_with(|char: char| char.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(prose: &str) -> Vec<&str> {
        quotations(prose).0.iter().map(|quotation| &prose[quotation.inner]).collect()
    }

    #[test]
    fn straight_and_curly_marks() {
        assert_eq!(inner("“We object,” he said. \"So do we.\""), ["We object,", "So do we."]);
    }

    #[test]
    fn a_mark_turned_the_wrong_way_closes() {
        assert_eq!(inner("“It is late,“ she said. “We go.“"), ["It is late,", "We go."]);
        assert_eq!(
            inner("She said “ it is late”, “and “cold” out”."),
            [" it is late", "and “cold” out", "cold"]
        );
    }

    #[test]
    fn single_marks_and_apostrophes() {
        assert_eq!(
            inner("‘It’s the senators’ vote,’ she said; ‘it wasn’t theirs.’"),
            ["It’s the senators’ vote,", "it wasn’t theirs."]
        );
        assert_eq!(inner("the senators' vote on O'Brien's '90s plan for 5'10\" fences"), [] as [&str; 0]);
        assert_eq!(inner("'We object,' he said."), ["We object,"]);
        assert_eq!(
            inner("“She is 5’2”. So is he,” said “the man who is 6’2”."),
            ["She is 5’2”. So is he,", "the man who is 6’2"]
        );
    }

    #[test]
    fn quotations_in_quotations() {
        let prose = "“He told me ‘never’ and left,” she said.";
        assert_eq!(inner(prose), ["He told me ‘never’ and left,", "never"]);
        assert_eq!(quotations(prose).0[1].depth, 1);
    }

    #[test]
    fn curly_and_straight_marks_close_each_other() {
        assert_eq!(inner("“We object,\" she said. \"So do we.” He left."), ["We object,", "So do we."]);
    }

    #[test]
    fn two_single_marks_are_a_double_one() {
        assert_eq!(inner("''It's the senators' vote,'' she said."), ["It's the senators' vote,"]);
    }

    #[test]
    fn one_that_is_not_closed_runs_to_the_end() {
        let prose = "“We object. They do not";
        let found = quotations(prose).0;
        assert_eq!(inner(prose), ["We object. They do not"]);
        assert!(!found[0].closed);
    }

    #[test]
    fn a_mark_that_closes_nothing_is_told_apart() {
        let strays =
            |prose| quotations(prose).1.iter().map(|mark| u32::from(mark.start())).collect::<Vec<_>>();
        assert_eq!(strays("We object,\" he said. The senators' vote, the '90s, 5'10\"."), [10]);
        assert_eq!(strays("“We object,” he said.” They do."), [25]);
    }
}
