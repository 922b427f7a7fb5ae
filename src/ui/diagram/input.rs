//! Input: pointer, wheel and key events of the canvas turned into actions.
//!
//! Pointers are captured by the SVG element itself, so that a drag goes on outside of it; one path serves mouse, pen and touch.

use std::cell::RefCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver, SvgElement};

use super::Scene;
use crate::session::building::REST_S;
use crate::session::gestures::keys::{Scope, is_listed, lookup};
use crate::session::{Action, Button, Command, Gesture, Phase, Point, Pointer};
use crate::ui::{focus, keypress};

/// How much a wheel's step zooms.
const WHEEL_ZOOM: f64 = 0.0016;

/// On the canvas while it has the focus by a press.
const PRESSED: &str = "data-pressed";

/// Space: held, the pointer pans; let go without that, it plays or pauses.
#[derive(Default)]
pub struct Space {
    held: bool,
    panned: bool,
}

/// What the canvas's listeners need to know.
#[derive(Clone)]
pub struct Listening {
    pub canvas: NodeRef,
    pub dispatch: Callback<Action>,
    pub space: Rc<RefCell<Space>>,
    /// Where the mouse is on the canvas, for what is pasted.
    pub hover: Rc<RefCell<Option<Point>>>,
    /// Nothing is under way, so a pointer that only moves says nothing.
    pub idle: bool,
    pub embedded: bool,
    /// Where Enter leads when something is selected and nothing is under way.
    pub on_edit: Option<Callback<()>>,
    /// Right behind the components in the order of Tab.
    pub way_out: NodeRef,
    /// Escape was pressed with nothing under way: the next Tab goes past the components, so that a large design holds nobody up.
    pub leaving: Rc<RefCell<bool>>,
}

/// A point of the window as a point of `element`.
pub fn within(element: &Element, x: i32, y: i32) -> Point {
    let area = element.get_bounding_client_rect();
    Point::new(f64::from(x) - area.left(), f64::from(y) - area.top())
}

