//! Articles with what is found in them drawn under the text.

use std::fmt::Write;

use proptest::prelude::*;

use super::{Cast, Form, Mention, Registry, mentions};
use crate::article::{Header, blocks};
use crate::language::Passage;

/// The article with a line under each of its lines that holds a name or pronoun: `^` under the
/// words, then who each of them is, `?` where the text does not tell.
fn draw(text: &str) -> String {
    let registry = Registry::built_in();
    let header = Header::parse(text);
    let blocks = blocks(text, usize::from(header.range.end()));
    let passages: Vec<Passage> = blocks.iter().map(|block| Passage::read(&text[block.range])).collect();
    let found: Vec<Vec<Mention>> = passages.iter().map(|passage| mentions(passage, &registry)).collect();
    let pairs: Vec<(&Passage, &[Mention])> =
        passages.iter().zip(&found).map(|(passage, found)| (passage, found.as_slice())).collect();
    let cast = Cast::new(&pairs, &registry, header.day(), header.byline.as_ref().map(|word| &*word.text));
    let mut out = String::new();
    for (block, passage) in passages.iter().enumerate() {
        let mut marks = vec![' '; passage.prose().chars().count()];
        let mut ids = Vec::new();
        for (index, mention) in found[block].iter().enumerate() {
            let member = cast.resolve(block, index);
            if member.is_none() && (mention.is_name() || mention.is_thing()) {
                continue;
            }
            let (start, end) = (usize::from(mention.range.start()), usize::from(mention.range.end()));
            let from = passage.prose()[..start].chars().count();
            let len = passage.prose()[start..end].chars().count();
            marks[from..from + len].fill('^');
            ids.push(member.map_or_else(|| "?".to_owned(), |member| member.id(&registry)));
        }
        let _ = writeln!(out, "{}", passage.prose());
        if !ids.is_empty() {
            let marks: String = marks.into_iter().collect();
            let _ = writeln!(out, "{} {}", marks.trim_end(), ids.join(" "));
        }
    }
    out
}

#[track_caller]
fn check(article: &str) {
    let text: String = article
        .lines()
        .filter(|line| !line.trim_start().starts_with('^'))
        .flat_map(|line| [line, "\n\n"])
        .collect();
    let wanted = article.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(draw(&text).trim(), wanted);
}

#[test]
fn titles_stand_outside_and_short_names_follow_the_full_one() {
    check(
        "
Foreign Minister Ivar Hollmann told the Baltic Courier that Mr. Hollmann's critics were wrong.
                 ^^^^^^^^^^^^^          ^^^^^^^^^^^^^^          ^^^^^^^^ person/ivar-hollmann outlet/baltic-courier person/ivar-hollmann
Hollmann said he would stay.
^^^^^^^^      ^^ person/ivar-hollmann person/ivar-hollmann
",
    );
}

#[test]
fn an_acronym_in_brackets_is_the_name_before_it() {
    check(
        "
The United Nations General Assembly (UNGA) met, and the Northern Herring Board (NHB) did not.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  ^^^^               ^^^^^^^^^^^^^^^^^^^^^^  ^^^ organisation/un-general-assembly organisation/un-general-assembly organisation/northern-herring-board organisation/northern-herring-board
A spokesman for the NHB left.
                    ^^^ organisation/northern-herring-board
",
    );
}

#[test]
fn words_that_only_begin_a_sentence_are_no_names() {
    check(
        "
However, officials in Kenya were silent. Residents fled. Protesters returned on Tuesday.
                      ^^^^^ ken
",
    );
}

#[test]
fn particles_initials_and_suffixes_belong_to_the_name() {
    check(
        "
Ursula von der Leyen met J. K. Larsen Jr. and Bashar al-Assad.
^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^ person/ursula-von-der-leyen person/j-k-larsen-jr person/bashar-al-assad
",
    );
}

#[test]
fn a_title_tells_two_of_one_surname_apart() {
    check(
        "
Greta Lindholm and her husband, Olaf Lindholm, spoke.
^^^^^^^^^^^^^^     ^^^          ^^^^^^^^^^^^^ person/greta-lindholm person/greta-lindholm person/olaf-lindholm
Mrs. Lindholm was brief. Mr. Lindholm was not.
     ^^^^^^^^                ^^^^^^^^ person/greta-lindholm person/olaf-lindholm
",
    );
}

