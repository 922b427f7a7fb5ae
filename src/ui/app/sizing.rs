//! "Size it" in the page: where it is asked for, the dialog, and what becomes of a design that is opened from its map.

use std::rc::Rc;

use yew::prelude::*;

use super::{App, Msg};
use crate::design::Design;
use crate::session::{Action, Session};
use crate::ui::icons::{Icon, icon};
use crate::ui::size::{SizeDialog, Wanted};

/// The dialog, and the design that was opened from it last.
#[derive(Default)]
pub struct Sizing {
    pub open: bool,
    /// The design as it was opened, its numbers in words, and whether it took the place of another one.
    opened: Option<(Rc<Design>, String, bool)>,
}

/// The way to the dialog.
pub(super) fn button(ctx: &Context<App>, id: &'static str) -> Html {
    html! {
        <button type="button" class="btn" {id} aria-haspopup="dialog" onclick={ctx.link().callback(|_: MouseEvent| Msg::Size(true))}
            title="Sweep a number of the design: what each size costs, and how long patients wait">
            { icon(Icon::Grid) }{ "Size it" }
        </button>
    }
}

impl App {
    /// The very run of the map: its design as one undo step, to the end.
    pub(super) fn try_wanted(&mut self, wanted: &Wanted) {
        self.size.open = false;
        let before = self.session.borrow().design().clone();
        self.act(Action::TryDesign {
            design: Box::new(wanted.design.clone()),
            what: wanted.what.clone(),
            scenario: Box::new((*wanted.scenario).clone()),
            seed: wanted.seed,
        });
        let now = self.session.borrow().design().clone();
        let new = !Rc::ptr_eq(&before, &now);
        self.size.opened = Some((now, format!("{}, seed {}", wanted.what, wanted.seed), new));
    }

    /// Under the result: from the map to this design and back, or on to the map.
    pub(super) fn ask_size(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let opened = self.size.opened.as_ref().filter(|(design, ..)| Rc::ptr_eq(design, session.design()));
        let undo = ctx.link().callback(|_: MouseEvent| Msg::Act(Action::Undo));
        html! {
            <section class="ask-size" aria-labelledby="ask-size-title">
                <h3 id="ask-size-title">{ "Is it the right size?" }</h3>
                if let Some((_, what, _)) = opened { <p>{ format!("Opened from the map: {what}.") }</p> }
                <div class="both">
                    { button(ctx, "result-size") }
                    if opened.is_some_and(|(.., new)| *new) { <button class="btn" onclick={undo}>{ icon(Icon::Undo) }{ "Undo" }</button> }
                </div>
            </section>
        }
    }

    pub(super) fn size(&self, ctx: &Context<Self>, session: &Session) -> Html {
        let link = ctx.link();
        html! {
            <SizeDialog open={self.size.open} design={session.design().clone()} scenario={session.scenario().clone()} seed={session.seed()}
                dark={self.system.is_dark(self.theme)} readonly={session.is_readonly()} on_open={link.callback(Msg::Open)}
                on_close={link.callback(|()| Msg::Size(false))}/>
        }
    }
}
