//! Keys: [`KEYS`] is the one list of what each does, where. The page's handling and its help follow from it: a key that is not in the list
//! does nothing, and every key that does something is shown.
//!
//! Does not know what the browser's own elements do with keys: a button's Enter and Space, a field's typing, a dialog's Escape.

use crate::lang::Text;
use crate::{say, text};

/// A key with its modifiers, as the browser names keys. `ctrl` is also ⌘.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    pub key: String,
    pub ctrl: bool,
    pub shift: bool,
}

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Anywhere but in a field.
    Page,
    /// Anywhere but in a field or on a control, which have their own use for the key.
    Outside,
    /// When the diagram has the focus.
    Diagram,
    /// When a part of the palette has the focus.
    Palette,
    /// In a menu: at the open end of a connection, or of a row of the list.
    Menu,
    /// In the inspector.
    Inspector,
    /// When a chart has the focus.
    Chart,
    /// When a handle of a guess has the focus.
    Guess,
    /// When the list of a chart's curves has the focus.
    Curves,
    /// When a step of a schedule has the focus, in the chart of workers.
    Steps,
    /// On the card of a moment that is frozen.
    Moment,
    /// In the result of a run.
    Result,
    /// When a tab has the focus.
    Tabs,
    /// When the timeline has the focus.
    Timeline,
    /// In the list of what happened when.
    Marks,
    /// While a run is given another name.
    Runs,
    /// On the map of a sweep.
    Map,
    /// When a word that the glossary explains has the focus, or its meaning is shown.
    Word,
}

impl Scope {
    /// In the order of help.
    pub const ALL: [Scope; 18] = [
        Scope::Page,
        Scope::Outside,
        Scope::Diagram,
        Scope::Palette,
        Scope::Menu,
        Scope::Inspector,
        Scope::Chart,
        Scope::Guess,
        Scope::Curves,
        Scope::Steps,
        Scope::Moment,
        Scope::Result,
        Scope::Tabs,
        Scope::Timeline,
        Scope::Marks,
        Scope::Runs,
        Scope::Map,
        Scope::Word,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Scope::Page => say!("keys.on_page"),
            Scope::Outside => say!("keys.on_outside"),
            Scope::Diagram => say!("keys.on_diagram"),
            Scope::Palette => say!("keys.on_palette"),
            Scope::Menu => say!("keys.on_menu"),
            Scope::Inspector => say!("keys.on_inspector"),
            Scope::Chart => say!("keys.on_chart"),
            Scope::Guess => say!("keys.on_guess"),
            Scope::Curves => say!("keys.on_curves"),
            Scope::Steps => say!("keys.on_steps"),
            Scope::Moment => say!("keys.on_moment"),
            Scope::Result => say!("keys.on_result"),
            Scope::Tabs => say!("keys.on_tabs"),
            Scope::Timeline => say!("keys.on_timeline"),
            Scope::Marks => say!("keys.on_marks"),
            Scope::Runs => say!("keys.on_runs"),
            Scope::Map => say!("keys.on_map"),
            Scope::Word => say!("keys.on_word"),
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Undo,
    Redo,
    PlayOrPause,
    SelectAll,
    Cancel,
    Delete,
    Copy,
    Cut,
    Paste,
    Duplicate,
    /// Arrow keys, in steps of the grid: moves what is selected; while connecting, chooses the target.
    Arrow {
        dx: i32,
        dy: i32,
    },
    /// Begins a connection from the selected component.
    Connect,
    /// Enter: makes the connection that is being chosen.
    Confirm,
    ZoomIn,
    ZoomOut,
    ZoomActual,
    Fit,
    Tidy,
}

/// One line of the list.
#[derive(Debug)]
pub struct Shortcut {
    /// As help shows it: the alternatives with a comma between, in the order of `presses`. What has no presses is the browser's.
    pub shown: &'static str,
    pub what: Text,
    pub scope: Scope,
    /// Each alternative: the key as the browser names it (letters in lower case), with Ctrl, with Shift (`None`: either, because on some
    /// keyboards the sign itself wants it).
    pub presses: &'static [(&'static str, bool, Option<bool>)],
    /// `None`: the focused element itself answers the key.
    pub command: Option<Command>,
}

