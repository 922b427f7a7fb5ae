//! The kata's texts that are not about a single run: story, constraints, lessons, what each scenario and each goal is about.

use serde::Deserialize;

/// `brief.json`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    pub title: String,
    pub level: String,
    /// How long it takes: from … to.
    pub minutes: (u32, u32),
    pub domain: String,
    /// The story, a paragraph each.
    pub story: Vec<String>,
    pub constraints: Vec<String>,
    /// What the learner takes away.
    pub learn: Vec<String>,
    /// One paragraph for each scenario, by its id: what is different about it.
    pub scenarios: Vec<(String, String)>,
    /// What each goal means in a few words, by its metric's key.
    pub goals: Vec<(String, String)>,
}

impl Brief {
    /// Reads the file.
    ///
    /// # Errors
    /// In words, with the place.
    pub fn read(text: &str) -> Result<Brief, String> {
        serde_json::from_str(text).map_err(|error| format!("brief.json: {error}"))
    }

    /// What is different about a scenario.
    pub fn scenario(&self, id: &str) -> Option<&str> {
        self.scenarios.iter().find(|(key, _)| key == id).map(|(_, text)| text.as_str())
    }

    /// What a goal's metric means.
    pub fn goal(&self, metric: &str) -> Option<&str> {
        self.goals.iter().find(|(key, _)| key == metric).map(|(_, text)| text.as_str())
    }
}
