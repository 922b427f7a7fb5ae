//! Which look the design has: drawn or listed. The choice is kept in the browser where that is possible; it is no loss where it isn't.

use crate::say;
use crate::ui::prelude::*;
use crate::ui::storage;

/// How the design is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewMode {
    #[default]
    Diagram,
    List,
}

impl ViewMode {
    fn key(self) -> &'static str {
        match self {
            ViewMode::Diagram => "diagram",
            ViewMode::List => "list",
        }
    }

    fn label(self) -> &'static str {
        match self {
            ViewMode::Diagram => say!("list.look_diagram"),
            ViewMode::List => say!("list.look_list"),
        }
    }

    /// What was chosen last time; the drawing if that can't be known.
    pub fn kept() -> ViewMode {
        let kept = storage::text(storage::LOOK);
        if kept.as_deref() == Some(ViewMode::List.key()) { ViewMode::List } else { ViewMode::Diagram }
    }

    /// Keeps the choice, if the browser lets it.
    pub fn keep(self) {
        storage::keep_text(storage::LOOK, self.key());
    }
}

/// A row of two buttons.
pub struct LookToggle<'a> {
    pub look: ViewMode,
    pub on_choose: &'a Callback<ViewMode>,
}

pub fn look_toggle(props: &LookToggle) -> Html {
    html! {
        <div class="seg" role="group" aria-label={say!("list.look")}>
            { for [ViewMode::Diagram, ViewMode::List].into_iter().map(|look| html! {
                <button type="button" aria-pressed={(look == props.look).to_string()} onclick={props.on_choose.reform(move |_| look)}>{ look.label() }</button>
            }) }
        </div>
    }
}
