//! Widgets: a struct that says what is shown, and a function that draws it. What has not changed is not drawn again.
//!
//! A widget does what a function component of Yew does, hooks included, but all widgets are one type to Yew. Yew writes its life cycle out
//! for each component type, about 5 kB in the page and 1.3 kB on the line; sixty of them were a sixth of the wasm. What needs neither state,
//! an effect nor a comparison is no widget but a function that returns [`Html`].
//!
//! [`Slot`] tells widgets apart by their keys, which begin with the widget's name: another widget in the same place never meets the hooks of
//! the one before.

use std::any::Any;
use std::fmt::Display;
use std::rc::Rc;

use crate::ui::late;
use crate::ui::prelude::*;
use yew::functional::{Hook, HookContext};
use yew::virtual_dom::Key;

/// What is shown. It is drawn again when it differs from what was shown before, or when its own state has changed.
pub trait Widget: PartialEq + Sized + 'static {
    /// Tells widgets apart; `widget!` takes the struct's.
    const NAME: &'static str;

    /// What draws it is in the second module; see `ui::late`.
    const LATE: bool = false;

    /// Draws it. Hooks have to be the same, in the same order, each time.
    fn draw(&self, context: &mut HookContext) -> Html;

    /// What is here until the second module is: a notice, or what is made of it.
    fn meanwhile(&self, notice: Html) -> Html {
        notice
    }

    /// Puts it here: the only one of its kind among its siblings.
    fn view(self) -> Html {
        place(Self::NAME.into(), self)
    }

    /// Puts it here; `key` tells it from siblings of its kind.
    fn keyed(self, key: impl Display) -> Html {
        place(format!("{} {key}", Self::NAME).into(), self)
    }
}

fn place<W: Widget>(key: Key, widget: W) -> Html {
    let widget: Rc<dyn Erased> = Rc::new(widget);
    if W::LATE { Waiting { key, widget }.view() } else { slot(key, widget) }
}

/// Says how a struct is drawn: by a hook (`use_…`), or, after `=>`, by a function without hooks. With `late` that is done in the second
/// module; what is there until it has come is a notice, or what a function makes of the struct.
macro_rules! widget {
    (late $widget:ident $(, $hook:path)? $(=> $draw:path)? $(; until $meanwhile:expr)?) => {
        impl $crate::ui::kit::Widget for $widget {
            const NAME: &'static str = stringify!($widget);
            const LATE: bool = true;

            fn draw(&self, context: &mut yew::functional::HookContext) -> yew::Html {
                #[unsafe(export_name = concat!("late:", stringify!($widget)))]
                #[inline(never)]
                fn late(widget: &$widget, _context: &mut yew::functional::HookContext) -> yew::Html {
                    $(yew::functional::Hook::run($hook(widget), _context))?
                    $($draw(widget))?
                }

                late(self, context)
            }

            $(fn meanwhile(&self, notice: yew::Html) -> yew::Html {
                let meanwhile: fn(&$widget, yew::Html) -> yew::Html = $meanwhile;
                meanwhile(self, notice)
            })?
        }
    };
    ($widget:ident, $hook:path) => {
        impl $crate::ui::kit::Widget for $widget {
            const NAME: &'static str = stringify!($widget);

            fn draw(&self, context: &mut yew::functional::HookContext) -> yew::Html {
                yew::functional::Hook::run($hook(self), context)
            }
        }
    };
    ($widget:ident => $draw:path) => {
        impl $crate::ui::kit::Widget for $widget {
            const NAME: &'static str = stringify!($widget);

            fn draw(&self, _context: &mut yew::functional::HookContext) -> yew::Html {
                $draw(self)
            }
        }
    };
}
pub(in crate::ui) use widget;

/// A widget whose type is forgotten.
trait Erased {
    fn draw(&self, context: &mut HookContext) -> Html;
    fn is_like(&self, other: &dyn Erased) -> bool;
    fn as_any(&self) -> &dyn Any;
    fn meanwhile(&self, notice: Html) -> Html;
}

impl<W: Widget> Erased for W {
    fn draw(&self, context: &mut HookContext) -> Html {
        Widget::draw(self, context)
    }

    fn is_like(&self, other: &dyn Erased) -> bool {
        other.as_any().downcast_ref::<W>() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn meanwhile(&self, notice: Html) -> Html {
        Widget::meanwhile(self, notice)
    }
}

/// A widget that the second module draws.
struct Waiting {
    key: Key,
    widget: Rc<dyn Erased>,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Waiting) -> bool {
        self.key == other.key && self.widget.is_like(&*other.widget)
    }
}

impl Widget for Waiting {
    const NAME: &'static str = "Waiting";

    fn draw(&self, context: &mut HookContext) -> Html {
        let state = late::use_state().run(context);
        if state.is_here() {
            slot(self.key.clone(), self.widget.clone())
        } else {
            self.widget.meanwhile(late::notice(state))
        }
    }

    fn view(self) -> Html {
        slot(format!("{} {}", Self::NAME, self.key).into(), Rc::new(self))
    }
}

#[derive(Properties)]
struct SlotProps {
    widget: Rc<dyn Erased>,
}

impl PartialEq for SlotProps {
    fn eq(&self, other: &SlotProps) -> bool {
        self.widget.is_like(&*other.widget)
    }
}

/// The one component type of all widgets.
#[component]
fn Slot(props: &SlotProps) -> Html {
    use_drawing(&props.widget)
}

fn slot(key: Key, widget: Rc<dyn Erased>) -> Html {
    html! { <Slot {key} {widget}/> }
}

/// The widget's own drawing as a hook of its slot.
fn use_drawing(widget: &Rc<dyn Erased>) -> impl Hook<Output = Html> {
    struct Drawing(Rc<dyn Erased>);

    impl Hook for Drawing {
        type Output = Html;

        fn run(self, context: &mut HookContext) -> Html {
            self.0.draw(context)
        }
    }

    Drawing(widget.clone())
}
