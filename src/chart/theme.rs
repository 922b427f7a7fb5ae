//! Colours by role, light and dark: the page's own variables, so that a curve in a chart, its legend and its component match.
//!
//! Every role that draws a curve or a limit stands out from the surface by at least 3 : 1. Colour never tells alone: a line also has a
//! weight, a dash and a label at its end.

use plotters::style::RGBColor;

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
    EndToEnd,
    /// What gets done.
    Flow,
    /// What works on it.
    Work,
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
    pub const DRAWN: [Role; 7] = [Role::Ack, Role::EndToEnd, Role::Flow, Role::Work, Role::Bad, Role::Ink, Role::Muted];

    /// The page's CSS variable of this role.
    pub fn variable(self) -> &'static str {
        match self {
            Role::Ack => "--ack",
            Role::EndToEnd => "--e2e",
            Role::Flow => "--flow",
            Role::Work => "--work",
            Role::Bad => "--bad",
            Role::Accent => "--accent",
            Role::Ink => "--ink",
            Role::Muted => "--muted",
            Role::Line => "--line",
            Role::Surface => "--surface",
        }
    }

    pub fn colour(self, theme: Theme) -> RGBColor {
        let (light, dark) = match self {
            Role::Ack => (0x0072b2, 0x5ab4e6),
            Role::EndToEnd => (0xc24f00, 0xff9350),
            Role::Flow => (0x00795a, 0x39c79b),
            Role::Work => (0xa34f86, 0xdc93c0),
            Role::Bad => (0xb5400a, 0xff8a4c),
            Role::Accent => (0x0b6b66, 0x3cc7b8),
            Role::Ink => (0x1b2430, 0xe7ebf0),
            Role::Muted => (0x5c6672, 0x9aa6b2),
            Role::Line => (0xdfe1da, 0x28323d),
            Role::Surface => (0xffffff, 0x171e26),
        };
        let [_, r, g, b] = u32::to_be_bytes(if theme == Theme::Light { light } else { dark });
        RGBColor(r, g, b)
    }
}
