//! What is to be swept: one or two numbers, from where to where, and how many Mondays each design meets. What is typed stays as typed; what it
//! comes to, or why it comes to nothing, follows from it.

use crate::say;
use crate::ui::prelude::*;
use web_sys::HtmlSelectElement;

use crate::kinds::check::grouped;
use crate::session::text::typed::number;
use crate::study::sweep::factor::{allows_values, first_choice};
use crate::study::sweep::{Axis, Factor, Range, SEEDS};
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::number_field::NumberField;
use crate::ui::sweep::Msg;

/// One number that is chosen, with its range as it stands in the fields.
#[derive(Clone, Debug, PartialEq)]
struct Chosen {
    key: String,
    /// From, to, how many values.
    typed: [String; 3],
}

impl Chosen {
    fn of(factor: &Factor) -> Chosen {
        let Range { from, to, values } = factor.suggest();
        // One value alone is no range: where there is no other, the fields say so.
        Chosen { key: factor.key(), typed: [grouped(from), grouped(to), values.max(2).to_string()] }
    }

    fn axis(&self, factors: &[Factor]) -> Result<Axis, String> {
        let factor = factors.iter().find(|f| f.key() == self.key).ok_or(say!("sweep.gone"))?;
        let [from, to, values] = [0, 1, 2].map(|at| number(&self.typed[at], factor.unit).unwrap_or(0.0));
        let levels = factor.levels(Range { from, to, values: values as usize })?;
        Ok(Axis { factor: factor.clone(), levels })
    }
}

/// The form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    chosen: [Option<Chosen>; 2],
    /// As chosen; otherwise as many as suit the number of axes.
    seeds: Option<u64>,
}

impl Setup {
    /// Forgets numbers that the design no longer has; there is always a first one if there is any at all.
    pub fn follow(&mut self, factors: &[Factor]) {
        for chosen in &mut self.chosen {
            let gone = |c: &Chosen| !factors.iter().any(|f| f.key() == c.key);
            if chosen.as_ref().is_some_and(gone) {
                *chosen = None;
            }
        }
        if self.chosen[0].is_none() {
            self.chosen[0] = self.chosen[1].take().or_else(|| first_choice(factors).map(Chosen::of));
        }
    }

    pub fn choose(&mut self, which: usize, key: &str, factors: &[Factor]) {
        self.chosen[which] = factors.iter().find(|f| f.key() == key).map(Chosen::of);
        // The same number twice is one number.
        let other = 1 - which;
        if self.key(which).is_some() && self.key(which) == self.key(other) {
            self.chosen[other] = None;
        }
        self.follow(factors);
    }

    pub fn type_in(&mut self, which: usize, field: usize, text: String) {
        if let Some(chosen) = &mut self.chosen[which] {
            chosen.typed[field] = text;
        }
    }

    pub fn set_seeds(&mut self, seeds: u64) {
        self.seeds = Some(seeds);
    }

    /// Three Mondays along one number; one over a grid, which has many neighbours to say the same.
    pub fn seeds(&self) -> u64 {
        self.seeds.unwrap_or(if self.chosen[1].is_some() { SEEDS[0] } else { SEEDS[1] })
    }

    fn key(&self, which: usize) -> Option<&str> {
        self.chosen[which].as_ref().map(|c| c.key.as_str())
    }

    /// The axes, or what is wrong with each.
    pub fn axes(&self, factors: &[Factor]) -> Result<Vec<Axis>, [Option<String>; 2]> {
        let all = [0, 1].map(|which| self.chosen[which].as_ref().map(|c| c.axis(factors)));
        if all.iter().flatten().any(Result::is_err) {
            return Err(all.map(|axis| axis.and_then(Result::err)));
        }
        Ok(all.into_iter().flatten().flatten().collect())
    }

    /// Both numbers and the Mondays. Locked while a sweep is under way.
    pub fn view(&self, factors: &[Factor], locked: bool, link: &Callback<Msg>) -> Html {
        let wrong = self.axes(factors).err().unwrap_or_default();
        let seeds = self.seeds();
        let onchange = link
            .reform(|e: Event| Msg::Seeds(e.target_unchecked_into::<HtmlSelectElement>().value().parse().unwrap_or(1)));
        html! {
            <div class="setup">
                { for [0, 1].into_iter().map(|which| self.number(which, factors, locked, wrong[which].as_deref(), link)) }
                <label class="mondays">
                    <span>{ say!("sweep.days") }</span>
                    <span class="picker">
                        <select class="pick" id="size-seeds" disabled={locked} {onchange}>
                            { for SEEDS.iter().map(|n| html! { <option value={n.to_string()} selected={*n == seeds}>{ n.to_string() }</option> }) }
                        </select>
                        { icon(Icon::Down) }
                    </span>
                </label>
            </div>
        }
    }

