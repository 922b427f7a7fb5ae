//! What each sort of card says, by [`Card`], as the table of its kind gives it.

use super::{CardContent, Cells, Demand, Foot, Picture, Tone, Vessel};
use crate::advice::lint;
use crate::design::Node;
use crate::design::compile::{effective, station_params};
use crate::format;
use crate::kata::Scenario;
use crate::kata::scenario::demand;
use crate::kinds::Card;
use crate::say;
use crate::session::run::figures::Figure;
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
                true => product(places),
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
            unit: say!("card.parked").to_owned(),
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
        unit: say!("card.a_second").to_owned(),
        foot: Foot::plain(match figure {
            Some(f) => say!("card.so_far", n = format::count(f.live.received)),
            None => say!("list.range", from = format::clock(starts), to = format::clock(starts + end)),
        }),
        picture: Picture::Demand(Demand {
            corners: corners.iter().map(|(at, rate)| (at / end, rate / peak)).collect(),
            now: gone.filter(|_| figure.is_some()),
        }),
        ..CardContent::default()
    }
}

/// `2 instances × 16`.
fn product([many, each]: [u64; 2]) -> String {
    say!("card.instances", plural = many, n = format::count(many), each = format::count(each))
}

/// `1 to 3 s a call`.
fn reply(node: &Node, scenario: &Scenario) -> String {
    let Ok(Params::Clinic(clinic)) = station_params(node, &scenario.given) else { return String::new() };
    let seconds = |s: f64| format::number(s, 1);
    match (lint::fastest_reply_s(&clinic), lint::slowest_reply_s(&clinic)) {
        (fastest, Some(slowest)) if fastest < slowest => {
            say!("card.reply_range", fastest = seconds(fastest), slowest = seconds(slowest))
        }
        _ => say!("card.reply", mean = format::duration_s(lint::mean_reply_s(&clinic))),
    }
}

fn servers(live: &StationLive, places: u64, [what, waiting]: [&str; 2], foot: String) -> CardContent {
    let foot = match live.waiting {
        _ if live.unheard > 0 => {
            let words = say!("card.unheard", plural = live.unheard, n = format::count(live.unheard));
            Foot { tone: Tone::Alert, words, more: String::new() }
        }
        // A few now and then are no news.
        n if n <= places / 20 => Foot::plain(foot),
        n => Foot { tone: Tone::Alert, words: format!("{} {waiting}", format::count(n)), more: String::new() },
    };
    CardContent {
        big: format::count(live.busy),
        unit: say!("card.of", n = format::count(places), what),
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
    let oldest = figure.and_then(|f| f.oldest).map(|age| age_in_short(age.seconds()));
    let words = match (oldest, live.delayed) {
        (Some(age), 0) => say!("card.oldest", age),
        (Some(age), n) => say!("card.oldest_delayed", age, n = format::count(n)),
        (None, 0) if figure.is_some() => say!("card.empty").to_owned(),
        (None, 0) => match capacity {
            None => say!("card.no_limit").to_owned(),
            Some(n) => say!("card.room", n = format::number(n, 0)),
        },
        (None, n) => say!("card.delayed", n = format::count(n)),
    };
    CardContent {
        big: format::count(live.waiting),
        unit: say!("card.wait").to_owned(),
        picture: Picture::Vessel(Vessel {
            level: (depth / full).min(1.0),
            over: if depth > full { 1.0 - (full / depth).sqrt() } else { 0.0 },
            limit: limit.map(|most| {
                let (n, times) = (format::number(most, 0), (depth / most.max(1.0)).floor());
                let over = (times >= 2.0).then(|| format::number(times, 0));
                match (allowed == Some(most), over) {
                    (true, Some(times)) => say!("card.times_goal", times, n),
                    (true, None) => say!("card.goal", n),
                    (false, Some(times)) => say!("card.times_limit", times, n),
                    (false, None) => say!("card.limit", n),
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
    let foot = match (own.breaker.as_ref().map(|_| live.breaker), starting) {
        (Some(BreakerState::Open), _) => alert(say!("card.breaker_open").to_owned()),
        (Some(BreakerState::HalfOpen), _) => alert(say!("card.breaker_half_open").to_owned()),
        (_, n) if n > 0 => Foot::plain(say!("card.starting", n = format::count(n))),
        _ if !runs && least != most => {
            Foot::plain(say!("card.workers", least = format::count(least), most = format::count(most)))
        }
        (Some(BreakerState::Closed), _) => {
            Foot { tone: Tone::Good, words: say!("card.breaker_closed").to_owned(), more: String::new() }
        }
        (None, _) => Foot::plain(match own.timeout {
            None => say!("card.no_timeout").to_owned(),
            Some(timeout) => say!("card.timeout", time = format::duration_ms(timeout.millis())),
        }),
    };
    CardContent {
        big: format::count(live.busy),
        unit: say!("card.of_busy", n = format::count(servers)),
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
