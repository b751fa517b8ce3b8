//! The annotated example says what the sample says, and its annotation leaves to the rules what the
//! article itself lacks.

use std::sync::Arc;

use onrecord::analysis::{Analysis, Setup};
use onrecord::article;
use onrecord::text::{TextRange, TextSize};

const SAMPLE: &str = include_str!("../examples/unga-resolution.txt");
const ANNOTATED: &str = include_str!("../examples/unga-resolution.article");

/// `text` without its header.
fn body(text: &str) -> &str {
    &text[usize::from(onrecord::article::Header::parse(text).range.end())..]
}

#[test]
fn stripped_it_is_the_sample_byte_for_byte() {
    assert_eq!(body(&article::strip(ANNOTATED)), body(SAMPLE));
}

#[test]
fn its_annotation_is_in_order_and_what_the_article_lacks_is_still_reported() {
    let analysis = Analysis::new(Arc::from(ANNOTATED), Arc::new(Setup::default()));
    let codes: Vec<&str> = analysis.findings().iter().map(|finding| finding.rule.code).collect();
    let settled: Vec<&&str> = codes
        .iter()
        .filter(|code| code.starts_with("ANN") || code.starts_with("HDR") || **code == "ENT01")
        .collect();
    assert!(settled.is_empty(), "{settled:?}");
    for (code, words) in
        [("ATT01", "a flurry of meetings"), ("ATT02", "It is believed"), ("SRC02", "[Diplomatic sources]{")]
    {
        let at = TextSize::try_from(ANNOTATED.find(words).unwrap()).unwrap();
        let range = TextRange::at(at, TextSize::of(words));
        let found = analysis
            .findings()
            .iter()
            .any(|finding| finding.rule.code == code && finding.range.intersect(range).is_some());
        assert!(found, "{code} is not at '{words}' but there are {codes:?}");
    }
}