const fn key(
    shown: &'static str,
    what: Text,
    scope: Scope,
    presses: &'static [(&'static str, bool, Option<bool>)],
    command: Command,
) -> Shortcut {
    Shortcut { shown, what, scope, presses, command: Some(command) }
}

const fn arrow(
    shown: &'static str,
    what: Text,
    press: &'static [(&'static str, bool, Option<bool>)],
    dx: i32,
    dy: i32,
) -> Shortcut {
    key(shown, what, Scope::Diagram, press, Command::Arrow { dx, dy })
}

/// A key that the focused element itself answers.
const fn own(
    shown: &'static str,
    what: Text,
    scope: Scope,
    presses: &'static [(&'static str, bool, Option<bool>)],
) -> Shortcut {
    Shortcut { shown, what, scope, presses, command: None }
}

/// How many steps of the grid an arrow key moves with Shift.
pub const FAR: i32 = 5;

/// All keys.
pub const KEYS: &[Shortcut] = &[
    key("Ctrl+Z", text!("keys.undo"), Scope::Page, &[("z", true, Some(false))], Command::Undo),
    key(
        "Shift+Ctrl+Z, Ctrl+Y",
        text!("keys.redo"),
        Scope::Page,
        &[("z", true, Some(true)), ("y", true, Some(false))],
        Command::Redo,
    ),
    key("Space", text!("keys.play"), Scope::Outside, &[(" ", false, Some(false))], Command::PlayOrPause),
    key("P", text!("keys.play"), Scope::Page, &[("p", false, Some(false))], Command::PlayOrPause),
    own("?", text!("keys.help"), Scope::Page, &[("?", false, None)]),
    own("Tab", text!("keys.tab"), Scope::Diagram, &[]),
    key("Esc", text!("keys.cancel"), Scope::Diagram, &[("escape", false, Some(false))], Command::Cancel),
    key("Ctrl+A", text!("keys.select_all"), Scope::Diagram, &[("a", true, Some(false))], Command::SelectAll),
    key(
        "Delete, Backspace",
        text!("keys.delete"),
        Scope::Diagram,
        &[("delete", false, Some(false)), ("backspace", false, Some(false))],
        Command::Delete,
    ),
    key("Ctrl+C", text!("keys.copy"), Scope::Diagram, &[("c", true, Some(false))], Command::Copy),
    key("Ctrl+X", text!("keys.cut"), Scope::Diagram, &[("x", true, Some(false))], Command::Cut),
    key("Ctrl+V", text!("keys.paste"), Scope::Diagram, &[("v", true, Some(false))], Command::Paste),
    key("Ctrl+D", text!("keys.duplicate"), Scope::Diagram, &[("d", true, Some(false))], Command::Duplicate),
    arrow("←", text!("keys.left"), &[("arrowleft", false, Some(false))], -1, 0),
    arrow("→", text!("keys.right"), &[("arrowright", false, Some(false))], 1, 0),
    arrow("↑", text!("keys.up"), &[("arrowup", false, Some(false))], 0, -1),
    arrow("↓", text!("keys.down"), &[("arrowdown", false, Some(false))], 0, 1),
    arrow("Shift+←", text!("keys.far_left"), &[("arrowleft", false, Some(true))], -FAR, 0),
    arrow("Shift+→", text!("keys.far_right"), &[("arrowright", false, Some(true))], FAR, 0),
    arrow("Shift+↑", text!("keys.far_up"), &[("arrowup", false, Some(true))], 0, -FAR),
    arrow("Shift+↓", text!("keys.far_down"), &[("arrowdown", false, Some(true))], 0, FAR),
    key("C", text!("keys.connect"), Scope::Diagram, &[("c", false, Some(false))], Command::Connect),
    key("Enter", text!("keys.confirm"), Scope::Diagram, &[("enter", false, Some(false))], Command::Confirm),
    own("Space", text!("keys.space"), Scope::Diagram, &[(" ", false, Some(false))]),
    key("+, =", text!("keys.zoom_in"), Scope::Diagram, &[("+", false, None), ("=", false, None)], Command::ZoomIn),
    key("−", text!("keys.zoom_out"), Scope::Diagram, &[("-", false, None)], Command::ZoomOut),
    key("1", text!("keys.actual"), Scope::Diagram, &[("1", false, None)], Command::ZoomActual),
    key("0", text!("keys.fit"), Scope::Diagram, &[("0", false, None)], Command::Fit),
    key("T", text!("keys.tidy"), Scope::Diagram, &[("t", false, Some(false))], Command::Tidy),
    own("Enter", text!("keys.add"), Scope::Palette, &[]),
    own("Shift+Enter", text!("keys.add_alone"), Scope::Palette, &[]),
    own("Esc", text!("keys.put_back"), Scope::Palette, &[("escape", false, Some(false))]),
    own("Esc", text!("keys.close_menu"), Scope::Menu, &[("escape", false, Some(false))]),
    own("Esc", text!("keys.back"), Scope::Inspector, &[("escape", false, Some(false))]),
    own(
        "←, →",
        text!("keys.crosshair"),
        Scope::Chart,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "Shift+←, Shift+→",
        text!("keys.crosshair_far"),
        Scope::Chart,
        &[("arrowleft", false, Some(true)), ("arrowright", false, Some(true))],
    ),
    own(
        "PageDown, PageUp",
        text!("keys.crosshair_page"),
        Scope::Chart,
        &[("pagedown", false, Some(false)), ("pageup", false, Some(false))],
    ),
    own(
        "Home, End",
        text!("keys.crosshair_ends"),
        Scope::Chart,
        &[("home", false, Some(false)), ("end", false, Some(false))],
    ),
    own("+, =", text!("keys.shorter"), Scope::Chart, &[("+", false, None), ("=", false, None)]),
    own("−", text!("keys.longer"), Scope::Chart, &[("-", false, None)]),
    own("0", text!("keys.whole"), Scope::Chart, &[("0", false, None)]),
    own("Enter", text!("keys.story"), Scope::Chart, &[("enter", false, Some(false))]),
    own("Esc", text!("keys.no_crosshair"), Scope::Chart, &[("escape", false, Some(false))]),
    own(
        "↑, ↓, PageUp, PageDown",
        text!("keys.guess"),
        Scope::Guess,
        &[
            ("arrowup", false, Some(false)),
            ("arrowdown", false, Some(false)),
            ("pageup", false, Some(false)),
            ("pagedown", false, Some(false)),
        ],
    ),
    own(
        "End, Home",
        text!("keys.guess_ends"),
        Scope::Guess,
        &[("end", false, Some(false)), ("home", false, Some(false))],
    ),
    own(
        "←, →",
        text!("keys.handle"),
        Scope::Guess,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "↑, ↓",
        text!("keys.curve"),
        Scope::Curves,
        &[("arrowup", false, Some(false)), ("arrowdown", false, Some(false))],
    ),
    own("Enter", text!("keys.switch"), Scope::Curves, &[("enter", false, Some(false))]),
    own("←, →", text!("keys.step_time"), Scope::Steps, &[("arrowleft", false, None), ("arrowright", false, None)]),
    own("↑, ↓", text!("keys.step_workers"), Scope::Steps, &[("arrowup", false, None), ("arrowdown", false, None)]),
    own("Esc", text!("keys.let_go"), Scope::Moment, &[("escape", false, Some(false))]),
    own("Esc", text!("keys.close_result"), Scope::Result, &[("escape", false, Some(false))]),
    own(
        "←, →",
        text!("keys.tabs"),
        Scope::Tabs,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "Home, End",
        text!("keys.tabs_ends"),
        Scope::Tabs,
        &[("home", false, Some(false)), ("end", false, Some(false))],
    ),
    own(
        "←, →, ↓, ↑",
        text!("keys.minute"),
        Scope::Timeline,
        &[
            ("arrowleft", false, Some(false)),
            ("arrowright", false, Some(false)),
            ("arrowdown", false, Some(false)),
            ("arrowup", false, Some(false)),
        ],
    ),
    own(
        "Shift+←, Shift+→",
        text!("keys.seconds"),
        Scope::Timeline,
        &[("arrowleft", false, Some(true)), ("arrowright", false, Some(true))],
    ),
    own(
        "PageDown, PageUp",
        text!("keys.minutes"),
        Scope::Timeline,
        &[("pagedown", false, Some(false)), ("pageup", false, Some(false))],
    ),
    own("Home, End", text!("keys.ends"), Scope::Timeline, &[("home", false, Some(false)), ("end", false, Some(false))]),
    own("Esc", text!("keys.close_list"), Scope::Marks, &[("escape", false, Some(false))]),
    own("Esc", text!("keys.keep_name"), Scope::Runs, &[("escape", false, Some(false))]),
    own(
        "←, →, ↓, ↑",
        text!("keys.map"),
        Scope::Map,
        &[
            ("arrowleft", false, Some(false)),
            ("arrowright", false, Some(false)),
            ("arrowdown", false, Some(false)),
            ("arrowup", false, Some(false)),
        ],
    ),
    own("Home", text!("keys.map_home"), Scope::Map, &[("home", false, Some(false))]),
    own("Enter", text!("keys.map_open"), Scope::Map, &[("enter", false, Some(false))]),
    own("Enter, Space", text!("keys.word"), Scope::Word, &[("enter", false, Some(false)), (" ", false, Some(false))]),
    own("Esc", text!("keys.word_hide"), Scope::Word, &[("escape", false, Some(false))]),
];

