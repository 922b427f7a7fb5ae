//! A stub of the page: enough to try the build.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main><h1>{ "The waiting room" }</h1></main> }
}

fn main() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has #app");
    yew::Renderer::<App>::with_root(root.clone()).render();
    root.set_attribute("data-ready", "true")
        .expect("an element takes an attribute");
}
