//! Keys: [`KEYS`] is the one list of what each does, where. The page's handling and its help follow from it: a key that is not in the list
//! does nothing, and every key that does something is shown.
//!
//! Does not know what the browser's own elements do with keys: a button's Enter and Space, a field's typing, a dialog's Escape.

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
    pub const ALL: [Scope; 17] = [
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
            Scope::Page => "Everywhere",
            Scope::Outside => "Outside fields and buttons",
            Scope::Diagram => "In the diagram",
            Scope::Palette => "On a part in the parts list",
            Scope::Menu => "In a menu",
            Scope::Inspector => "In the parameters",
            Scope::Chart => "On a chart",
            Scope::Guess => "On a handle of a guess",
            Scope::Curves => "On a chart's curves",
            Scope::Steps => "On a step of a schedule, in the chart",
            Scope::Result => "In the result",
            Scope::Tabs => "On a tab",
            Scope::Timeline => "On the timeline",
            Scope::Marks => "In the list of marks",
            Scope::Runs => "In the name of a run",
            Scope::Map => "On the map of “Size it”",
            Scope::Word => "On a word with dots under it",
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
    pub what: &'static str,
    pub scope: Scope,
    /// Each alternative: the key as the browser names it (letters in lower case), with Ctrl, with Shift (`None`: either, because on some
    /// keyboards the sign itself wants it).
    pub presses: &'static [(&'static str, bool, Option<bool>)],
    /// `None`: the focused element itself answers the key.
    pub command: Option<Command>,
}

const fn key(
    shown: &'static str,
    what: &'static str,
    scope: Scope,
    presses: &'static [(&'static str, bool, Option<bool>)],
    command: Command,
) -> Shortcut {
    Shortcut { shown, what, scope, presses, command: Some(command) }
}

const fn arrow(
    shown: &'static str,
    what: &'static str,
    press: &'static [(&'static str, bool, Option<bool>)],
    dx: i32,
    dy: i32,
) -> Shortcut {
    key(shown, what, Scope::Diagram, press, Command::Arrow { dx, dy })
}

/// A key that the focused element itself answers.
const fn own(
    shown: &'static str,
    what: &'static str,
    scope: Scope,
    presses: &'static [(&'static str, bool, Option<bool>)],
) -> Shortcut {
    Shortcut { shown, what, scope, presses, command: None }
}

/// How many steps of the grid an arrow key moves with Shift.
pub const FAR: i32 = 5;

