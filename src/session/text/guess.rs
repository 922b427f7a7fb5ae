//! How far off a guess was, in words for the result of a run: what was drawn, what came, and whether guesses get nearer.

use crate::session::run::guess::{Guess, Guesses};
use crate::{format, say};

/// From this many times on a guess was off by so many times; below it was near.
const NEAR: f64 = 1.25;

/// `You drew 4 850. 91 088 waited.` `waited`: the largest backlog of the run that is over in this scenario.
pub fn told(guesses: &Guesses, scenario: &str, waited: u64) -> Option<String> {
    let guess = guesses.of(scenario)?;
    let (drawn, came) = (format::count(guess.drawn?), guess.came?);
    let told = say!("guess.told", drawn, came = format::count(came));
    if came != waited {
        return Some(say!("guess.this_time", told, n = format::count(waited)));
    }
    Some(match nearer(guesses.list(), guess) {
        Some((off, before)) => say!("guess.nearer", told, off, before),
        None => told,
    })
}

/// How far off it was, and the guess before it, in whatever scenario.
fn nearer(all: &[Guess], guess: &Guess) -> Option<(String, String)> {
    let at = all.iter().position(|other| std::ptr::eq(other, guess))?;
    let before = all[..at].iter().rev().find_map(Guess::off)?;
    Some((off(guess.off()?), off(before)))
}

fn off(times: f64) -> String {
    match times {
        near if near < NEAR => say!("guess.near").to_owned(),
        times => say!("guess.times_off", n = format::number(times, if times < 10.0 { 1 } else { 0 })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(scenario: &str, drawn: u64, came: Option<u64>) -> Guess {
        Guess { scenario: scenario.to_owned(), drawn: Some(drawn), came }
    }

    #[test]
    fn a_guess_is_told_beside_what_came_and_beside_the_one_before() {
        let monday = guess("monday", 4_850, Some(91_088));
        let first = Guesses::read([monday.clone()]);
        let said = |guesses: &Guesses, scenario, waited| {
            told(guesses, scenario, waited).expect("a guess").replace(['\u{202f}', '\u{a0}'], " ")
        };
        assert_eq!(said(&first, "monday", 91_088), "You drew 4 850. 91 088 waited.");
        assert_eq!(said(&first, "monday", 2_313), "You drew 4 850. 91 088 waited. This time it was 2 313.");
        let second = Guesses::read([monday, guess("outage", 20_000, Some(28_000))]);
        assert_eq!(
            said(&second, "outage", 28_000),
            "You drew 20 000. 28 000 waited. That is 1.4 times off; your guess before was 19 times off."
        );
        assert_eq!(told(&Guesses::read([guess("monday", 5, None)]), "monday", 7), None);
    }
}
