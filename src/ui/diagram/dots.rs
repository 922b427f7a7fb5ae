//! Dots and crosses: bookings on their way along the connections, a sample that the eye can follow.
//!
//! Dots move at a steady pace whatever the speed of the run; how close they follow one another tells the flow. Their colour is that of what is
//! done with them; their shape tells those that are tried again (diamonds) and those that come too late (rings) from the fresh ones. What is
//! refused, fails or is given up comes back from the port as crosses; what goes to dead letters goes as crosses. All dots of a colour and shape
//! are one path and all crosses another, written each frame past the virtual page, so a moving dot redraws nothing else.
//!
//! With reduced motion there are no dots, and one cross stands at each port where something fails.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;

use crate::ui::prelude::*;
use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::Element;

use super::Scene;
use crate::design::Design;
use crate::kinds::Role;
use crate::session::canvas::geometry::{Point, Way};
use crate::session::run::flow::{Flow, flows, late_after_ms};
use crate::session::{Figures, Route};
use crate::ui::kit::{ByPtr, widget};

/// How far a dot moves in a second, in the diagram's units.
const PACE: f64 = 46.0;
/// The closest that dots follow one another, and crosses.
const CLOSEST: f64 = 13.0;
const CLOSEST_CROSSES: f64 = 13.0;
/// The most dots on one connection.
const MOST: usize = 60;
/// With more connections than this at work there are as many dots in all as on so many: what travels on each is farther apart.
const CROWDED: f64 = 60.0;
/// So near to the port crosses begin, and so far from it they are gone.
const NEAR: f64 = 8.0;
const FAR: f64 = 66.0;
/// So far beside the line crosses come back.
const BESIDE: f64 = 8.0;
/// Half a cross, half a diamond, and the radius of a ring.
const ARM: f64 = 3.4;
const DIAMOND: f64 = 4.0;
const RING: f64 = 2.6;
/// Of numbers in a row these shares are spread evenly: what is tried again is a pattern, not a clump.
const GOLDEN: f64 = 0.618_034;
/// So many are told apart by number before the count begins again.
const ROUND: f64 = 1e6;

/// The colours that dots have, and the classes of their paths.
const STAGES: [Role; 3] = [Role::Ack, Role::Wait, Role::Clinic];
/// The shapes that they have: fresh, tried again, late.
const SHAPES: [&str; 3] = ["fresh", "again", "late"];
const PATHS: usize = STAGES.len() * SHAPES.len();

/// The distance from one to the next: close at forty a second, far at one in ten seconds.
fn spacing(per_s: f64, closest: f64, crowd: f64) -> f64 {
    (closest + 60.0 / (1.0 + 1.6 * per_s.max(0.0))) * crowd
}

/// How much farther apart things are on so many connections than on few.
fn crowd(connections: usize) -> f64 {
    (connections as f64 / CROWDED).max(1.0)
}

#[derive(PartialEq)]
pub struct Dots {
    /// What travels, and where; without a run nothing does.
    travel: Option<Travel>,
    /// Dots move; otherwise they stand still.
    moving: bool,
}

widget!(late Dots, use_dots; until |_, _| Html::default());

impl Dots {
    pub fn of(scene: &Scene) -> Dots {
        let travel = |figures| Travel {
            design: scene.design.clone(),
            figures,
            routes: scene.routes.clone(),
            late_ms: late_after_ms(&scene.scenario),
        };
        Dots { travel: scene.figures.clone().map(travel), moving: scene.playing }
    }
}

/// The figures of a run on the connections of a design.
#[derive(PartialEq)]
struct Travel {
    design: ByPtr<Design>,
    figures: ByPtr<Figures>,
    routes: ByPtr<Vec<Rc<Route>>>,
    /// What has waited longer than this is late, in milliseconds.
    late_ms: Option<f64>,
}

/// A connection on which something travels.
struct Stream {
    route: Rc<Route>,
    way: Way,
    flow: Flow,
    /// How many dots and crosses it has sent out, with the fraction of the next one.
    sent: f64,
    failed: f64,
}

/// What an animation carries from frame to frame.
#[derive(Default)]
struct Motion {
    /// By connection; `None`: nothing travels there.
    streams: Vec<Option<Stream>>,
    /// The learner has asked for less motion.
    still: bool,
    last_ms: Option<f64>,
    /// Which paths had something in them when they were written last, a bit each.
    filled: Cell<u32>,
    frame: Option<AnimationFrame>,
}

