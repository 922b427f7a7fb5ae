//! Money in the brief, held against the scenarios: an amount that a learner reads is a budget or a price of the run that it stands for.
//!
//! Facts and the paragraph of a scenario are that scenario's; everything else may name an amount of any. Knows no other figures.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut found = Found::default();
    for scenario in &folder.scenarios {
        let known = known(scenario);
        let whose = format!("“{}” ({})", scenario.id, budget(scenario));
        for fact in brief.facts(&scenario.id) {
            found.look(&format!("facts: “{} {}”", fact.figure, fact.words), &fact.figure, &known, &whose);
        }
        let paragraph = brief.scenario(&scenario.id).unwrap_or_default();
        found.look(&format!("scenarios: “{}”", scenario.id), paragraph, &known, &whose);
    }
    let known = folder.scenarios.iter().flat_map(known).collect();
    let single = [("hook", &brief.hook), ("lead", &brief.lead)].into_iter();
    let story = brief.story.iter().map(|text| ("story", text));
    let constraints = brief.constraints.iter().map(|text| ("constraints", text));
    for (field, text) in single.chain(story).chain(constraints) {
        found.look(field, text, &known, "any scenario");
    }
    found.sentences()
}

/// The amounts that may be named of a scenario, in tenths of a penny.
fn known(scenario: &Scenario) -> BTreeSet<u64> {
    let prices = &scenario.world.prices;
    let prices = [prices.api_instance_hour, prices.worker_hour, prices.queue_million];
    budgets(scenario).chain(scenario.par).chain(prices).map(tenths).collect()
}

fn budgets(scenario: &Scenario) -> impl Iterator<Item = f64> {
    scenario.goals.iter().filter(|goal| goal.metric.id == MetricId::Cost).map(|goal| goal.at_most)
}

fn budget(scenario: &Scenario) -> String {
    budgets(scenario).next().map_or_else(|| "no budget".to_owned(), pounds)
}

/// What is not so: by its place and what stands there, of which scenarios it is not so; and other money.
#[derive(Default)]
struct Found {
    unknown: BTreeMap<(String, String), Vec<String>>,
    foreign: BTreeSet<String>,
}

impl Found {
    fn look(&mut self, place: &str, text: &str, known: &BTreeSet<u64>, whose: &str) {
        for (said, _) in amounts(text).into_iter().filter(|(_, amount)| !known.contains(&tenths(*amount))) {
            self.unknown.entry((place.to_owned(), said.to_owned())).or_default().push(whose.to_owned());
        }
        let foreign = text.chars().find(|letter| FOREIGN.contains(letter));
        self.foreign
            .extend(foreign.map(|sign| format!("brief.json: {place}: “{sign}”: money is in pounds (£) throughout.")));
    }

    fn sentences(self) -> Vec<String> {
        let unknown = self.unknown.into_iter().map(|((place, said), whose)| {
            format!("brief.json: {place}: “{said}” is neither the budget nor a price of {}.", whose.join(", "))
        });
        unknown.chain(self.foreign).collect()
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
            let inside = inside && next.is_some_and(|next| next.is_ascii_digit());
            if !letter.is_ascii_digit() && !inside {
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
