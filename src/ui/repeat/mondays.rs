//! The Mondays one by one: a small square each, in the order of the seeds, filled as they come.
//!
//! Passed is filled, not passed is crossed out, still to come is a dot: told apart without colour.

use crate::say;
use std::collections::BTreeMap;

use crate::ui::prelude::*;

/// Squares in a row.
const ROW: u64 = 25;
/// A square's side with its gap.
const STEP: u64 = 10;

/// `runs`: by seed, whether it passed.
pub fn mondays(runs: &BTreeMap<u64, (bool, String)>, first: u64, all: u64, growing: bool) -> Html {
    let (mut passed, mut missed, mut open) = (String::new(), String::new(), String::new());
    for number in 0..all {
        let (x, y) = (number % ROW * STEP, number / ROW * STEP);
        match runs.get(&(first + number)) {
            Some((true, _)) => passed += &format!("M{} {}h8v8h-8z", x + 1, y + 1),
            Some((false, _)) => missed += &format!("M{} {}l6 6m0-6l-6 6", x + 2, y + 2),
            None => open += &format!("M{} {}h2v2h-2z", x + 4, y + 4),
        }
    }
    let pass = runs.values().filter(|(passed, _)| *passed).count();
    let words = say!("repeat.done", n = runs.len(), all, passed = pass, missed = runs.len() - pass);
    // A screen reader is told how far it is while it grows, and what it is when it has grown.
    let (role, now) = if growing { ("progressbar", Some(runs.len().to_string())) } else { ("img", None) };
    html! {
        <svg class="mondays" viewBox={format!("0 0 {} {}", ROW * STEP, all.div_ceil(ROW) * STEP)} {role} aria-label={words}
            aria-valuemin={growing.then_some("0")} aria-valuemax={growing.then(|| all.to_string())} aria-valuenow={now}>
            <path class="open" d={open}/>
            <path class="passed" d={passed}/>
            <path class="missed" d={missed}/>
        </svg>
    }
}
