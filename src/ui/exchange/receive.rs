//! Receiving: a file from the picker or dropped onto the page. Too large a file is refused by its size, before a byte is read.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, Event, FileList, FileReader, Window};
use yew::Callback;

use crate::design::Design;
use crate::session::exchange;

/// What came in: a design, or every reason why it is none.
pub type Received = Rc<Result<Design, Vec<String>>>;

fn refuse(received: &Callback<Received>, why: String) {
    received.emit(Rc::new(Err(vec![why])));
}

/// Reads the one file of a list.
pub fn files(files: &FileList, received: Callback<Received>) {
    let file = match (files.length(), files.get(0)) {
        (1, Some(file)) => file,
        (0, _) | (_, None) => return,
        (several, _) => return refuse(&received, format!("One design at a time: these are {several} files.")),
    };
    if let Err(why) = exchange::check_size(file.size()) {
        return refuse(&received, why);
    }
    let unreadable = "The file can't be read. It may have been moved, or it is a folder.";
    let Ok(reader) = FileReader::new() else { return refuse(&received, unreadable.to_owned()) };
    let (this, told) = (reader.clone(), received.clone());
    EventListener::once(&reader, "loadend", move |_| match this.result() {
        Ok(buffer) if !buffer.is_null() => {
            told.emit(Rc::new(exchange::read_bytes(Uint8Array::new(&buffer).to_vec())));
        }
        _ => refuse(&told, unreadable.to_owned()),
    })
    .forget();
    if reader.read_as_array_buffer(&file).is_err() {
        refuse(&received, unreadable.to_owned());
    }
}

/// Whether something that is dragged holds files.
fn holds_files(data: &DataTransfer) -> bool {
    data.types().includes(&JsValue::from_str("Files"), 0)
}

fn transfer(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer().filter(holds_files)
}

/// Takes files that are dropped anywhere on the page; without this the browser would leave the page for the file.
pub fn listen(window: &Window, received: Callback<Received>) -> Vec<EventListener> {
    let options = EventListenerOptions::enable_prevent_default;
    let over = EventListener::new_with_options(window, "dragover", options(), |event| {
        if let Some(data) = transfer(event) {
            event.prevent_default();
            data.set_drop_effect("copy");
        }
    });
    let drop = EventListener::new_with_options(window, "drop", options(), move |event| {
        if let Some(data) = transfer(event) {
            event.prevent_default();
            if let Some(list) = data.files() {
                files(&list, received.clone());
            }
        }
    });
    vec![over, drop]
}
