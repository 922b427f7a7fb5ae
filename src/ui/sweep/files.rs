//! Saving a sweep: its runs as CSV, its map as PNG.

use crate::say;
use crate::ui::prelude::*;
use yew::Context;

use crate::chart::standalone;
use crate::session::Action;
use crate::study::sweep::Sweep;
use crate::study::sweep::{table, text};
use crate::ui::canvas::save;
use crate::ui::sweep::{Msg, SizeDialog};

impl SizeDialog {
    /// Words that a file's saving gives, for the dialog: the page's own are behind it.
    fn say(ctx: &Context<Self>) -> Callback<Action> {
        ctx.link().batch_callback(|action: Action| match action {
            Action::Say(text) => Some(Msg::Told(text)),
            _ => None,
        })
    }

    fn file(sweep: &Sweep, end: &str) -> String {
        format!("waiting-room-size-{}-{}.{end}", sweep.scenario.id, sweep.seeds[0])
    }

    pub(super) fn csv(&self, ctx: &Context<Self>) {
        if let Some(sweep) = &self.sweep {
            save::csv(&Self::file(sweep, "csv"), &table::csv(sweep), &Self::say(ctx));
        }
    }

    pub(super) fn png(&self, ctx: &Context<Self>) {
        let Some(sweep) = &self.sweep else { return };
        let words = text::summary(sweep, &self.findings).first().cloned().unwrap_or_default();
        let (n, scenario, seed) = (sweep.seeds.len(), &sweep.scenario.name, sweep.seeds[0]);
        let about = say!("sweep.picture", plural = n, scenario, n, seed);
        let (scene, present, theme) = (self.scene.clone(), self.present, ctx.props().theme);
        save::png(Self::file(sweep, "png"), standalone::SIZE, Self::say(ctx), move |area| {
            scene.standalone(area, present, theme, &words, &about)
        });
    }
}
