//! What pointers do over a plot: read a moment, choose a range by dragging, hold the time with two fingers and pull it apart.
//!
//! A small state machine over places in CSS pixels: mouse and pen drag a range, one finger reads (the page scrolls by it upright), two
//! fingers zoom with the moments that they hold staying under them. It knows the chart's geometry and no browser. [`ZoomGesture::stop`]
//! ends anything without a trace.

use crate::chart::layout::Layout;
use crate::chart::window::{Window, least};

/// A drag shorter than this is a press, in CSS pixels.
const SLACK: f64 = 5.0;
/// Fingers closer than this hold one moment.
const APART: f64 = 12.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    Down,
    Move,
    Up,
}

/// What a pointer did, `x` CSS pixels from the left of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Touch {
    pub id: i32,
    pub phase: Phase,
    pub x: f64,
    pub finger: bool,
}

/// What follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointerOutcome {
    Nothing,
    /// The crosshair goes here; `None`: beside the plot, away.
    Look(Option<f64>),
    /// A range is being chosen, from one second to another.
    Band(f64, f64),
    /// The range was chosen.
    Zoom(Window),
    /// A press without a drag, at this second.
    Press(f64),
}

#[derive(Clone, Debug, Default)]
pub struct ZoomGesture {
    fingers: Vec<(i32, f64)>,
    state: State,
    pressed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// The button is down since this place.
    Pressed(f64),
    /// A range is being chosen, from this second.
    Choosing(f64),
    /// Two fingers hold these seconds.
    Pinching(f64, f64),
    /// Fingers are still down from a gesture that is over.
    Over,
}

impl ZoomGesture {
    /// A range is being chosen, so the pointer is held.
    pub fn is_choosing(&self) -> bool {
        matches!(self.state, State::Choosing(_) | State::Pinching(..))
    }

    /// The last thing was a press: a finger that is lifted leaves the plot at once, and takes nothing with it.
    pub fn has_pressed(&self) -> bool {
        self.pressed
    }

    /// Drops the gesture under way.
    pub fn stop(&mut self) {
        self.pressed = false;
        self.state = if self.fingers.is_empty() { State::Idle } else { State::Over };
    }

    pub fn take(&mut self, touch: Touch, layout: &Layout, duration_s: f64) -> PointerOutcome {
        let outcome = self.follow(touch, layout, duration_s);
        self.pressed = matches!(outcome, PointerOutcome::Press(_));
        outcome
    }

    fn follow(&mut self, touch: Touch, layout: &Layout, duration_s: f64) -> PointerOutcome {
        match (touch.phase, touch.finger) {
            (Phase::Down, true) => self.finger_down(touch, layout),
            (Phase::Down, false) => {
                self.state = State::Pressed(touch.x);
                PointerOutcome::Look(layout.time_at(touch.x))
            }
            (Phase::Move, true) => self.finger_moves(touch, layout, duration_s),
            (Phase::Move, false) => self.drags(touch.x, layout),
            (Phase::Up, true) => {
                self.fingers.retain(|f| f.0 != touch.id);
                let pressed = matches!(self.state, State::Pressed(_));
                self.stop();
                layout.time_at(touch.x).filter(|_| pressed).map_or(PointerOutcome::Nothing, PointerOutcome::Press)
            }
            (Phase::Up, false) => {
                let was = std::mem::take(&mut self.state);
                match was {
                    State::Choosing(from) => {
                        PointerOutcome::Zoom(Window::between(from, layout.time_near(touch.x), duration_s))
                    }
                    State::Pressed(_) => layout.time_at(touch.x).map_or(PointerOutcome::Nothing, PointerOutcome::Press),
                    _ => PointerOutcome::Nothing,
                }
            }
        }
    }

    fn drags(&mut self, x: f64, layout: &Layout) -> PointerOutcome {
        if let State::Pressed(start) = self.state
            && (x - start).abs() > SLACK
        {
            self.state = State::Choosing(layout.time_near(start));
        }
        match self.state {
            State::Choosing(from) => PointerOutcome::Band(from, layout.time_near(x)),
            _ => PointerOutcome::Look(layout.time_at(x)),
        }
    }

    fn finger_down(&mut self, touch: Touch, layout: &Layout) -> PointerOutcome {
        self.fingers.push((touch.id, touch.x));
        match self.fingers[..] {
            [(_, a), (_, b)] if (a - b).abs() >= APART => {
                self.state = State::Pinching(layout.time_near(a.min(b)), layout.time_near(a.max(b)));
                PointerOutcome::Look(None)
            }
            [_] => {
                self.state = State::Pressed(touch.x);
                PointerOutcome::Look(layout.time_at(touch.x))
            }
            _ => PointerOutcome::Nothing,
        }
    }

    fn finger_moves(&mut self, touch: Touch, layout: &Layout, duration_s: f64) -> PointerOutcome {
        if let Some(finger) = self.fingers.iter_mut().find(|f| f.0 == touch.id) {
            finger.1 = touch.x;
        }
        match (self.state, &self.fingers[..]) {
            (State::Pinching(earlier, later), [(_, a), (_, b)]) => {
                let (left, right) = (a.min(*b), a.max(*b));
                let width = (later - earlier) * (layout.x1 - layout.x0) / (right - left).max(APART);
                let width = width.clamp(least(duration_s), duration_s);
                let middle = (earlier + later) / 2.0;
                let share = ((left + right) / 2.0 - layout.x0) / (layout.x1 - layout.x0);
                let from = (middle - share * width).clamp(0.0, duration_s - width);
                PointerOutcome::Zoom(Window { from_s: from, to_s: from + width })
            }
            (State::Idle | State::Pressed(_), [_]) => {
                if let State::Pressed(start) = self.state
                    && (touch.x - start).abs() > SLACK
                {
                    self.state = State::Idle;
                }
                PointerOutcome::Look(layout.time_at(touch.x))
            }
            _ => PointerOutcome::Nothing,
        }
    }
}
