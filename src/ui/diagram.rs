//! The diagram: the design as cards and lines in an SVG, with live figures; pointer and keys go out as actions.
//!
//! Draws a [`Scene`] and decides nothing: hits, gestures and snapping belong to the session. Has no state but what the browser makes it keep.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;

use crate::design::{Design, Node, NodeId, Problem};
use crate::kata::{Analysis, Scenario};
use crate::late::late;
use crate::session::canvas::align::Guide;
use crate::session::canvas::geometry;
use crate::session::gestures::gesture::{Connecting, Drop};
use crate::session::run::loss::Frozen;
use crate::session::{
    Action, Command, Figures, Gesture, Ghost, Offer, Phase, Rect, Route, Selection, Session, Viewport,
};
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::{ByPtr, Widget, widget};

mod cards;
mod crowd;
mod detail;
mod dots;
mod face;
mod fitted;
mod ghosts;
pub mod input;
pub mod key;
mod lines;
mod menu;
mod part;
pub mod server_grid;

use cards::Cards;
use detail::Detail;
use dots::Dots;
use input::Space;
use lines::{Lines, Rates};
use menu::Menu;

/// What the diagram shows: a cheap snapshot of a session, compared by pointer.
#[derive(Clone, PartialEq)]
pub struct Scene {
    pub design: ByPtr<Design>,
    pub scenario: ByPtr<Scenario>,
    /// Of the design in the scenario.
    pub analysis: ByPtr<Analysis>,
    /// Those that are to be shown.
    pub problems: ByPtr<Vec<Problem>>,
    /// The structure has changed a moment ago.
    pub building: bool,
    pub ghosts: ByPtr<Vec<Ghost>>,
    /// Where each connection of the design runs, with what a gesture has moved.
    pub routes: ByPtr<Vec<Rc<Route>>>,
    pub selection: ByPtr<Selection>,
    pub gesture: Gesture,
    pub view: Viewport,
    pub figures: Option<ByPtr<Figures>>,
    pub playing: bool,
    pub readonly: bool,
    /// The connection that closes the gap of a deletion.
    pub offer: Option<Offer>,
    /// The component that acted in the last step, by its number in the design.
    pub acted: Option<usize>,
    /// The components by which goals are being missed.
    pub blamed: Rc<Vec<NodeId>>,
    /// The moment that is held, with those that did it.
    pub frozen: Option<ByPtr<Frozen>>,
    /// What help points at.
    pub rings: Option<Rc<Rings>>,
    /// A drag waits at the edge of the canvas for the view to follow.
    pub drifting: bool,
    /// Some connections are still to be led round what stands in their way.
    pub settling: bool,
}

/// Components and connections that are ringed.
#[derive(PartialEq)]
pub struct Rings {
    pub nodes: Vec<NodeId>,
    pub edges: Vec<(NodeId, NodeId)>,
}

impl Scene {
    pub fn of(session: &Session) -> Scene {
        Scene {
            design: session.design().into(),
            scenario: session.scenario().into(),
            analysis: session.analysis().into(),
            problems: session.shown_problems().into(),
            building: session.is_building(),
            ghosts: session.ghosts().into(),
            routes: session.routes().all().into(),
            selection: session.selection().into(),
            gesture: session.gesture().clone(),
            view: session.view(),
            figures: session.figures().map(ByPtr::from),
            playing: session.is_playing(),
            readonly: session.is_readonly(),
            offer: session.offer().cloned(),
            acted: session.acted().map(|acted| acted.station),
            blamed: session.blamed().into(),
            frozen: session.frozen().map(ByPtr::from),
            rings: session.ringed().map(|help| Rc::new(Rings { nodes: help.nodes.clone(), edges: help.edges.clone() })),
            drifting: session.is_drifting(),
            settling: session.is_settling(),
        }
    }

    /// How a component stands in what is missed: it does it now, or did it at the moment that is held.
    pub fn guilt(&self, id: &NodeId) -> Option<&'static str> {
        match &self.frozen {
            Some(frozen) => frozen.lit.contains(id).then_some("lit"),
            None => self.blamed.contains(id).then_some("blamed"),
        }
    }

    /// How far the whole drawing is drawn from where it is: everything in it is moved together.
    fn shift(&self) -> (f64, f64) {
        let all = self.selection.nodes.len() == self.design.nodes.len();
        self.gesture.offset(all)
    }

    /// How far a component is drawn from where it is in the drawing.
    fn offset(&self, selected: bool) -> (f64, f64) {
        let all = self.selection.nodes.len() == self.design.nodes.len();
        self.gesture.offset(selected && !all)
    }

    /// Where a component is drawn in the drawing.
    fn area(&self, node: &Node) -> Rect {
        let (dx, dy) = self.offset(self.selection.has_node(&node.id));
        let area = geometry::rect(node);
        Rect { x: area.x + dx, y: area.y + dy, ..area }
    }
}

