//! The second kata in a program of its own: what is said of it is said in its words, and none of the first kata's is left.

use std::fs;
use std::path::Path;

use waiting_room::advice::lint::{Seen, lint};
use waiting_room::advice::review::{FinishedRun, bottleneck};
use waiting_room::advice::{teaching, theory};
use waiting_room::chart;
use waiting_room::design::{Design, Edit};
use waiting_room::kata::figures::RunFigures;
use waiting_room::kata::{Folder, Scenario, Verdict, builtin};
use waiting_room::kinds::KINDS;
use waiting_room::session::text::capacity::sums;
use waiting_room::session::text::goals::{GoalText, Outlook};
use waiting_room::session::text::story::Place;
use waiting_room::session::{Action, BookingChoice, Session};
use waiting_room::vocabulary;

#[path = "../support/mod.rs"]
mod support;

use support::learner::{finish, settle};

/// Words of the first kata's domain: none of them stands in a text about another.
const FOREIGN: [&str; 10] =
    ["patient", "clinic", "booking", "booked", "monday", "morning", "doctor", "surger", "appointment", "healthcare"];

/// All tests of this program are about this kata.
fn load() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut files = Vec::new();
        gather(Path::new("static/katas/evening-rush"), "", &mut files);
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        builtin::load(Folder::read_telling(&files, vocabulary::load).expect("the kata is sound"));
    });
}

fn gather(folder: &Path, within: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => gather(&entry.path(), &format!("{name}/"), files),
            // What stands beside, in another language, is the page's.
            false if !name.ends_with(".json") => {}
            false => files.push((name, fs::read_to_string(entry.path()).expect("a text"))),
        }
    }
}

/// The texts met, and those with a foreign word.
#[derive(Default)]
struct Check {
    met: usize,
    foreign: Vec<String>,
}

impl Check {
    fn says(&mut self, from: &str, text: impl AsRef<str>) {
        self.met += 1;
        let lower = text.as_ref().to_lowercase();
        if FOREIGN.iter().any(|word| lower.contains(word)) || lower.contains(['{', '}']) {
            self.foreign.push(format!("{from}: {}", text.as_ref()));
        }
    }

    fn over(self, least: usize) {
        assert!(self.foreign.is_empty(), "{:#?}", self.foreign);
        assert!(self.met >= least, "{} texts only", self.met);
    }
}

/// Its own designs, and broken ones: no kitchens, no customers, a part too many, a wrong way.
fn designs() -> Vec<Design> {
    let mut all: Vec<Design> = builtin::designs().iter().map(|file| file.design()).collect();
    let whole = builtin::design("lean").expect("its own").design();
    for gone in ["clinic", "patients", "api", "queue", "consumers", "dead_letter"] {
        let mut less = whole.clone();
        less.nodes.retain(|node| &*node.id != gone);
        less.edges.retain(|edge| &*edge.from != gone && &*edge.to != gone);
        all.push(less);
    }
    let mut unjoined = whole;
    unjoined.edges.clear();
    all.push(unjoined);
    all
}

/// Catalogue, charts, teaching, and everything that is said of a design before it has run.
#[test]
fn a_design_is_described_in_the_katas_words() {
    load();
    let mut check = Check::default();
    for kind in KINDS {
        check.says("kind", kind.name());
        check.says("kind", kind.help());
        for param in kind.params {
            [param.label(), param.unit(), param.help()].iter().for_each(|text| check.says("parameter", text));
        }
    }
    for chart in chart::CHARTS.iter().chain(chart::INSTEAD) {
        [chart.title(), chart.unit(), chart.about(), chart.left.caption()].iter().for_each(|t| check.says("chart", t));
    }
    teaching::lines().iter().for_each(|line| check.says("teaching", &line.text));
    Place::ALL.iter().for_each(|place| check.says("place", place.label()));
    for scenario in builtin::scenarios() {
        for design in designs() {
            scenario.compile(&design).err().unwrap_or_default().iter().for_each(|p| check.says("problem", &p.text));
            for problem in lint(&design, scenario, Seen::ALL) {
                check.says("lint", &problem.text);
            }
            let analysis = scenario.analyse(&design);
            for node in &design.nodes {
                sums(&analysis, node).iter().for_each(|sum| check.says("sums", sum));
                theory::note(&analysis, &node.id).iter().for_each(|note| check.says("theory", &note.text));
            }
        }
        scenario.goals.iter().for_each(|goal| check.says("goal", GoalText::before(*goal).name));
    }
    check.over(400);
}

fn finished(design: &Design, scenario: &Scenario, check: &mut Check) {
    let analysis = scenario.analyse(design);
    let Ok(network) = analysis.network() else { return };
    let run = support::finished(network, 1);
    let report = run.measures().report(run.now());
    let verdict = Verdict::of(scenario, &report, true);
    let ran = FinishedRun::new(&analysis, &report, run.measures().series(), &verdict);
    check.says("bottleneck", &bottleneck(&ran).text);
    let outlook = Outlook { starts_at_s: 64_200.0, end: "18:50", drains_late: false };
    verdict.goals.iter().for_each(|status| check.says("goal", GoalText::of(status, outlook).spoken));
    let figures = RunFigures { analysis: &analysis, report: &report, verdict: &verdict };
    builtin::rungs().after(figures).iter().for_each(|question| check.says("question", question));
    if let Some(ladder) = builtin::rungs().of(&scenario.id, figures) {
        let rungs = [&ladder.question, &ladder.look, &ladder.way, &ladder.number];
        rungs.iter().for_each(|rung| check.says("rung", rung.with(figures)));
    }
    builtin::checklist().iter().for_each(|item| check.says("checklist", item.seen.with(figures)));
}

/// Review, questions, goals, log, story and notices of whole runs, also where much goes wrong.
#[test]
fn a_run_is_told_in_the_katas_words() {
    load();
    let mut check = Check::default();
    for scenario in builtin::scenarios() {
        for design in designs() {
            finished(&design, scenario, &mut check);
            let mut session = Session::new(design, scenario.clone(), 1);
            if scenario.compile(session.design()).is_err() {
                continue;
            }
            finish(&mut session);
            session.log().iter().for_each(|line| check.says("log", &line.text));
            session.update(Action::Story(BookingChoice::Number(900)));
            settle(&mut session);
            let story = session.story().expect("a story");
            check.says("story", story.person.to_string());
            check.says("story", &story.headline);
            story.rows.iter().for_each(|row| check.says("story", &row.text));
            let edit = Edit::Remove { nodes: vec!["clinic".into()], edges: Vec::new() };
            session.update(Action::Edit { edit, burst: None });
            session.notice().iter().for_each(|notice| check.says("notice", &notice.text));
        }
    }
    check.over(300);
}

/// Its own files, and the first kata's title is not its.
#[test]
fn the_katas_own_texts_are_of_its_domain() {
    load();
    let mut check = Check::default();
    let mut files = Vec::new();
    gather(Path::new("static/katas/evening-rush"), "", &mut files);
    for (name, text) in files {
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        // Kinds, parameters and figures keep the names that all katas' files have; the words are texts with a space in them.
        texts(&value, &mut |text| {
            if text.contains(' ') && !text.contains(['>', '<', '=']) {
                check.says(&name, text.replace(['{', '}'], "").replace("clinic_errors", "calls"));
            }
        });
    }
    check.over(150);
}

fn texts(value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => found(text),
        serde_json::Value::Array(all) => all.iter().for_each(|value| texts(value, found)),
        serde_json::Value::Object(all) => all.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}
