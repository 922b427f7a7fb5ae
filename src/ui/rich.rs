//! A text with elements put in: keys, terms and figures that look different from the words around them.

use yew::prelude::*;

use crate::lang::{Piece, Text};

/// The text's words with each element where its name stands.
pub fn with_elements(text: Text, elements: &[Html]) -> Html {
    let piece = |piece| match piece {
        Piece::Words(words) => Html::from(words),
        Piece::Put(at) => elements[at].clone(),
    };
    text.pieces().map(piece).collect()
}

/// A text of `static/lang/en.txt` by its key, with elements put in: `rich!("list.hint", key = html!(<kbd>{ "N" }</kbd>))`.
macro_rules! rich {
    ($key:literal $(, $name:ident = $element:expr)+ $(,)?) => {
        $crate::ui::rich::with_elements($crate::text!($key $(, $name)*), &[$($element),*])
    };
}
pub(crate) use rich;
