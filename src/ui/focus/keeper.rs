//! The one keeper of the focus: whatever takes away, hides or disables what had it, the focus goes on from that place.
//!
//! Before each press the page is remembered as it stands: what has the focus, what is around it, and all that could have it, in the page's order.
//! When it is gone, the focus goes to the same control made anew; else, in the nearest thing around that has something left, to what came in its
//! place or after it, or to what was before it. Some places lead elsewhere ([`AT_ONCE`], [`AT_THE_END`]). A dialog that is gone leads to where
//! the focus was before it.
//!
//! Mutation observers are called before anything else can happen, so nobody meets a page without a focus. Whoever lets go of it by a press on
//! nothing has let go: nothing takes it back. Knows ids and classes of the page, and nothing of what its controls do.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{Document, Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList};

use super::stays::Stays;
use super::{clear, elements, follow};
use crate::ui::prelude::*;

/// What may have the focus. Not a word with a meaning: the meaning would come with the focus, over what is there, and nobody asked.
const CONTROLS: &str = "a[href],button,input,select,textarea,summary,[tabindex]:not(.term)";
/// What can take a control out of sight or switch it off without taking it out of the page.
const ATTRIBUTES: [&str; 6] = ["disabled", "hidden", "open", "data-tab", "data-left", "data-frozen"];

/// Where what is selected stands, drawn or listed; without that the stage.
const SELECTED: &[&str] = &[
    ".diagram .part.selected",
    ".diagram .stop[aria-pressed=true]",
    ".list tr.selected button",
    ".flow .selected",
    ".diagram .canvas",
    "#panel-diagram",
];
const PLAY: &[&str] = &[".transport .primary"];
const STAGE: &[&str] = &[".diagram .canvas", "#panel-diagram"];

const SWEEP: &[&str] = &["#size-stop", "#size-go-on", ".size [role=slider]"];

/// Places whose controls stand for one thing, which is over when one of them is gone; and where it goes on.
const AT_ONCE: [(&str, &[&str]); 6] = [
    (".first-play", PLAY),
    (".transport", PLAY),
    (".goal-flag", PLAY),
    (".moment", PLAY),
    (".toast", STAGE),
    (".size .doing", SWEEP),
];
/// Where it goes on after the last thing of a place.
const AT_THE_END: [(&str, &[&str]); 2] = [(".list tbody", &["#list-add"]), (".verdict", PLAY)];
/// What is selected, in numbers: another selection begins at its top, and none leads back to the stage.
const PARAMETERS: &str = "#panel-inspector";

/// Watches over the page for as long as it lives. `hidden`: the focus has gone to what lies under a sheet, which is to give way.
pub fn install(hidden: Callback<()>) {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let keeper = Rc::new(Keeper {
        document: document.clone(),
        stays: Stays::install(&document),
        last: RefCell::default(),
        outside: RefCell::default(),
        moves: Cell::default(),
        frame: RefCell::default(),
    });
    keeper.remember();
    let (focused, pressed, let_go, left) = (keeper.clone(), keeper.clone(), keeper.clone(), keeper.clone());
    let on_focus = move |_: &Event| {
        focused.remember();
        let moved = focused.moves.get();
        if !moved && focused.sheet_over().is_some() {
            hidden.emit(());
        }
        let (keeper, hidden) = (focused.clone(), hidden.clone());
        let sheets = clear::sheets(&focused.document);
        let frame = request_animation_frame(move |_| keeper.clear(moved, &sheets, &hidden));
        *focused.frame.borrow_mut() = Some(frame);
    };
    EventListener::new(&document, "focusin", on_focus).forget();
    let on_left = move |_: &Event| {
        let keeper = left.clone();
        *left.frame.borrow_mut() = Some(request_animation_frame(move |_| keeper.look_again()));
    };
    EventListener::new(&document, "focusout", on_left).forget();
    let first = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document, "keydown", first, move |_| pressed.remember()).forget();
    EventListener::new_with_options(&document, "pointerup", first, move |_| let_go.let_go()).forget();
    let on_change = Closure::<dyn FnMut(Array)>::new(move |records: Array| keeper.changed(&records));
    // Without an observer, which every browser has, the focus is the browser's.
    let Ok(observer) = MutationObserver::new(on_change.as_ref().unchecked_ref()) else { return };
    on_change.forget();
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    what.set_attribute_filter(&ATTRIBUTES.into_iter().map(JsValue::from_str).collect::<Array>());
    let _ = observer.observe_with_options(&document, &what);
}

