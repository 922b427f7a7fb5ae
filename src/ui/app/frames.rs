//! Frames: lets time pass while something is simulated, within a part of each animation frame, and draws the page anew now and then.

use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::{Performance, VisibilityState, Window};
use yew::Context;

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

/// Ticks as long as they want to go on and one more fits into the time: it takes about as long as the one before. The first always is.
pub(super) fn ticks(budget_ms: f64, clock: impl Fn() -> f64, mut tick: impl FnMut() -> bool) {
    let began = clock();
    let mut before = began;
    while tick() {
        let now = clock();
        if now - began + (now - before) > budget_ms {
            break;
        }
        before = now;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// By a clock that ticks alone move: however long a tick takes, all of a frame end within its time, or it is a single one.
    #[test]
    fn a_frame_takes_no_more_than_its_time() {
        for budget in [FRAME_MS, LOOK_FRAME_MS, SEEK_FRAME_MS] {
            for tick_ms in [0.01, 0.7, 3.9, 4.1, 8.0, 100.0] {
                let (now, count) = (Cell::new(1000.0), Cell::new(0));
                ticks(
                    budget,
                    || now.get(),
                    || {
                        now.set(now.get() + tick_ms);
                        count.set(count.get() + 1);
                        true
                    },
                );
                let took = now.get() - 1000.0;
                assert!(
                    took <= budget + 1e-6 || count.get() == 1,
                    "{count:?} ticks of {tick_ms} ms took {took} ms of {budget}"
                );
                assert!(took + 2.0 * tick_ms >= budget, "a frame is made use of: {took} ms of {budget}");
            }
        }
        let mut left = 3;
        ticks(
            f64::INFINITY,
            || 0.0,
            || {
                left -= 1;
                left > 0
            },
        );
        assert_eq!(left, 0, "what wants no more has no more");
    }
}
