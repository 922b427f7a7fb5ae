//! The other katas that this page has: a line in the brief, a link each.
//!
//! They stand in a data block of the page, `waiting-room-katas`, which the build fills; a page without it has its own kata alone.

use std::sync::OnceLock;

use crate::say;
use crate::ui::kit::widget;
use crate::ui::prelude::*;

use crate::json::{self, Value};
use crate::kata::builtin;
use crate::share::embed;

const LIST: &str = "waiting-room-katas";

struct Offered {
    id: String,
    title: String,
    about: String,
}

/// The links; nothing where there are none.
#[derive(PartialEq)]
pub struct OtherKatas;

widget!(late OtherKatas => others; until |_, _| Html::default());

fn others(_: &OtherKatas) -> Html {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return Html::default() };
    // A page that stands in its frame's source has no address to change.
    let nowhere = location.protocol().is_ok_and(|protocol| protocol == "about:");
    let all = offered();
    if all.is_empty() || nowhere {
        return Html::default();
    }
    let query = location.search().unwrap_or_default();
    let link = |kata: &Offered| {
        html! { <li><a href={embed::with_kata(&query, &kata.id)}>{ &kata.title }</a><small>{ &kata.about }</small></li> }
    };
    html! {
        <section class="other-katas">
            <h3>{ if all.len() == 1 { say!("brief.another_kata") } else { say!("brief.other_katas") } }</h3>
            <ul>{ for all.iter().map(link) }</ul>
        </section>
    }
}

fn offered() -> &'static [Offered] {
    static ALL: OnceLock<Vec<Offered>> = OnceLock::new();
    ALL.get_or_init(|| {
        let block = web_sys::window().and_then(|window| window.document()).and_then(|d| d.get_element_by_id(LIST));
        let list = block.and_then(|block| block.text_content()).and_then(|text| json::read(&text).ok());
        let all = list.as_ref().and_then(Value::list).unwrap_or_default();
        all.iter().filter_map(entry).filter(|kata| kata.id != builtin::kata().id).collect()
    })
}

fn entry(value: &Value) -> Option<Offered> {
    let text = |key: &str| value.get(key).and_then(Value::text);
    let [from, to] = value.get("minutes")?.list()? else { return None };
    let about = format!("{} · {}–{} min", text("level")?, from.number()?, to.number()?);
    Some(Offered { id: text("id")?.to_owned(), title: text("title")?.to_owned(), about })
}