#[test]
fn a_capital_acts_for_its_government_and_is_a_city_where_one_is_in_it() {
    check(
        "
Moscow said talks were held in Moscow.
^^^^^^                         ^^^^^^ rus place/moscow
",
    );
}

#[test]
fn an_office_confirms_a_person_of_the_registry() {
    check(
        "
President Biden left. Biden did not return.
          ^^^^^       ^^^^^ person/joe-biden person/joe-biden
",
    );
}

#[test]
fn a_surname_that_begins_a_sentence_needs_the_name_elsewhere() {
    check(
        "
Brown said less. Officials said nothing. Ann Brown was there.
^^^^^                                    ^^^^^^^^^ person/ann-brown person/ann-brown
Unnervingly, nobody came. Thirty-one stayed. Zionism is old.
",
    );
}

#[test]
fn a_family_is_a_group_of_its_own() {
    check(
        "
Greta Lindholm came. The Lindholms own it. The Clintons do not.
^^^^^^^^^^^^^^           ^^^^^^^^^             ^^^^^^^^ person/greta-lindholm group/lindholms group/clintons
",
    );
}

#[test]
fn a_surname_of_one_known_person_is_that_person() {
    check(
        "
Merkel waited.
^^^^^^ person/angela-merkel
",
    );
}

#[test]
fn an_outlet_in_the_article_is_meant_by_its_last_word() {
    check(
        "
The New York Times has the letter.
    ^^^^^^^^^^^^^^ outlet/new-york-times
It was written in May, the Times said.
                           ^^^^^ outlet/new-york-times
",
    );
}

#[test]
fn a_country_that_shares_a_surname_is_told_by_what_it_does() {
    check(
        "
Rick Jordan scored. Jordan scored again. Jordan closed its border.
^^^^^^^^^^^         ^^^^^^               ^^^^^^ person/rick-jordan person/rick-jordan jor
",
    );
}

#[test]
fn georgia_is_where_the_other_places_are() {
    check(
        "
Voters in Georgia and Alabama agreed.
          ^^^^^^^     ^^^^^^^ place/georgia-us place/alabama
",
    );
}

#[test]
fn what_stands_behind_a_name_is_none() {
    check(
        "
Jill Roe (R-Fla.), Lou Barr, I-Vt., and Tom Lund, SC, met on Super Tuesday.
^^^^^^^^           ^^^^^^^^             ^^^^^^^^ person/jill-roe person/lou-barr person/tom-lund
",
    );
}

#[test]
fn a_name_inside_a_compound_counts_where_the_article_has_it() {
    check(
        "
Ann Lindholm met anti-Lindholm crowds. Holt-backed groups and Leung Kwok-hung stayed.
^^^^^^^^^^^^          ^^^^^^^^                                ^^^^^^^^^^^^^^^ person/ann-lindholm person/ann-lindholm person/leung-kwok-hung
",
    );
}

#[test]
fn a_relative_pronoun_is_the_name_before_it() {
    check(
        "
Lou Barr, who left early, saw Ann Poole, which helped.
^^^^^^^^  ^^^                 ^^^^^^^^^ person/lou-barr person/lou-barr person/ann-poole
",
    );
}

#[test]
fn an_office_or_candidacy_is_its_holder() {
    check(
        "
Hillary Clinton and Donald Trump met.
^^^^^^^^^^^^^^^     ^^^^^^^^^^^^ person/hillary-clinton person/donald-trump
The former secretary of state spoke. The Republican nominee laughed. The GOP candidate left.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^        ^^^^^^^^^^^^^^^^^^^^^^          ^^^^^^^^^^^^^^^^^ person/hillary-clinton person/donald-trump person/donald-trump
",
    );
}

