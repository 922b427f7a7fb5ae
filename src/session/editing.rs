//! Edits of the design: every change is an [`Edit`] and goes through [`Session::edit_as`], which stores the undo step, analyses the design
//! again and settles what the edit means for the run, as the edit itself says: another structure ends it, another parameter becomes a
//! change of it, a move or a name is nothing to it.

use crate::lang::Text;
use crate::{say, text};
use std::rc::Rc;

use super::{Action, Command, Pick, Session};
use crate::design::edit::Effect;
use crate::design::history::Step;
use crate::design::{Design, Edit, Location, Node, NodeId};
use crate::kata::builtin;
use crate::kinds::KindId;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::{Point, Rect};
use crate::session::canvas::ghost::Ghost;
use crate::session::canvas::selection::Selection;
use crate::session::canvas::viewport::TOOLS;
use crate::session::gestures::gesture::{Connecting, Drop, Gesture};
use crate::session::gestures::insertion;
use crate::session::gestures::insertion::PlannedEdit;
use crate::session::text::edit_captions;

/// What a design is called that was made from one of the kata's and is another by now.
pub const OWN_NAME: Text = text!("edit.own_name");

/// Takes the name of one of the kata's designs from a design that is changed: it would say what is no longer so. True if it had one.
pub(in crate::session) fn own_name(design: &mut Design) -> bool {
    let has = builtin::design_names().iter().any(|name| **name == *design.name);
    if has {
        design.name = OWN_NAME.get().into();
    }
    has
}

impl Session {
    /// Whether the design may be changed; if not, says so.
    pub(super) fn may_edit(&mut self) -> bool {
        if self.readonly {
            self.refuse(say!("edit.readonly"));
        }
        !self.readonly
    }

    /// Makes one change, called `what` in the undo list. False if that was refused, which it has said.
    pub(super) fn edit_as(&mut self, edit: &Edit, what: &str, burst: Option<&str>) -> bool {
        if !self.may_edit() {
            return false;
        }
        let mut effect = edit.effect(self.history.now());
        match edit.apply(self.history.now()) {
            Ok(mut next) => {
                if !matches!(edit, Edit::Replace { .. }) && (effect.structure || effect.params) {
                    effect.names |= own_name(&mut next);
                }
                if self.history.push(next, Step { what: what.to_owned(), effect }, burst) {
                    self.changed(effect);
                }
                true
            }
            Err(why) => {
                self.refuse(why);
                false
            }
        }
    }

    /// The design is another one: what follows from that.
    fn changed(&mut self, effect: Effect) {
        self.design_revision += 1;
        self.offer = None;
        if effect.structure {
            self.build_on();
        }
        if effect.structure || effect.params || effect.names {
            self.set_selection(self.selection.within(self.history.now()));
            self.reanalyse();
        } else {
            // Only places are new: they mean nothing to what is wrong with a design, but to what is nearest.
            self.moved();
        }
        if effect.structure {
            self.gesture = Gesture::Idle;
            match self.run_has_ended() {
                true => self.outdate_run(),
                false => self.end_run(say!("run.ended_design")),
            }
        } else if effect.params {
            self.change_run();
        }
        if !self.view.moved {
            self.fit_if_outside();
        }
    }

    /// Makes one change. False if that was refused, which it has said.
    pub(super) fn edit(&mut self, edit: &Edit, burst: Option<&str>) -> bool {
        let what = edit_captions::of(edit, self.history.now());
        self.edit_as(edit, &what, burst)
    }

    pub(super) fn undo(&mut self) {
        self.step_through_history(History::Back);
    }

    pub(super) fn redo(&mut self) {
        self.step_through_history(History::Forth);
    }

    fn step_through_history(&mut self, way: History) {
        if !self.may_edit() {
            return;
        }
        self.gesture = Gesture::Idle;
        let (done, nothing) = match way {
            History::Back => (self.history.undo(), say!("edit.nothing_to_undo")),
            History::Forth => (self.history.redo(), say!("edit.nothing_to_redo")),
        };
        match done {
            Some(Step { what, effect }) => {
                let what = edit_captions::lower_first(&what);
                self.say(match way {
                    History::Back => say!("edit.undone", what),
                    History::Forth => say!("edit.redone", what),
                });
                self.changed(effect);
            }
            None => self.refuse(nothing),
        }
    }

    pub(super) fn import(&mut self, design: Design) {
        let what = if design.name.is_empty() {
            say!("edit.open").to_owned()
        } else {
            say!("edit.open_named", name = design.name)
        };
        self.gesture = Gesture::Idle;
        if self.edit_as(&Edit::Replace { design }, &what, None) {
            self.built();
            self.fit();
        }
    }

