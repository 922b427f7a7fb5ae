//! A media query that is watched: whether it matches now, and word whenever that changes.

use gloo::events::EventListener;
use web_sys::MediaQueryList;

/// Watches as long as it lives.
pub struct Media {
    query: Option<MediaQueryList>,
    _listener: Option<EventListener>,
}

impl Media {
    /// Calls `changed` whenever `query` begins or ceases to match.
    pub fn watch(query: &str, changed: impl Fn() + 'static) -> Media {
        let query = web_sys::window().and_then(|w| w.match_media(query).ok().flatten());
        let listener = query.as_ref().map(|query| EventListener::new(query, "change", move |_| changed()));
        Media { query, _listener: listener }
    }

    /// Whether `query` matches now.
    pub fn is(query: &str) -> bool {
        Media::watch(query, || {}).matches()
    }

    /// Whether it matches now; not where the browser can't tell.
    pub fn matches(&self) -> bool {
        self.query.as_ref().is_some_and(MediaQueryList::matches)
    }
}
