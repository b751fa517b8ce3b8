//! "last Friday", "next week", "in March": days that only the day of the article tells.

use std::fmt;
use std::ops::Range;

use jiff::Span;
use jiff::civil::Weekday;

use super::token::{TokenKind, Tokens};
use crate::article::Date;

/// A stretch of words that means a day or days counted from another day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelativeDate {
    /// How many tokens the words are.
    pub len: usize,
    /// The first day meant.
    pub from: Date,
    /// The last day meant; the same for a single day.
    pub to: Date,
}

impl fmt::Display for RelativeDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(f, "{}", self.from);
        }
        if self.from == self.from.first_of_year() && self.to == self.from.last_of_year() {
            return write!(f, "{}", self.from.year());
        }
        write!(f, "{} to {}", self.from, self.to)
    }
}

/// What the words at token `at` mean for an article of `day`; `sentence` has the tokens of their sentence, by
/// which a weekday or month without "last" or "next" is one to come ("will vote on Friday") or the last one.
pub fn relative_date(
    tokens: Tokens<'_>,
    at: usize,
    sentence: Range<usize>,
    day: Date,
) -> Option<RelativeDate> {
    let one = |len, date| Some(RelativeDate { len, from: date, to: date });
    let days = |count: i64| day.checked_add(Span::new().days(count)).ok();
    let span = |index: usize, words: &[&str]| {
        words.iter().enumerate().all(|(after, word)| tokens.is(index + after, word))
    };
    let near: [(&[&str], i64); 6] = [
        (&["the", "day", "before", "yesterday"], -2),
        (&["the", "day", "after", "tomorrow"], 2),
        (&["yesterday"], -1),
        (&["today"], 0),
        (&["tonight"], 0),
        (&["tomorrow"], 1),
    ];
    if let Some((words, count)) = near.iter().find(|(words, _)| span(at, words)) {
        return one(words.len(), days(*count)?);
    }
    if let Some(ago) = ago(tokens, at, day) {
        return Some(ago);
    }
    if let Some(shift) = SHIFTS.iter().position(|word| tokens.is(at, word)) {
        let shift = i64::try_from(shift).ok()? - 1;
        if let Some(weekday) = weekday(tokens, at + 1) {
            return one(2, shifted(day, weekday, shift)?);
        }
        if let Some(month) = month(tokens, at + 1).filter(|_| !is_dated(tokens, at + 2)) {
            return Some(RelativeDate { len: 2, ..whole_month(day, month, shift)? });
        }
        return Some(RelativeDate { len: 2, ..period(tokens, at + 1, day, shift)? });
    }
    let coming = || sentence.clone().any(|index| COMING.iter().any(|word| tokens.is(index, word)));
    if let Some(weekday) = weekday(tokens, at) {
        let dated =
            tokens.text(at + 1) == "," && (month(tokens, at + 2).is_some() || is_dated(tokens, at + 2));
        if dated || month(tokens, at + 1).is_some() || is_dated(tokens, at + 1) {
            return None;
        }
        return one(1, if coming() { nearest(day, weekday, 1)? } else { nearest(day, weekday, -1)? });
    }
    if tokens.is(at, "in")
        && let Some(month) = month(tokens, at + 1)
        && !is_dated(tokens, at + 2)
        && !(tokens.is(at + 2, "of") && is_dated(tokens, at + 3))
    {
        let meant = whole_month(day, month, if coming() { 2 } else { -2 })?;
        return Some(RelativeDate { len: 2, ..meant });
    }
    None
}

/// Words that put a week, month, year, weekday or month's name before, at and after a day.
const SHIFTS: [&str; 3] = ["last", "this", "next"];

