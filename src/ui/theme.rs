//! Light and dark: what the learner chose goes on `<html>` as `data-theme`; the style sheet does the rest.
//!
//! The charts draw on canvases and can't follow the style sheet, so the page also tells whether it is dark now.

use super::kit::Media;
use crate::share::Theme;

/// The system is dark.
const DARK: &str = "(prefers-color-scheme: dark)";

/// Watches the system's preference.
pub struct System(Media);

impl System {
    /// Calls `changed` whenever the system turns light or dark.
    pub fn watch(changed: impl Fn() + 'static) -> System {
        System(Media::watch(DARK, changed))
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

/// The choice after this one: each press of the button goes on by one, from the system's to what the system does not show, so that the first
/// press is seen.
pub fn next(theme: Theme) -> Theme {
    after(theme, Media::is(DARK))
}

fn after(theme: Theme, system_dark: bool) -> Theme {
    match (theme, system_dark) {
        (Theme::Auto, true) | (Theme::Dark, false) => Theme::Light,
        (Theme::Auto, false) | (Theme::Light, true) => Theme::Dark,
        (Theme::Light, false) | (Theme::Dark, true) => Theme::Auto,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_press_shows_what_the_system_does_not_and_three_come_round() {
        for (system_dark, seen) in [(false, Theme::Dark), (true, Theme::Light)] {
            let first = after(Theme::Auto, system_dark);
            assert_eq!(first, seen);
            let second = after(first, system_dark);
            assert!(second != first && second != Theme::Auto);
            assert_eq!(after(second, system_dark), Theme::Auto);
        }
    }
}
