//! Dictionaries of actors as PETRARCH reads them.
//!
//! ```text
//! ANN_LEE_            # the first of a block; '#' and '<!-- -->' are comments
//! +SENATOR_LEE_       # another name
//!     [ITAGOV 200101-210101]
//!     [ITAELI >210101]
//! ROMALIA_ [RMA]
//! ```
//!
//! A code in brackets is an ISO 3166 alpha-3 country followed by roles of three letters. A date is `YYMMDD`
//! (00 to 30 are of this century) or `YYYYMMDD`: `<date` until it, `>date` since it, `date-date` between.
//! Source: the format's documentation (`docs/source/dictionaries.rst`) in PETRARCH's repository.

use std::borrow::Cow;

use super::{ImportError, alias, named};
use crate::actors::{Actor, ActorKind, Registry, Role};
use crate::article::Date;

/// What the role codes of CAMEO mean.
const ROLES: &str = include_str!("cameo-roles.txt");

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Result<Vec<Actor>, ImportError> {
    let mut out: Vec<Block> = Vec::new();
    let mut in_comment = false;
    for (at, line) in (1..).zip(text.lines()) {
        let line = without_comments(line, &mut in_comment);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (name, codes) = line.split_at(line.find('[').unwrap_or(line.len()));
        let name = name.trim();
        if let Some(other) = name.strip_prefix(['+', '&']) {
            let block = out.last_mut().ok_or_else(|| {
                ImportError::new(at, format!("'{other}' is a further name, but no name stands before it."))
            })?;
            block.aliases.push(words(other));
        } else if !name.is_empty() {
            out.push(Block { name: words(name), aliases: Vec::new(), codes: Vec::new() });
        }
        if !codes.is_empty() {
            let block = out
                .last_mut()
                .ok_or_else(|| ImportError::new(at, "A code stands here, but no name before it."))?;
            for part in codes.split('[').skip(1) {
                let Some((inside, _)) = part.split_once(']') else {
                    return Err(ImportError::new(at, format!("'[{}' is not closed with ']'.", part.trim())));
                };
                block.codes.extend(code(inside, at)?);
            }
        }
    }
    Ok(out.into_iter().filter(|block| !block.name.is_empty()).map(Block::actor).collect())
}

/// The names and codes of one actor.
struct Block {
    name: String,
    aliases: Vec<String>,
    codes: Vec<Code>,
}

/// A code with the days it holds for.
struct Code {
    code: String,
    from: Option<Date>,
    to: Option<Date>,
}

impl Block {
    fn actor(self) -> Actor {
        let known = Registry::built_in();
        let kind =
            known.named(&self.name).first().and_then(|(actor, _)| known.get(*actor)).map(|actor| actor.kind);
        // Only people come into offices and leave them.
        let dated = self.codes.iter().any(|code| code.from.is_some() || code.to.is_some());
        let kind = kind.unwrap_or(if dated { ActorKind::Person } else { ActorKind::Organisation });
        let mut actor = named(&self.name, kind);
        actor.aliases =
            self.aliases.iter().filter(|name| **name != self.name).map(|name| alias(name)).collect();
        for code in self.codes {
            let country = code.code.get(..3).map(str::to_lowercase).filter(|id| known.find(id).is_some());
            let rest = if country.is_some() { &code.code[3..] } else { &code.code };
            if actor.country.is_none() && kind != ActorKind::Country {
                actor.country = country.clone().map(Cow::Owned);
            }
            if !actor.links.iter().any(|(_, known)| *known == code.code) {
                actor.links.push((Cow::Borrowed("cameo"), Cow::Owned(code.code.clone())));
                actor.links.truncate(1);
            }
            if !rest.is_empty() || code.from.is_some() || code.to.is_some() {
                let title = Cow::Owned(title(rest));
                actor.roles.push(Role { title, of: country.map(Cow::Owned), from: code.from, to: code.to });
            }
        }
        actor
    }
}

/// What role codes mean, in words: "GOVMIL" is "government, military".
fn title(codes: &str) -> String {
    let chars: Vec<char> = codes.chars().collect();
    let meanings: Vec<String> = chars
        .chunks(3)
        .map(|code| {
            let code: String = code.iter().collect();
            let known = ROLES.lines().find_map(|line| line.strip_prefix(code.as_str())?.strip_prefix(' '));
            known.map_or(code, str::to_owned)
        })
        .collect();
    if meanings.is_empty() { "citizen".to_owned() } else { meanings.join(", ") }
}

/// `line` without comments; `in_comment` says whether one is open.
fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        if *in_comment {
            let Some((_, after)) = rest.split_once("-->") else { return out };
            *in_comment = false;
            rest = after;
        }
        let Some((before, after)) = rest.split_once("<!--") else { break };
        out.push_str(before);
        *in_comment = true;
        rest = after;
    }
    out.push_str(rest);
    let end = out.find(['#', ';']).unwrap_or(out.len());
    out.truncate(end);
    out
}

