//! Which of several copies of a stored text counts: the newest that can be read.
//!
//! What is newer and damaged is given back, so that the caller can set it aside before anything is written. Where the newest is one of a newer
//! page, none counts: an older copy would hide it. Knows nothing of where copies lie, nor of what is in them.

use super::saved::Unreadable;
use super::seal;

/// What came of the copies.
#[derive(Debug, Default, PartialEq)]
pub struct Choice {
    /// The copy that counts.
    pub text: Option<String>,
    /// What stands before it and can't be read, the newest first. With a newer page's at the end no copy counts.
    pub unread: Vec<(String, Unreadable)>,
    /// The highest number of any copy, read or not.
    pub number: u64,
}

/// Looks at the copies from the newest on, until one can be read. Of equal numbers the first is looked at first.
pub fn choose(mut copies: Vec<String>, read: &mut dyn FnMut(&str) -> Result<(), Unreadable>) -> Choice {
    let mut choice = Choice::default();
    while !copies.is_empty() {
        let newest = (1..copies.len()).fold(0, |best, at| {
            if seal::number(&copies[at]) > seal::number(&copies[best]) { at } else { best }
        });
        let text = copies.remove(newest);
        choice.number = choice.number.max(seal::number(&text));
        if choice.unread.iter().any(|(seen, _)| *seen == text) {
            continue;
        }
        match read(&text) {
            Ok(()) => {
                choice.text = Some(text);
                break;
            }
            Err(why) => {
                let newer = matches!(why, Unreadable::Newer(_));
                choice.unread.push((text, why));
                if newer {
                    break;
                }
            }
        }
    }
    choice
}
