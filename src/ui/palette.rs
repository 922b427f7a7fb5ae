//! The palette: the parts to drag onto the diagram, or to add with Enter or a click.
//!
//! A drag is a captured pointer, not the browser's drag and drop, so that it works with a finger. What a drop does is the session's to say.

use std::cell::RefCell;
use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlElement;

use super::diagram::input::{find_canvas, move_to, within};
use super::keypress;
use super::kit::{ByPtr, Widget, widget};
use crate::design::Design;
use crate::kata::builtin;
use crate::kinds::KindId;
use crate::session::gestures::keys::Scope;
use crate::session::{Action, Button, Phase, Point, Pointer};

/// How far a pointer moves before a press becomes a drag, in CSS pixels.
const DRAG_FROM: f64 = 5.0;

#[derive(PartialEq)]
pub struct Palette {
    pub design: ByPtr<Design>,
    pub dispatch: Callback<Action>,
}

widget!(Palette => palette);

fn palette(props: &Palette) -> Html {
    let parts = builtin::offered(&props.design).map(|k| {
        html! { <li key={k.key}>{ Part { kind: k.id, dispatch: props.dispatch.clone() }.view() }</li> }
    });
    html! {
        <div class="palette">
            <p><span class="by-drag">{ say!("palette.drag") }</span><span class="by-keys">{ say!("palette.keys") }</span><span class="by-touch">{ say!("palette.tap") }</span></p>
            <ul class="palette">{ for parts }</ul>
        </div>
    }
}

#[derive(PartialEq)]
struct Part {
    kind: KindId,
    dispatch: Callback<Action>,
}

widget!(Part, use_part);

/// A press on a part: where it began, and whether it has become a drag.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    start: (i32, i32),
    dragging: bool,
    /// The pointer is over the canvas, which draws the part itself.
    over: bool,
}

/// What the listeners of a part share.
#[derive(Clone)]
struct Listening {
    kind: KindId,
    dispatch: Callback<Action>,
    drag: UseStateHandle<Option<Drag>>,
    /// The click that follows a drag must not add a second part.
    dragged: Rc<RefCell<bool>>,
    button: NodeRef,
    ghost: NodeRef,
}

impl Listening {
    fn down(&self) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            *this.dragged.borrow_mut() = false;
            if event.button() == 0 {
                if let Some(button) = this.button.cast::<HtmlElement>() {
                    // A pointer that is gone already can't be captured; then there is no drag either.
                    let _ = button.set_pointer_capture(event.pointer_id());
                }
                this.drag.set(Some(Drag { start: (event.client_x(), event.client_y()), dragging: false, over: false }));
            }
        })
    }

    fn moved(&self) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(mut now) = *this.drag else { return };
            if event.buttons() == 0 {
                // The button went up where nobody told: the drag is over without a trace.
                this.dispatch.emit(Action::Cancel);
                this.drag.set(None);
                return;
            }
            let (dx, dy) = (event.client_x() - now.start.0, event.client_y() - now.start.1);
            if !now.dragging && f64::from(dx).hypot(f64::from(dy)) < DRAG_FROM {
                return;
            }
            let (at, over) = place(&event);
            if !now.dragging {
                *this.dragged.borrow_mut() = true;
                this.dispatch.emit(Action::PickUp { kind: this.kind, at });
            }
            this.dispatch.emit(Action::Pointer(pointer(&event, Phase::Move, at)));
            if let Some(ghost) = this.ghost.cast::<HtmlElement>() {
                move_to(&ghost, event.client_x() + 10, event.client_y() + 10);
            }
            (now.dragging, now.over) = (true, over);
            this.drag.set(Some(now));
        })
    }

    fn end(&self, phase: Phase) -> Callback<PointerEvent> {
        let this = self.clone();
        Callback::from(move |event: PointerEvent| {
            if this.drag.is_some_and(|d| d.dragging) {
                this.dispatch.emit(Action::Pointer(pointer(&event, phase, place(&event).0)));
            }
            this.drag.set(None);
        })
    }

    fn click(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |event: MouseEvent| {
            if !std::mem::take(&mut *this.dragged.borrow_mut()) {
                let alone = event.shift_key();
                this.dispatch.emit(if alone { Action::AddAlone(this.kind) } else { Action::Add(this.kind) });
            }
        })
    }

    fn key(&self) -> Callback<KeyboardEvent> {
        let this = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if this.drag.is_some() && keypress::takes(&event, Scope::Palette) {
                event.prevent_default();
                this.dispatch.emit(Action::Cancel);
                this.drag.set(None);
            }
        })
    }
}

#[hook]
fn use_part(props: &Part) -> Html {
    let drag = use_state_eq(|| None::<Drag>);
    let on = Listening {
        kind: props.kind,
        dispatch: props.dispatch.clone(),
        drag: drag.clone(),
        dragged: use_mut_ref(|| false),
        button: use_node_ref(),
        ghost: use_node_ref(),
    };
    let kind = props.kind.kind();
    html! {
        <>
            <button ref={on.button.clone()} type="button" class="palette-item" data-kind={kind.key} onpointerdown={on.down()}
                onpointermove={on.moved()} onpointerup={on.end(Phase::Up)} onpointercancel={on.end(Phase::Cancel)}
                onclick={on.click()} onkeydown={on.key()}>
                <svg viewBox="0 0 32 32" aria-hidden="true"><path d={kind.icon}/></svg>
                <b>{ kind.name() }</b>
                <span>{ kind.help() }</span>
            </button>
            if let Some(d) = drag.filter(|d| d.dragging) {
                <div ref={on.ghost} class={classes!("palette-ghost", d.over.then_some("over"))}>{ kind.name() }</div>
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
