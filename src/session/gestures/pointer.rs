//! Pointer and connecting keys: how a gesture goes on with each event, and the edit it ends as.
//!
//! One path for mouse, pen and touch. Nothing changes the design before the gesture ends; cancelled, it leaves no trace.

use crate::design::{Design, Node, NodeId};
use crate::kata::builtin;
use crate::kinds::KindId;
use crate::say;
use crate::session::Session;
use crate::session::action::{Button, Phase, Pointer};
use crate::session::canvas::align;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::{Curve, Point, Rect};
use crate::session::canvas::hit;
use crate::session::canvas::hit::Target;
use crate::session::canvas::selection::{Pick, Selection};
use crate::session::gestures::gesture::{Connecting, Drop, Gesture};
use crate::session::gestures::insertion;
use crate::session::gestures::keys;
use crate::session::gestures::keys::{KeyPress, Scope};

/// How far a pointer moves before a press becomes a drag, in CSS pixels.
const DRAG_FROM: f64 = 4.0;
const DRAG_FROM_TOUCH: f64 = 8.0;
/// How far outside of a component a connection may be let go and still reach it.
const TARGET_REACH: f64 = 16.0;

impl Session {
    pub(in crate::session) fn pointer(&mut self, pointer: Pointer) {
        if !pointer.at.is_finite() {
            return;
        }
        if pointer.touch && self.two_fingers(pointer) {
            return;
        }
        match pointer.phase {
            Phase::Down => self.pointer_down(pointer),
            Phase::Move => self.pointer_move(pointer),
            Phase::Up => self.pointer_up(pointer),
            Phase::Cancel => self.pointer_gone(),
        }
        self.note_drag(pointer);
    }

    /// The pointer was taken away: what it was doing ends without a trace. A keyboard's gestures and menus are not its to end.
    fn pointer_gone(&mut self) {
        self.finger = None;
        if !matches!(self.gesture, Gesture::Connecting { how: Connecting::Keys, .. } | Gesture::Choosing { .. }) {
            self.cancel();
        }
    }

    /// Ends everything that is under way without a trace, fingers that are still down included.
    pub(in crate::session) fn let_go(&mut self) {
        (self.finger, self.dragged) = (None, None);
        self.cancel();
    }

    fn pointer_down(&mut self, p: Pointer) {
        let at = self.view.to_diagram(p.at);
        match (&self.gesture, p.button) {
            (_, Button::Other) => {}
            (_, Button::Pan) => {
                self.cancel();
                self.gesture = Gesture::Panning { last: p.at };
            }
            // The second click of a connection by clicks: decided when the button goes up.
            (Gesture::Connecting { .. }, Button::Primary) => self.follow_connection(at),
            (_, Button::Primary) => {
                self.history.end_burst();
                let reach = self.reach(p.touch);
                let on = hit::hit(
                    self.history.now(),
                    &self.routes,
                    &self.ghosts,
                    &self.selection,
                    at,
                    (reach, self.view.zoom),
                );
                self.gesture = Gesture::Pressing { on, start: at, canvas: p.at, add: p.add, touch: p.touch };
            }
        }
    }

    /// How much wider than at zoom 1 a hit may be.
    fn reach(&self, touch: bool) -> f64 {
        (if touch { 1.5 } else { 1.0 }) / self.view.zoom
    }

    fn pointer_move(&mut self, p: Pointer) {
        let at = self.view.to_diagram(p.at);
        match &mut self.gesture {
            Gesture::Pressing { canvas, touch, .. } => {
                let far = if *touch { DRAG_FROM_TOUCH } else { DRAG_FROM };
                if canvas.distance(p.at) >= far {
                    self.begin_drag(at, p);
                }
            }
            Gesture::Panning { last } => {
                let (dx, dy) = (p.at.x - last.x, p.at.y - last.y);
                *last = p.at;
                self.view.pan(dx, dy);
            }
            Gesture::Moving { start, .. } => {
                let by = (at.x - start.x, at.y - start.y);
                self.move_by(by);
            }
            Gesture::Marquee { start, end, before } => {
                *end = at;
                let mut selection = hit::within(self.history.now(), &self.routes, Rect::between(*start, at));
                for id in before.nodes.iter().filter(|id| !selection.has_node(id)).cloned().collect::<Vec<_>>() {
                    selection.nodes.push(id);
                }
                for (a, b) in
                    before.edges.iter().filter(|(a, b)| !selection.has_edge(a, b)).cloned().collect::<Vec<_>>()
                {
                    selection.edges.push((a, b));
                }
                self.set_selection(selection);
            }
            Gesture::Connecting { how: Connecting::Pointer { .. }, .. } => self.follow_connection(at),
            Gesture::Placing { .. } => self.follow_part(p.at),
            _ => {}
        }
    }

