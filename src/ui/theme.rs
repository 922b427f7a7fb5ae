//! Light and dark: what the learner chose goes on `<html>` as `data-theme`; the style sheet does the rest.
//!
//! The charts draw on canvases and can't follow the style sheet, so the page also tells whether it is dark now.

use super::kit::Media;
use crate::chart;
use crate::late::late;
use crate::say;
use crate::share::Theme;

/// The system is dark.
const DARK: &str = "(prefers-color-scheme: dark)";
/// The system gives all colours.
const FORCED: &str = "(forced-colors: active)";
/// The system asks for more contrast.
const STRONG: &str = "(prefers-contrast: more)";

/// Watches the system's preferences.
pub struct System {
    dark: Media,
    forced: Media,
    strong: Media,
}

impl System {
    /// Calls `changed` whenever the system turns light or dark, begins or ceases to give all colours, or asks for more or less contrast.
    pub fn watch(changed: impl Fn() + Clone + 'static) -> System {
        System {
            dark: Media::watch(DARK, changed.clone()),
            forced: Media::watch(FORCED, changed.clone()),
            strong: Media::watch(STRONG, changed),
        }
    }

    /// The colours of canvases under this choice.
    pub fn chart_theme(&self, theme: Theme) -> chart::Theme {
        let system = if self.forced.matches() { forced().flatten() } else { None };
        let dark = theme == Theme::Dark || theme == Theme::Auto && self.dark.matches();
        system.unwrap_or(match dark {
            _ if self.strong.matches() => chart::Theme::Strong { dark },
            true => chart::Theme::Dark,
            false => chart::Theme::Light,
        })
    }
}

late! {
    /// The system's colours of text and ground, which the style sheet gives to the page.
    fn forced() -> Option<chart::Theme> {
        let window = web_sys::window()?;
        let style = window.get_computed_style(&window.document()?.body()?.into()).ok()??;
        let colour = |property: &str| channels(&style.get_property_value(property).ok()?);
        Some(chart::Theme::Forced { ink: colour("color")?, surface: colour("background-color")? })
    }
}

/// `0xrrggbb` of `rgb(12, 34, 56)`, as browsers tell a colour.
fn channels(told: &str) -> Option<u32> {
    let mut parts =
        told.strip_prefix("rgb")?.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u8>().ok());
    let [r, g, b] = [parts.next()?, parts.next()?, parts.next()?];
    Some(u32::from_be_bytes([0, r, g, b]))
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
        Theme::Auto => say!("header.theme_auto"),
        Theme::Light => say!("header.theme_light"),
        Theme::Dark => say!("header.theme_dark"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_a_browser_tells_it() {
        assert_eq!(channels("rgb(255, 0, 16)"), Some(0xff_00_10));
        assert_eq!(channels("rgba(1, 2, 3, 0.5)"), Some(0x01_02_03));
        assert_eq!(channels("transparent"), None);
        assert_eq!(channels("rgb(1, 2)"), None);
    }

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
