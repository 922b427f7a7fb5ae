//! Sentences that a learner gets: none takes back what it says, and those that judge or advise carry a figure.

use crate::support;

use support::texts::{all, hedge, literals};
use waiting_room::advice::lint::{Seen, lint};
use waiting_room::advice::review::{FinishedRun, bottleneck};
use waiting_room::advice::{teaching, theory};
use waiting_room::kata::figures::RunFigures;
use waiting_room::kata::{Verdict, builtin};
use waiting_room::session::run::help::Help;
use waiting_room::session::text::capacity::sums;

/// The data of every kata and every string of the source: brief, rungs, checklist, glossary, teaching, lint, review, theory, sums,
/// notices, charts, help, faults in files.
#[test]
fn no_text_of_the_page_hedges() {
    let wrong: Vec<_> = (all().into_iter()).filter_map(|(from, text)| Some((hedge(&text)?, from, text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a kata calls things stands in its `words.json`; texts in Rust name the words. Keys are no texts: they have no space and no capital letter.
#[test]
fn no_text_in_rust_has_a_word_of_a_kata() {
    let is_text = |text: &str| text.contains(' ') || text.starts_with(|c: char| c.is_ascii_uppercase());
    let found: Vec<_> = (all().into_iter())
        .filter(|(from, text)| !from.ends_with(".json") && is_text(text))
        .filter_map(|(from, text)| Some((of_a_kata(&text)?, from, text)))
        // What the engine holds against a programmer names its stations; a learner never reads it.
        .filter(|(_, from, _)| !from.starts_with("engine/src/simulation"))
        // Keys of the model, as files write them.
        .filter(|(_, _, text)| !text.starts_with("dots role-") && !text.contains(".api_waiting"))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// The first word of a kata in a text. What stands in braces is put in.
fn of_a_kata(text: &str) -> Option<&'static str> {
    const WITHIN: [&str; 7] = ["patient", "clinic", "booking", "booked", "monday", "morning", "kitchen"];
    const WHOLE: [&str; 12] = [
        "gp",
        "gps",
        "doctor",
        "doctors",
        "friday",
        "fridays",
        "evening",
        "customer",
        "customers",
        "dinner",
        "dinners",
        "cooked",
    ];
    let said: String = text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default()).collect();
    let said = said.to_lowercase();
    let words: Vec<&str> = said.split(|c: char| !c.is_alphabetic()).collect();
    let within = WITHIN.into_iter().find(|word| said.contains(word));
    within.or_else(|| WHOLE.into_iter().find(|word| words.contains(word)))
}

#[test]
fn a_word_of_a_kata_is_found_wherever_it_stands() {
    assert_eq!(of_a_kata("50 Mondays"), Some("monday"));
    assert_eq!(of_a_kata("Unbooked {item}"), Some("booked"));
    assert_eq!(of_a_kata("the GP, at noon"), Some("gp"));
    assert_eq!(of_a_kata("{patients} on {days}"), None, "put in");
    assert_eq!(of_a_kata("gpu"), None, "whole words only");
}

/// A run has passed, or not yet. Nothing else is said of it.
#[test]
fn a_run_has_passed_or_not_yet() {
    let wrong: Vec<_> = (all().into_iter())
        .filter(|(_, text)| {
            ["not passed", "failed the", "you failed"].iter().any(|no| text.to_lowercase().contains(no))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A figure of thousands is one word, in every line and for every test that looks for it: `28\u{202f}000`.
#[test]
fn no_figure_breaks_at_its_thousands() {
    let breaks = |text: &str| {
        let signs: Vec<char> = text.chars().collect();
        let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
        let at = |i: usize| signs[i + 1] == ' ' && digits(&signs[i..=i]) && digits(&signs[i + 2..i + 5]);
        (0..signs.len().saturating_sub(4)).any(|i| at(i) && !signs.get(i + 5).is_some_and(char::is_ascii_digit))
    };
    assert!(breaks("25 000 dinners") && !breaks("25\u{202f}000 dinners") && !breaks("M250 22000 1"));
    let wrong: Vec<_> = all().into_iter().filter(|(from, text)| from.ends_with(".json") && breaks(text)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_hedge_is_found_wherever_it_stands() {
    assert_eq!(hedge("It might work."), Some("might"));
    assert_eq!(hedge("Perhaps"), Some("perhaps"));
    assert_eq!(hedge("The dismay of a mighty couldron"), None, "whole words only");
    let source = r##"// "not this"
        let a = "one \" two"; let c = '"'; let b = r#"raw "three""#; /* x */ let d = "may";"##;
    assert_eq!(literals(source), ["one \\\" two", "raw \"three\"", "may"]);
}

fn has_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// Every sentence that is made of a design, a scenario or a run, for each reference design in each scenario.
#[test]
fn what_is_said_of_a_design_or_a_run_carries_a_figure() {
    let mut said = 0;
    let mut check = |from: &str, text: &str| {
        said += 1;
        assert!(has_figure(text), "{from}: no figure: {text}");
        assert_eq!(hedge(text), None, "{from}: {text}");
    };
    for file in builtin::designs() {
        let design = file.design();
        for scenario in builtin::scenarios() {
            let analysis = scenario.analyse(&design);
            for problem in lint(&design, scenario, Seen::ALL) {
                check("lint", &problem.text);
            }
            for node in &design.nodes {
                // What costs nothing and decides nothing has no sum.
                let sums = sums(&analysis, node);
                sums.iter().filter(|_| node.kind.kind().key != "dead_letter").for_each(|sum| check("sums", sum));
                if let Some(note) = theory::note(&analysis, &node.id).filter(|note| note.holds) {
                    check("theory", &note.text);
                }
            }
            let network = analysis.network().expect("it compiles").clone();
            let run = support::finished(&network, 1);
            let report = run.measures().report(run.now());
            let verdict = Verdict::of(scenario, &report, true);
            let ran = FinishedRun::new(&analysis, &report, run.measures().series(), &verdict);
            check("bottleneck", &bottleneck(&ran).text);
            let figures = RunFigures { analysis: &analysis, report: &report, verdict: &verdict };
            if let Some(help) = Help::of(&scenario.id, figures).filter(|_| !verdict.passed()) {
                check("question", &help.texts[0]);
                check("number", &help.texts[3]);
            }
            builtin::rungs().after(figures).iter().for_each(|question| check("questions", question));
            for item in builtin::checklist().iter().filter(|item| item.is_seen(figures)) {
                check("checklist", &item.seen.with(figures));
            }
        }
    }
    assert!(said > 500, "{said} sentences only");
}

#[test]
fn constraints_and_scenarios_carry_figures() {
    let brief = builtin::brief();
    for scenario in builtin::scenarios() {
        let about = brief.scenario(&scenario.id).expect("what it trades off");
        assert!(has_figure(about), "{about}");
    }
    assert!(
        brief.constraints.iter().filter(|fact| has_figure(fact)).count() * 2 > brief.constraints.len(),
        "prices are figures"
    );
    assert!(
        teaching::lines().iter().all(|line| !line.text.contains('{')),
        "a line of teaching is the same for everyone"
    );
}

/// At 220 words a minute, two minutes are 440 words: story, beginning, scenarios, goals, what is given and what there is to take away.
#[test]
fn the_brief_is_read_in_two_minutes() {
    let brief = builtin::brief();
    let goals = builtin::scenarios()[0].goals.iter().map(|goal| goal.name().to_owned());
    let names = builtin::scenarios().iter().map(|scenario| scenario.name.clone());
    let beginning =
        all().into_iter().filter(|(from, text)| from.ends_with("ui/brief.rs") && text.split(' ').count() > 5);
    let data = brief.story.iter().chain(&brief.constraints).chain(brief.learn.iter().map(|point| &point.text)).cloned();
    let scenarios = brief.scenarios.iter().map(|(_, text)| text.clone());
    let texts: Vec<String> =
        data.chain(scenarios).chain(goals).chain(names).chain(beginning.map(|(_, text)| text)).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    assert!((250..=440).contains(&words), "{words} words: {texts:#?}");
}