#[test]
fn the_sample_names_everybody_once_and_nobody_else() {
    let text = include_str!("../../examples/unga-resolution.txt");
    let drawn = draw(text);
    let mut ids: Vec<&str> = drawn
        .lines()
        .filter(|line| line.trim_start().starts_with('^'))
        .flat_map(|line| line.trim_start_matches(['^', ' ']).split(' '))
        .collect();
    ids.sort_unstable();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for id in ids {
        match counted.last_mut() {
            Some((last, count)) if *last == id => *count += 1,
            _ => counted.push((id, 1)),
        }
    }
    assert_eq!(
        counted,
        [
            ("chn", 1),
            ("deu", 1),
            ("esp", 1),
            ("fra", 1),
            ("group/west", 1),
            ("ind", 1),
            ("organisation/pakistan-foreign-office", 1),
            ("organisation/un-general-assembly", 4),
            ("outlet/express-tribune", 4),
            ("pak", 8),
            ("person/bilawal-bhutto-zardari", 1),
            ("person/joe-biden", 1),
            ("person/qamar-javed-bajwa", 1),
            ("person/shehbaz-sharif", 2),
            ("place/europe", 3),
            ("rus", 6),
            ("ukr", 5),
            ("usa", 9),
        ]
    );
}

#[test]
fn a_description_is_the_only_one_it_can_mean() {
    check(
        "
Former Secretary Ivar Hollmann and Mayor Greta Lindholm met. The former secretary left; the mayor stayed.
                 ^^^^^^^^^^^^^           ^^^^^^^^^^^^^^      ^^^^^^^^^^^^^^^^^^^^       ^^^^^^^^^ person/ivar-hollmann person/greta-lindholm person/ivar-hollmann person/greta-lindholm
Karin Dahl, a spokeswoman for the port, agreed. The spokeswoman was brief.
^^^^^^^^^^                                      ^^^^^^^^^^^^^^^ person/karin-dahl person/karin-dahl
",
    );
}

#[test]
fn the_company_and_the_ministry_are_who_the_article_names() {
    check(
        "
Talks with Norrland Motors Ltd. ended. The company said it was sorry.
           ^^^^^^^^^^^^^^^^^^^^        ^^^^^^^^^^^ organisation/norrland-motors-ltd organisation/norrland-motors-ltd
The Ministry of Fisheries was silent. Nobody knew why. On Friday the ministry spoke.
    ^^^^^^^^^^^^^^^^^^^^^                                        ^^^^^^^^^^^^ organisation/ministry-of-fisheries organisation/ministry-of-fisheries
",
    );
}

#[test]
fn a_description_that_two_could_be_is_left_open() {
    check(
        "
Mayor Greta Lindholm met Mayor Olaf Berg. The mayor was brief.
      ^^^^^^^^^^^^^^           ^^^^^^^^^  ^^^^^^^^^ person/greta-lindholm person/olaf-berg ?
Norrland Motors Ltd. met Baltic Steel Ltd. on Monday. The company was brief.
^^^^^^^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^^^^            ^^^^^^^^^^^ organisation/norrland-motors-ltd organisation/baltic-steel-ltd ?
",
    );
}

#[test]
fn a_bare_surname_is_the_one_named_first() {
    check(
        "
Greta Lindholm spoke. Her daughter, Karin Lindholm, was absent. Lindholm said so.
^^^^^^^^^^^^^^        ^^^           ^^^^^^^^^^^^^^              ^^^^^^^^ person/greta-lindholm person/greta-lindholm person/karin-lindholm person/greta-lindholm
Mr. King left.
    ^^^^ person/king
",
    );
}

#[test]
fn a_speaker_is_who_spoke_before_past_what_is_quoted() {
    check(
        "
Olaf Lindholm said the harbour was full. “Thomas Berg knows. Ask him,” he said.
^^^^^^^^^^^^^                             ^^^^^^^^^^^            ^^^   ^^ person/olaf-lindholm person/thomas-berg ? person/olaf-lindholm
Olaf Lindholm said Thomas Berg slept. That is why, he said, nobody asked.
^^^^^^^^^^^^^      ^^^^^^^^^^^                     ^^ person/olaf-lindholm person/thomas-berg person/olaf-lindholm
",
    );
}

