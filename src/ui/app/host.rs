//! The page around, where this one stands in a frame: what it says is done as the learner would do it, and it is told what happens.
//!
//! Only the parent is heard (`static/boot.js` sees to that; what comes early waits there), and only the parent is told: a page that merely listens
//! hears of each run. Who has said something is told by its origin from then on; an origin without a name (a file, a sandbox) can't be aimed at.
//! To hold news back until somebody asks would keep nothing from anybody, since whoever has this page in a frame can ask.
//!
//! Under JSInput, whose host takes every message for JSON, nothing is said that was not asked for. All of it comes with the second module.

use std::cell::RefCell;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::MessageEvent;
use yew::html::Scope;

use super::ticks::ticks;
use super::{App, Msg, language};
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
use crate::ui::exchange::when;
use crate::ui::{focus, theme};

/// Any origin: for a parent that has said nothing yet.
const ANY: &str = "*";
/// What a browser calls the origin of a file or a sandbox.
const UNNAMED: &str = "null";
/// Between two steps of a run out of sight, and for a step at most, in milliseconds.
const UNSEEN_MS: u32 = 50;
const UNSEEN_BUDGET_MS: f64 = 40.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn listen(take: &JsValue);

    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn say(text: &str, origin: &str);

    #[wasm_bindgen(js_namespace = waitingRoom)]
    fn seen(then: &JsValue);
}

/// A page around this one.
struct Host {
    /// The origin that has said something.
    asked: Option<String>,
    telling: Telling,
    room: Room,
    /// Says nothing that was not asked for.
    quiet: bool,
    again: Option<Timeout>,
    /// The next step of a run out of sight.
    unseen: Option<Timeout>,
    _resized: EventListener,
}

thread_local! {
    /// There once this page listens. It is no field of the page's, so that the first module knows nothing of it.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// What is done with the page when something happens around it.
fn on(link: &Scope<App>, deed: fn(&mut App)) -> impl Fn() + 'static {
    let link = link.clone();
    move || link.send_message(Msg::Late(Box::new(deed)))
}

late! {
    /// Something may have happened: tells the page around.
    pub(super) fn tell(app: &App) -> () {
        app.tell_news();
    }
}

