//! The result of the run that came to its end last: its verdict, what held it back, help and what to think about, all worked out from that
//! run's own design. It stays when the design, the seed or the scenario changes, until the next run begins.

use std::rc::Rc;

use crate::advice::review::{Finding, FinishedRun, Level, bottleneck, bottleneck_of_changed};
use crate::design::{Design, Location};
use crate::format;
use crate::kata::builtin;
use crate::kata::figures::RunFigures;
use crate::kata::{Analysis, Verdict};
use crate::late::late;
use crate::record::notes::{Asked, Ended, MAX_CHANGED};
use crate::record::origin::at_the_end;
use crate::record::{Origin, RunRecord};
use crate::session::Session;
use crate::session::run::help::Help;
use crate::session::run::playback::RunState;
use crate::session::run::timeline::MarkKind;
use crate::session::text::{differences, guess};
use engine::measure::Series;
use engine::sim::FactKind;
use engine::sim::time::Time;

/// The most changes of an exploration that its review lists.
pub const MOST_CHANGES: usize = 4;

/// A run that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The number of the run; see [`Session::run_number`].
    pub number: u64,
    pub origin: Origin,
    pub verdict: Verdict,
    pub digest: String,
    pub review: Review,
}

/// What there is to say about a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub bottleneck: Finding,
    /// The moment to look at: from when on the bottleneck is true; when the first goal was missed; or, where all hold, when most was waiting; `None` where nothing was.
    pub moment: Option<Time>,
    /// The longest time from asking for a booking to its confirmation, in milliseconds; `None` where nothing was confirmed.
    pub worst_ms: Option<f64>,
    /// None after a run that passed, or was changed midway: then there is no one design to help with.
    pub help: Option<Help>,
    /// What the run makes one ask: the question of its help, or, after a run that passed, one to think about.
    pub question: Option<Rc<Asked>>,
    /// What each change by hand met, and how the run stood at its end; empty for a run of one design.
    pub levels: Vec<Stood>,
    /// Changes that are not listed.
    pub more_changes: usize,
    /// How far off the learner's guess was, if there was one.
    pub guess: Option<String>,
}

/// How a run stood at a change by hand, or at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Stood {
    /// The time of day.
    pub clock: String,
    /// `Consumers: workers 60 → 90`; empty at the end.
    pub change: String,
    pub level: Level,
}

impl Finished {
    pub fn is_exploration(&self) -> bool {
        !self.origin.changes.is_empty()
    }

    /// Scored, and every goal held.
    pub fn passed(&self) -> bool {
        !self.is_exploration() && self.verdict.passed()
    }

    /// Whether `design` is the one that the run had at its end: names and places mean nothing to a run.
    pub fn has_design(&self, design: &Design) -> bool {
        let last = at_the_end(&self.origin.design, &self.origin.changes);
        let origin = Origin { design: last.into(), ..self.origin.clone() };
        RunRecord::of(&origin, &self.verdict, &self.digest, 1).has_design(design)
    }
}

impl Session {
    /// The result of the run that came to its end last; `None` from the moment the next one begins.
    pub fn finished(&self) -> Option<&Rc<Finished>> {
        let same_run = |f: &&Rc<Finished>| self.playback().state == RunState::Ready || f.number == self.run_number();
        self.finished.as_ref().filter(same_run)
    }

    /// The run is over: makes its result.
    pub(in crate::session) fn look_back(&mut self) {
        let Some((origin, run)) = self.play.origin().zip(self.play.run()) else { return };
        let Some(verdict) = self.play.verdict().filter(|v| v.is_final) else { return };
        let (measures, number) = (run.measures(), self.run_number());
        let digest = measures.digest();
        // Gone back and forth to its end again, it is what it was.
        if self.finished.as_ref().is_some_and(|f| f.number == number && f.digest == digest && f.origin == *origin) {
            return;
        }
        let Some(analysis) = self.play.analysis() else { return };
        // Where what reviews a run has not come yet, [`Action::Arrived`](crate::session::Action::Arrived) comes back here.
        let Some(review) = review(self, analysis, origin, verdict, &digest).flatten() else { return };
        let (origin, verdict) = (origin.clone(), verdict.clone());
        self.finished = Some(Rc::new(Finished { number, origin, verdict, digest, review }));
    }

