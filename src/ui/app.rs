//! The page as a whole: owns the session, lets time pass while a run plays, and keeps what the learner made.
//!
//! All that happens comes in as a [`Msg`]. While something is simulated, one animation frame follows another: each gives the session the wall
//! time that has passed. A hidden page gets no frames, so the run pauses and says so.
//!
//! Knows nothing of how a run works or what a design means.

use std::cell::Cell;
use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use gloo::events::EventListener;

use super::exchange::{Desk, Received};
use super::focus::is_framed;
use super::kit::{ByPtr, Media, Printing, Widget};
use super::list::{self, ViewMode};
use super::notices::{Answer, Banner, BannerKind, Banners, Notices, banners};
use super::opening;
use super::palette::Palette;
use super::repeat::{MONDAYS, Studies};
use super::result::ResultAction;
use super::share::Checked;
use super::shared::Shared;
use super::storage::{self, NOTHING_KEPT};
use super::sweep::SweepChoice;
use super::tabs::Panel;
use super::theme;
use super::words::{Meanings, Popover};
use crate::chart;
use crate::design::NodeId;
use crate::kata::builtin;
use crate::session::{Action, Gesture, Phase, Session};
use crate::share::Theme;
use crate::share::embed::{self, Embed};
use crate::share::one_file::OPTIONS;

mod asked;
mod begin;
mod checking;
mod course;
mod earlier;
mod file_dialog;
mod focus;
mod forgotten;
mod frames;
mod host;
mod keyboard;
pub mod language;
mod layout;
mod links;
mod offline;
mod one_file;
mod panels;
mod persistence;
mod result;
mod sweeping;
mod ticks;
mod under_way;
mod visit;

use earlier::Earlier;
use file_dialog::FileDialog;
use focus::Focus;
use frames::FrameLoop;
use layout::{ALL, LEFT, Layout};
use links::Links;
use persistence::{Opened, Persistence};
use result::ResultView;
use sweeping::Sizing;
use under_way::UnderWay;
use visit::Visit;

/// Where the design is a column of cards, and one thing at a time is seen.
const PHONE: &str = "(max-width: 699px)";
/// Where panels share a place.
const NARROW: &str = "(max-width: 1099px)";

pub enum Msg {
    Act(Action),
    /// An animation frame, at this time in milliseconds.
    Frame(f64),
    /// The page was hidden or shown.
    Visibility,
    Theme(Theme),
    /// The system's colours are others, or the page goes to paper or comes from there.
    System,
    Choose(Panel),
    ViewMode(ViewMode),
    /// On a phone: the plane instead of the column, or back.
    Map(bool),
    /// The crosshair of the tracks, in seconds of the run.
    Look(Option<f64>),
    /// The window has become narrow or a phone's, or is that no more.
    Phone,
    /// The parameters of a part, in the inspector.
    Inspect(NodeId),
    /// The track that a guess is drawn on.
    Draw,
    /// The parameters of what is selected, in the inspector; or back to what they belong to.
    Parameters(bool),
    Help(bool),
    LetterKeys(bool),
    Result(ResultAction),
    /// A dialog in which things go in and out is wanted, or none.
    Desk(Option<Desk>),
    /// A receipt has been run again.
    Checked(ByPtr<Checked>),
    /// The address is another one.
    Address,
    /// The dialog that sweeps is wanted, or closed.
    Size(bool),
    /// A design of its map.
    Open(Rc<SweepChoice>),
    Received(Received),
    /// Back to the design of that time, in milliseconds since 1970; `None`: to the one that the learner began with.
    Back(Option<u64>),
    /// The database has answered.
    Stored(storage::Answer),
    /// The page goes away, or the design has been still for a moment.
    Save,
    SaveLists,
    Answer(usize, Answer),
    /// What the second module has to do on an occasion of its own.
    Late(Box<dyn FnOnce(&mut App)>),
}

