//! A field for a note: grows with what is written, tells the room that is left when it runs short, and keeps its keys to itself.

use crate::say;
use crate::ui::prelude::*;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::format;
use crate::format::letters;
use crate::record::notes::MAX_LETTERS;
use crate::ui::kit::widget;

/// From so many letters left on, how many there are is told.
const SHORT: usize = 200;
/// At so many it is heard.
const HEARD: [usize; 5] = [0, 10, 50, 100, SHORT];

#[derive(PartialEq)]
pub struct NoteField {
    /// Tells the field from all others on the page.
    pub id: String,
    pub label: Html,
    pub text: String,
    /// There is no room for a new note.
    pub full: bool,
    pub on_write: Callback<String>,
}

widget!(NoteField, use_note_field);

#[hook]
fn use_note_field(props: &NoteField) -> Html {
    let area = use_node_ref();
    {
        let area = area.clone();
        // After each change, by whomever: as high as its text.
        use_effect_with(props.text.clone(), move |_| grow(&area));
    }
    let oninput = props.on_write.reform(|e: InputEvent| e.target_unchecked_into::<HtmlTextAreaElement>().value());
    // A field that was out of sight when its text came could not be measured then.
    let onfocus = {
        let area = area.clone();
        Callback::from(move |_: FocusEvent| grow(&area))
    };
    let left = MAX_LETTERS.saturating_sub(letters(&props.text));
    let told = match left {
        0 => say!("notes.no_letter", most = format::count(MAX_LETTERS as u64)),
        n if n <= SHORT => say!("notes.letters", plural = n, n),
        _ => String::new(),
    };
    // Not at every letter.
    let heard = HEARD.into_iter().find(|step| left <= *step).map(|step| match step {
        0 => told.clone(),
        step => say!("notes.at_most", n = step),
    });
    let about = format!("{}-room", props.id);
    html! {
        <div class="note">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <textarea ref={area} id={props.id.clone()} class="field" rows="2" maxlength={MAX_LETTERS.to_string()} value={props.text.clone()}
                placeholder={say!("notes.yours_one")} aria-describedby={about.clone()} readonly={props.full} {oninput} {onfocus}/>
            <span id={about} class="room-left">{ if props.full { say!("notes.full").to_owned() } else { told } }</span>
            <span class="sr-only" role="status">{ heard }</span>
        </div>
    }
}

/// Makes the field as high as its text.
fn grow(area: &NodeRef) {
    let Some(area) = area.cast::<HtmlElement>() else { return };
    let style = area.style();
    // What can't be set leaves the field as high as its rows, with a scroll bar.
    let _ = style.set_property("height", "auto");
    let inner = area.scroll_height();
    if inner > 0 {
        let borders = area.offset_height() - area.client_height();
        let _ = style.set_property("height", &format!("{}px", inner + borders));
    }
}
