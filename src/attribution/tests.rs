//! Articles with their attributions drawn under the text.
//!
//! Under a line of text each line of drawing is one attribution: `S---` lies under its source,
//! `C---` under its cue, `K---` under its content. What is attributed inside a content follows it, on
//! a line of its own. The lines of one text follow one another as the paragraphs of an article do.

use proptest::prelude::*;

use super::*;
use crate::text::TextRange;

/// Reads `article` and compares what is found with what is drawn.
fn assert_drawn(article: &str) {
    let mut expected = String::new();
    let mut found = String::new();
    let mut state = State::default();
    for line in article.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()) {
        let drawing = line.chars().all(|char| "SCK- ".contains(char));
        expected.push_str(line);
        expected.push('\n');
        if !drawing {
            let passage = attribute(&Passage::read(line), &state, Model::built_in());
            found.push_str(line);
            found.push('\n');
            for attribution in passage.attributions.iter().flat_map(Attribution::with_inner) {
                found.push_str(&draw(line, attribution));
                found.push('\n');
            }
            state = passage.outgoing;
        }
    }
    assert!(expected == found, "drawn:\n{expected}\nfound:\n{found}");
}

fn draw(line: &str, attribution: &Attribution) -> String {
    let mut out = vec![' '; line.chars().count()];
    let column = |range: &TextRange| {
        let at = |offset: crate::text::TextSize| line[..usize::from(offset)].chars().count();
        at(range.start())..at(range.end())
    };
    for (letter, ranges) in [('S', &attribution.source), ('C', &attribution.cue), ('K', &attribution.content)]
    {
        for range in ranges {
            let columns = column(range);
            out[columns.clone()].fill('-');
            out[columns.start] = letter;
        }
    }
    out.into_iter().collect::<String>().trim_end().to_owned()
}

fn kinds(prose: &str) -> Vec<SourceKind> {
    attribute(&Passage::read(prose), &State::default(), Model::built_in())
        .attributions
        .iter()
        .map(|attribution| attribution.kind)
        .collect()
}

#[test]
fn source_cue_content() {
    assert_drawn(
        "
The minister said the vote was lost.
S----------- C--- K----------------
Ann Lee, a senator from Ohio, told reporters on Monday that the bridge would not be built.
S---------------------------- C---                     K---------------------------------
The agency has repeatedly warned that the dam may break.
S--------- C-------------------- K---------------------
",
    );
}

#[test]
fn a_tag_covers_a_sentence_that_begins_with_a_clause_or_has_one_in_it() {
    assert_drawn(
        "
When the road opens, prices will fall, the minister said.
K------------------------------------  S----------- C---
If the dam breaks, the town will flood, she warned.
K-------------------------------------  S-- C-----
Two sailors who were injured had been treated in May, she said.
K---------------------------------------------------  S-- C---
Purchasing managers had been keeping stocks low, analysts noted.
K----------------------------------------------  S------- C----
",
    );
}

#[test]
fn as_somebody_said_tells_whose_words_follow() {
    assert_drawn(
        "
As Ann Lee noted on Monday, the dam was never repaired.
   S------ C----            K-------------------------
As she said goodbye, the crowd cheered the minister.
   S-- C--- K------
But as the Daily Courier reported, the vote was lost.
       S---------------- C-------  K----------------
",
    );
}

#[test]
fn a_determiner_alone_can_speak() {
    assert_drawn(
        "
Another said the plan might fail.
S------ C--- K------------------
Neither said the plan might fail.
S------ C--- K------------------
Many say the plan might fail.
S--- C-- K------------------
",
    );
}

#[test]
fn a_quotation_ends_at_a_mark_turned_the_wrong_way() {
    assert_drawn(
        "
“It is unusual,“ said Larry Noble.
K--------------- C--- S----------
",
    );
}

#[test]
fn attributions_inside_what_is_said() {
    assert_drawn(
        "
Lee said Kim had told him that the dam was old.
S-- C--- K------------------------------------
         S-- C-------     K-------------------
Lee said Kim had told him that Ray feared the dam was old.
S-- C--- K-----------------------------------------------
         S-- C-------     K------------------------------
                               S-- C----- K--------------
“The minister told us that the road was safe,” Lee said. “We knew it was not.”
K--------------------------------------------- S-- C---  K--------------------
 S----------- C---    K---------------------
According to the Daily Courier, the minister said that the vote was lost.
C----------- S----------------  K---------------------------------------
                                S----------- C--- K---------------------
The ministry denied reports that the governor had warned the town that the dam was old.
S----------- C----- K-----------------------------------------------------------------
                                 S----------- C--------- K----------------------------
",
    );
}

