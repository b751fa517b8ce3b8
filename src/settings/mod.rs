//! What a configuration may say, as plain data. Nothing here reads a file.

/// The settings in force for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The file is an article whatever it is called and however it begins.
    pub included: bool,
    /// Which rules speak where `select` names none.
    pub profile: Profile,
    /// Codes, or beginnings of codes, of the only rules that speak; empty, the profile decides.
    pub select: Vec<String>,
    /// Codes, or beginnings of codes, of rules that are silent.
    pub ignore: Vec<String>,
    /// Codes, or beginnings of codes, with the severity their findings get; the last that fits counts.
    pub severity: Vec<(String, Severity)>,
    /// Names of outlets that are the newsroom's own: what is told to them is first-hand.
    pub own_outlets: Vec<String>,
    /// What is added to rules' word lists and taken out of them; of two that say otherwise the last counts.
    pub words: Vec<WordChange>,
    /// What is done to the vocabularies of annotation, one change after the other.
    pub vocabularies: Vec<VocabularyChange>,
}

/// What is done to the values that a key of annotation can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VocabularyChange {
    /// The key: `stance`, `voice`, `act`, `anon` or `basis`.
    pub key: String,
    /// Whether the values there were so far no longer count.
    pub replace: bool,
    /// Values it gets; one with the name of another takes its place.
    pub values: Vec<VocabularyValue>,
}

/// A value that a key of annotation can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VocabularyValue {
    /// As it is written in an article.
    pub name: String,
    /// As people call it.
    pub label: Option<String>,
    /// What it means, a sentence.
    pub definition: String,
    /// Words that typically carry it.
    pub examples: Vec<String>,
    /// What it is called elsewhere: the standard and its name there.
    pub mappings: Vec<(String, String)>,
}

/// What is added to the word list of a rule and taken out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordChange {
    /// The rule's code.
    pub code: String,
    /// Words and phrases it gets.
    pub add: Vec<String>,
    /// Words and phrases it loses.
    pub remove: Vec<String>,
}

/// A set of rules for a kind of desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// A newsroom's copy: the rules that seldom speak without cause.
    #[default]
    News,
    /// Every rule, and the claim rules ask sooner.
    Strict,
    /// Analytic reports after ICD 206: each judgement needs a source and its basis.
    Intelligence,
    /// Annotated corpora: the format alone.
    Research,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::News, Self::Strict, Self::Intelligence, Self::Research];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Strict => "strict",
            Self::Intelligence => "intelligence",
            Self::Research => "research",
        }
    }

    /// The profile written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; shown unobtrusively.
    Hint,
    /// Worth a thought.
    Information,
    /// Should be dealt with before publication.
    Warning,
    /// Must be.
    Error,
}

impl Severity {
    /// All severities, the lightest first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Information, Self::Warning, Self::Error];

    /// As it is written: "error", "warning", "information", "hint".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }

    /// The severity written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

impl Settings {
    /// These with what somebody asks for on top: `select` in place of theirs unless it is empty, and
    /// `ignore` beside theirs.
    #[must_use]
    pub fn with(mut self, select: &[String], ignore: &[String]) -> Self {
        if !select.is_empty() {
            self.select = select.to_vec();
        }
        self.ignore.extend_from_slice(ignore);
        self
    }

    /// Whether the rules report wherever they may be right, and not only where they seldom err.
    pub fn asks_widely(&self) -> bool {
        matches!(self.profile, Profile::Strict | Profile::Intelligence)
    }

    /// Whether `select` and `ignore` let the rule `code` speak; none when the profile decides.
    pub fn names(&self, code: &str) -> Option<bool> {
        let named = |list: &[String]| list.iter().any(|prefix| code.starts_with(prefix.as_str()));
        if named(&self.ignore) {
            Some(false)
        } else if self.select.is_empty() {
            None
        } else {
            Some(named(&self.select))
        }
    }

    /// Whether `word` counts as being in the list of the rule `code`, where it is in the built-in list or not as
    /// `built_in` says.
    pub fn is_listed(&self, code: &str, word: &str, built_in: bool) -> bool {
        let is = |other: &String| other.eq_ignore_ascii_case(word);
        self.words.iter().filter(|change| change.code == code).fold(built_in, |listed, change| {
            if change.remove.iter().any(is) { false } else { listed || change.add.iter().any(is) }
        })
    }

    /// The severity that findings of the rule `code` get in place of the rule's own.
    pub fn severity_of(&self, code: &str) -> Option<Severity> {
        let fits = |(prefix, _): &&(String, Severity)| code.starts_with(prefix.as_str());
        self.severity.iter().rev().find(fits).map(|(_, severity)| *severity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignore_takes_away_from_what_select_names() {
        let settings = Settings {
            select: vec!["ATT".to_owned()],
            ignore: vec!["ATT02".to_owned()],
            ..Settings::default()
        };
        assert_eq!(settings.names("ATT01"), Some(true));
        assert_eq!(settings.names("ATT02"), Some(false));
        assert_eq!(settings.names("SRC01"), Some(false));
        assert_eq!(Settings::default().names("ATT01"), None);
    }

    #[test]
    fn the_last_severity_that_fits_counts() {
        let settings = Settings {
            severity: vec![("ATT".to_owned(), Severity::Error), ("ATT01".to_owned(), Severity::Hint)],
            ..Settings::default()
        };
        assert_eq!(settings.severity_of("ATT01"), Some(Severity::Hint));
        assert_eq!(settings.severity_of("ATT02"), Some(Severity::Error));
        assert_eq!(settings.severity_of("SRC01"), None);
    }
}
