//! The panels of the page: what each gets of the session, and where it sends what the learner does.

use std::rc::Rc;

use crate::kata::builtin;
use crate::say;
use crate::ui::prelude::*;

use crate::late;
use crate::session::{RunState, Session, Viewport};
use crate::share::embed::{Embed, PANELS};
use crate::ui::app::App;
use crate::ui::brief::BriefPanel;
use crate::ui::charts_panel::ChartsPanel;
use crate::ui::diagram::{Diagram, Scene};
use crate::ui::flow::FlowColumn;
use crate::ui::focus::is_framed;
use crate::ui::goals;
use crate::ui::goals_strip::GoalsStrip;
use crate::ui::header::{Header, View};
use crate::ui::help::Help;
use crate::ui::inspector::Inspector;
use crate::ui::kit::{ByPtr, Widget};
use crate::ui::list::{DesignList, ViewMode};
use crate::ui::log::RunLog;
use crate::ui::moment::{FrozenCard, GuessBar, SuccessChip};
use crate::ui::morning::Morning;
use crate::ui::opening;
use crate::ui::player::{Player, player};
use crate::ui::runs::RunsPanel;
use crate::ui::story::StoryDialog;
use crate::ui::tabs::{Panel, Tabs};
use crate::ui::timeline::GoalFlag;

impl App {
    pub(super) fn header(&self, session: &Session) -> Html {
        Header {
            scenario: session.scenario().into(),
            design: session.design().into(),
            runs: session.runs().into(),
            seed: session.seed(),
            readonly: session.is_readonly(),
            can_undo: session.can_undo(),
            can_redo: session.can_redo(),
            theme: self.theme,
            embed: self.options.embed,
            dispatch: self.links.act.clone(),
            on_desk: self.links.desk.clone(),
            on_size: self.links.open_size.clone(),
            on_theme: self.links.theme.clone(),
            on_help: self.links.open_help.clone(),
            on_back: self.links.back.clone(),
            view: if self.layout.look == ViewMode::List {
                View::List
            } else if self.layout.map {
                View::Map
            } else {
                View::Column
            },
            on_map: self.links.map.clone(),
            on_look: self.links.view_mode.clone(),
        }
        .view()
    }

    pub(super) fn tabs(&self, id: &'static str, label: &'static str, panels: &'static [Panel], chosen: Panel) -> Html {
        let panels = panels.iter().copied().filter(|panel| self.options.shows(panel.key())).collect();
        Tabs { id, label, panels, chosen, on_choose: self.links.choose.clone() }.view()
    }

    /// What the page is like as a whole: in a frame, on a projector, without some panels.
    pub(super) fn class(&self) -> String {
        let Embed { embed, present, .. } = self.options;
        let mut class = "app".to_owned();
        class += if embed { " embed" } else { "" };
        class += if is_framed() { " framed" } else { "" };
        class += if present { " present" } else { "" };
        class += if self.options.is_readonly() { " readonly" } else { "" };
        for panel in PANELS.iter().filter(|panel| !self.options.shows(panel)) {
            class = class + " no-" + panel;
        }
        class
    }

    pub(super) fn brief(&self, session: &Session) -> Html {
        BriefPanel {
            scenario: session.scenario().into(),
            design: session.design().into(),
            runs: session.runs().into(),
            progress: session.progress().clone(),
            dispatch: self.links.act.clone(),
        }
        .view()
    }

    /// The design, drawn or listed, and the inspector beside it.
    pub(super) fn stage(&self, session: &Session) -> Html {
        let (mut scene, links, paper) = (Scene::of(session), &self.links, self.print.is_under_way());
        if paper {
            scene.view = Viewport::default();
        }
        let inspector = Inspector::of(&scene, session.is_guessing(), &links.act);
        // Narrower, the log stands with the runs.
        let inspector = if self.narrow.matches() { inspector } else { inspector.otherwise(self.run_log(session)) };
        let list = self.layout.look == ViewMode::List && !paper;
        let design = if list {
            DesignList { scene, dispatch: links.act.clone(), on_edit: links.inspect.clone() }.view()
        } else if self.phone.matches() && !self.layout.map && !paper {
            let on_map = links.map.reform(|()| true);
            FlowColumn { scene, dispatch: links.act.clone(), on_edit: links.inspect.clone(), on_map }.view()
        } else {
            let (dispatch, on_edit) = (links.act.clone(), links.parameters.clone());
            let drawer = match self.layout.panel {
                Panel::Inspector => Some(".right"),
                // Nothing stands there before the second module has come.
                _ if !late::is_here() => None,
                _ if self.result_open(session) => Some(".verdict"),
                _ => session.frozen().map(|_| ".frozen"),
            };
            Diagram { scene, dispatch, on_edit, drawer, embedded: self.options.embed || is_framed(), paper }.view()
        };
        html! {
            <>
                <section class="stage" id="panel-diagram" tabindex="-1" aria-label={if list { say!("page.list") } else { say!("page.diagram") }}>
                    { design }
                    { self.stage_tools() }
                    { self.moment(session) }
                    if builtin::starts_with_the_first() && opening::is_untouched(session) { { opening::opening(session, &links.act) } }
                </section>
                <div class="right" id="panel-inspector" tabindex="-1" onkeydown={links.inspector_key.clone()}>
                    <button type="button" class="btn done" onclick={&links.put_away}>{ say!("page.done") }</button>
                    <div class="scroll">{ inspector.view() }</div>
                </div>
                { GoalFlag { flag: session.flag().cloned(), dispatch: links.act.clone() }.view() }
            </>
        }
    }