#[test]
fn a_thing_is_one_wherever_it_is_named() {
    check(
        "
They sailed on the cruise ship, Petrelia. The Petrelia sank, and Petrelia's crew slept aboard the Vestra.
Petrelia was old. The Internet Explorer of 2004, or IE, was older. Vestra is new.
In the film “Night Over Harbour,” as in Brovik v. Lindmark, nobody speaks. Space Shuttle Ventra flew. Ventra burned.
They wrote the report on wound care units (WCU). The WCU are small.
The accounts stood in the Accident Reporting System and journals including Bone & Marrow. They met at Launch Pad 7B.
",
    );
}

#[test]
fn bodies_with_offices_houses_and_causes_in_their_names_are_whole() {
    check(
        "
Police said the Brevik County Sheriff's Office closed. He visited the Brevik Museum and Art Gallery.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^         ^^             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ organisation/brevik-county-sheriff-s-office ? place/brevik-museum-and-art-gallery
It was the group Harbours for Norway. She read the Times of Malta.
                 ^^^^^^^^^^^^^^^^^^^  ^^^          ^^^^^^^^^^^^^^ organisation/harbours-for-norway ? organisation/times-of-malta
",
    );
}

#[test]
fn one_of_a_people_is_no_name_and_a_team_is_one() {
    check(
        "
A Dane came, then the Danes. On Monday the Giants beat them.
  ^^^^                ^^^^^                ^^^^^^ dnk dnk organisation/giants
",
    );
}

#[test]
fn a_surname_that_is_a_word_is_found_in_a_headline_the_article_bears_out() {
    check(
        "
Why Trump Keeps Harbours Open
    ^^^^^ person/donald-trump
Donald Trump left. Hope Brevik said so.
^^^^^^^^^^^^       ^^^^^^^^^^^ person/donald-trump person/hope-brevik
",
    );
}

#[test]
fn an_office_beside_a_body_is_its_holder() {
    check(
        "
CNN President On Harbours: A Word
^^^ ^^^^^^^^^ outlet/cnn person/olaf-lindholm
CNN President Olaf Lindholm left. The CNN president slept.
^^^           ^^^^^^^^^^^^^           ^^^ ^^^^^^^^^ outlet/cnn person/olaf-lindholm outlet/cnn person/olaf-lindholm
",
    );
}

#[test]
fn she_is_the_only_one_known_to_be_a_woman_and_he_no_mere_owner() {
    check(
        "
Karen Lindholm met Rep. Brovik at the harbour. “I am glad,” she told them.
^^^^^^^^^^^^^^          ^^^^^^                              ^^^ person/karen-lindholm person/brovik person/karen-lindholm
Olaf Berg spoke first. “It is so,” said Thomas Berg. The case for Olaf Berg's plan “is strong,” he said.
^^^^^^^^^                               ^^^^^^^^^^^               ^^^^^^^^^                     ^^ person/olaf-berg person/thomas-berg person/olaf-berg person/thomas-berg
",
    );
}

#[test]
fn a_subject_keeps_the_floor_past_the_phrase_after_it() {
    check(
        "
Olaf Lindholm, a friend of Thomas Berg, said no. “It is so,” he said.
^^^^^^^^^^^^^              ^^^^^^^^^^^                       ^^ person/olaf-lindholm person/thomas-berg person/olaf-lindholm
Sen. Olaf Lindholm (R-Ohio), who met Thomas Berg and who stayed, said that he left.
     ^^^^^^^^^^^^^           ^^^     ^^^^^^^^^^^     ^^^                   ^^ person/olaf-lindholm person/olaf-lindholm person/thomas-berg person/olaf-lindholm person/olaf-lindholm
Thomas Berg met Olaf Lindholm, whom he likes. A friend to Thomas Berg, who slept, left.
^^^^^^^^^^^     ^^^^^^^^^^^^^       ^^                    ^^^^^^^^^^^ person/thomas-berg person/olaf-lindholm person/thomas-berg person/thomas-berg
",
    );
}

#[test]
fn a_pronoun_in_the_phrase_before_the_subject_is_the_subject() {
    check(
        "
Thomas Berg left. In his speech, Olaf Lindholm said no.
^^^^^^^^^^^          ^^^         ^^^^^^^^^^^^^ person/thomas-berg person/olaf-lindholm person/olaf-lindholm
",
    );
}

