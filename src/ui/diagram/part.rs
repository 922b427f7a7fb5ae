//! Parts: a component's card. Looks come from classes, places from SVG attributes; nothing moves when figures change.

use crate::ui::prelude::*;

use crate::design::{Node, Problem};
use crate::format;
use crate::kata::Scenario;
use crate::kinds::KindId;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::PORT_Y;
use crate::session::text::card;
use crate::session::text::card::{CardContent, Cells};
use crate::session::{Action, Figure, Pick};
use crate::ui::diagram::server_grid;
use crate::ui::kit::{ByPtr, Widget, widget};
use engine::measure::live::BreakerState;

/// Space between a card's edge and what is on it.
const PAD: f64 = 14.0;
/// Where a full vessel ends.
const BRIM: f64 = 72.0;
/// Room for a line below the cells, kept free so that cells don't move when the line appears.
const FOOT: f64 = 26.0;

/// A component and how it stands, wherever it is. Compared by pointer where it can be: of a crowd only what has changed is drawn anew.
#[derive(Clone, PartialEq)]
pub struct Body {
    pub node: ByPtr<Node>,
    pub scenario: ByPtr<Scenario>,
    /// All problems, if there is one of this component.
    pub problems: Option<ByPtr<Vec<Problem>>>,
    /// What it leads to, in words; may be empty.
    pub leads: AttrValue,
    pub figure: Option<Figure>,
    pub selected: bool,
    /// It is the target of the connection under way.
    pub aimed: bool,
    /// It acted in the last step.
    pub acted: bool,
    pub dispatch: Callback<Action>,
}

widget!(Body => body);

/// The card of a component at its place; of one that is dragged only the place is drawn anew.
#[derive(PartialEq)]
pub struct Card {
    pub body: Body,
    /// How far a gesture has moved it.
    pub offset: (f64, f64),
    /// While connecting: whether it can be the target; otherwise why not.
    pub target: Option<Result<(), AttrValue>>,
}

widget!(Card => card);

fn card(props: &Card) -> Html {
    let (node, (dx, dy)) = (&props.body.node, props.offset);
    let transform = format!("translate({} {})", node.x + dx, node.y + dy);
    let target = match &props.target {
        Some(Ok(())) => Some("possible"),
        Some(Err(_)) => Some("impossible"),
        None => None,
    };
    let class = classes!("place", target, props.body.aimed.then_some("aimed"));
    html! {
        <g {class} {transform}>
            { props.body.clone().view() }
            if let Some(Err(why)) = &props.target { { dim(node.kind, why) } }
        </g>
    }
}

/// Above a card that can't be the target.
fn dim(kind: KindId, why: &AttrValue) -> Html {
    let (width, height) = geometry::size(kind);
    html! { <rect class="dim" width={width.to_string()} height={height.to_string()} rx="10"><title>{ why }</title></rect> }
}

fn body(props: &Body) -> Html {
    let node = &props.node;
    let face = card::content(node, props.figure.as_ref(), &props.scenario);
    let (width, height) = geometry::size(node.kind);
    let mine: Vec<&Problem> = props.problems.iter().flat_map(|all| card::problems_of(all, &node.id)).collect();
    let class = classes!(
        "part",
        node.kind.kind().key,
        node.kind.kind().role.class(),
        props.selected.then_some("selected"),
        props.aimed.then_some("aimed"),
        props.acted.then_some("acted"),
        mine.iter().any(|p| p.is_error()).then_some("wrong"),
    );
    let label = card::spoken(node, &face, &props.leads, &mine);
    let (dispatch, id, selected) = (props.dispatch.clone(), node.id.clone(), props.selected);
    let onfocus = Callback::from(move |_: FocusEvent| {
        if !selected {
            dispatch.emit(Action::Select { pick: Pick::Node(id.clone()), add: false });
        }
    });
    html! {
        <g {class} tabindex="0" role="button" aria-pressed={props.selected.to_string()} aria-label={label} data-id={node.id.clone()} {onfocus}>
            <rect class="shade" y="1.5" width={width.to_string()} height={height.to_string()} rx="10"/>
            <rect class="card" width={width.to_string()} height={height.to_string()} rx="10"/>
            { fill_level(&face, width, height) }
            // Spaces between the texts: whoever reads the card's text as one reads words. They are not drawn.
            <text class="title" x={PAD.to_string()} y="24">{ &face.title }</text>{ " " }
            if face.given { { lock(width) } }
            { figures(&face, width, height) }
            { ports(node.kind, width) }
            { badge(&mine, width) }
            { failures(face.failed, height) }
        </g>
    }
}

