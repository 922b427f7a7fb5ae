//! Size it: a dialog that sweeps one or two numbers of the design, draws cost against waiting, and opens any design of the map.
//!
//! What was swept stays while the dialog is closed, for as long as the design is one of the map's: opening one of them only moves the ring.
//! Closing stops the worker pool and keeps what is there; "Go on" runs the rest. Knows no run of the session: what is opened goes out as a wish.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use gloo::events::EventListener;
use web_sys::{HtmlElement, PointerEvent};

use crate::chart::Theme;
use crate::design::Design;
use crate::kata::Scenario;
use crate::session::gestures::keys::Scope;
use crate::study::Outcome;
use crate::study::sweep;
use crate::study::sweep::text;
use crate::study::sweep::text::Findings;
use crate::study::sweep::{Axis, Factor, Sweep, factors};
use crate::ui::focus;
use crate::ui::keypress;
use crate::ui::kit::{ByPtr, Dialog, widget};
use crate::ui::worker_pool::{Task, WorkerPool};
use engine::measure::MetricId;

mod files;
mod grid;
mod open_button;
mod picture;
mod setup;
mod view;

pub use open_button::{OpenedDesign, size_button};

use picture::Scene;
use setup::Setup;

/// What one run takes on one core, in milliseconds, until one has been measured here.
const RUN_MS: f64 = 75.0;

/// A design of the map is wanted.
pub struct SweepChoice {
    pub design: Design,
    /// Its numbers in words.
    pub what: String,
    pub scenario: Rc<Scenario>,
    pub seed: u64,
}

#[derive(Properties, Clone, PartialEq)]
pub struct SizeProps {
    pub open: bool,
    pub design: ByPtr<Design>,
    pub scenario: ByPtr<Scenario>,
    /// The design can run in the scenario.
    pub can_run: bool,
    /// The first of the seeds that every design meets.
    pub seed: u64,
    pub theme: Theme,
    pub readonly: bool,
    pub on_open: Callback<Rc<SweepChoice>>,
    pub on_close: Callback<()>,
}

widget!(late SizeProps => size; until |it, notice| Dialog::meanwhile("size", say!("sweep.title"), it.open, &it.on_close, notice));

fn size(props: &SizeProps) -> Html {
    html! { <SizeDialog ..props.clone()/> }
}

pub enum Msg {
    /// The number of this name is to be varied, as the first or the second.
    Factor(usize, String),
    /// What stands in a field of a number: from, to, values.
    Typed(usize, usize, String),
    Seeds(u64),
    Start,
    GoOn,
    Stop,
    Outcome(usize, Outcome),
    Point(PointerEvent),
    Leave,
    Key(KeyboardEvent),
    Choose(usize),
    Table(bool),
    Open,
    Csv,
    Png,
    Told(String),
    Resized,
}

pub struct SizeDialog {
    dialog: NodeRef,
    canvas: NodeRef,
    open_button: NodeRef,
    factors: Vec<Factor>,
    /// The design as it is can run.
    runs: bool,
    setup: Setup,
    sweep: Option<Sweep>,
    findings: Findings,
    scene: Scene,
    worker_pool: Option<WorkerPool>,
    /// The cells of the pool’s jobs, when it began, and how many runs had come then.
    jobs: Vec<usize>,
    began: (f64, usize),
    run_ms: f64,
    /// What the form asks for in words, and whether any of it can run.
    extent: (String, bool),
    /// The cell that the design is.
    present: Option<usize>,
    hovered: Option<usize>,
    chosen: Option<usize>,
    as_table: bool,
    told: String,
    _resized: Option<EventListener>,
}

impl Component for SizeDialog {
    type Message = Msg;
    type Properties = SizeProps;