/// `ANN_LEE_` as it is written in an article: "Ann Lee". Words of all capitals keep them where they are no
/// name one would say: those without a vowel.
fn words(name: &str) -> String {
    let parts = name.split(['_', ' ']).filter(|part| !part.is_empty());
    let capital = |part: &str| {
        let mut out = String::with_capacity(part.len());
        let mut fresh = true;
        for char in part.chars() {
            if fresh {
                out.push(char);
            } else {
                out.extend(char.to_lowercase());
            }
            fresh = matches!(char, '-' | '\'');
        }
        out
    };
    let small = |part: &str| matches!(part, "OF" | "THE" | "AND" | "FOR" | "IN");
    let spoken = |part: &str| part.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    let shown: Vec<String> = parts
        .enumerate()
        .map(|(at, part)| match part {
            part if at > 0 && small(part) => part.to_lowercase(),
            part if spoken(part) => capital(part),
            part => part.to_owned(),
        })
        .collect();
    shown.join(" ")
}

/// What stands between brackets; none for codes that mean "do not code this".
fn code(inside: &str, line: usize) -> Result<Option<Code>, ImportError> {
    let inside = inside.trim();
    let (code, dates) = inside.split_at(inside.find([' ', '<', '>']).unwrap_or(inside.len()));
    if code.chars().any(|char| !char.is_ascii_alphanumeric() && char != '#' && char != '~') {
        return Err(ImportError::new(line, format!("'{code}' is no code of letters.")));
    }
    let dates: String = dates.chars().filter(|char| !char.is_whitespace()).collect();
    let (from, to) = if let Some(date) = dates.strip_prefix('<') {
        (None, Some(day(date, line)?))
    } else if let Some(date) = dates.strip_prefix('>') {
        (Some(day(date, line)?), None)
    } else if let Some((from, to)) = dates.split_once('-') {
        (Some(day(from, line)?), Some(day(to, line)?))
    } else if dates.is_empty() {
        (None, None)
    } else {
        return Err(ImportError::new(
            line,
            format!("'{dates}' is no time: write '<YYMMDD', '>YYMMDD' or 'YYMMDD-YYMMDD'."),
        ));
    };
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(ImportError::new(line, format!("'{dates}' ends before it begins.")));
    }
    let marks = code.chars().all(|char| matches!(char, '#' | '~' | '-'));
    Ok((!code.is_empty() && !marks).then(|| Code { code: code.to_owned(), from, to }))
}

/// A day written `YYMMDD` or `YYYYMMDD`.
fn day(text: &str, line: usize) -> Result<Date, ImportError> {
    let wrong = || ImportError::new(line, format!("'{text}' is no day: write YYMMDD or YYYYMMDD."));
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(text.len(), 6 | 8) {
        return Err(wrong());
    }
    let (year, rest) = text.split_at(text.len() - 4);
    let number = |text: &str| text.parse::<i8>().map_err(|_| wrong());
    let mut year: i16 = year.parse().map_err(|_| wrong())?;
    if text.len() == 6 {
        year += if year <= 30 { 2000 } else { 1900 };
    }
    Date::new(year, number(&rest[..2])?, number(&rest[2..])?).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TEXT: &str = "<!-- a dictionary\nof actors -->\nANN_MARIE_LEE_  # a senator\n+SENATOR_LEE_\n\t[ITAGOV 980101-20030201]\n\t[ITAOPP >030201] # since\n\t[ITA <980101]\nFRENCH_GUARD_OF_X [FRAMIL]\n";

    #[test]
    fn names_codes_and_dates_are_read() {
        let actors = read(TEXT).unwrap();
        let lee = &actors[0];
        assert_eq!(
            (&*lee.name, lee.kind, &*lee.aliases[0].text),
            ("Ann Marie Lee", ActorKind::Person, "Senator Lee")
        );
        let roles: Vec<_> =
            lee.roles.iter().map(|role| (&*role.title, role.of.as_deref(), role.from, role.to)).collect();
        assert_eq!(
            roles,
            [
                ("government", Some("ita"), Some(date(1998, 1, 1)), Some(date(2003, 2, 1))),
                ("opposition", Some("ita"), Some(date(2003, 2, 1)), None),
                ("citizen", Some("ita"), None, Some(date(1998, 1, 1))),
            ]
        );
        assert_eq!((&*actors[1].name, actors[1].kind), ("French Guard of X", ActorKind::Organisation));
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, line) in [
            ("LEE_\n [ITAGOV >991332]\n", 2),
            ("LEE_\n\n [ITAGOV 2001]\n", 3),
            ("+LEE_\n", 1),
            ("LEE_ [ITAGOV\n", 1),
            ("LEE_ [ITAGOV 100101-090101]\n", 1),
        ] {
            assert_eq!(read(text).unwrap_err().line, line, "{text}");
        }
    }
}
