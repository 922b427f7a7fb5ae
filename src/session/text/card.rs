//! Cards: what the card of a component says, as text and numbers, and what a screen reader says of it. Drawing it is the page's.

use crate::advice::lint::Demand;
use crate::design::compile::{effective, station_params};
use crate::design::{Location, Node, Problem};
use crate::format;
use crate::kata::Scenario;
use crate::kinds::Card;
use crate::session::run::figures::Figure;
use engine::measure::MetricId;
use engine::measure::live::BreakerState;

/// Everything on a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardContent {
    pub title: String,
    /// The main figure.
    pub big: Option<String>,
    /// Smaller lines below.
    pub small: Vec<String>,
    pub server_grid: Option<Cells>,
    /// How full the vessel is, 0–1, and whether it is over what is allowed.
    pub fill_level: Option<(f64, bool)>,
    pub breaker: Option<BreakerState>,
    /// How many were refused, failed or given up here.
    pub failed: u64,
    /// There is room for one line only: what is beside the figure stands on its line.
    pub low: bool,
    /// The scenario gives its parameters.
    pub given: bool,
}

/// A row of servers: busy ones are lit, ordered ones that have not started yet are hollow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cells {
    pub busy: u64,
    pub servers: u64,
    pub starting: u64,
    /// How many there can be at most: the cells' places.
    pub places: u64,
}

/// The longest title on a card, in characters.
const TITLE: usize = 17;

/// What the card of a component says in a scenario; `figure`: with what goes on there in a run.
pub fn content(node: &Node, figure: Option<&Figure>, scenario: &Scenario) -> CardContent {
    let given = scenario.given.iter().any(|(kind, params)| *kind == node.kind && !params.is_empty());
    let low = node.kind.kind().card == Card::Parked;
    let mut face = CardContent { title: shortened(node.name()), given, low, ..CardContent::default() };
    face.failed = figure.map_or(0, |f| f.live.failed);
    let whole = |key: &str| effective(node, &scenario.given, key).number().unwrap_or(0.0) as u64;
    match node.kind.kind().card {
        Card::Source => source(&mut face, figure, scenario),
        Card::Servers { count: [first, second], what, waiting, as_product } => {
            let (a, b) = (whole(first), whole(second));
            servers(&mut face, figure, a * b, what, waiting);
            if as_product && figure.is_none() {
                face.small[0] = format!("{} × {} {what}", format::count(a), format::count(b));
            }
        }
        Card::Vessel { capacity } => {
            let capacity = effective(node, &scenario.given, capacity).number();
            vessel(&mut face, capacity, figure, scenario);
        }
        Card::Pool => pool(&mut face, node, figure, scenario),
        Card::Parked => {
            face.big = figure.map(|f| format::count(f.live.received));
            face.small = vec![if figure.is_some() { "parked" } else { "for what is given up" }.to_owned()];
        }
    }
    face
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= TITLE {
        return name.to_owned();
    }
    name.chars().take(TITLE - 1).chain(['…']).collect()
}

fn source(face: &mut CardContent, figure: Option<&Figure>, scenario: &Scenario) {
    match figure {
        Some(f) => {
            face.big = Some(format::rate(f.per_s));
            face.small.push(format!("{} so far", format::count(f.live.received)));
        }
        None => {
            let peak = Demand::new(&scenario.world).peak().1;
            face.small.push(format!("up to {}", format::rate(peak)));
        }
    }
}

fn servers(face: &mut CardContent, figure: Option<&Figure>, places: u64, what: &str, waiting: &str) {
    let live = figure.map(|f| f.live).unwrap_or_default();
    face.small.push(match figure {
        Some(_) => format!("{} of {} {what}", format::count(live.busy), format::count(places)),
        None => format!("{} {what}", format::count(places)),
    });
    face.server_grid = Some(Cells { busy: live.busy, servers: places, starting: 0, places });
    if live.waiting > 0 {
        face.small.push(format!("{} {waiting}", format::count(live.waiting)));
    }
}

