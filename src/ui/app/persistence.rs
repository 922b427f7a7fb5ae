//! Keeping: saves the design, the scenario, the seed and the theme a moment after they changed, and asks when another tab has done the same.
//! Runs and notes are saved apart, and those of two tabs are merged.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Context;

use crate::record::{Notes, RunHistory};
use crate::session::run::sketch::Sketches;
use crate::session::{Action, Session, Speed};
use crate::share::{Pace, Saved, Theme, saved};
use crate::ui::app::{App, Msg, offline};
use crate::ui::crash;
use crate::ui::notices::{Answer, Banner, BannerKind};
use crate::ui::storage::{self, List, ListSaved, ListStore, Outcome, Store};

/// How long after the last change the design is saved, in milliseconds.
const SAVE_MS: u32 = 300;

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

/// A list in the browser's storage, as it was saved last, or opened.
struct PersistedList<L> {
    store: ListStore<L>,
    kept: Rc<L>,
}

impl<L: List> PersistedList<L> {
    /// The list that is kept, and words if something is not as it should be.
    fn open() -> (PersistedList<L>, L, Option<String>) {
        let (store, list, trouble) = ListStore::open();
        (PersistedList { store, kept: Rc::new(list.clone()) }, list, trouble)
    }

    fn save(&mut self, now: &Rc<L>) -> ListSaved<L> {
        if Rc::ptr_eq(now, &self.kept) { ListSaved::Done } else { self.store.save(now) }
    }
}

/// What is in the browser's storage, and what is about to be.
pub struct Persistence {
    store: Store,
    /// What was saved last, or opened; `None` before the session is there.
    kept: Option<SavedSnapshot>,
    /// What was handed over last for the recovery screen.
    handed_over: Option<SavedSnapshot>,
    saving: Option<Timeout>,
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
        let persistence =
            Persistence { store, kept: None, handed_over: None, saving: None, runs, notes, saving_lists: None, speed };
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
            crash::keep(&storage::place(), &self.text());
            self.persistence.handed_over = Some(now);
        }
    }

    /// Saves when nothing has changed for a moment.
    pub(super) fn save_soon(&mut self, ctx: &Context<Self>) {
        self.hand_over();
        if !self.persistence.has(&self.keepsake()) {
            let link = ctx.link().clone();
            self.persistence.saving = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::Save)));
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
        if self.persistence.has(&self.keepsake()) || self.banners.iter().any(|b| b.kind == BannerKind::Clash) {
            return;
        }
        let outcome = self.persistence.store.save(self.text());
        self.saved(outcome);
    }

    fn saved(&mut self, outcome: Outcome) {
        self.persistence.kept = Some(self.keepsake());
        self.persistence.saving = None;
        match outcome {
            Outcome::Done => {}
            Outcome::Clash => self.banners.push(Banner {
                text: "Another tab has saved another design since. Which one shall this browser keep?".to_owned(),
                kind: BannerKind::Clash,
            }),
            Outcome::Lost(text) => self.banners.push(Banner { text, kind: BannerKind::Told }),
        }
    }

    /// Saves the runs and notes a moment after something about them is new.
    pub(super) fn save_lists_soon(&mut self, ctx: &Context<Self>) {
        let session = self.session.borrow();
        let same = Rc::ptr_eq(session.runs(), &self.persistence.runs.kept)
            && Rc::ptr_eq(session.notes(), &self.persistence.notes.kept);
        if self.persistence.saving_lists.is_none() && !same {
            let link = ctx.link().clone();
            self.persistence.saving_lists = Some(Timeout::new(SAVE_MS, move || link.send_message(Msg::SaveLists)));
        }
    }

    pub(super) fn save_lists(&mut self) {
        self.tell_course();
        self.persistence.saving_lists = None;
        let (runs, notes) = {
            let session = self.session.borrow();
            (session.runs().clone(), session.notes().clone())
        };
        match self.persistence.runs.save(&runs) {
            ListSaved::Done => {}
            ListSaved::Merged(runs, _) => self.act(Action::RunHistory(runs)),
            ListSaved::Lost(text) => self.banners.push(Banner { text, kind: BannerKind::Told }),
        }
        match self.persistence.notes.save(&notes) {
            ListSaved::Done => {}
            ListSaved::Merged(notes, both) => self.act(Action::TakeNotes(notes, both)),
            ListSaved::Lost(text) => self.banners.push(Banner { text, kind: BannerKind::Told }),
        }
        let session = self.session.borrow();
        (self.persistence.runs.kept, self.persistence.notes.kept) = (session.runs().clone(), session.notes().clone());
    }

    pub(super) fn answer(&mut self, at: usize, answer: Answer) {
        if at < self.banners.len() {
            self.banners.remove(at);
        }
        match answer {
            Answer::Close => {}
            Answer::Leave => self.leave_visit(),
            Answer::Keep => self.keep_visit(),
            Answer::Reload => drop(offline::reload(self)),
            Answer::Mine => {
                let outcome = self.persistence.store.overwrite(self.text());
                self.saved(outcome);
            }
            Answer::Theirs => match self.persistence.store.take_theirs() {
                Some(theirs) => {
                    self.visit_is_over();
                    self.act(Action::TakeSketches(Sketches::read(theirs.sketches)));
                    self.act(Action::Import(theirs.design));
                    self.act(Action::Fit);
                    self.persistence.kept = Some(self.keepsake());
                }
                None => self.act(Action::Say("The other design can't be read. Yours stays as it is.".to_owned())),
            },
        }
    }
}
