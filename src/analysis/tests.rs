use proptest::prelude::*;

use super::*;
use crate::settings::WordChange;

fn analyse(text: &str) -> Analysis {
    Analysis::new(Arc::from(text), setup())
}

/// One setup for all, since an analysis is kept only under the setup it was made with.
fn setup() -> Arc<Setup> {
    static SETUP: std::sync::LazyLock<Arc<Setup>> = std::sync::LazyLock::new(Arc::default);
    Arc::clone(&SETUP)
}

/// Everything an analysis found, so that two can be compared.
fn all(analysis: &Analysis) -> String {
    let pieces: Vec<_> = analysis
        .blocks()
        .iter()
        .map(|block| {
            let pieces: Vec<_> = block
                .pieces
                .iter()
                .map(|piece| {
                    (piece.start, &piece.passage, &piece.attributions, &piece.carried, &piece.outgoing)
                })
                .collect();
            format!("{:?} {:?} {:?} {pieces:?}", block.range, block.kind, block.markup)
        })
        .collect();
    format!("{pieces:#?} {:#?}", analysis.findings())
}

#[test]
fn an_unchanged_block_is_kept() {
    let before = analyse("First paragraph, which is long enough.\n\nSecond one.\n\nThird.");
    let after = Analysis::update(
        Arc::from("First paragraph, which is long enough.\n\nSecond, changed.\n\nThird."),
        setup(),
        Some(&before),
        &|| false,
    )
    .unwrap();
    let kept = |index: usize| {
        Arc::ptr_eq(&before.blocks()[index].pieces[0].piece, &after.blocks()[index].pieces[0].piece)
    };
    assert!(kept(0) && !kept(1) && kept(2));
}

#[test]
fn a_long_line_is_cut_and_only_the_piece_with_the_edit_is_read_again() {
    let line = "The minister left the town on Monday. ".repeat(2000);
    let before = analyse(&line);
    let changed = line.replacen("town", "city", 1000).replacen("city", "town", 999);
    let after = Analysis::update(Arc::from(changed), setup(), Some(&before), &|| false).unwrap();
    let (old, new) = (&before.blocks()[0].pieces, &after.blocks()[0].pieces);
    let fresh = old.iter().zip(new.iter()).filter(|(old, new)| !Arc::ptr_eq(&old.piece, &new.piece)).count();
    assert!(old.len() > 8 && fresh == 1, "{fresh} of {}", old.len());
}

#[test]
fn a_text_that_becomes_business_copy_is_read_again() {
    let before = "The profit of the firm is small. Sales fell by 20 million, the most in ten years, in all of its shops.\n\nNobody \
        objected, and the shops of the town will stay open.";
    let after = format!(
        "Shares fell, and so did the price of the stock at the auction in heavy trading.\n\n{before}"
    );
    let old = analyse(before);
    let updated = Analysis::update(Arc::from(after.as_str()), setup(), Some(&old), &|| false).unwrap();
    assert_eq!(all(&updated), all(&analyse(&after)));
    let asked =
        |analysis: &Analysis| analysis.findings().iter().filter(|found| found.rule.code == "ATT01").count();
    assert_eq!((asked(&old), asked(&updated)), (1, 0));
}

#[test]
fn a_piece_that_becomes_the_first_of_its_block_is_read_again() {
    let filler = "The old harbour lies still under a low grey sky and gulls sit on its walls. ";
    let piece = |first: &str| format!("{first}{}", filler.repeat(1 + 8192 / filler.len()));
    let (calm, counted) =
        (piece(filler), piece("Hunger is up by 60 percent in the whole of the valley and the hills. "));
    // The colon announces what begins the block.
    let head = format!("Harbour\n\n{}The town spoke:\n\n", filler.repeat(20));
    let (alone, after) =
        (format!("{head}{counted}The gulls sit."), format!("{head}{calm}{counted}The gulls sit."));
    for (before, text) in [(&alone, &after), (&after, &alone)] {
        let updated =
            Analysis::update(text.as_str().into(), setup(), Some(&analyse(before)), &|| false).unwrap();
        assert_eq!(all(&updated), all(&analyse(text)));
    }
}

