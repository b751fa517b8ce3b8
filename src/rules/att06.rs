//! ATT06: a first paragraph without a source in copy taken over.

use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, Severity};
use crate::actors::ActorKind;

pub(super) static RULE: Rule = Rule {
    code: "ATT06",
    name: "unsourced-lead",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 8,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT06.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let Some((lead, _)) = context.body().next() else { return };
    if !is_taken_over(context) {
        return;
    }
    let Some((_, lead)) = (context.pieces)(lead).into_iter().next() else { return };
    if lead.passage.sentences().is_empty() {
        return;
    }
    if (0..lead.passage.sentences().len()).any(|sentence| lead.is_sourced(sentence)) {
        return;
    }
    let message =
        "The first paragraph has no source, and the copy is another newsroom's. Say in it who reports this.";
    report.add(lead.to_article(lead.sentence(0)), message);
}

/// Whether the header says that an outlet other than one's own wrote the copy.
fn is_taken_over(context: &ArticleContext<'_>) -> bool {
    let own = |name: &str| {
        let outlet = context.header.outlet.as_ref().map(|outlet| outlet.text.as_str());
        let mut all = context.settings.own_outlets.iter().map(String::as_str).chain(outlet);
        all.any(|own| own.eq_ignore_ascii_case(name))
    };
    let Some(byline) = &context.header.byline else { return false };
    let mut named = context.registry.named(&byline.text).into_iter();
    let outlet = named
        .any(|(actor, _)| context.registry.get(actor).is_some_and(|actor| actor.kind == ActorKind::Outlet));
    outlet && !own(&byline.text)
}
