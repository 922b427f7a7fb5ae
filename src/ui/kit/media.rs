//! A media query that is watched: whether it matches now, and word whenever that changes; and whether the page is being printed.

use std::cell::Cell;
use std::rc::Rc;

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

/// Watches, as long as it lives, whether the page is being printed. The query alone would come too late: by then the sheets are counted.
pub struct Printing {
    query: Media,
    begun: Rc<Cell<bool>>,
    _listeners: [EventListener; 2],
}

impl Printing {
    /// Calls `changed` whenever the page goes to paper or comes from there.
    pub fn watch(changed: impl Fn() + Clone + 'static) -> Printing {
        let window = web_sys::window().expect("a page has a window");
        let begun = Rc::new(Cell::new(false));
        let listen = |event: &'static str, begins: bool| {
            let (begun, changed) = (begun.clone(), changed.clone());
            EventListener::new(&window, event, move |_| {
                begun.set(begins);
                changed();
            })
        };
        let _listeners = [listen("beforeprint", true), listen("afterprint", false)];
        Printing { query: Media::watch("print", changed), begun, _listeners }
    }

    pub fn is_under_way(&self) -> bool {
        self.begun.get() || self.query.matches()
    }
}