    fn number(
        &self,
        which: usize,
        factors: &[Factor],
        locked: bool,
        wrong: Option<&str>,
        link: &Callback<Msg>,
    ) -> Html {
        let chosen = self.chosen[which].as_ref();
        let id = format!("size-factor-{which}");
        let onchange =
            link.reform(move |e: Event| Msg::Factor(which, e.target_unchecked_into::<HtmlSelectElement>().value()));
        let wrong_id = format!("size-wrong-{which}");
        let factor = chosen.and_then(|c| factors.iter().find(|f| f.key() == c.key));
        let field = |at: usize, label: &'static str| {
            let unit = factor.map_or("", |f| f.unit);
            // As the page writes it: what is typed next is compared with that.
            let written = move |text: &str| number(text, unit).map(grouped).unwrap_or_default();
            let commit = link.reform(move |text: String| Msg::Typed(which, at, written(&text)));
            let allowed = factor.cloned();
            let read = Callback::from(move |text: String| match (&allowed, number(&text, unit)) {
                (_, None) => Err(say!("sweep.no_number_typed", label, text = text.trim())),
                (_, Some(n)) if at == 2 => allows_values(n).map(|()| grouped(n)),
                (Some(factor), Some(n)) => factor.allows(label, n).map(|()| grouped(n)),
                (None, Some(n)) => Ok(grouped(n)),
            });
            let invalid = wrong.is_some_and(|w| w.starts_with(label));
            html! {
                <div>
                    <label for={format!("size-{which}-{at}")}>{ label }</label>
                    <NumberField key={chosen.map_or_else(String::new, |c| c.key.clone())} class="field" id={format!("size-{which}-{at}")} disabled={locked} {invalid}
                        value={chosen.map_or(String::new(), |c| c.typed[at].clone())} described={if wrong.is_some() { wrong_id.clone() } else { String::new() }}
                        {read} {commit}/>
                </div>
            }
        };
        let now = factor.map_or_else(String::new, |f| {
            let now = f.now.map_or_else(|| say!("stage.no_limit").to_owned(), |now| f.write(now));
            if f.now.is_none() && !f.unit.is_empty() {
                say!("sweep.now_in", now, unit = f.unit)
            } else {
                say!("sweep.now_is", now)
            }
        });
        html! {
            <fieldset>
                <legend>{ if which == 0 { say!("sweep.vary") } else { say!("sweep.vary_too") } }</legend>
                <span class="picker">
                    <select class="pick" id={id} aria-label={if which == 0 { say!("sweep.what") } else { say!("sweep.what_else") }} disabled={locked} {onchange}>
                        if which == 1 { <option value="" selected={chosen.is_none()}>{ say!("sweep.nothing_else") }</option> }
                        { groups(factors, chosen.map(|c| c.key.as_str())) }
                    </select>
                    { icon(Icon::Down) }
                </span>
                if chosen.is_some() {
                    <div class="range">{ field(0, say!("sweep.from")) }{ field(1, say!("sweep.to")) }{ field(2, say!("sweep.values")) }</div>
                    <p class="hint">{ now }</p>
                    <p class={if wrong.is_some() { "said wrong" } else { "said" }} id={wrong_id} role="status">{ wrong.map(str::to_owned) }</p>
                }
            </fieldset>
        }
    }
}

/// The numbers by component.
fn groups(factors: &[Factor], chosen: Option<&str>) -> Html {
    let mut groups: Vec<(&Factor, Vec<&Factor>)> = Vec::new();
    for factor in factors {
        match groups.iter_mut().find(|(first, _)| first.node == factor.node) {
            Some((_, all)) => all.push(factor),
            None => groups.push((factor, vec![factor])),
        }
    }
    html! {
        <>
            { for groups.into_iter().map(|(first, all)| html! {
                <optgroup label={first.component.clone()}>
                    { for all.into_iter().map(|f| html! {
                        <option value={f.key()} selected={Some(f.key().as_str()) == chosen}>{ &f.label }</option>
                    }) }
                </optgroup>
            }) }
        </>
    }
}
