//! The start of the page: reads the kata that the page holds, and mounts the page; where the kata is faulty, says so instead.
//!
//! The kata stands in a data block of the page, which is no script: `<script type="application/json" id="waiting-room-kata">`. It is checked
//! as `kata author` checks a folder, and what is wrong is told in the same words. The page begins with the part of it that is seen first; the
//! rest, and what the files say of each other, is read when the second module is here, and a faulty kata takes the page down again.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use web_sys::{Document, Element};
use yew::{AppHandle, Callback};

use super::{app, crash, language, late, text_keeper};
use crate::advice::teaching;
use crate::kata::folder::TEACHING;
use crate::kata::{Folder, KataFault, builtin};
use crate::late::late;
use crate::say;
use crate::vocabulary;

/// The block's id.
const BLOCK: &str = "waiting-room-kata";
/// More faults than this are counted only.
const MOST_TOLD: usize = 20;

thread_local! {
    /// What is mounted.
    static PAGE: RefCell<Option<AppHandle<app::App>>> = const { RefCell::new(None) };
}

/// Mounts the page in `#app`.
pub fn start() {
    crash::install();
    late::state();
    language::speak();
    let root = root();
    match block().and_then(|block| load(&block)) {
        Ok(()) => {
            late::first_of_all(|| {
                if let Some(Err(faults)) = block().ok().and_then(|block| load_whole(&block)) {
                    refuse(faults);
                }
            });
            text_keeper::install(&root);
            let page = yew::Renderer::<app::App>::with_root(root).render();
            PAGE.set(Some(page));
        }
        Err(faults) => {
            let told = Callback::from(move |_| {
                // All faults at once, as far as they can be found.
                let whole = block().ok().and_then(|block| load_whole(&block));
                refuse(whole.and_then(Result::err).unwrap_or_else(|| faults.clone()));
            });
            if late::state().is_here() { told.emit(true) } else { late::soon(told) }
        }
    }
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a page has a document")
}

fn root() -> Element {
    document().get_element_by_id("app").expect("index.html has #app")
}

/// The text of the page's block.
fn block() -> Result<String, Vec<String>> {
    let block = document().get_element_by_id(BLOCK).and_then(|block| block.text_content());
    block.ok_or_else(|| vec![say!("start.no_block", id = BLOCK)])
}

/// Takes what the page begins with of its block; otherwise what is wrong with that, a sentence each.
fn load(block: &str) -> Result<(), Vec<String>> {
    let (kata, lines) = Folder::read_beginning(block, vocabulary::load).map_err(sentences)?;
    let lines = teaching::read(&lines);
    let lines = lines.map_err(|problems| problems.iter().map(|p| format!("{TEACHING}: {p}")).collect::<Vec<_>>())?;
    builtin::load(kata);
    teaching::load(lines);
    Ok(())
}

late! {
    /// Takes all of it.
    fn load_whole(block: &str) -> Result<(), Vec<String>> {
        Folder::read_block(block, drop).map(|(kata, _)| builtin::load_whole(kata)).map_err(sentences)
    }
}

fn sentences(faults: Vec<KataFault>) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// Takes the page down, if it is up, and says why.
fn refuse(faults: Vec<String>) {
    if let Some(page) = PAGE.take() {
        page.destroy();
    }
    // When all of the page is gone.
    Timeout::new(0, move || tell(&document(), &root(), &faults).expect("elements can be made")).forget();
}

fn tell(document: &Document, root: &Element, faults: &[String]) -> Option<()> {
    root.set_text_content(None);
    root.remove_attribute("data-ready").ok()?;
    let told = document.create_element("div").ok()?;
    told.set_id("boot");
    told.set_class_name("boot");
    told.set_attribute("role", "alert").ok()?;
    add(document, &told, "p", &say!("start.faults", plural = faults.len(), n = faults.len()))?;
    let list = document.create_element("ul").ok()?;
    for fault in faults.iter().take(MOST_TOLD) {
        add(document, &list, "li", fault)?;
    }
    told.append_child(&list).ok()?;
    if faults.len() > MOST_TOLD {
        add(document, &told, "p", &say!("start.first", n = MOST_TOLD))?;
    }
    root.append_child(&told).ok()?;
    Some(())
}

fn add(document: &Document, to: &Element, name: &str, text: &str) -> Option<()> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(text));
    to.append_child(&element).ok()?;
    Some(())
}
