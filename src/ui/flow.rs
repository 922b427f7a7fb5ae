//! The design as a column of cards, for a phone: in the order in which a booking passes, with the rates between them. A card opens its
//! parameters; a `+` on a connection puts a part between, without dragging.
//!
//! Draws what [`card::content`] says, as the diagram does.

use crate::say;
use crate::ui::prelude::*;

use super::diagram::{Scene, empty, server_grid};
use super::focus;
use super::icons::{Icon, icon};
use super::kit::widget;
use crate::design::{Node, NodeId};
use crate::format;
use crate::kata::builtin;
use crate::kinds::KindId;
use crate::late::late;
use crate::session::canvas::column::{Column, Joint, Row};
use crate::session::gestures::insertion;
use crate::session::run::flow::{flows, late_after_ms};
use crate::session::text::card::{self, CardContent, Picture, Tone, failures};
use crate::session::text::crowd::in_line;
use crate::session::{Action, Ghost, Pick};

/// A card's picture, in its own units.
const WIDE: f64 = 160.0;
const HIGH: f64 = 44.0;

#[derive(Clone, PartialEq)]
pub struct FlowColumn {
    pub scene: Scene,
    pub dispatch: Callback<Action>,
    /// The parameters of a part.
    pub on_edit: Callback<NodeId>,
    /// The plane itself is wanted.
    pub on_map: Callback<()>,
}

widget!(FlowColumn, use_flow);

#[hook]
fn use_flow(props: &FlowColumn) -> Html {
    let scene = &props.scene;
    // Of the connection whose `+` was pressed: where a part is to go.
    let adding = use_state_eq(|| None::<usize>);
    let column = use_memo((scene.design.clone(), scene.ghosts.clone()), |(design, ghosts)| Column::of(design, ghosts));
    use_added(scene);
    let rates = scene.figures.as_ref().map(|figures| flows(&scene.design, figures, late_after_ms(&scene.scenario)));
    html! {
        <div class="flow">
            if !column.single {
                <p class="lanes">{ say!("flow.lanes") }
                    <button type="button" class="btn" onclick={props.on_map.reform(|_: MouseEvent| ())}>{ say!("header.map") }</button></p>
            }
            { empty(&scene.design) }
            <ol>
                { for column.rows.iter().map(|row| html! {
                    <li key={row.id.to_string()}>
                        { row_card(props, row) }
                        { joint(props, row, rates.as_deref(), &adding) }
                    </li>
                }) }
            </ol>
        </div>
    }
}

/// A part that has come is brought into sight, wherever the column is scrolled to.
#[hook]
fn use_added(scene: &Scene) {
    let before = use_mut_ref(|| scene.design.nodes.len());
    use_effect_with(scene.design.nodes.len(), move |&now| {
        if now > before.replace(now) {
            let _ = show_selected();
        }
    });
}

late! {
    fn show_selected() -> () {
        let card = web_sys::window().and_then(|w| w.document()?.query_selector(".flow-card.selected").ok()?);
        card.iter().for_each(focus::sight);
    }
}

fn row_card(props: &FlowColumn, row: &Row) -> Html {
    let scene = &props.scene;
    let Some((at, node)) = scene.design.nodes.iter().enumerate().find(|(_, node)| node.id == row.id) else {
        return Html::default();
    };
    let figure = scene.figures.as_ref().and_then(|figures| figures.of(at));
    let face = card::content(node, figure.as_ref(), gone(scene), &scene.scenario);
    let mine: Vec<_> = card::problems_of(&scene.problems, &node.id).collect();
    let selected = scene.selection.nodes.contains(&node.id);
    let kind = node.kind.kind();
    let class = classes!(
        "flow-card",
        kind.key,
        kind.role.class(),
        selected.then_some("selected"),
        scene.rings.as_ref().is_some_and(|rings| rings.nodes.contains(&node.id)).then_some("ringed"),
        (face.foot.tone == Tone::Failed).then_some("failed"),
        scene.guilt(&node.id)
    );
    let noted = (!mine.is_empty()).then(|| say!("flow.noted", n = mine.len()));
    // What is heard has in it what is read.
    let failed = (face.foot.tone == Tone::Failed).then(|| failures::one_line(&face.foot.words, &face.foot.more));
    let read = format!("{} {} {}", face.title, face.big, face.unit);
    let label = [Some(read), failed.clone(), noted.clone(), Some(card::spoken(node, &face, "", &mine))];
    let label = label.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (edit, id) = (props.on_edit.clone(), node.id.clone());
    html! {
        <button type="button" {class} data-id={node.id.clone()} aria-label={label} onclick={Callback::from(move |_: MouseEvent| edit.emit(id.clone()))}>
            <svg class="kind" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d={kind.icon}/></svg>
            <span class="words">
                // Spaces between the texts: the name that is heard has them too.
                <span class="title"><span dir="auto">{ &face.title }</span>
                    if let Some(problem) = mine.first() {
                        <span class={classes!("note", if problem.is_error() { "error" } else { "warning" })}>{ icon(Icon::Over) }</span>
                    }
                </span>{ " " }
                <span class="figure"><b>{ &face.big }</b>{ " " }<small>{ &face.unit }</small></span>{ " " }
            </span>
            // In the picture's place, so that no card grows while somebody looks.
            if let Some(failed) = failed { <span class="why">{ icon(Icon::Cross) }<span>{ failed }</span></span> } else { { picture(&face) } }
        </button>
    }
}

