//! Sharing: the run that is seen as a link, the receipt of the last one, and what became of a receipt that was opened here.
//!
//! Each text stands in a field, to be copied by hand where a frame closes the clipboard. Knows nothing of how a link is opened or a receipt checked.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::exchange::{carry, copy, when};
use super::icons::{Icon, icon};
use super::kit::{ByPtr, Dialog, Widget, widget};
use super::shared::Shared;
use crate::design::Design;
use crate::format::count;
use crate::kata::{Scenario, builtin};
use crate::record::RunRecord;
use crate::record::receipt::{Difference, Receipt};
use crate::share::link::{self, LONG};
use crate::share::{embed, receipt};

#[derive(PartialEq)]
pub struct Share {
    pub open: bool,
    pub session: Shared,
    /// The number of the run that is seen.
    pub run: u64,
    /// What became of a receipt that came in.
    pub checked: Option<ByPtr<Checked>>,
    pub on_close: Callback<()>,
}

widget!(Share, use_share);

/// What became of a receipt, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub holds: bool,
    /// The first of them says it all.
    pub lines: Vec<String>,
}

impl Checked {
    /// It was run again, in a scenario of this name.
    pub fn of(receipt: &Receipt, scenario: &str, differs: &[Difference]) -> Checked {
        let holds = differs.is_empty();
        let name = if receipt.design.name.is_empty() { say!("share.a_design") } else { &receipt.design.name };
        let passed = if receipt.passed { say!("share.passed") } else { say!("share.not_yet") };
        let first = match holds {
            true => say!("share.holds", name, scenario, seed = receipt.seed, passed),
            false => say!("share.does_not_hold", name, scenario, seed = receipt.seed),
        };
        let mut lines = vec![first];
        lines.extend(differs.iter().map(|Difference { field, claimed, found }| match field.as_str() {
            "sum" => say!("share.altered").to_owned(),
            _ => say!("share.found", field, claimed, found),
        }));
        if holds {
            lines.push(match &receipt.when {
                Some(when) => say!("share.rungs_when", n = receipt.hints, when = when::shown(when)),
                None => say!("share.rungs", n = receipt.hints),
            });
        }
        lines.extend(receipt.notes());
        Checked { holds, lines }
    }

    /// It could not be run again.
    pub fn unusable(why: String) -> Checked {
        Checked { holds: false, lines: vec![why] }
    }
}

#[hook]
fn use_share(props: &Share) -> Html {
    let session = props.session.borrow();
    let (design, scenario, seed) = (session.design().into(), session.scenario().into(), session.seed());
    let last = session.runs().list().iter().find(|record| !record.is_exploration()).map(ByPtr::from);
    let hints = session.opened().count() as u64;
    // What came in is another matter than what may go out.
    let (title, body) = match &props.checked {
        Some(checked) => (say!("share.checked"), found(checked)),
        None => {
            let (link, receipt) = (Link { design, scenario, seed }, OwnReceipt { last, hints });
            (say!("header.share"), html! { <>{ link.view() }{ receipt.view() }</> })
        }
    };
    Dialog { class: "share", body, ..Dialog::new("share", title, props.open, props.on_close.clone()) }.view()
}

/// The address of the kata in a tab of its own, where the frame may open none: to be copied.
#[derive(PartialEq)]
pub struct FullAddress(pub String);

widget!(FullAddress, use_full_address);

#[hook]
fn use_full_address(props: &FullAddress) -> Html {
    let (area, told) = (use_node_ref(), use_state_eq(String::new));
    html! {
        <div class="of-frame full share">
            <span aria-hidden="true">{ say!("share.full") }</span>
            { field(&area, "full-address", say!("share.full"), &props.0) }
            <button type="button" class="btn" onclick={copying(&area, &props.0, &told)}>{ icon(Icon::Open) }{ say!("share.copy_address") }</button>
            <p class="told" role="status">{ &*told }</p>
        </div>
    }
}

fn found(checked: &Checked) -> Html {
    let (first, more) = checked.lines.split_first().expect("it says something");
    html! {
        <section class="checked" role="alert">
            <p>{ icon(if checked.holds { Icon::Check } else { Icon::Over }) }<strong>{ first }</strong></p>
            if !more.is_empty() { <ul>{ for more.iter().map(|line| html! { <li>{ line }</li> }) }</ul> }
        </section>
    }
}

/// The part of the address before `#` from which others reach this page; `None` where they can't.
fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    if !location.protocol().ok()?.starts_with("http") {
        return None;
    }
    let query = location.search().unwrap_or_default();
    let query = if query.contains("kata=") { embed::with_kata("", &builtin::kata().id) } else { String::new() };
    Some(format!("{}{}{query}", location.origin().ok()?, location.pathname().ok()?))
}