impl Motion {
    /// Takes over new figures or routes; what moves goes on from where it is.
    fn renew(&mut self, flows: &[Flow], routes: &[Rc<Route>]) {
        self.streams.resize_with(flows.len(), || None);
        for ((stream, flow), route) in self.streams.iter_mut().zip(flows).zip(routes) {
            if flow.per_s <= 0.0 && flow.failing_per_s <= 0.0 {
                *stream = None;
                continue;
            }
            match stream {
                Some(stream) => {
                    stream.flow = *flow;
                    if !Rc::ptr_eq(&stream.route, route) {
                        (stream.route, stream.way) = (route.clone(), route.way());
                    }
                }
                None => {
                    *stream =
                        Some(Stream { route: route.clone(), way: route.way(), flow: *flow, sent: 0.0, failed: 0.0 });
                }
            }
        }
    }

    fn crowd(&self) -> f64 {
        crowd(self.streams.iter().flatten().count())
    }

    fn pass(&mut self, seconds: f64) {
        let crowd = self.crowd();
        for stream in self.streams.iter_mut().flatten() {
            let step = |rate: f64, closest: f64| seconds * PACE / spacing(rate, closest, crowd);
            let (rate, closest) = (stream.flow.per_s, if stream.flow.dead { CLOSEST_CROSSES } else { CLOSEST });
            stream.sent = (stream.sent + step(rate, closest)) % ROUND;
            stream.failed = (stream.failed + step(stream.flow.failing_per_s, CLOSEST_CROSSES)).fract();
        }
    }
}

#[hook]
fn use_dots(props: &Dots) -> Html {
    let paths = Paths {
        dots: (*use_memo((), |()| (0..PATHS).map(|_| NodeRef::default()).collect::<Vec<_>>())).clone(),
        crosses: use_node_ref(),
    };
    let motion = use_mut_ref(Motion::default);
    let still = still();
    {
        let mut motion = motion.borrow_mut();
        motion.still = still;
        match &props.travel {
            Some(Travel { design, figures, routes, late_ms }) => {
                motion.renew(&flows(design, figures, *late_ms), routes);
            }
            None => motion.renew(&[], &[]),
        }
    }
    // With new figures what stands still is drawn anew; what moves draws itself.
    let (moved, shown, moving) = (motion.clone(), paths.clone(), props.moving && !still);
    use_effect(move || {
        if !moving {
            draw(&moved.borrow(), &shown);
        }
    });
    let shown = paths.clone();
    use_effect_with(moving, move |moving| {
        if *moving {
            next(&motion, &shown);
        }
        move || {
            let mut motion = motion.borrow_mut();
            motion.frame = None;
            motion.last_ms = None;
        }
    });
    html! {
        <g aria-hidden="true">
            { for paths.dots.iter().enumerate().map(|(at, path)| html! {
                <path ref={path.clone()} class={classes!("dots", STAGES[at / SHAPES.len()].class(), SHAPES[at % SHAPES.len()])}/>
            }) }
            <path ref={paths.crosses} class="crosses"/>
        </g>
    }
}

/// What is drawn past the virtual page.
#[derive(Clone)]
struct Paths {
    /// By stage, then by shape.
    dots: Vec<NodeRef>,
    crosses: NodeRef,
}

/// The learner has asked for less motion.
fn still() -> bool {
    let query = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|q| q.matches())
}

/// Asks for the next frame.
fn next(motion: &Rc<RefCell<Motion>>, paths: &Paths) {
    let (again, shown) = (motion.clone(), paths.clone());
    let frame = request_animation_frame(move |at_ms| {
        {
            let mut motion = again.borrow_mut();
            let passed = motion.last_ms.map_or(0.0, |last| ((at_ms - last) / 1000.0).clamp(0.0, 0.1));
            motion.last_ms = Some(at_ms);
            motion.pass(passed);
            draw(&motion, &shown);
        }
        next(&again, &shown);
    });
    motion.borrow_mut().frame = Some(frame);
}

