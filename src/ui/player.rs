//! The player: play and its speed at the left, the morning as a ribbon that leads to any moment, and at the right the clock, how the goals
//! stand, and the smallest steps.
//!
//! Its three parts have the widths of the page's columns, so that the ribbon has the time axis of the tracks below it.

use crate::say;
use crate::ui::prelude::*;

use super::goals;
use super::icons::{Icon, icon};
use super::kit::ByPtr;
use super::timeline::{Marks, Slider, Timeline};
use crate::format;
use crate::kata::Scenario;
use crate::session::text::goals::GoalText;
use crate::session::{Action, Mark, Playback, RunState, Speed};
use crate::ui::kit::Widget;

pub struct Player<'a> {
    pub scenario: ByPtr<Scenario>,
    pub playback: Playback,
    pub marks: Vec<Mark>,
    /// The crosshair of the tracks, in seconds of the run.
    pub look_s: Option<f64>,
    pub goals: &'a [GoalText],
    pub dispatch: &'a Callback<Action>,
}

pub fn player(props: &Player) -> Html {
    let timeline = Timeline {
        scenario: props.scenario.clone(),
        playback: props.playback,
        marks: props.marks.clone(),
        look_s: props.look_s,
        dispatch: props.dispatch.clone(),
    };
    html! {
        <section class="player" aria-label={say!("player.label")}>
            { transport(props) }
            { Slider(timeline).view() }
            <div class="standing">
                { clock(props) }
                if props.playback.outdated {
                    <span class="sum waiting">{ say!("page.stale") }</span>
                } else {
                    { goals::sum_of(props.goals) }
                }
                { Marks { marks: props.marks.clone(), forkable: forkable(props), begun: props.playback.state != RunState::Ready, over: over(props), dispatch: props.dispatch.clone() }.view() }
            </div>
        </section>
    }
}

fn over(props: &Player) -> bool {
    props.playback.state == RunState::Over
}

fn forkable(props: &Player) -> bool {
    matches!(props.playback.state, RunState::Playing | RunState::Paused)
}

fn transport(props: &Player) -> Html {
    let send = |action: fn() -> Action| props.dispatch.reform(move |_: MouseEvent| action());
    let (shape, word) = match props.playback.state {
        RunState::Playing => (Icon::Pause, say!("player.pause")),
        RunState::Over if !props.playback.outdated => (Icon::Play, say!("player.again")),
        _ => (Icon::Play, say!("player.play")),
    };
    let done = over(props) && !props.playback.outdated;
    html! {
        <div class="transport" role="group" aria-label={say!("player.play")}>
            <button class="btn primary" onclick={send(|| Action::PlayOrPause)} title={say!("player.play_title")}>{ icon(shape) }{ word }</button>
            <button class="btn icon restart" onclick={send(|| Action::Restart)} disabled={props.playback.state == RunState::Ready}
                aria-label={say!("player.restart")} title={say!("player.restart_title")}>{ icon(Icon::Restart) }</button>
            <button class="btn icon" onclick={send(|| Action::ToEnd)} disabled={done} aria-label={say!("player.end")} title={say!("player.end_title")}>{ icon(Icon::ToEnd) }</button>
            { speed(props.playback.speed, props.dispatch) }
        </div>
    }
}

fn speed(now: Speed, dispatch: &Callback<Action>) -> Html {
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
        <span class="picker speed-pick">
            <select class="pick" aria-label={say!("player.speed")} title={say!("player.speed_title")} {onchange}>
                { for Speed::ALL.into_iter().map(|speed| html! { <option selected={speed == now}>{ speed.label() }</option> }) }
            </select>
            { icon(Icon::Down) }
        </span>
    }
}

/// The clock at the play head.
fn clock(props: &Player) -> Html {
    let now = f64::from(props.scenario.starts_at_s) + props.playback.now.seconds();
    html! { <span class="clock" title={say!("player.clock")}>{ format::time_of_day(now) }</span> }
}
