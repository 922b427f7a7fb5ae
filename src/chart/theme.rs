//! Colours by role, light and dark: the page's own (`static/tokens.css`), so that a curve in a chart, its legend and its component match.
//!
//! Every role that draws a curve or a limit stands out from the surface by at least 3 : 1. Colour is never the only difference: a line also
//! has a weight, a dash and a label at its end.

use plotters::style::RGBColor;

use crate::tokens::{self, Token};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// The system asks for more contrast: what is quiet is written in ink, and grid lines are stronger.
    Strong {
        dark: bool,
    },
    /// The system gives the colours, as `0xrrggbb`: all is drawn in the one of text on the one of grounds.
    Forced {
        ink: u32,
        surface: u32,
    },
}

/// What a colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the patient sees at once: acknowledgement, arrivals.
    Ack,
    /// What the patient waits for: end to end, the backlog.
    Wait,
    /// What gets done.
    Flow,
    /// Workers.
    Work,
    /// The clinics, which are somebody else's.
    Clinic,
    /// What goes wrong, and limits.
    Bad,
    /// What the page lets the learner touch: a range being chosen.
    Accent,
    Ink,
    Muted,
    /// Grid lines.
    Line,
    /// What charts are drawn on.
    Surface,
}

impl Role {
    /// The roles that draw curves, limits and words.
    pub const DRAWN: [Role; 8] =
        [Role::Ack, Role::Wait, Role::Flow, Role::Work, Role::Clinic, Role::Bad, Role::Ink, Role::Muted];

    /// The page's colour of this role.
    pub fn token(self) -> Token {
        match self {
            Role::Ack => tokens::ACK,
            Role::Wait => tokens::WAIT,
            Role::Flow => tokens::FLOW,
            Role::Work => tokens::WORK,
            Role::Clinic => tokens::CLINIC,
            Role::Bad => tokens::BAD,
            Role::Accent => tokens::ACCENT,
            Role::Ink => tokens::INK,
            Role::Muted => tokens::MUTED,
            Role::Line => tokens::LINE,
            Role::Surface => tokens::SURFACE,
        }
    }

    /// The page's CSS variable of this role.
    pub fn variable(self) -> &'static str {
        self.token().name
    }

    #[inline(never)]
    pub fn colour(self, theme: Theme) -> RGBColor {
        let Token { light, dark, .. } = match (theme, self) {
            (Theme::Strong { .. }, Role::Muted) => tokens::INK,
            (Theme::Strong { .. }, Role::Line) => tokens::EDGE,
            _ => self.token(),
        };
        let [_, r, g, b] = u32::to_be_bytes(match theme {
            Theme::Light | Theme::Strong { dark: false } => light,
            Theme::Dark | Theme::Strong { dark: true } => dark,
            Theme::Forced { surface, .. } if self == Role::Surface => surface,
            Theme::Forced { ink, surface } if self == Role::Line => pale(ink, surface),
            Theme::Forced { ink, .. } => ink,
        });
        RGBColor(r, g, b)
    }
}

/// A quarter of `ink` on `surface`, channel by channel.
fn pale(ink: u32, surface: u32) -> u32 {
    let (ink, surface) = (ink.to_be_bytes(), surface.to_be_bytes());
    u32::from_be_bytes(std::array::from_fn(|i| ((u16::from(ink[i]) + 3 * u16::from(surface[i])) / 4) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forced_colours_are_the_systems_two() {
        let forced = Theme::Forced { ink: 0xffff00, surface: 0x000020 };
        for role in Role::DRAWN {
            assert_eq!(role.colour(forced), RGBColor(255, 255, 0), "{role:?}");
        }
        assert_eq!(Role::Surface.colour(forced), RGBColor(0, 0, 32));
        assert_eq!(Role::Line.colour(forced), RGBColor(63, 63, 24));
    }
}
