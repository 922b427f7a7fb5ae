//! The page around, where this one stands in a frame: what it says is done as the learner would do it, and it is told what happens.
//!
//! Only the parent is heard (`static/boot.js` sees to that; what comes early waits there). That the page listens, and how high a frame it needs,
//! any parent may know. What the learner does is told to one that has asked for something, and to its origin alone, so that a page which
//! only frames this one, or takes the place of one that asked, learns nothing. An origin without a name (a file, a sandbox) can't be
//! aimed at: there the parent is told, whoever it is.
//!
//! Under JSInput, whose host takes every message for JSON, nothing is said that was not asked for. All of it comes with the second module.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

use super::App;
use crate::json;
use crate::kata::builtin;
use crate::late::late;
use crate::record::receipt::Receipt;
use crate::record::{RunRecord, Score};
use crate::session::{Action, RunState, Session, Speed};
use crate::share::embed::{Embed, Host as HostKind};
use crate::share::link::{self, SharedRun};
use crate::share::message::room::Room;
use crate::share::message::telling::{Standing, Tell, Telling};
use crate::share::message::{self, Message, told};
use crate::share::{Pace, Theme};
use crate::ui::{focus, theme};

/// Any origin: for what any parent may know.
const ANY: &str = "*";
/// What a browser calls the origin of a file or a sandbox.
const UNNAMED: &str = "null";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn listen(take: &JsValue);

    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn say(text: &str, origin: &str);

    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn seen(then: &JsValue);
}

/// What happens around the page.
pub enum HostEvent {
    /// The parent has said something: JSON, and its origin.
    Heard(String, String),
    Resized,
    /// The page is in sight.
    Seen,
    /// It is time to look what is to be told.
    Look,
}

/// A page around this one.
pub struct Host {
    /// The origin that has asked, and what it has been told.
    asked: Option<(String, Telling)>,
    room: Room,
    /// Says nothing that was not asked for.
    quiet: bool,
    again: Option<Timeout>,
    on_event: Callback<HostEvent>,
    _resized: EventListener,
}

