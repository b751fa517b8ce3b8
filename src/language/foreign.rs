//! Whether a text is plainly in another language than English.

use std::sync::LazyLock;

use super::word_set::WordShapes;
use crate::text::{TextRange, range};

/// Words that no English text of some length does without, and that other languages hardly have.
const ENGLISH: [&str; 19] = [
    "the", "and", "that", "with", "from", "this", "they", "were", "which", "their", "said", "been", "would",
    "his", "its", "than", "there", "about", "when",
];

/// The first letters and lengths of [`ENGLISH`].
static SHAPES: LazyLock<WordShapes> = LazyLock::new(|| WordShapes::of(ENGLISH));

/// Bytes that are read of a text to tell what sort it is.
const READ: usize = 8 << 10;

/// Letters a text needs for what it is to be plain; as many are about 60 English words.
const LEAST: usize = 250;

/// Of how many words one is among [`ENGLISH`] in a text that may be English; in news it is one of seven or eight.
const OF_WORDS: usize = 80;

/// What tells of which sort `text` is: its first 8 KB.
pub fn beginning(text: &str) -> &str {
    let end = (0..=READ.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// The first word of `text`, where what stands there is plainly not in English; what stands in braces is no word.
pub fn first_foreign_word(text: &str) -> Option<TextRange> {
    let (mut first, mut letters, mut words, mut english) = (None, 0, 0, 0);
    let text = beginning(text);
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let Some(gap) = rest.find(|char: char| char.is_alphabetic() || char == '{') else { break };
        let start = at + gap;
        let rest = &text[start..];
        if rest.starts_with('{') {
            let Some(end) = rest.find('}') else { break };
            at = start + end + 1;
            continue;
        }
        let word = &rest[..rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len())];
        at = start + word.len();
        first.get_or_insert(range(start, at));
        letters += word.chars().count();
        words += 1;
        let is_english =
            SHAPES.may_have(word) && ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word));
        english += usize::from(is_english);
        // Not even if each letter that follows were a word.
        if english * OF_WORDS >= words + (text.len() - at).div_ceil(2) {
            return None;
        }
    }
    first.filter(|_| letters >= LEAST && english * OF_WORDS < words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of our own, of some length, with what they are in.
    const TEXTS: [(&str, &str); 8] = [
        (
            "en",
            "The council voted on Monday to close the pier, which has been leaking since the storm in March. The mayor said that it would take years to mend, and that there was no money. Two members of the harbour board, who were not at the meeting, told reporters that they had not been asked about the plan and would vote against it in May.",
        ),
        (
            "de",
            "Der Stadtrat hat am Montag beschlossen, den Pier zu schließen, der seit dem Sturm im März undicht ist. Der Bürgermeister sagte, die Reparatur werde Jahre dauern, und Geld sei keines da. Zwei Mitglieder der Hafenbehörde, die bei der Sitzung nicht anwesend waren, erklärten, man habe sie zu dem Plan nicht befragt und sie würden im Mai dagegen stimmen.",
        ),
        (
            "fr",
            "Le conseil municipal a voté lundi la fermeture de la jetée, qui prend l’eau depuis la tempête de mars. Le maire a déclaré que les travaux dureraient des années et que l’argent manquait. Deux membres de l’autorité portuaire, absents de la réunion, ont affirmé qu’on ne les avait pas consultés et qu’ils voteraient contre le projet en mai prochain.",
        ),
        (
            "es",
            "El ayuntamiento votó el lunes cerrar el muelle, que hace agua desde la tormenta de marzo. El alcalde dijo que las obras tardarían años y que no había dinero. Dos miembros de la autoridad portuaria, que no estuvieron en la reunión, afirmaron que nadie les había preguntado por el plan y que votarían en contra en el mes de mayo.",
        ),
        (
            "nl",
            "De gemeenteraad heeft maandag besloten de pier te sluiten, die sinds de storm in maart lekt. De burgemeester zei dat het herstel jaren zou duren en dat er geen geld was. Twee leden van het havenbestuur, die niet bij de vergadering waren, zeiden dat hun niets over het plan was gevraagd en dat ze in mei tegen zouden stemmen.",
        ),
        (
            "sv",
            "Kommunfullmäktige beslutade i måndags att stänga piren, som har läckt sedan stormen i mars. Borgmästaren sade att reparationen skulle ta flera år och att det inte fanns några pengar. Två ledamöter i hamnstyrelsen, som inte var på mötet, berättade att ingen hade frågat dem om planen och att de skulle rösta emot den i maj.",
        ),
        (
            "ru",
            "Городской совет в понедельник решил закрыть пирс, который протекает с мартовского шторма. Мэр сказал, что ремонт займёт годы и что денег нет. Два члена правления порта, которых не было на заседании, заявили, что их о плане никто не спрашивал и что в мае они будут голосовать против. Решение вступит в силу в июне этого года, если его не отменят.",
        ),
        ("", "Pier 3, Harbour 2. Ek 14, Moss 9, Quill 7."),
    ];

    #[test]
    fn a_text_of_some_length_tells_whether_it_is_english() {
        for (language, text) in TEXTS {
            let foreign = first_foreign_word(text);
            assert_eq!(foreign.is_some(), !matches!(language, "en" | ""), "{language}");
            let first = text.split(' ').next().unwrap_or_default();
            assert!(foreign.is_none_or(|range| &text[range] == first), "{language}");
        }
    }

    #[test]
    fn markup_is_no_word_and_quotations_in_english_do_not_hide_the_rest() {
        let (english, german) = (TEXTS[0].1, TEXTS[1].1);
        let marked = english.replace(' ', " []{.missing ref=russia} ");
        assert_eq!(first_foreign_word(&marked), None);
        assert_eq!(first_foreign_word(&"[".repeat(9000)), None);
        assert_eq!(first_foreign_word(&"{".repeat(9000)), None);
        assert!(first_foreign_word(&format!("{german} „We have lost,“ sagte Moss.")).is_some());
    }
}
