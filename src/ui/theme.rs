//! Light and dark: what the learner chose goes on `<html>` as `data-theme`; the style sheet does the rest.
//!
//! The charts draw on canvases and can't follow the style sheet, so the page also tells whether it is dark now.

use super::kit::Media;
use crate::share::Theme;

/// Watches the system's preference.
pub struct System(Media);

impl System {
    /// Calls `changed` whenever the system turns light or dark.
    pub fn watch(changed: impl Fn() + 'static) -> System {
        System(Media::watch("(prefers-color-scheme: dark)", changed))
    }

    /// Whether the page is dark now under this choice.
    pub fn is_dark(&self, theme: Theme) -> bool {
        match theme {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::Auto => self.0.matches(),
        }
    }
}

/// Puts the choice into force.
pub fn apply(theme: Theme) {
    let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element()) else { return };
    let done = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.key()),
    };
    done.expect("<html> takes an attribute");
}

/// The choice after this one: each press of the button goes on by one.
pub fn next(theme: Theme) -> Theme {
    match theme {
        Theme::Auto => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Auto,
    }
}

/// What the page calls it.
pub fn label(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "as your system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}
