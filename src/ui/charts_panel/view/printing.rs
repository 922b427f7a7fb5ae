//! A track on paper. A printer waits for nothing but the listeners of its event, and the page is rendered later where that takes long: so a
//! chart draws itself for paper at once.

use super::*;
use crate::late::late;
use gloo::events::EventListener;

/// The size of a plot on paper, in which it is as wide as the sheet.
pub(super) const PAPER: Size = Size { width: 2160, height: 390, scale: 3.0 };

/// Listens for a printer, as long as it lives.
#[derive(Default)]
pub(super) struct Printing {
    /// What the chart shows.
    shown: Rc<RefCell<Option<ChartViewProps>>>,
    listener: Option<EventListener>,
}

late! {
    /// What the chart shows has changed, or can be printed from now on.
    pub(super) fn follow(printing: &mut Printing, props: &ChartViewProps, surface: &Rc<RefCell<Surface>>) -> () {
        *printing.shown.borrow_mut() = Some(props.clone());
        if printing.listener.is_none() && let Some(window) = web_sys::window() {
            let (shown, surface) = (printing.shown.clone(), surface.clone());
            printing.listener = Some(EventListener::new(&window, "beforeprint", move |_| print(&shown, &surface)));
        }
    }
}

fn print(shown: &RefCell<Option<ChartViewProps>>, surface: &RefCell<Surface>) {
    if let Some(props) = &*shown.borrow() {
        let draw = |input: &ChartInput| {
            surface.borrow_mut().draw(&props.chart, &ChartInput { theme: Theme::Light, ..*input });
        };
        props.drawn(Frame::Column, PAPER, draw);
    }
}