    /// What is to be said at the stage: the question before a run, a moment that is held, the first success.
    fn moment(&self, session: &Session) -> Html {
        let (dispatch, starts_at_s) = (self.links.act.clone(), f64::from(session.scenario().starts_at_s));
        if let Some(frozen) = session.frozen() {
            let forkable = session.playback().state == RunState::Paused && !session.is_stale();
            return FrozenCard { frozen: frozen.into(), forkable, starts_at_s, dispatch }.view();
        }
        if session.is_guessing() {
            return GuessBar { drawn: session.sketch().is_some(), dispatch, on_draw: self.links.draw.clone() }.view();
        }
        let success = session.success().map(|success| SuccessChip { success, starts_at_s, dispatch }.view());
        success.unwrap_or_default()
    }

    /// What happened in the run, where nothing is selected.
    fn run_log(&self, session: &Session) -> Html {
        RunLog {
            lines: session.log(),
            now: session.now(),
            design: session.design().into(),
            problems: session.shown_problems().into(),
            playing: session.is_playing(),
            untouched: opening::is_untouched(session),
            stale: session.is_stale(),
            dispatch: self.links.act.clone(),
        }
        .view()
    }

    /// What is coming, before anything has been done.
    pub(super) fn morning(&self, session: &Session) -> Html {
        Morning { scenario: session.scenario().into() }.view()
    }

    pub(super) fn goals_strip(&self, session: &Session) -> Html {
        GoalsStrip { goals: Rc::new(goals::of(session)), stale: session.is_stale() }.view()
    }

    pub(super) fn charts(&self, session: &Session) -> Html {
        ChartsPanel {
            session: self.session.clone(),
            revision: session.run_revision(),
            playing: session.is_playing(),
            scenario: session.scenario().into(),
            design: session.design().into(),
            goals: Rc::new(goals::of(session)),
            compared: session.compared().map(ByPtr::from),
            sketch: session.sketch().map(ByPtr::from),
            prediction: session.prediction().into(),
            guessing: session.is_guessing(),
            theme: self.chart_theme(),
            paper: self.print.is_under_way(),
            dispatch: self.links.act.clone(),
            on_look: self.links.look.clone(),
        }
        .view()
    }

    pub(super) fn player(&self, session: &Session) -> Html {
        player(&Player {
            scenario: session.scenario().into(),
            playback: *session.playback(),
            marks: session.marks(),
            look_s: self.look_s,
            goals: &goals::of(session),
            dispatch: &self.links.act,
        })
    }

    /// The kept runs; where there is no place for it beside the design, the log of this one over them.
    pub(super) fn runs(&self, session: &Session) -> Html {
        let log = self.narrow.matches().then(|| self.run_log(session));
        html! { <>{ for log }{ self.kept_runs(session) }</> }
    }

    fn kept_runs(&self, session: &Session) -> Html {
        RunsPanel {
            runs: session.runs().into(),
            design: session.design().into(),
            scenario: session.scenario().into(),
            seed: session.seed(),
            deleted: session.deleted_run().map(ByPtr::from),
            notes: session.notes().into(),
            deleted_note: session.deleted_note().map(ByPtr::from),
            keeps: self.persistence.keeps(),
            dispatch: self.links.act.clone(),
        }
        .view()
    }

    pub(super) fn story(&self, session: &Session) -> Html {
        StoryDialog {
            story: session.story().map(ByPtr::from),
            telling: session.telling(),
            notice: session.notice().cloned(),
            starts_at_s: f64::from(session.scenario().starts_at_s),
            dispatch: self.links.act.clone(),
        }
        .view()
    }

    pub(super) fn help(&self) -> Html {
        Help {
            open: self.help,
            letter_keys: self.letter_keys.get(),
            on_letter_keys: self.links.letter_keys.clone(),
            on_language: self.links.link.callback(super::language::wanted),
            on_close: self.links.close_help.clone(),
        }
        .view()
    }
}
