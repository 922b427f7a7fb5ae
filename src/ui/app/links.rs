//! Where what is pressed goes: the page's callbacks, each made once, so that what is given them is the same from one drawing to the next.

use std::rc::Rc;

use web_sys::{KeyboardEvent, MouseEvent};
use yew::Callback;
use yew::html::Scope;

use super::{App, Msg, file_dialog};
use crate::design::NodeId;
use crate::session::{Action, BookingChoice};
use crate::share::Theme;
use crate::ui::exchange::{Desk, Received};
use crate::ui::list::ViewMode;
use crate::ui::notices::Answer;
use crate::ui::result::ResultAction;
use crate::ui::sweep::SweepChoice;
use crate::ui::tabs::Panel;

pub struct Links {
    pub act: Callback<Action>,
    pub choose: Callback<Panel>,
    pub theme: Callback<Theme>,
    pub view_mode: Callback<ViewMode>,
    pub map: Callback<bool>,
    /// The crosshair of the tracks has moved.
    pub look: Callback<Option<f64>>,
    /// The parameters of a part.
    pub inspect: Callback<NodeId>,
    /// The learner wants to draw a guess.
    pub draw: Callback<()>,
    /// The parameters of what is selected.
    pub parameters: Callback<()>,
    /// The parameters that lie over the design are put away.
    pub put_away: Callback<MouseEvent>,
    /// A key in the inspector that may lead back to what the parameters belong to.
    pub inspector_key: Callback<KeyboardEvent>,
    pub open_help: Callback<()>,
    pub close_help: Callback<()>,
    pub letter_keys: Callback<bool>,
    pub result: Callback<ResultAction>,
    /// The story of the booking that took longest.
    pub worst: Callback<()>,
    /// A dialog in which things go in and out, or none.
    pub desk: Callback<Option<Desk>>,
    pub close_desk: Callback<()>,
    pub received: Callback<Received>,
    pub back: Callback<Option<u64>>,
    pub open_size: Callback<()>,
    pub close_size: Callback<()>,
    pub open_design: Callback<Rc<SweepChoice>>,
    pub answer: Callback<(usize, Answer)>,
    /// For what makes callbacks of its own, in the second module.
    pub link: Scope<App>,
}

impl Links {
    pub fn new(link: &Scope<App>) -> Links {
        Links {
            act: link.callback(Msg::Act),
            choose: link.callback(Msg::Choose),
            theme: link.callback(Msg::Theme),
            view_mode: link.callback(Msg::ViewMode),
            map: link.callback(Msg::Map),
            look: link.callback(Msg::Look),
            inspect: link.callback(Msg::Inspect),
            draw: link.callback(|()| Msg::Draw),
            parameters: link.callback(|()| Msg::Parameters(true)),
            put_away: link.callback(|_| Msg::Parameters(false)),
            inspector_key: link.batch_callback(file_dialog::back_from_parameters),
            open_help: link.callback(|()| Msg::Help(true)),
            close_help: link.callback(|()| Msg::Help(false)),
            letter_keys: link.callback(Msg::LetterKeys),
            result: link.callback(Msg::Result),
            worst: link.callback(|()| Msg::Act(Action::Story(BookingChoice::Worst))),
            desk: link.callback(Msg::Desk),
            close_desk: link.callback(|()| Msg::Desk(None)),
            received: link.callback(Msg::Received),
            back: link.callback(Msg::Back),
            open_size: link.callback(|()| Msg::Size(true)),
            close_size: link.callback(|()| Msg::Size(false)),
            open_design: link.callback(Msg::Open),
            answer: link.callback(|(at, answer)| Msg::Answer(at, answer)),
            link: link.clone(),
        }
    }
}
