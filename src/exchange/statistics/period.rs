//! Claims by the articles' days.

use std::collections::BTreeMap;

use jiff::ToSpan as _;

use super::{Claims, Statistics};
use crate::article::Date;

/// Periods up to which a time without articles is shown as one.
const GAPLESS: usize = 60;

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// As it is written: a year, a month or a day of ISO 8601.
    pub name: String,
    /// How many articles are of it.
    pub articles: usize,
    /// Their claims.
    pub claims: Claims,
}

/// How long a period is.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    /// Days for a month, months for three years, else years.
    fn fitting(first: Date, last: Date) -> Self {
        let months = months(last) - months(first);
        if first.checked_add(31.days()).is_ok_and(|end| last < end) {
            Self::Day
        } else if months < 36 {
            Self::Month
        } else {
            Self::Year
        }
    }

    /// The first day of the period `day` is in.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    fn next(self, start: Date) -> Option<Date> {
        let step = match self {
            Self::Day => 1.day(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        start.checked_add(step).ok()
    }

    fn name(self, start: Date) -> String {
        match self {
            Self::Day => start.to_string(),
            Self::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Self::Year => format!("{:04}", start.year()),
        }
    }
}

fn months(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// The periods of the articles that have a day, in order.
pub(super) fn periods(figures: &Statistics) -> Vec<Period> {
    let days = || figures.articles.iter().filter_map(|article| article.date);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let unit = Unit::fitting(first, last);
    let mut out: BTreeMap<Date, (usize, Claims)> = BTreeMap::new();
    let all = std::iter::successors(Some(unit.start(first)), |start| unit.next(*start));
    let all: Vec<Date> = all.take_while(|start| *start <= last).take(GAPLESS + 1).collect();
    if all.len() <= GAPLESS {
        out.extend(all.into_iter().map(|start| (start, (0, Claims::new()))));
    }
    for day in days() {
        out.entry(unit.start(day)).or_default().0 += 1;
    }
    for (number, (article, _)) in (0..).zip(&figures.claims) {
        if let Some(day) = figures.articles[*article].date {
            out.entry(unit.start(day)).or_default().1.push(number);
        }
    }
    out.into_iter()
        .map(|(start, (articles, claims))| Period { name: unit.name(start), articles, claims })
        .collect()
}
