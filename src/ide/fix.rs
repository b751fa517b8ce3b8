//! Making the fixes that findings offer.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use similar::{ChangeTag, TextDiff};

use crate::analysis::{Analysis, Setup};
use crate::rules::{Applicability, Finding, Fix, Rule};
use crate::text::{Place, Places, TextEdit, TextRange, TextSize, apply_edits, range};

/// Rounds after which fixes that call for ever more fixes are given up.
const MOST_ROUNDS: usize = 200;

/// Which fixes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that keep the meaning.
    Safe,
    /// Those too that a person decides on elsewhere.
    Suggested,
}

/// A fix that was made.
#[derive(Debug, PartialEq)]
pub struct Made {
    /// The rule whose finding it mends.
    pub rule: &'static Rule,
    /// What it does.
    pub title: String,
    /// Where the finding stood when it was fixed.
    pub place: Place,
}

/// An article after its fixes.
pub struct Fixed {
    /// The article as it is then.
    pub analysis: Analysis,
    /// The fixes, in the order they were made.
    pub made: Vec<Made>,
}

/// Fixes that undo each other; the article is better left as it is.
#[derive(Debug, thiserror::Error)]
#[error("its fixes do not come to rest, so nothing was changed")]
pub struct Restless;

/// Makes the fixes of the findings in `text` that `counts` lets through until none is left.
///
/// # Errors
/// [`Restless`].
pub fn fix(
    text: &Arc<str>,
    setup: &Arc<Setup>,
    which: Which,
    counts: impl Fn(&Finding) -> bool,
) -> Result<Fixed, Restless> {
    let mut made = Vec::new();
    let mut seen: HashSet<Arc<str>, FxBuildHasher> = HashSet::default();
    let mut text = Arc::clone(text);
    while seen.len() < MOST_ROUNDS && seen.insert(Arc::clone(&text)) {
        let analysis = Analysis::new(Arc::clone(&text), Arc::clone(setup));
        let offered = analysis.findings().iter().filter(|finding| counts(finding));
        let chosen = apart(offered.filter_map(|finding| Some((finding, best(finding, which)?))), &text);
        if chosen.is_empty() {
            return Ok(Fixed { analysis, made });
        }
        let places = Places::new(&text);
        made.extend(chosen.iter().map(|(finding, fix)| Made {
            rule: finding.rule,
            title: fix.title.clone(),
            place: places.at(finding.range.start()),
        }));
        let edits: Vec<TextEdit> = chosen.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
        text = apply_edits(&text, &edits).into();
    }
    Err(Restless)
}

/// What makes `after` of `before`: whole lines, in text order, so that a client keeps what it knows of the others.
pub fn line_edits(before: &str, after: &str) -> Vec<TextEdit> {
    let diff = TextDiff::from_lines(before, after);
    let (mut edits, mut at): (Vec<TextEdit>, usize) = (Vec::new(), 0);
    let mut put = |place: TextRange, text: &str| match edits.last_mut() {
        Some(last) if last.range.end() == place.start() => {
            last.range = last.range.cover(place);
            last.new_text.push_str(text);
        }
        _ => edits.push(TextEdit { range: place, new_text: text.to_owned() }),
    };
    for change in diff.iter_all_changes() {
        let end = at + change.value().len();
        match change.tag() {
            ChangeTag::Equal => at = end,
            ChangeTag::Delete => {
                put(range(at, end), "");
                at = end;
            }
            ChangeTag::Insert => put(range(at, at), change.value()),
        }
    }
    edits
}

/// The fix to make of those `finding` has: a safe one before others.
fn best(finding: &Finding, which: Which) -> Option<&Fix> {
    let real = || finding.fixes.iter().filter(|fix| !fix.edits.is_empty());
    let safe = real().find(|fix| fix.applicability == Applicability::Safe);
    safe.or_else(|| real().next().filter(|_| which == Which::Suggested))
}

