//! Listening to a chart: its tones one after the other, with the crosshair at the one that is heard; stopped or stepped, the values are said.
//!
//! Nothing sounds by itself: a press plays, and whoever mutes the tones steps through the values in silence. The sounds are the browser's
//! (Web Audio), asked by name; where it has none, that is said and the values remain.

use std::cell::Cell;

use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::*;
use crate::chart::sound::{self, Moment, TONE_S, Voice};
use crate::lang::Text;
use crate::ui::course::js;
use crate::ui::focus;
use crate::ui::icons::{Icon, icon};
use crate::ui::kit::widget;
use crate::{say, text};

/// How loud a tone is, of 1; one with more overtones sounds louder.
const SOFT: f64 = 0.25;
const BRIGHT: f64 = 0.12;
/// What a tone takes to begin and to end, in seconds: without that it clicks.
const EDGE_S: f64 = 0.012;
/// Between a press and the first tone, in seconds.
const LEAD_S: f64 = 0.05;

thread_local! {
    static MUTED: Cell<bool> = const { Cell::new(false) };
}

#[derive(PartialEq)]
struct Listening {
    props: ChartViewProps,
    on_close: Callback<()>,
}

widget!(late Listening, use_listening; until |_, _| Html::default());

late! {
    /// What plays the tones, where they are wanted.
    pub(super) fn tones(ctx: &Context<ChartView>) -> Html {
        Listening { props: ctx.props().clone(), on_close: ctx.link().callback(|()| Msg::Item(Item::Listen)) }.view()
    }
}

late! {
    /// Begins or ends listening. Says that the chart is to be drawn anew.
    pub(super) fn listen(view: &mut ChartView, props: &ChartViewProps, wanted: bool) -> bool {
        view.listening = wanted;
        if !wanted && let Some(plot) = view.plot.cast::<HtmlElement>() {
            // What had the focus goes away: it stays near.
            focus::follow(&plot);
        }
        // A low track has no room for it.
        if (props.room == Room::Enlarged) != wanted {
            props.on_enlarge.emit(props.chart.id);
        }
        true
    }
}

/// What is being heard.
struct Playing {
    context: JsValue,
    /// Ends with it.
    _frame: Rc<RefCell<Option<AnimationFrame>>>,
}

impl Drop for Playing {
    fn drop(&mut self) {
        let _ = js::call(&self.context, "close", &[]);
    }
}

/// What the buttons work on.
#[derive(Clone)]
struct Player {
    props: ChartViewProps,
    said: UseStateHandle<String>,
    playing: UseStateHandle<bool>,
    muted: UseStateHandle<bool>,
    /// The moment that is heard, or was last.
    at: Rc<RefCell<Option<usize>>>,
    sounding: Rc<RefCell<Option<Playing>>>,
}

impl Player {
    /// What there is to hear; says so where that is nothing.
    fn moments(&self) -> Vec<Moment> {
        let moments = self.props.with(|input| sound::moments(&self.props.chart, input));
        if moments.is_empty() {
            self.said.set(say!("listen.nothing").to_owned());
        }
        moments
    }

    /// Shows a moment on all charts.
    fn look(&self, moment: &Moment) {
        let cursor = Some(moment.at_s);
        self.props.on_sight.emit(ChartCursor { cursor, pinned: None, ..self.props.cursor_state });
    }

    fn tell(&self, moment: &Moment) {
        self.said.set(self.props.with(|input| readout::sentence(&self.props.chart, input, moment.at_s)));
    }

    fn silence(&self) {
        self.playing.set(false);
        self.sounding.borrow_mut().take();
    }

    /// Plays on from where it was, or stops and says what is there.
    fn toggle(&self) {
        let moments = self.moments();
        let (last, stops) = (*self.at.borrow(), *self.playing);
        self.silence();
        if stops {
            return last.and_then(|at| moments.get(at)).into_iter().for_each(|moment| self.tell(moment));
        }
        if moments.is_empty() {
            return;
        }
        let from = last.map(|at| at + 1).filter(|next| *next < moments.len()).unwrap_or(0);
        let (player, all) = (self.clone(), moments.clone());
        let on_moment = move |now: Option<usize>| match now {
            Some(now) => {
                *player.at.borrow_mut() = Some(from + now);
                player.look(&all[from + now]);
            }
            None => {
                player.silence();
                player.tell(&all[all.len() - 1]);
            }
        };
        let started = play(&moments[from..], on_moment);
        self.playing.set(started.is_some());
        self.said.set(if started.is_some() { String::new() } else { NO_SOUND.get().to_owned() });
        *self.sounding.borrow_mut() = started;
    }

    /// One moment on or back: shown, said and, unless muted, heard.
    fn step(&self, by: isize) {
        self.silence();
        let moments = self.moments();
        let Some(last) = moments.len().checked_sub(1) else { return };
        let next = self.at.borrow().map_or(0, |at| at.saturating_add_signed(by).min(last));
        *self.at.borrow_mut() = Some(next);
        self.look(&moments[next]);
        self.tell(&moments[next]);
        if !*self.muted {
            *self.sounding.borrow_mut() = play(&moments[next..=next], |_| ());
        }
    }

    fn mute(&self) {
        self.silence();
        MUTED.set(!*self.muted);
        self.muted.set(!*self.muted);
    }