fn ports(kind: KindId, width: f64) -> Html {
    let y = PORT_Y.to_string();
    html! {
        <>
            if kind.has_in_port() { <circle class="port in" cx="0" cy={y.clone()} r="4.5"/> }
            if kind.has_out_port() {
                <circle class="port-reach" cx={width.to_string()} cy={y.clone()} r="16"/>
                <circle class="port out" cx={width.to_string()} cy={y} r="5"/>
            }
        </>
    }
}

fn lock(width: f64) -> Html {
    html! {
        <g class="lock" transform={format!("translate({} 12)", width - 26.0)}>
            <title>{ "Given by the scenario" }</title>
            <path d="M3.2 6.2V4.4a2.8 2.8 0 0 1 5.6 0v1.8M2 6.2h8v6.3H2z"/>
        </g>
    }
}

/// Errors as a circle with a cross, warnings as a triangle: by shape, not by colour alone.
fn badge(problems: &[&Problem], width: f64) -> Html {
    let Some(first) = problems.first() else { return Html::default() };
    let words = problems.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    let error = first.is_error() || problems.iter().any(|p| p.is_error());
    html! {
        <g class={classes!("badge", if error { "error" } else { "warning" })} transform={format!("translate({} -9)", width - 22.0)}>
            <title>{ words }</title>
            if error {
                <circle cx="9" cy="9" r="8.5"/>
                <path class="sign" d="M5.8 5.8l6.4 6.4M12.2 5.8l-6.4 6.4"/>
            } else {
                <path d="M9 .8L18 17H0z"/>
                <path class="sign" d="M9 6.4v5M9 14.2v.1"/>
            }
            if problems.len() > 1 { <text class="count" x="-4" y="13.5" text-anchor="end">{ problems.len() }</text> }
        </g>
    }
}

/// What was refused, failed or given up here: a cross with the count, on the lower edge.
fn failures(failed: u64, height: f64) -> Html {
    if failed == 0 {
        return Html::default();
    }
    let words = format::count(failed);
    let width = 24.0 + 7.0 * words.chars().count() as f64;
    html! {
        <g class="failures" transform={format!("translate({} {})", PAD - 4.0, height - 4.0)}>
            <title>{ "Refused, failed or given up here" }</title>
            <rect width={format!("{width:.0}")} height="17" rx="8.5"/>
            <path d="M7.5 5.2l6.6 6.6M14.1 5.2l-6.6 6.6"/>
            <text x="18.5" y="12.6">{ words }</text>
        </g>
    }
}

/// A queue fills from below.
fn fill_level(face: &CardContent, width: f64, height: f64) -> Html {
    let Some((level, over)) = face.fill_level else { return Html::default() };
    // A full vessel ends below the figures.
    let deep = (height - 1.0 - BRIM) * level;
    let top = height - 1.0 - deep;
    // Round corners below, a level surface above.
    let radius = 9.0_f64.min(deep);
    let d = format!(
        "M1 {top:.1}H{right:.1}V{low:.1}a{radius:.1} {radius:.1} 0 0 1 -{radius:.1} {radius:.1}H{left:.1}a{radius:.1} {radius:.1} 0 0 1 -{radius:.1} -{radius:.1}z",
        right = width - 1.0,
        low = height - 1.0 - radius,
        left = 1.0 + radius,
    );
    html! {
        <g class={classes!("vessel", over.then_some("over"))}>
            if level > 0.0 {
                <path class="content" {d}/>
                <path class="surface" d={format!("M1 {top:.1}H{:.1}", width - 1.0)}/>
            }
        </g>
    }
}

