//! The timeline: the whole morning as a ribbon of its demand. What has been simulated, the play head, the scenario's events, and marks for what
//! happened; by pointer, touch and keys it leads to any moment. And the marks as a list, with the smallest steps and the fork.
//!
//! Places are shares of the strip's width, so nothing is measured but the pointer. Knows no run: it shows what it is given.

use crate::say;
use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use web_sys::{Element, HtmlElement};

use super::kit::{ByPtr, widget};
use super::{focus, keypress};
use crate::format;
use crate::kata::Scenario;
use crate::kata::scenario::event_name;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Mark, MarkKind, Playback, RunState};
use engine::sim::time::Time;

mod flag;
mod marks;
mod strip;

pub use flag::GoalFlag;
pub use marks::Marks;

/// How far an arrow key goes, in seconds of the run; with Shift, and with Page Up and Page Down.
const STEP_S: f64 = 60.0;
const SHORT_S: f64 = 10.0;
const LONG_S: f64 = 600.0;
/// How near the pointer must be to a mark to be told of it, as a share of the strip.
const NEAR: f64 = 0.006;

#[derive(Clone, PartialEq)]
pub struct Timeline {
    pub scenario: ByPtr<Scenario>,
    pub playback: Playback,
    pub marks: Vec<Mark>,
    /// The crosshair of the tracks, in seconds of the run.
    pub look_s: Option<f64>,
    pub dispatch: Callback<Action>,
}

impl Timeline {
    fn duration(&self) -> f64 {
        self.playback.duration.seconds().max(1.0)
    }

    /// The place of a moment, as a share of the strip.
    fn share(&self, at: Time) -> f64 {
        (at.seconds() / self.duration()).clamp(0.0, 1.0)
    }

    fn clock(&self, seconds: f64) -> String {
        format::time_of_day(f64::from(self.scenario.starts_at_s) + seconds)
    }
}

/// Where the pointer is over the strip: a share of its width.
fn share_at(strip: &NodeRef, event: &PointerEvent) -> Option<f64> {
    let area = strip.cast::<Element>()?.get_bounding_client_rect();
    (area.width() > 0.0).then(|| ((f64::from(event.client_x()) - area.left()) / area.width()).clamp(0.0, 1.0))
}

/// The ribbon as a slider.
#[derive(PartialEq)]
pub struct Slider(pub Timeline);

widget!(Slider, use_slider);

#[hook]
fn use_slider(slider: &Slider) -> Html {
    let props = &slider.0;
    let hover = use_state_eq(|| None::<f64>);
    // A drag holds a run that plays; it goes on when the drag ends.
    let drag = use_mut_ref(|| None::<bool>);
    let (strip, tip) = (use_node_ref(), use_node_ref());
    {
        let tip = tip.clone();
        use_effect_with(*hover, move |hover| {
            if let (Some(share), Some(tip)) = (hover, tip.cast::<HtmlElement>()) {
                let _ = tip.style().set_property("--at", &format!("{:.2}%", share * 100.0));
            }
        });
    }
    let duration = props.duration();
    let goes = move |dispatch: &Callback<Action>, share: f64| dispatch.emit(Action::Seek((share * duration).round()));
    let onpointerdown = on_down(props, &drag, &strip);
    let onpointermove = {
        let (dispatch, drag, hover, strip) = (props.dispatch.clone(), drag.clone(), hover.clone(), strip.clone());
        Callback::from(move |e: PointerEvent| {
            let share = share_at(&strip, &e);
            hover.set(share);
            if let Some(share) = share.filter(|_| drag.borrow().is_some()) {
                goes(&dispatch, share);
            }
        })
    };
    let let_go = {
        let (dispatch, drag) = (props.dispatch.clone(), drag.clone());
        Callback::from(move |_: PointerEvent| {
            if drag.borrow_mut().take() == Some(true) {
                dispatch.emit(Action::GoOn);
            }
        })
    };
    let onpointerleave = {
        let hover = hover.clone();
        Callback::from(move |_: PointerEvent| hover.set(None))
    };
    let now = props.playback.now.seconds();
    let said = props.clock(now);
    html! {
        <div ref={strip} class={classes!("strip-slider", props.playback.seeking.is_some().then_some("seeking"))} role="slider" tabindex="0" aria-label={say!("timeline.name")}
            aria-valuemin="0" aria-valuemax={format!("{duration:.0}")} aria-valuenow={format!("{now:.0}")} aria-valuetext={value_text(props, &said)}
            {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go} {onpointerleave} onkeydown={on_key(props)}>
            { strip::strip(props) }
            if let Some(share) = *hover {
                <div ref={tip} class={classes!("tip", (share > 0.5).then_some("left"))} aria-hidden="true">
                    { for told_at(props, share).into_iter().map(|line| html! { <span>{ line }</span> }) }
                </div>
            }
        </div>
    }
}

