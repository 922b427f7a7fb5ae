//! The windows around the page, asked by name: whatever another origin forbids is an error, and an error is nothing.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How many windows up an API is looked for.
const HOPS: usize = 10;

/// A property, where it may be read.
pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Where it can't be set it stays: an answer is then missing, and the host asks again.
    let _ = Reflect::set(object, &name.into(), value);
}

/// What a method gives back; `None` where there is none, or it throws.
pub fn call(object: &JsValue, name: &str, given: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(object, name)?.dyn_into().ok()?;
    Reflect::apply(&method, object, &given.iter().collect::<Array>()).ok()
}

/// A text, or what a host gives in place of one: Moodle gives numbers for scores, others true and false.
pub fn text(value: &JsValue) -> Option<String> {
    let number = || value.as_f64().map(|number| number.to_string());
    value.as_string().or_else(number).or_else(|| value.as_bool().map(|yes| yes.to_string()))
}

pub fn window() -> JsValue {
    web_sys::window().map_or(JsValue::NULL, JsValue::from)
}

/// The page's own object, which its first script made.
pub fn room() -> JsValue {
    get(&window(), "waitingRoom").unwrap_or(JsValue::NULL)
}

/// The window that holds this one; `None` where it stands by itself.
pub fn parent() -> Option<JsValue> {
    let own = window();
    get(&own, "parent").filter(|parent| *parent != own)
}

/// Whether something may stand in the parent's place: Open edX does so in its sandbox. A window is its own `window`, and that may be asked of
/// any.
pub fn is_stand_in(parent: &JsValue) -> bool {
    get(parent, "window").as_ref() != Some(parent)
}

/// Whether the parent is of another origin.
pub fn is_elsewhere(parent: &JsValue) -> bool {
    get(parent, "document").is_none()
}

/// The first object `API` with this method, in this window, those around it, and those around the one that opened it.
pub fn api(method: &str) -> Option<JsValue> {
    let own = window();
    let top = get(&own, "top");
    let openers = [get(&own, "opener"), top.and_then(|top| get(&top, "opener"))];
    [Some(own)].into_iter().chain(openers).flatten().find_map(|start| above(start, method))
}

fn above(mut at: JsValue, method: &str) -> Option<JsValue> {
    for _ in 0..=HOPS {
        let api = get(&at, "API").filter(|api| get(api, method).is_some_and(|method| method.is_function()));
        if api.is_some() {
            return api;
        }
        // A window of another origin hides what it has, and not what is around it.
        at = get(&at, "parent").filter(|parent| *parent != at)?;
    }
    None
}

/// Posts a text, or the object that a text is of, to a window.
pub fn post(to: &JsValue, text: &str, as_object: bool) {
    let message = if as_object { parse(text) } else { Some(text.into()) };
    if let Some(message) = message {
        call(to, "postMessage", &[message, "*".into()]);
    }
}

fn json() -> JsValue {
    get(&window(), "JSON").unwrap_or(JsValue::NULL)
}

fn parse(text: &str) -> Option<JsValue> {
    call(&json(), "parse", &[text.into()])
}

/// An object as JSON; `None` where it is none that can be written.
pub fn written(object: &JsValue) -> Option<String> {
    call(&json(), "stringify", std::slice::from_ref(object))?.as_string()
}
