//! Which of several copies of a stored text counts: the newest that can be read. A text without a number is older than any with one.
//!
//! What is newer and damaged is given back, so that the caller can set it aside before anything is written. Where the newest is one of a newer
//! page, none counts: an older copy would hide it. Knows nothing of where copies lie, nor of what is in them.

use super::seal;
use super::unreadable::Unreadable;

/// What came of the copies.
#[derive(Debug, Default, PartialEq)]
pub struct Choice {
    /// The copy that counts.
    pub text: Option<String>,
    /// What can't be read and is newer, or has no number. With a newer page's at the end no copy counts.
    pub unread: Vec<(String, Unreadable)>,
    /// The highest number of any copy, read or not.
    pub number: u64,
}

/// Looks at the copies without a number, then at the others from the newest on, until one of those can be read. Of several that `read` takes the
/// last one counts.
pub fn choose(mut copies: Vec<String>, read: &mut dyn FnMut(&str) -> Result<(), Unreadable>) -> Choice {
    let mut choice = Choice::default();
    while !copies.is_empty() {
        let next =
            (1..copies.len()).fold(0, |best, at| if rank(&copies[at]) > rank(&copies[best]) { at } else { best });
        let text = copies.remove(next);
        let number = seal::number(&text);
        choice.number = choice.number.max(number);
        if choice.unread.iter().any(|(seen, _)| *seen == text) {
            continue;
        }
        match read(&text) {
            Ok(()) => {
                choice.text = Some(text);
                if number > 0 {
                    break;
                }
            }
            Err(why) => {
                let newer = matches!(why, Unreadable::Newer(_));
                choice.unread.push((text, why));
                if newer {
                    choice.text = None;
                    break;
                }
            }
        }
    }
    choice
}

/// A text without a number is the first version's, or has lost its end: that must be known before anything is written over it.
fn rank(text: &str) -> u64 {
    match seal::number(text) {
        0 => u64::MAX,
        number => number,
    }
}
