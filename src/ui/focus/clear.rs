//! What has the focus by keyboard is clear of what lies over it: of what sticks in the panel that it scrolls in, and of the sheets that lie over a
//! narrow page.
//!
//! The browser brings what takes the focus into its panel, and knows nothing of what sticks there. Where it has brought it is known in the next
//! frame, so that is when this looks.

use web_sys::{Document, DomRect, Element, Node};

use super::scroller;
use super::window;

/// What lies over the page where it is narrow.
const SHEETS: &str = ".right,.verdict";
/// What no sheet lies over.
const OVER_ALL: &str = ".right,.verdict,.toast,dialog";
/// So much room is left beside what sticks, in CSS pixels: that of a ring around the focus.
const BESIDE: f64 = 6.0;

/// The sheets that are open.
pub fn sheets(document: &Document) -> Vec<Element> {
    let sheets = document.query_selector_all(SHEETS).map_or_else(|_| Vec::new(), |sheets| super::elements(&sheets));
    sheets.into_iter().filter(|sheet| sheet.get_bounding_client_rect().height() > 0.0).collect()
}

/// The sheet that lies over all of an element that is seen.
pub fn sheet_over(document: &Document, active: &Element) -> Option<Element> {
    let sheets = document.query_selector_all(SHEETS).ok()?;
    // A sheet lies over the page, not over another sheet, a notice or a dialog.
    if !active.closest(OVER_ALL).is_ok_and(|sheet| sheet.is_none()) {
        return None;
    }
    let place = active.get_bounding_client_rect();
    let middle = (place.left() + place.right()) / 2.0;
    // Of what is cut by the panel that it scrolls in, the part that is seen.
    let panel = active.closest(".stage,.charts").ok().flatten().map(|panel| panel.get_bounding_client_rect());
    let (top, bottom) = panel.map_or((place.top(), place.bottom()), |panel| {
        (place.top().max(panel.top()), place.bottom().min(panel.bottom()))
    });
    // And of what is higher than the window, the part in it.
    let (top, bottom) = (top.max(0.0), bottom.min(height()));
    let covers = |over: &DomRect| {
        over.left() <= middle && middle <= over.right() && over.top() <= top + 1.0 && bottom <= over.bottom() + 1.0
    };
    super::elements(&sheets).into_iter().rfind(|sheet| covers(&sheet.get_bounding_client_rect()))
}

/// Scrolls an element out from under what sticks over it, in its panel or in the window.
pub fn of_what_sticks(document: &Document, active: &Element) {
    let place = active.get_bounding_client_rect();
    let (x, top, bottom) = ((place.left() + place.right()) / 2.0, place.top().max(0.0), place.bottom().min(height()));
    let at = |y: f64| {
        let hit = document.element_from_point(x as f32, y as f32)?;
        let over = std::iter::successors(Some(hit), |around| around.parent_element())
            .take_while(|around| !around.contains(Some(active as &Node)) && !active.contains(Some(around as &Node)));
        over.filter(sticks).last()
    };
    let Some(over) = at((top + bottom) / 2.0).or_else(|| at(bottom - 2.0)).or_else(|| at(top + 2.0)) else { return };
    let Some(scroller) = scroller(active) else { return };
    let (over, room) = (over.get_bounding_client_rect(), scroller.get_bounding_client_rect());
    let (start, end) = (room.top().max(0.0), room.bottom().min(height()));
    let by = if over.top() + over.bottom() > start + end {
        (place.bottom() + BESIDE - over.top()).min(place.top() - start).max(0.0)
    } else {
        (place.top() - BESIDE - over.bottom()).max(place.bottom() - end).min(0.0)
    };
    scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
}

fn sticks(element: &Element) -> bool {
    let style = window().and_then(|w| w.get_computed_style(element).ok().flatten());
    style
        .and_then(|style| style.get_property_value("position").ok())
        .is_some_and(|position| position == "sticky" || position == "fixed")
}

/// Of the window, in CSS pixels.
fn height() -> f64 {
    let height = window().and_then(|w| w.document()).and_then(|document| document.document_element());
    height.map_or(0.0, |root| f64::from(root.client_height()))
}
