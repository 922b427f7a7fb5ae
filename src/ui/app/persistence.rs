//! Keeping: saves the design, the scenario, the seed and the theme a moment after they changed and when the page is hidden, and asks when
//! another tab has done the same. Runs, notes and earlier states are saved apart, and those of two tabs are merged. What was not kept is tried
//! again with the next change.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Context;

use crate::late::{self, late};
use crate::record::{Notes, RunHistory};
use crate::say;
use crate::session::{Action, Session, Speed};
use crate::share::{Pace, Saved, Theme, saved};
use crate::ui::app::{App, Msg};
use crate::ui::crash;
use crate::ui::notices::{Answer, Banner, BannerKind};
use crate::ui::storage::{self, Answer as StorageAnswer, Heard, List, ListSaved, ListStore, Outcome, Store};

mod answers;

/// How long after a change all is saved, in milliseconds: what is changed meanwhile is saved with it. The rest of the 300 that a change may
/// take until it is safe is the database's.
const SAVE_MS: u32 = 150;

/// Tells what is there from what was kept, without writing it out.
#[derive(Clone, Debug, PartialEq)]
struct SavedSnapshot {
    design_revision: u64,
    scenario: String,
    seed: u64,
    theme: Theme,
    speed: Speed,
    letter_keys: bool,
    sketches: u64,
    guesses: u64,
    foreseen: String,
    /// How many items of the checklist are ticked: they are never taken back.
    seen: usize,
    /// Rungs opened, and questions answered.
    help: (usize, usize),
    best: Vec<(String, f64)>,
}

impl SavedSnapshot {
    fn of(session: &Session, theme: Theme, letter_keys: bool) -> SavedSnapshot {
        SavedSnapshot {
            design_revision: session.design_revision(),
            scenario: session.scenario().id.clone(),
            seed: session.seed(),
            theme,
            speed: session.playback().speed,
            letter_keys,
            sketches: session.sketches().revision(),
            guesses: session.guesses().revision(),
            foreseen: session.foresights().to_owned(),
            seen: session.progress().seen().len(),
            help: (
                session.opened().count(),
                session.opened().kept().iter().filter(|(.., said)| said.is_some()).count(),
            ),
            best: session.progress().bests().to_vec(),
        }
    }
}

/// A list in the browser's storage, as it was tried to be saved last, or opened.
pub(super) struct PersistedList<L> {
    store: ListStore<L>,
    kept: Rc<L>,
}

impl<L: List> PersistedList<L> {
    /// The list that is kept, and words if something is not as it should be.
    pub(super) fn open() -> (PersistedList<L>, L, Option<String>) {
        let (store, list, trouble) = ListStore::open();
        (PersistedList { store, kept: Rc::new(list.clone()) }, list, trouble)
    }

    /// Saves it, and what another tab has done to it: that is given back too, with in how many places both changed the same.
    pub(super) fn save(&mut self, now: &Rc<L>) -> (ListSaved<L>, Option<(L, usize)>) {
        if Rc::ptr_eq(now, &self.kept) && !self.store.is_due() {
            return (ListSaved::Done, None);
        }
        self.kept = now.clone();
        match self.store.save(now) {
            ListSaved::Merged(all, both) => (self.store.save(&all), Some((all, both))),
            saved => (saved, None),
        }
    }

    pub(super) fn hear(&mut self, answer: StorageAnswer) -> Option<Heard> {
        self.store.hear(answer)
    }
}

/// What is in the browser's storage, and what is about to be.
pub struct Persistence {
    store: Store,
    /// What was saved last, or opened; `None` before the session is there.
    kept: Option<SavedSnapshot>,
    /// What was tried to be saved last.
    tried: Option<SavedSnapshot>,
    /// What is not kept now.
    lost: Vec<&'static str>,
    /// What was handed over last for the recovery screen.
    handed_over: Option<SavedSnapshot>,
    saving: Option<Timeout>,
    /// To a banner, pressed before there was what does it.
    pub(super) answer: Option<(usize, Answer)>,
    runs: PersistedList<RunHistory>,
    notes: PersistedList<Notes>,
    saving_lists: Option<Timeout>,
    /// The speed that was kept when the page began.
    speed: Option<Pace>,
}