#[test]
fn a_long_text_is_told_the_same_whatever_was_counted_far_above() {
    let counted = "A poll of the town was made in May.\n\n";
    let far = "The pier is old.\n\n".repeat(STRETCH + 8);
    let text = format!(
        "{counted}{far}Some 60 percent of the homes are cold, and the town is against the plan.\n\n{far}"
    );
    let begun = Analysis::new(text.as_str().into(), setup());
    let typed = format!("{text}It rained.\n");
    let updated = Analysis::update(typed.as_str().into(), setup(), Some(&begun), &|| false).unwrap();
    assert_eq!(all(&updated), all(&Analysis::new(typed.as_str().into(), setup())));
    assert!(begun.blocks()[STRETCH..].iter().all(|block| block.pieces[0].incoming.counted));
}

#[test]
fn cancelled_means_no_analysis() {
    let result = Analysis::update(Arc::from("Some text."), setup(), None, &|| true);
    assert_eq!(result.err(), Some(Cancelled));
}

#[test]
fn after_a_key_in_a_long_line_everybody_is_on_record_for_the_same_as_afresh() {
    let line = "Ann Lee said that the dam was old. Omar Khan said on Monday that it was not. ".repeat(600);
    let before = analyse(&line);
    before.cast();
    for (from, to) in [("old", "cold"), ("said that the", "saw that the"), ("was not", "was not, Khan said")]
    {
        let changed = line.replacen(from, to, 300).replacen(to, from, 299);
        let after = Analysis::update(changed.as_str().into(), setup(), Some(&before), &|| false).unwrap();
        assert_eq!(everybody(&after), everybody(&analyse(&changed)), "{from}");
    }
}

/// Everybody an analysis knows of, with what is on record for each.
fn everybody(analysis: &Analysis) -> String {
    let claims: Vec<_> = analysis.claims().collect();
    format!("{:#?} {claims:?}", analysis.cast())
}

#[test]
fn a_key_in_a_word_leaves_the_cast_as_it_is_and_one_in_a_name_does_not() {
    let text = "Ann Lee spoke of the dam. “It is old,” Lee said.\n\nShe left the town.";
    let before = analyse(text);
    before.cast();
    let typed = |from: &str, to: &str| {
        let text = text.replace(from, to);
        let after = Analysis::update(text.as_str().into(), setup(), Some(&before), &|| false).unwrap();
        let kept = after.has_cast();
        assert_eq!(everybody(&after), everybody(&analyse(&text)));
        kept
    };
    assert!(typed("dam", "dams") && typed("“It is", "“It was"));
    assert!(!typed("Lee spoke", "Leeds spoke") && !typed("She", "He"));
}

#[test]
fn a_line_of_who_writes_that_grows_to_a_sentence_is_one_no_more() {
    let text = "Our pier\n\nBy Ann Lee with her own staff\n\nLast week I said that the pier must stay.";
    let before = analyse(text);
    before.cast();
    let typed = text.replace("own staff", "own staff of the old town");
    let after = Analysis::update(typed.as_str().into(), setup(), Some(&before), &|| false).unwrap();
    assert_eq!(everybody(&after), everybody(&analyse(&typed)));
    assert_ne!(everybody(&after), everybody(&before));
}

#[test]
fn a_word_that_begins_to_stand_in_lower_case_is_no_name_elsewhere_any_more() {
    let text = "Brindle went well.\n\nThe dam is brindled.";
    let before = analyse(text);
    assert_eq!(before.cast().members().len(), 1);
    let typed = text.replace("brindled", "brindle");
    let after = Analysis::update(typed.as_str().into(), setup(), Some(&before), &|| false).unwrap();
    assert_eq!(after.cast().members().len(), 0);
    let back = Analysis::update(text.into(), setup(), Some(&after), &|| false).unwrap();
    assert_eq!(everybody(&back), everybody(&before));
}

#[test]
fn a_long_article_is_read_in_stretches_as_it_is_from_its_beginning() {
    let mut text = String::new();
    for index in 0..STRETCH * 3 {
        text += if index % 90 == 3 {
            "Ann Lee said the dam was old."
        } else {
            "She feared the worst. It rained."
        };
        text += "\n\n";
    }
    let mut grown = analyse("");
    for end in [3000, 5000, text.len()] {
        let begun: Arc<str> = text[..end].into();
        grown = Analysis::update(begun, setup(), Some(&grown), &|| false).unwrap();
    }
    assert_eq!(all(&analyse(&text)), all(&grown));
}

