//! A run that somebody shared: opened from a link, looked at, and kept or left.
//!
//! Meanwhile the learner's own design is what is saved: nothing of theirs is overwritten until they keep the other one. It is one step of Undo
//! away, and one press on the banner. A link comes with the address, with a change of it, or as a pasted text.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::App;
use crate::design::Design;
use crate::kata::{Scenario, builtin};
use crate::late::{self, late};
use crate::say;
use crate::session::{Action, MISSED};
use crate::share::link::{self, SharedRun};
use crate::ui::notices::{Banner, BannerKind};

/// What is the learner's while another's run is looked at.
pub struct Own {
    pub design: Rc<Design>,
    /// The session's revision of it.
    pub revision: u64,
    pub scenario: Rc<Scenario>,
    pub seed: u64,
}

#[derive(Default)]
pub struct Visit {
    /// A link that waits for what opens it.
    waiting: Option<String>,
    pub own: Option<Own>,
}

/// The fragment of the page's address.
fn fragment() -> Option<String> {
    web_sys::window()?.location().hash().ok().filter(|fragment| link::is_run(fragment))
}

/// Takes the link out of the address: what is seen is no longer what it says, and a reload must not bring it back.
fn forget_fragment() {
    let Some(window) = web_sys::window().filter(|_| fragment().is_some()) else { return };
    let location = window.location();
    let (path, query) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    if let Ok(history) = window.history() {
        // A frame without an address of its own keeps what it has.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
    }
}

/// What is done about a shared run.
enum Deed {
    /// A link is opened.
    Open(String),
    /// Back to the learner's own design.
    Leave,
    /// From now on the shared design is the learner's.
    Keep,
    /// Whatever changed the design is done: Undo may have brought the learner's own back.
    Edited(Rc<Design>),
    /// The design of another tab is taken.
    Over,
}

late! {
    fn act(app: &mut App, deed: Deed) -> () {
        match deed {
            Deed::Open(fragment) => match link::read(&fragment) {
                Ok(run) => app.look_at(run),
                Err(fault) => app.banner(fault.to_string()),
            },
            Deed::Leave => {
                if let Some(own) = app.end_visit() {
                    app.replace((*own.design).clone(), &own.scenario, own.seed);
                    app.act(Action::Say(say!("page.visit_left").to_owned()));
                }
            }
            Deed::Keep => {
                if app.end_visit().is_some() {
                    app.act(Action::SayDone(say!("page.visit_kept").to_owned()));
                }
            }
            Deed::Edited(before) => app.after_edit(&before),
            Deed::Over => drop(app.end_visit()),
        }
    }
}

impl App {
    /// The page has begun, or its address is another one: opens the link in it.
    pub(super) fn open_address(&mut self) {
        if let Some(fragment) = fragment() {
            self.open_link(fragment);
        }
    }

    /// Opens a link, at once or as soon as what opens it is here.
    pub(super) fn open_link(&mut self, fragment: String) {
        if late::is_here() {
            let _ = act(self, Deed::Open(fragment));
        } else {
            self.visit.waiting = Some(fragment);
            crate::ui::late::need();
        }
    }

    /// What opens links has come.
    pub(super) fn open_waiting(&mut self) {
        if let Some(fragment) = self.visit.waiting.take() {
            self.open_link(fragment);
        }
    }

    /// It did not come; it may still.
    pub(super) fn missed(&mut self) {
        if self.visit.waiting.is_some() {
            self.banner(MISSED.get().to_owned());
        }
    }

    pub(super) fn leave_visit(&mut self) {
        let _ = act(self, Deed::Leave);
    }

    pub(super) fn keep_visit(&mut self) {
        let _ = act(self, Deed::Keep);
    }

    pub(super) fn visit_is_over(&mut self) {
        let _ = act(self, Deed::Over);
    }

    /// The design as it is before an action, where that matters.
    pub(super) fn visited(&self) -> Option<Rc<Design>> {
        self.visit.own.as_ref().map(|_| self.session.borrow().design().clone())
    }

    /// An action is done; before it the design was this one.
    pub(super) fn edited(&mut self, before: Option<Rc<Design>>) {
        if let Some(before) = before {
            let _ = act(self, Deed::Edited(before));
        }
    }

    /// Says something that stays until it is closed; once.
    pub(super) fn banner(&mut self, text: String) {
        if self.banners.iter().all(|banner| banner.text != text) {
            self.banners.push(Banner { text, kind: BannerKind::Told });
        }
    }

    pub(super) fn look_at(&mut self, run: SharedRun) {
        let scenario = builtin::scenario(run.scenario).expect("it was read with its scenario");
        let own = self.visit.own.take().unwrap_or_else(|| {
            let session = self.session.borrow();
            Own {
                design: session.design().clone(),
                revision: session.design_revision(),
                scenario: session.scenario().clone(),
                seed: session.seed(),
            }
        });
        let text = match run.design.name.is_empty() {
            true => say!("page.shared", scenario = scenario.name, seed = run.seed),
            false => say!("page.shared_named", name = run.design.name, scenario = scenario.name, seed = run.seed),
        };
        self.open_desk(None);
        self.close_result();
        self.replace(run.design, scenario, run.seed);
        self.banners.retain(|banner| banner.kind != BannerKind::Shared);
        if *self.session.borrow().design() == own.design {
            // It is the learner's own.
            return forget_fragment();
        }
        self.visit.own = Some(own);
        self.banners.push(Banner { text, kind: BannerKind::Shared });
    }

    /// Design, scenario and seed at once; the design is one step of Undo.
    fn replace(&mut self, design: Design, scenario: &Scenario, seed: u64) {
        let readonly = self.session.borrow().is_readonly();
        self.act(Action::Cancel);
        self.act(Action::Pause);
        self.act(Action::SetScenario(Box::new(scenario.clone())));
        self.act(Action::SetSeed(seed));
        self.act(Action::SetReadonly(false));
        self.act(Action::Import(design));
        self.act(Action::SetReadonly(readonly));
        self.act(Action::Fit);
    }

    fn end_visit(&mut self) -> Option<Own> {
        let own = self.visit.own.take()?;
        self.banners.retain(|banner| banner.kind != BannerKind::Shared);
        forget_fragment();
        Some(own)
    }

    /// Undo has brought the learner's own design back: the visit is over, and scenario and seed are theirs too.
    fn after_edit(&mut self, before: &Rc<Design>) {
        let now = self.session.borrow().design().clone();
        let back = self.visit.own.as_ref().is_some_and(|own| Rc::ptr_eq(&own.design, &now));
        if back
            && !Rc::ptr_eq(before, &now)
            && let Some(own) = self.end_visit()
        {
            let mut session = self.session.borrow_mut();
            session.update(Action::SetScenario(Box::new((*own.scenario).clone())));
            session.update(Action::SetSeed(own.seed));
        }
    }
}