/// Words in a sentence that speak of what is to come.
const COMING: [&str; 9] =
    ["will", "shall", "'ll", "’ll", "scheduled", "due", "expected", "plans", "upcoming"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const COUNTS: [&str; 11] =
    ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The month that token `at` names with a capital, from 1.
fn month(tokens: Tokens<'_>, at: usize) -> Option<i8> {
    let month = MONTHS.iter().position(|month| tokens.text(at) == *month)?;
    i8::try_from(month + 1).ok()
}

fn weekday(tokens: Tokens<'_>, at: usize) -> Option<Weekday> {
    let name = tokens.text(at);
    Some(match name {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// Whether a number stands at `at`, after an optional comma: a day or year is given.
fn is_dated(tokens: Tokens<'_>, at: usize) -> bool {
    let at = at + usize::from(tokens.text(at) == ",");
    tokens.list.get(at).is_some_and(|token| token.kind == TokenKind::Number)
}

/// "two weeks ago".
fn ago(tokens: Tokens<'_>, at: usize, day: Date) -> Option<RelativeDate> {
    if !tokens.is(at + 2, "ago") {
        return None;
    }
    let word = tokens.text(at);
    let count = COUNTS.iter().position(|count| tokens.is(at, count)).map(|count| count.max(1));
    let count = i64::try_from(count.or_else(|| word.parse().ok())?).ok().filter(|count| *count < 1000)?;
    let unit = tokens.text(at + 1);
    let unit = unit.strip_suffix('s').unwrap_or(unit);
    let back = |span: Span| day.checked_sub(span).ok();
    let (from, to) = match unit {
        "day" => (back(Span::new().days(count))?, back(Span::new().days(count))?),
        "week" => (back(Span::new().weeks(count))?, back(Span::new().weeks(count))?),
        "month" => {
            let within = back(Span::new().months(count))?;
            (within.first_of_month(), within.last_of_month())
        }
        "year" => {
            let within = back(Span::new().years(count))?;
            (within.first_of_year(), within.last_of_year())
        }
        _ => return None,
    };
    Some(RelativeDate { len: 3, from, to })
}

/// The week, month or year that token `at` names, `shift` after the one of `day`.
fn period(tokens: Tokens<'_>, at: usize, day: Date, shift: i64) -> Option<RelativeDate> {
    let (from, to) = if tokens.is(at, "week") {
        let back = shift * 7 - i64::from(day.weekday().to_monday_zero_offset());
        let monday = day.checked_add(Span::new().days(back)).ok()?;
        (monday, monday.checked_add(Span::new().days(6)).ok()?)
    } else if tokens.is(at, "month") {
        let within = day.first_of_month().checked_add(Span::new().months(shift)).ok()?;
        (within, within.last_of_month())
    } else if tokens.is(at, "year") {
        let within = day.first_of_year().checked_add(Span::new().years(shift)).ok()?;
        (within, within.last_of_year())
    } else {
        return None;
    };
    Some(RelativeDate { len: 1, from, to })
}

/// The `weekday` before `day` (-1), in its week, which begins on Monday (0), or after it (1).
fn shifted(day: Date, weekday: Weekday, shift: i64) -> Option<Date> {
    if shift == 0 {
        let apart = weekday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset();
        return day.checked_add(Span::new().days(i64::from(apart))).ok();
    }
    let other = day.checked_add(Span::new().days(shift)).ok()?;
    nearest(other, weekday, shift)
}

/// The `weekday` nearest to `day`, that day included, before (-1) or after it (1).
fn nearest(day: Date, weekday: Weekday, direction: i64) -> Option<Date> {
    let apart = if direction < 0 { weekday.until(day.weekday()) } else { day.weekday().until(weekday) };
    day.checked_add(Span::new().days(i64::from(apart) * direction)).ok()
}

/// The days of `month` (from 1): the last before that of `day` (-1), in its year (0), the next after it (1); with
/// 2 and -2 the month of `day` counts.
fn whole_month(day: Date, month: i8, shift: i64) -> Option<RelativeDate> {
    let year = match shift {
        -2 => day.year() - i16::from(month > day.month()),
        -1 => day.year() - i16::from(month >= day.month()),
        0 => day.year(),
        1 => day.year() + i16::from(month <= day.month()),
        _ => day.year() + i16::from(month < day.month()),
    };
    let from = Date::new(year, month, 1).ok()?;
    Some(RelativeDate { len: 1, from, to: from.last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Passage;

    /// What the words of `text` mean on Sunday 9 October 2022.
    fn meant(text: &str) -> Vec<String> {
        let passage = Passage::read(text);
        let tokens = passage.tokens();
        let (mut at, mut out) = (0, Vec::new());
        while at < tokens.len() {
            let sentence = passage.sentences().iter().find(|sentence| sentence.contains(&at));
            let found = sentence.and_then(|sentence| {
                relative_date(tokens, at, sentence.clone(), Date::constant(2022, 10, 9))
            });
            if let Some(found) = found {
                out.push(found.to_string());
            }
            at += found.map_or(1, |found| found.len);
        }
        out
    }

    #[test]
    fn words_are_counted_from_the_day() {
        for (text, wanted) in [
            ("It rained yesterday.", "2022-10-08"),
            ("It rained the day before yesterday.", "2022-10-07"),
            ("Last Friday it rained.", "2022-10-07"),
            ("Next Friday it will rain.", "2022-10-14"),
            ("They met last Sunday.", "2022-10-02"),
            ("They meet this Wednesday.", "2022-10-05"),
            ("They met on Friday.", "2022-10-07"),
            ("They met on Sunday.", "2022-10-09"),
            ("They will meet on Friday.", "2022-10-14"),
            ("They meet next week.", "2022-10-10 to 2022-10-16"),
            ("They met last month.", "2022-09-01 to 2022-09-30"),
            ("They met last year.", "2021"),
            ("They met in March.", "2022-03-01 to 2022-03-31"),
            ("They met in December.", "2021-12-01 to 2021-12-31"),
            ("They met in October.", "2022-10-01 to 2022-10-31"),
            ("They will meet in March.", "2023-03-01 to 2023-03-31"),
            ("They met last October.", "2021-10-01 to 2021-10-31"),
            ("They met two weeks ago.", "2022-09-25"),
            ("They met a month ago.", "2022-09-01 to 2022-09-30"),
            ("They met 10 years ago.", "2012"),
        ] {
            assert_eq!(meant(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_dated_or_no_date_means_nothing() {
        for text in [
            "They met on Friday, October 7.",
            "They met on Friday 7 October.",
            "They met in March 2020.",
            "They met in March of 2020.",
            "The march may last.",
            "This is the last word.",
        ] {
            assert!(meant(text).is_empty(), "{text}: {:?}", meant(text));
        }
    }
}
