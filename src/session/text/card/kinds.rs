//! What each sort of card says, by [`Card`], as the table of its kind gives it.

use super::{CardContent, Cells, Demand, Foot, Picture, Tone, Vessel};
use crate::advice::lint;
use crate::design::Node;
use crate::design::compile::{effective, station_params};
use crate::format;
use crate::kata::Scenario;
use crate::kata::scenario::demand;
use crate::kinds::Card;
use crate::session::run::figures::Figure;
use crate::session::text::edit_captions::lower_first;
use engine::measure::MetricId;
use engine::measure::live::{BreakerState, StationLive};
use engine::sim::network::Params;

pub fn content(node: &Node, figure: Option<&Figure>, gone: Option<f64>, scenario: &Scenario) -> CardContent {
    let live = figure.map(|f| f.live).unwrap_or_default();
    match node.kind.kind().card {
        Card::Source => source(figure, gone, scenario),
        Card::Servers { count, what, waiting, as_product } => {
            let places = count.map(|key| effective(node, &scenario.given, key).number().unwrap_or(0.0) as u64);
            let foot = match as_product {
                true => product(node, count[0], places),
                false => reply(node, scenario),
            };
            servers(&live, places[0] * places[1], [what.get(), waiting.get()], foot)
        }
        Card::Vessel { capacity } => {
            let capacity = effective(node, &scenario.given, capacity).number();
            vessel(capacity, figure, scenario)
        }
        Card::Pool => pool(node, &live, figure.is_some(), scenario),
        Card::Parked => CardContent {
            big: format::count(live.received),
            unit: "parked".to_owned(),
            short: true,
            ..CardContent::default()
        },
    }
}

fn source(figure: Option<&Figure>, gone: Option<f64>, scenario: &Scenario) -> CardContent {
    let corners = demand(&scenario.world);
    let end = scenario.world.duration.seconds().max(1e-9);
    let peak = corners.iter().map(|corner| corner.1).fold(1e-9, f64::max);
    let first = corners.first().map_or(0.0, |corner| corner.1);
    let per_s = figure.map_or(first, |f| f.per_s);
    let starts = f64::from(scenario.starts_at_s);
    CardContent {
        big: format::number(per_s, if per_s < 100.0 { 1 } else { 0 }),
        unit: "a second".to_owned(),
        foot: Foot::plain(match figure {
            Some(f) => format!("{} so far", format::count(f.live.received)),
            None => format!("{} to {}", format::clock(starts), format::clock(starts + end)),
        }),
        picture: Picture::Demand(Demand {
            corners: corners.iter().map(|(at, rate)| (at / end, rate / peak)).collect(),
            now: gone.filter(|_| figure.is_some()),
        }),
        ..CardContent::default()
    }
}

/// `2 instances × 16`.
fn product(node: &Node, key: &str, [many, each]: [u64; 2]) -> String {
    let label = node.kind.kind().param(key).map_or("", |p| p.label());
    let label = lower_first(if many == 1 { label.trim_end_matches('s') } else { label });
    format!("{} {label} × {}", format::count(many), format::count(each))
}

/// `1 to 3 s a call`.
fn reply(node: &Node, scenario: &Scenario) -> String {
    let Ok(Params::Clinic(clinic)) = station_params(node, &scenario.given) else { return String::new() };
    let seconds = |s: f64| format::number(s, 1);
    match (lint::fastest_reply_s(&clinic), lint::slowest_reply_s(&clinic)) {
        (fastest, Some(slowest)) if fastest < slowest => {
            format!("{} to {}{}s a call", seconds(fastest), seconds(slowest), format::NBSP)
        }
        _ => format!("{} a call", format::duration_s(lint::mean_reply_s(&clinic))),
    }
}

fn servers(live: &StationLive, places: u64, [what, waiting]: [&str; 2], foot: String) -> CardContent {
    let foot = match live.waiting {
        _ if live.unheard > 0 => {
            let calls = if live.unheard == 1 { "call" } else { "calls" };
            Foot {
                tone: Tone::Alert,
                words: format!("{} {calls} unheard", format::count(live.unheard)),
                more: String::new(),
            }
        }
        // A few now and then are no news.
        n if n <= places / 20 => Foot::plain(foot),
        n => Foot { tone: Tone::Alert, words: format!("{} {waiting}", format::count(n)), more: String::new() },
    };
    CardContent {
        big: format::count(live.busy),
        unit: format!("of {} {what}", format::count(places)),
        picture: Picture::Cells(Cells { busy: live.busy, servers: places, starting: 0, unheard: live.unheard, places }),
        foot,
        ..CardContent::default()
    }
}

