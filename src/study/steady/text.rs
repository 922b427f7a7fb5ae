//! Tallies as text, for a line between a worker and the page: whole numbers, so exact.

use super::watch::Tally;
use super::{INTERVALS, MOST_GROUPS};

/// Figures of a tally.
const FIGURES: usize = 6;

/// Groups apart by `;`, all figures of a group by `,`, in hexadecimal.
pub fn write(groups: &[Vec<Tally>]) -> String {
    let group = |tallies: &Vec<Tally>| {
        let figures = tallies.iter().flat_map(|t| [t.waiting, t.busy, t.servers, t.taken, t.waited, t.confirmed]);
        figures.map(|figure| format!("{figure:x}")).collect::<Vec<_>>().join(",")
    };
    groups.iter().map(group).collect::<Vec<_>>().join(";")
}

/// What [`write()`] wrote; `None` if it is nothing of the kind.
pub fn read(text: &str) -> Option<Vec<Vec<Tally>>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let groups: Vec<_> = text.split(';').take(MOST_GROUPS + 1).map(read_group).collect::<Option<_>>()?;
    (groups.len() <= MOST_GROUPS).then_some(groups)
}

fn read_group(text: &str) -> Option<Vec<Tally>> {
    let figures: Vec<u128> = text
        .split(',')
        .take(INTERVALS * FIGURES + 1)
        // No figure is larger, so no sum of them overflows.
        .map(|word| u128::from_str_radix(word, 16).ok().filter(|n| *n < 1 << 100))
        .collect::<Option<_>>()?;
    if figures.len() != INTERVALS * FIGURES {
        return None;
    }
    let tally =
        |f: &[u128]| Tally { waiting: f[0], busy: f[1], servers: f[2], taken: f[3], waited: f[4], confirmed: f[5] };
    Some(figures.chunks_exact(FIGURES).map(tally).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_gives_back_what_was_written() {
        let tally = |n: usize| Tally {
            waiting: n as u128 * (1 << 70),
            busy: 2,
            servers: 3,
            taken: n as u128,
            waited: 5,
            confirmed: 0,
        };
        for groups in [vec![], vec![(0..INTERVALS).map(tally).collect::<Vec<_>>(); 2]] {
            assert_eq!(read(&write(&groups)), Some(groups));
        }
    }

    #[test]
    fn anything_else_is_nothing() {
        let good = write(&[vec![Tally::default(); INTERVALS]]);
        for text in
            ["x", "0", ",", ";", &good[2..], &format!("{good},0"), &format!("{good};"), &[good.as_str(); 5].join(";")]
        {
            assert_eq!(read(text), None);
        }
        assert_eq!(read(&good.replacen('0', &"f".repeat(26), 1)), None, "too large");
    }
}