/// A press goes there, and a drag begins; one on a goal that was missed holds its moment.
fn on_down(props: &Timeline, drag: &Rc<RefCell<Option<bool>>>, strip: &NodeRef) -> Callback<PointerEvent> {
    let (props, drag, strip) = (props.clone(), drag.clone(), strip.clone());
    Callback::from(move |e: PointerEvent| {
        let Some(share) = share_at(&strip, &e).filter(|_| e.button() == 0) else { return };
        if let Some(strip) = strip.cast::<HtmlElement>() {
            let _ = strip.set_pointer_capture(e.pointer_id());
            focus::follow(&strip);
        }
        e.prevent_default();
        if let Some(missed) = near(&props, share).find(|mark| mark.what == MarkKind::Missed) {
            return props.dispatch.emit(Action::FreezeAt(missed.at.seconds()));
        }
        let playing = props.playback.state == RunState::Playing;
        *drag.borrow_mut() = Some(playing);
        if playing {
            props.dispatch.emit(Action::Pause);
        }
        props.dispatch.emit(Action::Seek((share * props.duration()).round()));
    })
}

/// The play head for those who hear it, with what is marked there.
fn value_text(props: &Timeline, clock: &str) -> String {
    let share = props.share(props.playback.now);
    let mut here: Vec<String> = near(props, share).map(|mark| mark.text.clone()).collect();
    here.extend(events_at(props, props.playback.now));
    let seen = if props.playback.furthest > props.playback.now {
        say!("timeline.simulated", clock, furthest = props.clock(props.playback.furthest.seconds()))
    } else {
        clock.to_owned()
    };
    if here.is_empty() { seen } else { format!("{seen}. {}", here.join(". ")) }
}

fn near(props: &Timeline, share: f64) -> impl Iterator<Item = &Mark> {
    props.marks.iter().filter(move |mark| (props.share(mark.at) - share).abs() < NEAR)
}

/// What stands at a place of the strip: the time, the marks, the scenario's events.
fn told_at(props: &Timeline, share: f64) -> Vec<String> {
    let seconds = (share * props.duration()).round();
    let mut lines = vec![props.clock(seconds)];
    lines.extend(near(props, share).map(|mark| mark.text.clone()));
    lines.extend(events_at(props, Time::from_seconds(seconds)));
    lines
}

/// The scenario's events in force at a moment, in words.
fn events_at(props: &Timeline, at: Time) -> impl Iterator<Item = String> {
    let events = props.scenario.world.events.iter().filter(move |event| event.from <= at && at < event.to);
    events.map(|event| event_name(&event.what))
}

/// The keys of a slider.
fn on_key(props: &Timeline) -> Callback<KeyboardEvent> {
    let (dispatch, now, end) = (props.dispatch.clone(), props.playback.now.seconds(), props.duration());
    Callback::from(move |e: KeyboardEvent| {
        if !keypress::takes(&e, Scope::Timeline) {
            return;
        }
        let step = if e.shift_key() { SHORT_S } else { STEP_S };
        let to = match e.key().as_str() {
            "ArrowRight" | "ArrowUp" => now + step,
            "ArrowLeft" | "ArrowDown" => now - step,
            "PageUp" => now + LONG_S,
            "PageDown" => now - LONG_S,
            "Home" => 0.0,
            "End" => end,
            _ => return,
        };
        e.prevent_default();
        dispatch.emit(Action::Seek(to.clamp(0.0, end)));
    })
}

/// What a mark looks like: its class, its shape around the middle, and a word.
fn look(what: MarkKind) -> (&'static str, &'static str, &'static str) {
    match what {
        MarkKind::Change => ("change", "M0 -6L6 0L0 6L-6 0Z", say!("timeline.change")),
        MarkKind::Missed => ("missed", "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5", say!("timeline.goal_missed")),
        MarkKind::Fork => ("fork", "M0 7V0.5M0 0.5L-4.5 -6M0 0.5L4.5 -6", say!("timeline.fork")),
    }
}
