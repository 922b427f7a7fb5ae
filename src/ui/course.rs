//! The course system around the page: which one it is, how it is reached, and when it is told something. What is said is for
//! [`crate::hosts`].
//!
//! SCORM is looked for once; the others speak for themselves, by a message or through `window.WaitingRoom`, which the page's first script made
//! so that nothing that comes early is lost. All of it is in the second module. Where no course system is, nothing of this is noticed.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsValue;
use yew::Callback;

use super::shared::Shared;
use crate::hosts::jsinput::{self, Answer, Ask, Heard, JsInput};
use crate::hosts::scorm::{MAX_STATE, Scorm};
use crate::hosts::splice::{PATIENCE_MS, Splice};
use crate::hosts::{Choice, Kind, Report};
use crate::json::{self, Value};
use crate::record::score::{Score, counted};
use crate::record::{RunHistory, RunRecord};
use crate::say;
use crate::session::Action;
use crate::share::state::State;
use crate::share::{MAX_PACKED, embed, score, state};
use crate::ui::exchange::when;

pub mod js;
mod scorm;
mod work;

pub use work::Own;

/// What the first script says when the host calls one of its functions.
const ASKED: &str = "waiting-room-asked";

thread_local! {
    static END: RefCell<Option<End>> = const { RefCell::new(None) };
}

/// What is said to the learner, and done for the work that was kept to be there.
#[derive(Default)]
pub struct Begun {
    pub words: Option<&'static str>,
    pub actions: Vec<Action>,
}

/// The page's end of the line.
struct End {
    session: Shared,
    act: Callback<Action>,
    choice: Choice,
    scorm: Option<Scorm<scorm::Api>>,
    jsinput: JsInput,
    splice: Splice,
    own: Option<Own>,
    /// Whose work this is; empty until a host has said what it keeps.
    learner: String,
    /// The most points so far.
    points: f64,
    /// What the host keeps and this page can't read: it stays.
    untouchable: Option<String>,
    told_too_large: bool,
    scored: Option<Scored>,
    began_ms: f64,
    _listeners: Vec<EventListener>,
}

/// The score of these runs with so many hints.
struct Scored {
    runs: Rc<RunHistory>,
    hints: usize,
    report: Report,
    counted: Vec<Rc<RunRecord>>,
}

/// Looks for a course system, and listens for one.
pub fn begin(session: &Shared, act: &Callback<Action>, named: Option<embed::Host>) -> Begun {
    let choice = match named {
        None => Choice::Open,
        Some(embed::Host::Scorm) => Choice::Named(Kind::Scorm),
        Some(embed::Host::Jsinput) => Choice::Named(Kind::JsInput),
        Some(embed::Host::Splice) => Choice::Named(Kind::Splice),
        Some(embed::Host::None) => Choice::None,
    };
    let room = js::room();
    if choice == Choice::None {
        return Begun::default();
    }
    let window = web_sys::window().expect("a page has a window");
    let mut end = End {
        session: session.clone(),
        act: act.clone(),
        choice,
        scorm: None,
        jsinput: JsInput::default(),
        splice: Splice::new(work::new_learner()),
        own: None,
        learner: String::new(),
        points: 0.0,
        untouchable: None,
        told_too_large: false,
        scored: None,
        began_ms: js_sys::Date::now(),
        _listeners: vec![
            EventListener::new(&window, "pagehide", |_| leave()),
            EventListener::new(&window, "message", |event| heard(event)),
            EventListener::new(&window, ASKED, |_| asked()),
        ],
    };
    let begun = end.look_for_scorm();
    END.set(Some(end));
    // What came before anybody listened.
    if let Some(set) = js::get(&room, "set").and_then(|set| js::text(&set)) {
        later(with(|end| end.asked(Ask::SetState(set)).map_or_else(Vec::new, |(_, actions)| actions)));
    }
    if let Some(early) = js::get(&room, "heard") {
        Array::from(&early).iter().for_each(|event| heard(&event));
    }
    with(End::speak_first);
    begun
}

/// Something of the learner's is new and was saved; `own` is theirs while another's run is looked at.
pub fn tell(own: Option<Own>) {
    with(|end| {
        end.own = own;
        end.tell();
    });
}

/// Nothing where there is no end, or it is busy: then its host has called while it was called.
fn with<T: Default>(what: impl FnOnce(&mut End) -> T) -> T {
    END.with(|end| end.try_borrow_mut().ok().and_then(|mut end| end.as_mut().map(what)).unwrap_or_default())
}