impl Shortcut {
    /// Each alternative as a keyboard of the reader's language has it: `Strg+Z`.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.shown.split(", ").map(|keys| keys.split('+').map(named).collect::<Vec<_>>().join("+"))
    }

    /// Whether this press is one of its alternatives.
    fn is(&self, press: &KeyPress) -> bool {
        let name = press.key.to_ascii_lowercase();
        self.presses.iter().any(|(key, ctrl, shift)| {
            *key == name && *ctrl == press.ctrl && shift.is_none_or(|shift| shift == press.shift)
        })
    }
}

/// What a key is called.
fn named(key: &'static str) -> &'static str {
    match key {
        "Ctrl" => say!("keys.ctrl_key"),
        "Shift" => say!("keys.shift_key"),
        "Enter" => say!("keys.enter_key"),
        "Space" => say!("keys.space_key"),
        "Delete" => say!("keys.delete_key"),
        "Backspace" => say!("keys.backspace_key"),
        "PageUp" => say!("keys.page_up_key"),
        "PageDown" => say!("keys.page_down_key"),
        "Home" => say!("keys.home_key"),
        "End" => say!("keys.end_key"),
        sign => sign,
    }
}

/// What a key does in the given place: the page's own keys work in the diagram too.
pub fn lookup(press: &KeyPress, scope: Scope) -> Option<Command> {
    KEYS.iter().find(|s| (s.scope == scope || s.scope == Scope::Page) && s.is(press)).and_then(|s| s.command)
}

/// Whether the list has this key for this very place: an element that answers keys itself asks first.
pub fn is_listed(press: &KeyPress, scope: Scope) -> bool {
    KEYS.iter().any(|s| s.scope == scope && s.is(press))
}
