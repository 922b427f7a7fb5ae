//! Earlier states of the design, to go back to: kept when a run begins, before another design takes the place of the learner's, and now and then.
//!
//! What another's run shows is not the learner's, and the design that all begin with needs no keeping.

use std::rc::Rc;

use super::App;
use super::persistence::PersistedList;
use crate::design::Design;
use crate::kata::builtin;
use crate::late::late;
use crate::record::states::{EDITED_MS, State, States, Why, is_replaced};
use crate::say;
use crate::session::Action;
use crate::ui::earlier::when;
use crate::ui::notices::{Banner, BannerKind};
use crate::ui::storage::{Answer, Heard};

#[derive(Default)]
pub struct Earlier {
    kept: Option<PersistedList<States>>,
    states: Rc<States>,
    /// The design and the number of the run when this was looked at last, and whether another's was looked at.
    seen: Option<Rc<Design>>,
    run: u64,
    visiting: bool,
    /// When what stands in question between two tabs was kept, in milliseconds since 1970.
    aside: Option<u64>,
    /// When the learner began to edit, in milliseconds since 1970.
    since_ms: u64,
}

late! {
    fn look(app: &mut App) -> () {
        let (now, run, readonly) = {
            let session = app.session.borrow();
            (session.design().clone(), session.run_number(), session.is_readonly())
        };
        let at_ms = js_sys::Date::now() as u64;
        let earlier = &mut app.earlier;
        if earlier.kept.is_none() {
            // What is wrong with it costs nothing but a state to go back to.
            let (kept, states, _) = PersistedList::open();
            (earlier.kept, earlier.states, earlier.since_ms) = (Some(kept), Rc::new(states), at_ms);
        }
        let before = earlier.seen.replace(now.clone());
        let begins = std::mem::replace(&mut earlier.run, run) != run;
        let visiting = app.visit.own.is_some();
        let visited = std::mem::replace(&mut earlier.visiting, visiting);
        let last = earlier.states.list().first().map_or(0, |state| state.at_ms).max(earlier.since_ms);
        let (why, design) = match before {
            _ if readonly || visited => return,
            _ if begins && !visiting => (Why::Run, now),
            Some(before) if is_replaced(&before, &now) => (Why::Replaced, before),
            Some(before) if !visiting && at_ms.saturating_sub(last) >= EDITED_MS => (Why::Edited, before),
            _ => return,
        };
        if !design.nodes.is_empty() && *design != builtin::starting_design() {
            Rc::make_mut(&mut earlier.states).add(State { at_ms, why, design });
            app.save_states();
        }
    }
}

late! {
    fn set_aside(app: &mut App, theirs: Option<Design>) -> () {
        if app.earlier.kept.is_none() {
            let _ = look(app);
        }
        let own = || app.visit.own.as_ref().map_or_else(|| app.session.borrow().design().clone(), |own| own.design.clone());
        let design = theirs.map_or_else(own, Rc::new);
        let earlier = &mut app.earlier;
        let known = earlier.states.list().iter().any(|state| state.design == design);
        if known || design.nodes.is_empty() || *design == builtin::starting_design() {
            return;
        }
        let at_ms = js_sys::Date::now() as u64;
        let states = Rc::make_mut(&mut earlier.states);
        // Of one's own the last counts.
        earlier.aside.replace(at_ms).into_iter().for_each(|before| states.remove(before));
        states.add(State { at_ms, why: Why::Replaced, design });
        app.save_states();
    }
}

late! {
    fn go_back(app: &mut App, at_ms: u64) -> () {
        let found = app.earlier.states.list().iter().find(|state| state.at_ms == at_ms).cloned();
        if let Some(state) = found {
            app.open_desk(None);
            app.act(Action::Pause);
            app.act(Action::Import((*state.design).clone()));
            app.act(Action::Fit);
            app.act(Action::SayDone(say!("page.back_to", when = when(&state))));
        }
    }
}

late! {
    fn hear(app: &mut App, answer: Answer) -> () {
        let heard = app.earlier.kept.as_mut().and_then(|kept| kept.hear(answer));
        if matches!(heard, Some(Heard::Theirs(_))) {
            app.save_states();
        }
    }
}

impl App {
    /// Looks whether there is a state to keep.
    pub(super) fn look_for_states(&mut self) {
        let session = self.session.borrow();
        let seen = self.earlier.seen.as_ref().is_some_and(|seen| Rc::ptr_eq(seen, session.design()));
        let same = seen && self.earlier.run == session.run_number();
        drop(session);
        if !same {
            let _ = look(self);
        }
    }

    pub(super) fn earlier_states(&self) -> &Rc<States> {
        &self.earlier.states
    }

    /// To the design of that time, as one undo step.
    pub(super) fn go_back(&mut self, at_ms: u64) {
        let _ = go_back(self, at_ms);
    }

    pub(super) fn heard_states(&mut self, answer: Answer) {
        let _ = hear(self, answer);
    }

    /// Another tab has saved another design: asks which one is to be kept. This one is not lost while that is not answered.
    pub(super) fn clash(&mut self) {
        self.banners.retain(|banner| banner.kind != BannerKind::Clash);
        self.banners.push(Banner { text: say!("page.clash").to_owned(), kind: BannerKind::Clash });
        self.earlier.aside = None;
        self.set_aside(None);
    }

    /// Keeps the learner's design among the earlier ones, or another tab's in its place.
    pub(super) fn set_aside(&mut self, theirs: Option<Design>) {
        let _ = set_aside(self, theirs);
    }

    /// Where there is no room for them the design's own words say so.
    fn save_states(&mut self) {
        let Some(kept) = &mut self.earlier.kept else { return };
        if let (_, Some((all, _))) = kept.save(&self.earlier.states) {
            self.earlier.states = Rc::new(all);
        }
    }
}