    /// The pointer has moved what is selected by so much: aligned with what stands around, or on the grid.
    fn move_by(&mut self, by: (f64, f64)) {
        let design = self.history.now();
        let (own, others): (Vec<_>, Vec<_>) = design.nodes.iter().partition(|n| self.selection.has_node(&n.id));
        let Some(anchor) = self.selection.nodes.first().and_then(|id| design.node(id)) else { return };
        let Some(area) = own.iter().map(|n| geometry::rect(n)).reduce(Rect::with) else { return };
        let others: Vec<Rect> = others.iter().map(|n| geometry::rect(n)).collect();
        let (to, mut found) = align::align(area, (anchor.x, anchor.y), by, &others, align::REACH / self.view.zoom);
        let short = geometry::inside(own.iter().map(|n| &***n), to);
        if short != to {
            found.clear();
        }
        let to = short;
        if let Gesture::Moving { dx, dy, guides, .. } = &mut self.gesture {
            (*dx, *dy) = to;
            *guides = found;
        }
    }

    /// The press has become a drag.
    fn begin_drag(&mut self, at: Point, p: Pointer) {
        let Gesture::Pressing { on, start, add, touch, .. } = std::mem::replace(&mut self.gesture, Gesture::Idle)
        else {
            return;
        };
        self.gesture = match on {
            Target::Pick(Pick::Node(id)) if !self.readonly => {
                if !self.selection.has_node(&id) {
                    self.select(Pick::Node(id), add);
                }
                Gesture::Moving { start, dx: 0.0, dy: 0.0, guides: Vec::new() }
            }
            Target::Port(from) if !self.readonly => {
                Gesture::Connecting { from, how: Connecting::Pointer { end: at, dragging: true }, target: None }
            }
            _ if touch || self.readonly => Gesture::Panning { last: self.view.to_canvas(start) },
            _ => {
                let before = if add { (*self.selection).clone() } else { Selection::default() };
                Gesture::Marquee { start, end: at, before }
            }
        };
        self.pointer_move(p);
    }

    fn pointer_up(&mut self, p: Pointer) {
        let at = self.view.to_diagram(p.at);
        match std::mem::replace(&mut self.gesture, Gesture::Idle) {
            Gesture::Pressing { on, add, .. } => self.click(on, at, add),
            Gesture::Moving { dx, dy, .. } => self.move_selected(dx, dy, None),
            Gesture::Connecting { from, how: Connecting::Pointer { .. }, .. } => {
                let target = target_at(self.history.now(), &from, at, self.reach(p.touch));
                self.end_connection(from, target, at);
            }
            Gesture::Placing { kind, at, drop, .. } => self.drop_part(kind, at, drop),
            // A keyboard's gestures and menus are not the pointer's to end.
            other @ (Gesture::Connecting { .. } | Gesture::Choosing { .. }) => self.gesture = other,
            Gesture::Idle | Gesture::Panning { .. } | Gesture::Pinching { .. } | Gesture::Marquee { .. } => {}
        }
    }

    fn click(&mut self, on: Target, at: Point, add: bool) {
        match on {
            Target::Canvas if add => {}
            Target::Canvas => self.set_selection(Selection::default()),
            Target::Pick(pick) => self.select(pick, add),
            Target::Port(from) if self.readonly => self.select(Pick::Node(from), add),
            Target::Port(from) => {
                self.select(Pick::Node(from.clone()), false);
                let how = Connecting::Pointer { end: at, dragging: false };
                self.say(say!("edit.connecting", from = self.name(&from)));
                self.gesture = Gesture::Connecting { from, how, target: None };
            }
            Target::Ghost(from, to) => self.ask_ghost(&from, &to),
        }
    }