    /// How the run stood at each change by hand and at its end, and how many changes are left out.
    fn levels(&self) -> (Vec<Stood>, usize) {
        let Some(run) = self.simulation() else { return Default::default() };
        let series = run.measures().series();
        let marks: Vec<_> = self.marks().into_iter().filter(|m| m.what == MarkKind::Change).collect();
        let more = marks.len().saturating_sub(MOST_CHANGES);
        let changes = marks.into_iter().take(MOST_CHANGES).map(|mark| {
            let clock = self.clock_at(mark.at);
            // A mark begins with its time of day.
            let change = mark.text.strip_prefix(&clock).unwrap_or(&mark.text).trim().to_owned();
            Stood { clock, change, level: Level::at(series, mark.at) }
        });
        let clock = format::clock(f64::from(self.scenario().starts_at_s) + run.now().seconds());
        let end = Stood { clock, change: String::new(), level: Level::at(series, run.now()) };
        (changes.chain([end]).collect(), more)
    }
}

/// The end of the bin in which most messages waited.
fn fullest(series: &Series) -> Option<Time> {
    let bins = series.bins.iter().filter(|bin| bin.max_backlog > 0);
    bins.max_by_key(|bin| bin.max_backlog).map(|bin| bin.to)
}

late! {
    /// What there is to say about the run that is over.
    fn review(session: &Session, analysis: &Analysis, origin: &Origin, verdict: &Verdict, digest: &str) -> Option<Review> {
        let run = session.play.run()?;
        let report = run.measures().report(run.now());
        let ran = FinishedRun::new(analysis, &report, run.measures().series(), verdict);
        let changed = !origin.changes.is_empty();
        let figures = RunFigures { analysis, report: &report, verdict };
        let help = if changed || verdict.passed() || verdict.cut_short { None } else { Help::of(&origin.scenario.id, figures) };
        let question = help.as_ref().map(|help| help.texts[0].clone());
        let question = question.or_else(|| builtin::rungs().after(figures).filter(|_| !verdict.cut_short));
        let bottleneck = if changed { bottleneck_of_changed(&ran) } else { bottleneck(&ran) };
        let (levels, more_changes) = if changed { session.levels() } else { Default::default() };
        Some(Review {
            moment: since(session, &bottleneck).or_else(|| session.first_missed()).or_else(|| fullest(run.measures().series())),
            worst_ms: report.end_to_end.max,
            bottleneck,
            help,
            question: question.map(|question| asked(session, origin, verdict, digest, question)),
            levels,
            more_changes,
            guess: guess::told(session.guesses(), &origin.scenario.id, report.backlog.max),
        })
    }
}

/// From when on what held the run back is true, where that is not of the whole run.
fn since(session: &Session, found: &Finding) -> Option<Time> {
    let (facts, (origin, run)) = found.since().zip(session.play.origin().zip(session.play.run()))?;
    let Location::Node { id, .. } = &found.place else { return None };
    let at_the_place = |station: usize| origin.design.nodes.get(station).is_some_and(|node| *node.id == **id);
    let all = run.measures().milestones().list().iter().filter(|milestone| facts.contains(milestone.kind));
    let mut own = all.filter(|milestone| milestone.kind != FactKind::Lined || at_the_place(milestone.station));
    own.next().map(|milestone| milestone.at)
}

/// A question with the run that raised it.
fn asked(session: &Session, origin: &Origin, verdict: &Verdict, digest: &str, question: String) -> Rc<Asked> {
    let kept = RunRecord::of(origin, verdict, digest, 1);
    let before = session.runs().list().iter().find(|other| other.id != kept.id);
    let changed = differences::since(&kept.design, &kept.changes, before.map(|before| &**before));
    let changed = changed.map(|words| words.chars().take(MAX_CHANGED).collect());
    let ended = match (kept.is_exploration(), verdict.passed()) {
        (true, _) => Ended::Exploration,
        (false, true) => Ended::Passed,
        (false, false) => Ended::NotPassed,
    };
    Rc::new(Asked {
        question,
        run: kept.id,
        scenario: kept.scenario,
        seed: kept.seed,
        ended,
        goals: kept.goals,
        changed,
    })
}
