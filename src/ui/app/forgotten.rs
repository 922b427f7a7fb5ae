//! What becomes of this tab when all that is kept here is forgotten: in another tab, or in this one before it began anew.

use gloo::events::EventListener;
use js_sys::Reflect;

use super::{App, Msg};
use crate::say;
use crate::session::Action;
use crate::ui::notices::{Banner, BannerKind};
use crate::ui::storage;

/// All of the page is here: says what this tab has forgotten, and hears what another one forgets. Called by what comes with the second module.
pub(super) fn begin(app: &mut App) {
    if storage::was_forgotten() {
        app.act(Action::Say(say!("page.forgotten").to_owned()));
    }
    let Some(window) = web_sys::window() else { return };
    let link = app.links.link.clone();
    let told = move |event: &web_sys::Event| {
        let of = |what: &str| Reflect::get(event, &what.into()).ok();
        let name = of("key").and_then(|key| key.as_string());
        if of("newValue").is_some_and(|value| value.is_null()) && storage::forgotten_elsewhere(name.as_deref()) {
            let tell = |app: &mut App| {
                app.banners.retain(|banner| banner.kind != BannerKind::Clash);
                app.banners
                    .push(Banner { text: say!("page.forgotten_elsewhere").to_owned(), kind: BannerKind::Forgotten });
            };
            link.send_message(Msg::Late(Box::new(tell)));
        }
    };
    EventListener::new(&window, "storage", told).forget();
}

/// The page once more, with nothing in it.
pub(super) fn begin_anew() {
    if let Some(window) = web_sys::window() {
        // A page that can't be loaded again is as it was, and keeps nothing.
        let _ = window.location().reload();
    }
}