    /// The open end of a connection is at `at`.
    fn follow_connection(&mut self, at: Point) {
        let reach = self.reach(false);
        if let Gesture::Connecting { from, how, target } = &mut self.gesture {
            *target = target_at(self.history.now(), from, at, reach);
            if let Connecting::Pointer { end, .. } = how {
                *end = at;
            } else {
                *how = Connecting::Pointer { end: at, dragging: false };
            }
        }
    }

    fn end_connection(&mut self, from: NodeId, target: Option<NodeId>, at: Point) {
        let Some(node) = self.history.now().node(&from) else { return };
        let own = geometry::rect(node).grown(TARGET_REACH).contains(at);
        match target {
            Some(to) => self.connect(&from, &to),
            None if own => {}
            None => {
                let offered = |kind: &KindId| builtin::offered(self.history.now()).any(|other| other.id == *kind);
                let kinds = node.kind.leads_to().filter(offered).collect();
                self.gesture = Gesture::Choosing { from, to: None, at, kinds };
            }
        }
    }

    pub(in crate::session) fn pick_up(&mut self, kind: KindId, at: Point) {
        if !self.may_edit() {
            return;
        }
        self.gesture = Gesture::Placing { kind, at: Point::default(), drop: Drop::Outside, guides: Vec::new() };
        self.follow_part(at);
    }

    /// A part from the palette is over the canvas, or not.
    fn follow_part(&mut self, canvas: Point) {
        let place = self.view.to_diagram(canvas);
        let inside = Rect { x: 0.0, y: 0.0, width: self.view.width, height: self.view.height }.contains(canvas);
        let Gesture::Placing { kind, .. } = self.gesture else { return };
        let drop = match inside {
            true => insertion::drop_at(self.history.now(), &self.routes, &self.ghosts, kind, place),
            false => Drop::Outside,
        };
        // Where it would stand by itself it is aligned with what stands around, as while moving.
        let (at, guides) = match drop {
            Drop::Free | Drop::Misfit { .. } => self.stand(kind, place),
            _ => (place, Vec::new()),
        };
        self.gesture = Gesture::Placing { kind, at, drop, guides };
    }

    /// Where a part stands that is let go with its middle at `place`: its middle there, and the guides that it snapped to.
    fn stand(&self, kind: KindId, place: Point) -> (Point, Vec<align::Guide>) {
        let (width, height) = geometry::size(kind);
        let area = Rect { x: place.x - width / 2.0, y: place.y - height / 2.0, width, height };
        let others: Vec<Rect> = self.history.now().nodes.iter().map(|n| geometry::rect(n)).collect();
        let reach = align::REACH / self.view.zoom;
        let ((dx, dy), guides) = align::align(area, (area.x, area.y), (0.0, 0.0), &others, reach);
        (Point::new(place.x + dx, place.y + dy), guides)
    }

    fn drop_part(&mut self, kind: KindId, at: Point, drop: Drop) {
        if drop == Drop::Outside {
            return;
        }
        let planned = insertion::drop_part(self.history.now(), kind, at, &drop);
        self.take(planned);
        if let Drop::Misfit { why, .. } = drop {
            self.refuse(why);
        }
    }

    /// Begins a connection by keyboard; the first allowed target is proposed.
    pub(in crate::session) fn start_connect(&mut self, from: &str) {
        if !self.may_edit() {
            return;
        }
        let design = self.history.now().clone();
        let Some(node) = design.node(from) else { return };
        let targets = allowed_targets(&design, &node.id);
        match targets.first() {
            None if !node.kind.has_out_port() => {
                self.refuse(say!("edit.leads_nowhere", part = node.name()));
            }
            None => {
                let kinds = crate::kinds::check::words(node.kind.leads_to().map(|k| k.kind().name()));
                self.refuse(say!("edit.nothing_to_connect", part = node.name(), kinds));
            }
            Some(first) => {
                self.gesture =
                    Gesture::Connecting { from: node.id.clone(), how: Connecting::Keys, target: Some(first.clone()) };
                self.say_target();
            }
        }
    }

