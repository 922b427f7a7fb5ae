//! How the page begins: the session that the address and the storage ask for, and what the page listens to.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use yew::Context;

use super::{App, Msg, asked, forgotten, keyboard, offline, one_file, under_way};
use crate::kata::builtin;
use crate::late::late;
use crate::session::run::help::{Helping, OpenedRungs};
use crate::session::run::progress::Progress;
use crate::session::run::sketch::Sketches;
use crate::session::{Action, Guess, Guesses, Session, Speed};
use crate::share::embed::{self, Embed, Pace};
use crate::share::one_file::OPTIONS;
use crate::share::{Saved, Theme};
use crate::ui::kit::disclosure;
use crate::ui::{exchange, focus};

late! {
    /// What a page does when all of it is here: says what was left out of the options, opens the link in its address, brings back the run that a
    /// reload has broken off, and listens to the page around.
    fn settle_in(app: &mut App) -> () {
        let faults = embed::faults(&asked::query(), asked::block(OPTIONS).as_deref());
        if !faults.is_empty() {
            app.banner(embed::words(&faults));
        }
        if app.fresh {
            one_file::take_lists(app);
        }
        app.meet_course();
        focus::keep(app.links.link.callback(|()| Msg::Late(Box::new(App::give_way))));
        app.open_waiting();
        under_way::resume(&mut app.session.borrow_mut());
        one_file::when_wanted(app);
        offline::begin(app);
        forgotten::begin(app);
        app.open_host();
    }
}

impl App {
    /// All of the page is here, or it is at its beginning and may be.
    pub(super) fn arrived(&mut self) {
        if self.settled {
            self.open_waiting();
        } else {
            self.settled = settle_in(self).is_some();
        }
        if let Some((at, answer)) = self.persistence.answer.take() {
            self.answer(at, answer);
        }
    }
}

/// The session to begin with: what the address asks for, then what was kept, then the kata's start.
pub(super) fn open(options: &Embed, kept: Option<Saved>) -> (Session, Theme) {
    let first = &builtin::scenarios()[0];
    let theme = options.theme.or(kept.as_ref().map(|k| k.theme)).unwrap_or_default();
    let scenario =
        options.scenario.or(kept.as_ref().map(|k| k.scenario.as_str())).and_then(builtin::scenario).unwrap_or(first);
    let seed = options.seed.or(kept.as_ref().map(|k| k.seed)).unwrap_or(1);
    let speed = kept.as_ref().and_then(|k| k.speed);
    let design = kept.as_ref().map_or_else(builtin::starting_design, |kept| kept.design.clone());
    let mut session = Session::new(design, scenario.clone(), seed);
    if let Some(kept) = kept {
        session.update(Action::SetSketches(Sketches::read(kept.sketches)));
        let guesses = kept.guesses.into_iter().map(|(scenario, drawn, came)| Guess { scenario, drawn, came });
        session.update(Action::SetGuesses(Guesses::read(guesses)));
        session.update(Action::SetForesights(kept.foreseen));
        session.update(Action::SetProgress(Progress::read(kept.seen, kept.best)));
        session.update(Action::Help(Helping::Take(OpenedRungs::read(kept.help))));
    }
    if let Some(pace) = options.speed.or(speed) {
        session.update(Action::SetSpeed(match pace {
            Pace::Times(times) => Speed::Times(times),
            Pace::Max => Speed::Max,
        }));
    }
    if options.is_readonly() {
        session.update(Action::SetReadonly(true));
    }
    (session, theme)
}

/// What the page listens to beside its own elements.
pub(super) fn listeners(ctx: &Context<App>, letter_keys: Rc<Cell<bool>>) -> Vec<EventListener> {
    let window = web_sys::window().expect("a page has a window");
    let document = window.document().expect("a window has a document");
    let [visibility, save, address] = [(); 3].map(|()| ctx.link().clone());
    let act = ctx.link().callback(Msg::Act);
    let dropped = exchange::receive::listen(&window, ctx.link().callback(Msg::Received));
    let own = [
        EventListener::new(&document, "visibilitychange", move |_| visibility.send_message(Msg::Visibility)),
        EventListener::new(&window, "pagehide", |_| crate::ui::focus::leave()),
        EventListener::new(&window, "hashchange", move |_| address.send_message(Msg::Address)),
        EventListener::new(&window, "pagehide", move |_| save.send_message(Msg::Save)),
        keyboard::listen(&window, letter_keys, act, ctx.link().callback(|()| Msg::Help(true))),
    ];
    own.into_iter().chain(disclosure::listen(&document)).chain(dropped).collect()
}
