//! Addresses of scripts. The page's policy asks for trusted types: workers and script elements take no text as their address, only what a policy
//! of a listed name has made. This one is nobody else's, and makes those of the worker pool's own blob and of the script beside the page.

use js_sys::Object;
use wasm_bindgen::JsValue;

use super::course::js::{call, get, set, window};

/// As `xtask/src/csp.rs` lists it.
const NAME: &str = "waiting-room";

thread_local! {
    // A name is given once a page.
    static POLICY: Option<JsValue> = policy();
}

/// None where the browser has no trusted types, or a header does not list the name.
fn policy() -> Option<JsValue> {
    let (types, rules) = (get(&window(), "trustedTypes")?, Object::new());
    set(&rules, "createScriptURL", &get(&window(), "String")?);
    call(&types, "createPolicy", &[NAME.into(), rules.into()])
}

/// The address as workers and script elements take it here.
pub fn script(address: &str) -> JsValue {
    let made = POLICY.with(|policy| call(policy.as_ref()?, "createScriptURL", &[address.into()]));
    made.unwrap_or_else(|| address.into())
}
