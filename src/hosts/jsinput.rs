//! Open edX JSInput: the host asks for the grade and the state when the learner submits, and sets the state when the problem opens.
//!
//! It asks in three ways: by the functions of `window.WaitingRoom` (same origin), by JSChannel (another origin: JSON in strings), and by a
//! bridge (an uploaded file, which lives in a sandbox: objects). All ask the same three things ([`Ask`]) and take texts.
//!
//! Source: `jsinput.js` and `jschannel.js` of openedx/edx-platform, read in autumn 2026. From there: a second word of readiness throws in the
//! host, so exactly one is sent, and who has sent a ping answers none; texts are decoded as addresses are, so none has a per cent sign; an
//! error is an object of two texts.

use crate::json::{self, Value};

const SCOPE: &str = "JSInput::";
const READY: &str = "__ready";
/// What the bridge calls: functions of this object.
const OBJECT: &str = "WaitingRoom.";
/// The longest message that is read, in bytes.
const MAX_BYTES: usize = 1 << 17;

/// What the host wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Grade,
    State,
    SetState(String),
}

impl Ask {
    fn of(function: &str, given: Option<&Value>) -> Option<Ask> {
        Some(match function {
            "getGrade" => Ask::Grade,
            "getState" => Ask::State,
            // An author may write an object as well.
            "setState" => Ask::SetState(given.map_or(String::new(), |given| match given.text() {
                Some(text) => text.to_owned(),
                None => given.json(),
            })),
            _ => return None,
        })
    }
}

/// What a message is.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// The host is ready; it is to have this answer.
    Ready(Option<String>),
    /// It asks, and waits for an answer.
    Call(Ask, Reply),
}

/// How an answer gets back.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// By JSChannel, with the question's id.
    Channel(Value),
    /// By the bridge, likewise.
    Bridge(Value),
}

/// A message to the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Text(String),
    Object(Value),
}

impl Reply {
    /// The answer, or why there is none.
    pub fn with(&self, result: Result<&str, &str>) -> Answer {
        match (self, result) {
            (Reply::Channel(id), Ok(text)) => {
                Answer::Text(Value::map([("id", id.clone()), ("result", text.into())]).json())
            }
            (Reply::Channel(id), Err(why)) => {
                let error = [("id", id.clone()), ("error", "not_ready".into()), ("message", why.into())];
                Answer::Text(Value::map(error).json())
            }
            (Reply::Bridge(id), Ok(text)) => Answer::Object(bridged(id, true, ("result", text))),
            (Reply::Bridge(id), Err(why)) => Answer::Object(bridged(id, false, ("error", why))),
        }
    }
}

fn bridged(id: &Value, ok: bool, (key, text): (&str, &str)) -> Value {
    Value::map([("jsinputBridge", "reply".into()), ("id", id.clone()), ("ok", ok.into()), (key, text.into())])
}

/// The page's end of JSChannel.
#[derive(Default)]
pub struct JsInput {
    /// A word of readiness was sent.
    said_ready: bool,
}

impl JsInput {
    /// The first word, where the host's was not heard; `None` where one was sent already.
    pub fn ping(&mut self) -> Option<String> {
        self.say("ping")
    }

    fn say(&mut self, what: &str) -> Option<String> {
        let first = !std::mem::replace(&mut self.said_ready, true);
        let ready = [("method", format!("{SCOPE}{READY}").as_str().into()), ("params", what.into())];
        first.then(|| Value::map(ready).json())
    }

    /// A string that came; `None` where it is not for us.
    pub fn hear_text(&mut self, text: &str) -> Option<Heard> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let value = json::read(text).ok()?;
        let function = value.get("method")?.text()?.strip_prefix(SCOPE)?;
        if function == READY {
            // After our ping the host is ready, whatever it says itself.
            return Some(Heard::Ready(self.say("pong")));
        }
        let ask = Ask::of(function, value.get("params"))?;
        Some(Heard::Call(ask, Reply::Channel(id(&value)?)))
    }
}

/// An object that came; `None` where it is not for us.
pub fn hear_object(value: &Value) -> Option<Heard> {
    if value.get("jsinputBridge")?.text()? != "call" {
        return None;
    }
    let function = value.get("fn")?.text()?.strip_prefix(OBJECT)?;
    let given = value.get("args").and_then(Value::list).and_then(<[Value]>::first);
    Some(Heard::Call(Ask::of(function, given)?, Reply::Bridge(id(value)?)))
}

