//! The list of keys: what help shows is what is bound, and nothing else; each key does one thing in one place.

use waiting_room::session::KEYS;
use waiting_room::session::gestures::keys::{KeyPress, Scope, Shortcut, is_listed, lookup};

/// Every key that a keyboard has a name or a sign for, as far as browsers are concerned.
fn all_presses() -> Vec<KeyPress> {
    let signs = (' '..='~').map(String::from);
    let names = [
        "Enter",
        "Tab",
        "Escape",
        "Backspace",
        "Delete",
        "Insert",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        "CapsLock",
        "ContextMenu",
        "F1",
        "F2",
        "F3",
        "F5",
        "F6",
        "F10",
        "F11",
        "F12",
    ];
    let keys: Vec<String> = signs.chain(names.map(str::to_owned)).collect();
    let with = |ctrl: bool, shift: bool| {
        keys.iter().map(move |key| KeyPress { key: key.clone(), ctrl, shift }).collect::<Vec<_>>()
    };
    [(false, false), (false, true), (true, false), (true, true)].into_iter().flat_map(|(c, s)| with(c, s)).collect()
}

/// What the help shows as the press it stands for: `Shift+←` as Shift with ArrowLeft.
fn read(shown: &str) -> (String, bool, bool) {
    let (mut rest, mut ctrl, mut shift) = (shown, false, false);
    loop {
        if let Some(after) = rest.strip_prefix("Ctrl+") {
            (rest, ctrl) = (after, true);
        } else if let Some(after) = rest.strip_prefix("Shift+") {
            (rest, shift) = (after, true);
        } else {
            break;
        }
    }
    let name = match rest {
        "←" => "arrowleft".to_owned(),
        "→" => "arrowright".to_owned(),
        "↑" => "arrowup".to_owned(),
        "↓" => "arrowdown".to_owned(),
        "Esc" => "escape".to_owned(),
        "Space" => " ".to_owned(),
        "−" => "-".to_owned(),
        other => other.to_lowercase(),
    };
    (name, ctrl, shift)
}

fn shows(shortcut: &Shortcut, press: &KeyPress) -> bool {
    let either = |name: &str| shortcut.presses.iter().any(|(key, _, shift)| *key == name && shift.is_none());
    shortcut.shown.split(", ").map(read).any(|(name, ctrl, shift)| {
        name == press.key.to_lowercase() && ctrl == press.ctrl && (shift == press.shift || either(&name))
    })
}

#[test]
fn every_alternative_is_shown_as_it_is_pressed() {
    for shortcut in KEYS.iter().filter(|s| !s.presses.is_empty()) {
        let shown: Vec<_> = shortcut.shown.split(", ").map(read).collect();
        assert_eq!(shown.len(), shortcut.presses.len(), "{}", shortcut.shown);
        for ((name, ctrl, shift), press) in shown.iter().zip(shortcut.presses) {
            assert_eq!((name.as_str(), *ctrl), (press.0, press.1), "{}", shortcut.shown);
            assert_eq!(*shift, press.2.unwrap_or(false), "{}", shortcut.shown);
        }
    }
}

#[test]
fn no_key_is_bound_that_help_does_not_show() {
    let mut bound = 0;
    for scope in Scope::ALL {
        for press in all_presses() {
            let shown = |of: &dyn Fn(Scope) -> bool| KEYS.iter().any(|s| of(s.scope) && shows(s, &press));
            if lookup(&press, scope).is_some() {
                bound += 1;
                assert!(shown(&|s| s == scope || s == Scope::Page), "{press:?} on {}", scope.label());
            }
            if is_listed(&press, scope) {
                assert!(shown(&|s| s == scope), "{press:?} on {}", scope.label());
            }
        }
    }
    assert!(bound > 40, "the diagram's and the page's keys do something");
}

#[test]
fn every_key_that_is_shown_with_a_press_is_listed() {
    for shortcut in KEYS {
        for (key, ctrl, shift) in shortcut.presses {
            let press = KeyPress { key: (*key).to_owned(), ctrl: *ctrl, shift: shift.unwrap_or(false) };
            assert!(is_listed(&press, shortcut.scope), "{}", shortcut.shown);
            if let Some(command) = shortcut.command {
                assert_eq!(lookup(&press, shortcut.scope), Some(command), "{}", shortcut.shown);
            }
        }
    }
}

/// The page's own keys mean the same in every place: no place has one of them for something else.
#[test]
fn no_key_does_two_things_in_one_place() {
    for scope in Scope::ALL {
        let here: Vec<_> = KEYS.iter().filter(|s| s.scope == scope || s.scope == Scope::Page).collect();
        for press in all_presses() {
            let takers: Vec<_> = here.iter().filter(|s| is_listed_as(s, &press)).map(|s| s.what).collect();
            assert!(takers.len() <= 1, "{press:?} on {}: {takers:?}", scope.label());
        }
    }
}

fn is_listed_as(shortcut: &Shortcut, press: &KeyPress) -> bool {
    let name = press.key.to_lowercase();
    shortcut
        .presses
        .iter()
        .any(|(key, ctrl, shift)| *key == name && *ctrl == press.ctrl && shift.is_none_or(|shift| shift == press.shift))
}

/// Keys that browsers use themselves stay theirs: their tools, a new tab, finding, printing, reloading.
#[test]
fn the_browsers_own_keys_stay_its_own() {
    let own = [("c", true), ("i", true), ("j", true), ("n", true), ("t", true), ("v", true)];
    let plain = ["f", "g", "l", "n", "p", "r", "s", "t", "w", "Tab", "1", "0", "+", "-", "="];
    let all = own.into_iter().chain(plain.into_iter().map(|key| (key, false)));
    for (key, shift) in all {
        let press = KeyPress { key: key.to_owned(), ctrl: true, shift };
        for scope in Scope::ALL {
            assert_eq!(lookup(&press, scope), None, "Ctrl+{key}, Shift {shift}");
        }
    }
}
