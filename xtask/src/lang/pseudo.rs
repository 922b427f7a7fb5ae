//! Made-up languages: what the English texts would be like if they were longer, had other letters, or ran to the left. Names stay as they are.

/// Accents on every letter that has one, and half as many letters again, in brackets that show where a text is cut.
pub fn accented(text: &str) -> String {
    let letters = outside(text).count();
    let more: String = "ėẋŧřȧ ".chars().cycle().take(letters.div_ceil(2)).collect();
    format!("[{} {}]", with_accents(text), more.trim_end())
}

/// Accents alone: as long as it was.
pub fn with_accents(text: &str) -> String {
    mapped(text, accent)
}

/// Letters of a script that runs to the left, one for each.
pub fn to_the_left(text: &str) -> String {
    mapped(text, |c| {
        let at = c.to_ascii_lowercase() as u32;
        if c.is_ascii_alphabetic() { char::from_u32(0x05d0 + (at - 'a' as u32) % 22).unwrap_or(c) } else { c }
    })
}

fn accent(c: char) -> char {
    const PLAIN: &str = "aceiklnoprstuyzACEIKLNOPRSTUYZ";
    const ACCENTED: &str = "åçéîķļñöþŕšţûýžÅÇÉÎĶĻÑÖÞŔŠŢÛÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == c).map_or(c, |(_, accented)| accented)
}

/// The letters of a text that stand in no name.
fn outside(text: &str) -> impl Iterator<Item = char> {
    let mut within = false;
    text.chars().filter(move |c| {
        within = *c == '{' || within && *c != '}';
        !within && *c != '}'
    })
}

/// A text with its letters changed, but for names.
fn mapped(text: &str, change: impl Fn(char) -> char) -> String {
    let mut within = false;
    let one = |c: char| {
        within = c == '{' || within && c != '}';
        if within { c } else { change(c) }
    };
    text.chars().map(one).collect()
}
