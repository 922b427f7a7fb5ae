//! The header: which scenario, the run's controls, its clock, the seed, undo, theme and help.
//!
//! Shows what it is given and sends out what is pressed. Knows neither the design nor how a run works.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::icons::{Icon, icon};
use super::kit::{IconButton, Widget};
use super::seed::SeedField;
use super::theme;
use crate::format;
use crate::kata::{Scenario, brief, builtin};
use crate::session::{Action, Playback, RunState, Speed};
use crate::share::Theme;

/// What the header shows, and where its presses go.
pub struct Header {
    pub scenario: Rc<Scenario>,
    pub playback: Playback,
    pub seed: u64,
    pub can_undo: bool,
    pub can_redo: bool,
    pub theme: Theme,
    /// In a frame, whose page says how it looks.
    pub embed: bool,
    pub dispatch: Callback<Action>,
    pub on_theme: Callback<Theme>,
    pub on_help: Callback<()>,
}

pub fn header(props: &Header) -> Html {
    html! {
        <header class="bar">
            <div class="brand">
                <h1>{ &brief().title }</h1>
                { scenario_pick(props) }
            </div>
            <div class="history" role="group" aria-label="Undo and redo">
                { button(Icon::Undo, "Undo (Ctrl+Z)", props.can_undo, send(props, Action::Undo)) }
                { button(Icon::Redo, "Redo (Shift+Ctrl+Z)", props.can_redo, send(props, Action::Redo)) }
            </div>
            { transport(props) }
            { speeds(props.playback.speed, &props.dispatch) }
            { time(props) }
            <div class="seed">{ SeedField { seed: props.seed, dispatch: props.dispatch.clone() }.view() }</div>
            <div class="tools">
                if !props.embed {
                    { theme_button(props) }
                }
                { button(Icon::Help, "Help and keys", true, props.on_help.reform(|_| ())) }
            </div>
        </header>
    }
}

fn send(props: &Header, action: Action) -> Callback<MouseEvent> {
    props.dispatch.reform(move |_| action.clone())
}

/// A button that is only an icon; its name is read out and shown on hover.
fn button(shape: Icon, name: &'static str, enabled: bool, onclick: Callback<MouseEvent>) -> Html {
    IconButton::new(shape, name, onclick).disabled(!enabled).view()
}

fn theme_button(props: &Header) -> Html {
    let shape = match props.theme {
        Theme::Auto => Icon::Auto,
        Theme::Light => Icon::Light,
        Theme::Dark => Icon::Dark,
    };
    let next = theme::next(props.theme);
    let name = format!("Theme: {}. Press for {}.", theme::label(props.theme), theme::label(next));
    let onclick = props.on_theme.reform(move |_| next);
    IconButton::new(shape, name, onclick).class("theme").view()
}

fn transport(props: &Header) -> Html {
    let (shape, word) = match props.playback.state {
        RunState::Playing => (Icon::Pause, "Pause"),
        RunState::Over if !props.playback.outdated => (Icon::Play, "Again"),
        _ => (Icon::Play, "Play"),
    };
    let over = props.playback.state == RunState::Over;
    html! {
        <div class="transport" role="group" aria-label="Run">
            <button class="btn primary" onclick={send(props, Action::PlayOrPause)} title="Play or pause (P)">{ icon(shape) }{ word }</button>
            <button class="btn" onclick={send(props, Action::Restart)} disabled={props.playback.state == RunState::Ready} title="Restart: the same morning from the start; the design stays">
                { icon(Icon::Restart) }<span>{ "Restart" }</span>
            </button>
            <button class="btn" onclick={send(props, Action::ToEnd)} disabled={over} title="On to the end at once">{ icon(Icon::ToEnd) }<span>{ "To the end" }</span></button>
        </div>
    }
}

/// The clock at the play head.
fn time(props: &Header) -> Html {
    let now = f64::from(props.scenario.starts_at_s) + props.playback.now.seconds();
    html! { <div class="time"><span class="clock" title="Time of day">{ format::time_of_day(now) }</span></div> }
}

fn scenario_pick(props: &Header) -> Html {
    let onchange = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |e: Event| {
            let chosen =
                e.target_dyn_into::<web_sys::HtmlSelectElement>().and_then(|select| builtin::scenario(&select.value()));
            if let Some(scenario) = chosen {
                dispatch.emit(Action::SetScenario(Box::new(scenario.clone())));
            }
        })
    };
    html! {
        <span class="picker">
            <select class="pick" aria-label="Scenario" title="Scenario" {onchange}>
                { for builtin::scenarios().iter().map(|s| html! {
                    <option value={s.id.clone()} selected={s.id == props.scenario.id}>{ &s.name }</option>
                }) }
            </select>
            { icon(Icon::Down) }
        </span>
    }
}

/// The speeds: a row of buttons where there is room, a list where there is not.
fn speeds(now: Speed, dispatch: &Callback<Action>) -> Html {
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |e: Event| {
            let chosen = e.target_dyn_into::<web_sys::HtmlSelectElement>().map(|select| select.selected_index());
            if let Some(&speed) = chosen.and_then(|at| Speed::ALL.get(usize::try_from(at).ok()?)) {
                dispatch.emit(Action::SetSpeed(speed));
            }
        })
    };
    html! {
        <div class="speeds">
            <div class="seg" role="group" aria-label="Speed">
                { for Speed::ALL.into_iter().map(|speed| {
                    let onclick = dispatch.reform(move |_| Action::SetSpeed(speed));
                    let title = match speed {
                        Speed::Times(1) => "As in life".to_owned(),
                        Speed::Times(n) => format!("{} of the morning in one second", format::duration_s(f64::from(n))),
                        Speed::Max => "As fast as this machine can".to_owned(),
                    };
                    html! { <button {onclick} {title} aria-pressed={(speed == now).to_string()}>{ speed.label() }</button> }
                }) }
            </div>
            <span class="picker speed-pick">
                <select class="pick" aria-label="Speed" title="Speed" {onchange}>
                    { for Speed::ALL.into_iter().map(|speed| html! { <option selected={speed == now}>{ speed.label() }</option> }) }
                </select>
                { icon(Icon::Down) }
            </span>
        </div>
    }
}