    /// Proposes another target of a connection by keyboard.
    pub(in crate::session) fn next_target(&mut self, step: isize) {
        let design = self.history.now().clone();
        if let Gesture::Connecting { from, target, .. } = &mut self.gesture {
            let targets = allowed_targets(&design, from);
            let at = targets.iter().position(|t| Some(t) == target.as_ref()).unwrap_or(0) as isize;
            if !targets.is_empty() {
                *target = Some(targets[(at + step).rem_euclid(targets.len() as isize) as usize].clone());
            }
            self.say_target();
        }
    }

    fn say_target(&mut self) {
        if let Gesture::Connecting { from, target: Some(to), .. } = &self.gesture {
            let words = say!("edit.target", from = self.name(from), to = self.name(to));
            self.say(words);
        }
    }

    /// Enter: makes the connection that is being chosen, or the one that closes the gap of a deletion.
    pub(in crate::session) fn confirm(&mut self) {
        if self.gesture == Gesture::Idle && self.selection.is_empty() {
            return self.take_offer();
        }
        if let Gesture::Connecting { from, how: Connecting::Keys, target: Some(to) } = self.gesture.clone() {
            self.gesture = Gesture::Idle;
            self.connect(&from, &to);
        }
    }

    pub(in crate::session) fn press(&mut self, press: KeyPress) {
        if let Some(command) = keys::lookup(&press, Scope::Diagram) {
            self.command(command);
        }
    }

    /// Esc: ends what is under way; if nothing is, selects nothing.
    pub(in crate::session) fn escape(&mut self) {
        if self.gesture == Gesture::Idle {
            self.set_selection(Selection::default());
        } else {
            self.cancel();
        }
    }

    pub(in crate::session) fn cancel(&mut self) {
        if let Gesture::Marquee { before, .. } = std::mem::replace(&mut self.gesture, Gesture::Idle) {
            self.set_selection(before);
        }
    }

    pub(in crate::session) fn canvas(&mut self, width: f64, height: f64) {
        if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
            return;
        }
        self.view.width = width;
        self.view.height = height;
        if !self.view.moved {
            self.fit();
        }
        self.bring_wanted();
    }

    fn name(&self, id: &str) -> String {
        self.history.now().node(id).map_or(String::new(), |n| n.name().to_owned())
    }
}

/// The component that a connection let go at `at` would reach, whether or not that is allowed.
fn target_at(design: &Design, from: &NodeId, at: Point, reach: f64) -> Option<NodeId> {
    let near = (TARGET_REACH * reach).min(32.0);
    let node = hit::node_at(design, at, 0.0).or_else(|| hit::node_at(design, at, near));
    node.map(|n| n.id.clone()).filter(|id| id != from)
}

/// What a component may be connected to, from left to right: the nearest kind of the flow first.
pub fn allowed_targets(design: &Design, from: &NodeId) -> Vec<NodeId> {
    let mut nodes: Vec<_> = design.nodes.iter().filter(|n| design.may_connect(from, &n.id).is_ok()).collect();
    let rank = |n: &Node| n.kind.kind().flow_rank;
    crate::order::sort_by(&mut nodes, |a, b| rank(a).cmp(&rank(b)).then(a.x.total_cmp(&b.x)).then(a.y.total_cmp(&b.y)));
    nodes.into_iter().map(|n| n.id.clone()).collect()
}

/// The curve of the connection under way, for the diagram.
pub fn open_curve(design: &Design, gesture: &Gesture) -> Option<Curve> {
    let (from, end) = match gesture {
        Gesture::Connecting { from, how: Connecting::Pointer { end, .. }, .. } => (from, *end),
        Gesture::Connecting { from, how: Connecting::Keys, target: Some(to) } => {
            return Curve::of(design, from, to).or(None);
        }
        Gesture::Choosing { from, to: None, at, .. } => (from, *at),
        _ => return None,
    };
    let start = geometry::out_port(geometry::rect(design.node(from)?));
    Some(Curve::free(start, end))
}
