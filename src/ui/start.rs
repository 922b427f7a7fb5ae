//! The start of the page: reads the kata that the page holds, and mounts the page; where the kata is faulty, says so instead.
//!
//! The kata stands in a data block of the page, which is no script: `<script type="application/json" id="waiting-room-kata">`. It is checked
//! as `kata author` checks a folder, and what is wrong is told in the same words.

use web_sys::{Document, Element};

use super::{app, crash, late, text_keeper};
use crate::advice::teaching;
use crate::kata::folder::TEACHING;
use crate::kata::{Folder, builtin};
use crate::vocabulary;

/// The block's id.
const BLOCK: &str = "waiting-room-kata";
/// More faults than this are counted only.
const MOST_TOLD: usize = 20;

/// Mounts the page in `#app`.
pub fn start() {
    crash::install();
    late::state();
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let root = document.get_element_by_id("app").expect("index.html has #app");
    match load(&document) {
        Ok(()) => {
            text_keeper::install(&root);
            drop(yew::Renderer::<app::App>::with_root(root).render());
        }
        Err(faults) => tell(&document, &root, &faults).expect("elements can be made"),
    }
}

/// Takes the kata of the page's block; otherwise what is wrong with it, a sentence each.
fn load(document: &Document) -> Result<(), Vec<String>> {
    let block = document.get_element_by_id(BLOCK).and_then(|block| block.text_content());
    let block = block.ok_or_else(|| vec![format!("The page has no element with the id {BLOCK}.")])?;
    let (kata, lines) = Folder::read_block(&block, vocabulary::load)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let lines = teaching::read(&lines);
    let lines = lines.map_err(|problems| problems.iter().map(|p| format!("{TEACHING}: {p}")).collect::<Vec<_>>())?;
    builtin::load(kata);
    teaching::load(lines);
    Ok(())
}

fn tell(document: &Document, root: &Element, faults: &[String]) -> Option<()> {
    root.set_text_content(None);
    let told = document.create_element("div").ok()?;
    told.set_id("boot");
    told.set_class_name("boot");
    told.set_attribute("role", "alert").ok()?;
    let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    add(document, &told, "p", &format!("This page holds a kata that can't be read: {count}."))?;
    let list = document.create_element("ul").ok()?;
    for fault in faults.iter().take(MOST_TOLD) {
        add(document, &list, "li", fault)?;
    }
    told.append_child(&list).ok()?;
    if faults.len() > MOST_TOLD {
        add(document, &told, "p", &format!("Only the first {MOST_TOLD} are listed."))?;
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