fn vessel(face: &mut CardContent, capacity: Option<f64>, figure: Option<&Figure>, scenario: &Scenario) {
    let allowed = scenario.goals.iter().find(|g| g.metric.id == MetricId::MaxBacklog).map(|g| g.at_most);
    let live = figure.map(|f| f.live).unwrap_or_default();
    let full = capacity.or(allowed).unwrap_or(1000.0).max(1.0);
    let depth = (live.waiting + live.delayed) as f64;
    face.fill_level = Some(((depth / full).min(1.0), allowed.is_some_and(|a| depth > a)));
    match figure {
        Some(f) => {
            face.big = Some(format::count(live.waiting));
            let age = f.oldest.map_or(0.0, |s| s.millis());
            face.small.push(format!(
                "oldest {}",
                if live.waiting > 0 { format::duration_ms(age) } else { format::NONE.to_owned() }
            ));
            if live.delayed > 0 {
                face.small.push(format!("{} for a retry", format::count(live.delayed)));
            }
        }
        None => face.small.push(match capacity {
            Some(n) => format!("room for {}", format::number(n, 0)),
            None => "no limit".to_owned(),
        }),
    }
}

fn pool(face: &mut CardContent, node: &Node, figure: Option<&Figure>, scenario: &Scenario) {
    let params = station_params(node, &scenario.given).ok();
    let Some(own) = params.as_ref().and_then(|p| p.pool()) else { return };
    let (least, most) = own.scaling.workers();
    match figure {
        Some(f) => {
            let live = f.live;
            let starting = live.ordered.saturating_sub(live.servers);
            face.small.push(format!("{} of {} busy", format::count(live.busy), format::count(live.servers)));
            if starting > 0 {
                face.small.push(format!("{} starting", format::count(starting)));
            }
            face.server_grid =
                Some(Cells { busy: live.busy, servers: live.servers, starting, places: most.max(live.ordered) });
        }
        None => {
            let words = if least == most {
                format::count(most)
            } else {
                format!("{}–{}", format::count(least), format::count(most))
            };
            face.small.push(format!("{words} workers"));
            face.server_grid = Some(Cells { busy: 0, servers: least, starting: 0, places: most });
        }
    }
    if own.breaker.is_some() {
        face.breaker = Some(figure.map_or(BreakerState::Closed, |f| f.live.breaker));
    }
}

/// The component that a problem is about, by id.
pub fn place_of(problem: &Problem) -> Option<&str> {
    match &problem.place {
        Location::Node { id, .. } => Some(id),
        _ => None,
    }
}

/// The problems of a component.
pub fn problems_of<'a>(problems: &'a [Problem], id: &'a str) -> impl Iterator<Item = &'a Problem> {
    problems.iter().filter(move |p| place_of(p) == Some(id))
}

/// What a screen reader says of a component.
pub fn spoken(node: &Node, face: &CardContent, leads: &str, mine: &[&Problem]) -> String {
    let mut words = vec![node.name().to_owned()];
    words.extend(face.big.clone());
    words.extend(face.small.iter().cloned());
    // First what is written on the card, in its order: people who control the page by voice say what they see.
    match face.breaker {
        Some(BreakerState::Closed) => words.push("closed breaker".to_owned()),
        Some(BreakerState::Open) => words.push("open breaker".to_owned()),
        Some(BreakerState::HalfOpen) => words.push("half open breaker".to_owned()),
        None => {}
    }
    // The badge shows how many there are.
    if mine.len() > 1 {
        words.push(format!("{} problems", mine.len()));
    }
    if face.failed > 0 {
        words.push(format!("{} refused, failed or given up", format::count(face.failed)));
    }
    if face.given {
        words.push("given by the scenario".to_owned());
    }
    if !leads.is_empty() {
        words.push(leads.to_owned());
    }
    let errors = mine.iter().filter(|p| p.is_error()).count();
    for (count, one) in [(errors, "error"), (mine.len() - errors, "warning")] {
        match count {
            0 => {}
            1 => words.push(format!("1 {one}")),
            n => words.push(format!("{n} {one}s")),
        }
    }
    words.join(", ")
}
