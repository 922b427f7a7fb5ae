//! Drawers: the names under which a browser's storage holds what belongs to one kata at one place, so that two exercises, two courses and two
//! katas on one site don't take each other's designs.
//!
//! A drawer is named by the address (`key=`), else by the path of the page. Knows nothing of the storage itself.

/// What all names begin with.
const START: &str = "waiting-room.";

/// The drawer's own name: the address's key, or the page's path, which begins with `/` and so is never a key. The page is the same whether its
/// address names `index.html` or not.
pub fn drawer(key: Option<&str>, path: &str) -> String {
    key.unwrap_or_else(|| path.strip_suffix("index.html").unwrap_or(path)).to_owned()
}

/// Whether a drawer is named by the page's path.
pub fn is_of_a_path(drawer: &str) -> bool {
    drawer.starts_with('/')
}

/// The name of something (`saved.v1`) of a kata in a drawer.
pub fn name(kata: &str, what: &str, drawer: &str) -> String {
    format!("{}@{drawer}", old_name(kata, what))
}

/// The name that it had while all of a site was one drawer.
pub fn old_name(kata: &str, what: &str) -> String {
    match kata {
        "waiting-room" => format!("{START}{what}"),
        other => format!("{START}{other}.{what}"),
    }
}

/// Whether something of this name lies in a kata's drawer.
pub fn holds(kata: &str, drawer: &str, name: &str) -> bool {
    let Some((before, own)) = name.split_once('@') else { return false };
    let rest = before.strip_prefix(&old_name(kata, ""));
    // `saved.v1`, and nothing with another kata's name before it.
    own == drawer && rest.is_some_and(|what| what.matches('.').count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kata_path_and_key_has_its_own() {
        assert_eq!(drawer(None, "/course/a/index.html"), "/course/a/");
        assert_eq!(drawer(None, "/course/a/"), "/course/a/");
        assert_eq!(drawer(Some("week-3"), "/course/a/"), "week-3");
        let names = [
            name("waiting-room", "saved.v1", "/a/"),
            name("waiting-room", "saved.v1", "/b/"),
            name("waiting-room", "saved.v1", "a"),
            name("evening-rush", "saved.v1", "/a/"),
            old_name("waiting-room", "saved.v1"),
            old_name("evening-rush", "saved.v1"),
        ];
        assert_eq!(names[0], "waiting-room.saved.v1@/a/");
        for (at, name) in names.iter().enumerate() {
            let kata = if name.contains("evening") { "evening-rush" } else { "waiting-room" };
            for (other, place) in [(0, "/a/"), (1, "/b/"), (2, "a"), (3, "/a/")] {
                let own = if other == 3 { "evening-rush" } else { "waiting-room" };
                assert_eq!(holds(own, place, name), at == other && kata == own, "{name} in {place}");
            }
        }
        for others in ["", "other@/a/", "waiting-room.saved.v1", "waiting-room@/a/"] {
            assert!(!holds("waiting-room", "/a/", others), "{others}");
        }
        assert!(holds("waiting-room", "/a@b/", &name("waiting-room", "unreadable.1", "/a@b/")));
    }
}