proptest! {
    #[test]
    fn any_text_is_read(text in r"(\PC|[\n\r\x00]|[A-Z][a-z]{1,6} (said|is|of) |[“”‘’.,:—]){0,120}") {
        let analysis = analyse(&text);
        for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
            let offset = crate::text::size(offset);
            prop_assert!(analysis.place(offset).is_none_or(|place| place.block < analysis.blocks().len()));
            analysis.mention_at(offset);
        }
        for finding in analysis.findings() {
            prop_assert!(text.get(std::ops::Range::<usize>::from(finding.range)).is_some(), "{:?}", finding);
        }
        for attribution in analysis.attributions() {
            for piece in attribution.pieces() {
                prop_assert!(text.get(std::ops::Range::<usize>::from(piece)).is_some());
            }
        }
    }

    #[test]
    fn an_update_finds_what_a_fresh_analysis_finds(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "\n\n", "\n", "It is believed that he left. ", "“We object", "” ", "he said. ", "\"", "[a]{.claim}",
                "]{", "<!-- onrecord: ignore ATT02 -->", "date 2022-10-09 ", "é", "'", "Sources said the vote was lost. ",
            ]),
            0..24,
        ),
        at in 0_usize..24,
        insert in prop::sample::select(vec!["\n\n", "“", "\"", "x", "It is believed that", "[", "]{.own}", ""]),
    ) {
        let before = parts.concat();
        let mut changed = parts.clone();
        changed.insert(at.min(changed.len()), insert);
        let after = changed.concat();
        let old = analyse(&before);
        let updated = Analysis::update(Arc::from(after.as_str()), setup(), Some(&old), &|| false).unwrap();
        prop_assert_eq!(all(&updated), all(&analyse(&after)));
    }

    #[test]
    fn after_many_updates_the_rules_on_the_whole_article_find_what_they_find_afresh(
        parts in prop::collection::vec(prop::sample::select(AT_LARGE.to_vec()), 0..16),
        edits in prop::collection::vec((0_usize..16, any::<bool>(), prop::sample::select(AT_LARGE.to_vec())), 1..6),
    ) {
        let mut parts = parts;
        let mut analysis = analyse(&parts.concat());
        for (at, insert, part) in edits {
            let at = at.min(parts.len());
            if insert || at == parts.len() { parts.insert(at, part) } else { parts[at] = part }
            let text = parts.concat();
            analysis.cast();
            analysis = Analysis::update(text.as_str().into(), setup(), Some(&analysis), &|| false).unwrap();
            let fresh = analyse(&text);
            prop_assert_eq!(all(&analysis), all(&fresh));
            prop_assert_eq!(everybody(&analysis), everybody(&fresh));
            prop_assert!(analysis.findings().is_sorted_by_key(piece::order));
            for finding in fresh.findings() {
                prop_assert!(analysis.findings_at(finding.range).contains(finding), "{:?}", finding);
            }
        }
    }

    #[test]
    fn after_many_updates_what_stands_beside_the_article_is_where_it_is_afresh(
        parts in prop::collection::vec(prop::sample::select(AT_LARGE.to_vec()), 0..16),
        edits in prop::collection::vec((0_usize..16, any::<bool>(), prop::sample::select(AT_LARGE.to_vec())), 1..6),
    ) {
        let setup = annotated();
        let mut parts = parts;
        let mut analysis = Analysis::new(parts.concat().into(), Arc::clone(&setup));
        for (at, insert, part) in edits {
            let at = at.min(parts.len());
            if insert || at == parts.len() { parts.insert(at, part) } else { parts[at] = part }
            let text: Arc<str> = parts.concat().into();
            analysis = Analysis::update(Arc::clone(&text), Arc::clone(&setup), Some(&analysis), &|| false).unwrap();
            prop_assert_eq!(all(&analysis), all(&Analysis::new(text, Arc::clone(&setup))));
        }
    }
}

