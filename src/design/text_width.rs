//! How wide words are in the page's typeface, so that a name can be cut to the room there is, in the page and in a picture alike.
//!
//! Widths are those of Inter SemiBold, the wider of the two weights that the page has; letters that the page's subset lacks come from
//! another typeface and are given what its widest usually take. An estimate that errs to the wide side; kerning is left out.

/// The signs from space to tilde, in hundredths of the type's size. Figures are tabular.
const ASCII: [u8; 95] = [
    25, 32, 52, 66, 66, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 32, 33,
    67, 67, 67, 54, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102,
    72, 71, 65, 37, 38, 37, 48, 47, 35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35,
    61, 59, 84, 57, 59, 57, 45, 36, 45, 67,
];

fn hundredths(letter: char) -> u32 {
    match letter {
        ' '..='~' => u32::from(ASCII[letter as usize - ' ' as usize]),
        '\u{a0}' => 25,
        '\u{2009}' | '\u{202f}' => 18,
        // What takes no place of its own: joiners, marks above and below, variants.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '…' => 96,
        '\u{a1}'..='\u{24f}' => 77,
        '\u{250}'..='\u{10ff}' => 90,
        '\u{2010}'..='\u{205e}' => 60,
        _ => 110,
    }
}

/// The width of words in type of this size, in the same unit.
///
/// ```
/// use waiting_room::design::text_width::width;
/// assert!((width("Queue", 10.0) - 10.0 * (0.77 + 0.61 + 0.59 + 0.61 + 0.59)).abs() < 1e-9);
/// ```
pub fn width(words: &str, size: f64) -> f64 {
    f64::from(words.chars().map(hundredths).sum::<u32>()) / 100.0 * size
}

/// The words, cut with an ellipsis where they are wider than there is room. Where not even one letter fits, nothing is left.
///
/// ```
/// use waiting_room::design::text_width::{cut, width};
/// assert_eq!(cut("Queue", 13.0, 100.0), "Queue");
/// let short = cut("The queue behind the booking API", 13.0, 100.0);
/// assert!(short.ends_with('…') && width(&short, 13.0) <= 100.0);
/// ```
pub fn cut(words: &str, size: f64, room: f64) -> String {
    if width(words, size) <= room {
        return words.to_owned();
    }
    let most = ((room / size * 100.0).max(0.0) as u32).saturating_sub(hundredths('…'));
    let mut taken = 0;
    let fits = |letter: &char| {
        taken += hundredths(*letter);
        taken <= most
    };
    let kept: String = words.chars().take_while(fits).collect();
    match kept.trim_end() {
        "" => String::new(),
        kept => format!("{kept}…"),
    }
}