    fn create(ctx: &Context<Self>) -> SizeDialog {
        let link = ctx.link().clone();
        let resized =
            web_sys::window().map(|w| EventListener::new(&w, "resize", move |_| link.send_message(Msg::Resized)));
        let mut this = SizeDialog {
            dialog: NodeRef::default(),
            canvas: NodeRef::default(),
            open_button: NodeRef::default(),
            factors: Vec::new(),
            runs: false,
            setup: Setup::default(),
            sweep: None,
            findings: Findings { points: Vec::new(), front: Vec::new(), knee: None, cheapest: None },
            scene: Scene::default(),
            worker_pool: None,
            jobs: Vec::new(),
            began: (0.0, 0),
            run_ms: RUN_MS,
            extent: (String::new(), false),
            present: None,
            hovered: None,
            chosen: None,
            as_table: false,
            told: String::new(),
            _resized: resized,
        };
        // It is made when it is opened, where its code has to be fetched first.
        if ctx.props().open {
            this.follow(ctx.props());
        }
        this
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &SizeProps) -> bool {
        if ctx.props().open {
            self.follow(ctx.props());
        } else if self.worker_pool.is_some() {
            self.stop(ctx.props());
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Factor(which, key) => {
                self.setup.choose(which, &key, &self.factors);
                self.ask_again(ctx.props());
            }
            Msg::Typed(which, field, text) => {
                self.setup.type_in(which, field, text);
                self.ask_again(ctx.props());
            }
            Msg::Seeds(seeds) => {
                self.setup.set_seeds(seeds);
                self.ask_again(ctx.props());
            }
            Msg::Start => self.start(ctx),
            Msg::GoOn => self.go_on(ctx),
            Msg::Stop => self.stop(ctx.props()),
            Msg::Outcome(job, outcome) => return self.take(ctx.props(), job, outcome),
            Msg::Point(event) => return self.point(&event),
            Msg::Leave => self.hovered = None,
            Msg::Key(event) => return self.key(&event),
            Msg::Choose(cell) => self.chosen = Some(cell),
            Msg::Table(on) => self.as_table = on,
            Msg::Open => self.open(ctx.props()),
            Msg::Csv => self.csv(ctx),
            Msg::Png => self.png(ctx),
            Msg::Told(text) => self.told = text,
            Msg::Resized => return ctx.props().open,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let body = if props.open { self.body(ctx) } else { Html::default() };
        Dialog {
            class: "size",
            close: say!("sweep.close"),
            node: Some(self.dialog.clone()),
            body,
            ..Dialog::new("size", say!("sweep.title"), props.open, props.on_close.clone())
        }
        .here()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let props = ctx.props();
        if props.open && !self.as_table {
            self.scene.paint(&self.canvas, self.present, self.hovered.or(self.chosen), props.theme);
        }
    }
}

impl SizeDialog {
    /// The design or the scenario may be another: what can be varied, and whether the map is still of this design.
    fn follow(&mut self, props: &SizeProps) {
        self.factors = factors(&props.design, &props.scenario);
        self.setup.follow(&self.factors);
        self.runs = props.can_run;
        let kept = self.sweep.as_ref().filter(|sweep| sweep.scenario == *props.scenario.rc());
        self.present = kept.and_then(|sweep| sweep.cell_of(&props.design));
        if self.present.is_none() {
            self.forget();
        }
        if self.sweep.is_none() {
            let limit =
                |metric: MetricId| props.scenario.goals.iter().find(|g| g.metric.id == metric).map(|g| g.at_most);
            self.scene = Scene::empty(limit);
        }
        self.ask_again(props);
    }

    fn forget(&mut self) {
        self.worker_pool = None;
        self.sweep = None;
        self.findings = Findings { points: Vec::new(), front: Vec::new(), knee: None, cheapest: None };
        (self.hovered, self.chosen) = (None, None);
        self.told.clear();
    }

    /// What the form asks for; none while something in it is wrong.
    fn axes(&self) -> Option<Vec<Axis>> {
        self.setup.axes(&self.factors).ok().filter(|axes| !axes.is_empty())
    }

    /// The sweep that the form asks for, each design of its grid compiled.
    fn asked(&self, props: &SizeProps, axes: Vec<Axis>) -> Sweep {
        Sweep::new(props.design.rc().clone(), props.scenario.rc().clone(), axes, props.seed, self.setup.seeds())
    }

    /// What the form asks for, told anew. It is typed in, so the designs are counted and none is made, unless the design as it is can't run:
    /// then one of the grid has to.
    fn ask_again(&mut self, props: &SizeProps) {
        let Some(axes) = self.axes() else {
            let none = self.factors.is_empty();
            let words = if none { say!("sweep.no_number") } else { "" };
            self.extent = (words.to_owned(), false);
            return;
        };
        let seeds = sweep::seeds(props.seed, self.setup.seeds());
        if !self.runs {
            let sweep = self.asked(props, axes.clone());
            if let (0, Some(why)) = (sweep.runs(), sweep.cells.iter().find_map(|cell| cell.design.as_ref().err())) {
                self.extent = (say!("sweep.none_runs", why), false);
                return;
            }
        }
        self.extent = (self.told_extent(sweep::designs(&axes), &seeds), true);
    }

