//! Receiving: a file from the picker or dropped onto the page. Too large a file is refused by its size, before a byte is read.

use crate::say;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, Event, FileList, FileReader, Window};
use yew::Callback;

use crate::late::late;
use crate::session::{NOT_YET, exchange};

/// What came in: a text, or why there is none.
pub type Received = Rc<Result<String, String>>;

fn refuse(received: &Callback<Received>, why: String) {
    received.emit(Rc::new(Err(why)));
}

/// Reads the one file of a list.
pub fn files(files: &FileList, received: Callback<Received>) {
    if read(files, &received).is_none() {
        refuse(&received, NOT_YET.get().to_owned());
    }
}

late! {
    fn read(files: &FileList, received: &Callback<Received>) -> () {
        let file = match (files.length(), files.get(0)) {
            (1, Some(file)) => file,
            (0, _) | (_, None) => return,
            (several, _) => return refuse(received, say!("exchange.several", n = several)),
        };
        if let Err(why) = exchange::check_size(file.size()) {
            return refuse(received, why);
        }
        let unreadable = say!("exchange.unreadable");
        let Ok(reader) = FileReader::new() else { return refuse(received, unreadable.to_owned()) };
        let (this, told) = (reader.clone(), received.clone());
        EventListener::once(&reader, "loadend", move |_| match this.result() {
            Ok(buffer) if !buffer.is_null() => {
                told.emit(Rc::new(exchange::text_of(Uint8Array::new(&buffer).to_vec())));
            }
            _ => refuse(&told, unreadable.to_owned()),
        })
        .forget();
        if reader.read_as_array_buffer(&file).is_err() {
            refuse(received, unreadable.to_owned());
        }
    }
}

/// Whether something that is dragged holds files.
fn holds_files(data: &DataTransfer) -> bool {
    data.types().includes(&JsValue::from_str("Files"), 0)
}

fn transfer(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer().filter(holds_files)
}

/// The mark on the page's root element while files are over it: list.css draws the frame.
const OVER: &str = "data-file-over";

fn mark(window: &Window, over: bool) {
    let Some(root) = window.document().and_then(|d| d.document_element()) else { return };
    let marked = if over { root.set_attribute(OVER, "") } else { root.remove_attribute(OVER) };
    marked.expect("an element takes an attribute");
}

/// Takes files that are dropped anywhere on the page; without this the browser would leave the page for the file.
pub fn listen(window: &Window, received: Callback<Received>) -> Vec<EventListener> {
    let options = EventListenerOptions::enable_prevent_default;
    let (entered, left, ended, dropped) = (window.clone(), window.clone(), window.clone(), window.clone());
    let over = EventListener::new_with_options(window, "dragover", options(), move |event| {
        if let Some(data) = transfer(event) {
            event.prevent_default();
            data.set_drop_effect("copy");
            mark(&entered, true);
        }
    });
    let leave = EventListener::new(window, "dragleave", move |event| {
        // From one element to the next it is still over the page.
        if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
            mark(&left, false);
        }
    });
    // While something is dragged no pointer moves: one that does has survived a drag that was called off without a word.
    let end = EventListener::new(window, "pointermove", move |_| mark(&ended, false));
    let drop = EventListener::new_with_options(window, "drop", options(), move |event| {
        mark(&dropped, false);
        if let Some(data) = transfer(event) {
            event.prevent_default();
            if let Some(list) = data.files() {
                files(&list, received.clone());
            }
        }
    });
    vec![over, leave, end, drop]
}