    /// Makes a planned edit and selects what is new.
    pub(super) fn take(&mut self, planned: Result<PlannedEdit, String>) {
        match planned {
            Ok(PlannedEdit { edit, added, what, words }) => {
                if self.edit_as(&edit, &what, None) {
                    self.set_selection(Selection::of(Pick::Node(added.clone())));
                    self.say_done(words);
                    self.reveal(&added);
                }
            }
            Err(why) => self.refuse(why),
        }
    }

    pub(super) fn add(&mut self, kind: KindId) {
        self.gesture = Gesture::Idle;
        if !self.may_edit() {
            return;
        }
        let near = self.view.to_diagram(self.view.centre());
        let (node, edge) = (self.selection.only_node(), self.selection.only_edge());
        let planned = insertion::add_part(self.history.now(), &self.ghosts, kind, node, edge, near);
        self.take(planned);
    }

    pub(super) fn add_alone(&mut self, kind: KindId) {
        self.gesture = Gesture::Idle;
        let near = self.view.to_diagram(self.view.centre());
        let planned = insertion::add_alone(self.history.now(), kind, near);
        self.take(Ok(planned));
    }

    pub(super) fn choose(&mut self, kind: KindId) {
        let gesture = std::mem::replace(&mut self.gesture, Gesture::Idle);
        let Gesture::Choosing { from, to, at, kinds } = gesture else { return };
        if kinds.contains(&kind) {
            let design = self.history.now();
            let planned = match to {
                Some(to) => insertion::drop_part(design, kind, at, &Drop::OnGhost { from, to }),
                None => insertion::add_after(design, kind, &from, Some(at)),
            };
            self.take(planned);
        }
    }

    /// A missing connection was pressed: asks what shall stand there, or, where nothing has to, makes it.
    pub(super) fn ask_ghost(&mut self, from: &str, to: &str) {
        let Some(ghost) = self.ghosts.iter().find(|g| &*g.from == from && &*g.to == to) else { return };
        if ghost.via.is_none() {
            return self.fill_ghost(from, to);
        }
        let kinds = insertion::choices(self.history.now(), ghost);
        let at = ghost.place(&ghost.route).map_or_else(|| ghost.route.at(0.5), |place| place.middle());
        let (from, to) = (ghost.from.clone(), Some(ghost.to.clone()));
        if self.may_edit() {
            self.gesture = Gesture::Choosing { from, to, at, kinds };
        }
    }

    pub(super) fn fill_ghost(&mut self, from: &str, to: &str) {
        let is_it = |g: &&Ghost| &*g.from == from && &*g.to == to;
        if let Some(ghost) = self.ghosts.iter().find(is_it).cloned() {
            let planned = insertion::fill_ghost(self.history.now(), &ghost);
            self.take(planned);
        }
    }

    pub(super) fn connect(&mut self, from: &NodeId, to: &NodeId) {
        if self.edit(&Edit::Connect { from: from.clone(), to: to.clone() }, None) {
            let name = |id: &str| self.history.now().node(id).map_or(String::new(), |n| n.name().to_owned());
            let words = say!("edit.is_connected", from = name(from), to = name(to));
            self.say_done(words);
        }
    }

    pub(super) fn take_offer(&mut self) {
        if let Some(offer) = self.offer.take() {
            self.connect(&offer.from, &offer.to);
        }
    }

    pub(super) fn select(&mut self, pick: Pick, add: bool) {
        let known = match &pick {
            Pick::Node(id) => self.history.now().node(id).is_some(),
            Pick::Edge(from, to) => self.history.now().edge(from, to).is_some(),
        };
        if !known {
            return;
        }
        if !add {
            return self.set_selection(Selection::of(pick));
        }
        let mut selection = (*self.selection).clone();
        selection.toggle(pick);
        self.set_selection(selection);
    }

    pub(super) fn select_all(&mut self) {
        self.set_selection(Selection::all(self.history.now()));
    }

