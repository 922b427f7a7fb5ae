//! Dots: bookings on their way along the connections, a sample that the eye can follow.
//!
//! They move at a steady pace whatever the speed of the run; how close they follow one another tells the flow. All dots of the diagram are
//! one path, written each frame past the virtual page, so a moving dot redraws nothing else. None with reduced motion.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::Element;
use yew::prelude::*;

use crate::session::Route;

/// How far a dot moves in a second, in the diagram's units.
const PACE: f64 = 46.0;
/// The closest that dots follow one another.
const CLOSEST: f64 = 13.0;
/// The most dots on one connection.
const MOST: usize = 60;

/// A connection with its flow a second; 0 for none.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub route: Rc<Route>,
    pub per_s: f64,
}

/// The distance from one dot to the next: close at forty a second, far at one in ten seconds.
fn spacing(per_s: f64) -> f64 {
    CLOSEST + 60.0 / (1.0 + 1.6 * per_s.max(0.0))
}

#[derive(Properties, PartialEq)]
pub struct DotsProps {
    pub streams: Vec<Stream>,
    /// Dots move; otherwise they stand still.
    pub moving: bool,
}

/// What an animation carries from frame to frame.
#[derive(Default)]
struct Motion {
    streams: Vec<Stream>,
    /// How many dots each connection has sent out, with the fraction of the next one.
    sent: Vec<f64>,
    last_ms: Option<f64>,
    frame: Option<AnimationFrame>,
}

#[component]
pub fn Dots(props: &DotsProps) -> Html {
    let path = use_node_ref();
    let motion = use_mut_ref(Motion::default);
    {
        let mut motion = motion.borrow_mut();
        motion.streams.clone_from(&props.streams);
        motion.sent.resize(props.streams.len(), 0.0);
    }
    let (target, moving) = (path.clone(), props.moving && !still());
    use_effect_with(moving, move |moving| {
        if *moving {
            next(&motion, &target);
        } else if let Some(path) = target.cast::<Element>() {
            draw(&motion.borrow(), &path);
        }
        move || {
            let mut motion = motion.borrow_mut();
            motion.frame = None;
            motion.last_ms = None;
        }
    });
    if still() {
        return Html::default();
    }
    html! { <path ref={path} class="dots" aria-hidden="true"/> }
}

/// The learner has asked for less motion.
fn still() -> bool {
    let query = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|q| q.matches())
}

/// Asks for the next frame.
fn next(motion: &Rc<RefCell<Motion>>, path: &NodeRef) {
    let (again, target) = (motion.clone(), path.clone());
    let frame = request_animation_frame(move |at_ms| {
        {
            let mut motion = again.borrow_mut();
            let passed = motion.last_ms.map_or(0.0, |last| ((at_ms - last) / 1000.0).clamp(0.0, 0.1));
            motion.last_ms = Some(at_ms);
            let Motion { streams, sent, .. } = &mut *motion;
            for (sent, stream) in sent.iter_mut().zip(streams) {
                *sent = (*sent + passed * PACE / spacing(stream.per_s)).fract();
            }
            if let Some(path) = target.cast::<Element>() {
                draw(&motion, &path);
            }
        }
        next(&again, &target);
    });
    motion.borrow_mut().frame = Some(frame);
}

/// Writes all dots into one path: each is a line of no length with round ends.
fn draw(motion: &Motion, path: &Element) {
    let mut d = String::new();
    for (stream, sent) in motion.streams.iter().zip(&motion.sent) {
        if stream.per_s <= 0.0 {
            continue;
        }
        let way = stream.route.way();
        let (gap, length) = (spacing(stream.per_s), way.length());
        for k in 0..MOST {
            let along = (k as f64 + sent) * gap;
            if along > length - 7.0 {
                break;
            }
            let p = way.at(along);
            write!(d, "M{:.1} {:.1}h0", p.x, p.y).expect("a string takes text");
        }
    }
    // The path is gone when the page is taken down; then there is nothing to draw.
    let _ = path.set_attribute("d", &d);
}