/// Does what brings work back, when nothing is borrowed any more.
fn later(actions: Vec<Action>) {
    let act = with(|end| Some(end.act.clone()));
    if let Some(act) = act {
        actions.into_iter().for_each(|action| act.emit(action));
    }
}

/// The page goes away.
fn leave() {
    with(|end| {
        end.tell();
        let seconds = (js_sys::Date::now() - end.began_ms) / 1000.0;
        if let Some(scorm) = &mut end.scorm {
            scorm.finish(seconds as u64);
        }
    });
}

/// The host has called a function of `window.WaitingRoom`.
fn asked() {
    let room = js::room();
    let Some(asked) = js::get(&room, "asked").map(|asked| Array::from(&asked)) else { return };
    let given = js::text(&asked.get(1)).or_else(|| js::written(&asked.get(1))).unwrap_or_default();
    let ask = match asked.get(0).as_string().as_deref() {
        Some("getGrade") => Ask::Grade,
        Some("getState") => Ask::State,
        Some("setState") => Ask::SetState(given),
        _ => return,
    };
    if let Some((answer, actions)) = with(|end| end.asked(ask)) {
        js::set(&room, "answer", &answer.into());
        later(actions);
    }
}

/// A message has come.
fn heard(event: &JsValue) {
    let Some(source) = js::get(event, "source") else { return };
    let is_parent = js::parent().is_some_and(|parent| source == parent || js::is_stand_in(&parent));
    let Some(data) = js::get(event, "data").filter(|_| is_parent && source != js::window()) else { return };
    let actions = with(|end| match data.as_string() {
        Some(text) => end.hear_text(&text, &source),
        None => end.hear_object(&data, &source),
    });
    later(actions);
}

impl End {
    fn look_for_scorm(&mut self) -> Begun {
        if !self.choice.may(Kind::Scorm) {
            return Begun::default();
        }
        let Some(scorm) = scorm::begin() else {
            let words = (self.choice == Choice::Named(Kind::Scorm)).then(|| say!("course.none"));
            return Begun { words, actions: Vec::new() };
        };
        self.choice.takes(Kind::Scorm);
        let actions = self.back(scorm.state());
        self.scorm = Some(scorm);
        Begun { words: self.untouchable.as_ref().map(|_| say!("course.unreadable")), actions }
    }

    /// The first words to a host that waits for them.
    fn speak_first(&mut self) {
        let Some(parent) = js::parent() else { return };
        if self.choice == Choice::Named(Kind::JsInput) && (js::is_elsewhere(&parent) || js::is_stand_in(&parent)) {
            if let Some(ping) = self.jsinput.ping() {
                js::post(&parent, &ping, false);
            }
        } else if self.choice.may(Kind::Splice) {
            js::post(&parent, &self.splice.ask().json(), true);
            Timeout::new(PATIENCE_MS, || with(End::go_on_without)).forget();
        }
    }

    fn go_on_without(&mut self) {
        if self.splice.give_up() && self.choice == Choice::Named(Kind::Splice) {
            self.choice.takes(Kind::Splice);
            self.back("");
            self.tell();
        }
    }

    fn hear_text(&mut self, text: &str, source: &JsValue) -> Vec<Action> {
        if !self.choice.may(Kind::JsInput) {
            return Vec::new();
        }
        let Some(heard) = self.jsinput.hear_text(text) else { return Vec::new() };
        self.choice.takes(Kind::JsInput);
        self.reply(heard, source)
    }

    fn hear_object(&mut self, data: &JsValue, source: &JsValue) -> Vec<Action> {
        let bridged = js::get(data, "jsinputBridge").is_some() && self.choice.may(Kind::JsInput);
        let splice = js::get(data, "subject").is_some() && self.choice.may(Kind::Splice);
        let value = (bridged || splice).then(|| js::written(data)).flatten();
        let Some(value) = value.and_then(|text| json::read(&text).ok()) else { return Vec::new() };
        if let Some(heard) = jsinput::hear_object(&value).filter(|_| bridged) {
            self.choice.takes(Kind::JsInput);
            return self.reply(heard, source);
        }
        let Some(kept) = self.splice.hear(&value).filter(|_| splice) else { return Vec::new() };
        self.choice.takes(Kind::Splice);
        let line = kept.get("state").and_then(Value::text).unwrap_or_default();
        let actions = self.back(line);
        self.splice.had(self.points);
        actions
    }