/// The id of a question: a number or a short text.
fn id(value: &Value) -> Option<Value> {
    let id = value.get("id")?;
    (id.number().is_some() || id.text().is_some_and(|text| text.len() <= 64)).then(|| id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Answer) -> String {
        match answer {
            Answer::Text(text) => text,
            Answer::Object(value) => value.json(),
        }
    }

    fn called(heard: Option<Heard>) -> (Ask, Reply) {
        match heard {
            Some(Heard::Call(ask, reply)) => (ask, reply),
            other => panic!("no call: {other:?}"),
        }
    }

    #[test]
    fn one_word_of_readiness_is_sent_whoever_begins() {
        let pinged = r#"{"method":"JSInput::__ready","params":"ping"}"#;
        let pong = r#"{"method":"JSInput::__ready","params":"pong"}"#;
        // The host begins.
        let mut own = JsInput::default();
        assert_eq!(own.hear_text(pinged), Some(Heard::Ready(Some(pong.to_owned()))));
        assert_eq!((own.ping(), own.hear_text(pinged)), (None, Some(Heard::Ready(None))));
        // We do, and the host answers; or both at once.
        for answer in [pong, pinged] {
            let mut own = JsInput::default();
            assert_eq!(own.ping().as_deref(), Some(pinged));
            assert_eq!(own.hear_text(answer), Some(Heard::Ready(None)));
            assert_eq!(own.ping(), None);
        }
    }

    #[test]
    fn a_channel_asks_in_strings_and_is_answered_so() {
        let mut own = JsInput::default();
        let (ask, reply) = called(own.hear_text(r#"{"id":7,"method":"JSInput::getGrade","params":""}"#));
        assert_eq!(ask, Ask::Grade);
        assert_eq!(text(reply.with(Ok("{\"points\":25}"))), r#"{"id":7,"result":"{\"points\":25}"}"#);
        assert_eq!(text(reply.with(Err("Wait."))), r#"{"id":7,"error":"not_ready","message":"Wait."}"#);
        let (ask, _) = called(own.hear_text(r#"{"id":8,"method":"JSInput::setState","params":"{\"seed\":3}"}"#));
        assert_eq!(ask, Ask::SetState("{\"seed\":3}".to_owned()));
        assert_eq!(called(own.hear_text(r#"{"id":9,"method":"JSInput::getState"}"#)).0, Ask::State);
    }

    #[test]
    fn the_bridge_asks_in_objects_and_is_answered_so() {
        let hear = |text: &str| hear_object(&json::read(text).expect("JSON"));
        let call =
            r#"{"jsinputBridge":"call","id":1,"fn":"WaitingRoom.setState","args":["{\"scenario\":\"outage\"}"]}"#;
        let (ask, reply) = called(hear(call));
        assert_eq!(ask, Ask::SetState("{\"scenario\":\"outage\"}".to_owned()));
        assert_eq!(text(reply.with(Ok(""))), r#"{"jsinputBridge":"reply","id":1,"ok":true,"result":""}"#);
        assert_eq!(text(reply.with(Err("x"))), r#"{"jsinputBridge":"reply","id":1,"ok":false,"error":"x"}"#);
        for other in [
            r#"{"jsinputBridge":"reply","id":1,"ok":true}"#,
            r#"{"jsinputBridge":"call","id":1,"fn":"alert","args":["x"]}"#,
            r#"{"jsinputBridge":"call","fn":"WaitingRoom.getGrade"}"#,
            r#"{"jsinputPage":"snapshot","html":"<p>"}"#,
            "[1]",
        ] {
            assert_eq!(hear(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_for_others_is_not_heard() {
        let mut own = JsInput::default();
        let long = format!(r#"{{"id":1,"method":"JSInput::setState","params":"{}"}}"#, "x".repeat(MAX_BYTES));
        for other in [
            "",
            "hello",
            "{}",
            "null",
            r#"{"method":"Other::__ready","params":"ping"}"#,
            r#"{"id":1,"method":"JSInput::eval","params":"1"}"#,
            r#"{"id":{},"method":"JSInput::getGrade"}"#,
            &long,
        ] {
            assert_eq!(own.hear_text(other), None);
        }
        assert!(own.ping().is_some(), "none of that was a word of readiness");
    }
}