impl App {
    /// In a frame: listens from now on, tells that it does, and begins to play once it is seen, if it is to.
    pub(super) fn open_host(&mut self) {
        let Some(window) = web_sys::window().filter(|_| focus::is_framed()) else { return };
        let link = self.links.link.clone();
        let resized = on(&link, |app| app.ask_for_room());
        HOST.set(Some(Host {
            asked: None,
            telling: Telling::new(standing(&self.session.borrow())),
            room: Room::default(),
            quiet: self.options.host == Some(HostKind::Jsinput),
            again: None,
            unseen: None,
            _resized: EventListener::new(&window, "resize", move |_| resized()),
        }));
        if self.options.autoplay {
            seen(&Closure::once_into_js(on(&link, App::begin_in_sight)));
        }
        tell_any(&told::ready(&builtin::kata().id));
        tell_any(H5P_HELLO);
        self.ask_for_room();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let (text, origin) = (event.data().as_string().unwrap_or_default(), event.origin());
            link.send_message(Msg::Late(Box::new(move |app| app.heard(&text, &origin))));
        });
        // Heard as long as the page is there.
        listen(&heard.into_js_value());
    }

    /// What was begun or is over needs no beginning.
    fn begin_in_sight(&mut self) {
        let state = self.session.borrow().playback().state;
        if matches!(state, RunState::Ready | RunState::Paused) {
            self.act(Action::Play);
        }
    }

    /// Asks for a higher frame, in the ways of Canvas, Open edX and H5P; each passes over the others.
    fn ask_for_room(&mut self) {
        let now_ms = self.frames.now_ms();
        let ask = |host: &mut Host| size().and_then(|(width, height)| host.room.ask(width, height, now_ms));
        let Some(wanted) = with_host(ask).flatten() else { return };
        tell_any(&told::resize(wanted));
        tell_any(&format!(r#"{{"subject":"lti.frameResize","height":{wanted}}}"#));
        tell_any(&format!(r#"{{"type":"plugin.resize","payload":{{"height":{wanted}}}}}"#));
        answer_h5p("prepareResize");
    }

    fn heard(&mut self, text: &str, origin: &str) {
        let Some(read) = message::read(text) else { return heard_of_others(text) };
        let origin = if origin == UNNAMED { ANY } else { origin };
        with_host(|host| host.asked = Some(origin.to_owned()));
        let done = match read {
            Ok(message) => self.obey(message),
            Err(fault) => Err(fault.to_string()),
        };
        if let Err(why) = done {
            tell_parent(&told::error(&why));
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
            Message::Play => {
                self.act(Action::Play);
                self.go_on_unseen();
            }
            Message::Pause => self.act(Action::Pause),
            Message::Reset => self.reset(),
            Message::GetResult => tell_parent(&self.latest_result()),
        }
        // What the session refuses it says to the learner; whoever asked hears the same.
        match self.last_word() {
            after if after != before => after.map_or(Ok(()), |(_, why)| Err(why)),
            _ => Ok(()),
        }
    }

    /// Out of sight a browser may give a frame no animation frames. What the page around plays at full speed, which nobody has to watch, goes on by
    /// timers there; a slower run waits until it is seen.
    fn go_on_unseen(&mut self) {
        let session = self.session.borrow();
        let goes = session.wants_ticks() && session.playback().speed == Speed::Max;
        let step = on(&self.links.link, App::step_unseen);
        with_host(|host| host.unseen = goes.then(|| Timeout::new(UNSEEN_MS, step)));
    }

    fn step_unseen(&mut self) {
        let began = self.frames.now_ms();
        if self.frames.last_ms.is_none_or(|last| began - last > f64::from(UNSEEN_MS)) {
            let mut session = self.session.borrow_mut();
            ticks(
                UNSEEN_BUDGET_MS,
                || self.frames.now_ms(),
                || {
                    session.update(Action::Tick { wall_s: 0.0 });
                    session.is_behind()
                },
            );
        }
        self.go_on_unseen();
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
        if let Some(tag) = options.lang {
            self.links.link.send_message(language::wanted(tag));
        }
    }

    pub(super) fn dress(&mut self, theme: Theme) {
        self.theme = theme;
        theme::apply(theme);
    }

    /// Tells what is new, and looks again in a while where something has to wait.
    fn tell_news(&self) {
        let (now, now_ms) = (standing(&self.session.borrow()), self.frames.now_ms());
        let news = with_host(|host| {
            let (news, again) = host.telling.look(now, now_ms);
            if host.again.is_none()
                && let Some(ms) = again
            {
                let look = on(&self.links.link, App::waited);
                host.again = Some(Timeout::new(ms.ceil() as u32, look));
            }
            news
        });
        for news in news.into_iter().flatten() {
            let over = matches!(news, Tell::Result);
            if let Some(text) = self.news(news) {
                tell_parent(&text);
            }
            if over {
                tell_parent(&self.score());
            }
        }
    }

    /// The time to look again has come: what is done with the page is followed by a look.
    fn waited(&mut self) {
        with_host(|host| host.again = None);
    }

    fn news(&self, news: Tell) -> Option<String> {
        let session = self.session.borrow();
        let (scenario, seed) = (session.scenario().id.as_str(), session.seed());
        Some(match news {
            Tell::RunStarted => told::run_started(scenario, seed),
            Tell::Progress => told::progress(session.simulation()?),
            Tell::Result => {
                let finished = session.finished()?;
                let run = RunRecord::of(&finished.origin, &finished.verdict, &finished.digest, 1);
                when::ended(&run);
                self.result_of(&run, false)
            }
            Tell::DesignChanged => told::design_changed(link::write(session.design(), scenario, seed)),
        })
    }

    /// The last scored run of the learner's, at this visit or an earlier one.
    fn latest_result(&self) -> String {
        let session = self.session.borrow();
        match session.runs().list().iter().find(|run| !run.is_exploration()) {
            Some(run) => self.result_of(run, true),
            None => told::no_result(&session.scenario().id, session.seed()),
        }
    }

    fn score(&self) -> String {
        let session = self.session.borrow();
        let score = Score::of(session.runs(), session.opened().count() as u64);
        told::score(&score, score.run.as_ref().map(|run| when::of(run)))
    }

    fn result_of(&self, run: &RunRecord, asked: bool) -> String {
        let hints = self.session.borrow().opened().count() as u64;
        let receipt = Receipt::of(run, hints, Some(when::of(run)));
        told::result(run, receipt.as_ref(), asked)
    }
}

/// H5P's resizer is greeted: it then knows the frame.
const H5P_HELLO: &str = r#"{"context":"h5p","action":"hello"}"#;

/// What is done with the page around, if there is one.
fn with_host<T>(deed: impl FnOnce(&mut Host) -> T) -> Option<T> {
    HOST.with_borrow_mut(|host| host.as_mut().map(deed))
}

/// Says it to any parent, unless nothing is to be said unasked.
fn tell_any(text: &str) {
    if with_host(|host| !host.quiet) == Some(true) {
        say(text, ANY);
    }
}

/// Says it to the origin that has said something; where none has, to any parent.
fn tell_parent(text: &str) {
    match with_host(|host| host.asked.clone()).flatten() {
        Some(origin) => say(text, &origin),
        None => tell_any(text),
    }
}

/// H5P's own resizer, which prepares before it resizes, hears of the height that was asked for.
fn answer_h5p(action: &str) {
    let wanted = with_host(|host| host.room.last()).flatten();
    if let Some((wanted, (_, height))) = wanted.zip(size()) {
        tell_any(&format!(
            r#"{{"context":"h5p","action":"{action}","scrollHeight":{wanted},"clientHeight":{height}}}"#
        ));
    }
}

/// What is no message of ours: H5P's resizer, which prepares for the page or asks what it needs. The adapters of course systems belong here.
fn heard_of_others(text: &str) {
    let Ok(value) = json::read(text) else { return };
    let field = |key: &str| value.get(key).and_then(json::Value::text);
    match (field("context"), field("action")) {
        (Some("h5p"), Some("ready")) => tell_any(H5P_HELLO),
        (Some("h5p"), Some("hello" | "resize")) => answer_h5p("prepareResize"),
        (Some("h5p"), Some("resizePrepared")) => answer_h5p("resize"),
        _ => {}
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
