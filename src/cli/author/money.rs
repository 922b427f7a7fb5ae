//! Money in the brief, held against the scenarios: an amount that a learner reads is a budget or a price of the run that it stands for.
//!
//! Facts and the paragraph of a scenario are that scenario's; everything else may name an amount of any. Knows no other figures.

use std::collections::BTreeSet;

use crate::format::pounds;
use crate::kata::{Folder, Scenario};
use engine::measure::MetricId;

/// Signs of other money: the page counts in pounds throughout.
const FOREIGN: [char; 3] = ['€', '$', '¥'];
/// What may stand between the thousands of an amount.
const THOUSANDS: [char; 3] = ['\u{a0}', '\u{202f}', ','];

/// What the brief says of money that is not so, a sentence each.
pub fn faults(folder: &Folder) -> Vec<String> {
    let brief = &folder.brief;
    let mut found = BTreeSet::new();
    for scenario in &folder.scenarios {
        let known = Known::of([scenario]);
        let whose = format!("of “{}”", scenario.id);
        for fact in brief.facts(&scenario.id) {
            found.extend(known.faults(&format!("facts: “{} {}”", fact.figure, fact.words), &fact.figure, &whose));
        }
        let paragraph = brief.scenario(&scenario.id).unwrap_or_default();
        found.extend(known.faults(&format!("scenarios: “{}”", scenario.id), paragraph, &whose));
    }
    let known = Known::of(&folder.scenarios);
    let one = |field: &'static str, text: &String| known.faults(field, text, "of a scenario");
    found.extend([("hook", &brief.hook), ("lead", &brief.lead)].into_iter().flat_map(|(field, text)| one(field, text)));
    found.extend(brief.story.iter().flat_map(|text| one("story", text)));
    found.extend(brief.constraints.iter().flat_map(|text| one("constraints", text)));
    found.into_iter().collect()
}

/// The amounts that may be named, in tenths of a penny.
struct Known {
    amounts: BTreeSet<u64>,
    /// The budgets, in words.
    budgets: Vec<String>,
}

impl Known {
    fn of<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> Known {
        let mut known = Known { amounts: BTreeSet::new(), budgets: Vec::new() };
        for scenario in scenarios {
            let prices = &scenario.world.prices;
            let cost = scenario.goals.iter().filter(|goal| goal.metric.id == MetricId::Cost).map(|goal| goal.at_most);
            let budgets: Vec<f64> = cost.collect();
            known.budgets.extend(budgets.iter().map(|amount| pounds(*amount)));
            let prices = [prices.api_instance_hour, prices.worker_hour, prices.queue_million];
            known.amounts.extend(budgets.into_iter().chain(scenario.par).chain(prices).map(tenths));
        }
        known.budgets.dedup();
        known
    }

    fn faults(&self, place: &str, text: &str, whose: &str) -> Vec<String> {
        let foreign = text.chars().find(|letter| FOREIGN.contains(letter));
        let foreign = foreign.map(|sign| format!("brief.json: {place}: “{sign}”: money is in pounds (£) throughout."));
        let budgets = match self.budgets.as_slice() {
            [] => "there is none".to_owned(),
            some => some.join(", "),
        };
        let unknown = amounts(text).into_iter().filter(|(_, amount)| !self.amounts.contains(&tenths(*amount)));
        let unknown = unknown.map(|(said, _)| {
            format!("brief.json: {place}: “{said}” is neither the budget ({budgets}) nor a price {whose}.")
        });
        unknown.chain(foreign).collect()
    }
}

fn tenths(pounds: f64) -> u64 {
    (pounds * 1000.0).round() as u64
}

/// The amounts in a text, as they stand there and in pounds.
fn amounts(text: &str) -> Vec<(&str, f64)> {
    let begins = text.match_indices('£').map(|(at, sign)| (at, at + sign.len()));
    let amount = |(at, first): (usize, usize)| {
        let mut end = first;
        for (offset, letter) in text[first..].char_indices() {
            let next = text[first + offset + letter.len_utf8()..].chars().next();
            let inside = letter == '.' || THOUSANDS.contains(&letter);
            if !letter.is_ascii_digit() && !(inside && next.is_some_and(|next| next.is_ascii_digit())) {
                break;
            }
            end = first + offset + letter.len_utf8();
        }
        let digits = text[first..end].replace(THOUSANDS, "");
        Some((&text[at..end], digits.parse().ok()?))
    };
    begins.filter_map(amount).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_as_people_write_them() {
        let text = "£10, £0.06 a worker. £1\u{a0}204.50 or £2,000; a £ alone, and £10.";
        let found: Vec<_> = amounts(text).into_iter().map(|(said, amount)| format!("{said}={amount}")).collect();
        assert_eq!(found, ["£10=10", "£0.06=0.06", "£1\u{a0}204.50=1204.5", "£2,000=2000", "£10=10"]);
    }

    #[test]
    fn what_is_built_in_says_what_is_so() {
        assert_eq!(faults(crate::kata::builtin::kata()), Vec::<String>::new());
    }
}
