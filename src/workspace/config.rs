//! `onrecord.toml`: the settings of a folder and of folders inside it.
//!
//! The nearest `onrecord.toml` upwards from a file holds for it, whole; files above that one are not
//! read.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::baseline::{BASELINE_ENDING, BASELINE_FILE};
use super::config_keys::{ConfigKey, Engine, VocabularyKey, WordListKey};
use super::fence::leads_out_of;
use crate::attribution::Model;
use crate::rules::{self, WORD_LISTS, WordList};
use crate::settings::{Profile, Settings, Severity, VocabularyChange, VocabularyValue, WordChange};
use crate::stance;
use crate::text::{TextRange, range};

/// The name of the file.
pub const NAME: &str = "onrecord.toml";

/// A configuration file, read.
#[derive(Debug)]
pub struct Config {
    path: PathBuf,
    base: Layer,
    overrides: Vec<Override>,
    model: Model,
    baseline: Option<NamedBaseline>,
    include: Gitignore,
    /// The patterns of `include` as they are written.
    included: Vec<String>,
}

/// A baseline that a configuration names.
#[derive(Debug)]
struct NamedBaseline {
    path: PathBuf,
    /// What is to be said while there is no such file.
    missing: ConfigError,
}

/// Settings for some of the files.
#[derive(Debug)]
struct Override {
    files: Gitignore,
    /// The line it begins at, from 1.
    line: usize,
    layer: Layer,
}

/// What one table says; what it leaves out stays as it was.
#[derive(Debug, Default)]
struct Layer {
    profile: Option<Profile>,
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    severity: Vec<(String, Severity)>,
    own_outlets: Vec<String>,
    words: Vec<WordChange>,
    vocabularies: Vec<VocabularyChange>,
}

/// A configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {message}", path.display())]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The words it is about, in bytes of the file; empty when the file could not be read.
    pub range: TextRange,
    /// What is wrong there, and the nearest word that would be right.
    pub message: String,
}

impl Config {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be read, is no TOML, or has a key or value that is not known.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text),
            Err(error) => Err(ConfigError {
                path: path.to_owned(),
                line: 1,
                range: range(0, 0),
                message: error.to_string(),
            }),
        }
    }

    /// Reads `text`, the content of the file at `path`.
    ///
    /// # Errors
    /// [`ConfigError`] when it is no TOML, or has a key or value that is not known.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let reader = Reader { path, text };
        let table = DeTable::parse(text)
            .map_err(|error| reader.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
        let mut base = Layer::default();
        let mut overrides = Vec::new();
        let mut engine = None;
        let mut model = None;
        let mut baseline = None;
        let (mut include, mut included) = (Gitignore::empty(), Vec::new());
        for (key, value) in table.get_ref() {
            match reader.key(key, false)? {
                ConfigKey::Override => {
                    let items = value.get_ref().as_array();
                    let items = items.ok_or_else(|| {
                        reader.error(value.span(), "Write each override as [[override]].".to_owned())
                    })?;
                    for item in items {
                        overrides.push(reader.part(item)?);
                    }
                }
                ConfigKey::Engine => engine = Some(reader.engine(value)?),
                ConfigKey::Model => model = Some((key.span(), reader.model(value)?)),
                ConfigKey::Baseline => baseline = Some(reader.baseline(value)?),
                ConfigKey::Include => {
                    include = reader.patterns(value)?;
                    included = reader.strings(value)?.into_iter().map(|(_, pattern)| pattern).collect();
                }
                known => reader.setting(&mut base, known, value)?,
            }
        }
        let model = match (engine, model) {
            (Some(Engine::Rules), Some((span, _))) => {
                return Err(reader.error(span, "The engine \"rules\" uses no model.".to_owned()));
            }
            (Some(Engine::Rules), None) => Model::rules(),
            (_, Some((_, model))) => model,
            (_, None) => Model::default(),
        };
        Ok(Self { path: path.to_owned(), base, overrides, model, baseline, include, included })
    }

    /// What decides who said what: the model it names, the built-in one, or none where the engine is
    /// "rules".
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The file of the findings that are not reported, if it names one.
    pub fn baseline(&self) -> Option<&Path> {
        self.baseline.as_ref().map(|baseline| &*baseline.path)
    }

    /// That the baseline it names is not there, with the ways to one; asks the file system.
    pub fn missing_baseline(&self) -> Option<&ConfigError> {
        let baseline = self.baseline.as_ref()?;
        (!baseline.path.exists()).then_some(&baseline.missing)
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings for `file`: the file's own keys, then those of each override that names it, in order.
    pub fn settings(&self, file: &Path) -> Settings {
        let mut settings = Settings { included: self.includes(file), ..Settings::default() };
        self.base.apply(&mut settings);
        for part in self.overrides_of(file) {
            part.layer.apply(&mut settings);
        }
        settings
    }

    /// The lines, from 1, of the overrides that hold for `file`.
    pub fn override_lines(&self, file: &Path) -> Vec<usize> {
        self.overrides_of(file).map(|part| part.line).collect()
    }

    /// Whether it says that `file` is an article.
    pub fn includes(&self, file: &Path) -> bool {
        self.inside(file).is_some_and(|inside| names(&self.include, &inside))
    }

    /// The patterns of the files that it says are articles.
    pub fn included(&self) -> &[String] {
        &self.included
    }

    fn overrides_of(&self, file: &Path) -> impl Iterator<Item = &Override> {
        let inside = self.inside(file);
        let holds = move |part: &&Override| inside.as_ref().is_some_and(|inside| names(&part.files, inside));
        self.overrides.iter().filter(holds)
    }

    /// The path of `file` from the configuration's folder; none where it lies elsewhere.
    fn inside(&self, file: &Path) -> Option<PathBuf> {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let root = self.path.parent().unwrap_or(Path::new(""));
        file.strip_prefix(root).map(Path::to_owned).ok()
    }
}

