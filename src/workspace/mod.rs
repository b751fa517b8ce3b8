//! Which files are articles, and how they are read from disk.

mod actors_file;
mod baseline;
mod baselines;
mod config;
mod config_keys;
mod config_schema;
mod configs;
mod discover;
mod fence;
mod index;
mod kind;
mod portable;
mod read;
mod registries;
mod sidecars;

pub use actors_file::{
    ACTOR_KEYS, ACTORS_FILE, ActorEntry, ActorsFile, ROLE_KEYS, RegistryFault, id_places, is_id,
    registry_key, to_toml,
};
pub use baseline::{BASELINE_ENDING, BASELINE_FILE, Baseline, BaselineError, NewBaseline};
pub use baselines::Baselines;
pub use config::{Config, ConfigError, NAME as CONFIG_FILE};
pub use config_keys::{ConfigKey, ConfigValue, Engine, VocabularyKey, WordListKey};
pub use config_schema::{config_schema, rule_names};
pub use configs::Configs;
pub use discover::{ARTICLE_EXTENSIONS, Discovered, discover, discover_with};
pub use fence::Fence;
pub use index::{ArticleSummary, Evidence, Index, IndexCache, IndexedActor, Stamp, has_letters, hash};
pub use kind::is_article;
pub use portable::portable;
pub use read::{FileEncoding, ReadError, Source, decode, read};
pub use registries::{KnownActors, ReadFile, Registries};
pub use sidecars::{NamedSidecar, SIDECAR_ENDING, Sidecars, read_sidecar, sidecar_path};
