//! How the dialog looks: what can be done now, the map or the table, the design that is pointed at, and what it all says.

use crate::say;
use crate::ui::prelude::*;

use crate::chart::map;
use crate::format;
use crate::study::sweep::{Sweep, text};
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::Quarters;
use crate::ui::sweep::{Msg, SizeDialog, grid};
use crate::ui::worker_pool;

impl SizeDialog {
    pub(super) fn body(&self, ctx: &Context<Self>) -> Html {
        let workers = self.worker_pool.as_ref().map(|worker_pool| worker_pool.workers().to_string());
        html! {
            <>
                <div class="ask" data-workers={workers}>
                    <p class="hint">{ say!("sweep.hint") }</p>
                    { self.setup.view(&self.factors, self.worker_pool.is_some(), &ctx.link().callback(|msg| msg)) }
                    { self.doing(ctx) }
                </div>
                <div class="shown">{ self.shown(ctx) }</div>
                { self.heard().view() }
            </>
        }
    }

    /// What is heard of it: at the end all that it says.
    fn heard(&self) -> Quarters {
        let sweep = self.sweep.as_ref();
        let (done, all) = sweep.map_or((0, 0), |sweep| (sweep.done() as u64, sweep.runs() as u64));
        let over = sweep.filter(|_| self.worker_pool.is_none() && done == all);
        let end = over.map_or_else(String::new, |sweep| text::summary(sweep, &self.findings).join(" "));
        Quarters { done, all, growing: self.worker_pool.is_some(), of: say!("quarters.runs").to_owned(), end }
    }

    /// How many runs, about how long, and what can be done now.
    pub(super) fn doing(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let start = link.callback(|_: MouseEvent| Msg::Start);
        let open = self.sweep.as_ref().map_or(0, |s| s.runs() - s.done());
        if let (Some(_), Some(sweep)) = (&self.worker_pool, &self.sweep) {
            let (done, all) = (sweep.done().to_string(), sweep.runs().to_string());
            return html! {
                <div class="doing">
                    <progress max={all.clone()} value={done.clone()} aria-label={say!("sweep.runs_of", done, all)}></progress>
                    <p class="hint">{ say!("sweep.runs_left", done, all, left = self.takes(open)) }</p>
                    <button class="btn" id="size-stop" onclick={link.callback(|_: MouseEvent| Msg::Stop)}>{ say!("sweep.stop") }</button>
                </div>
            };
        }
        let (words, can) = &self.extent;
        let fresh = self.sweep.is_none();
        html! {
            <div class="doing">
                <p class="hint" id="size-extent">{ words }</p>
                <div class="both">
                    <button class={classes!("btn", (fresh || open == 0).then_some("primary"))} id="size-start" disabled={!*can} aria-describedby="size-extent" onclick={start}>
                        { icon(Icon::Play) }{ if fresh { say!("sweep.start") } else { say!("sweep.start_anew") } }
                    </button>
                    if open > 0 {
                        <button class="btn primary" id="size-go-on" onclick={link.callback(|_: MouseEvent| Msg::GoOn)}>{ say!("sweep.go_on", n = open) }</button>
                    }
                </div>
            </div>
        }
    }

    /// "12 designs × 3 Mondays (seeds 1–3): 36 runs, about 2 s."
    pub(super) fn told_extent(&self, designs: usize, seeds: &[u64]) -> String {
        let (first, last) = (seeds[0], seeds[seeds.len() - 1]);
        let (n, runs) = (seeds.len(), designs * seeds.len());
        let seeds = if n == 1 { first.to_string() } else { format!("{first}–{last}") };
        let (took, runs) = (self.takes(runs), format::count(runs as u64));
        say!("sweep.extent", plural = n, designs, n, seeds, runs, took)
    }

    pub(super) fn takes(&self, runs: usize) -> String {
        let workers = self
            .worker_pool
            .as_ref()
            .map_or_else(worker_pool::worker_count, |worker_pool| worker_pool.workers().max(1));
        format::duration_s((runs as f64 * self.run_ms / workers as f64 / 1000.0).ceil().max(1.0))
    }

