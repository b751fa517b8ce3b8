//! Counts over the paragraph in which somebody speaks first.

use super::speakers::{Speaker, UNCLEAR};
use super::symbols::counted;
use crate::analysis::Analysis;
use crate::text::TextRange;

/// A line above a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The beginning of the paragraph it stands over, in bytes of the article.
    pub range: TextRange,
    /// The speaker, as an index into the speakers it was made from.
    pub speaker: usize,
    /// What it says: "Shehbaz Sharif · 4 claims · 2 direct quotes".
    pub title: String,
}

/// One lens for each of `speakers` who is an actor or speaks more than once. Those without a name who
/// say one thing are left out: their one claim stands right there.
pub fn lenses(analysis: &Analysis, speakers: &[Speaker]) -> Vec<Lens> {
    let counts = |speaker: &&Speaker| speaker.is_actor || speaker.claims.len() > 1;
    let clear = |speaker: &&Speaker| speaker.name != UNCLEAR;
    let numbered = speakers.iter().enumerate();
    numbered
        .filter(|(_, speaker)| counts(speaker) && clear(speaker))
        .filter_map(|(index, speaker)| {
            let start = analysis.blocks().get(speaker.block)?.range.start();
            let mut title = format!("{} · {}", speaker.name, counted(speaker.claims.len(), "claim"));
            let quotes = speaker.claims.iter().filter(|said| said.is_quote).count();
            if quotes > 0 {
                title = format!("{title} · {}", counted(quotes, "direct quote"));
            }
            Some(Lens { range: TextRange::empty(start), speaker: index, title })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::speakers;
    use super::*;

    #[test]
    fn a_speaker_has_one_lens_over_the_paragraph_of_the_first_claim() {
        let text = "Nobody came.\n\nThe deficit would fall, Maria Keller said.\n\n“We kept our word,” Keller said. A guest said it was late.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let found = lenses(&analysis, &speakers(&analysis));
        let shown: Vec<_> =
            found.iter().map(|lens| (u32::from(lens.range.start()), lens.title.as_str())).collect();
        assert_eq!(shown, [(14, "Maria Keller · 2 claims · 1 direct quote")]);
    }

    #[test]
    fn claims_marked_by_hand_count_too() {
        let text =
            "[It]{#s1 .source ref=fra} said [it would close]{.claim by=s1} and [“never”]{.quote by=s1}.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        assert_eq!(lenses(&analysis, &speakers(&analysis))[0].title, "France · 2 claims · 1 direct quote");
    }
}
