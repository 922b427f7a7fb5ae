//! Icons: drawings of 16 × 16 in the colour of the text, never the only thing that says something.

use crate::ui::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Play,
    Pause,
    Step,
    /// A second instead of an event.
    StepFar,
    Fork,
    Marks,
    Pin,
    Rename,
    Delete,
    Restart,
    ToEnd,
    Undo,
    Redo,
    Dice,
    Auto,
    Light,
    Dark,
    Help,
    /// A map of designs.
    Grid,
    Close,
    Down,
    Open,
    /// A goal that holds.
    Check,
    /// Done, in a ring of its own.
    Tick,
    /// Not done yet.
    Ring,
    /// A goal that holds so far.
    SoFar,
    /// A goal that does not hold now.
    Over,
    /// A goal that is missed.
    Cross,
    /// Nothing to judge yet.
    Wait,
    /// A goal that is measured later.
    Clock,
    More,
    Note,
    /// The panels.
    Design,
    Add,
    Charts,
    Brief,
}

impl Icon {
    /// The path, and whether it is filled instead of drawn.
    fn path(self) -> (&'static str, bool) {
        match self {
            Icon::Play => ("M4.5 2.6v10.8a.6.6 0 0 0 .92.5l8.3-5.4a.6.6 0 0 0 0-1L5.42 2.1a.6.6 0 0 0-.92.5z", true),
            Icon::Pause => ("M4 2.5h2.6v11H4zM9.4 2.5H12v11H9.4z", true),
            Icon::Step => ("M3 2.8v10.4M6.5 3.4v9.2L13 8z", false),
            Icon::StepFar => ("M2.6 2.8v10.4M5.6 4.2v7.6L9.4 8zM9.8 4.2v7.6L13.6 8z", false),
            Icon::Fork => ("M8 14V9.2M8 9.2 3.6 4.8M8 9.2l4.4-4.4M3.2 8V4.4h3.6M9.2 4.4h3.6V8", false),
            Icon::Marks => ("M2.4 8h11.2M5 5.2 7.8 8 5 10.8 2.2 8zM10 6l4 4M14 6l-4 4", false),
            Icon::Pin => ("M6 2.4h4l-.6 4 2.6 2.4H4l2.6-2.4zM8 8.8v5", false),
            Icon::Rename => ("M3 13l.8-3.2L11 2.6l2.4 2.4-7.2 7.2zM9.4 4.2l2.4 2.4", false),
            Icon::Delete => ("M3 4.4h10M6.2 4.4V2.6h3.6v1.8M4.4 4.4l.6 9h6l.6-9M6.8 7v4M9.2 7v4", false),
            Icon::Restart => ("M3 8a5 5 0 1 0 1.6-3.7M3 2.4v3h3", false),
            Icon::ToEnd => ("M3 3.4v9.2L9.5 8zM13 2.8v10.4", false),
            Icon::Undo => ("M5.8 3 2.8 6l3 3M3 6h6.2a3.6 3.6 0 0 1 0 7.2H6", false),
            Icon::Redo => ("M10.2 3l3 3-3 3M13 6H6.8a3.6 3.6 0 0 0 0 7.2H10", false),
            Icon::Dice => (
                "M4 2.2h8A1.8 1.8 0 0 1 13.8 4v8a1.8 1.8 0 0 1-1.8 1.8H4A1.8 1.8 0 0 1 2.2 12V4A1.8 1.8 0 0 1 4 2.2zM5.4 5.4h.01M10.6 5.4h.01M8 8h.01M5.4 10.6h.01M10.6 10.6h.01",
                false,
            ),
            Icon::Auto => ("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12", false),
            Icon::Light => (
                "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1",
                false,
            ),
            Icon::Dark => ("M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z", false),
            Icon::Grid => ("M2.6 2.4v11h11M5.4 5.2h.01M6.6 8.4h.01M9 10.2h.01M12 10.8h.01", false),
            Icon::Help => ("M5.7 6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.8M8 12.6h.01", false),
            Icon::Close => ("M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4", false),
            Icon::Down => ("M3.5 6 8 10.5 12.5 6", false),
            Icon::Open => ("M6.5 3H3.6v9.4H13V9.6M9.2 2.8h4v4M13 3 7.6 8.4", false),
            Icon::Check => ("M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5 8.2l2.1 2.1L11.2 6", false),
            Icon::Tick => ("M3.4 8.4l3 3L12.6 5", false),
            Icon::Ring => ("M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", false),
            Icon::SoFar => (
                "M8 1.8a6.2 6.2 0 0 1 0 12.4M8 14.2a6.2 6.2 0 0 1-3.6-1.1M2 9.6a6.2 6.2 0 0 1 0-3.2M4.4 2.9A6.2 6.2 0 0 1 8 1.8M5 8.2l2.1 2.1L11.2 6",
                false,
            ),
            Icon::Over => ("M8 2.2 14.6 13.4H1.4zM8 6.4v3.2M8 11.5h.01", false),
            Icon::Cross => {
                ("M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8", false)
            }
            Icon::Wait => ("M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5 8h.01M8 8h.01M11 8h.01", false),
            Icon::Clock => (
                "M8 1.8a6.2 6.2 0 0 1 3.6 1.2M13.6 5.4a6.2 6.2 0 0 1 .1 5M11.8 12.9a6.2 6.2 0 0 1-7.5.1M2.3 10.5a6.2 6.2 0 0 1 .1-5.1M4.5 2.9A6.2 6.2 0 0 1 8 1.8M8 4.8V8l2.2 1.4",
                false,
            ),
            Icon::More => ("M3.6 8h.01M8 8h.01M12.4 8h.01", false),
            Icon::Design => {
                ("M2.5 2.5h4.4v4.4H2.5zM9.1 2.5h4.4v4.4H9.1zM2.5 9.1h4.4v4.4H2.5zM9.1 9.1h4.4v4.4H9.1z", false)
            }
            Icon::Add => ("M8 3v10M3 8h10", false),
            Icon::Charts => ("M2.6 2.4v11h11M4.6 9.6 7.4 6l2.6 2.4 3.4-5", false),
            Icon::Brief => ("M3.6 2.4h8.8v11.2H3.6zM5.8 5.6h4.4M5.8 8.4h4.4", false),
            Icon::Note => ("M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.4v3.8M8 4.8h.01", false),
        }
    }
}

/// Draws an icon; hidden from those who listen, because the words beside it say the same.
pub fn icon(icon: Icon) -> Html {
    let (d, filled) = icon.path();
    let (fill, stroke) = if filled { ("currentColor", "none") } else { ("none", "currentColor") };
    html! {
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path {d} {fill} {stroke} stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>
        </svg>
    }
}
