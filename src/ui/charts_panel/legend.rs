//! A chart's curves with their live values, each a switch: one stop for Tab, the arrow keys go from one to the next.
//!
//! A list box, so that a row may be as low as its type: rows of buttons would each have to be 24 px high.

use crate::say;
use crate::ui::prelude::*;

use crate::chart::{COMPARED, Entry, Key, Weight};

/// A chart's entries.
pub struct Legend<'a> {
    /// The chart's key: ids of the entries begin with it.
    pub chart: &'static str,
    pub title: &'static str,
    /// The run beside this one has a row with its name: once for all charts. The others have its line, and its name as a tooltip.
    pub names: bool,
    pub entries: &'a [Entry],
    pub hidden: &'a [String],
    /// The entry that keys are for.
    pub active: usize,
    pub on_toggle: &'a Callback<String>,
    pub onkeydown: Callback<KeyboardEvent>,
}

impl Legend<'_> {
    pub fn view(&self) -> Html {
        let active = self.entries.get(self.active).map(|entry| self.id(entry));
        let rows = self.entries.iter().filter(|entry| self.names || entry.key.id != COMPARED).count();
        html! {
            <ul class={classes!("curves", format!("with-{rows}"))} role="listbox" aria-multiselectable="true" aria-label={say!("charts.curves_of", chart = self.title)} tabindex="0"
                aria-activedescendant={active} onkeydown={self.onkeydown.clone()}>
                { for self.entries.iter().enumerate().map(|(i, entry)| self.entry(entry, i == self.active)) }
            </ul>
        }
    }

    fn id(&self, entry: &Entry) -> String {
        format!("curve-{}-{}", self.chart, entry.key.id)
    }

    fn entry(&self, entry: &Entry, active: bool) -> Html {
        let Entry { key, value, drawn } = entry;
        let shown = !self.hidden.iter().any(|h| h == key.id);
        let id = key.id;
        let onclick = drawn.then(|| self.on_toggle.reform(move |_: MouseEvent| id.to_owned()));
        let class = classes!(
            "curve",
            active.then_some("active"),
            drawn.then_some("drawn"),
            (*drawn && !shown).then_some("off"),
            (key.id == COMPARED).then_some("other"),
            (key.id == COMPARED && !self.names).then_some("line-only")
        );
        let switch = if shown { say!("charts.switch_off") } else { say!("charts.switch_on") };
        let title = drawn.then(|| match id {
            // A name is as long as a learner makes it.
            COMPARED => format!("{}. {switch}", key.label),
            _ => switch.to_owned(),
        });
        html! {
            <li role="option" id={self.id(entry)} key={key.id} data-key={key.id} {class} {onclick} {title} aria-selected={(*drawn && shown).to_string()}
                aria-disabled={(!drawn).then_some("true")}>
                if *drawn { { sample(key) } } else { <i></i> }
                <span class="label">{ key.label.to_string() }</span>
                <b class="value">{ value.clone() }</b>
            </li>
        }
    }
}

/// A short piece of the line, or of its ground.
pub fn sample(key: &Key) -> Html {
    let dashes = key.dash.pattern().map(|(line, gap)| format!("{line} {gap}"));
    let (width, opacity) = match key.weight {
        Weight::Ground => ("8", Some("0.35")),
        Weight::Bold => ("2.5", None),
        Weight::Thin | Weight::Hair if key.id == COMPARED => ("1.5", Some("0.6")),
        Weight::Thin | Weight::Hair => ("1.5", None),
    };
    html! {
        <svg viewBox="0 0 16 8" width="16" height="8" aria-hidden="true" focusable="false">
            <line x1="0" y1="4" x2="16" y2="4" stroke={format!("var({})", key.role.variable())} stroke-width={width} stroke-dasharray={dashes} {opacity}/>
        </svg>
    }
}
