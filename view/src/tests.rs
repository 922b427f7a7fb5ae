//! What the macro makes of a tree, and what it says is wrong with one.

use std::str::FromStr;

use proc_macro2::TokenStream;

use crate::expand;

fn expanded(text: &str) -> String {
    expand::html(TokenStream::from_str(text).expect(text)).to_string()
}

fn fault(text: &str) -> String {
    match crate::parse::root(TokenStream::from_str(text).expect(text)) {
        Ok(_) => panic!("{text} is accepted"),
        Err(error) => error.text,
    }
}

#[test]
fn what_is_fixed_is_text_and_needs_no_call() {
    let code = expanded(r#"<p class="a"><b>{ "x" }</b></p>"#);
    assert!(code.contains("fixed") && !code.contains("Values"), "{code}");
}

#[test]
fn each_value_is_one_call_in_its_order() {
    let code = expanded(r#"<p {title} class="a" onclick={f}>{ x }<b>{ y }</b></p>"#);
    let calls = ["attribute (title)", "onclick (f)", "child (x)", "only (y)"];
    let places: Vec<_> = calls.map(|call| code.find(&format!(". {call}"))).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{code}");
}

#[test]
fn a_fault_is_told() {
    let cases = [
        ("<p><b></p>", "`</p>` closes nothing: `<b>` is open"),
        ("<p><b/>", "this tag is never closed"),
        ("<p/><b/>", "only one root is allowed: put several into a fragment `<></>`"),
        ("<p hidden/>", "`hidden` has no value"),
        ("<p id=x/>", "a value is a literal or stands in braces"),
        ("<p {a.b}/>", "only a name may stand here: write `name={…}`"),
        ("<p id={a} id={b}/>", "`id` is given twice"),
        ("<input>{ 1 }</input>", "`<input>` takes no children: close it with `/>`"),
        ("<p>text</p>", "expected an element, `{ … }` or `if`"),
        ("if a {} else b", "expected `{` or `if` after `else`"),
        ("<1/>", "expected the name of an element"),
    ];
    for (text, said) in cases {
        assert_eq!(fault(text), said, "{text}");
    }
}

#[test]
fn a_fault_becomes_an_error_of_the_compiler() {
    let code = expanded("<p>");
    assert!(code.contains("compile_error") && code.contains("this tag is never closed"), "{code}");
}

#[test]
fn a_text_with_the_templates_marks_is_refused() {
    assert!(expanded(r#"<p>{ "\x1b" }</p>"#).contains("compile_error"));
}