/// What has the focus, and the page around it at that time.
struct Place {
    element: Element,
    id: String,
    name: String,
    /// From the innermost on.
    around: Vec<Element>,
    /// All that could have it.
    order: NodeList,
}

struct Keeper {
    document: Document,
    stays: Stays,
    last: RefCell<Option<Place>>,
    /// Where the focus was before each of the dialogs that are open.
    outside: RefCell<Vec<Place>>,
    /// The focus is being moved from here, not by the person.
    moves: Cell<bool>,
    /// In the next one what has the focus is made clear, or what has lost it goes on.
    frame: RefCell<Option<AnimationFrame>>,
}

impl Keeper {
    fn active(&self) -> Option<Element> {
        self.document.active_element().filter(|active| !active.tag_name().eq_ignore_ascii_case("body"))
    }

    /// What has the focus now is what may be gone next.
    fn remember(&self) {
        let Some(element) = self.active() else { return };
        let Ok(order) = self.document.query_selector_all(CONTROLS) else { return };
        let around = std::iter::successors(element.parent_element(), |around| around.parent_element()).collect();
        let place = Place { id: element.id(), name: name(&element), around, order, element };
        let before = self.last.replace(None);
        let dialog = place.dialog();
        if dialog.is_none() {
            self.outside.borrow_mut().clear();
        }
        if let Some(before) = before.filter(|before| dialog.is_some() && before.dialog() != dialog) {
            self.outside.borrow_mut().push(before);
        }
        *self.last.borrow_mut() = Some(place);
    }

    fn sheet_over(&self) -> Option<Element> {
        self.active().and_then(|active| clear::sheet_over(&self.document, &active))
    }

    /// What has the focus now is where the browser has brought it: it is made clear of what lies over it. `moved`: the person has not gone there,
    /// so that no sheet gives way, and the focus goes on to the sheet. Nor does one that was not among `sheets`: it has opened since, and takes
    /// the focus itself.
    fn clear(&self, moved: bool, sheets: &[Element], hidden: &Callback<()>) {
        let Some(active) = self.active().filter(|active| active.matches(":focus-visible").unwrap_or(true)) else {
            return;
        };
        match clear::sheet_over(&self.document, &active) {
            Some(sheet) if moved => follow(&sheet),
            Some(sheet) if sheets.contains(&sheet) => hidden.emit(()),
            Some(_) => {}
            None => clear::of_what_sticks(&self.document, &active),
        }
    }

    /// A press on nothing: nobody misses the focus.
    fn let_go(&self) {
        if self.active().is_none() {
            *self.last.borrow_mut() = None;
        }
    }

    fn changed(&self, records: &Array) {
        let gone = match (self.active(), &*self.last.borrow()) {
            (None, Some(last)) => !is_there(&last.element) || was_moved(&last.element, records),
            (Some(active), Some(last)) if active == last.element => {
                records.iter().any(|record| is_attribute(&record.unchecked_into())) && !is_there(&active)
            }
            _ => false,
        };
        if gone && let Some(last) = self.last.take() {
            self.go_on(last);
        }
        self.stays.look();
    }

    fn go_on(&self, last: Place) {
        let mut places = vec![last];
        places.extend(self.outside.take().into_iter().rev());
        // What is switched off or isn't drawn leaves the focus where it is: then the next one is asked.
        let takes = |element: &Element| {
            follow(element);
            self.active().is_some_and(|active| is_there(&active))
        };
        self.moves.set(true);
        places.iter().any(|place| {
            let within = place.dialog().or_else(|| self.document.body().map(Into::into));
            within.is_some_and(|within| is_seen(&within)) && place.instead(&self.document, &takes)
        });
        self.moves.set(false);
    }

    /// The browser itself has let go of what isn't drawn any more, whatever took it away.
    fn look_again(&self) {
        let gone = self.active().is_none() && self.last.borrow().as_ref().is_some_and(|last| !is_there(&last.element));
        if gone && let Some(last) = self.last.take() {
            self.go_on(last);
        }
    }
}

impl Place {
    fn dialog(&self) -> Option<Element> {
        self.around.iter().find(|around| around.tag_name().eq_ignore_ascii_case("dialog")).cloned()
    }

    fn is_in(&self, place: &str) -> bool {
        self.around.iter().any(|around| around.matches(place).unwrap_or(false))
    }