/// A setup with annotations of words of [`AT_LARGE`]: long and short ones, over two blocks, and a hole.
fn annotated() -> Arc<Setup> {
    let annotation = |start: usize, [prefix, exact, suffix]: [&str; 3], class: &str, id: &str| {
        let end = start + exact.chars().count();
        let target = serde_json::json!({ "source": "a.article", "selector": [
            { "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix },
            { "type": "TextPositionSelector", "start": start, "end": end },
        ] });
        serde_json::json!({ "target": target, "body": [
            { "type": "TextualBody", "purpose": "classifying", "value": class },
            { "type": "onrecord:Span", "onrecord:id": id, "onrecord:by": "s1" },
        ] })
    };
    let all = [
        annotation(0, ["", "Maria Keller", " said the port"], "source", "s1"),
        annotation(60, [" said ", "the port was closed", ". "], "claim", "c1"),
        annotation(90, ["", "The report", " said the dam"], "source", "s2"),
        annotation(120, ["", "said", ""], "cue", "q1"),
        annotation(200, ["stay at home. ", "", "“We object"], "source", "s3"),
        annotation(40, ["", "the dam was old. \n\nThe study found", ""], "claim", "c2"),
    ];
    let sidecar = Sidecar::read(&serde_json::Value::from(all.to_vec()).to_string());
    assert_eq!((sidecar.annotations.len(), &sidecar.fault), (6, &None));
    Arc::new(Setup { sidecar: Some(("a.article.json".into(), Arc::new(sidecar))), ..Setup::default() })
}

/// What the rules that look at the whole article look at.
const AT_LARGE: [&str; 22] = [
    "\n\n",
    "\n\n",
    "\n",
    "---\nbyline: Reuters\n---\n",
    "date 2022-10-09 ",
    "The report said the dam was old. ",
    "The study found that nobody knew. ",
    "Researchers wrote a report on the dam. ",
    "The poll found that 40 percent were against it. ",
    "A poll found that half of voters would stay at home. ",
    "It asked 1,002 adults. ",
    "It was taken on Monday. ",
    "“We object, and the others do too. ",
    "They will not go.” ",
    "\"Nobody asked us,” he said. ",
    "The Guardian reported that the minister would resign. ",
    "The BBC reported that she had left. ",
    "Maria Keller said the port was closed. ",
    "[the vote failed]{#c1 .claim by=s1 stance=oppose} ",
    "[Lee]{#s1 .source} ",
    "<!-- onrecord: ignore ATT02 SRC06 -->",
    "<!-- onrecord: off QUO03 --> [x]{.claim ",
];

/// What is found of `code` in `text` when its list gets `add` and loses `remove`.
fn found(code: &str, text: &str, add: &str, remove: &str) -> Vec<String> {
    let list = |word: &str| if word.is_empty() { Vec::new() } else { vec![word.to_owned()] };
    let change = WordChange { code: code.to_owned(), add: list(add), remove: list(remove) };
    let settings = Settings { select: vec![code.to_owned()], words: vec![change], ..Settings::default() };
    let analysis = Analysis::new(text.into(), Arc::new(Setup { settings, ..Setup::default() }));
    analysis.findings().iter().map(|finding| text[finding.range].to_owned()).collect()
}

#[test]
fn a_list_is_extended_and_cut_by_words_and_by_phrases() {
    for (code, text, before, add, after, remove) in [
        (
            "LNG01",
            "The mayor is certainly for a game-changing plan.",
            "certainly",
            "game-changing",
            "game-changing",
            "certainly",
        ),
        (
            "LNG01",
            "It is, of course, the best plan\nin years.",
            "of course",
            "best plan in years",
            "best plan\nin years",
            "of course",
        ),
        (
            "ATT03",
            "She evidently left, and allegedly by car.",
            "allegedly",
            "evidently",
            "evidently",
            "allegedly",
        ),
        (
            "VRB01",
            "Ann Lee claimed that it was dead. Omar Khan lamented that it was not.",
            "claimed",
            "lament",
            "lamented",
            "claim",
        ),
        ("VRB02", "\"We go,\" Ann Lee smirked.", "smirked", "hum", "", "smirk"),
    ] {
        let expected = |word: &str| if word.is_empty() { Vec::new() } else { vec![word.to_owned()] };
        assert_eq!(found(code, text, "", ""), expected(before), "{text}");
        assert_eq!(found(code, text, add, remove), expected(after), "{text}");
    }
}