impl Listening {
    pub fn pointer(&self, phase: Phase) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(canvas) = this.canvas.cast::<Element>() else { return };
            if event.pointer_type() == "mouse" {
                *this.hover.borrow_mut() = Some(within(&canvas, event.client_x(), event.client_y()));
            }
            if phase == Phase::Move && this.idle {
                return;
            }
            if phase == Phase::Down {
                this.space.borrow_mut().panned = true;
                *this.leaving.borrow_mut() = false;
                // A pointer that is gone already can't be captured; its up event follows all the same.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
            let button = match event.button() {
                _ if this.space.borrow().held => Button::Pan,
                1 => Button::Pan,
                2.. => Button::Other,
                _ => Button::Primary,
            };
            this.dispatch.emit(Action::Pointer(Pointer {
                phase,
                id: event.pointer_id(),
                at: within(&canvas, event.client_x(), event.client_y()),
                button,
                add: event.shift_key() || event.ctrl_key() || event.meta_key(),
                touch: event.pointer_type() == "touch",
            }));
        })
    }

    pub fn leave(&self) -> Callback<PointerEvent> {
        let hover = self.hover.clone();
        Callback::from(move |_: PointerEvent| *hover.borrow_mut() = None)
    }

    /// A press gives the focus to the canvas as a whole, so that keys work at once; the card under the pointer is the session's to select.
    pub fn keep_focus(&self) -> Callback<MouseEvent> {
        let canvas = self.canvas.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if let Some(canvas) = canvas.cast::<SvgElement>() {
                // Told to the style sheet: a press needs no ring around the whole stage.
                let _ = canvas.set_attribute(PRESSED, "");
                focus::follow(&canvas);
            }
        })
    }

    /// Ctrl with the wheel (a pinch on a touchpad) zooms. The plain wheel zooms only when the diagram has the focus, and never in a frame:
    /// there it scrolls the page around.
    pub fn wheel(&self) -> Callback<WheelEvent> {
        let this = self.clone();
        Callback::from(move |event: WheelEvent| {
            let Some(canvas) = this.canvas.cast::<Element>() else { return };
            let pinch = event.ctrl_key() || event.meta_key();
            if !pinch && (this.embedded || !has_focus(&canvas)) {
                return;
            }
            event.prevent_default();
            // Lines and pages of the wheel in pixels.
            let unit = [1.0, 16.0, 400.0][event.delta_mode().min(2) as usize];
            let delta = (event.delta_y() * unit).clamp(-300.0, 300.0);
            let factor = (-delta * WHEEL_ZOOM * if pinch { 4.0 } else { 1.0 }).exp();
            this.dispatch.emit(Action::ZoomAt { at: within(&canvas, event.client_x(), event.client_y()), factor });
        })
    }

    pub fn key_down(&self) -> Callback<KeyboardEvent> {
        let this = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(canvas) = this.canvas.cast::<Element>() {
                let _ = canvas.remove_attribute(PRESSED);
            }
            let Some(press) = keypress::of(&event) else { return };
            if press.key == "Tab" && !press.ctrl && !press.shift && *this.leaving.borrow() {
                // From there the browser's own Tab goes on.
                return focus(&this.way_out);
            }
            if press.key == " " && is_listed(&press, Scope::Diagram) {
                event.prevent_default();
                if !event.repeat() {
                    *this.space.borrow_mut() = Space { held: true, panned: !this.idle };
                }
                return;
            }
            if let Some(command) = lookup(&press, Scope::Diagram) {
                event.prevent_default();
                event.stop_propagation();
                if let (Command::Confirm, Some(on_edit)) = (command, &this.on_edit) {
                    return on_edit.emit(());
                }
                let action = match (command, *this.hover.borrow()) {
                    (Command::Paste, Some(at)) => Action::Paste { at },
                    _ => Action::Do(command),
                };
                let leaves = command == Command::Cancel && this.idle;
                if leaves {
                    focus(&this.canvas);
                }
                *this.leaving.borrow_mut() = leaves;
                this.dispatch.emit(action);
            }
        })
    }

    /// Whoever has gone elsewhere comes back as at the first time.
    pub fn stay(&self) -> Callback<FocusEvent> {
        let (leaving, canvas) = (self.leaving.clone(), self.canvas.clone());
        Callback::from(move |_: FocusEvent| {
            *leaving.borrow_mut() = false;
            if let Some(canvas) = canvas.cast::<Element>() {
                let _ = canvas.remove_attribute(PRESSED);
            }
        })
    }

    pub fn key_up(&self) -> Callback<KeyboardEvent> {
        let (space, dispatch) = (self.space.clone(), self.dispatch.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == " " {
                let Space { held, panned } = std::mem::take(&mut *space.borrow_mut());
                if held && !panned {
                    dispatch.emit(Action::Do(Command::PlayOrPause));
                }
            }
        })
    }
}

fn focus(element: &NodeRef) {
    if let Some(element) = element.cast::<Element>() {
        focus::follow(&element);
    }
}

fn has_focus(canvas: &Element) -> bool {
    let active = canvas.owner_document().and_then(|d| d.active_element());
    active.is_some_and(|active| canvas.contains(Some(&active)))
}

/// Tells the session the canvas's size, now and whenever it changes.
#[hook]
pub fn use_size(canvas: &NodeRef, dispatch: &Callback<Action>) {
    let (canvas, dispatch) = (canvas.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let element = canvas.cast::<Element>().expect("the canvas is there after the first rendering");
        let measured = element.clone();
        let tell = Closure::<dyn FnMut()>::new(move || {
            let area = measured.get_bounding_client_rect();
            dispatch.emit(Action::Canvas { width: area.width(), height: area.height() });
        });
        let observer = ResizeObserver::new(tell.as_ref().unchecked_ref()).expect("a browser has resize observers");
        observer.observe(&element);
        move || {
            observer.disconnect();
            drop(tell);
        }
    });
}

