//! What the analysis of each article depends on besides its text: one setup for all that have the same.

use std::cell::LazyCell;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::Setup;
use crate::article::Date;
use crate::attribution::Model;
use crate::rules::Severity;
use crate::settings::Settings;
use crate::text::Places;
use crate::workspace::{
    Config, ConfigError, Configs, KnownActors, ReadError, Registries, read_sidecar, sidecar_path,
};

/// The setups of many files.
pub(super) struct Setups<'a> {
    asked: Asked<'a>,
    /// Whether something in a registry could not be read.
    pub(super) failed: bool,
    configs: Configs,
    registries: Registries,
    /// By the registry and the configuration that hold, and what they come to.
    known: FxHashMap<(Option<PathBuf>, Option<PathBuf>, Settings), Arc<Setup>>,
}

/// What a command itself says of how its articles are analysed.
pub(super) struct Asked<'a> {
    /// The model it names; else what `onrecord.toml` says, or the built-in.
    pub(super) model: Option<Model>,
    /// How likely an attribution has to be; else as likely as warnings need.
    pub(super) least: Option<f32>,
    /// What it makes of the settings in `onrecord.toml`.
    pub(super) settings: Box<dyn Fn(Settings) -> Settings + Send + 'a>,
    /// Whether `onrecord.toml` counts.
    pub(super) configured: bool,
    /// The day it is, for a command that asks whether a date has come.
    pub(super) today: Option<Date>,
}

/// Why there is no setup for an article.
#[derive(Debug, thiserror::Error)]
pub(super) enum SetupError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{}: {error}", path.display())]
    Sidecar { path: PathBuf, error: ReadError },
    #[error("{}:{line}: {fault}", path.display())]
    Annotations { path: PathBuf, line: usize, fault: String },
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self {
            model: None,
            least: None,
            settings: Box::new(|settings| settings),
            configured: true,
            today: None,
        }
    }
}

impl<'a> Setups<'a> {
    /// The setups as the files on disk and the command say.
    pub(super) fn new(asked: Asked<'a>) -> Self {
        Self {
            asked,
            failed: false,
            configs: Configs::default(),
            registries: Registries::default(),
            known: FxHashMap::default(),
        }
    }

    /// The setup for the article at `path`, with what is annotated beside it.
    pub(super) fn of(&mut self, path: &Path) -> Result<Arc<Setup>, SetupError> {
        let config = self.config(path)?;
        let setup = with_sidecar(self.shared(path, path, config.as_deref()), path)?;
        if let Some((line, fault)) = setup.sidecar.as_ref().and_then(|(_, sidecar)| sidecar.fault.clone()) {
            return Err(SetupError::Annotations { path: sidecar_path(path), line, fault });
        }
        Ok(setup)
    }

    /// The configuration for the article at `path`.
    pub(super) fn config(&mut self, path: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        if self.asked.configured { self.configs.of(path) } else { Ok(None) }
    }

    /// The setup for the article at `place`, whose folder's files are those beside `beside`: what holds for all
    /// articles there.
    pub(super) fn shared(&mut self, place: &Path, beside: &Path, config: Option<&Config>) -> Arc<Setup> {
        let settings = config.map(|config| config.settings(place)).unwrap_or_default();
        let settings = (self.asked.settings)(settings);
        let actors = self.registries.of(beside);
        let from = config.map(|config| config.path().to_owned());
        match self.known.entry((actors.nearest().map(Path::to_owned), from, settings)) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(place) => {
                self.failed |= complain_of(&actors);
                let model = self.asked.model.clone().or_else(|| config.map(|config| config.model().clone()));
                let model = model.unwrap_or_default();
                let setup = Setup {
                    registry: actors.registry.clone(),
                    settings: place.key().2.clone(),
                    today: self.asked.today,
                    model: self.asked.least.map_or(model.clone(), |least| model.above(least)),
                    ..Setup::default()
                };
                Arc::clone(place.insert(Arc::new(setup)))
            }
        }
    }
}

/// `setup` with what is annotated beside the article at `path`.
pub(super) fn with_sidecar(setup: Arc<Setup>, path: &Path) -> Result<Arc<Setup>, SetupError> {
    let sidecar = read_sidecar(path);
    let sidecar = sidecar.map_err(|error| SetupError::Sidecar { path: sidecar_path(path), error })?;
    Ok(match sidecar {
        Some(sidecar) => Arc::new(Setup { sidecar: Some(sidecar), ..Setup::clone(&setup) }),
        None => setup,
    })
}

/// Says what could not be read in registry files; whether there was anything.
fn complain_of(actors: &KnownActors) -> bool {
    let mut failed = false;
    for file in &actors.files {
        // Most have none.
        let (faults, places) = (&file.content.faults, LazyCell::new(|| Places::new(&file.text)));
        for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
            anstream::eprintln!(
                "error: {}: {}",
                super::place(&file.path, &places, fault.range),
                fault.message
            );
            failed = true;
        }
    }
    failed
}
