//! Tabs: which panel is seen where there is not room for all.

use crate::lang::Text;
use crate::text;
use crate::ui::prelude::*;
use web_sys::Element;

use super::icons::{Icon, icon};
use super::kit::widget;
use super::{focus, keypress};
use crate::session::gestures::keys::Scope;

/// The panels of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Diagram,
    Parts,
    Inspector,
    Charts,
    Brief,
    Runs,
}

impl Panel {
    pub fn key(self) -> &'static str {
        match self {
            Panel::Diagram => "diagram",
            Panel::Parts => "parts",
            Panel::Inspector => "inspector",
            Panel::Charts => "charts",
            Panel::Brief => "brief",
            Panel::Runs => "runs",
        }
    }

    fn label(self) -> &'static str {
        let text: &Text = match self {
            Panel::Diagram => &text!("tabs.design"),
            Panel::Parts => &text!("tabs.parts"),
            Panel::Inspector => &text!("tabs.inspector"),
            Panel::Charts => &text!("tabs.charts"),
            Panel::Brief => &text!("tabs.brief"),
            Panel::Runs => &text!("tabs.runs"),
        };
        text.get()
    }
}

impl Panel {
    fn icon(self) -> Icon {
        match self {
            Panel::Diagram | Panel::Inspector => Icon::Design,
            Panel::Parts => Icon::Add,
            Panel::Charts => Icon::Charts,
            Panel::Brief => Icon::Brief,
            Panel::Runs => Icon::Restart,
        }
    }
}

/// Brings the start of a panel under the row of tabs, where that row has stuck to the top because the page was scrolled past it.
pub fn show(panel: Panel) {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let Ok(Some(row)) = document.query_selector(".strip") else { return };
    let place = row.get_bounding_client_rect();
    if place.height() > 0.0
        && place.top() <= 0.0
        && let Some(panel) = document.get_element_by_id(&format!("panel-{}", panel.key()))
    {
        focus::show(&panel);
    }
}

/// Brings the start of an element under the row of tabs where the page is narrow and scrolls; nothing elsewhere.
pub fn bring(element: &Element) {
    let row = element.owner_document().and_then(|document| document.query_selector(".strip").ok().flatten());
    if row.is_some_and(|row| row.get_bounding_client_rect().height() > 0.0) {
        focus::show(element);
    }
}

#[derive(PartialEq)]
pub struct Tabs {
    /// Tells this row of tabs from another one.
    pub id: &'static str,
    pub label: &'static str,
    pub panels: Vec<Panel>,
    pub chosen: Panel,
    pub on_choose: Callback<Panel>,
}

widget!(Tabs, use_tabs);

/// A row of tabs: one stop for Tab, arrows go from one to the next.
#[hook]
fn use_tabs(props: &Tabs) -> Html {
    let row = use_node_ref();
    let onkeydown = {
        let (row, choose, panels, chosen) = (row.clone(), props.on_choose.clone(), props.panels.clone(), props.chosen);
        Callback::from(move |e: KeyboardEvent| {
            if !keypress::takes(&e, Scope::Tabs) {
                return;
            }
            let now = panels.iter().position(|p| *p == chosen).unwrap_or(0);
            let next = match e.key().as_str() {
                "ArrowRight" => (now + 1) % panels.len(),
                "ArrowLeft" => (now + panels.len() - 1) % panels.len(),
                "Home" => 0,
                "End" => panels.len() - 1,
                _ => return,
            };
            e.prevent_default();
            choose.emit(panels[next]);
            let tab = row.cast::<web_sys::Element>().and_then(|row| row.children().item(next as u32));
            if let Some(tab) = tab {
                focus::follow(&tab);
            }
        })
    };
    html! {
        <div ref={row} class="tabs" role="tablist" aria-label={props.label} {onkeydown}>
            { for props.panels.iter().map(|&panel| {
                let on = panel == props.chosen;
                html! {
                    <button role="tab" id={format!("{}-{}", props.id, panel.key())} aria-selected={on.to_string()} tabindex={if on { "0" } else { "-1" }}
                        aria-controls={format!("panel-{}", panel.key())} onclick={props.on_choose.reform(move |_| panel)}>
                        { icon(panel.icon()) }{ panel.label() }
                    </button>
                }
            }) }
        </div>
    }
}
