//! A schedule's steps in the track of the workers: each is a grip that pointer, finger and arrow keys move alike, in time and in number.
//!
//! A drag is one change of the design like any other, with one step to undo it; what a step may be is the schedule's own (`text::schedule`).

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::*;
use crate::design::{Edit, Node, NodeId};
use crate::kinds::Value;
use crate::session::Session;
use crate::session::gestures::keys::Scope;
use crate::session::text::schedule::{Run, at_s, workers};
use crate::ui::keypress;
use crate::ui::kit::widget;

/// What the arrow keys move a step by, in seconds and workers; with Shift so many times that.
const STEP: (f64, f64) = (60.0, 1.0);
const SHIFTED: f64 = 10.0;
/// The radius of a grip, and of what a finger hits, in CSS pixels.
const GRIP: f64 = 4.5;
const REACH: f64 = 22.0;
/// A grip this near to the upper edge is named beside it.
const UNDER: f64 = 18.0;

/// Where moments and numbers of workers lie in the plot, in CSS pixels from its corner.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plane {
    width: f64,
    height: f64,
    /// The place of the run's start, and pixels for a second.
    x: (f64, f64),
    /// The place of no worker, and pixels for one.
    y: (f64, f64),
}

impl Plane {
    fn of(layout: &Layout, left: f64) -> Plane {
        let (start, nobody) = (layout.x(0.0), layout.y(Side::Left, 0.0));
        Plane {
            width: layout.width - left,
            height: layout.height,
            x: (start - left, layout.x(1.0) - start),
            y: (nobody, nobody - layout.y(Side::Left, 1.0)),
        }
    }

    fn place(&self, at_s: f64, workers: f64) -> (f64, f64) {
        (self.x.0 + at_s * self.x.1, self.y.0 - workers * self.y.1)
    }
}

#[derive(PartialEq)]
struct ScheduleSteps {
    node: ByPtr<Node>,
    run: Run,
    plane: Plane,
    dispatch: Callback<Action>,
}

widget!(late ScheduleSteps, use_steps; until |_, _| Html::default());

/// A step that is being dragged: where it was, and where the pointer took it.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    index: usize,
    pointer: i32,
    from: (f64, f64),
    was: (f64, f64),
    plane: Plane,
}

impl ChartView {
    /// The grips, in the track of the workers.
    pub(super) fn steps(&self, props: &ChartViewProps) -> Html {
        let shown = props.chart.id == ChartId::Workers && props.room != Room::Folded && self.table.is_none();
        shown.then(|| grips(self, props)).flatten().unwrap_or_default()
    }
}

late! {
    /// The grips, where one pool's schedule is what the track shows and the learner may change it.
    fn grips(view: &ChartView, props: &ChartViewProps) -> Html {
        let node = scheduled(&props.session.borrow());
        let (Some(node), Some(size)) = (node, view.surface.borrow().size()) else { return Html::default() };
        let left = if view.frame == Frame::Track { TRACK_LEFT } else { 0.0 };
        let plane = props.drawn(view.frame, size, |input| {
            Plane::of(&Layout::with(&props.chart, input, &view.extents.borrow()), left)
        });
        let run = Run { starts_at_s: props.chart_context.starts_at_s, lasts_s: props.chart_context.duration_s };
        ScheduleSteps { node, run, plane, dispatch: props.dispatch.clone() }.view()
    }
}

/// The pool whose steps are shown: the one that is selected, else the only one with a schedule.
fn scheduled(session: &Session) -> Option<ByPtr<Node>> {
    let free = |node: &&Rc<Node>| session.scenario().given(node.kind, SCALING).is_none() && !list(node).is_empty();
    let mut pools = session.design().nodes.iter().filter(free).filter(|_| !session.is_readonly());
    let selected = session.selection().only_node();
    let chosen = pools.clone().find(|node| Some(&node.id) == selected);
    let only = pools.next().filter(|_| pools.next().is_none());
    chosen.or(only).map(ByPtr::from)
}

const SCALING: &str = "scaling";

/// The steps of a component's schedule; none without one.
fn list(node: &Node) -> Vec<Value> {
    if node.kind.kind().param(SCALING).is_none() {
        return Vec::new();
    }
    let scaling = node.param(SCALING);
    scaling.get("steps").and_then(Value::list).map(<[Value]>::to_vec).unwrap_or_default()
}

