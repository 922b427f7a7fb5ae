//! The same tree by this `html!` and by Yew's own is the same; but Yew puts switches and classes after the other attributes, so they are written
//! in that order here.

use yew::prelude::*;

/// Both macros on the same tokens; told as Yew tells them, which is with every attribute, key, listener's event and text.
macro_rules! same {
    ($($tokens:tt)*) => {{
        let ours: Html = view::html! { $($tokens)* };
        let yews: Html = yew::html! { $($tokens)* };
        assert_eq!(format!("{ours:#?}"), format!("{yews:#?}"));
    }};
}

fn words() -> Vec<String> {
    vec!["one".to_owned(), "two".to_owned()]
}

#[test]
fn elements_and_texts() {
    same!();
    same!(<br/>);
    same!(<div></div>);
    same!(<p data-x="1" tabindex=0 class="a b">{ "text" }<b>{ "bold" }</b>{ ' ' }</p>);
    same!(<svg viewBox="0 0 8 8"><path d="M0 0"/><linearGradient id="g"/></svg>);
    same!(<my-element aria-hidden="true"/>);
    same!({ "only a text" });
    same!("only a text");
    same!(words().len());
}

#[test]
fn attributes() {
    let (title, none, some) = (String::from("t"), None::<String>, Some("s"));
    same!(<p id="fixed" title={title.clone()} data-none={none.clone()} lang={some}/>);
    let lang = some;
    same!(<p {lang}/>);
    same!(<p id={AttrValue::from("a")} title={some.map(AttrValue::from)}/>);
    let on = true;
    same!(<button type="button" disabled={on} hidden={!on}/>);
    same!(<button disabled=true hidden=false/>);
    same!(<option value={"v"} selected={on}>{ "v" }</option>);
    same!(<p class=""/>);
}

#[test]
fn classes_in_every_form() {
    let (on, off) = (Some("on"), None::<&str>);
    same!(<p class={on}/>);
    same!(<p class={off}/>);
    same!(<p class={String::from("a b")}/>);
    same!(<p class={classes!("a", on, off, String::from("c"))}/>);
    same!(<p class={classes!(off)}/>);
    let given = classes!("x", "y");
    same!(<p class={given.clone()}/>);
    same!(<p class={classes!("a", given.clone())}/>);
}

#[test]
fn fields_have_a_state_of_their_own() {
    let text = String::from("typed");
    same!(<input type="text" value={text.clone()} id="i"/>);
    same!(<input type="checkbox" checked={true}/>);
    same!(<input type="checkbox" checked=false value="v"/>);
    same!(<textarea value={text.clone()} rows="3"/>);
    same!(<select value={text.clone()}><option value={text.clone()}/></select>);
}

#[test]
fn children_in_every_form() {
    let (node, nodes) = (yew::html!(<i/>), vec![yew::html!(<i/>), yew::html!(<b/>)]);
    same!(<p>{ node.clone() }</p>);
    same!(<p>{ nodes.clone() }</p>);
    same!(<p>{ "a" }{ nodes.clone() }{ node.clone() }</p>);
    same!(<p>{ 3 }{ 2.5 }{ Some("x") }{ None::<Html> }</p>);
    same!(<p>{ for words() }</p>);
    same!(<ul>{ for words().into_iter().map(|w| yew::html!(<li>{ w }</li>)) }</ul>);
    same!(<p>{{ let w = words(); w.len() }}</p>);
    same!(<><p/>{ node.clone() }</>);
    same!(<p><><b/></></p>);
}

#[test]
fn keys() {
    same!(<ul>{ for words().into_iter().map(|w| yew::html!(<li key={w.clone()}>{ w }</li>)) }</ul>);
    same!(<ul><li key="a"/><li key={7}/></ul>);
    same!(<key/>);
    same!(<key="k"><p/></>);
}

#[test]
fn branches() {
    for n in 0..4 {
        let some = (n == 3).then_some("three");
        same!(if n == 0 { <p/> });
        same!(<div>if n == 0 { <p/>{ "x" } } else if n == 1 { <b title={n.to_string()}/> } else { { n } }</div>);
        same!(<div><i/>if let Some(text) = some { <b>{ text }</b> }<u/></div>);
        same!(<div>if let Some("three") | None = some { if n == 1 { { "inner" } } } else {}</div>);
        same!(<div>if n > 0 && (n < 3) { { "<" } }</div>);
    }
}

#[test]
fn listeners_and_references() {
    let (press, none) = (Callback::from(|_: MouseEvent| ()), None::<Callback<FocusEvent>>);
    let onkeydown = Callback::from(|_: KeyboardEvent| ());
    same!(<button onclick={press.clone()} onfocus={none.clone()} onkeydown={onkeydown.clone()}/>);
    let press = |_: MouseEvent| ();
    same!(<button onclick={press} title={"t"} onclose={|_| ()}/>);
    let node = NodeRef::default();
    same!(<p ref={node.clone()}/>);
}

#[derive(Properties, PartialEq)]
struct BoxProps {
    title: AttrValue,
    #[prop_or_default]
    children: Html,
}

#[component]
fn Boxed(props: &BoxProps) -> Html {
    yew::html! { <p title={props.title.clone()}>{ props.children.clone() }</p> }
}

#[test]
fn components_are_yews() {
    let title = AttrValue::from("t");
    same!(<Boxed title="t"/>);
    same!(<Boxed title="t" key="k"><p/></Boxed>);
    same!(<div><Boxed title={title.clone()}><p/>{ "two" }</Boxed></div>);
    same!(<ContextProvider<u32> context={3}><p/></ContextProvider<u32>>);
    same!(<self::Boxed title={title.clone()}/>);
}

#[test]
fn attributes_stay_the_same_ones_from_one_rendering_to_the_next() {
    use yew::virtual_dom::{Attributes, VNode};
    let render = |title: &'static str| view::html!(<p class="a"><b {title} lang="en"/></p>);
    let keys = |node: &VNode| {
        let VNode::VTag(p) = node else { panic!("{node:?}") };
        let Some(VNode::VTag(b)) = p.children() else { panic!("{p:?}") };
        match (&p.attributes, &b.attributes) {
            (Attributes::Static(all), Attributes::Dynamic { keys, .. }) => (all.as_ptr(), keys.as_ptr()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(keys(&render("x")), keys(&render("y")));
}
