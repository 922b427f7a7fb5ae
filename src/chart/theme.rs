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

    pub fn colour(self, theme: Theme) -> RGBColor {
        let Token { light, dark, .. } = self.token();
        let [_, r, g, b] = u32::to_be_bytes(if theme == Theme::Light { light } else { dark });
        RGBColor(r, g, b)
    }
}
