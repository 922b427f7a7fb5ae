//! Stars, three in a row: those of a design in a scenario, and those that another design had before an edit.

use crate::say;
use crate::ui::prelude::*;

use crate::design::Design;
use crate::kata::Scenario;
use crate::kata::stars::stars;
use crate::record::RunHistory;

/// The stars there are.
pub const MOST: u8 = 3;

/// How a scenario stands for a design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Of this very design.
    pub stars: u8,
    /// Another design had some, and this one has not been run since.
    pub lost: bool,
}

impl Standing {
    pub fn of(runs: &RunHistory, design: &Design, scenario: &Scenario) -> Standing {
        let own = stars(scenario, runs.shown(design, &scenario.id));
        Standing { stars: own, lost: own == 0 && runs.most_stars(scenario) > 0 }
    }

    /// `2 of 3 stars`; `not run since your change`.
    pub fn words(self) -> String {
        match self {
            Standing { stars: 0, lost: true } => say!("stars.lost").to_owned(),
            Standing { stars: 0, .. } => say!("stars.none").to_owned(),
            Standing { stars: 1, .. } => say!("stars.of", n = 1, most = MOST),
            Standing { stars, .. } => say!("stars.of", n = stars, most = MOST),
        }
    }

    /// As three stars, which say it aloud as well.
    pub fn view(self) -> Html {
        html! {
            <span class={classes!("stars", self.lost.then_some("lost"))} role="img" aria-label={self.words()}>
                { for (0..MOST).map(|at| star(at < self.stars)) }
            </span>
        }
    }
}

/// One star, lit or not.
pub fn star(lit: bool) -> Html {
    html! {
        <svg class={classes!("star", lit.then_some("lit"))} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d="M8 1.6l2 4.1 4.5.6-3.3 3.2.8 4.5L8 11.9 4 14l.8-4.5L1.5 6.3 6 5.7z"/>
        </svg>
    }
}
