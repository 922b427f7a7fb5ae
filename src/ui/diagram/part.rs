//! Parts: a component's card, and what belongs to it while something is done with it. What is on the card is `face`'s.

use crate::ui::prelude::*;

use crate::design::{Node, Problem};
use crate::kata::Scenario;
use crate::kinds::KindId;
use crate::session::canvas::geometry;
use crate::session::canvas::geometry::PORT_Y;
use crate::session::text::card;
use crate::session::{Action, Figure, Pick};
use crate::ui::diagram::detail::Detail;
use crate::ui::diagram::face;
use crate::ui::diagram::face::CORNER;
use crate::ui::kit::{ByPtr, Widget, widget};

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
    /// How much of the scenario's time has gone by, 0–1, for a card that shows it.
    pub gone: Option<f64>,
    pub detail: Detail,
    /// Words of other scripts can be measured.
    pub measured: bool,
    pub selected: bool,
    /// It is the target of the connection under way.
    pub aimed: bool,
    /// It acted in the last step.
    pub acted: bool,
    /// How it stands in what is missed, as a class.
    pub guilt: Option<&'static str>,
    /// Help points at it.
    pub ringed: bool,
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
    let target = match &props.target {
        Some(Ok(())) => Some("possible"),
        Some(Err(_)) => Some("impossible"),
        None => None,
    };
    let class = classes!("place", target, props.body.aimed.then_some("aimed"), props.body.guilt);
    html! {
        <g {class} transform={place(&props.body.node, props.offset)}>
            { props.body.clone().view() }
            if let Some(Err(why)) = &props.target { { dim(props.body.node.kind, why) } }
        </g>
    }
}

fn place(node: &Node, (dx, dy): (f64, f64)) -> String {
    format!("translate({} {})", node.x + dx, node.y + dy)
}

/// Above a card that can't be the target.
fn dim(kind: KindId, why: &AttrValue) -> Html {
    let (width, height) = geometry::size(kind);
    html! { <rect class="dim" width={width.to_string()} height={height.to_string()} rx={CORNER.to_string()}><title>{ why }</title></rect> }
}

/// The looks of a card that follow from how it stands.
fn class(props: &Body, wrong: bool) -> Classes {
    let kind = props.node.kind.kind();
    classes!(
        "part",
        kind.key,
        kind.role.class(),
        props.selected.then_some("selected"),
        props.aimed.then_some("aimed"),
        props.acted.then_some("acted"),
        props.guilt,
        props.ringed.then_some("ringed"),
        wrong.then_some("wrong"),
    )
}

fn body(props: &Body) -> Html {
    let node = &props.node;
    let content = card::content(node, props.figure.as_ref(), props.gone, &props.scenario);
    let mine: Vec<&Problem> = props.problems.iter().flat_map(|all| card::problems_of(all, &node.id)).collect();
    let label = card::spoken(node, &content, &props.leads, &mine);
    let (dispatch, id, selected) = (props.dispatch.clone(), node.id.clone(), props.selected);
    let onfocus = Callback::from(move |_: FocusEvent| {
        if !selected {
            dispatch.emit(Action::Select { pick: Pick::Node(id.clone()), add: false });
        }
    });
    let width = geometry::size(node.kind).0;
    html! {
        <g class={class(props, mine.iter().any(|p| p.is_error()))} tabindex="0" role="button" aria-pressed={props.selected.to_string()} aria-label={label} data-id={node.id.clone()} {onfocus}>
            { face::face(node.kind, &content, props.detail) }
            { ports(node.kind, width) }
            { badge(&mine, width, props.detail) }
        </g>
    }
}

/// The card once more, above all others, to be looked at only: what is dragged or selected is not hidden behind what is drawn later.
pub fn lifted(props: &Body, offset: (f64, f64)) -> Html {
    let node = &props.node;
    let content = card::content(node, props.figure.as_ref(), props.gone, &props.scenario);
    let mine: Vec<&Problem> = props.problems.iter().flat_map(|all| card::problems_of(all, &node.id)).collect();
    let width = geometry::size(node.kind).0;
    html! {
        <g class="place lifted" transform={place(node, offset)} aria-hidden="true" key={format!("lifted {}", node.id)}>
            <g class={class(props, false)}>
                { face::face(node.kind, &content, props.detail) }
                { ports(node.kind, width) }
                { badge(&mine, width, props.detail) }
            </g>
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
                <circle class="port out" cx={width.to_string()} cy={y} r="4.5"/>
            }
        </>
    }
}

/// Errors as a circle with a cross, warnings as a triangle: by shape, in ink. What they say stands in the tooltip.
fn badge(problems: &[&Problem], width: f64, detail: Detail) -> Html {
    let Some(first) = problems.first() else { return Html::default() };
    let words = problems.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    let error = first.is_error() || problems.iter().any(|p| p.is_error());
    let size = detail.size(11.0);
    let counted = problems.len() > 1 && matches!(detail, Detail::Full(_));
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
            if counted { <text class="count" font-size={size.to_string()} x="-4" y="13.5" text-anchor="end">{ problems.len() }</text> }
        </g>
    }
}