/// Whether `patterns` name the file `inside` their folder, or a folder it is in.
fn names(patterns: &Gitignore, inside: &Path) -> bool {
    patterns.matched_path_or_any_parents(inside, false).is_ignore()
}

impl Layer {
    fn apply(&self, settings: &mut Settings) {
        if let Some(profile) = self.profile {
            settings.profile = profile;
        }
        if let Some(select) = &self.select {
            settings.select.clone_from(select);
        }
        settings.ignore.extend(self.ignore.iter().cloned());
        settings.severity.extend(self.severity.iter().cloned());
        settings.own_outlets.extend(self.own_outlets.iter().cloned());
        settings.words.extend(self.words.iter().cloned());
        settings.vocabularies.extend(self.vocabularies.iter().cloned());
    }
}

/// What reads a file and knows its lines.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.get(..offset).unwrap_or("").matches('\n').count()
    }

    fn error(&self, span: Range<usize>, message: String) -> ConfigError {
        let range = range(span.start, span.end);
        ConfigError { path: self.path.to_owned(), line: self.line(span.start), range, message }
    }

    /// `word`, which is none of `known`, with the nearest of them.
    fn unknown(&self, span: Range<usize>, what: &str, word: &str, known: &[&str]) -> ConfigError {
        let near = known.iter().min_by_key(|name| strsim::osa_distance(name, word));
        let near = near.filter(|name| strsim::osa_distance(name, word) <= 3);
        let hint = match near {
            Some(near) => format!("Did you mean '{near}'?"),
            None => format!("There are {}.", known.join(", ")),
        };
        self.error(span, format!("'{word}' is no {what}. {hint}"))
    }

    /// Reads which engine finds who said what.
    fn engine(&self, value: &Spanned<DeValue<'_>>) -> Result<Engine, ConfigError> {
        let name = self.string(value)?;
        let names = Engine::ALL.map(Engine::name);
        Engine::from_name(&name).ok_or_else(|| self.unknown(value.span(), "engine", &name, &names))
    }

    /// Reads the model file that `value` names, from the configuration's folder.
    fn model(&self, value: &Spanned<DeValue<'_>>) -> Result<Model, ConfigError> {
        let (name, path) = self.inside(value, "A model", "--model")?;
        let wrong = |error: &dyn std::fmt::Display| self.error(value.span(), format!("{name}: {error}"));
        let file = std::fs::read(path).map_err(|error| wrong(&error))?;
        Model::read(file.into()).map_err(|error| wrong(&error))
    }

    /// Reads the name of the baseline.
    fn baseline(&self, value: &Spanned<DeValue<'_>>) -> Result<NamedBaseline, ConfigError> {
        let (name, path) = self.inside(value, "A baseline", "--baseline")?;
        if !name.ends_with(BASELINE_ENDING) {
            let message = format!("The name of a baseline ends in '{BASELINE_ENDING}': '{BASELINE_FILE}'.");
            return Err(self.error(value.span(), message));
        }
        let message = format!(
            "'{name}' is not there, so nothing is accepted yet. The action \"Accept … here\" at a finding makes it, and \
             'onrecord check --write-baseline' writes all that is found into it."
        );
        Ok(NamedBaseline { path, missing: self.error(value.span(), message) })
    }

    /// The name that `value` gives and the path it leads to from the configuration's folder; `option` of
    /// `onrecord check` takes what lies elsewhere.
    fn inside(
        &self,
        value: &Spanned<DeValue<'_>>,
        what: &str,
        option: &str,
    ) -> Result<(String, PathBuf), ConfigError> {
        let name = self.string(value)?;
        // A folder somebody else wrote makes nothing outside it be read.
        if !Path::new(&name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        {
            let message = format!(
                "{what} lies in the folder of 'onrecord.toml' or below it; 'onrecord check {option}' takes any."
            );
            return Err(self.error(value.span(), message));
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let path = folder.join(&name);
        let wrong = |message: String| Err(self.error(value.span(), message));
        if leads_out_of(&path, folder) {
            return wrong(format!(
                "'{name}' leads out of the folder of 'onrecord.toml' by a link; 'onrecord check {option}' takes any."
            ));
        }
        // A pipe would be waited for.
        if std::fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
            return wrong(format!("'{name}' is no file."));
        }
        Ok((name, path))
    }

    /// Which key `key` is, in an override or else at the top.
    fn key(&self, key: &Key<'_>, in_override: bool) -> Result<ConfigKey, ConfigError> {
        ConfigKey::find(key.get_ref(), in_override).ok_or_else(|| {
            let known: Vec<&str> = ConfigKey::all(in_override).map(ConfigKey::name).collect();
            self.unknown(key.span(), "key", key.get_ref(), &known)
        })
    }

    /// Reads what `key` says of a layer; a key that says nothing of one changes nothing.
    fn setting(
        &self,
        layer: &mut Layer,
        key: ConfigKey,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), ConfigError> {
        match key {
            ConfigKey::Profile => {
                let name = self.string(value)?;
                let names = Profile::ALL.map(Profile::name);
                let profile = Profile::from_name(&name);
                layer.profile =
                    Some(profile.ok_or_else(|| self.unknown(value.span(), "profile", &name, &names))?);
            }
            ConfigKey::Select => layer.select = Some(self.codes(value)?),
            ConfigKey::Ignore => layer.ignore = self.codes(value)?,
            ConfigKey::OwnOutlets => {
                layer.own_outlets = self.strings(value)?.into_iter().map(|(_, name)| name).collect();
            }
            ConfigKey::Severity => {
                let table = value.get_ref().as_table().ok_or_else(|| {
                    self.error(value.span(), "Write 'CODE = \"severity\"' under [severity].".to_owned())
                })?;
                for (code, value) in table {
                    self.code(code.span(), code.get_ref())?;
                    let name = self.string(value)?;
                    let names = Severity::ALL.map(Severity::name);
                    let severity = Severity::from_name(&name)
                        .ok_or_else(|| self.unknown(value.span(), "severity", &name, &names))?;
                    layer.severity.push((code.get_ref().to_string(), severity));
                }
            }
            ConfigKey::Words => layer.words = self.words(value)?,
            ConfigKey::Vocabulary => layer.vocabularies = self.vocabularies(value)?,
            ConfigKey::Override
            | ConfigKey::Files
            | ConfigKey::Engine
            | ConfigKey::Model
            | ConfigKey::Baseline
            | ConfigKey::Include => {}
        }
        Ok(())
    }

    fn part(&self, item: &Spanned<DeValue<'_>>) -> Result<Override, ConfigError> {
        let table = item
            .get_ref()
            .as_table()
            .ok_or_else(|| self.error(item.span(), "Write each override as [[override]].".to_owned()))?;
        let mut layer = Layer::default();
        let mut files = Gitignore::empty();
        for (key, value) in table {
            match self.key(key, true)? {
                ConfigKey::Files => files = self.patterns(value)?,
                known => self.setting(&mut layer, known, value)?,
            }
        }
        if files.is_empty() {
            return Err(self.error(item.span(), "This override names no 'files'.".to_owned()));
        }
        Ok(Override { files, line: self.line(item.span().start), layer })
    }

    /// Reads patterns of paths.
    fn patterns(&self, value: &Spanned<DeValue<'_>>) -> Result<Gitignore, ConfigError> {
        let mut out = GitignoreBuilder::new("");
        for (span, pattern) in self.strings(value)? {
            out.add_line(None, &pattern).map_err(|error| self.error(span, error.to_string()))?;
        }
        out.build().map_err(|error| self.error(value.span(), error.to_string()))
    }

    /// Reads what is done to word lists.
    fn words(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<WordChange>, ConfigError> {
        let table = |value: &Spanned<DeValue<'_>>| {
            let message = "Write 'add = [\"word\"]' or 'remove = [\"word\"]' under [words.CODE].";
            self.error(value.span(), message.to_owned())
        };
        let mut out = Vec::new();
        for (code, value) in value.get_ref().as_table().ok_or_else(|| table(value))? {
            let list = WordList::find(code.get_ref()).ok_or_else(|| {
                let known: Vec<&str> = WORD_LISTS.iter().map(|list| list.code).collect();
                self.unknown(code.span(), "rule with a word list", code.get_ref(), &known)
            })?;
            let mut change = WordChange { code: list.code.to_owned(), ..WordChange::default() };
            for (key, value) in value.get_ref().as_table().ok_or_else(|| table(value))? {
                let names = WordListKey::ALL.map(WordListKey::name);
                let known = WordListKey::from_name(key.get_ref())
                    .ok_or_else(|| self.unknown(key.span(), "key", key.get_ref(), &names))?;
                for (span, word) in self.strings(value)? {
                    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
                    match known {
                        WordListKey::Add => change.add.push(word),
                        WordListKey::Remove => {
                            let words: Vec<&str> = list.words().collect();
                            if !words.iter().any(|other| other.eq_ignore_ascii_case(&word)) {
                                let what = format!("word of the list of {}", list.code);
                                return Err(self.unknown(span, &what, &word, &words));
                            }
                            change.remove.push(word);
                        }
                    }
                }
            }
            out.push(change);
        }
        Ok(out)
    }

    /// Reads what is done to vocabularies.
    fn vocabularies(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<VocabularyChange>, ConfigError> {
        let mut out = Vec::new();
        for (key, value) in self.table(value, "Write what 'stance' can be under [vocabulary.stance].")? {
            let keys = stance::vocabulary_keys();
            if !keys.contains(&key.get_ref().as_ref()) {
                return Err(self.unknown(key.span(), "key with a vocabulary", key.get_ref(), &keys));
            }
            let mut change =
                VocabularyChange { key: key.get_ref().to_string(), ..VocabularyChange::default() };
            let message =
                "Write 'replace = true' here or a table for each value: [vocabulary.stance.values.NAME].";
            for (key, inner) in self.table(value, message)? {
                match self.vocabulary_key(key, &VocabularyKey::OF_LIST)? {
                    VocabularyKey::Replace => {
                        change.replace = inner.get_ref().as_bool().ok_or_else(|| {
                            self.error(inner.span(), "'true' or 'false' belongs here.".to_owned())
                        })?;
                    }
                    _ => {
                        for (name, value) in self.table(inner, message)? {
                            change.values.push(self.vocabulary_value(name, value)?);
                        }
                    }
                }
            }
            if change.replace && change.values.is_empty() {
                let message = format!(
                    "'{0}' would have no value left: write [vocabulary.{0}.values.NAME].",
                    change.key
                );
                return Err(self.error(key.span(), message));
            }
            out.push(change);
        }
        Ok(out)
    }

    /// Reads the value `name` of a vocabulary.
    fn vocabulary_value(
        &self,
        name: &Key<'_>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<VocabularyValue, ConfigError> {
        let of_name = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '/');
        if name.get_ref().is_empty() || !name.get_ref().chars().all(of_name) {
            let message = format!(
                "'{}' is no name of a value: letters, digits, '-', '_', '.' and '/' make one; 'label' takes any words.",
                name.get_ref()
            );
            return Err(self.error(name.span(), message));
        }
        let mut out = VocabularyValue { name: name.get_ref().to_string(), ..VocabularyValue::default() };
        for (key, value) in self.table(value, "Write 'definition = \"…\"' here.")? {
            match self.vocabulary_key(key, &VocabularyKey::OF_VALUE)? {
                VocabularyKey::Label => out.label = Some(self.string(value)?),
                VocabularyKey::Examples => {
                    out.examples = self.strings(value)?.into_iter().map(|(_, words)| words).collect();
                }
                VocabularyKey::Mappings => {
                    for (standard, name) in self.table(value, "Write { STANDARD = \"its name there\" }.")? {
                        out.mappings.push((standard.get_ref().to_string(), self.string(name)?));
                    }
                }
                _ => out.definition = self.string(value)?,
            }
        }
        Ok(out)
    }

    /// Which of `known` the key is.
    fn vocabulary_key(&self, key: &Key<'_>, known: &[VocabularyKey]) -> Result<VocabularyKey, ConfigError> {
        known.iter().copied().find(|known| known.name() == key.get_ref()).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|known| known.name()).collect();
            self.unknown(key.span(), "key", key.get_ref(), &names)
        })
    }

    /// `value`, which is a table, or `message` where it is none.
    fn table<'b, 'c>(
        &self,
        value: &'b Spanned<DeValue<'c>>,
        message: &str,
    ) -> Result<&'b DeTable<'c>, ConfigError> {
        value.get_ref().as_table().ok_or_else(|| self.error(value.span(), message.to_owned()))
    }

    fn string(&self, value: &Spanned<DeValue<'_>>) -> Result<String, ConfigError> {
        let text = value.get_ref().as_str().map(str::to_owned);
        text.ok_or_else(|| self.error(value.span(), "Words in quotation marks belong here.".to_owned()))
    }

    fn strings(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<(Range<usize>, String)>, ConfigError> {
        let items = value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.error(value.span(), "A list belongs here: [\"one\", \"two\"].".to_owned()))?;
        items.iter().map(|item| Ok((item.span(), self.string(item)?))).collect()
    }

    fn codes(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, ConfigError> {
        let strings = self.strings(value)?;
        strings.into_iter().map(|(span, code)| self.code(span, &code).map(|()| code)).collect()
    }

    /// That a rule's code begins with `prefix`.
    fn code(&self, span: Range<usize>, prefix: &str) -> Result<(), ConfigError> {
        if !prefix.is_empty() && rules::all().iter().any(|rule| rule.code.starts_with(prefix)) {
            return Ok(());
        }
        let codes: Vec<&str> = rules::all().iter().map(|rule| rule.code).collect();
        Err(self.unknown(span, "rule's code or beginning of one", prefix, &codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("/news/onrecord.toml"), text)
    }

    #[test]
    fn an_override_adds_to_what_holds_for_all() {
        let config = parse(
            "profile = \"strict\"\nignore = [\"QUO02\"]\n[severity]\nATT01 = \"hint\"\n[[override]]\nfiles = [\"opinion/\"]\nprofile = \"research\"\nignore = [\"VRB\"]\n",
        )
        .unwrap();
        let (news, opinion) = (Path::new("/news/a.txt"), Path::new("/news/opinion/b.txt"));
        assert_eq!(config.settings(news).profile, Profile::Strict);
        assert_eq!(config.settings(news).ignore, ["QUO02"]);
        assert_eq!(config.settings(news).severity_of("ATT01"), Some(Severity::Hint));
        assert_eq!(config.settings(opinion).profile, Profile::Research);
        assert_eq!(config.settings(opinion).ignore, ["QUO02", "VRB"]);
        assert_eq!(config.override_lines(opinion), [5]);
    }

    #[test]
    fn word_lists_are_changed_for_all_files_and_changed_back_for_some() {
        let config = parse(
            "[words.LNG01]\nadd = [\"game-changing\"]\nremove = [\"certainly\"]\n[[override]]\nfiles = [\"opinion/\"]\n[override.words.LNG01]\nadd = [\"certainly\"]\n",
        )
        .unwrap();
        let listed = |file: &str, word: &str, built_in: bool| {
            config.settings(Path::new(file)).is_listed("LNG01", word, built_in)
        };
        assert!(listed("/news/a.txt", "Game-changing", false) && !listed("/news/a.txt", "certainly", true));
        assert!(listed("/news/opinion/a.txt", "certainly", true) && listed("/news/a.txt", "clearly", true));
    }

    #[test]
    fn a_vocabulary_gets_values_or_others_in_their_place() {
        let config = parse(
            "[vocabulary.stance.values.wary]\nlabel = \"Wary\"\ndefinition = \"It waits.\"\nexamples = [\"would see\"]\nmappings = { DNA = \"none\" }\n[[override]]\nfiles = [\"old/\"]\n[override.vocabulary.act]\nreplace = true\nvalues.say = {}\n",
        )
        .unwrap();
        let names = |file: &str, key: &str| {
            let vocabulary =
                stance::vocabulary_in(&config.settings(Path::new(file)), key).unwrap().into_owned();
            vocabulary.values.into_iter().map(|value| value.name).collect::<Vec<_>>()
        };
        assert_eq!(names("/news/a.txt", "stance").last().unwrap(), "wary");
        assert_eq!(names("/news/old/a.txt", "act"), ["say"]);
        assert!(names("/news/a.txt", "act").len() > 1);
        let settings = config.settings(Path::new("/news/a.txt"));
        let vocabulary = stance::vocabulary_in(&settings, "stance").unwrap();
        let wary = vocabulary.value("wary").unwrap();
        assert_eq!((wary.label.as_deref(), wary.example.as_deref()), (Some("Wary"), Some("would see")));
        assert_eq!(wary.crosswalk, [("DNA".to_owned(), "none".to_owned())]);
    }

    #[test]
    fn what_is_not_known_is_an_error_at_its_line_with_the_nearest_that_is() {
        for (text, line, near) in [
            ("\nprofil = \"news\"", 2, "'profile'"),
            ("profile = \"stict\"", 1, "'strict'"),
            ("ignore = [\n\"ATT01\",\n\"ATT91\"]", 3, "'ATT01'"),
            ("[severity]\nATT01 = \"warnin\"", 2, "'warning'"),
            ("[[override]]\nfile = [\"a\"]", 2, "'files'"),
            ("engine = \"ruls\"", 1, "'rules'"),
            ("[words.LNG1]\nadd = [\"x\"]", 1, "'LNG01'"),
            ("[words.LNG01]\nad = [\"x\"]", 2, "'add'"),
            ("[words.LNG01]\nremove = [\n\"x\", \"certanly\"]", 3, "There are"),
            ("[words.LNG01]\nremove = [\n\"certanly\"]", 3, "'certainly'"),
            ("[vocabulary.stanc]\nreplace = true", 1, "'stance'"),
            ("[vocabulary.stance]\nreplac = true", 2, "'replace'"),
            ("[vocabulary.stance]\nreplace = true", 1, "no value left"),
            ("[vocabulary.stance.values.wary]\ndefinitoin = \"x\"", 2, "'definition'"),
            ("[vocabulary.stance.values.\"on hold\"]\nlabel = \"x\"", 1, "'label' takes any words"),
            ("baseline = \"known.json\"", 1, "'onrecord-baseline.json'"),
            ("\nmodel = \"none.model\"", 2, "none.model: No such file"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.message.contains(near), "{error}");
        }
    }
}
