//! The API of a SCORM 1.2 host, called.

use wasm_bindgen::JsValue;

use super::js;
use crate::hosts::scorm::{Lms, Scorm};

/// The host's object.
pub struct Api(JsValue);

/// Begins the lesson with the host's API, if there is one around this page that takes it.
pub fn begin() -> Option<Scorm<Api>> {
    Scorm::begin(Api(js::api("LMSInitialize")?))
}

impl Api {
    fn call(&self, method: &str, given: &[&str]) -> Option<String> {
        let given: Vec<JsValue> = given.iter().map(|text| JsValue::from_str(text)).collect();
        js::text(&js::call(&self.0, method, &given)?)
    }

    fn does(&self, method: &str, given: &[&str]) -> bool {
        self.call(method, given).as_deref() == Some("true")
    }
}

impl Lms for Api {
    fn initialize(&self) -> bool {
        self.does("LMSInitialize", &[""])
    }

    fn get(&self, element: &str) -> String {
        self.call("LMSGetValue", &[element]).unwrap_or_default()
    }

    fn set(&self, element: &str, value: &str) -> bool {
        self.does("LMSSetValue", &[element, value])
    }

    fn commit(&self) -> bool {
        self.does("LMSCommit", &[""])
    }

    fn finish(&self) -> bool {
        self.does("LMSFinish", &[""])
    }
}