#[derive(PartialEq)]
pub struct Diagram {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
    /// What is selected is to be edited: show the inspector.
    pub on_edit: Callback<()>,
    /// What lies over some of it, as a selector: a part's parameters, the result of a run, or a moment that is held.
    pub drawer: Option<&'static str>,
    /// Stands in a page of someone else: the plain wheel scrolls that page.
    pub embedded: bool,
    /// Is printed: all of the design, which the paper scales. The scene's view is the plain one then.
    pub paper: bool,
}

widget!(Diagram, use_diagram);

/// With more connections than this, what only answers to a hover is left out.
const CROWD: usize = 200;

/// Fills its parent: give that a size.
#[hook]
fn use_diagram(props: &Diagram) -> Html {
    let canvas = use_node_ref();
    let space = use_mut_ref(Space::default);
    let hover = use_mut_ref(|| None);
    let (way_out, leaving) = (use_node_ref(), use_mut_ref(|| false));
    input::use_size(&canvas, &props.dispatch);
    input::use_cover(&canvas, props.drawer, &props.scene, &props.dispatch);
    input::use_rest(&props.scene, &props.dispatch);
    input::use_blur(&space, &props.dispatch);
    input::use_frames(props.scene.drifting, &props.dispatch, |wall_s| Action::Drift { wall_s });
    input::use_frames(props.scene.settling, &props.dispatch, |_| Action::Settle);
    let listening = input::Listening {
        canvas: canvas.clone(),
        dispatch: props.dispatch.clone(),
        space,
        hover,
        idle: matches!(props.scene.gesture, Gesture::Idle | Gesture::Choosing { .. }),
        on_edit: (props.scene.gesture == Gesture::Idle && !props.scene.selection.is_empty())
            .then(|| props.on_edit.clone()),
        way_out: way_out.clone(),
        leaving,
        embedded: props.embedded,
    };
    let scene = &props.scene;
    let view = scene.view;
    let (dx, dy) = scene.shift();
    let transform =
        format!("translate({:.2} {:.2}) scale({:.4})", view.x + dx * view.zoom, view.y + dy * view.zoom, view.zoom);
    let count = scene.design.nodes.len();
    let label = say!("diagram.label", plural = count, n = count);
    html! {
        <div class="diagram" aria-busy={scene.settling.then_some("true")}>
            <svg ref={canvas} class={classes!("canvas", (Detail::at(view.zoom) == Detail::Block).then_some("blocks"), (scene.design.edges.len() > CROWD).then_some("crowded"))} viewBox={if props.paper { sheet(scene) } else { None }} tabindex="0" role="application" aria-label={label}
                aria-roledescription={say!("diagram.what")}
                onpointerdown={listening.pointer(Phase::Down)} onpointermove={listening.pointer(Phase::Move)}
                onpointerup={listening.pointer(Phase::Up)} onpointercancel={listening.pointer(Phase::Cancel)}
                onpointerleave={listening.leave()} onmousedown={listening.keep_focus()} onwheel={listening.wheel()}
                onkeydown={listening.key_down()} onkeyup={listening.key_up()} onfocusout={listening.stay()}>
                { grid(scene) }
                <g {transform}>
                    { Lines::of(scene).view() }
                    if scene.figures.is_some() { { Dots::of(scene).view() } }
                    { Rates::of(scene).view() }
                    { crowd::crowds(scene) }
                    { Cards::of(scene, &props.dispatch).view() }
                    { ghosts::ghosts(scene, &props.dispatch).unwrap_or_default() }
                    { lines::open(scene).unwrap_or_default() }
                    { lines::placing(scene).unwrap_or_default() }
                    { guides(scene).unwrap_or_default() }
                    { marquee(scene) }
                </g>
                if let Some(look) = cursor(scene) { <rect class={classes!("veil", look)} width="100%" height="100%"/> }
            </svg>
            <span ref={way_out} tabindex="-1"></span>
            { empty(&scene.design) }
            { hint(scene).unwrap_or_default() }
            { offer(scene, &props.dispatch) }
            if matches!(scene.gesture, Gesture::Choosing { .. }) { { Menu { scene: scene.clone(), dispatch: props.dispatch.clone() }.view() } }
            { zoom_buttons(scene, &props.dispatch) }
        </div>
    }
}

/// Around all components there is this much space on paper: at the sides and above; and below, for those who were turned away.
const SPACE: f64 = 24.0;
const BELOW: f64 = 64.0;

late! {
    /// What a sheet of paper shows.
    fn sheet(scene: &Scene) -> String {
        let Rect { x, y, width, height } = geometry::bounds(&scene.design);
        format!("{} {} {} {}", x - SPACE, y - SPACE, width + 2.0 * SPACE, height + SPACE + BELOW)
    }
}

/// The one next step where there is no part yet.
pub fn empty(design: &Design) -> Html {
    if !design.nodes.is_empty() {
        return Html::default();
    }
    html! { <p class="empty">{ say!("diagram.empty") }</p> }
}

