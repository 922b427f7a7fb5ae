//! Frames: lets time pass while something is simulated, within a part of each animation frame, and draws the page anew now and then.

use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::{Performance, VisibilityState, Window};
use yew::Context;

use super::ticks::ticks;
use super::{App, Msg, host};
use crate::say;
use crate::session::Action;
use crate::ui::late;

/// How much of a frame the simulation may take at full speed, in milliseconds.
const FRAME_MS: f64 = 8.0;
/// The same in a frame in which the page is drawn too.
const LOOK_FRAME_MS: f64 = 4.0;
/// The same while the run is on its way to another moment: the learner waits for it.
const SEEK_FRAME_MS: f64 = 40.0;
/// How often the page is drawn anew while a run plays, in milliseconds between two looks.
const LOOK_MS: f64 = 80.0;

/// The frame that is asked for, and when the last ones came.
pub struct FrameLoop {
    next: Option<AnimationFrame>,
    pub(super) last_ms: Option<f64>,
    last_look_ms: f64,
    clock: Performance,
}

impl FrameLoop {
    pub fn new(window: &Window) -> FrameLoop {
        let clock = window.performance().expect("a page has a clock");
        FrameLoop { next: None, last_ms: None, last_look_ms: 0.0, clock }
    }

    /// The time of the page, in milliseconds.
    pub fn now_ms(&self) -> f64 {
        self.clock.now()
    }
}

impl App {
    /// Asks for an animation frame while something is being simulated.
    pub(super) fn want_frame(&mut self, ctx: &Context<Self>) {
        let _ = host::tell(self);
        if !self.session.borrow().wants_ticks() {
            self.frames.next = None;
            self.frames.last_ms = None;
        } else if self.frames.next.is_none() {
            let link = ctx.link().clone();
            // The first run has begun: what its result needs should be there by its end.
            late::want();
            self.frames.next = Some(request_animation_frame(move |at| link.send_message(Msg::Frame(at))));
        }
    }

    /// Lets time pass. Says whether the page is to be drawn anew.
    pub(super) fn tick(&mut self, ctx: &Context<Self>, at_ms: f64) -> bool {
        self.frames.next = None;
        let wall_s = self.frames.last_ms.map_or(0.0, |last| (at_ms - last).max(0.0) / 1000.0);
        self.frames.last_ms = Some(at_ms);
        let look = at_ms - self.frames.last_look_ms >= LOOK_MS;
        let was_seeking = self.session.borrow().is_seeking();
        let budget = match was_seeking || self.session.borrow().is_telling() {
            true => SEEK_FRAME_MS,
            false if look => LOOK_FRAME_MS,
            false => FRAME_MS,
        };
        let arrived = {
            let mut session = self.session.borrow_mut();
            let mut wall_s = wall_s;
            ticks(
                budget,
                || self.frames.now_ms(),
                || {
                    session.update(Action::Tick { wall_s: std::mem::take(&mut wall_s) });
                    session.is_behind() && was_seeking == session.is_seeking()
                },
            );
            !session.wants_ticks() || was_seeking && !session.is_seeking()
        };
        self.want_frame(ctx);
        self.save_lists_soon(ctx);
        self.keep_run_playing(at_ms, arrived);
        let look = look || arrived;
        if look {
            self.frames.last_look_ms = at_ms;
        }
        look
    }

    pub(super) fn hidden_or_shown(&mut self) {
        let hidden = web_sys::window()
            .and_then(|w| w.document())
            .is_some_and(|document| document.visibility_state() == VisibilityState::Hidden);
        if hidden {
            self.save();
            self.save_lists();
        }
        if hidden && self.session.borrow().is_playing() {
            self.act(Action::Pause);
            self.act(Action::Say(say!("page.paused").to_owned()));
        }
    }
}
