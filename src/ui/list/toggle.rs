//! Which look the design has: drawn or listed. The choice is kept in the browser where that is possible; it is no loss where it isn't.

use yew::prelude::*;

/// The key under which the choice is kept.
const KEY: &str = "waiting-room.look.v1";

/// How the design is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Diagram,
    List,
}

impl Look {
    fn key(self) -> &'static str {
        match self {
            Look::Diagram => "diagram",
            Look::List => "list",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Look::Diagram => "Diagram",
            Look::List => "List",
        }
    }

    /// What was chosen last time; the drawing if that can't be known.
    pub fn kept() -> Look {
        let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
        let kept = storage.and_then(|s| s.get_item(KEY).ok().flatten());
        if kept.as_deref() == Some(Look::List.key()) { Look::List } else { Look::Diagram }
    }

    /// Keeps the choice, if the browser lets it.
    pub fn keep(self) {
        if let Some(storage) = web_sys::window().and_then(|w| w.local_storage().ok().flatten()) {
            // A full or closed storage only means that the drawing comes first again next time.
            let _ = storage.set_item(KEY, self.key());
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct LookToggleProps {
    pub look: Look,
    pub on_choose: Callback<Look>,
}

#[component]
pub fn LookToggle(props: &LookToggleProps) -> Html {
    html! {
        <div class="seg" role="group" aria-label="How the design is shown">
            { for [Look::Diagram, Look::List].into_iter().map(|look| html! {
                <button type="button" aria-pressed={(look == props.look).to_string()} onclick={props.on_choose.reform(move |_| look)}>{ look.label() }</button>
            }) }
        </div>
    }
}