    fn reply(&mut self, heard: Heard, source: &JsValue) -> Vec<Action> {
        match heard {
            Heard::Ready(answer) => {
                if let Some(answer) = answer {
                    js::post(source, &answer, false);
                }
                Vec::new()
            }
            Heard::Call(ask, reply) => {
                let (text, actions) = self.answer(ask);
                match reply.with(Ok(&text)) {
                    Answer::Text(text) => js::post(source, &text, false),
                    Answer::Object(value) => js::post(source, &value.json(), true),
                }
                actions
            }
        }
    }

    /// By a function of `window.WaitingRoom`: what JSInput is answered, where no other host is at work.
    fn asked(&mut self, ask: Ask) -> Option<(String, Vec<Action>)> {
        self.choice.takes(Kind::JsInput).then(|| self.answer(ask))
    }

    /// What JSInput is answered, and what is done then.
    fn answer(&mut self, ask: Ask) -> (String, Vec<Action>) {
        match ask {
            Ask::Grade => (self.scored().report.record.clone(), Vec::new()),
            Ask::State => {
                let line = self.line(MAX_PACKED).unwrap_or_default();
                (Value::map([("state", line.as_str().into())]).json(), Vec::new())
            }
            Ask::SetState(text) => {
                let kept = json::read(&text).ok();
                let line = kept.as_ref().and_then(|kept| kept.get("state")).and_then(Value::text).unwrap_or_default();
                let mut actions = self.back(line);
                if line.is_empty() {
                    actions.extend(work::begun(&self.session.borrow(), &text));
                }
                (String::new(), actions)
            }
        }
    }

    /// What the host keeps of a learner has come; empty where it keeps nothing yet. What brings it here.
    fn back(&mut self, line: &str) -> Vec<Action> {
        let session = self.session.borrow();
        let here = work::learner_here();
        let actions = match state::read(line) {
            Some(state) => {
                self.learner.clone_from(&state.learner);
                self.points = state.points;
                work::back(&session, &state, here.as_ref() == Some(&state.learner))
            }
            None if line.is_empty() => {
                self.learner = work::new_learner();
                // What is here was another learner's, or of another attempt.
                if here.is_some() { work::anew(&session) } else { Vec::new() }
            }
            None => {
                self.untouchable = Some(line.to_owned());
                Vec::new()
            }
        };
        if !self.learner.is_empty() {
            work::keep_learner(&self.learner);
        }
        actions
    }

    /// The score of the runs as they are now.
    fn scored(&mut self) -> &Scored {
        let session = self.session.borrow();
        let (runs, hints) = (session.runs(), session.opened().count());
        let is_it = |scored: &Scored| Rc::ptr_eq(&scored.runs, runs) && scored.hints == hints;
        if !self.scored.as_ref().is_some_and(is_it) {
            let score = Score::of(runs, hints as u64);
            let when = score.run.as_ref().map(|run| when::of(run));
            let report = Report {
                points: score.points,
                mastered: score.mastered,
                scored: score.run.is_some(),
                record: score::to_value(&score, when).json(),
            };
            self.points = self.points.max(score.points);
            self.scored = Some(Scored { runs: runs.clone(), hints, report, counted: counted(runs, &score) });
        }
        self.scored.as_ref().expect("it was made")
    }

    /// What the host is to keep, in so many characters.
    fn line(&mut self, most: usize) -> Option<String> {
        if self.untouchable.is_some() {
            return self.untouchable.clone();
        }
        if self.learner.is_empty() {
            // The host has said nothing of what it keeps.
            self.learner = work::learner_here().unwrap_or_else(work::new_learner);
            work::keep_learner(&self.learner);
        }
        let runs = self.scored().counted.clone();
        let saved = work::saved(&self.session.borrow(), self.own.as_ref());
        let state = State { learner: self.learner.clone(), points: self.points, saved, runs };
        state::write(&state, most)
    }

    /// Tells the host at work what is new.
    fn tell(&mut self) {
        match self.choice.at_work() {
            Some(Kind::Scorm) => {
                let line = self.line(MAX_STATE);
                if line.is_none() && !std::mem::replace(&mut self.told_too_large, true) {
                    self.act.emit(Action::Say(say!("course.too_large").to_owned()));
                }
                let (report, line) = (self.scored().report.clone(), line.filter(|_| self.untouchable.is_none()));
                if let Some(scorm) = &mut self.scorm {
                    scorm.report(&report, line);
                }
            }
            Some(Kind::Splice) => {
                let line = self.line(MAX_PACKED).unwrap_or_default();
                let report = self.scored().report.clone();
                if let Some((message, parent)) = self.splice.report(&report, &line).zip(js::parent()) {
                    js::post(&parent, &message.json(), true);
                }
            }
            // It asks when it wants to know.
            Some(Kind::JsInput) | None => {}
        }
    }
}