#[test]
fn the_agency_and_the_senator_are_those_named_before() {
    check(
        "
The report came from the FBI. The agency lists the harbours.
                         ^^^  ^^^^^^^^^^ organisation/fbi organisation/fbi
Sen. Olaf Lindholm met Sen. Thomas Berg. Sen. Lindholm slept. The senator left.
     ^^^^^^^^^^^^^          ^^^^^^^^^^^       ^^^^^^^^        ^^^^^^^^^^^ person/olaf-lindholm person/thomas-berg person/olaf-lindholm person/olaf-lindholm
",
    );
}

#[test]
fn ships_versions_and_flights_are_no_actors() {
    check(
        "
The ferry Silvia left with the system IE6 on flight QX-31 for Kenya.
                                                              ^^^^^ ken
Homeopathy and anti-Kenyan Anti-Kenya slogans were on the film Night Passage.
                    ^^^^^^      ^^^^^ ken ken
",
    );
}

#[test]
fn an_office_beside_a_name_takes_none_of_its_words() {
    for text in ["University of The Minister ) The", "The Mr. of UN ) The"] {
        let passage = Passage::read(text);
        let found = mentions(&passage, &Registry::built_in());
        assert!(
            found.windows(2).all(|pair| pair[0].range.end() <= pair[1].range.start()),
            "{text}: {found:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_no_two_mentions_overlap(text in ".{0,200}") {
        let registry = Registry::built_in();
        let passage = Passage::read(text.as_str());
        let found = mentions(&passage, &registry);
        for pair in found.windows(2) {
            prop_assert!(pair[0].range.end() <= pair[1].range.start());
        }
        let cast = Cast::new(&[(&passage, &found)], &registry, None, None);
        prop_assert!(cast.members().len() <= found.len());
    }

    #[test]
    fn any_mixture_of_name_words_is_read(
        words in proptest::collection::vec(
            prop_oneof![
                Just("The"), Just("Mr."), Just("President"), Just("of"), Just("de"), Just("Pakistan"), Just("Ann"),
                Just("Lee"), Just("and"), Just("'s"), Just(","), Just("("), Just("UN"), Just(")"), Just("."), Just("“"),
                Just("University"), Just("US-led"), Just("al-Qaeda"), Just("É-"), Just("34"), Just("said"), Just("\n"),
                Just("#"), Just("$"), Just("World"), Just("Foreign"), Just("Minister"), Just("Sharif"), Just("White House")
            ],
            0..40,
        )
    ) {
        let text = words.join(" ");
        let registry = Registry::built_in();
        let passage = Passage::read(text.as_str());
        let found = mentions(&passage, &registry);
        for pair in found.windows(2) {
            prop_assert!(pair[0].range.end() <= pair[1].range.start(), "{text}");
        }
        let cast = Cast::new(&[(&passage, &found), (&passage, &found)], &registry, None, None);
        for (index, mention) in found.iter().enumerate() {
            if mention.form == Form::Acronym && mention.candidates.is_empty() {
                prop_assert!(cast.resolve(0, index).is_some(), "{text}");
            }
        }
    }
}

#[test]
fn a_chamber_or_body_is_named_by_an_everyday_word() {
    check(
        "
The bill passed the Senate in spring, before a House hearing. The Legislature met, a legislature of two.
                    ^^^^^^                     ^^^^^              ^^^^^^^^^^^ organisation/senate organisation/house organisation/legislature
The appeal went to the 3rd Circuit, on the 3rd day.
                       ^^^^^^^^^^^ organisation/3rd-circuit
",
    );
}

#[test]
fn the_north_is_the_half_of_a_country_that_the_article_names() {
    check(
        "
North Korea and South Korea met. The North left first, and the South stayed.
^^^^^^^^^^^     ^^^^^^^^^^^          ^^^^^                     ^^^^^ prk kor prk kor
Rain fell in the north.
",
    );
}

#[test]
fn a_word_that_stands_in_lower_case_elsewhere_is_no_name() {
    check(
        "
Fundraising went well in May. The board said fundraising and canvassing go on.
                              ^^^^^^^^^ ?
",
    );
}

#[test]
fn a_small_word_after_a_given_name_can_be_a_surname() {
    check(
        "
He voted for James To of the Harbour Party, and Ann Lee spoke To nobody.
^^           ^^^^^^^^        ^^^^^^^^^^^^^      ^^^^^^^ ? person/james-to organisation/harbour-party person/ann-lee
",
    );
}

#[test]
fn words_in_capitals_side_by_side_are_no_names() {
    check(
        "
TWO SHIPS COLLIDE off Norway on Monday. OIL LEAKS REPORTED near Bergen.
                      ^^^^^^                                    ^^^^^^ nor place/bergen
",
    );
}

#[test]
fn a_body_ends_where_the_person_begins_and_people_of_a_kind_are_one() {
    check(
        "
CEO of the Herring Council Ivar Hollmann met the Friends of the River Tay, a club.
           ^^^^^^^^^^^^^^^ ^^^^^^^^^^^^^         ^^^^^^^^^^^^^^^^^^^^^^^^ organisation/herring-council person/ivar-hollmann organisation/friends-of-the-river-tay
He left before the New Year.
^^ person/ivar-hollmann
",
    );
}

#[test]
fn a_thing_bears_the_name_of_its_maker() {
    check(
        "
Mia Lindholm took pictures. The Lindholm Polaroids hang in Bergen.
^^^^^^^^^^^^                    ^^^^^^^^                   ^^^^^^ person/mia-lindholm person/mia-lindholm place/bergen
",
    );
}

#[test]
fn who_goes_on_about_the_person_named_before() {
    check(
        "
Ivar Hollmann, a retired baker who ran twice, spoke after Mia Strand of Bergen, who did not.
^^^^^^^^^^^^^                  ^^^                        ^^^^^^^^^^    ^^^^^^  ^^^ person/ivar-hollmann person/ivar-hollmann person/mia-strand place/bergen person/mia-strand
One of the bakers who know Ivar Hollmann left. Ivar Hollmann and the bakers who knew him stayed.
                           ^^^^^^^^^^^^^       ^^^^^^^^^^^^^                         ^^^ person/ivar-hollmann person/ivar-hollmann person/ivar-hollmann
",
    );
}

#[test]
fn a_pronoun_goes_on_with_the_subject() {
    check(
        "
In Oslo on Friday, mayor Sven Dahl criticised Knut Moe.
   ^^^^                  ^^^^^^^^^            ^^^^^^^^ place/oslo person/sven-dahl person/knut-moe
“We have no excuses,” he said. He warned Moe before he left.
                      ^^       ^^        ^^^        ^^ person/sven-dahl person/sven-dahl person/knut-moe person/sven-dahl
",
    );
}

#[test]
fn who_writes_is_told_by_a_line_at_the_top_or_a_note_at_the_end() {
    check(
        "
Our pier must stay.
By Ann Holm
   ^^^^^^^^ person/ann-holm
Last week I met Kari Lund. “I am tired,” she said. After World War I the pier was closed.
          ^     ^^^^^^^^^                ^^^ person/ann-holm person/kari-lund person/kari-lund
",
    );
    check(
        "
We need the pier. I have always said so, and I say it again.
                  ^                          ^ person/sven-dahl person/sven-dahl
Nobody has asked the fishermen.
They were there before us.
We have to decide.
Sven Dahl is a fisherman of the old town.
^^^^^^^^^ person/sven-dahl
",
    );
}

#[test]
fn the_office_is_that_of_whom_the_article_is_about() {
    check(
        "
President Ann Holm and President Kari Lund dined. Holm spoke, Holm left and Holm slept. Holm is old.
          ^^^^^^^^               ^^^^^^^^^        ^^^^        ^^^^          ^^^^        ^^^^ person/ann-holm person/kari-lund person/ann-holm person/ann-holm person/ann-holm person/ann-holm
The president was tired.
^^^^^^^^^^^^^ person/ann-holm
",
    );
}

#[test]
fn a_surname_that_is_a_given_name_tells_no_sex() {
    check(
        "
Mia Joseph sings. Joseph said she was glad.
^^^^^^^^^^        ^^^^^^      ^^^ person/mia-joseph person/mia-joseph person/mia-joseph
",
    );
}
