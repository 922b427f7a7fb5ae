//! The page as a whole: owns the session, lets time pass while a run plays, and keeps what the learner made.
//!
//! All that happens comes in as a [`Msg`]. While something is simulated, one animation frame follows another: each gives the session the wall
//! time that has passed. A hidden page gets no frames, so the run pauses and says so.
//!
//! Knows nothing of how a run works or what a design means.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::AnimationFrame;
use gloo::timers::callback::Timeout;
use web_sys::Performance;
use yew::prelude::*;

use super::charts_panel::{ByPointer, ChartsPanel};
use super::diagram::{Diagram, Scene};
use super::exchange::{self, Received};
use super::focus;
use super::goals::Goals;
use super::help::Help;
use super::inspector::Inspector;
use super::list::{self, DesignList, ViewMode};
use super::notices::{Answer, Banner, Banners, Notices};
use super::palette::Palette;
use super::repeat::Studies;
use super::storage::Store;
use super::tabs::{self, Panel, Tabs};
use super::theme;
use super::words::{Meanings, Popover};
use crate::design::NodeId;
use crate::kata::builtin;
use crate::record::{Notes, RunHistory};
use crate::session::run::progress::Progress;
use crate::session::run::sketch::Sketches;
use crate::session::{Action, Noting, Session, Speed};
use crate::share::embed::{self, Embed, Pace};
use crate::share::{Saved, Theme};
use crate::ui::sweep::SweepChoice;

mod file_dialog;
mod frames;
mod keyboard;
mod panels;
mod persistence;
pub(in crate::ui) mod result;
mod sweeping;

use file_dialog::FileDialog;
use persistence::{PersistedList, SavedSnapshot};
use result::ResultView;
use sweeping::Sizing;

const LEFT: &[Panel] = &[Panel::Brief, Panel::Parts, Panel::Runs];
const ALL: &[Panel] = &[Panel::Diagram, Panel::Parts, Panel::Inspector, Panel::Charts, Panel::Brief, Panel::Runs];

/// The session, shared with the components that read more of it than fits into props. Only [`App`] changes it.
#[derive(Clone)]
pub struct Shared(Rc<RefCell<Session>>);