pub struct App {
    session: Shared,
    options: Embed,
    /// All that waits for the rest of the page at its beginning is done.
    settled: bool,
    /// The browser kept nothing of this page: what a copy carries counts.
    fresh: bool,
    links: Links,
    theme: Theme,
    system: theme::System,
    phone: Media,
    narrow: Media,
    look_s: Option<f64>,
    print: Printing,
    layout: Layout,
    focus: Focus,
    help: bool,
    /// Letters are keys on the whole page.
    letter_keys: Rc<Cell<bool>>,
    desk: FileDialog,
    /// What became of a receipt that came in.
    checked: Option<ByPtr<Checked>>,
    visit: Visit,
    size: Sizing,
    result: ResultView,
    /// What was repeated on many Mondays; kept while its result is closed.
    studies: Studies,
    banners: Vec<Banner>,
    persistence: Persistence,
    earlier: Earlier,
    under_way: UnderWay,
    frames: FrameLoop,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> App {
        let window = web_sys::window().expect("a page has a window");
        let options = embed::read(&asked::query(), asked::block(OPTIONS).as_deref());
        storage::open_drawer(options.key.as_deref());
        storage::told(ctx.link().callback(Msg::Stored));
        options.design.into_iter().for_each(builtin::start_with);
        let Opened { mut persistence, saved, runs, notes, troubles } = Persistence::open();
        let fresh = saved.is_none();
        let saved = saved.or_else(one_file::carried);
        let letter_keys = Rc::new(Cell::new(saved.as_ref().is_none_or(|saved| saved.letter_keys)));
        let (mut session, theme) = begin::open(&options, saved);
        persistence.begin(&mut session, runs, notes, theme, letter_keys.get());
        if !persistence.keeps() && troubles.is_empty() {
            session.update(Action::Say(NOTHING_KEPT.get().to_owned()));
        }
        theme::apply(theme);
        window.document().expect("a window has a document").set_title(&builtin::brief().title);
        let [link, narrow, phone, print] = [(); 4].map(|()| ctx.link().clone());
        let layout = Layout::new(&options);
        let mut app = App {
            session: Shared::new(session),
            options,
            links: Links::new(ctx.link()),
            theme,
            system: theme::System::watch(move || link.send_message(Msg::System)),
            print: Printing::watch(move || print.send_message(Msg::System)),
            look_s: None,
            narrow: Media::watch(NARROW, move || narrow.send_message(Msg::Phone)),
            phone: Media::watch(PHONE, move || phone.send_message(Msg::Phone)),
            layout,
            focus: Focus::default(),
            help: false,
            letter_keys: letter_keys.clone(),
            desk: FileDialog::default(),
            settled: false,
            fresh,
            checked: None,
            visit: Visit::default(),
            size: Sizing::default(),
            result: ResultView::default(),
            studies: Studies::default(),
            banners: troubles.into_iter().map(|text| Banner { text, kind: BannerKind::Unread }).collect(),
            persistence,
            earlier: Earlier::default(),
            under_way: UnderWay::default(),
            frames: FrameLoop::new(&window),
            _listeners: begin::listeners(ctx, letter_keys),
        };
        app.studies.tell_end(ctx.link().callback(|(design, scenario, passed)| {
            Msg::Act(Action::Mondays { design, scenario, passed, played: MONDAYS })
        }));
        app.open_address();
        app.arrived();
        app.hand_over();
        app.want_frame(ctx);
        // In a frame it waits until it is seen.
        if app.options.autoplay && !is_framed() {
            ctx.link().send_message(Msg::Act(Action::Play));
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => self.act(action),
            Msg::Frame(at) => return self.tick(ctx, at),
            // While a run plays, the next frame draws it.
            Msg::Look(at) => {
                self.look_s = at;
                return !self.session.borrow().is_playing();
            }
            Msg::Visibility => self.hidden_or_shown(),
            Msg::Theme(theme) => self.dress(theme),
            Msg::System | Msg::Phone => {}
            Msg::Choose(panel) => self.choose(panel),
            Msg::ViewMode(look) => self.show_as(look),
            Msg::Map(map) => {
                self.show_as(ViewMode::Diagram);
                self.layout.map = map;
            }
            Msg::Inspect(id) => self.inspect(id),
            Msg::Draw => self.draw_guess(),
            Msg::Parameters(there) => self.parameters(there),
            Msg::Help(open) => self.help = open,
            Msg::LetterKeys(on) => self.letter_keys.set(on),
            Msg::Result(result_action) => self.result_deed(result_action),
            Msg::Desk(open) => self.open_desk(open),
            Msg::Checked(checked) => self.checked(checked),
            Msg::Address => self.open_address(),
            Msg::Size(open) => self.size.open = open,
            Msg::Open(wanted) => self.try_wanted(&wanted),
            Msg::Received(received) => self.received(ctx.link(), &received),
            Msg::Back(None) => self.reset(),
            Msg::Back(Some(at_ms)) => self.go_back(at_ms),
            Msg::Stored(answer) => self.stored(answer),
            Msg::Save => {
                self.save();
                self.save_lists();
                self.keep_run();
            }
            Msg::SaveLists => self.save_lists(),
            Msg::Answer(at, answer) => self.answer(at, answer),
            Msg::Late(deed) => deed(self),
        }
        self.look_for_states();
        self.save_soon(ctx);
        self.save_lists_soon(ctx);
        self.want_frame(ctx);
        if !self.session.borrow().is_playing() {
            self.keep_run();
        }
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first
            && let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"))
        {
            root.set_attribute("data-ready", "true").expect("an element takes an attribute");
            let told = |here| Msg::Act(if here { Action::Arrived } else { Action::Missed });
            super::late::soon(ctx.link().callback(told));
        }
        self.focus.give();
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let session = self.session.borrow();
        let links = &self.links;
        let class = self.class();
        let result_open = self.result_open(&session);
        let untouched = opening::is_untouched(&session);
        html! {
            <div {class} data-untouched={untouched.then_some("true")} data-frozen={session.frozen().map(|_| "true")} data-tab={self.layout.panel.key()} data-left={self.layout.left.key()} data-stale={session.is_stale().to_string()}>
                <a class="skip" href="#panel-diagram" onclick={&links.put_away}>{ say!("page.skip") }</a>
                if result_open { <a class="skip" href="#verdict">{ say!("page.to_result") }</a> }
                { self.header(&session) }
                { banners(&Banners { banners: &self.banners, on_answer: &links.answer }) }
                <nav class="strip" aria-label={say!("page.panels_of")}>{ self.tabs("main", say!("page.panels"), ALL, self.layout.tab()) }</nav>
                { self.goals_strip(&session) }
                <main class="all">
                    <section class="left" aria-label={say!("page.left")}>
                        { self.tabs("left", say!("page.left"), LEFT, self.layout.left) }
                        <div class="scroll brief-panel" id="panel-brief" role="tabpanel" aria-labelledby="left-brief" tabindex="0">{ self.brief(&session) }</div>
                        <div class="scroll parts-panel" id="panel-parts" role="tabpanel" aria-labelledby="left-parts" tabindex="0">{ Palette { design: session.design().into(), dispatch: links.act.clone() }.view() }</div>
                        <div class="scroll runs-panel" id="panel-runs" role="tabpanel" aria-labelledby="left-runs" tabindex="0">{ self.runs(&session) }</div>
                    </section>
                    { self.stage(&session) }
                    if result_open { { self.result(&session) } } else if !session.is_guessing() && session.frozen().is_none() { { self.next_step(&session) } }
                    <section class="dock" aria-label={say!("page.dock")}>
                        { self.player(&session) }
                        { self.charts(&session) }
                        if untouched { { self.morning(&session) } }
                    </section>
                </main>
                { Notices { notice: session.notice().cloned(), silent: result_open, busy: *session.gesture() != Gesture::Idle, dispatch: links.act.clone() }.view() }
                { self.help() }
                { Meanings.view() }
                { Popover.view() }
                { self.desk(&session) }
                { self.size(&session) }
                { self.story(&session) }
            </div>
        }
    }
}

