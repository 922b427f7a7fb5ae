//! What the menu and the crosshair's box ask for, tables, files, dialogs, stories; and what a chart says beside its curves.

use super::*;
use crate::chart::window::STEP;
use crate::late::late;
use crate::session::NOT_YET;
use crate::session::text::story::BookingChoice;
use crate::ui::canvas::save;
use crate::ui::{focus, late};
use engine::measure::trace::Latency;

/// Of the bookings at the crosshair, the one that this share was quicker than.
const SLOW: f64 = 0.95;

impl ChartView {
    pub(super) fn items(&self, props: &ChartViewProps) -> Vec<(Item, &'static str)> {
        let mut items = vec![
            (Item::Table, if self.table.is_some() { say!("charts.chart") } else { say!("charts.data") }),
            (Item::Listen, say!("listen.listen")),
        ];
        match props.chart.dialog {
            Some(Dialog::Distribution) => items.push((Item::Spread, say!("charts.distribution"))),
            None => {}
        }
        if props.chart.expects && props.session.borrow().may_guess() {
            items.push((Item::Guess, say!("charts.draw")));
        }
        if hides(props) {
            items.push((Item::Foresee, say!("charts.foresee")));
        }
        items.extend([
            (Item::Png, say!("charts.save_png")),
            (Item::Csv, say!("charts.save_csv")),
            (Item::ZoomIn, say!("charts.zoom_in")),
        ]);
        if props.cursor_state.window.is_some() {
            items.extend([(Item::ZoomOut, say!("charts.zoom_out")), (Item::Whole, say!("charts.whole"))]);
        }
        items
    }

    /// Says whether this chart is to be drawn anew.
    pub(super) fn choose(&mut self, props: &ChartViewProps, item: Item) -> bool {
        match item {
            Item::Table => {
                self.listening = false;
                self.table = match self.table {
                    Some(_) => None,
                    None => {
                        let rows = rows(props);
                        known(rows.as_ref().map(|_| ()), props);
                        rows
                    }
                };
                // A table needs height; the way back gives it back.
                if (props.room == Room::Enlarged) != self.table.is_some() {
                    props.on_enlarge.emit(props.chart.id);
                }
                return true;
            }
            Item::Listen => {
                self.table = None;
                let done = listening::listen(self, props, !self.listening);
                known(done.map(|_| ()), props);
                return true;
            }
            Item::Png => known(png(props), props),
            Item::Csv => known(csv(props), props),
            Item::Spread => props.on_dialog.emit(Some(Dialog::Distribution)),
            Item::Guess => props.dispatch.emit(Action::Guess(Guess::Ask)),
            Item::Foresee => props.dispatch.emit(Action::Foresee),
            Item::ZoomIn => self.zoom(props, STEP),
            Item::ZoomOut => self.zoom(props, 1.0 / STEP),
            Item::Whole => props.on_sight.emit(ChartCursor { window: None, band: None, ..props.cursor_state }),
        }
        false
    }

    /// Around the crosshair, the play head or the middle, whichever is seen.
    fn zoom(&self, props: &ChartViewProps, factor: f64) {
        let end = props.chart_context.duration_s;
        let window = props.cursor_state.window(end);
        let middle = (window.from_s + window.to_s) / 2.0;
        let at = props.cursor_state.cursor.filter(|at| window.contains(*at)).unwrap_or(middle);
        props.on_sight.emit(props.cursor_state.through(window.zoomed(at, factor, end), end));
    }
}

late! {
    /// What was asked for at the crosshair.
    pub(super) fn wish(view: &ChartView, props: &ChartViewProps, wish: Wish) -> () {
        let Some(at) = props.cursor_state.cursor else { return };
        match wish {
            Wish::Close => {
                if let Some(plot) = view.plot.cast::<web_sys::HtmlElement>() {
                    // What had the focus goes away: it stays near.
                    focus::follow(&plot);
                }
                props.on_sight.emit(ChartCursor { cursor: None, pinned: None, ..props.cursor_state });
            }
            Wish::Go => props.dispatch.emit(Action::Seek(at)),
            Wish::Story => {
                let bin = props.with(|input| {
                    chart::bin_at(input, at).map(|b| (b.from.seconds(), b.to.seconds(), b.confirmed > 0))
                });
                let Some((from_s, to_s, confirmed)) = bin else {
                    return props.dispatch.emit(Action::Say(say!("charts.not_come").to_owned()));
                };
                let latency = if confirmed { Latency::EndToEnd } else { Latency::Acceptance };
                props.dispatch.emit(Action::Story(BookingChoice::Near { latency, from_s, to_s, p: SLOW }));
            }
        }
    }
}

/// The chart shows what is predicted, once it is asked for.
pub(super) fn hides(props: &ChartViewProps) -> bool {
    props.chart.expects && !props.empty && props.session.borrow().hides_prediction()
}

/// Whether the learner may draw the backlog that they expect, and is not asked for it.
pub(super) fn invites(props: &ChartViewProps) -> bool {
    let may = props.chart.expects && !props.empty && props.sketch.is_none() && props.room != Room::Guessed;
    may && props.session.borrow().may_guess() && props.cursor_state.cursor.is_none()
}

/// Before a run the place of the curve asks for the prediction; later the menu does.
pub(super) fn foresee(props: &ChartViewProps) -> Html {
    let ready = props.session.borrow().playback().state == RunState::Ready;
    if !ready || !hides(props) {
        return Html::default();
    }
    let onclick = props.dispatch.reform(|_: MouseEvent| Action::Foresee);
    html! { <button type="button" class="btn foresee" {onclick}>{ say!("charts.foresee") }</button> }
}

/// When the last patient who waits now is confirmed, where that applies.
pub(super) fn drain(chart: &Chart, props: &ChartViewProps) -> Html {
    let told = chart.aside.filter(|_| !props.empty).and_then(|aside| props.with(aside));
    let Some((short, sentence)) = told else { return Html::default() };
    html! { <p class="drain" title={sentence.clone()}><span aria-hidden="true">{ short }</span><span class="sr-only">{ sentence }</span></p> }
}

/// Of which time the figures are, where the goals beside them have others: percentiles are of the last bookings.
pub(super) fn lately(props: &ChartViewProps) -> Option<String> {
    if props.chart.id == ChartId::Latency { told_lately(props) } else { None }
}

late! {
    fn told_lately(props: &ChartViewProps) -> String {
        let least = props.with(|input| input.series.width.seconds());
        say!("chart_gap.lately", least = format::duration_s(least), most = format::duration_s(2.0 * least))
    }
}

late! {
    fn png(props: &ChartViewProps) -> () {
        let session = props.session.borrow();
        let (name, about) = (save::name(&session, props.chart.key, "png"), save::about(&session));
        drop(session);
        save::png(name, standalone::SIZE, props.dispatch.clone(), |area| {
            props.drawn(Frame::Picture, standalone::SIZE, |input| {
                // A canvas that refuses a stroke gives a picture without it.
                let _ = chart::draw_standalone(area, &props.chart, input, &about);
            });
        });
    }
}

late! {
    fn csv(props: &ChartViewProps) -> () {
        let text = props.with(|input| chart::csv(&props.chart, input));
        let name = save::name(&props.session.borrow(), props.chart.key, "csv");
        save::csv(&name, &text, &props.dispatch);
    }
}

/// Says so if what was asked for is not here yet.
pub(super) fn known(done: Option<()>, props: &ChartViewProps) {
    if done.is_none() {
        late::want();
        props.dispatch.emit(Action::Say(NOT_YET.get().to_owned()));
    }
}