    fn stop(&mut self, props: &SizeProps) {
        self.worker_pool = None;
        self.look_again();
        // What a run takes is known now.
        self.ask_again(props);
    }

    fn start(&mut self, ctx: &Context<Self>) {
        let Some(axes) = self.axes() else { return };
        let sweep = self.asked(ctx.props(), axes);
        self.forget();
        self.present = Some(sweep.present);
        self.sweep = Some(sweep);
        self.look_again();
        self.go_on(ctx);
    }

    /// Runs what has not come.
    fn go_on(&mut self, ctx: &Context<Self>) {
        let Some(sweep) = &self.sweep else { return };
        let able: Vec<usize> = (0..sweep.cells.len()).filter(|at| sweep.cells[*at].design.is_ok()).collect();
        let designs = able.iter().filter_map(|at| sweep.cells[*at].design.as_ref().ok().cloned()).collect();
        let open = sweep.open();
        self.jobs = open.iter().map(|(cell, _)| *cell).collect();
        let number = |cell: usize| able.iter().position(|at| *at == cell).expect("what is open can run");
        let jobs = open.into_iter().map(|(cell, seed)| (number(cell), seed)).collect();
        let link = ctx.link().clone();
        self.began = (now(), sweep.done());
        let task = Task { scenario: sweep.scenario.clone(), designs, jobs, watched: false };
        // On a phone the map stands below the form.
        if let Some(Ok(Some(shown))) = self.dialog.cast::<HtmlElement>().map(|d| d.query_selector(".shown")) {
            focus::show(&shown);
        }
        self.worker_pool = WorkerPool::begin(task, move |job, outcome| link.send_message(Msg::Outcome(job, outcome)));
    }

    fn take(&mut self, props: &SizeProps, job: usize, outcome: Outcome) -> bool {
        // What was on its way when the pool was dropped is not taken.
        let (Some(worker_pool), Some(sweep)) = (&self.worker_pool, &mut self.sweep) else { return false };
        sweep.take(self.jobs[job], outcome);
        let new = sweep.done() - self.began.1;
        self.run_ms = (now() - self.began.0) * worker_pool.workers().max(1) as f64 / new.max(1) as f64;
        if sweep.done() == sweep.runs() {
            self.stop(props);
        } else {
            self.look_again();
        }
        true
    }

    fn look_again(&mut self) {
        if let Some(sweep) = &self.sweep {
            self.findings = Findings::of(sweep);
            // While marks still come a knee would jump about.
            if self.worker_pool.is_some() {
                self.findings.knee = None;
            }
            self.scene = Scene::of(sweep, &self.findings);
        }
    }

    fn point(&mut self, event: &PointerEvent) -> bool {
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let found = self.scene.nearest(&self.canvas, at);
        let before = (self.hovered, self.chosen);
        if event.type_() == "pointermove" {
            self.hovered = found;
        } else {
            self.chosen = found;
        }
        before != (self.hovered, self.chosen)
    }

    /// The keys of [`crate::session::KEYS`] on the map.
    fn key(&mut self, event: &KeyboardEvent) -> bool {
        let Some(sweep) = self.sweep.as_ref().filter(|_| keypress::takes(event, Scope::Map)) else { return false };
        event.prevent_default();
        event.stop_propagation();
        self.hovered = None;
        self.chosen = match event.key().as_str() {
            "ArrowLeft" => Some(picture::beside(sweep, self.chosen, -1, 0)),
            "ArrowRight" => Some(picture::beside(sweep, self.chosen, 1, 0)),
            "ArrowUp" => Some(picture::beside(sweep, self.chosen, 0, -1)),
            "ArrowDown" => Some(picture::beside(sweep, self.chosen, 0, 1)),
            "Home" => self.present,
            _ => {
                if let Some(button) = self.open_button.cast::<HtmlElement>() {
                    focus::follow(&button);
                }
                return false;
            }
        };
        true
    }

    fn open(&mut self, props: &SizeProps) {
        let Some((sweep, cell)) = self.sweep.as_ref().zip(self.chosen) else { return };
        let (Ok(own), Some(point)) = (&sweep.cells[cell].design, &self.findings.points[cell]) else { return };
        let design = sweep.design_for(cell, &props.design).unwrap_or_else(|| (**own).clone());
        let (what, scenario, seed) = (text::name(sweep, cell), sweep.scenario.clone(), point.seed);
        props.on_open.emit(Rc::new(SweepChoice { design, what, scenario, seed }));
    }
}

fn now() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}