#[hook]
fn use_steps(props: &ScheduleSteps) -> Html {
    let drag = use_state_eq(|| None::<Drag>);
    let steps = list(&props.node);
    let name = props.node.name();
    let change = {
        let (dispatch, id) = (props.dispatch.clone(), props.node.id.clone());
        Callback::from(move |steps: Vec<Value>| dispatch.emit(changed(&id, steps)))
    };
    let done = props.dispatch.reform(|()| Action::EndBurst);
    let grip = |index: usize| {
        let (at, many) = (at_s(&steps[index]), workers(&steps[index]));
        let (x, y) = props.plane.place(at, many);
        let told = say!("charts.step_told", plural = many, at = props.run.write(at), n = format::count(many as u64));
        let beside = if y < UNDER { (GRIP + 5.0, 4.0, "start") } else { (0.0, -9.0, "middle") };
        let dragged = (*drag).is_some_and(|drag| drag.index == index);
        let on_pointer = on_pointer(props, &steps, index, &drag, &change, &done);
        html! {
            <g key={index} class={classes!("step-grip", dragged.then_some("dragged"))} role="slider" tabindex="0" aria-label={say!("charts.step_of", n = index + 1, part = name)}
                aria-valuemin="0" aria-valuemax={format!("{:.0}", props.run.lasts_s)} aria-valuenow={format!("{at:.0}")} aria-valuetext={told.clone()}
                transform={format!("translate({x:.1} {y:.1})")} onpointerdown={on_pointer.clone()} onpointermove={on_pointer.clone()}
                onpointerup={on_pointer.clone()} onpointercancel={on_pointer} onkeydown={on_key(props, &steps, index, &change)}
                onblur={done.reform(|_: FocusEvent| ())}>
                <circle class="reach" r={REACH.to_string()}/>
                <circle class="grip" r={GRIP.to_string()}/>
                <text x={beside.0.to_string()} y={beside.1.to_string()} text-anchor={beside.2} aria-hidden="true">{ told }</text>
            </g>
        }
    };
    let (width, height) = (format!("{:.0}", props.plane.width), format!("{:.0}", props.plane.height));
    html! {
        <svg class="schedule-steps" {width} {height} role="group" aria-label={say!("charts.schedule_of", part = name)}>
            <path class="plan" d={plan(props, &steps)}/>
            { for (0..steps.len()).map(grip) }
        </svg>
    }
}

fn changed(node: &NodeId, steps: Vec<Value>) -> Action {
    let edit = Edit::SetParam { node: node.clone(), path: format!("{SCALING}.steps"), value: Value::List(steps) };
    Action::Edit { edit, burst: Some(format!("{node}.{SCALING}.steps")) }
}

/// The number of workers over the run, as it was ordered.
fn plan(props: &ScheduleSteps, steps: &[Value]) -> String {
    let first = workers(&props.node.param(SCALING));
    let (x, y) = props.plane.place(0.0, first);
    let corner = |step: &Value| {
        let (x, y) = props.plane.place(at_s(step), workers(step));
        format!("H{x:.1}V{y:.1}")
    };
    let corners: String = steps.iter().map(corner).collect();
    format!("M{x:.1} {y:.1}{corners}H{:.1}", props.plane.place(props.run.lasts_s, 0.0).0)
}

fn on_pointer(
    props: &ScheduleSteps,
    steps: &[Value],
    index: usize,
    drag: &UseStateHandle<Option<Drag>>,
    change: &Callback<Vec<Value>>,
    done: &Callback<()>,
) -> Callback<PointerEvent> {
    let (run, plane, steps, drag) = (props.run, props.plane, steps.to_vec(), drag.clone());
    let (change, done) = (change.clone(), done.clone());
    Callback::from(move |event: PointerEvent| {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        match (event.type_().as_str(), *drag) {
            ("pointerdown", None) if event.button() == 0 => {
                if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                    // A browser that refuses only ends the drag at the grip's edge.
                    let _ = target.set_pointer_capture(event.pointer_id());
                }
                let was = (at_s(&steps[index]), workers(&steps[index]));
                drag.set(Some(Drag { index, pointer: event.pointer_id(), from: at, was, plane }));
            }
            ("pointermove", Some(held)) if held.pointer == event.pointer_id() => {
                let by = ((at.0 - held.from.0) / held.plane.x.1, (held.from.1 - at.1) / held.plane.y.1);
                let next = run.moved(&steps, held.index, held.was.0 + by.0, held.was.1 + by.1);
                if next != steps {
                    change.emit(next);
                }
            }
            ("pointerup" | "pointercancel", Some(held)) if held.pointer == event.pointer_id() => {
                drag.set(None);
                done.emit(());
            }
            _ => {}
        }
    })
}

fn on_key(
    props: &ScheduleSteps,
    steps: &[Value],
    index: usize,
    change: &Callback<Vec<Value>>,
) -> Callback<KeyboardEvent> {
    let (run, steps, change) = (props.run, steps.to_vec(), change.clone());
    Callback::from(move |event: KeyboardEvent| {
        if !keypress::takes(&event, Scope::Steps) {
            return;
        }
        let (dx, dy) = match event.key().as_str() {
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, 1.0),
            "ArrowDown" => (0.0, -1.0),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let by = if event.shift_key() { SHIFTED } else { 1.0 };
        let (at, many) = (at_s(&steps[index]), workers(&steps[index]));
        let next = run.moved(&steps, index, at + dx * STEP.0 * by, many + dy * STEP.1 * by);
        if next != steps {
            change.emit(next);
        }
    })
}
