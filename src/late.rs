//! What a page may not have yet: functions that are marked here lie in a module of their own, which a page fetches once it is up.
//!
//! `xtask/bindgen` takes what is reached only through marked functions out of the published module. A call before the second module is there
//! would be a trap, so a marked function looks first and gives back `None`. Everywhere else, the command line and tests included, all is
//! there from the start. Knows nothing of how a module is fetched; that is `ui::late`.

use std::cell::Cell;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(true) };
}

/// Whether marked functions can be called.
pub fn is_here() -> bool {
    HERE.get()
}

/// Said by the page, which has one thread: at its start, where its module was split, and when the second one has come.
pub fn set_here(here: bool) {
    HERE.set(here);
}

/// Marks a function: it gives back `Some` of its result, or `None` as long as the page doesn't have it.
macro_rules! late {
    ($(#[$about:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) -> $result:ty $body:block) => {
        $(#[$about])*
        $vis fn $name($($arg: $ty),*) -> Option<$result> {
            #[cfg_attr(target_arch = "wasm32", unsafe(export_name = concat!("late:", module_path!(), "::", stringify!($name))))]
            #[inline(never)]
            fn late($($arg: $ty),*) -> $result $body

            $crate::late::is_here().then(|| late($($arg),*))
        }
    };
}
pub(crate) use late;