fn figures(face: &CardContent, width: f64, height: f64) -> Html {
    let x = PAD.to_string();
    let mut y: f64 = 42.0;
    let mut rows = Vec::new();
    if let Some(big) = &face.big {
        y = 48.0;
        let beside = if face.low { face.small.first() } else { None };
        rows.push(html! {
            <>
                <text class="big" x={x.clone()} y={y.to_string()}>{ big }
                    if let Some(word) = beside { <tspan class="small" dx="2">{ " " }{ word }</tspan> }
                </text>{ " " }
            </>
        });
        y += 18.0;
        if beside.is_some() {
            return html! { <>{ for rows }</> };
        }
    }
    let (first, rest) = face.small.split_first().map_or((None, &[][..]), |(f, r)| (Some(f), r));
    if let Some(line) = first {
        rows.push(html! { <><text class="small" x={x.clone()} y={y.to_string()}>{ line }</text>{ " " }</> });
    }
    if let Some(server_grid) = face.server_grid {
        rows.push(servers(server_grid, width - 2.0 * PAD, height - 52.0 - FOOT));
        let low = (height - 10.0).to_string();
        if let Some(line) = rest.first() {
            rows.push(html! { <><text class="small end" x={(width - PAD).to_string()} y={low.clone()} text-anchor="end">{ line }</text>{ " " }</> });
        }
        if let Some(state) = face.breaker {
            // Closed is the usual state: its shape alone leaves room for the workers that start.
            let quiet = state == BreakerState::Closed && !rest.is_empty();
            rows.push(breaker(state, height, !quiet));
        }
    } else {
        for line in rest {
            y += 16.0;
            rows.push(html! { <><text class="small" x={x.clone()} y={y.to_string()}>{ line }</text>{ " " }</> });
        }
    }
    html! { <>{ for rows }</> }
}

/// Servers as cells, or as a bar when there are too many.
fn servers(server_grid: Cells, width: f64, height: f64) -> Html {
    let transform = format!("translate({PAD} 52)");
    match server_grid::grid(server_grid.places, width, height) {
        Some(grid) => {
            let [busy, idle, starting, missing] = server_grid::paths(server_grid, grid);
            html! {
                <g class="cells" {transform}>
                    <path class="missing" d={missing}/><path class="idle" d={idle}/>
                    <path class="starting" d={starting}/><path class="busy" d={busy}/>
                </g>
            }
        }
        None => {
            let share = |n: u64| width * (n as f64 / server_grid.places.max(1) as f64).min(1.0);
            html! {
                <g class="cells" {transform}>
                    <rect class="missing" width={width.to_string()} height="10" rx="3"/>
                    <rect class="idle" width={share(server_grid.servers).to_string()} height="10" rx="3"/>
                    <rect class="busy" width={share(server_grid.busy).to_string()} height="10" rx="3"/>
                </g>
            }
        }
    }
}

/// The breaker as a switch: closed lets through, open does not.
fn breaker(state: BreakerState, height: f64, in_words: bool) -> Html {
    let (class, d, word) = match state {
        BreakerState::Closed => ("closed", "M0 5h14", "closed"),
        BreakerState::Open => ("open", "M0 5h3.5L10 0M11 5h3", "open"),
        BreakerState::HalfOpen => ("half", "M0 5h3.5L10.6 3M11 5h3", "half open"),
    };
    html! {
        <g class={classes!("breaker", class)} transform={format!("translate({PAD} {})", height - 19.0)}>
            <path {d}/><circle cx="2" cy="5" r="2"/><circle cx="12" cy="5" r="2"/>
            if in_words { <text class="small" x="19" y="9">{ word }</text> }
        </g>
    }
}