/// What somebody wants or does, and what has no source of its own, is no attribution inside another.
#[test]
fn what_is_said_is_left_whole_where_nobody_else_speaks() {
    assert_drawn(
        "
The agency warned that the dam may break.
S--------- C----- K---------------------
The union said it wants to reopen the talks.
S-------- C--- K---------------------------
",
    );
}

#[test]
fn direct_speech_and_its_tags() {
    assert_drawn(
        "
“We lost the vote,” the minister said.
K------------------ S----------- C---
“We lost the vote,” said Ann Lee, a senator from Ohio.
K------------------ C--- S---------------------------
“We lost,” she said, “and we know why.”
K--------- S-- C---  K-----------------
“We lost,” she said. “We know why.”
K--------- S-- C---  K-------------
",
    );
}

/// Of two verbs the one in the relative clause tells who speaks.
#[test]
fn a_relative_clause_belongs_to_who_speaks() {
    assert_drawn(
        "
Unions who oppose the plan said it would cost jobs.
S------------------------- C--- K-----------------
Residents who support the plan said they would vote for it.
S----------------------------- C--- K---------------------
Scientists who believe the data is wrong said the study should be repeated.
S--------------------------------------- C--- K---------------------------
Unions, who oppose the plan, said it would cost jobs.
        S-- C----- K-------
        S--                  C--- K-----------------
",
    );
}

#[test]
fn a_name_below_signs_what_stands_above() {
    assert_drawn(
        "
“The harbour is closed.” — Ann Lee, harbour master
K----------------------- C S----------------------
“Harbour to stay closed” ― Daily Courier, May 4, 2015
K----------------------- C S------------
We were never asked about the harbour. Nobody came to see it. Ann Lee, Senator for Ohio
K-----------------------------------------------------------  S------------------------
I was never asked. Ann Lee
K----------------  S------
",
    );
}

#[test]
fn a_name_that_ends_a_paragraph_signs_no_report() {
    assert_drawn(
        "
The harbour is closed until May. Ann Lee
The harbour is closed until May. Ann Lee, Daily Courier
The harbour is closed. - Ann Lee
",
    );
}

#[test]
fn a_credit_names_whose_picture_it_is() {
    assert_drawn(
        "
The harbour at dawn. Image: Ann Lee.
K------------------  C----  S------
Boats wait for the tide Photo credit: Harbour Museum / Ann Lee
K---------------------- C-----------  S-----------------------
The harbour at dawn. The minister said it was closed. Photo by Ann Lee.
K------------------                                   C------- S------
                     S----------- C--- K------------
Boats wait for the tide. (Photo by Ann Lee, Daily Courier)
K----------------------   C------- S---------------------
The museum bought an image by Ann Lee.
Image: Ann Lee
",
    );
}

/// Whose picture it is has nothing to do with who speaks below it.
#[test]
fn a_credit_hands_on_no_speaker() {
    assert_drawn(
        "
The minister said the harbour was closed.
S----------- C--- K---------------------
The harbour at dawn. Image: Ann Lee.
K------------------  C----  S------
“We had no choice left, as everybody knows.”
K-------------------------------------------
",
    );
}

#[test]
fn indirect_speech_before_its_tag() {
    assert_drawn(
        "
The bridge will not be built this year, the Daily Courier reported.
K-------------------------------------  S---------------- C-------
The dam may break, according to two engineers who saw it.
K----------------  C----------- S-----------------------
According to the ministry, the dam may break.
C----------- S-----------  K----------------
The dam, she said, may break within a week.
K------  S-- C---  K----------------------
",
    );
}

#[test]
fn wishes_and_thoughts() {
    assert_drawn(
        "
The union wants to reopen the talks.
S-------- C---- K------------------
Farmers believe the plan will hurt them.
S------ C------ K----------------------
The bridge is expected to open in May.
K--------- C---------- K-------------
It is believed that the bridge will open in May.
   C---------- K-------------------------------
The expected opening was put off.
",
    );
}

#[test]
fn cues_without_a_finite_verb() {
    assert_drawn(
        "
The mayor left the meeting, saying the plan was dead.
S--------                   C----- K----------------
The mayor rejected the plan, calling it a gift to builders.
S-------- C------- K-------
S--------                    C------ K--------------------
",
    );
}

#[test]
fn one_subject_of_several_cues() {
    assert_drawn(
        "
She said the vote was lost and added that nobody was to blame.
S-- C--- K----------------
S--                            C---- K-----------------------
",
    );
}

#[test]
fn nouns_report_too() {
    assert_drawn(
        "
The mayor's claim that the dam was safe did not hold.
S---------- C---- K--------------------
",
    );
}

#[test]
fn colons() {
    assert_drawn(
        "
Senator Lee: Bridge Will Not Be Built
S----------C K-----------------------
",
    );
}

#[test]
fn a_relative_pronoun_is_part_of_what_is_said() {
    assert_drawn(
        "
They met on a bridge that the mayor says is unsafe.
                     K--- S-------- C--- K--------
",
    );
}