/// Tells the session how much of the canvas a drawer or a sheet lies over, when it opens or closes, or something else is selected. A gesture is
/// over by then: nothing moves away under a pointer.
#[hook]
pub fn use_cover(canvas: &NodeRef, drawer: Option<&'static str>, scene: &Scene, dispatch: &Callback<Action>) {
    let (canvas, dispatch) = (canvas.clone(), dispatch.clone());
    let idle = scene.gesture == Gesture::Idle;
    let about = (scene.selection.clone(), scene.frozen.clone());
    use_effect_with((drawer, idle, about, scene.view.width), move |(drawer, idle, ..)| {
        if *idle && let Some((right, bottom)) = drawer.map_or(Some((0.0, 0.0)), |drawer| covered(&canvas, drawer)) {
            dispatch.emit(Action::Cover { right, bottom });
        }
    });
}

/// How much of the canvas lies under a drawer or a sheet, at its right and its lower edge.
fn covered(canvas: &NodeRef, drawer: &str) -> Option<(f64, f64)> {
    let canvas = canvas.cast::<Element>()?;
    let over = canvas.owner_document()?.query_selector(drawer).ok()??.get_bounding_client_rect();
    let area = canvas.get_bounding_client_rect();
    let sheet = over.width() > area.width() / 2.0;
    Some(match (over.left() < area.right() && over.top() < area.bottom() && over.width() > 0.0, sheet) {
        (false, _) => (0.0, 0.0),
        (true, true) => (0.0, area.bottom() - over.top()),
        (true, false) => (area.right() - over.left(), 0.0),
    })
}

/// While somebody builds and nothing is under way, tells the session once they have rested.
#[hook]
pub fn use_rest(scene: &Scene, dispatch: &Callback<Action>) {
    let waits = (scene.building && scene.gesture == Gesture::Idle).then(|| scene.design.clone());
    let dispatch = dispatch.clone();
    use_effect_with(waits, move |waits| {
        let rested = move || dispatch.emit(Action::Rest { wall_s: REST_S });
        let timeout = waits.is_some().then(|| Timeout::new((REST_S * 1000.0) as u32, rested));
        move || drop(timeout)
    });
}

/// When the window loses the focus, what the pointer was doing ends: its end may never be told.
#[hook]
pub fn use_blur(space: &Rc<RefCell<Space>>, dispatch: &Callback<Action>) {
    let (space, dispatch) = (space.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let window = web_sys::window().expect("a page has a window");
        let listener = EventListener::new(&window, "blur", move |_| {
            *space.borrow_mut() = Space::default();
            let at = Point::default();
            let gone = Pointer { phase: Phase::Cancel, id: 0, at, button: Button::Primary, add: false, touch: false };
            dispatch.emit(Action::Pointer(gone));
        });
        move || drop(listener)
    });
}

/// The canvas of the page, for those who drag something onto it.
pub fn find_canvas() -> Option<Element> {
    web_sys::window()?.document()?.query_selector(".diagram svg.canvas").ok().flatten()
}

/// Moves an element with the pointer; style attributes are blocked, properties are not.
pub fn move_to(element: &HtmlElement, x: i32, y: i32) {
    let style = element.style();
    let _ = style.set_property("transform", &format!("translate({x}px, {y}px)"));
}

/// As long as it is wanted, tells the session of every frame, with the wall time since the one before.
#[hook]
pub fn use_frames(wanted: bool, dispatch: &Callback<Action>, action: fn(f64) -> Action) {
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    let dispatch = dispatch.reform(action);
    use_effect_with(wanted, move |wanted| {
        if *wanted {
            follow(&frame, dispatch, None);
        }
        move || *frame.borrow_mut() = None
    });
}

fn follow(frame: &Rc<RefCell<Option<AnimationFrame>>>, passed: Callback<f64>, last_ms: Option<f64>) {
    let again = frame.clone();
    let next = request_animation_frame(move |at_ms| {
        // Asked for first: what is told below may end the wish, and with it the next frame.
        follow(&again, passed.clone(), Some(at_ms));
        if let Some(last) = last_ms {
            passed.emit((at_ms - last).max(0.0) / 1000.0);
        }
    });
    *frame.borrow_mut() = Some(next);
}