/// Writes the dots of each colour and shape into one path, and all crosses into another.
fn draw(motion: &Motion, paths: &Paths) {
    let crowd = motion.crowd();
    let (mut dots, mut crosses) = (vec![String::new(); PATHS], String::new());
    for stream in motion.streams.iter().flatten() {
        let (way, flow) = (&stream.way, stream.flow);
        let length = way.length();
        if motion.still {
            if flow.dead || flow.failing_per_s > 0.0 {
                cross(&mut crosses, beside(way, (length - NEAR).max(length / 2.0)));
            }
            continue;
        }
        if flow.per_s > 0.0 {
            let closest = if flow.dead { CLOSEST_CROSSES } else { CLOSEST };
            let stage = STAGES.iter().position(|role| *role == flow.stage).unwrap_or(0);
            for (k, along) in
                places(stream.sent.fract(), spacing(flow.per_s, closest, crowd), length - 12.0).enumerate()
            {
                let p = way.at(along);
                if flow.dead {
                    cross(&mut crosses, p);
                } else {
                    let shape = shape(&flow, stream.sent.floor() - k as f64);
                    mark(&mut dots[stage * SHAPES.len() + shape], p, shape);
                }
            }
        }
        if flow.failing_per_s > 0.0 {
            // Back from the port, a little beside the line that the dots come on.
            let back = (FAR - NEAR).min(length - 2.0 * NEAR);
            for away in places(stream.failed, spacing(flow.failing_per_s, CLOSEST_CROSSES, crowd), back) {
                cross(&mut crosses, beside(way, length - NEAR - away));
            }
        }
    }
    let mut filled = 0;
    for (at, (path, d)) in paths.dots.iter().zip(&dots).chain([(&paths.crosses, &crosses)]).enumerate() {
        filled |= u32::from(!d.is_empty()) << at;
        if d.is_empty() && motion.filled.get() >> at & 1 == 0 {
            continue;
        }
        if let Some(path) = path.cast::<Element>() {
            // The path is gone when the page is taken down; then there is nothing to draw.
            let _ = path.set_attribute("d", d);
        }
    }
    motion.filled.set(filled);
}

/// The shape of a dot, by its number on the connection.
fn shape(flow: &Flow, number: f64) -> usize {
    match (flow.late, (number * GOLDEN).rem_euclid(1.0) < flow.again) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// A dot: a line of no length with round ends, a diamond, or a ring.
fn mark(d: &mut String, at: Point, shape: usize) {
    let (x, y) = (at.x, at.y);
    match shape {
        0 => write!(d, "M{x:.1} {y:.1}h0"),
        1 => write!(d, "M{:.1} {y:.1}l{DIAMOND}-{DIAMOND} {DIAMOND} {DIAMOND}-{DIAMOND} {DIAMOND}z", x - DIAMOND),
        _ => write!(
            d,
            "M{:.1} {y:.1}a{RING} {RING} 0 1 0 {} 0a{RING} {RING} 0 1 0-{} 0z",
            x - RING,
            2.0 * RING,
            2.0 * RING
        ),
    }
    .expect("a string takes text");
}

/// Where what follows one another at a distance stands, no farther than `end`.
fn places(sent: f64, gap: f64, end: f64) -> impl Iterator<Item = f64> {
    (0..MOST).map(move |k| (k as f64 + sent) * gap).take_while(move |along| *along <= end)
}

/// The point so far along a way, a little to the right of it: on the other side stands the rate.
fn beside(way: &Way, along: f64) -> Point {
    let (p, before) = (way.at(along), way.at(along - 1.0));
    let length = p.distance(before).max(0.001);
    let (ux, uy) = ((p.x - before.x) / length, (p.y - before.y) / length);
    Point::new(p.x - uy * BESIDE, p.y + ux * BESIDE)
}

fn cross(d: &mut String, at: Point) {
    let (x, y, across) = (at.x - ARM, at.y - ARM, 2.0 * ARM);
    write!(d, "M{x:.1} {y:.1}l{across} {across}m0 -{across}l-{across} {across}").expect("a string takes text");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a thousand connections there are no more dots than on sixty, and a few connections have as many as ever.
    #[test]
    fn a_crowd_is_no_more_than_many() {
        let dots = |connections: usize, per_s: f64| {
            connections * places(0.5, spacing(per_s, CLOSEST, crowd(connections)), 500.0).count()
        };
        for per_s in [0.1, 1.0, 40.0, 1e6] {
            let most = dots(CROWDED as usize, per_s);
            assert!([61, 100, 200, 500, 1000].iter().all(|&n| dots(n, per_s) <= most + n), "at {per_s} a second");
            assert_eq!(dots(1, per_s) * 60, most);
        }
    }
}
