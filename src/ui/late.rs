//! The second module: what draws dialogs, tools and panels that the page doesn't begin with, fetched once the page is up.
//!
//! What is marked for it (`widget!(late …)` and [`crate::late`]) is called only once [`State::Here`] says so. Until then a notice stands in its
//! place. Where the module was not split (while one works on the page) all is here from the start.
//!
//! `static/boot.js` fetches it and joins it to the first one.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::UseForceUpdateHandle;

use crate::say;
use crate::ui::prelude::*;

/// What only the first of two modules exports.
const SPLIT: &str = "late_table";
/// How long the page has been up before the rest is fetched without having been asked for.
const QUIET_MS: u32 = 100;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = waitingRoom, js_name = more)]
    fn fetch(exports: &JsValue, done: &JsValue);

    #[wasm_bindgen(thread_local_v2, js_namespace = waitingRoom, js_name = later)]
    static LATER: JsValue;
}

/// How far the second module is.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    /// Nobody has asked for it.
    Away,
    OnItsWay,
    Here,
    /// It did not arrive; it can be asked for again.
    Lost,
}

impl State {
    pub fn is_here(self) -> bool {
        self == State::Here
    }
}

thread_local! {
    static STATE: Cell<State> = Cell::new(first());
    static WAITING: RefCell<Vec<(u32, UseForceUpdateHandle)>> = const { RefCell::new(Vec::new()) };
    /// The page is up.
    static UP: Cell<bool> = const { Cell::new(false) };
    /// It has been drawn once.
    static DRAWN: Cell<bool> = const { Cell::new(false) };
    static TOLD: RefCell<Callback<bool>> = RefCell::new(Callback::noop());
    /// What is done before anything of it is used.
    static FIRST: Cell<fn()> = const { Cell::new(|| ()) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

fn first() -> State {
    let split = Reflect::has(&wasm_bindgen::exports(), &SPLIT.into()).unwrap_or(false);
    crate::late::set_here(!split);
    if split { State::Away } else { State::Here }
}

/// How far it is now. Asked at the page's start, before anything is called that is not there.
pub fn state() -> State {
    STATE.get()
}

/// The second module, for a worker that is to run what lies in it; null where there is one only.
pub fn module() -> JsValue {
    LATER.with(JsValue::clone)
}

/// The page is up: fetches it in a moment, quietly; `told` hears whether it has come.
pub fn soon(told: Callback<bool>) {
    UP.set(true);
    TOLD.set(told);
    // Not before the page has been drawn, whatever of it wants more at once; what somebody does with it needs it now.
    Timeout::new(0, || DRAWN.set(true)).forget();
    if state() == State::Away {
        Timeout::new(QUIET_MS, want).forget();
    }
}

/// Says what is done when it has come, before anything of it is used; at once where it is here.
pub fn first_of_all(first: fn()) {
    FIRST.set(first);
    if state().is_here() {
        first();
    }
}

/// Fetches it, if nobody has asked for it yet and the page itself has been drawn.
pub fn want() {
    if DRAWN.get() && state() == State::Away {
        again();
    }
}

/// Fetches it at once, also when it was lost: something waits for it.
pub fn need() {
    if UP.get() && matches!(state(), State::Away | State::Lost) {
        again();
    }
}

/// Fetches it once more.
fn again() {
    tell(State::OnItsWay);
    let done = Closure::once_into_js(|there: bool| tell(if there { State::Here } else { State::Lost }));
    fetch(&wasm_bindgen::exports(), &done);
}

fn tell(state: State) {
    STATE.set(state);
    crate::late::set_here(state.is_here());
    if state.is_here() {
        FIRST.get()();
    }
    let waiting: Vec<_> = WAITING.with_borrow(|waiting| waiting.iter().map(|(_, waiting)| waiting.clone()).collect());
    for waiting in waiting {
        waiting.force_update();
    }
    if matches!(state, State::Here | State::Lost) {
        TOLD.with_borrow(Callback::clone).emit(state.is_here());
    }
}

/// How far it is; what uses it is drawn again when that changes.
#[hook]
pub fn use_state() -> State {
    let update = use_force_update();
    // What is looked at is wanted.
    use_effect(want);
    use_effect_with((), move |()| {
        let number = NEXT.replace(NEXT.get() + 1);
        WAITING.with_borrow_mut(|waiting| waiting.push((number, update)));
        move || WAITING.with_borrow_mut(|waiting| waiting.retain(|(own, _)| *own != number))
    });
    state()
}

/// What stands where something will be that the second module draws.
pub fn notice(state: State) -> Html {
    if state == State::Lost {
        html! {
            <div class="coming" role="alert">
                <p>{ say!("late.lost") }</p>
                <button class="btn" type="button" onclick={Callback::from(|_: MouseEvent| again())}>{ say!("late.again") }</button>
            </div>
        }
    } else {
        html! { <p class="coming" role="status">{ say!("late.coming") }</p> }
    }
}