    fn press(&self, what: impl Fn(&Player) + 'static) -> Callback<MouseEvent> {
        let player = self.clone();
        Callback::from(move |_: MouseEvent| what(&player))
    }
}

const NO_SOUND: Text = text!("listen.no_sound");

#[hook]
fn use_listening(listening: &Listening) -> Html {
    let player = Player {
        props: listening.props.clone(),
        said: use_state_eq(String::new),
        playing: use_state_eq(|| false),
        muted: use_state_eq(|| MUTED.get()),
        at: use_mut_ref(|| None),
        sounding: use_mut_ref(|| None),
    };
    let first = use_node_ref();
    {
        let first = first.clone();
        use_effect_with((), move |()| {
            if let Some(first) = first.cast::<HtmlElement>() {
                focus::follow(&first);
            }
        });
    }
    let chart = player.props.chart.0;
    let (label, sign) =
        if *player.playing { (say!("listen.stop"), Icon::Pause) } else { (say!("listen.play"), Icon::Play) };
    let meaning = player.props.with(|input| sound::meaning(chart, input));
    html! {
        <div class="listen" role="group" aria-label={say!("listen.to", chart = chart.title())}>
            <button ref={first} type="button" class="btn" disabled={*player.muted} onclick={player.press(Player::toggle)}>{ icon(sign) }{ label }</button>
            <button type="button" class="btn" onclick={player.press(|player| player.step(-1))}>{ say!("listen.back") }</button>
            <button type="button" class="btn" onclick={player.press(|player| player.step(1))}>{ say!("listen.on") }</button>
            <button type="button" class="btn plain mute" aria-pressed={player.muted.to_string()} onclick={player.press(Player::mute)}>{ say!("listen.mute") }</button>
            <p class="meaning-of-tones">{ meaning }</p>
            <button type="button" class="btn plain icon close" onclick={listening.on_close.reform(|_: MouseEvent| ())} aria-label={say!("listen.close")}>{ icon(Icon::Close) }</button>
            <p class="said" role="status">{ &*player.said }</p>
        </div>
    }
}

/// Plays moments from now on. `on_moment` hears which one has begun, and of the end; `None` where there is no sound.
fn play(moments: &[Moment], on_moment: impl Fn(Option<usize>) + 'static) -> Option<Playing> {
    let class: Function = js::get(&js::window(), "AudioContext")?.dyn_into().ok()?;
    let context = Reflect::construct(&class, &Array::new()).ok()?;
    let begins = now(&context) + LEAD_S;
    let mut starts = Vec::new();
    let mut next = begins;
    for moment in moments {
        starts.push(next);
        for (tone, at) in moment.tones.iter().zip(0..) {
            sound(&context, tone.voice, tone.hz, next + f64::from(at) * TONE_S)?;
        }
        next += moment.lasts_s();
    }
    let frame = Rc::new(RefCell::new(None));
    follow(&frame, context.clone(), Rc::new((starts, next)), None, Rc::new(on_moment));
    Some(Playing { context, _frame: frame })
}

fn now(context: &JsValue) -> f64 {
    js::get(context, "currentTime").and_then(|time| time.as_f64()).unwrap_or(0.0)
}

/// Says which moment is heard, frame by frame.
fn follow(
    frame: &Rc<RefCell<Option<AnimationFrame>>>,
    context: JsValue,
    times: Rc<(Vec<f64>, f64)>,
    told: Option<usize>,
    on_moment: Rc<dyn Fn(Option<usize>)>,
) {
    let own = Rc::downgrade(frame);
    let next = request_animation_frame(move |_| {
        let Some(frame) = own.upgrade() else { return };
        let at = now(&context);
        if at >= times.1 {
            return on_moment(None);
        }
        let heard = times.0.partition_point(|start| *start <= at).checked_sub(1);
        if heard != told && heard.is_some() {
            on_moment(heard);
        }
        follow(&frame, context, times, heard, on_moment);
    });
    *frame.borrow_mut() = Some(next);
}

/// One tone: what makes it, how loud, from when on.
fn sound(context: &JsValue, voice: Voice, hz: f64, at: f64) -> Option<()> {
    let (shape, loud) = match voice {
        Voice::First => ("sine", SOFT),
        Voice::Second => ("triangle", SOFT),
        Voice::Limit => ("sawtooth", BRIGHT),
    };
    let (oscillator, gain) = (js::call(context, "createOscillator", &[])?, js::call(context, "createGain", &[])?);
    js::set(&oscillator, "type", &shape.into());
    js::set(&js::get(&oscillator, "frequency")?, "value", &hz.into());
    let volume = js::get(&gain, "gain")?;
    let ends = at + TONE_S - EDGE_S;
    js::call(&volume, "setValueAtTime", &[0.0.into(), at.into()])?;
    for (level, when) in [(loud, at + EDGE_S), (loud, ends - EDGE_S), (0.0, ends)] {
        js::call(&volume, "linearRampToValueAtTime", &[level.into(), when.into()])?;
    }
    js::call(&oscillator, "connect", std::slice::from_ref(&gain))?;
    js::call(&gain, "connect", &[js::get(context, "destination")?])?;
    js::call(&oscillator, "start", &[at.into()])?;
    js::call(&oscillator, "stop", &[ends.into()])?;
    Some(())
}
