//! Keys: [`KEYS`] is the one list of what each does, where. The page's handling, its help and the README follow from it.

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
    /// When the diagram has the focus.
    Diagram,
    /// When a part of the palette has the focus.
    Palette,
    /// When a chart has the focus.
    Charts,
    /// When the timeline has the focus.
    Timeline,
}

impl Scope {
    pub fn label(self) -> &'static str {
        match self {
            Scope::Page => "Everywhere",
            Scope::Diagram => "In the diagram",
            Scope::Palette => "In the parts list",
            Scope::Charts => "In a chart",
            Scope::Timeline => "On the timeline",
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
    /// As help shows it.
    pub shown: &'static str,
    pub what: &'static str,
    pub scope: Scope,
    /// Each alternative: the key as the browser names it (letters in lower case), with Ctrl, with Shift (`None`: either).
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

/// A key that the focused element itself answers.
const fn own(shown: &'static str, what: &'static str, scope: Scope) -> Shortcut {
    Shortcut { shown, what, scope, presses: &[], command: None }
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

/// How many steps of the grid an arrow key moves with Shift.
pub const FAR: i32 = 5;

/// All keys.
pub const KEYS: &[Shortcut] = &[
    key("Ctrl+Z", "Undo", Scope::Page, &[("z", true, Some(false))], Command::Undo),
    key("Shift+Ctrl+Z, Ctrl+Y", "Redo", Scope::Page, &[("z", true, Some(true)), ("y", true, None)], Command::Redo),
    key("P", "Play or pause", Scope::Page, &[("p", false, None)], Command::PlayOrPause),
    Shortcut {
        shown: "Tab",
        what: "Go through the components in the order of the flow",
        scope: Scope::Diagram,
        presses: &[],
        command: None,
    },
    key("Ctrl+A", "Select everything", Scope::Diagram, &[("a", true, None)], Command::SelectAll),
    key("Esc", "Cancel, or select nothing", Scope::Diagram, &[("escape", false, None)], Command::Cancel),
    key(
        "Delete, Backspace",
        "Delete what is selected",
        Scope::Diagram,
        &[("delete", false, None), ("backspace", false, None)],
        Command::Delete,
    ),
    key("Ctrl+C", "Copy", Scope::Diagram, &[("c", true, None)], Command::Copy),
    key("Ctrl+X", "Cut", Scope::Diagram, &[("x", true, None)], Command::Cut),
    key("Ctrl+V", "Paste", Scope::Diagram, &[("v", true, None)], Command::Paste),
    key("Ctrl+D", "Duplicate", Scope::Diagram, &[("d", true, None)], Command::Duplicate),
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
        &[("c", false, None)],
        Command::Connect,
    ),
    key("Enter", "Make the connection", Scope::Diagram, &[("enter", false, None)], Command::Confirm),
    key("+", "Zoom in", Scope::Diagram, &[("+", false, None), ("=", false, None)], Command::ZoomIn),
    key("−", "Zoom out", Scope::Diagram, &[("-", false, None), ("_", false, None)], Command::ZoomOut),
    key("1", "Actual size", Scope::Diagram, &[("1", false, None)], Command::ZoomActual),
    key("0", "Fit the design into the view", Scope::Diagram, &[("0", false, None)], Command::Fit),
    key("T", "Tidy: lay the components out from left to right", Scope::Diagram, &[("t", false, None)], Command::Tidy),
    Shortcut {
        shown: "Enter",
        what: "Add the part, connected where that is obvious",
        scope: Scope::Palette,
        presses: &[],
        command: None,
    },
    own("←, →", "Move the crosshair; with Shift ten times as far", Scope::Charts),
    own("Home, End", "Crosshair to the start or the end of what is shown", Scope::Charts),
    own("Page up, Page down", "Crosshair half an hour on or back", Scope::Charts),
    own("+, −", "Show a shorter or a longer stretch of time", Scope::Charts),
    own("0", "Show the whole morning", Scope::Charts),
    own("Enter", "Tell the story of a booking at the crosshair", Scope::Charts),
    own("Esc", "Take the crosshair away", Scope::Charts),
    own("←, →", "Back or on by a minute", Scope::Timeline),
    own("Shift+←, Shift+→", "Back or on by ten seconds", Scope::Timeline),
    own("Page Down, Page Up", "Back or on by ten minutes", Scope::Timeline),
    own("Home, End", "To the start, or on to the end", Scope::Timeline),
];

/// What a key does in the given place: the page's own keys work in the diagram too.
pub fn lookup(press: &KeyPress, scope: Scope) -> Option<Command> {
    let name = press.key.to_lowercase();
    let fits = |s: &&Shortcut| {
        (s.scope == scope || s.scope == Scope::Page)
            && s.presses.iter().any(|(key, ctrl, shift)| {
                *key == name && *ctrl == press.ctrl && shift.is_none_or(|shift| shift == press.shift)
            })
    };
    KEYS.iter().find(fits).and_then(|s| s.command)
}
