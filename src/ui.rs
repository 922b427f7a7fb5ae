//! The page: Yew components over a session. The only chapter that names the browser.
//!
//! [`app::App`] owns the session; everything below it gets what it shows and sends out what the learner does as an
//! [`Action`](crate::session::Action). It decides nothing about the kata, a design or a run.
//!
//! What is drawn is a function that returns [`yew::Html`]. What has state, an effect or a comparison that is worth it is a
//! [`Widget`](kit::Widget); only what answers messages of its own is a component of Yew.
//!
//! The page's policy forbids inline styles, inline handlers and requests to anywhere: looks are classes, SVG attributes or properties set on
//! an element.

pub mod app;
pub mod brief;
pub mod canvas;
pub mod charts_panel;
mod course;
pub mod crash;
pub mod diagram;
pub mod earlier;
pub(in crate::ui) mod element;
pub mod exchange;
pub mod flow;
pub(in crate::ui) mod focus;
pub mod goals;
pub mod goals_strip;
pub mod header;
pub mod help;
pub mod icons;
pub mod inspector;
mod katas;
mod keypress;
pub mod kit;
mod language;
pub(in crate::ui) mod late;
pub mod list;
pub mod log;
pub mod mastery;
pub mod moment;
pub mod morning;
pub mod name;
pub mod next_step;
pub mod note;
pub mod notes;
pub mod notices;
pub mod opening;
pub mod palette;
pub mod player;
pub(in crate::ui) mod prelude;
pub mod repeat;
pub mod result;
pub mod review;
mod rich;
pub mod rungs;
pub mod runs;
pub mod seed;
pub mod share;
pub mod shared;
pub mod stars;
mod start;
pub mod storage;
pub mod story;
pub mod sweep;
pub mod tabs;
mod text_keeper;
pub mod theme;
pub mod timeline;
mod trusted;
pub mod verdict;
pub mod why;
pub mod words;
mod worker_pool;

pub use start::start;
