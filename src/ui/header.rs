//! The header: what the design is called, which scenario and which patients, undo and redo, files, sharing, sizing, theme and help.
//!
//! Shows what it is given and sends out what is pressed. Knows neither the design nor how a run works. Where there is little room, all but the
//! scenario and Undo stand behind one button.

use std::rc::Rc;

use crate::say;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::exchange::{Desk, carry};
use super::icons::{Icon, icon};
use super::kit::{ByPtr, IconButton, Widget, widget};
use super::list::ViewMode;
use super::name::{NameField, Named};
use super::seed::SeedField;
use super::share::{FullAddress, full_address};
use super::stars::Standing;
use super::sweep::size_button;
use super::{focus, keypress, theme};
use crate::design::Design;
use crate::kata::{Scenario, brief, builtin};
use crate::record::RunHistory;
use crate::session::{Action, OWN_NAME};
use crate::share::Theme;

/// What the header shows, and where its presses go.
#[derive(Clone, PartialEq)]
pub struct Header {
    pub scenario: ByPtr<Scenario>,
    pub design: ByPtr<Design>,
    pub runs: ByPtr<RunHistory>,
    pub seed: u64,
    pub readonly: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    pub theme: Theme,
    /// In a frame, whose page says how it looks.
    pub embed: bool,
    pub dispatch: Callback<Action>,
    pub on_desk: Callback<Option<Desk>>,
    pub on_size: Callback<()>,
    pub on_theme: Callback<Theme>,
    pub on_help: Callback<()>,
    /// Back to the design of a time, or to the one that the learner began with.
    pub on_back: Callback<Option<u64>>,
    /// How a phone shows the design.
    pub view: View,
    pub on_map: Callback<bool>,
    pub on_look: Callback<ViewMode>,
}

/// The ways to show a design on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Column,
    Map,
    List,
}

widget!(Header => header);

fn header(props: &Header) -> Html {
    let send = |action: fn() -> Action| props.dispatch.reform(move |_: MouseEvent| action());
    html! {
        <header class="bar">
            <div class="brand">{ logo() }<div class="names"><h1>{ &brief().title }</h1>{ design_name(props, "design-name") }</div></div>
            <div class="which">
                { scenario_pick(props) }
                <div class="seed">{ SeedField { id: "seed", seed: props.seed, dispatch: props.dispatch.clone() }.view() }</div>
            </div>
            <div class="history" role="group" aria-label={say!("header.history")}>
                { button(Icon::Undo, say!("header.undo"), props.can_undo, send(|| Action::Undo)) }
                { button(Icon::Redo, say!("header.redo_key"), props.can_redo, send(|| Action::Redo)) }
            </div>
            <div class="tools">{ tools(props, true) }</div>
            { More(Rc::new(props.clone())).view() }
        </header>
    }
}

/// What the design is called, to be typed over.
fn design_name(props: &Header, id: &'static str) -> Html {
    NameField {
        id: id.into(),
        class: "design-name",
        label: say!("header.name_of").into(),
        of: Named::Design,
        name: props.design.name.to_string(),
        plain: OWN_NAME.get(),
        readonly: props.readonly,
        dispatch: props.dispatch.clone(),
    }
    .view()
}

/// Files, sharing, sizing, theme and help; `ids`: as those that are there once.
fn tools(props: &Header, ids: bool) -> Html {
    let id = |name: &'static str| if ids { name.to_owned() } else { format!("more-{name}") };
    html! {
        <>
            { for [("open-exchange", say!("header.files"), Desk::Files), ("open-share", say!("header.share"), Desk::Share)].into_iter().map(|(name, word, desk)| html! {
                <button type="button" class="btn" id={id(name)} aria-haspopup="dialog" onclick={props.on_desk.reform(move |_: MouseEvent| Some(desk))}>{ word }</button>
            }) }
            { size_button(if ids { "open-size" } else { "more-open-size" }, &props.on_size) }
            <span class="last">
                if !props.embed { { theme_button(props) } }
                { button(Icon::Help, say!("header.help"), true, props.on_help.reform(|_| ())) }
            </span>
        </>
    }
}

/// Everything else, where there is little room.
#[derive(PartialEq)]
struct More(Rc<Header>);

widget!(More, use_more);

#[hook]
fn use_more(more: &More) -> Html {
    let open = use_state_eq(|| false);
    let root = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    // What was pressed closes the list; the focus goes to what is still there, so that a dialog gives it back to that.
    let close = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |to_toggle: bool| {
            open.set(false);
            let toggle = root.cast::<Element>().and_then(|root| root.query_selector("button").ok().flatten());
            if let Some(toggle) = toggle.filter(|_| to_toggle) {
                focus::follow(&toggle);
            }
        })
    };
    let onfocusout = {
        let (root, close) = (root.clone(), close.clone());
        Callback::from(move |e: FocusEvent| {
            let to = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
            if root.cast::<HtmlElement>().is_some_and(|root| to.is_some_and(|to| !root.contains(Some(&to)))) {
                close.emit(false);
            }
        })
    };
    html! {
        <div ref={root} class="more" {onfocusout}>
            <button type="button" class="btn plain icon" aria-expanded={open.to_string()} aria-label={say!("header.more")} title={say!("header.more")} aria-description="" onclick={toggle}>{ icon(Icon::More) }</button>
            if *open {
                { MoreList { header: more.0.clone(), on_close: close }.view() }
            }
        </div>
    }
}

/// What stands behind the button.
#[derive(PartialEq)]
struct MoreList {
    header: Rc<Header>,
    /// Whether the focus goes back to the button.
    on_close: Callback<bool>,
}

widget!(late MoreList => more_list; until |_, notice| html! { <div class="more-list">{ notice }</div> });