/// The pointer's look while something is under way.
fn cursor(scene: &Scene) -> Option<&'static str> {
    match &scene.gesture {
        Gesture::Panning { .. } | Gesture::Pinching { .. } => Some("is-panning"),
        Gesture::Moving { .. } => Some("is-moving"),
        Gesture::Connecting { .. } => Some("is-connecting"),
        Gesture::Placing { .. } => Some("is-placing"),
        Gesture::Marquee { .. } => Some("is-marqueeing"),
        Gesture::Idle | Gesture::Pressing { .. } | Gesture::Choosing { .. } => None,
    }
}

/// The dots of the background; they move and grow with the view.
fn grid(scene: &Scene) -> Html {
    let view = scene.view;
    let step = 16.0 * view.zoom * if view.zoom < 0.6 { 2.0 } else { 1.0 };
    html! {
        <>
            <defs>
                <pattern id="diagram-grid" patternUnits="userSpaceOnUse" width={format!("{step:.3}")} height={format!("{step:.3}")}
                    x={format!("{:.2}", view.x.rem_euclid(step))} y={format!("{:.2}", view.y.rem_euclid(step))}>
                    <circle class="grid-dot" cx="1" cy="1" r="1"/>
                </pattern>
                <pattern id="unheard" patternUnits="userSpaceOnUse" width="3" height="3" patternTransform="rotate(45)"><path class="hatch" d="M0 0V3"/></pattern>
            </defs>
            <rect class="grid" width="100%" height="100%" fill="url(#diagram-grid)"/>
        </>
    }
}

fn marquee(scene: &Scene) -> Html {
    let Some(area) = scene.gesture.marquee() else { return Html::default() };
    let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|v| format!("{v:.1}"));
    html! { <rect class="marquee" {x} {y} {width} {height}/> }
}

late! {
    /// Lines through what is aligned with what is being moved.
    fn guides(scene: &Scene) -> Html {
        let (Gesture::Moving { guides, .. } | Gesture::Placing { guides, .. }) = &scene.gesture else {
            return Html::default();
        };
        let line = |g: &Guide| {
            let (at, from, to) = (g.at, g.from - 12.0, g.to + 12.0);
            let d = if g.upright { format!("M{at:.1} {from:.1}V{to:.1}") } else { format!("M{from:.1} {at:.1}H{to:.1}") };
            html! { <path class="guide" {d}/> }
        };
        guides.iter().map(line).collect()
    }
}

late! {
    /// Words at the canvas's lower edge about what is under way.
    fn hint(scene: &Scene) -> Html {
        let name = |id: &str| scene.design.node(id).map_or(String::new(), |n| n.name().to_owned());
        let (words, refused) = match &scene.gesture {
            Gesture::Connecting { from, target: None, how: Connecting::Pointer { dragging: false, .. } } => {
                (say!("diagram.choose_next", name = name(from)), false)
            }
            Gesture::Connecting { from, target: Some(to), .. } => match scene.design.may_connect(from, to) {
                Ok(()) => (say!("diagram.connect", from = name(from), to = name(to)), false),
                Err(why) => (why.to_string(), true),
            },
            Gesture::Placing { kind, drop, .. } => match drop {
                Drop::OnEdge { from, to } | Drop::OnGhost { from, to } => {
                    (say!("diagram.put_between", part = kind.kind().name(), from = name(from), to = name(to)), false)
                }
                Drop::Misfit { why, .. } => (why.clone(), true),
                Drop::Free | Drop::Outside => return Html::default(),
            },
            _ => return Html::default(),
        };
        html! {
            <p class={classes!("hint-line", refused.then_some("refused"))}>if refused { { icon(Icon::Over) } }{ words }</p>
        }
    }
}

/// The button that closes a gap.
fn offer(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let Some(offer) = &scene.offer else { return Html::default() };
    let onclick = dispatch.reform(|_: MouseEvent| Action::TakeOffer);
    html! { <button type="button" class="btn offer" {onclick}>{ &offer.label }</button> }
}

fn zoom_buttons(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let button = |command: Command, label: &'static str, d: &'static str| {
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.emit(Action::Do(command)));
        html! {
            <button type="button" {onclick} aria-label={label} title={label} aria-description="">
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path {d}/></svg>
            </button>
        }
    };
    html! {
        <div class="zoom" role="group" aria-label={say!("diagram.view", percent = format!("{:.0}", scene.view.zoom * 100.0))}>
            { button(Command::ZoomOut, say!("diagram.zoom_out"), "M3.5 8h9") }
            { button(Command::Fit, say!("diagram.fit"), "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10") }
            { button(Command::ZoomIn, say!("diagram.zoom_in"), "M3.5 8h9M8 3.5v9") }
            if !scene.readonly {
                { button(Command::Tidy, say!("diagram.tidy"), "M2.5 3.5h4v4h-4zM9.5 3.5h4v4h-4zM6.5 5.5h3M9.5 10.5h4v3h-4zM6.5 5.5h1.5v6.5h1.5") }
            }
        </div>
    }
}