/// The demand, the servers or the vessel, small.
fn picture(face: &CardContent) -> Html {
    let view_box = format!("0 0 {WIDE} {HIGH}");
    let inside = match &face.picture {
        Picture::None => return Html::default(),
        Picture::Demand(demand) => {
            let corner = |(at, rate): &(f64, f64)| format!("L{:.1} {:.1}", at * WIDE, HIGH - 4.0 - rate * (HIGH - 8.0));
            let points: String = demand.corners.iter().map(corner).collect();
            html! {
                <>
                    <path class="demand" d={format!("M0 {0}{points}L{WIDE} {0}", HIGH - 4.0)}/>
                    if let Some(now) = demand.now { <path class="now" d={format!("M{:.1} 0V{HIGH}", now * WIDE)}/> }
                </>
            }
        }
        Picture::Cells(cells) => match server_grid::grid(cells.places, WIDE, HIGH - 4.0) {
            Some(grid) => {
                let [busy, idle, starting, missing] = server_grid::paths(*cells, grid);
                html! {
                    <g class="cells" transform="translate(0 4)">
                        <path class="busy" d={busy}/><path class="idle" d={idle}/><path class="starting" d={starting}/><path class="missing" d={missing}/>
                    </g>
                }
            }
            None => bar(cells.busy as f64 / cells.servers.max(1) as f64, false),
        },
        Picture::Vessel(vessel) => bar(0.7 * vessel.level + 0.3 * vessel.over, vessel.over > 0.0),
    };
    html! { <svg class="picture" viewBox={view_box} aria-hidden="true" focusable="false">{ inside }</svg> }
}

/// How much of the scenario's time has gone by.
fn gone(scene: &Scene) -> Option<f64> {
    let end = scene.scenario.world.duration.seconds().max(1.0);
    scene.figures.as_ref().map(|figures| figures.at.seconds() / end)
}

fn bar(share: f64, over: bool) -> Html {
    let width = (share.clamp(0.0, 1.0) * WIDE).to_string();
    html! {
        <>
            <rect class="vessel" y="13" width={WIDE.to_string()} height="18" rx="5"/>
            <rect class={classes!("fill", over.then_some("over"))} y="13" {width} height="18" rx="5"/>
        </>
    }
}