impl App {
    fn act(&mut self, action: Action) {
        // A part added from the list of parts appears in the diagram: show it.
        if matches!(action, Action::Add(_) | Action::AddAlone(_)) && self.layout.panel == Panel::Parts {
            self.layout.panel = Panel::Diagram;
        }
        let before = self.session.borrow().selection().clone();
        let press = match &action {
            Action::Pointer(pointer) if pointer.phase == Phase::Up => {
                matches!(self.session.borrow().gesture(), Gesture::Pressing { .. })
            }
            Action::Arrived => self.session.borrow().has_press_waiting(),
            _ => false,
        };
        // The list has no drawing to connect in: its own way of connecting gets the focus.
        if let (Action::StartConnect(from), ViewMode::List) = (&action, self.layout.look) {
            self.layout.panel = Panel::Diagram;
            return list::to_connect(self.session.borrow().design(), from);
        }
        let passing = matches!(action, Action::Select { .. }) && super::focus::is_on(".part,.stop");
        let stand = |session: &Session| (session.design_revision(), session.now(), session.is_playing());
        let (revision, now, played) = stand(&self.session.borrow());
        let visited = self.visited();
        let arrival = match &action {
            Action::Arrived => Some(true),
            Action::Missed => Some(false),
            _ => None,
        };
        self.session.borrow_mut().update(action);
        self.show_connecting();
        self.make_room(&before, revision, now, (passing, played));
        self.open_drawer(press);
        self.edited(visited);
        match arrival {
            Some(true) => self.arrived(),
            Some(false) => self.missed(),
            None => {}
        }
        if self.session.borrow().has_waiting() {
            super::late::need();
        }
    }

    /// Where the parameters lie over the design, a press on a part opens them, and they go with the selection.
    fn open_drawer(&mut self, press: bool) {
        let session = self.session.borrow();
        let nothing = session.selection().is_empty();
        // Also of a part that is selected already: who presses it wants to see it.
        let closes = press && !nothing && self.result_open(&session);
        drop(session);
        if closes {
            self.close_result();
        }
        match self.layout.panel {
            Panel::Diagram if press && !nothing => self.layout.panel = Panel::Inspector,
            Panel::Inspector if nothing => self.layout.panel = Panel::Diagram,
            _ => {}
        }
    }

    /// The colours that canvases are drawn in; paper is light.
    fn chart_theme(&self) -> chart::Theme {
        if self.print.is_under_way() { chart::Theme::Light } else { self.system.chart_theme(self.theme) }
    }
}