impl Shared {
    pub fn borrow(&self) -> std::cell::Ref<'_, Session> {
        self.0.borrow()
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

pub enum Msg {
    Act(Action),
    /// An animation frame, at this time in milliseconds.
    Frame(f64),
    /// The page was hidden or shown.
    Visibility,
    Theme(Theme),
    /// The system turned light or dark.
    System,
    Choose(Panel),
    ViewMode(ViewMode),
    /// The parameters of a part, in the inspector.
    Inspect(NodeId),
    /// The parameters of what is selected, in the inspector; or back to what they belong to.
    Parameters(bool),
    Help(bool),
    LetterKeys(bool),
    Result(result::ResultAction),
    /// The dialog that saves and opens designs is wanted, or closed.
    FileDialog(bool),
    /// The dialog that sweeps is wanted, or closed.
    Size(bool),
    /// A design of its map.
    Open(Rc<SweepChoice>),
    Received(Received),
    /// The design back to the one that the learner began with.
    Reset,
    /// The page goes away, or the design has been still for a moment.
    Save,
    SaveLists,
    Answer(usize, Answer),
}

pub struct App {
    session: Shared,
    options: Embed,
    theme: Theme,
    system: theme::System,
    /// The panel seen where there is room for one only.
    panel: Panel,
    /// The panel seen on the left.
    left: Panel,
    /// The design is drawn or listed.
    look: ViewMode,
    /// A panel was chosen: its start is to be seen once it is there.
    to_panel: bool,
    /// The inspector gets the focus once it is there.
    to_inspector: bool,
    /// The first of these elements that is there gets the focus.
    to_field: Vec<String>,
    help: bool,
    /// Letters are keys on the whole page.
    letter_keys: Rc<Cell<bool>>,
    desk: FileDialog,
    size: Sizing,
    result: ResultView,
    /// What was repeated on many Mondays; kept while its result is closed.
    studies: Studies,
    /// What takes the focus when the page is drawn, because what had it goes away.
    focus_next: Option<&'static str>,
    banners: Vec<Banner>,
    store: Store,
    /// What was saved last, or opened.
    kept: SavedSnapshot,
    /// What was handed over last for the recovery screen.
    handed_over: Option<SavedSnapshot>,
    saving: Option<Timeout>,
    runs: PersistedList<RunHistory>,
    notes: PersistedList<Notes>,
    saving_lists: Option<Timeout>,
    frame: Option<AnimationFrame>,
    last_frame_ms: Option<f64>,
    last_look_ms: f64,
    clock: Performance,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> App {
        let window = web_sys::window().expect("a page has a window");
        let query = window.location().search().unwrap_or_default();
        let (options, faults) = embed::read(&query);
        let mut words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let (store, kept, trouble) = Store::open();
        words.extend(trouble);
        let letter_keys = Rc::new(Cell::new(kept.as_ref().is_none_or(|kept| kept.letter_keys)));
        let (mut session, theme) = open(&options, kept);
        let (mut runs, list, trouble) = PersistedList::<RunHistory>::open();
        words.extend(trouble);
        session.update(Action::RunHistory(list));
        let (mut notes, list, trouble) = PersistedList::<Notes>::open();
        words.extend(trouble);
        session.update(Action::Note(Noting::Take(list, 0)));
        (runs.kept, notes.kept) = (session.runs().clone(), session.notes().clone());
        theme::apply(theme);
        window.document().expect("a window has a document").set_title(&builtin::brief().title);
        let link = ctx.link().clone();
        let system = theme::System::watch(move || link.send_message(Msg::System));
        let mut app = App {
            kept: SavedSnapshot::of(&session, theme, letter_keys.get()),
            session: Shared(Rc::new(RefCell::new(session))),
            options,
            theme,
            system,
            panel: Panel::Diagram,
            left: Panel::Brief,
            look: ViewMode::kept(),
            to_panel: false,
            to_inspector: false,
            to_field: Vec::new(),
            help: false,
            letter_keys: letter_keys.clone(),
            desk: FileDialog::default(),
            size: Sizing::default(),
            result: ResultView::default(),
            studies: Studies::default(),
            focus_next: None,
            banners: words.into_iter().map(|text| Banner { text, clash: false }).collect(),
            store,
            runs,
            notes,
            handed_over: None,
            saving: None,
            saving_lists: None,
            frame: None,
            last_frame_ms: None,
            last_look_ms: 0.0,
            clock: window.performance().expect("a page has a clock"),
            _listeners: listeners(ctx, letter_keys),
        };
        app.hand_over();
        if app.options.autoplay {
            ctx.link().send_message(Msg::Act(Action::Play));
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => self.act(action),
            Msg::Frame(at) => return self.tick(ctx, at),
            Msg::Visibility => self.hidden_or_shown(),
            Msg::Theme(theme) => {
                self.theme = theme;
                theme::apply(theme);
            }
            Msg::System => {}
            Msg::Choose(panel) => self.choose(panel),
            Msg::ViewMode(look) => self.show_as(look),
            Msg::Inspect(id) => self.inspect(id),
            Msg::Parameters(there) => self.parameters(there),
            Msg::Help(open) => self.help = open,
            Msg::LetterKeys(on) => self.letter_keys.set(on),
            Msg::Result(result_action) => self.result_deed(result_action),
            Msg::FileDialog(open) => self.open_desk(open),
            Msg::Size(open) => self.size.open = open,
            Msg::Open(wanted) => self.try_wanted(&wanted),
            Msg::Received(received) => self.received(&received),
            Msg::Reset => self.reset(),
            Msg::Save => {
                self.save();
                self.save_lists();
            }
            Msg::SaveLists => self.save_lists(),
            Msg::Answer(at, answer) => self.answer(at, answer),
        }
        self.save_soon(ctx);
        self.save_lists_soon(ctx);
        self.want_frame(ctx);
        true
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first: bool) {
        if let Some(selector) = self.focus_next.take()
            && let Some(document) = web_sys::window().and_then(|w| w.document())
            && let Ok(Some(element)) = document.query_selector(selector)
        {
            focus::follow(&element);
        }
        if first
            && let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"))
        {
            root.set_attribute("data-ready", "true").expect("an element takes an attribute");
        }
        if std::mem::take(&mut self.to_panel) {
            tabs::show(self.panel);
        }
        if std::mem::take(&mut self.to_inspector) {
            list::to_element("panel-inspector");
        }
        list::to_first(std::mem::take(&mut self.to_field));
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let session = self.session.borrow();
        let scene = Scene::of(&session);
        let dispatch = ctx.link().callback(Msg::Act);
        let choose = ctx.link().callback(Msg::Choose);
        let class = classes!("app", self.options.embed.then_some("embed"));
        let result_open = self.result_open(&session);
        html! {
            <div {class} data-tab={self.panel.key()} data-left={self.left.key()}>
                <a class="skip" href="#panel-diagram">{ "To the diagram" }</a>
                { self.header(ctx, &session) }
                <Banners banners={self.banners.clone()} on_answer={ctx.link().callback(|(at, answer)| Msg::Answer(at, answer))}/>
                { self.timeline(&dispatch, &session) }
                <nav class="strip" aria-label="Panels of the page">
                    <Tabs id="main" label="Panels" panels={ALL} chosen={self.panel} on_choose={choose.clone()}/>
                    if self.options.embed { { self.strip(ctx, &session) } }
                </nav>
                <main class="all">
                    <section class="left" aria-label="Brief, parts and runs">
                        <Tabs id="left" label="Brief, parts and runs" panels={LEFT} chosen={self.left} on_choose={choose}/>
                        <div class="scroll brief-panel" id="panel-brief" role="tabpanel" aria-labelledby="left-brief" tabindex="0">{ self.brief(&dispatch, &session) }</div>
                        <div class="scroll parts-panel" id="panel-parts" role="tabpanel" aria-labelledby="left-parts" tabindex="0"><Palette dispatch={dispatch.clone()}/></div>
                        <div class="scroll runs-panel" id="panel-runs" role="tabpanel" aria-labelledby="left-runs" tabindex="0">{ self.runs(&dispatch, &session) }</div>
                    </section>
                    <section class="stage" id="panel-diagram" tabindex="-1" aria-label={if self.look == ViewMode::List { "List" } else { "Diagram" }}>
                        if self.look == ViewMode::List {
                            <DesignList scene={scene.clone()} dispatch={dispatch.clone()} on_edit={ctx.link().callback(Msg::Inspect)}/>
                        } else {
                            <Diagram scene={scene.clone()} dispatch={dispatch.clone()} on_edit={ctx.link().callback(|()| Msg::Parameters(true))}
                                embedded={self.options.embed}/>
                        }
                        { self.stage_tools(ctx) }
                    </section>
                    <div class="right" id="panel-inspector" tabindex="-1" onkeydown={ctx.link().batch_callback(file_dialog::back_from_parameters)}>
                        <div class="scroll"><Inspector {scene} dispatch={dispatch.clone()}/></div>
                    </div>
                    if result_open { { self.result(ctx, &session) } } else { { self.next_step(ctx, &session) } }
                    <Goals scenario={session.scenario().clone()} verdict={session.verdict().cloned()}/>
                    <ChartsPanel session={self.session.clone()} revision={session.run_revision()} playing={session.is_playing()}
                        scenario={session.scenario().clone()} design={session.design().clone()} dark={self.system.is_dark(self.theme)}
                        compared={session.compared().cloned().map(ByPointer)} sketch={session.sketch().cloned().map(ByPointer)} dispatch={dispatch.clone()}/>
                </main>
                <Notices notice={session.notice().cloned()} silent={result_open}/>
                <Help open={self.help} letter_keys={self.letter_keys.get()} on_letter_keys={ctx.link().callback(Msg::LetterKeys)}
                    on_close={ctx.link().callback(|()| Msg::Help(false))}/>
                <Meanings/>
                <Popover/>
                { self.desk(ctx, &session) }
                { self.size(ctx, &session) }
                { self.story(&dispatch, &session) }
            </div>
        }
    }
}

/// The session to begin with: what the address asks for, then what was kept, then the kata's start.
fn open(options: &Embed, kept: Option<Saved>) -> (Session, Theme) {
    let first = &builtin::scenarios()[0];
    let theme = options.theme.or(kept.as_ref().map(|k| k.theme)).unwrap_or_default();
    let scenario =
        options.scenario.or(kept.as_ref().map(|k| k.scenario.as_str())).and_then(builtin::scenario).unwrap_or(first);
    let seed = options.seed.or(kept.as_ref().map(|k| k.seed)).unwrap_or(1);
    let (design, sketches, seen) = match kept {
        Some(kept) => (kept.design, kept.sketches, kept.seen),
        None => (builtin::starting_design(), Vec::new(), Vec::new()),
    };
    let mut session = Session::new(design, scenario.clone(), seed);
    session.update(Action::SetSketches(Sketches::read(sketches)));
    session.update(Action::SetProgress(Progress::read(seen)));
    if let Some(pace) = options.speed {
        session.update(Action::SetSpeed(match pace {
            Pace::Times(times) => Speed::Times(times),
            Pace::Max => Speed::Max,
        }));
    }
    (session, theme)
}

/// What the page listens to beside its own elements.
fn listeners(ctx: &Context<App>, letter_keys: Rc<Cell<bool>>) -> Vec<EventListener> {
    let window = web_sys::window().expect("a page has a window");
    let document = window.document().expect("a window has a document");
    let (visibility, save, act) = (ctx.link().clone(), ctx.link().clone(), ctx.link().callback(Msg::Act));
    let dropped = exchange::receive::listen(&window, ctx.link().callback(Msg::Received));
    let own = [
        EventListener::new(&document, "visibilitychange", move |_| visibility.send_message(Msg::Visibility)),
        EventListener::new(&window, "pagehide", |_| focus::leave()),
        EventListener::new(&window, "pagehide", move |_| save.send_message(Msg::Save)),
        keyboard::listen(&window, letter_keys, act),
    ];
    own.into_iter().chain(dropped).collect()
}

impl App {
    fn act(&mut self, action: Action) {
        // A part added from the list of parts appears in the diagram: show it.
        if matches!(action, Action::Add(_) | Action::AddAlone(_)) && self.panel == Panel::Parts {
            self.panel = Panel::Diagram;
        }
        let before = self.session.borrow().selection().clone();
        // The list has no drawing to connect in: its own way of connecting gets the focus.
        if let (Action::StartConnect(from), ViewMode::List) = (&action, self.look) {
            self.panel = Panel::Diagram;
            return list::to_connect(self.session.borrow().design(), from);
        }
        let (revision, now) = (self.session.borrow().design_revision(), self.session.borrow().now());
        self.session.0.borrow_mut().update(action);
        self.make_room(&before, revision, now);
    }

    fn choose(&mut self, panel: Panel) {
        self.panel = panel;
        self.to_panel = true;
        if LEFT.contains(&panel) {
            self.left = panel;
        }
    }
}