/// What was in the storage when the page began.
pub struct Opened {
    pub persistence: Persistence,
    pub saved: Option<Saved>,
    pub runs: RunHistory,
    pub notes: Notes,
    /// What is not as it should be, in words.
    pub troubles: Vec<String>,
}

impl Persistence {
    pub fn open() -> Opened {
        let (store, saved, trouble) = Store::open();
        let (runs, run_list, no_runs) = PersistedList::open();
        let (notes, note_list, no_notes) = PersistedList::open();
        let speed = saved.as_ref().and_then(|saved| saved.speed);
        let persistence = Persistence {
            store,
            kept: None,
            tried: None,
            lost: Vec::new(),
            handed_over: None,
            saving: None,
            answer: None,
            runs,
            notes,
            saving_lists: None,
            speed,
        };
        let troubles = [trouble, no_runs, no_notes].into_iter().flatten().collect();
        Opened { persistence, saved, runs: run_list, notes: note_list, troubles }
    }

    /// Gives the session its runs and notes; what it then is, is what is kept.
    pub fn begin(&mut self, session: &mut Session, runs: RunHistory, notes: Notes, theme: Theme, letter_keys: bool) {
        session.update(Action::RunHistory(runs));
        session.update(Action::TakeNotes(notes, 0));
        (self.runs.kept, self.notes.kept) = (session.runs().clone(), session.notes().clone());
        self.kept = Some(SavedSnapshot::of(session, theme, letter_keys));
    }

    /// What is saved outlives this visit.
    pub fn keeps(&self) -> bool {
        self.store.keeps()
    }

    fn has(&self, snapshot: &SavedSnapshot) -> bool {
        self.kept.as_ref() == Some(snapshot)
    }
}

late! {
    fn save_lists(app: &mut App) -> () {
        app.persistence.saving_lists = None;
        let (runs, notes) = {
            let session = app.session.borrow();
            (session.runs().clone(), session.notes().clone())
        };
        let (saved, merged) = app.persistence.runs.save(&runs);
        app.saved_list(storage::RUNS, saved);
        if let Some((runs, _)) = merged {
            app.act(Action::RunHistory(runs));
            app.persistence.runs.kept = app.session.borrow().runs().clone();
        }
        let (saved, merged) = app.persistence.notes.save(&notes);
        app.saved_list(storage::NOTES, saved);
        if let Some((notes, both)) = merged {
            app.act(Action::TakeNotes(notes, both));
            app.persistence.notes.kept = app.session.borrow().notes().clone();
        }
    }
}

late! {
    fn hear(app: &mut App, answer: StorageAnswer) -> () {
        let what = answer.what;
        let heard = match what {
            storage::RUNS => app.persistence.runs.hear(answer),
            storage::NOTES => app.persistence.notes.hear(answer),
            _ => return app.heard_states(answer),
        };
        match heard {
            Some(Heard::Kept) => app.lost(what, false),
            Some(Heard::Full) => app.lost(what, true),
            Some(Heard::Theirs(_)) => app.save_lists(),
            None => {}
        }
    }
}

impl App {
    /// What would be kept now.
    fn keepsake(&self) -> SavedSnapshot {
        let now = SavedSnapshot::of(&self.session.borrow(), self.theme, self.letter_keys.get());
        match &self.visit.own {
            Some(own) => SavedSnapshot {
                design_revision: own.revision,
                scenario: own.scenario.id.clone(),
                seed: own.seed,
                ..now
            },
            None => now,
        }
    }

    /// Gives the recovery screen what it would have to offer now.
    pub(super) fn hand_over(&mut self) {
        let now = self.keepsake();
        if self.persistence.handed_over.as_ref() != Some(&now) {
            crash::keep(&storage::place_of_design(), &self.text());
            self.persistence.handed_over = Some(now);
        }
    }