/// All keys.
pub const KEYS: &[Shortcut] = &[
    key("Ctrl+Z", "Undo", Scope::Page, &[("z", true, Some(false))], Command::Undo),
    key(
        "Shift+Ctrl+Z, Ctrl+Y",
        "Redo",
        Scope::Page,
        &[("z", true, Some(true)), ("y", true, Some(false))],
        Command::Redo,
    ),
    key("Space", "Play or pause", Scope::Outside, &[(" ", false, Some(false))], Command::PlayOrPause),
    key("P", "Play or pause", Scope::Page, &[("p", false, Some(false))], Command::PlayOrPause),
    own("Tab", "Go through the components in the order of the flow", Scope::Diagram, &[]),
    key(
        "Esc",
        "Cancel; or select nothing, and the next Tab goes on past the components",
        Scope::Diagram,
        &[("escape", false, Some(false))],
        Command::Cancel,
    ),
    key("Ctrl+A", "Select everything", Scope::Diagram, &[("a", true, Some(false))], Command::SelectAll),
    key(
        "Delete, Backspace",
        "Delete what is selected",
        Scope::Diagram,
        &[("delete", false, Some(false)), ("backspace", false, Some(false))],
        Command::Delete,
    ),
    key("Ctrl+C", "Copy", Scope::Diagram, &[("c", true, Some(false))], Command::Copy),
    key("Ctrl+X", "Cut", Scope::Diagram, &[("x", true, Some(false))], Command::Cut),
    key("Ctrl+V", "Paste", Scope::Diagram, &[("v", true, Some(false))], Command::Paste),
    key("Ctrl+D", "Duplicate", Scope::Diagram, &[("d", true, Some(false))], Command::Duplicate),
    arrow("←", "Move a step to the left", &[("arrowleft", false, Some(false))], -1, 0),
    arrow("→", "Move a step to the right", &[("arrowright", false, Some(false))], 1, 0),
    arrow("↑", "Move a step up", &[("arrowup", false, Some(false))], 0, -1),
    arrow("↓", "Move a step down", &[("arrowdown", false, Some(false))], 0, 1),
    arrow("Shift+←", "Move five steps to the left", &[("arrowleft", false, Some(true))], -FAR, 0),
    arrow("Shift+→", "Move five steps to the right", &[("arrowright", false, Some(true))], FAR, 0),
    arrow("Shift+↑", "Move five steps up", &[("arrowup", false, Some(true))], 0, -FAR),
    arrow("Shift+↓", "Move five steps down", &[("arrowdown", false, Some(true))], 0, FAR),
    key(
        "C",
        "Connect the selected component: arrows choose the target, Enter connects",
        Scope::Diagram,
        &[("c", false, Some(false))],
        Command::Connect,
    ),
    key(
        "Enter",
        "To the parameters of what is selected; while connecting or on a dashed line: make the connection",
        Scope::Diagram,
        &[("enter", false, Some(false))],
        Command::Confirm,
    ),
    own("Space", "Play or pause; held while you drag: move the view", Scope::Diagram, &[(" ", false, Some(false))]),
    key("+, =", "Zoom in", Scope::Diagram, &[("+", false, None), ("=", false, None)], Command::ZoomIn),
    key("−", "Zoom out", Scope::Diagram, &[("-", false, None)], Command::ZoomOut),
    key("1", "Actual size", Scope::Diagram, &[("1", false, None)], Command::ZoomActual),
    key("0", "Fit the design into the view", Scope::Diagram, &[("0", false, None)], Command::Fit),
    key(
        "T",
        "Tidy: lay the components out from left to right",
        Scope::Diagram,
        &[("t", false, Some(false))],
        Command::Tidy,
    ),
    own("Enter", "Add the part, connected where that is obvious", Scope::Palette, &[]),
    own("Shift+Enter", "Add the part on its own, unconnected", Scope::Palette, &[]),
    own("Esc", "Put the part back while you drag it", Scope::Palette, &[("escape", false, Some(false))]),
    own("Esc", "Close the menu", Scope::Menu, &[("escape", false, Some(false))]),
    own("Esc", "Back to what they belong to", Scope::Inspector, &[("escape", false, Some(false))]),
    own(
        "←, →",
        "Move the crosshair on all charts, and hear the values",
        Scope::Chart,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "Shift+←, Shift+→",
        "Move it ten times as far",
        Scope::Chart,
        &[("arrowleft", false, Some(true)), ("arrowright", false, Some(true))],
    ),
    own(
        "PageDown, PageUp",
        "Move it half an hour back or on",
        Scope::Chart,
        &[("pagedown", false, Some(false)), ("pageup", false, Some(false))],
    ),
    own(
        "Home, End",
        "To the start or the end of what is shown",
        Scope::Chart,
        &[("home", false, Some(false)), ("end", false, Some(false))],
    ),
    own("+, =", "Show a shorter stretch of time", Scope::Chart, &[("+", false, None), ("=", false, None)]),
    own("−", "Show a longer stretch of time", Scope::Chart, &[("-", false, None)]),
    own("0", "Show the whole run", Scope::Chart, &[("0", false, None)]),
    own("Enter", "Tell the story of what is at the crosshair", Scope::Chart, &[("enter", false, Some(false))]),
    own("Esc", "Take the crosshair away, or close the menu", Scope::Chart, &[("escape", false, Some(false))]),
    own(
        "↑, ↓, PageUp, PageDown",
        "Guess more or fewer, or many more or fewer",
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
        "To the top, to nothing",
        Scope::Guess,
        &[("end", false, Some(false)), ("home", false, Some(false))],
    ),
    own(
        "←, →",
        "To the handle before or after",
        Scope::Guess,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "↑, ↓",
        "To the curve above or below",
        Scope::Curves,
        &[("arrowup", false, Some(false)), ("arrowdown", false, Some(false))],
    ),
    own("Enter", "Switch the curve off or on", Scope::Curves, &[("enter", false, Some(false))]),
    own(
        "←, →",
        "A minute earlier or later; with Shift ten",
        Scope::Steps,
        &[("arrowleft", false, None), ("arrowright", false, None)],
    ),
    own(
        "↑, ↓",
        "A worker more or fewer; with Shift ten",
        Scope::Steps,
        &[("arrowup", false, None), ("arrowdown", false, None)],
    ),
    own("Esc", "Close the result", Scope::Result, &[("escape", false, Some(false))]),
    own(
        "←, →",
        "To the tab before or behind",
        Scope::Tabs,
        &[("arrowleft", false, Some(false)), ("arrowright", false, Some(false))],
    ),
    own(
        "Home, End",
        "To the first or the last tab",
        Scope::Tabs,
        &[("home", false, Some(false)), ("end", false, Some(false))],
    ),
    own(
        "←, →, ↓, ↑",
        "Back or on by a minute",
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
        "Back or on by ten seconds",
        Scope::Timeline,
        &[("arrowleft", false, Some(true)), ("arrowright", false, Some(true))],
    ),
    own(
        "PageDown, PageUp",
        "Back or on by ten minutes",
        Scope::Timeline,
        &[("pagedown", false, Some(false)), ("pageup", false, Some(false))],
    ),
    own(
        "Home, End",
        "To the start, or on to the end",
        Scope::Timeline,
        &[("home", false, Some(false)), ("end", false, Some(false))],
    ),
    own("Esc", "Close the list", Scope::Marks, &[("escape", false, Some(false))]),
    own("Esc", "Leave the name as it was", Scope::Runs, &[("escape", false, Some(false))]),
    own(
        "←, →, ↓, ↑",
        "To the design beside it on the grid",
        Scope::Map,
        &[
            ("arrowleft", false, Some(false)),
            ("arrowright", false, Some(false)),
            ("arrowdown", false, Some(false)),
            ("arrowup", false, Some(false)),
        ],
    ),
    own("Home", "To the design as it is", Scope::Map, &[("home", false, Some(false))]),
    own("Enter", "To the button that opens the design", Scope::Map, &[("enter", false, Some(false))]),
    own(
        "Enter, Space",
        "Show what it means, or hide that again",
        Scope::Word,
        &[("enter", false, Some(false)), (" ", false, Some(false))],
    ),
    own("Esc", "Hide what it means", Scope::Word, &[("escape", false, Some(false))]),
];

impl Shortcut {
    /// Whether this press is one of its alternatives.
    fn is(&self, press: &KeyPress) -> bool {
        let name = press.key.to_ascii_lowercase();
        self.presses.iter().any(|(key, ctrl, shift)| {
            *key == name && *ctrl == press.ctrl && shift.is_none_or(|shift| shift == press.shift)
        })
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
