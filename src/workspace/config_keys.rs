//! The keys of `onrecord.toml`: what the parser reads, the schema tells and the editor completes.

/// A key of a configuration file or of an override in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigKey {
    /// Which rules speak.
    Profile,
    /// The only rules that speak.
    Select,
    /// Rules that are silent.
    Ignore,
    /// How much findings weigh.
    Severity,
    /// The newsroom's own outlets.
    OwnOutlets,
    /// What is added to and taken out of rules' word lists.
    Words,
    /// What is done to the vocabularies of annotation.
    Vocabulary,
    /// What finds who said what.
    Engine,
    /// The model it uses.
    Model,
    /// Findings that are not reported.
    Baseline,
    /// More files that are articles.
    Include,
    /// What holds for some of the files.
    Override,
    /// The files an override holds for.
    Files,
}

/// What is written after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigValue {
    /// The name of a profile.
    Profile,
    /// A list of rules' codes or beginnings of codes.
    Codes,
    /// A table from codes or beginnings of codes to severities.
    Severities,
    /// A list of any words.
    Words,
    /// Tables from rules' codes to what is added to and taken out of their word lists.
    WordLists,
    /// Tables from keys of annotation to what is done to their values.
    Vocabularies,
    /// A list of patterns of paths, as in a `.gitignore`.
    Patterns,
    /// The name of an engine.
    Engine,
    /// The path of a file, from the folder of the configuration.
    File,
    /// Tables with the keys of an override.
    Overrides,
}

/// What is done to a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordListKey {
    /// It gets words.
    Add,
    /// It loses words.
    Remove,
}

impl WordListKey {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Add, Self::Remove];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }

    /// What it does, for those who write it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Add => "Words and phrases that the rule's list gets.",
            Self::Remove => "Words and phrases of the rule's list that no longer count.",
        }
    }

    /// The key written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}

/// A key of a vocabulary or of one of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyKey {
    /// The values there were no longer count.
    Replace,
    /// The values it gets.
    Values,
    /// As people call a value.
    Label,
    /// What a value means.
    Definition,
    /// Words that carry a value.
    Examples,
    /// What a value is called elsewhere.
    Mappings,
}

impl VocabularyKey {
    /// The keys of a vocabulary.
    pub const OF_LIST: [Self; 2] = [Self::Replace, Self::Values];
    /// The keys of a value.
    pub const OF_VALUE: [Self; 4] = [Self::Label, Self::Definition, Self::Examples, Self::Mappings];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Values => "values",
            Self::Label => "label",
            Self::Definition => "definition",
            Self::Examples => "examples",
            Self::Mappings => "mappings",
        }
    }

    /// What it says, for those who write it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Replace => {
                "`true` where the values below stand in place of those there were, not beside them."
            }
            Self::Values => "The values, each a table under its name as it is written in articles.",
            Self::Label => "As people call the value.",
            Self::Definition => "What the value means, a sentence.",
            Self::Examples => "Words that typically carry the value.",
            Self::Mappings => "What the value is called elsewhere, by the name of the standard.",
        }
    }
}

/// What finds who said what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The rules, with a model where they leave a choice.
    Model,
    /// The rules alone.
    Rules,
}

impl Engine {
    /// All engines.
    pub const ALL: [Self; 2] = [Self::Model, Self::Rules];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Rules => "rules",
        }
    }

    /// The engine written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

impl ConfigKey {
    /// All keys, in the order they are best written.
    pub const ALL: [Self; 13] = [
        Self::Files,
        Self::Profile,
        Self::Select,
        Self::Ignore,
        Self::OwnOutlets,
        Self::Engine,
        Self::Model,
        Self::Baseline,
        Self::Include,
        Self::Severity,
        Self::Words,
        Self::Vocabulary,
        Self::Override,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Select => "select",
            Self::Ignore => "ignore",
            Self::Severity => "severity",
            Self::OwnOutlets => "own-outlets",
            Self::Words => "words",
            Self::Vocabulary => "vocabulary",
            Self::Engine => "engine",
            Self::Model => "model",
            Self::Baseline => "baseline",
            Self::Include => "include",
            Self::Override => "override",
            Self::Files => "files",
        }
    }

    /// What it does, for those who write it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Profile => {
                "Which rules speak where `select` names none: `news` for a newsroom's copy, `strict` for every \
                 rule, `intelligence` for analytic reports, `research` for annotated corpora."
            }
            Self::Select => {
                "The only rules that speak, by code or by the beginning of a code. Left out, the profile decides."
            }
            Self::Ignore => {
                "Rules that are silent, by code or by the beginning of a code. Overrides add to it."
            }
            Self::Severity => {
                "The severity that findings of a rule get in place of its own, by code or by the beginning of a \
                 code."
            }
            Self::OwnOutlets => {
                "Names of outlets that are the newsroom's own: what is told to them is first-hand."
            }
            Self::Words => {
                "What a rule's word list gets and loses, by the rule's code: `add` and `remove`, each a list of words \
                 or phrases. Overrides add to it."
            }
            Self::Vocabulary => {
                "The values that `stance`, `voice`, `act`, `anon` and `basis` can have: those under `values` beside the \
                 built-in ones, or with `replace = true` in their place."
            }
            Self::Engine => {
                "What finds who said what: `model` for the rules with a model where they leave a choice, `rules` \
                 for the rules alone."
            }
            Self::Model => {
                "The model that finds who said what, made by `onrecord train`: a path from the folder of \
                 `onrecord.toml`. Left out, the built-in one."
            }
            Self::Baseline => {
                "The file of findings that somebody accepted and that are not reported: a path from the folder of \
                 `onrecord.toml` whose name ends in `baseline.json`. While it is not there nothing is accepted, and a warning says so."
            }
            Self::Include => {
                "More files that are articles, besides `.article` and `.txt`: patterns as in a `.gitignore`, from the folder \
                 of `onrecord.toml`. In an editor a `.txt` so named needs no header to be one."
            }
            Self::Override => {
                "What holds for some of the files, on top of what holds for all. Later ones win."
            }
            Self::Files => {
                "The files the override holds for: patterns as in a `.gitignore`, from the folder of \
                 `onrecord.toml`."
            }
        }
    }

    /// What is written after it.
    pub const fn value(self) -> ConfigValue {
        match self {
            Self::Profile => ConfigValue::Profile,
            Self::Select | Self::Ignore => ConfigValue::Codes,
            Self::Severity => ConfigValue::Severities,
            Self::OwnOutlets => ConfigValue::Words,
            Self::Words => ConfigValue::WordLists,
            Self::Vocabulary => ConfigValue::Vocabularies,
            Self::Engine => ConfigValue::Engine,
            Self::Model | Self::Baseline => ConfigValue::File,
            Self::Override => ConfigValue::Overrides,
            Self::Include | Self::Files => ConfigValue::Patterns,
        }
    }

    /// Whether it belongs in an override, or else at the top of the file.
    pub const fn belongs(self, in_override: bool) -> bool {
        match self {
            Self::Override | Self::Engine | Self::Model | Self::Baseline | Self::Include => !in_override,
            Self::Files => in_override,
            Self::Profile
            | Self::Select
            | Self::Ignore
            | Self::Severity
            | Self::OwnOutlets
            | Self::Words
            | Self::Vocabulary => true,
        }
    }

    /// The keys of an override, or else those at the top of the file.
    pub fn all(in_override: bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |key| key.belongs(in_override))
    }

    /// The key written `name` in an override, or else at the top of the file.
    pub fn find(name: &str, in_override: bool) -> Option<Self> {
        Self::all(in_override).find(|key| key.name() == name)
    }
}