fn vessel(capacity: Option<f64>, figure: Option<&Figure>, scenario: &Scenario) -> CardContent {
    let allowed = scenario.goals.iter().find(|g| g.metric.id == MetricId::MaxBacklog).map(|g| g.at_most);
    let live = figure.map(|f| f.live).unwrap_or_default();
    let limit = match (capacity, allowed) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let depth = (live.waiting + live.delayed) as f64;
    let full = limit.unwrap_or(1000.0).max(1.0);
    let oldest = figure.and_then(|f| f.oldest).map(|age| format!("oldest {}", age_in_short(age.seconds())));
    let words = match (oldest, live.delayed) {
        (Some(oldest), 0) => oldest,
        (Some(oldest), n) => format!("{oldest}, {} back off", format::count(n)),
        (None, 0) if figure.is_some() => "empty".to_owned(),
        (None, 0) => capacity.map_or("no limit".to_owned(), |n| format!("room for {}", format::number(n, 0))),
        (None, n) => format!("{} back off", format::count(n)),
    };
    CardContent {
        big: format::count(live.waiting),
        unit: "wait".to_owned(),
        picture: Picture::Vessel(Vessel {
            level: (depth / full).min(1.0),
            over: if depth > full { 1.0 - (full / depth).sqrt() } else { 0.0 },
            limit: limit.map(|n| {
                let what = if allowed == Some(n) { "goal" } else { "limit" };
                match (depth / n.max(1.0)).floor() {
                    times if times >= 2.0 => format!("{} × {what} {}", format::number(times, 0), format::number(n, 0)),
                    _ => format!("{what} {}", format::number(n, 0)),
                }
            }),
        }),
        foot: Foot::plain(words),
        ..CardContent::default()
    }
}

/// An age where there is little room: seconds up to a hundred, then whole minutes, then hours.
fn age_in_short(seconds: f64) -> String {
    match seconds {
        s if s < 9.95 => format::duration_s(s),
        s if s < 99.5 => format!("{s:.0}{}s", format::NBSP),
        s if s < 5970.0 => format!("{:.0}{}min", (s / 60.0).floor(), format::NBSP),
        s => format::duration_s(s),
    }
}

fn pool(node: &Node, live: &StationLive, runs: bool, scenario: &Scenario) -> CardContent {
    let params = station_params(node, &scenario.given).ok();
    let Some(own) = params.as_ref().and_then(|p| p.pool()) else { return CardContent::default() };
    let (least, most) = own.scaling.workers();
    let servers = if runs { live.servers } else { least };
    let starting = live.ordered.saturating_sub(live.servers);
    let alert = |words: String| Foot { tone: Tone::Alert, words, more: String::new() };
    let foot =
        match (own.breaker.as_ref().map(|_| live.breaker), starting) {
            (Some(BreakerState::Open), _) => alert("breaker open".to_owned()),
            (Some(BreakerState::HalfOpen), _) => alert("breaker half open".to_owned()),
            (_, n) if n > 0 => Foot::plain(format!("{} starting", format::count(n))),
            _ if !runs && least != most => {
                Foot::plain(format!("{} to {} workers", format::count(least), format::count(most)))
            }
            (Some(BreakerState::Closed), _) => {
                Foot { tone: Tone::Good, words: "breaker closed".to_owned(), more: String::new() }
            }
            (None, _) => Foot::plain(own.timeout.map_or("no timeout".to_owned(), |timeout| {
                format!("timeout {}", format::duration_ms(timeout.millis()))
            })),
        };
    CardContent {
        big: format::count(live.busy),
        unit: format!("of {} busy", format::count(servers)),
        picture: Picture::Cells(Cells {
            busy: live.busy,
            servers,
            starting,
            unheard: 0,
            places: most.max(live.ordered),
        }),
        foot,
        ..CardContent::default()
    }
}
