//! What a configuration may say, as plain data. Nothing here reads a file.

/// The settings in force for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Codes, or beginnings of codes, of the only rules that speak; empty, all do.
    pub select: Vec<String>,
    /// Codes, or beginnings of codes, of rules that are silent.
    pub ignore: Vec<String>,
}

impl Settings {
    /// Whether the rule `code` may speak.
    pub fn enables(&self, code: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|prefix| code.starts_with(prefix.as_str()));
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignore_takes_away_from_what_select_names() {
        let settings = Settings { select: vec!["ATT".to_owned()], ignore: vec!["ATT02".to_owned()] };
        assert!(settings.enables("ATT01"));
        assert!(!settings.enables("ATT02"));
        assert!(!settings.enables("SRC01"));
    }
}