late! {
    fn begin(app: &mut App) -> () {
        let Some(window) = web_sys::window().filter(|_| focus::is_framed()) else { return };
        let on_event = app.links.host.clone();
        let resized = on_event.reform(|()| HostEvent::Resized);
        app.host = Some(Host {
            asked: None,
            room: Room::default(),
            quiet: app.options.host == Some(HostKind::Jsinput),
            again: None,
            on_event: on_event.clone(),
            _resized: EventListener::new(&window, "resize", move |_| resized.emit(())),
        });
        if app.options.autoplay {
            let on_event = on_event.clone();
            seen(&Closure::once_into_js(move || on_event.emit(HostEvent::Seen)));
        }
        app.tell_any(&told::ready(&builtin::kata().id));
        app.tell_any(r#"{"context":"h5p","action":"hello"}"#);
        app.ask_for_room();
        let heard = Closure::<dyn Fn(String, String)>::new(move |text, origin| on_event.emit(HostEvent::Heard(text, origin)));
        // Heard as long as the page is there.
        listen(&heard.into_js_value());
    }
}

late! {
    fn take(app: &mut App, event: HostEvent) -> () {
        match event {
            HostEvent::Heard(text, origin) => app.heard(&text, &origin),
            HostEvent::Resized => app.ask_for_room(),
            // What was begun or is over needs no beginning.
            HostEvent::Seen if matches!(app.session.borrow().playback().state, RunState::Ready | RunState::Paused) => app.act(Action::Play),
            HostEvent::Seen => {}
            HostEvent::Look => {
                if let Some(host) = &mut app.host {
                    host.again = None;
                }
            }
        }
    }
}

late! {
    fn tell(app: &mut App) -> () {
        app.tell_news();
    }
}

impl App {
    /// In a frame: listens from now on.
    pub(super) fn open_host(&mut self) {
        let _ = begin(self);
    }

    pub(super) fn host_event(&mut self, event: HostEvent) {
        let _ = take(self, event);
    }

    /// Something may have happened: tells the page around.
    pub(super) fn tell_host(&mut self) {
        if self.host.is_some() {
            let _ = tell(self);
        }
    }

    fn tell_any(&self, text: &str) {
        if self.host.as_ref().is_some_and(|host| !host.quiet) {
            say(text, ANY);
        }
    }

    /// Asks for a higher frame, in the ways of Canvas, Open edX and H5P; each passes over the others.
    fn ask_for_room(&mut self) {
        let now_ms = self.frames.now_ms();
        let Some((host, (width, height))) = self.host.as_mut().filter(|host| !host.quiet).zip(size()) else { return };
        let Some(wanted) = host.room.ask(width, height, now_ms) else { return };
        self.tell_any(&told::resize(wanted));
        self.tell_any(&format!(r#"{{"subject":"lti.frameResize","height":{wanted}}}"#));
        self.tell_any(&format!(r#"{{"type":"plugin.resize","payload":{{"height":{wanted}}}}}"#));
        self.answer_h5p("prepareResize");
    }

    /// H5P's own resizer, which asks before it resizes.
    fn answer_h5p(&self, action: &str) {
        let wanted = self.host.as_ref().and_then(|host| host.room.last());
        if let Some((wanted, (_, height))) = wanted.zip(size()) {
            self.tell_any(&format!(
                r#"{{"context":"h5p","action":"{action}","scrollHeight":{wanted},"clientHeight":{height}}}"#
            ));
        }
    }

    fn heard(&mut self, text: &str, origin: &str) {
        let Some(read) = message::read(text) else { return self.heard_of_others(text) };
        let origin = if origin == UNNAMED { ANY } else { origin };
        if let Some(host) = &mut self.host
            && host.asked.as_ref().is_none_or(|(asked, _)| asked != origin)
        {
            host.asked = Some((origin.to_owned(), Telling::new(standing(&self.session.borrow()))));
        }
        let done = match read {
            Ok(message) => self.obey(message),
            Err(fault) => Err(fault.to_string()),
        };
        if let Err(why) = done {
            self.tell_asked(&told::error(&why));
        }
    }

    /// What is no message of ours: H5P's resizer, which prepares for the page or asks what it needs. The adapters of course systems belong here.
    fn heard_of_others(&mut self, text: &str) {
        let Ok(value) = json::read(text) else { return };
        let field = |key: &str| value.get(key).and_then(json::Value::text);
        match (field("context"), field("action")) {
            (Some("h5p"), Some("ready")) => self.tell_any(r#"{"context":"h5p","action":"hello"}"#),
            (Some("h5p"), Some("hello" | "resize")) => self.answer_h5p("prepareResize"),
            (Some("h5p"), Some("resizePrepared")) => self.answer_h5p("resize"),
            _ => {}
        }
    }

    fn tell_asked(&self, text: &str) {
        if let Some((origin, _)) = self.host.as_ref().and_then(|host| host.asked.as_ref()) {
            say(text, origin);
        }
    }

    /// Does what the page around asks for; otherwise why not, in the learner's words.
    fn obey(&mut self, message: Message) -> Result<(), String> {
        let before = self.last_word();
        match message {
            Message::LoadDesign(design) => {
                let (scenario, seed) = {
                    let session = self.session.borrow();
                    (session.scenario().id.clone(), session.seed())
                };
                let scenario = builtin::scenario(&scenario).ok_or("The scenario that is open is none of the kata.")?;
                self.look_at(SharedRun { design: *design, scenario: &scenario.id, seed });
            }
            Message::LoadRun(run) => self.look_at(*run),
            Message::Set(options) => self.set(*options),
            Message::Play => self.act(Action::Play),
            Message::Pause => self.act(Action::Pause),
            Message::Reset => self.reset(),
            Message::GetResult => self.tell_asked(&self.latest_result()),
        }
        // What the session refuses it says to the learner; whoever asked hears the same.
        match self.last_word() {
            after if after != before => after.map_or(Ok(()), |(_, why)| Err(why)),
            _ => Ok(()),
        }
    }

    /// The notice that is there, if it refuses something.
    fn last_word(&self) -> Option<(u64, String)> {
        let session = self.session.borrow();
        session.notice().filter(|notice| notice.refused).map(|notice| (notice.serial, notice.text.clone()))
    }

    fn set(&mut self, options: Embed) {
        if let Some(scenario) = options.scenario.and_then(builtin::scenario) {
            self.act(Action::SetScenario(Box::new(scenario.clone())));
        }
        if let Some(seed) = options.seed {
            self.act(Action::SetSeed(seed));
        }
        if let Some(pace) = options.speed {
            self.act(Action::SetSpeed(match pace {
                Pace::Times(times) => Speed::Times(times),
                Pace::Max => Speed::Max,
            }));
        }
        if let Some(theme) = options.theme {
            self.dress(theme);
        }
    }

    pub(super) fn dress(&mut self, theme: Theme) {
        self.theme = theme;
        theme::apply(theme);
    }

    /// Tells an asker what is new.
    fn tell_news(&mut self) {
        let (now, now_ms) = (standing(&self.session.borrow()), self.frames.now_ms());
        let Some(host) = &mut self.host else { return };
        let Some((_, telling)) = &mut host.asked else { return };
        let (news, again) = telling.look(now, now_ms);
        if host.again.is_none()
            && let Some(ms) = again
        {
            let on_event = host.on_event.clone();
            host.again = Some(Timeout::new(ms.ceil() as u32, move || on_event.emit(HostEvent::Look)));
        }
        for news in news {
            let over = matches!(news, Tell::Result);
            if let Some(text) = self.news(news) {
                self.tell_asked(&text);
            }
            if over {
                self.tell_asked(&self.score());
            }
        }
    }

    fn news(&self, news: Tell) -> Option<String> {
        let session = self.session.borrow();
        let (scenario, seed) = (session.scenario().id.as_str(), session.seed());
        Some(match news {
            Tell::RunStarted => told::run_started(scenario, seed),
            Tell::Progress => told::progress(session.simulation()?),
            Tell::Result => {
                let finished = session.finished()?;
                self.result_of(&RunRecord::of(&finished.origin, &finished.verdict, &finished.digest, 1))
            }
            Tell::DesignChanged => told::design_changed(link::write(session.design(), scenario, seed)),
        })
    }

    /// The last scored run of the learner's, at this visit or an earlier one.
    fn latest_result(&self) -> String {
        let session = self.session.borrow();
        match session.runs().list().iter().find(|run| !run.is_exploration()) {
            Some(run) => self.result_of(run),
            None => told::no_result(&session.scenario().id, session.seed()),
        }
    }

    fn score(&self) -> String {
        let session = self.session.borrow();
        let score = Score::of(session.runs(), session.opened().count() as u64);
        told::score(&score, js_sys::Date::new_0().to_iso_string().as_string())
    }

    fn result_of(&self, run: &RunRecord) -> String {
        let hints = self.session.borrow().opened().count() as u64;
        let receipt = Receipt::of(run, hints, js_sys::Date::new_0().to_iso_string().as_string());
        told::result(run, receipt.as_ref())
    }
}

/// The frame's width and height, in CSS pixels.
fn size() -> Option<(f64, f64)> {
    let window = web_sys::window()?;
    Some((window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?))
}

fn standing(session: &Session) -> Standing {
    let state = session.playback().state;
    Standing {
        run: session.simulation().map(|_| session.run_number()),
        over: state == RunState::Over && session.finished().is_some(),
        run_revision: session.run_revision(),
        design_revision: session.design_revision(),
    }
}