    /// The map or the table, the design that is pointed at, and what it all says.
    pub(super) fn shown(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let Some(sweep) = &self.sweep else {
            return html! {
                <>
                    { self.picture(ctx, None) }
                    <p class="hint promise">{ say!("sweep.promise") }</p>
                </>
            };
        };
        let toggle = |on: bool, label: &'static str| {
            html! { <button aria-pressed={(self.as_table == on).to_string()} onclick={link.callback(move |_: MouseEvent| Msg::Table(on))}>{ label }</button> }
        };
        html! {
            <>
                <div class="over">
                    <div class="seg" role="group" aria-label={say!("sweep.show_as")}>{ toggle(false, say!("sweep.map")) }{ toggle(true, if sweep.axes.len() == 1 { say!("sweep.table") } else { say!("sweep.grid") }) }</div>
                    if !self.as_table { { legend(sweep.seeds.len() > 1) } }
                </div>
                if self.as_table {
                    { grid::view(sweep, &self.findings, self.present, self.chosen, &link.callback(|msg| msg)) }
                } else {
                    { self.picture(ctx, Some(sweep)) }
                }
                { self.detail(ctx, sweep) }
                <div class="says">{ for text::summary(sweep, &self.findings).into_iter().map(|words| html! { <p>{ words }</p> }) }</div>
                { self.foot(ctx, sweep) }
            </>
        }
    }

    pub(super) fn picture(&self, ctx: &Context<Self>, sweep: Option<&Sweep>) -> Html {
        let link = ctx.link();
        let Some(sweep) = sweep else {
            return html! { <div class="map"><canvas ref={self.canvas.clone()} role="img" aria-label={say!("sweep.empty_map")}></canvas></div> };
        };
        let last = sweep.cells.len() - 1;
        let told = match self.chosen {
            Some(cell) => text::cell(sweep, &self.findings, cell, self.present),
            None => say!("sweep.arrows").to_owned(),
        };
        html! {
            <div class="map" tabindex="0" role="slider" aria-label={say!("sweep.map_goals", title = map::TITLE.get(), goals = text::limits(sweep))} aria-valuemin="0" aria-valuemax={last.to_string()}
                aria-valuenow={self.chosen.unwrap_or(0).to_string()} aria-valuetext={told}
                onpointermove={link.callback(Msg::Point)} onpointerdown={link.callback(Msg::Point)} onpointerleave={link.callback(|_| Msg::Leave)}
                onkeydown={link.callback(Msg::Key)}>
                <canvas ref={self.canvas.clone()} aria-hidden="true"></canvas>
            </div>
        }
    }

    /// The design that is pointed at or chosen, and the way into it.
    pub(super) fn detail(&self, ctx: &Context<Self>, sweep: &Sweep) -> Html {
        let Some(cell) = self.hovered.or(self.chosen) else {
            return html! { <div class="detail"><p class="hint">{ say!("sweep.choose") }</p></div> };
        };
        let point = self.findings.points[cell].as_ref();
        let why = sweep.cells[cell].design.as_ref().err();
        let seed = point.filter(|p| p.runs > 1).map(|p| say!("sweep.slowest", seed = p.seed));
        let missed = point.and_then(|p| text::missed(sweep, p)).map(|m| format!(": {m}")).unwrap_or_default();
        let locked = ctx.props().readonly && self.present != Some(cell);
        html! {
            <div class="detail">
                <p>
                    <b>{ text::name(sweep, cell) }</b>
                    if let Some(why) = why { <span>{ say!("sweep.cell_refused", why) }</span> }
                    else if let Some(point) = point {
                        <span>{ format!("{}. {}{missed}.", text::figures(point), upper(&text::passing(point))) }if let Some(seed) = seed { { " " }{ seed } }</span>
                    } else { <span>{ say!("sweep.cell_open") }</span> }
                </p>
                if self.chosen == Some(cell) && point.is_some() && !locked {
                    <button class="btn" id="size-open" ref={self.open_button.clone()} onclick={ctx.link().callback(|_: MouseEvent| Msg::Open)}>{ icon(Icon::Open) }{ say!("sweep.open") }</button>
                }
            </div>
        }
    }

    pub(super) fn foot(&self, ctx: &Context<Self>, sweep: &Sweep) -> Html {
        let nothing = sweep.done() == 0;
        let stands = if sweep.seeds.len() > 1 { say!("sweep.slowest_of") } else { "" };
        html! {
            <div class="foot">
                <p class="hint">if self.told.is_empty() { { stands } }<span role="status">{ &self.told }</span></p>
                <button class="btn" disabled={nothing} onclick={ctx.link().callback(|_: MouseEvent| Msg::Png)}>{ say!("sweep.png") }</button>
                <button class="btn" disabled={nothing} onclick={ctx.link().callback(|_: MouseEvent| Msg::Csv)}>{ say!("sweep.csv") }</button>
            </div>
        }
    }
}

fn upper(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_uppercase()).chain(chars).collect())
}

/// What the marks mean.
fn legend(several: bool) -> Html {
    let entry = |shape: Html, label: &'static str| {
        html! { <span><svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">{ shape }</svg>{ label }</span> }
    };
    html! {
        <div class="samples">
            { entry(html! { <circle class="good" r="5"/> }, say!("sweep.passes")) }
            if several { { entry(html! { <><path class="good" d="M0 5A5 5 0 0 1 0-5z"/><circle class="rim" r="4.5"/></> }, say!("sweep.on_some")) } }
            { entry(html! { <path class="bad" d="M-4-4 4 4M-4 4 4-4"/> }, say!("sweep.fails")) }
            { entry(html! { <circle class="ink" r="6"/> }, say!("sweep.now")) }
            { entry(html! { <path class="front" d="M-7 4Q-2-4 7-4"/> }, say!("sweep.front")) }
        </div>
    }
}
