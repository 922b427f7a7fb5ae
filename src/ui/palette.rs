//! The palette: the parts to drag onto the diagram, or to add with Enter or a click.
//!
//! A drag is a captured pointer, not the browser's drag and drop, so that it works with a finger. What a drop does is the session's to say.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::diagram::input::{find_canvas, move_to, within};
use crate::kinds::{KINDS, KindId};
use crate::session::{Action, Button, Phase, Point, Pointer};

/// How far a pointer moves before a press becomes a drag, in CSS pixels.
const DRAG_FROM: f64 = 5.0;

#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    pub dispatch: Callback<Action>,
}

#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let parts = KINDS.iter().filter(|k| k.in_palette).map(|k| {
        html! { <li key={k.key}><Part kind={k.id} dispatch={props.dispatch.clone()}/></li> }
    });
    html! {
        <div class="palette">
            <p>{ "Drag a part onto the diagram, or onto a connection to put it in between. A click or Enter adds it." }</p>
            <ul class="palette">{ for parts }</ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    kind: KindId,
    dispatch: Callback<Action>,
}

/// A press on a part: where it began, and whether it has become a drag.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    start: (i32, i32),
    dragging: bool,
    /// The pointer is over the canvas, which draws the part itself.
    over: bool,
}

#[component]
fn Part(props: &PartProps) -> Html {
    let drag = use_state_eq(|| None::<Drag>);
    // The click that follows a drag must not add a second part.
    let dragged = use_mut_ref(|| false);
    let ghost = use_node_ref();
    let button = use_node_ref();
    let kind = props.kind;

    let onpointerdown = {
        let (drag, button, dragged) = (drag.clone(), button.clone(), dragged.clone());
        Callback::from(move |event: PointerEvent| {
            *dragged.borrow_mut() = false;
            if event.button() == 0 {
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.set_pointer_capture(event.pointer_id());
                }
                drag.set(Some(Drag { start: (event.client_x(), event.client_y()), dragging: false, over: false }));
            }
        })
    };
    let onpointermove = {
        let (drag, dispatch, ghost, dragged) = (drag.clone(), props.dispatch.clone(), ghost.clone(), dragged.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(mut now) = *drag else { return };
            let (dx, dy) = (event.client_x() - now.start.0, event.client_y() - now.start.1);
            if !now.dragging && f64::from(dx).hypot(f64::from(dy)) < DRAG_FROM {
                return;
            }
            let (at, over) = place(&event);
            if !now.dragging {
                *dragged.borrow_mut() = true;
                dispatch.emit(Action::PickUp { kind, at });
            }
            dispatch.emit(Action::Pointer(pointer(&event, Phase::Move, at)));
            if let Some(ghost) = ghost.cast::<HtmlElement>() {
                move_to(&ghost, event.client_x() + 10, event.client_y() + 10);
            }
            (now.dragging, now.over) = (true, over);
            drag.set(Some(now));
        })
    };
    let end = |phase: Phase| {
        let (drag, dispatch) = (drag.clone(), props.dispatch.clone());
        Callback::from(move |event: PointerEvent| {
            if drag.is_some_and(|d| d.dragging) {
                dispatch.emit(Action::Pointer(pointer(&event, phase, place(&event).0)));
            }
            drag.set(None);
        })
    };
    let onclick = {
        let (dispatch, dragged) = (props.dispatch.clone(), dragged);
        Callback::from(move |_: MouseEvent| {
            if !std::mem::take(&mut *dragged.borrow_mut()) {
                dispatch.emit(Action::Add(kind));
            }
        })
    };
    let onkeydown = {
        let (dispatch, drag) = (props.dispatch.clone(), drag.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && drag.is_some() {
                event.prevent_default();
                dispatch.emit(Action::Cancel);
                drag.set(None);
            }
        })
    };
    let kind = kind.kind();
    html! {
        <>
            <button ref={button} type="button" class="palette-item" data-kind={kind.key} {onpointerdown} {onpointermove}
                onpointerup={end(Phase::Up)} onpointercancel={end(Phase::Cancel)} {onclick} {onkeydown}>
                <svg viewBox="0 0 32 32" aria-hidden="true">{ picture(kind.id) }</svg>
                <b>{ kind.name }</b>
                <span>{ kind.help }</span>
            </button>
            if let Some(d) = *drag {
                if d.dragging {
                    <div ref={ghost} class={classes!("palette-ghost", d.over.then_some("over"))}>{ kind.name }</div>
                }
            }
        </>
    }
}

/// Where the pointer is on the canvas, and whether it is over it. Far outside if there is none.
fn place(event: &PointerEvent) -> (Point, bool) {
    match find_canvas() {
        Some(canvas) => {
            let at = within(&canvas, event.client_x(), event.client_y());
            let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
            (at, at.x >= 0.0 && at.y >= 0.0 && at.x <= width && at.y <= height)
        }
        None => (Point::new(-1e6, -1e6), false),
    }
}

fn pointer(event: &PointerEvent, phase: Phase, at: Point) -> Pointer {
    let touch = event.pointer_type() == "touch";
    Pointer { phase, id: event.pointer_id(), at, button: Button::Primary, add: false, touch }
}

/// A small drawing of each part.
fn picture(kind: KindId) -> Html {
    let d = match kind {
        KindId::Patients => "M16 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM6 27c0-5 4.5-8 10-8s10 3 10 8",
        KindId::Api => "M5 7h22v7H5zM5 18h22v7H5zM9 10.5h.1M9 21.5h.1M14 10.5h9M14 21.5h9",
        KindId::Queue => "M7 5v22h18V5M7 13h18M11 18h10M11 22h10",
        KindId::Consumers => {
            "M6 6h5v5H6zM13.5 6h5v5h-5zM21 6h5v5h-5zM6 13.5h5v5H6zM13.5 13.5h5v5h-5zM21 13.5h5v5h-5zM6 21h5v5H6zM13.5 21h5v5h-5zM21 21h5v5h-5z"
        }
        KindId::Clinic => "M6 27V9l10-5 10 5v18zM16 12v8M12 16h8",
        KindId::DeadLetter => "M5 9h22v15H5zM5 9l11 9 11-9M20 24l6 5M26 24l-6 5",
    };
    html! { <path {d}/> }
}
