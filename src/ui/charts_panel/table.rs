//! A table of figures in place of a picture.

use crate::say;
use crate::ui::prelude::*;

use crate::ui::icons::{Icon, icon};
use crate::ui::kit::{ByPtr, widget};

/// The most rows of a table on the page; with more, every second, third … is shown.
const ROWS: usize = 181;

#[derive(PartialEq)]
pub struct Table {
    pub title: &'static str,
    pub rows: ByPtr<Vec<Vec<String>>>,
}

widget!(late Table => table);

/// So many rows as a page can show.
pub fn thinned(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let every = rows.len().div_ceil(ROWS).max(1);
    let (head, body) = rows.split_at(rows.len().min(1));
    head.iter().chain(body.iter().step_by(every)).cloned().collect()
}

/// The table as it was when the run last stood still.
fn table(props: &Table) -> Html {
    let Some((head, body)) = props.rows.split_first() else { return Html::default() };
    html! {
        <div class="table" tabindex="0" role="region" aria-label={say!("charts.as_table", chart = props.title)}>
            if body.is_empty() {
                <p>{ icon(Icon::Note) }{ say!("charts.no_run") }</p>
            } else {
                <table aria-label={props.title}>
                    <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }</tr></thead>
                    <tbody>{ for body.iter().map(|row| html! {
                        <tr>{ for row.iter().take(1).map(|cell| html! { <th scope="row">{ cell }</th> }) }{ for row.iter().skip(1).map(|cell| html! { <td>{ cell }</td> }) }</tr>
                    }) }</tbody>
                </table>
            }
        </div>
    }
}