#[test]
fn a_clause_that_opens_the_sentence_keeps_its_content() {
    assert_drawn(
        "
While the mayor rejects the plan, the council will meet in May.
      S-------- C------ K-------
Asked about the dam, the mayor left the room.
C---------- K------
",
    );
}

#[test]
fn a_verb_and_its_noun_are_one_cue() {
    assert_drawn(
        "
The mayor expressed concern that the dam may break.
S-------- C---------------- K---------------------
",
    );
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    assert_drawn(
        "
“We lost the vote,” the minister said. “We know why.
K------------------ S----------- C---  K-----------
“And we will try again.”
K-----------------------
",
    );
}

#[test]
fn what_nobody_says_is_not_attributed() {
    assert_drawn(
        "
The bridge was closed on Monday after a storm.
The council meets in the old town hall.
",
    );
}

#[test]
fn kinds_of_sources() {
    assert_eq!(kinds("Ann Lee said the vote was lost."), [SourceKind::Person]);
    assert_eq!(kinds("The minister said the vote was lost."), [SourceKind::Role]);
    assert_eq!(kinds("The ministry said the vote was lost."), [SourceKind::Organisation]);
    assert_eq!(kinds("The report said the vote was lost."), [SourceKind::Document]);
    assert_eq!(kinds("The vote was lost, the Daily Courier reported."), [SourceKind::Outlet]);
    assert_eq!(kinds("Farmers said the vote was lost."), [SourceKind::Group]);
    assert_eq!(kinds("Foreign Office sources said the vote was lost."), [SourceKind::Unnamed]);
    assert_eq!(kinds("A person familiar with the talks said the vote was lost."), [SourceKind::Unnamed]);
    assert_eq!(kinds("She said the vote was lost."), [SourceKind::Pronoun]);
    assert_eq!(kinds("The bridge is expected to open in May."), [SourceKind::None]);
}

#[test]
fn a_source_carries_over_what_goes_on_with_it() {
    let found = attribute(
        &Passage::read("Officials said the dam was old. It could break within days. The town has a school."),
        &State::default(),
        Model::built_in(),
    );
    assert_eq!(found.carried, [Carried { sentence: 1, from: Some(0), distance: 1 }]);
    assert_eq!(found.outgoing.distance, 2);
    let next = attribute(&Passage::read("It is also leaking."), &found.outgoing, Model::built_in());
    assert_eq!(next.carried, [], "the town's school came between");
    let found =
        attribute(&Passage::read("Officials said the dam was old."), &State::default(), Model::built_in());
    let next = attribute(&Passage::read("It is also leaking."), &found.outgoing, Model::built_in());
    assert_eq!(next.carried, [Carried { sentence: 0, from: None, distance: 1 }]);
}

#[test]
fn four_levels_are_looked_for_inside_what_is_said() {
    fn depth(attribution: &Attribution) -> usize {
        1 + attribution.inner.iter().map(depth).max().unwrap_or(0)
    }
    for (times, deep) in [(1, 1), (2, 2), (3, 3), (5, 5), (9, 5)] {
        let prose = format!("{}the dam was old.", "Ann Lee said that ".repeat(times));
        let found = attribute(&Passage::read(prose.as_str()), &State::default(), Model::built_in());
        assert_eq!(found.attributions.iter().map(depth).collect::<Vec<_>>(), [deep], "{times}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "said", "says", "saying", "Ann", "Lee", "he", "who", "that", "to", ",", ".", "\"", "“", "”", "'", "’",
            "''", ":", ";", "—", "-", "according", "to", "in", "poll", "by", "was", "expected", "The", "minister",
            "'s", "claim", "told", "reporters", "and", "but", "while", "(", ")", "?", "called", "for", "Monday",
            "also", "A", "é", "\n", "5", "reported", "which", "wants", "sources", "s'",
        ]), 0..60,
    ), glue in proptest::collection::vec(any::<bool>(), 60)) {
        let mut prose = String::new();
        for (word, glue) in words.iter().zip(glue) {
            prose.push_str(word);
            if glue {
                prose.push(' ');
            }
        }
        let speaker = Speaker { text: "Ann".into(), kind: SourceKind::Person };
        let incoming = State { quoting: true, speaker: Some(speaker), carries: true, ..State::default() };
        let found = attribute(&Passage::read(prose.as_str()), &incoming, Model::built_in());
        for attribution in found.attributions {
            for range in attribution.source.iter().chain(&attribution.cue).chain(&attribution.content) {
                prop_assert!(prose.get(usize::from(range.start())..usize::from(range.end())).is_some());
            }
        }
    }

    #[test]
    fn any_characters_are_read(prose in "\\PC{0,80}") {
        attribute(&Passage::read(prose.as_str()), &State::default(), Model::built_in());
    }
}