    pub(super) fn set_selection(&mut self, selection: Selection) {
        if selection != *self.selection {
            self.selection = Rc::new(selection);
            self.history.end_burst();
        }
    }

    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::PlayOrPause => self.play_or_pause(),
            Command::ZoomIn => self.view.zoom_at(self.view.centre(), crate::session::canvas::viewport::ZOOM_STEP),
            Command::ZoomOut => {
                self.view.zoom_at(self.view.centre(), 1.0 / crate::session::canvas::viewport::ZOOM_STEP)
            }
            Command::ZoomActual => self.view.zoom_at(self.view.centre(), 1.0 / self.view.zoom),
            Command::Fit => self.fit(),
            later => self.do_later(Action::Do(later)),
        }
    }

    /// An arrow key: the next target while connecting, else a nudge of what is selected, else the view.
    pub(super) fn arrow(&mut self, dx: i32, dy: i32) {
        if matches!(self.gesture, Gesture::Connecting { how: Connecting::Keys, .. }) {
            return self.next_target(if dx + dy > 0 { 1 } else { -1 });
        }
        let (x, y) = (f64::from(dx) * geometry::GRID, f64::from(dy) * geometry::GRID);
        if self.selection.nodes.is_empty() {
            return self.view.pan(-4.0 * x, -4.0 * y);
        }
        if self.gesture == Gesture::Idle {
            self.move_selected(x, y, Some("nudge"));
        }
    }

    /// Moves what is selected, no further than the plane goes.
    pub(super) fn move_selected(&mut self, dx: f64, dy: f64, burst: Option<&str>) {
        if (dx, dy) == (0.0, 0.0) || self.selection.nodes.is_empty() {
            return;
        }
        let nodes: Vec<NodeId> = self.selection.nodes.clone();
        let all: Vec<&Rc<Node>> = nodes.iter().filter_map(|id| self.history.now().node(id)).collect();
        let (dx, dy) = geometry::inside(all.iter().map(|n| &***n), (dx, dy));
        if (dx, dy) == (0.0, 0.0) {
            return self.refuse(say!("edit.plane_ends"));
        }
        let who = match all.as_slice() {
            [one] => one.name().to_owned(),
            many => say!("edit.components", plural = many.len(), n = many.len()),
        };
        if self.edit(&Edit::Move { nodes, dx, dy }, burst) {
            self.say_done(say!("edit.moved", who, distance = edit_captions::distance(dx, dy)));
        }
    }

    /// The time of day in the run.
    pub(super) fn clock(&self) -> String {
        let seconds = u64::from(self.scenario.starts_at_s) + self.now().seconds() as u64;
        format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
    }

    pub(super) fn fit(&mut self) {
        let design = self.history.now();
        self.view.fit(geometry::bounds(design), design.nodes.len());
    }

    /// Something lies over so much of the canvas: what is selected, or what the result names, is kept in sight beside it. Where nothing or
    /// something else does from now on, the view is first as it was before, unless the learner has moved it.
    pub(super) fn cover(&mut self, right: f64, bottom: f64) {
        let other = self.view.is_covered() && self.view.covered != (right, bottom);
        self.view.covered = (right, bottom);
        if other && !self.view.moved {
            self.fit();
        }
        self.bring_wanted();
    }

    /// What is selected is seen beside what covers the canvas; where nothing is, the part that held back the run whose result it is, and those that
    /// did it at the moment that is held.
    pub(super) fn bring_wanted(&mut self) {
        let design = self.history.now();
        let ends = self.selection.edges.iter().flat_map(|(from, to)| [from, to]);
        let named = self.finished().filter(|finished| self.selection.is_empty() && !finished.passed());
        let named = named.and_then(|finished| match &finished.review.bottleneck.place {
            Location::Node { id, .. } => Some(id.as_str()),
            _ => None,
        });
        let lit = self.frozen().filter(|_| self.selection.is_empty()).map(|frozen| frozen.lit.iter());
        let ids = self.selection.nodes.iter().chain(ends).chain(lit.into_iter().flatten()).map(|id| &**id).chain(named);
        let nodes = ids.filter_map(|id| design.node(id));
        if let Some(area) = nodes.map(|node| geometry::rect(node)).reduce(Rect::with).filter(|_| self.view.is_covered())
        {
            self.view.bring(area);
        }
    }

    /// Fits the design in when some of it lies outside of what is seen.
    fn fit_if_outside(&mut self) {
        if self.view.is_covered() {
            return self.bring_wanted();
        }
        let area = geometry::bounds(self.history.now());
        let (a, b) = (
            self.view.to_canvas(Point::new(area.x, area.y)),
            self.view.to_canvas(Point::new(area.x + area.width, area.y + area.height)),
        );
        if a.x < 0.0 || a.y < 0.0 || b.x > self.view.width || b.y > self.view.height - TOOLS {
            self.fit();
        }
    }

    /// Makes sure that a component can be seen.
    fn reveal(&mut self, id: &str) {
        let Some(area) = self.history.now().node(id).map(|n| geometry::rect(n)) else { return };
        let at = self.view.to_canvas(area.middle());
        if at.x < 0.0 || at.y < 0.0 || at.x > self.view.width || at.y > self.view.height {
            self.fit();
        }
    }
}

enum History {
    Back,
    Forth,
}