fn more_list(more: &MoreList) -> Html {
    let (props, close) = (&more.header, &more.on_close);
    let onclick = {
        let close = close.clone();
        Callback::from(move |e: MouseEvent| {
            let pressed = e.target().and_then(|t| t.dyn_into::<Element>().ok());
            let button = pressed.and_then(|p| p.closest("button, a").ok().flatten());
            // What stands beside a field leaves it open.
            if button.is_some_and(|b| b.closest(".seed, .full").ok().flatten().is_none()) {
                close.emit(true);
            }
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" && !keypress::composes(&e) {
                e.prevent_default();
                e.stop_propagation();
                close.emit(true);
            }
        })
    };
    html! {
        <div class="more-list" role="group" aria-label={say!("header.more")} {onclick} {onkeydown}>
            <div class="name"><label for="more-name">{ say!("header.name") }</label>{ design_name(props, "more-name") }</div>
            <div class="seed">{ SeedField { id: "more-seed", seed: props.seed, dispatch: props.dispatch.clone() }.view() }</div>
            { views(props) }
            <button type="button" class="btn redo" disabled={!props.can_redo} onclick={props.dispatch.reform(|_: MouseEvent| Action::Redo)}>{ icon(Icon::Redo) }{ say!("header.redo") }</button>
            { tools(props, false) }
            if props.embed { { framed(props) } }
        </div>
    }
}

/// The ways to show the design, on a phone.
fn views(props: &Header) -> Html {
    let column = props.on_map.reform(|_: MouseEvent| false);
    let map = props.on_map.reform(|_: MouseEvent| true);
    let list = props.on_look.reform(|_: MouseEvent| ViewMode::List);
    html! {
        <div class="seg views" role="group" aria-label={say!("header.view")}>
            { for [(View::Column, say!("header.column"), column), (View::Map, say!("header.map"), map), (View::List, say!("page.list"), list)].into_iter().map(|(view, word, onclick)| html! {
                <button type="button" aria-pressed={(view == props.view).to_string()} {onclick}>{ word }</button>
            }) }
        </div>
    }
}

/// What a frame has beside the kata itself.
fn framed(props: &Header) -> Html {
    let full = full_address(&props.design, &props.scenario.id, props.seed, true);
    html! {
        <>
            <button type="button" class="btn of-frame" onclick={props.on_back.reform(|_: MouseEvent| None)} title={say!("header.reset_title")}>
                { icon(Icon::Restart) }{ say!("header.reset") }
            </button>
            { for full.map(open_full) }
        </>
    }
}

/// The same in a tab of its own; where a frame may open none without a word, its address to copy.
fn open_full(address: String) -> Html {
    if !carry::may_be_blocked() {
        return html! { <a class="btn of-frame" href={address} target="_blank" rel="noopener" title={say!("header.open_title")}>{ icon(Icon::Open) }{ say!("header.open") }</a> };
    }
    FullAddress(address).view()
}

/// A button that is only an icon; its name is read out and shown on hover.
fn button(shape: Icon, name: &'static str, enabled: bool, onclick: Callback<MouseEvent>) -> Html {
    IconButton::new(shape, name, onclick).disabled(!enabled).view()
}

fn theme_button(props: &Header) -> Html {
    let shape = match props.theme {
        Theme::Auto => Icon::Auto,
        Theme::Light => Icon::Light,
        Theme::Dark => Icon::Dark,
    };
    let next = theme::next(props.theme);
    let name = say!("header.theme", now = theme::label(props.theme), next = theme::label(next));
    let onclick = props.on_theme.reform(move |_| next);
    IconButton::new(shape, name, onclick).class("theme").view()
}

/// The mark of the project: workers, some of them busy.
fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 22 22" width="22" height="22" aria-hidden="true" focusable="false">
            <rect class="ground" width="22" height="22" rx="6"/>
            { for [(4.0, 6.0, true), (9.2, 6.0, true), (14.4, 6.0, false), (4.0, 12.0, true), (9.2, 12.0, false), (14.4, 12.0, false)].into_iter().map(|(x, y, busy)| html! {
                <rect class={if busy { "busy" } else { "idle" }} x={x.to_string()} y={y.to_string()} width="3.6" height="3.6" rx="1"/>
            }) }
        </svg>
    }
}

/// A scenario's stars as a class.
const PIPS: [&str; 4] = ["", "one", "two", "three"];

fn scenario_pick(props: &Header) -> Html {
    let onchange = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |e: Event| {
            let chosen =
                e.target_dyn_into::<web_sys::HtmlSelectElement>().and_then(|select| builtin::scenario(&select.value()));
            if let Some(scenario) = chosen {
                dispatch.emit(Action::SetScenario(Box::new(scenario.clone())));
            }
        })
    };
    // How the design stands in each scenario; found when the design or the runs are new, not with every frame.
    let stand: Vec<Standing> =
        builtin::scenarios().iter().map(|s| Standing::of(&props.runs, &props.design, s)).collect();
    html! {
        <span class="picker">
            <select class="pick" aria-label={say!("header.scenario")} title={say!("header.scenario")} aria-description="" {onchange}>
                { for builtin::scenarios().iter().enumerate().map(|(at, s)| html! {
                    <option value={s.id.clone()} selected={s.id == props.scenario.id}>{ &s.name }{ if stand[at].stars == 0 { String::new() } else { format!(" {}", "★".repeat(usize::from(stand[at].stars))) } }</option>
                }) }
            </select>
            <span class="pips" aria-hidden="true">
                { for stand.iter().map(|stand| html! { <i class={classes!(PIPS[usize::from(stand.stars)], stand.lost.then_some("lost"))}></i> }) }
            </span>
            { icon(Icon::Down) }
        </span>
    }
}
