//! How wide words are in the page's typeface, so that a name can be cut to the room there is, in the page and in a picture alike.
//!
//! Widths are those of Inter SemiBold, the wider of the two weights that the page has; letters that the page's subset lacks come from
//! another typeface and are given what its widest usually take. An estimate that errs to the wide side; kerning is left out. Where a page can
//! measure, it cuts by what it has measured ([`cut_by`]).

/// The most marks above and below a letter.
const MOST_MARKS: usize = 4;

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
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}'
        | '\u{64b}'..='\u{65f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{fe00}'..='\u{fe0f}' => 0,
        '…' => 96,
        '\u{a1}'..='\u{24f}' => 77,
        '\u{250}'..='\u{10ff}' => 90,
        '\u{2010}'..='\u{205e}' => 60,
        // Whole formulas of Arabic, and cuneiform.
        '\u{fdfa}'..='\u{fdfd}' | '\u{12000}'..='\u{1254f}' => 1000,
        '\u{1f000}'.. => 140,
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

/// The words, cut with an ellipsis where `width` says that they are wider than there is room: between what is read as one letter, so that no
/// mark stands without its letter and no flag loses its half. The ellipsis is their last sign, and stands where their writing ends.
///
/// ```
/// use waiting_room::design::text_width::cut_by;
/// let letters = |words: &str| words.chars().count() as f64;
/// assert_eq!(cut_by("e\u{301}te\u{301} 👩\u{200d}⚕\u{fe0f} x", 8.0, letters), "e\u{301}te\u{301}…");
/// ```
pub fn cut_by(words: &str, room: f64, width: impl Fn(&str) -> f64) -> String {
    let words = &with_few_marks(words);
    if width(words) <= room {
        return words.to_owned();
    }
    let ends = ends(words);
    let short = |many: usize| format!("{}…", words[..ends[many]].trim_end());
    let (mut fits, mut most) = (0, ends.len());
    while fits + 1 < most {
        let middle = (fits + most) / 2;
        *(if width(&short(middle)) <= room { &mut fits } else { &mut most }) = middle;
    }
    if fits == 0 { String::new() } else { short(fits) }
}

/// The words with at most so many marks on a letter as a script needs: more would be heaped over what stands above.
fn with_few_marks(words: &str) -> String {
    let mut heaped = 0;
    let few = |letter: &char| {
        heaped = if matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}') { heaped + 1 } else { 0 };
        heaped <= MOST_MARKS
    };
    words.chars().filter(few).collect()
}

/// Where what is read as one letter ends, byte by byte; first the start.
fn ends(words: &str) -> Vec<usize> {
    let mut ends = vec![0];
    let (mut joined, mut flags) = (true, 0);
    for (at, letter) in words.char_indices() {
        let flag = matches!(letter, '\u{1f1e6}'..='\u{1f1ff}');
        flags = if flag { flags + 1 } else { 0 };
        if !(joined || continues(letter) || flag && flags % 2 == 0) {
            ends.push(at);
        }
        joined = matches!(letter, '\u{200d}' | '\u{94d}');
    }
    ends.push(words.len());
    ends
}

/// Belongs to the letter before it: marks, joiners, variants, tones of skin, vowels of Indic scripts.
fn continues(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether the words are written from right to left: their first letter is Arabic, Hebrew or of a kindred script.
///
/// ```
/// use waiting_room::design::text_width::is_rtl;
/// assert!(is_rtl("12 مرضى") && is_rtl("«שלום» API") && !is_rtl("API שלום") && !is_rtl("12 %"));
/// ```
pub fn is_rtl(words: &str) -> bool {
    let of_them = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    words.chars().find(|letter| letter.is_alphabetic()).is_some_and(of_them)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_as_one_letter_is_never_cut() {
        let whole =
            ["a", "e\u{301}\u{323}", "👨\u{200d}👩\u{200d}👧", "🇬🇧", "👋🏽", "1\u{fe0f}\u{20e3}", "نَ", "क्ष", "字", "שָ"];
        let words = whole.concat();
        let ends = ends(&words);
        let apart: Vec<&str> = ends.windows(2).map(|pair| &words[pair[0]..pair[1]]).collect();
        assert_eq!(apart, whole);
        assert_eq!(super::ends(""), [0, 0]);
    }

    #[test]
    fn the_cut_is_the_longest_that_fits() {
        let width = |words: &str| words.chars().count() as f64;
        assert_eq!(cut_by("مرحبا بالعالم", 8.0, width), "مرحبا ب…");
        assert_eq!(cut_by("مرحبا بالعالم", 7.0, width), "مرحبا…", "and no space before the ellipsis");
        assert_eq!(cut_by("字字字", 3.0, width), "字字字");
        assert_eq!(cut_by("字字字", 2.0, width), "字…");
        assert_eq!(cut_by("字字字", 1.0, width), "");
        assert_eq!(cut_by("", 0.0, width), "");
        let heap = format!("Z{}a", "\u{300}".repeat(40));
        assert_eq!(cut_by(&heap, 40.0, width), format!("Z{}a", "\u{300}".repeat(MOST_MARKS)));
    }
}
