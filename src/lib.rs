//! The waiting room: a system-design kata, from the simulation at the bottom to the page at the top.
//!
//! # The map
//!
//! Chapters in order of dependency; a chapter uses those above it and never one below.
//!
//! | chapter | what it is | knows nothing of |
//! | --- | --- | --- |
//! | `engine::sim` | the discrete-event simulation: clock, calendar, random streams, stations, facts; a crate of its own | designs, charts, the web |
//! | `engine::measure` | facts folded into counts, histograms, series and a report | stations, kinds |
//! | [`vocabulary`] | what the kata in hand calls things: a booking, a patient, a clinic, a Monday | what else a kata says |
//! | [`lang`] | the texts of the page, in the language that it speaks | what they say |
//! | [`mod@format`] | numbers, durations, money and times of day in words | what they are about |
//! | [`decimal`] | the number that digits stand for | what it counts |
//! | [`json`] | the one tree in which files, stored texts and parameters are read and written | what a file means |
//! | [`order`] | sorting, in one piece of machine code | what is sorted |
//! | [`letters`] | letters that nobody sees, written out | what is written |
//! | [`mod@late`] | what a page may not have yet | how it is fetched |
//! | [`tokens`] | the colours of the style sheets, for what is drawn without one | what they stand for |
//! | [`kinds`] | the catalogue: what a component of each kind is, its parameters, units, ranges, help | runs |
//! | [`design`] | nodes and edges, their file, edits with undo, and the compiler to a network | runs, the page |
//! | [`kata`] | the exercise as data: brief, scenarios, goals, verdict, hints, checklist | the page |
//! | [`record`] | what is stored of runs: what names a run, runs, receipts, the score, notes, moments | advice, the page |
//! | [`advice`] | what the program knows about a design or a run: lint, review, prediction, theory | the page |
//! | [`study`] | many seeds, intervals; sweeps, their knee; steady state | the page |
//! | `cli` | the command line | the page |
//! | [`session`] | what a learner does: actions, gestures, playback | the browser |
//! | [`share`] | what an address asks for, links, receipts, scores, what is stored between visits: pure parsing and writing | runs, the browser |
//! | [`hosts`] | course systems around the page: one adapter each, messages in, messages out | the kata, runs, the browser |
//! | `chart` | charts on any plotters backend | stations, kinds, the browser |
//! | `ui` | the Yew components; the only place that names the browser | – |
//!
//! # The words
//!
//! The page says *component*; a file has *nodes* and *edges*; a compiled network has *stations*. What flows is a *booking* as the patient
//! sees it, a *request* at the API and at the clinic, a *message* in a queue. What happened is a *fact*. A *run* is (design, scenario,
//! seed). A *problem* is a learner's mistake and points at a node or an edge; a programmer's mistake is an assert.

pub mod advice;
pub mod decimal;
pub mod design;
pub mod format;
pub mod hosts;
pub mod json;
pub mod kata;
pub mod kinds;
pub mod lang;
pub mod late;
pub mod letters;
pub mod order;
pub mod record;
pub mod session;
pub mod share;
pub mod study;
pub mod tokens;
pub mod vocabulary;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "chart")]
pub mod chart;
#[cfg(feature = "page")]
#[allow(clippy::disallowed_methods, reason = "pixels: neither seeded nor hashed nor saved")]
pub mod ui;