/// Of `fixes`, in order, those whose edits lie in `text`, change it and touch no edit of an earlier one: a
/// fix is made whole or, in a later round, anew.
fn apart<'a>(fixes: impl Iterator<Item = (&'a Finding, &'a Fix)>, text: &str) -> Vec<(&'a Finding, &'a Fix)> {
    let mut taken: BTreeMap<TextSize, TextSize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (finding, fix) in fixes {
        let mut edits: Vec<&TextEdit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        let written = |edit: &TextEdit| text.get(std::ops::Range::<usize>::from(edit.range));
        let sound = edits.iter().all(|edit| written(edit).is_some())
            && edits.windows(2).all(|pair| pair[0].range.end() <= pair[1].range.start());
        let idle = edits.iter().all(|edit| written(edit) == Some(&edit.new_text));
        let free = |edit: &&TextEdit| {
            // Those taken lie apart, so only the last that begins no later than this one ends can touch it.
            let before = taken.range(..=edit.range.end()).next_back();
            before.is_none_or(|(_, end)| *end < edit.range.start())
        };
        if sound && !idle && edits.iter().all(free) {
            taken.extend(edits.iter().map(|edit| (edit.range.start(), edit.range.end())));
            chosen.push((finding, fix));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fixed(text: &str, which: Which) -> (String, Vec<Made>) {
        let fixed = fix(&text.into(), &Arc::default(), which, |_| true).unwrap();
        (fixed.analysis.text().to_string(), fixed.made)
    }

    #[test]
    fn safe_fixes_are_made_and_named() {
        let (text, made) = fixed("He said: ”We go.”\n", Which::Safe);
        assert_eq!(text, "He said: “We go.”\n");
        assert_eq!(made.iter().map(|made| made.rule.code).collect::<Vec<_>>(), ["QUO03"]);
    }

    #[test]
    fn a_suggested_fix_waits_to_be_asked_for() {
        let text = "The talks began.\n\nAnn Lee, the mayor, insisted that the road was open.\n";
        assert_eq!(fixed(text, Which::Safe).0, text);
        assert_eq!(fixed(text, Which::Suggested).0, text.replace("insisted", "said"));
    }

    #[test]
    fn of_spans_with_one_id_all_but_the_first_get_another() {
        let text =
            "[Lee]{#s .source} and [Kim]{#s .source} said [so]{#s-2 .claim by=s}; [Bo]{#s .source} left.\n";
        let apart = text.replacen("[Kim]{#s ", "[Kim]{#s-3 ", 1).replacen("[Bo]{#s ", "[Bo]{#s-4 ", 1);
        assert_eq!(fixed(text, Which::Suggested).0, apart);
    }

    /// A finding whose fix makes `edits`.
    fn finding(edits: Vec<TextEdit>) -> Finding {
        let fix = Fix { title: String::new(), edits, applicability: Applicability::Safe };
        let mut out = Vec::new();
        let rule = crate::rules::all()[0];
        crate::rules::Report::new(rule, &mut out).add(range(0, 0), "").fixes.push(fix);
        out.remove(0)
    }

    prop_compose! {
        fn edit()(start in 0_usize..40, len in 0_usize..8, new_text in "[XYZ]{0,3}") -> TextEdit {
            TextEdit { range: range(start, start + len), new_text }
        }
    }

    /// Articles out of pieces that have fixes, whole and broken.
    fn article() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "‘",
            "’",
            " ",
            "\n\n",
            "\r\n\r\n",
            ". ",
            "Lee said ",
            "We go",
            "It is believed that ",
            "é𝄞",
            "[so]{.claim by=s}",
            "[Lee]{#s .source}",
            "[x]{.clam}",
            "{.claim stance=suport}",
            "---\n",
            "date: 2022-1-9\n",
            "he told Reuters",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn text_outside_the_edits_stays_and_no_two_edits_overlap(
            text in "[a-zé]{0,40}",
            all in prop::collection::vec(prop::collection::vec(edit(), 1..3), 0..12),
        ) {
            let findings: Vec<Finding> = all.into_iter().map(finding).collect();
            let chosen = apart(findings.iter().map(|finding| (finding, &finding.fixes[0])), &text);
            let mut edits: Vec<TextEdit> = chosen.iter().flat_map(|(_, fix)| fix.edits.clone()).collect();
            edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
            for pair in edits.windows(2) {
                prop_assert!(pair[0].range.end() <= pair[1].range.start(), "{pair:?}");
            }
            let mut wanted = String::new();
            let mut at = 0;
            for edit in &edits {
                wanted += &text[at..edit.range.start().into()];
                wanted += &edit.new_text;
                at = edit.range.end().into();
            }
            wanted += &text[at..];
            prop_assert_eq!(apply_edits(&text, &edits), wanted);
        }

        #[test]
        fn line_edits_make_the_one_text_of_the_other(
            before in "([ab]{0,2}(\n|\r\n)){0,6}[ab]?",
            after in "([ab]{0,2}(\n|\r\n)){0,6}[ab]?",
        ) {
            prop_assert_eq!(apply_edits(&before, &line_edits(&before, &after)), after);
        }

        #[test]
        fn fixing_twice_changes_nothing(text in article(), suggested: bool) {
            let which = if suggested { Which::Suggested } else { Which::Safe };
            if let Ok(once) = fix(&text.as_str().into(), &Arc::default(), which, |_| true) {
                let (twice, made) = fixed(once.analysis.text(), which);
                prop_assert_eq!((&*twice, made.len()), (&**once.analysis.text(), 0));
            }
        }
    }
}