    /// Saves in a moment, unless that was tried and nothing has changed since.
    pub(super) fn save_soon(&mut self, ctx: &Context<Self>) {
        self.hand_over();
        if self.persistence.saving.is_none() {
            let now = self.keepsake();
            if !self.persistence.has(&now) && self.persistence.tried.as_ref() != Some(&now) {
                let link = ctx.link().clone();
                self.persistence.saving = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::Save)));
            }
        }
    }

    /// The text to keep.
    pub(super) fn text(&self) -> String {
        let session = self.session.borrow();
        let (design, scenario, seed) = match &self.visit.own {
            Some(own) => (&own.design, &own.scenario, own.seed),
            None => (session.design(), session.scenario(), session.seed()),
        };
        saved::write(&Saved {
            design: (**design).clone(),
            scenario: scenario.id.clone(),
            seed,
            theme: self.theme,
            speed: self.kept_speed(session.playback().speed),
            letter_keys: self.letter_keys.get(),
            sketches: session.sketches().points().map(|(id, points)| (id.to_owned(), points.to_vec())).collect(),
            guesses: session.guesses().list().iter().map(|g| (g.scenario.clone(), g.drawn, g.came)).collect(),
            foreseen: session.foresights().to_owned(),
            seen: session.progress().seen().to_vec(),
            help: session.opened().kept().to_vec(),
            best: session.progress().bests().to_vec(),
        })
    }

    /// The speed to keep: what an address asks for is of this visit alone.
    fn kept_speed(&self, now: Speed) -> Option<Pace> {
        let now = match now {
            Speed::Times(times) => Pace::Times(times),
            Speed::Max => Pace::Max,
        };
        if self.options.speed == Some(now) { self.persistence.speed } else { Some(now) }
    }

    pub(super) fn save(&mut self) {
        self.tell_course();
        self.persistence.saving = None;
        let now = self.keepsake();
        if self.persistence.has(&now) {
            return;
        }
        self.persistence.tried = Some(now);
        if self.banners.iter().all(|b| b.kind != BannerKind::Clash) {
            let outcome = self.persistence.store.save(&self.text());
            self.saved(outcome);
        } else {
            self.set_aside(None);
        }
    }

    fn saved(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done => {
                self.persistence.kept = self.persistence.tried.clone();
                self.lost(storage::DESIGN, false);
            }
            Outcome::Asked => {}
            Outcome::Clash => self.clash(),
            Outcome::Full => self.lost(storage::DESIGN, true),
            Outcome::Lost(text) => self.banner(text),
        }
    }

    /// Says that something is not kept now, until it is.
    fn lost(&mut self, what: &'static str, now: bool) {
        let lost = &mut self.persistence.lost;
        let begins = now && lost.is_empty();
        lost.retain(|other| *other != what);
        if now {
            lost.push(what);
        }
        if lost.is_empty() {
            self.banners.retain(|banner| banner.kind != BannerKind::Lost);
        } else if begins {
            self.banners.push(Banner { text: say!("page.full").to_owned(), kind: BannerKind::Lost });
        }
    }

    /// The database has answered.
    pub(super) fn stored(&mut self, answer: StorageAnswer) {
        if answer.what == storage::DESIGN {
            let outcome = self.persistence.store.hear(answer);
            outcome.into_iter().for_each(|outcome| self.saved(outcome));
        } else {
            let _ = hear(self, answer);
        }
    }

    /// Saves the runs and notes a moment after something about them is new.
    pub(super) fn save_lists_soon(&mut self, ctx: &Context<Self>) {
        let session = self.session.borrow();
        let same = Rc::ptr_eq(session.runs(), &self.persistence.runs.kept)
            && Rc::ptr_eq(session.notes(), &self.persistence.notes.kept);
        if self.persistence.saving_lists.is_none() && !same && late::is_here() {
            let link = ctx.link().clone();
            self.persistence.saving_lists = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::SaveLists)));
        }
    }

    /// Saves them at once, as soon as what writes them is here.
    pub(super) fn save_lists(&mut self) {
        self.tell_course();
        let _ = save_lists(self);
    }

    fn saved_list<L>(&mut self, what: &'static str, saved: ListSaved<L>) {
        match saved {
            ListSaved::Done => self.lost(what, false),
            ListSaved::Full => self.lost(what, true),
            ListSaved::Lost(text) => self.banner(text),
            ListSaved::Asked | ListSaved::Merged(..) => {}
        }
    }
}