/// The address of the run in a tab of its own: with its design, because a frame of another site has another storage, or none. `None` where a
/// page has no address of its own.
pub fn full_address(design: &Design, scenario: &str, seed: u64, framed: bool) -> Option<String> {
    let location = web_sys::window()?.location();
    let (protocol, query) = (location.protocol().ok()?, location.search().unwrap_or_default());
    let known = ["http:", "https:", "file:"].contains(&protocol.as_str());
    let query = embed::full(&query, framed && !query.contains("embed="), scenario, seed);
    let own = location.href().ok()?;
    let own = own.split(['?', '#']).next().unwrap_or_default();
    known.then(|| format!("{own}{query}#{}", link::write(design, scenario, seed)))
}

#[derive(PartialEq)]
struct Link {
    design: ByPtr<Design>,
    scenario: ByPtr<Scenario>,
    seed: u64,
}

widget!(Link, use_link);

#[hook]
fn use_link(props: &Link) -> Html {
    let (area, told) = (use_node_ref(), use_state_eq(String::new));
    let address = address();
    let text = format!(
        "{}#{}",
        address.as_deref().unwrap_or_default(),
        link::write(&props.design, &props.scenario.id, props.seed)
    );
    let long = text.len() > LONG;
    let length = count(text.len() as u64);
    html! {
        <section aria-labelledby="share-link-title">
            <h3 id="share-link-title">{ say!("share.link_title") }</h3>
            <p class="hint">{ say!("share.link_hint") }</p>
            { field(&area, "share-link", say!("share.link"), &text) }
            <div class="row"><button type="button" class="btn primary" onclick={copying(&area, &text, &told)}>{ say!("share.copy_link") }</button></div>
            <p class="told" role="status">{ &*told }</p>
            if address.is_none() {
                <p class="hint">{ say!("share.no_address") }</p>
            }
            if long {
                <p class="warned">{ icon(Icon::Over) }{ say!("share.long", length, most = count(LONG as u64)) }</p>
            } else {
                <p class="hint">{ say!("share.length", length) }</p>
            }
        </section>
    }
}

#[derive(PartialEq)]
struct OwnReceipt {
    last: Option<ByPtr<RunRecord>>,
    hints: u64,
}

widget!(OwnReceipt, use_receipt);

#[hook]
fn use_receipt(props: &OwnReceipt) -> Html {
    let (area, told) = (use_node_ref(), use_state_eq(String::new));
    let written = use_memo((props.last.clone(), props.hints), |(last, hints)| {
        last.as_ref().and_then(|last| Receipt::of(last, *hints, Some(when::of(last))))
    });
    let what = match (&*written, &props.last) {
        (Some(_), Some(last)) => told_of(last),
        _ => say!("share.no_receipt").to_owned(),
    };
    html! {
        <section aria-labelledby="share-receipt-title">
            <h3 id="share-receipt-title">{ say!("share.receipt_title") }</h3>
            <p class="hint">{ what }</p>
            if let Some(written) = &*written {
                { field(&area, "share-receipt", say!("share.receipt"), &receipt::line(written)) }
                <div class="row">
                    <button type="button" class="btn" onclick={copying(&area, &receipt::line(written), &told)}>{ say!("share.copy_receipt") }</button>
                    <button type="button" class="btn" onclick={saving(written, &told)}>{ say!("share.download") }</button>
                </div>
                <p class="told" role="status">{ &*told }</p>
                { carry::warning() }
                <p class="hint">{ say!("share.receipt_hint") }</p>
            }
        </section>
    }
}

fn told_of(last: &RunRecord) -> String {
    let scenario = builtin::scenario(&last.scenario).map_or(last.scenario.as_str(), |scenario| &scenario.name);
    let passed = if last.passed() { say!("share.passed") } else { say!("share.not_yet") };
    match last.design.name.is_empty() {
        true => say!("share.last", scenario, seed = last.seed, passed),
        false => say!("share.last_named", name = last.design.name, scenario, seed = last.seed, passed),
    }
}

fn field(area: &NodeRef, id: &'static str, label: &'static str, text: &str) -> Html {
    html! { <textarea ref={area.clone()} {id} class="field" aria-label={label} readonly=true rows="3" spellcheck="false" value={text.to_owned()}/> }
}

/// Copies a text that stands in a field.
fn copying(area: &NodeRef, text: &str, told: &UseStateHandle<String>) -> Callback<MouseEvent> {
    let (area, text, told) = (area.clone(), text.to_owned(), told.clone());
    Callback::from(move |_: MouseEvent| {
        let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
        let told = told.clone();
        copy::copy(&text, &area, Callback::from(move |copied: copy::Copied| told.set(copied.words().to_owned())));
    })
}

fn saving(written: &Receipt, told: &UseStateHandle<String>) -> Callback<MouseEvent> {
    let (text, told) = (receipt::json(written), told.clone());
    let name = format!("receipt-{}-{}.json", written.scenario, written.seed);
    Callback::from(move |_: MouseEvent| {
        if carry::text(&name, &text, "application/json") {
            told.set(say!("page.download_comes").to_owned());
        }
    })
}
