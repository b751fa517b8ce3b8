//! The rules: one file each, its page beside it, and the registry of their codes.
//!
//! A rule's page (`CODE.md`) is the one text that serves hover, `onrecord rule` and the
//! documentation; its examples are run as tests. A rule sees what [`RuleContext`] offers and
//! reports [`Finding`]s; it changes nothing.

mod accepted;
mod anonymity;
mod context;
mod finding;
mod page;
mod phrases;
mod summary;
mod suppression;
mod word_list;

mod ann01;
mod ann02;
mod att01;
mod att02;
mod att03;
mod att04;
mod att05;
mod att06;
mod att07;
mod att08;
mod att09;
mod att10;
mod cor01;
mod ent01;
mod ent02;
mod ent03;
mod ent04;
mod ent05;
mod hdr01;
mod lng01;
mod num01;
mod num02;
mod quo01;
mod quo02;
mod quo03;
mod quo04;
mod speech;
mod src01;
mod src02;
mod src03;
mod src04;
mod src05;
mod src06;
mod src07;
mod src08;
mod src10;
mod tmp01;
mod vrb01;
mod vrb02;
mod vrb03;

pub use accepted::{Accepted, Fingerprint};
pub use context::{ArticleContext, Ending, MarkedBlock, Opening, RuleContext};
pub use finding::{Applicability, Finding, Fix, Related, Report};
pub use page::Page;
pub use summary::{Gist, Summary};
pub use suppression::Silences;
pub use word_list::{WORD_LISTS, WordList};

use std::sync::LazyLock;

use crate::article::{BlockKind, Genre, Header};
pub use crate::settings::Severity;
use crate::settings::{Profile, Settings};

/// One rule.
pub struct Rule {
    /// Three capitals and two digits; stable once released.
    pub code: &'static str,
    /// What people type and read.
    pub name: &'static str,
    /// How much it weighs unless the settings say otherwise.
    pub severity: Severity,
    /// Its family; a sentence gets at most one finding of the claim and of the sourcing family.
    pub family: Family,
    /// Among rules of its family on one sentence the lower rank speaks.
    pub rank: u8,
    /// Whether it speaks in the profile `news`; where it does not, `strict` or `select` asks for it.
    pub in_news: bool,
    /// The kinds of block it reads.
    pub kinds: &'static [BlockKind],
    /// Its page, Markdown.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One piece of a block; ranges are bytes of the piece's prose.
    Piece(fn(&RuleContext<'_>, &mut Report<'_>)),
    /// The whole article; ranges are bytes of the article.
    Article(fn(&ArticleContext<'_>, &mut Report<'_>)),
    /// The suppression comments, while they are applied: see [`Silences`].
    Comments,
}

/// Whether a rule that speaks asks in what manner the text is written.
pub fn ask_for_manner(settings: &Settings, header: &Header) -> bool {
    att01::RULE.speaks(settings, header) || lng01::RULE.speaks(settings, header)
}

/// A family of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// ATT, NUM: is there a source at all.
    Claim,
    /// SRC: how good the source is.
    Sourcing,
    /// QUO: quotations.
    Quotation,
    /// VRB, LNG: words that judge.
    Wording,
    /// ENT: names.
    Name,
    /// TMP: days and times.
    Time,
    /// ANN, HDR: markup and header.
    Format,
}

/// The kinds of block that hold running text.
pub const RUNNING_TEXT: &[BlockKind] = &[BlockKind::Body];

/// Every kind of block.
pub const ALL_KINDS: &[BlockKind] = &[
    BlockKind::Headline,
    BlockKind::Byline,
    BlockKind::Dateline,
    BlockKind::Body,
    BlockKind::Subhead,
    BlockKind::Caption,
    BlockKind::Credit,
    BlockKind::ListItem,
    BlockKind::Question,
    BlockKind::Timestamp,
    BlockKind::Correction,
    BlockKind::Boilerplate,
];

/// All rules, by code.
pub fn all() -> &'static [&'static Rule] {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        let mut all = vec![
            &att04::RULE,
            &att05::RULE,
            &att06::RULE,
            &att07::RULE,
            &att08::RULE,
            &src03::RULE,
            &src04::RULE,
            &src05::RULE,
            &src07::RULE,
            &src08::RULE,
            &quo02::RULE,
            &quo04::RULE,
            &vrb01::RULE,
            &vrb02::RULE,
            &vrb03::RULE,
            &lng01::RULE,
            &num01::RULE,
            &num02::RULE,
            &att09::RULE,
            &att10::RULE,
            &src10::RULE,
            &cor01::RULE,
            &tmp01::RULE,
            &ann01::RULE,
            &ann02::RULE,
            &att01::RULE,
            &att02::RULE,
            &att03::RULE,
            &ent01::RULE,
            &ent02::RULE,
            &ent03::RULE,
            &ent04::RULE,
            &ent05::RULE,
            &hdr01::RULE,
            &quo01::RULE,
            &quo03::RULE,
            &src01::RULE,
            &src02::RULE,
            &src06::RULE,
        ];
        all.sort_by_key(|rule| rule.code);
        all
    });
    &ALL
}

/// The rules that speak under `settings` in an article with `header`, by code.
pub fn speaking(settings: &Settings, header: &Header) -> Vec<&'static Rule> {
    all().iter().copied().filter(|rule| rule.speaks(settings, header)).collect()
}

/// The documentation of all rules: the name of each file and its text.
pub fn pages() -> Vec<(String, String)> {
    let mut index =
        "# Rules\n\n| code | name | severity | profiles |\n| --- | --- | --- | --- |\n".to_owned();
    let mut out = Vec::new();
    for rule in all() {
        let (code, name, severity) = (rule.code, rule.name, rule.severity.name());
        let profiles: Vec<&str> = Profile::ALL
            .into_iter()
            .filter(|profile| {
                rule.speaks(&Settings { profile: *profile, ..Settings::default() }, &Header::default())
            })
            .map(Profile::name)
            .collect();
        index.push_str(&format!("| [{code}]({code}.md) | {name} | {severity} | {} |\n", profiles.join(", ")));
        out.push((format!("{code}.md"), rule.page.to_owned()));
    }
    out.push(("README.md".to_owned(), index));
    out
}

/// The rule `code`.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().iter().copied().find(|rule| rule.code == code)
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Rule {
    /// Where its page stands on the web.
    pub fn url(&self) -> String {
        format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), self.code)
    }

    /// Whether what it finds is of no use and can go, as an editor shows by fading it.
    pub fn finds_unneeded(&self) -> bool {
        self.code == ann02::RULE.code
    }

    /// Whether it speaks under `settings` in an article with `header`. In opinion the writer's own voice is
    /// the point, so the claim and wording rules are off; in another language than English all that
    /// read words are.
    pub fn speaks(&self, settings: &Settings, header: &Header) -> bool {
        let opinion =
            header.genre == Some(Genre::Opinion) && matches!(self.family, Family::Claim | Family::Wording);
        if opinion || !header.is_english() && self.family != Family::Format {
            return false;
        }
        settings.names(self.code).unwrap_or_else(|| match settings.profile {
            Profile::News => self.in_news,
            Profile::Strict => true,
            Profile::Intelligence => !matches!(self.family, Family::Wording | Family::Time),
            Profile::Research => self.family == Family::Format,
        })
    }

    /// How much it weighs under `settings`.
    pub fn severity_under(&self, settings: &Settings) -> Severity {
        settings.severity_of(self.code).unwrap_or(self.severity)
    }

    /// Its page, read.
    pub fn page(&self) -> Page<'static> {
        Page::read(self.page)
    }
}