/// What is between a card and the next: the rate, what stands beside, and the `+`.
fn joint(
    props: &FlowColumn,
    row: &Row,
    rates: Option<&[crate::session::run::flow::Flow]>,
    adding: &UseStateHandle<Option<usize>>,
) -> Html {
    let scene = &props.scene;
    let beside = row.beside.iter().filter_map(|id| scene.design.node(id)).map(|node| beside(props, node));
    let beside: Vec<Html> = beside.collect();
    let (from, to) = match row.below {
        Joint::Edge(at) => {
            let edge = &scene.design.edges[at];
            (edge.from.clone(), edge.to.clone())
        }
        Joint::Ghost(at) => return html! { <div class="joint open">{ missing(props, at) }{ for beside }</div> },
        Joint::Nothing => return html! { <div class="joint none">{ for beside }</div> },
    };
    let Joint::Edge(at) = row.below else { return Html::default() };
    let rate = rates.and_then(|rates| rates.get(at)).map(|flow| format::rate(flow.per_s));
    let name = |id: &NodeId| scene.design.node(id).map_or("", |node| node.name());
    let label = say!("flow.put", from = name(&from), to = name(&to));
    let open = **adding == Some(at);
    let toggle = {
        let (adding, dispatch, frozen) = (adding.clone(), props.dispatch.clone(), scene.frozen.is_some());
        Callback::from(move |_: MouseEvent| {
            adding.set((*adding != Some(at)).then_some(at));
            // The moment's card lies over the choice.
            if frozen {
                dispatch.emit(Action::Thaw);
            }
        })
    };
    let kinds = if open { fitting(scene, &from, &to) } else { Vec::new() };
    html! {
        <div class="joint">
            <span class="rate">{ rate.unwrap_or_default() }</span>
            if !scene.readonly {
                <button type="button" class="insert" aria-expanded={open.to_string()} aria-label={label} onclick={toggle}><span>{ "+" }</span></button>
            }
            if let Some(waiting) = scene.figures.as_ref().and_then(|figures| in_line(&scene.design, figures, &to)) { <span class="line">{ say!("flow.in_line", n = format::count(waiting)) }</span> }
            { for beside }
            if open {
                <div class="between" role="group" aria-label={say!("flow.between")}>
                    if kinds.is_empty() { <p>{ say!("flow.nothing_fits") }</p> }
                    { for kinds.into_iter().map(|kind| {
                        let (dispatch, adding, pick) = (props.dispatch.clone(), adding.clone(), Pick::Edge(from.clone(), to.clone()));
                        let onclick = Callback::from(move |_: MouseEvent| {
                            adding.set(None);
                            dispatch.emit(Action::Select { pick: pick.clone(), add: false });
                            dispatch.emit(Action::Add(kind));
                        });
                        html! { <button type="button" class="btn" {onclick}>{ kind.kind().name() }</button> }
                    }) }
                </div>
            }
        </div>
    }
}

/// The kinds that fit between two.
fn fitting(scene: &Scene, from: &NodeId, to: &NodeId) -> Vec<KindId> {
    let (Some(a), Some(b)) = (scene.design.node(from), scene.design.node(to)) else { return Vec::new() };
    builtin::offered(&scene.design).map(|kind| kind.id).filter(|kind| insertion::fits(*kind, a, b).is_ok()).collect()
}

/// The question that a missing connection asks; opened, the parts that can stand there.
pub fn choose_part(scene: &Scene, ghost: &Ghost, dispatch: &Callback<Action>) -> Html {
    let choice = |kind: KindId| {
        let (dispatch, pick) = (dispatch.clone(), Pick::Node(ghost.from.clone()));
        let onclick = Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::Select { pick: pick.clone(), add: false });
            dispatch.emit(Action::Add(kind));
        });
        html! { <button type="button" class="btn" {onclick}>{ kind.kind().name() }</button> }
    };
    html! {
        <details class="asks">
            <summary class="btn">{ icon(Icon::Add) }<span>{ ghost.words() }</span>{ " " }<small>{ say!("flow.choose") }</small></summary>
            <div role="group" aria-label={ghost.words()}>{ for insertion::choices(&scene.design, ghost).into_iter().map(choice) }</div>
        </details>
    }
}

/// A missing connection: pressed, it is made, or asks for the part that it needs.
fn missing(props: &FlowColumn, at: usize) -> Html {
    let Some(ghost) = props.scene.ghosts.get(at) else { return Html::default() };
    if ghost.via.is_some() {
        return choose_part(&props.scene, ghost, &props.dispatch);
    }
    let (from, to) = (ghost.from.clone(), ghost.to.clone());
    let fill = props.dispatch.reform(move |_: MouseEvent| Action::FillGhost { from: from.clone(), to: to.clone() });
    let name = |id: &NodeId| props.scene.design.node(id).map_or(String::new(), |node| node.name().to_owned());
    let words = say!("flow.connect", from = name(&ghost.from), to = name(&ghost.to));
    html! { <button type="button" class="btn missing" onclick={fill}>{ words }</button> }
}

/// What only parks, as a chip beside what hands to it.
fn beside(props: &FlowColumn, node: &Node) -> Html {
    let scene = &props.scene;
    let at = scene.design.nodes.iter().position(|other| other.id == node.id);
    let figure = scene.figures.as_ref().and_then(|figures| figures.of(at?));
    let face = card::content(node, figure.as_ref(), gone(scene), &scene.scenario);
    let words = match figure {
        // Only English writes a noun within a sentence in small letters.
        Some(_) if crate::lang::spoken().is_some() => format!("{} {}", face.big, face.title),
        Some(_) => format!("{} {}", face.big, face.title.to_ascii_lowercase()),
        None => face.title.clone(),
    };
    let (edit, id) = (props.on_edit.clone(), node.id.clone());
    html! { <button type="button" class="beside" data-id={node.id.clone()} onclick={Callback::from(move |_: MouseEvent| edit.emit(id.clone()))}>{ words }</button> }
}
