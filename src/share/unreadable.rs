//! Why a stored text is of no use to this page. What it is a text of says so in words.

/// Why a stored text can't be read by this page.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// Written by a newer page, in this version: it must stay as it is.
    Newer(u64),
    /// Not what this page or an older one wrote; what is wrong, in words.
    Broken(String),
}