    /// Whether something that has its place now takes the focus.
    fn instead(&self, document: &Document, takes: &dyn Fn(&Element) -> bool) -> bool {
        let first = |selectors: &[&str]| {
            let found = selectors.iter().filter_map(|selector| document.query_selector(selector).ok().flatten());
            found.filter(is_seen).any(|element| takes(&element))
        };
        let leads = |places: &[(&str, &[&str])], within: &dyn Fn(&str) -> bool| {
            places.iter().any(|(place, to)| within(place) && first(to))
        };
        let selection = || match self.other_selection() {
            Some(Some(panel)) => takes(&panel),
            Some(None) => first(SELECTED),
            None => false,
        };
        let around = |around: &Element| {
            let (before, after) = self.left(around);
            let end = || leads(&AT_THE_END, &|place| around.matches(place).unwrap_or(false));
            after.is_some_and(|e| takes(&e)) || end() || before.is_some_and(|e| takes(&e)) || takes(around)
        };
        is_there(&self.element) && takes(&self.element)
            || self.anew().is_some_and(|e| takes(&e))
            || leads(&AT_ONCE, &|place| self.is_in(place))
            || selection()
            || self.around.iter().filter(|around| is_seen(around)).any(around)
    }

    /// The same control, made anew: by its id, or, near where it was, by its name.
    fn anew(&self) -> Option<Element> {
        let near = self.around.iter().filter(|around| is_seen(around)).take(3);
        let new = |element: &Element| is_able(element) && !self.knew(element);
        if !self.id.is_empty() {
            return near.last()?.owner_document()?.get_element_by_id(&self.id).filter(is_able);
        }
        near.into_iter().find_map(|around| controls(around).into_iter().find(|e| new(e) && name(e) == self.name))
    }

    /// The parameters of what was selected are gone: `Some` of the panel where they are another's now, of `None` where there are none.
    fn other_selection(&self) -> Option<Option<Element>> {
        let panel = self.around.iter().find(|around| around.matches(PARAMETERS).unwrap_or(false))?;
        let stays = elements(&self.order)
            .into_iter()
            .any(|e| panel.contains(Some(&e)) && is_able(&e) && e.closest(".scroll").is_ok_and(|s| s.is_some()));
        let selected = panel.query_selector(".head").ok().flatten().is_some_and(|head| is_seen(&head));
        (!stays || !selected).then(|| selected.then(|| panel.clone()))
    }

    /// Of what is left of the controls within an element: the last one before this place, and the first one in it or after it.
    fn left(&self, around: &Element) -> (Option<Element>, Option<Element>) {
        let before: Vec<_> =
            elements(&self.order).into_iter().take_while(|e| *e != self.element).map(with_id).collect();
        let left: Vec<Element> = controls(around).into_iter().filter(is_able).collect();
        // One made anew has the same id.
        let was = |(e, id): (Element, String)| before.iter().any(|(b, own)| *b == e || !id.is_empty() && *own == id);
        let last = left.iter().rposition(|e| was(with_id(e.clone())));
        let after = last.map_or(0, |last| last + 1);
        (last.map(|last| left[last].clone()), left.get(after).cloned())
    }

    fn knew(&self, element: &Element) -> bool {
        elements(&self.order).contains(element)
    }
}

fn controls(around: &Element) -> Vec<Element> {
    around.query_selector_all(CONTROLS).map_or_else(|_| Vec::new(), |list| elements(&list))
}

fn with_id(element: Element) -> (Element, String) {
    let id = element.id();
    (element, id)
}

/// What tells a control without an id from those beside it.
fn name(element: &Element) -> String {
    let words = element.get_attribute("aria-label").or_else(|| element.text_content()).unwrap_or_default();
    format!("{} {words}", element.tag_name())
}

/// It is in the page, has a place in it and is drawn.
fn is_seen(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    let drawn = || {
        let style = super::window().and_then(|w| w.get_computed_style(element).ok().flatten());
        style.is_none_or(|style| style.get_property_value("visibility").is_ok_and(|value| value == "visible"))
    };
    element.is_connected() && place.width() + place.height() > 0.0 && drawn()
}

/// It can have the focus.
fn is_there(element: &Element) -> bool {
    !element.matches(":disabled").unwrap_or(false) && is_seen(element)
}

/// It can have the focus by Tab.
fn is_able(element: &Element) -> bool {
    element.unchecked_ref::<HtmlElement>().tab_index() >= 0 && is_there(element)
}

fn is_attribute(record: &MutationRecord) -> bool {
    record.type_() == "attributes"
}

/// It was taken out and put in elsewhere: it is there, without the focus.
fn was_moved(element: &Element, records: &Array) -> bool {
    records.iter().any(|record| {
        let removed = record.unchecked_into::<MutationRecord>().removed_nodes();
        (0..removed.length()).filter_map(|at| removed.item(at)).any(|node: Node| node.contains(Some(element)))
    })
}
