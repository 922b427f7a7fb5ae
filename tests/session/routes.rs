//! Where connections run: around components that are not theirs, the same every time, and only what is touched is found anew.

use std::rc::Rc;

use rand::{RngExt, SeedableRng, rngs::StdRng};
use waiting_room::design::{Design, Edge, Node};
use waiting_room::kinds::KindId;
use waiting_room::session::canvas::geometry;
use waiting_room::session::canvas::geometry::{Curve, Rect};
use waiting_room::session::canvas::route;
use waiting_room::session::{Pick, Route, Routes, Selection};

const BOX: (f64, f64) = (144.0, 112.0);

fn at(x: f64, y: f64) -> Rect {
    Rect { x, y, width: BOX.0, height: BOX.1 }
}

fn joined(from: Rect, to: Rect) -> Curve {
    Curve::joining(from, to, KindId::Clinic)
}

/// Components in rows and columns, none nearer than 24 to another, joined as the model allows.
fn crowd(seed: u64, columns: usize, rows: usize, edges: usize) -> Design {
    let mut rng = StdRng::seed_from_u64(seed);
    let kinds = [KindId::Api, KindId::Queue, KindId::Consumers, KindId::Clinic, KindId::DeadLetter];
    let mut design = Design::default();
    for n in 0..columns * rows {
        let kind = kinds[rng.random_range(0..kinds.len())];
        let (x, y) = ((n % columns) as f64 * 200.0, (n / columns) as f64 * 200.0);
        let jitter = |rng: &mut StdRng| f64::from(rng.random_range(0..=4_u8)) * 8.0;
        let (x, y) = (x + jitter(&mut rng), y + jitter(&mut rng));
        design.nodes.push(Rc::new(Node::new(format!("n{n}").into(), kind, x, y)));
    }
    while design.edges.len() < edges {
        let [a, b] = [0; 2].map(|_: u8| design.nodes[rng.random_range(0..columns * rows)].clone());
        if design.may_connect(&a.id, &b.id).is_ok() {
            design.edges.push(Edge { from: a.id.clone(), to: b.id.clone(), weight: 1.0 });
        }
    }
    design
}

fn followed(design: &Rc<Design>) -> Routes {
    let mut routes = Routes::default();
    routes.follow(design, &Rc::default(), (0.0, 0.0));
    settle(&mut routes);
    routes
}

/// Finds all that is pending; says in how many slices.
fn settle(routes: &mut Routes) -> usize {
    let mut slices = 0;
    while routes.is_pending() {
        routes.settle();
        slices += 1;
    }
    slices
}

/// The largest design, laid out as Tidy does.
fn largest() -> Rc<Design> {
    let mut design = crowd(1, 20, 10, 1000);
    for (place, node) in waiting_room::design::layout::layout(&design).into_iter().zip(&mut design.nodes) {
        let node = Rc::make_mut(node);
        (node.x, node.y) = place;
    }
    Rc::new(design)
}

#[test]
fn a_connection_that_meets_nobody_is_a_plain_curve() {
    let (a, b) = (at(0.0, 0.0), at(300.0, 40.0));
    let found = route::find(joined(a, b), [a, b], 0, &[at(0.0, 300.0), at(300.0, 300.0)]);
    assert_eq!(found.route, Route::Curve(joined(a, b)));
}

#[test]
fn it_goes_round_what_stands_between() {
    let (a, b, between) = (at(0.0, 0.0), at(480.0, 0.0), at(240.0, 0.0));
    let found = route::find(joined(a, b), [a, b], 0, &[between]);
    let Route::Bent(points) = &found.route else { panic!("{found:?}") };
    assert!(!found.route.touches(between), "{points:?}");
    assert_eq!(
        (points[0], points[points.len() - 1]),
        (geometry::out_port(a), geometry::in_port(b)),
        "from port to port"
    );
    assert!(points.windows(2).all(|w| w[0].x == w[1].x || w[0].y == w[1].y), "at right angles: {points:?}");
    assert!(points.len() <= 6, "few bends: {points:?}");
}

/// A component on the port leaves no way: the connection stays in sight as a plain curve.
#[test]
fn without_a_way_round_the_plain_curve_stays() {
    let (a, b) = (at(0.0, 0.0), at(480.0, 0.0));
    let found = route::find(joined(a, b), [a, b], 0, &[at(130.0, 0.0)]);
    assert_eq!(found.route, Route::Curve(joined(a, b)));
}

/// In twenty crowds of 30 components, where there is always a way round, none of 100 connections runs through a third component, nor
/// through its own.
#[test]
fn no_connection_runs_through_another_component() {
    let mut bent = 0;
    for seed in 0..20 {
        let design = Rc::new(crowd(seed, 6, 5, 100));
        for (edge, route) in design.edges.iter().zip(&**followed(&design).all()) {
            bent += usize::from(matches!(**route, Route::Bent(_)));
            for node in design.nodes.iter().filter(|n| n.id != edge.from && n.id != edge.to) {
                assert!(
                    !route.touches(geometry::rect(node)),
                    "seed {seed}: {} → {} runs through {}",
                    edge.from,
                    edge.to,
                    node.id
                );
            }
            let inside = |id: &str| route.touches(geometry::rect(design.node(id).unwrap()).grown(-3.0));
            let around = matches!(**route, Route::Bent(_));
            assert!(!around || !(inside(&edge.from) || inside(&edge.to)), "seed {seed}: {} → {}", edge.from, edge.to);
        }
    }
    assert!(bent > 500, "{bent} had to go round");
}

#[test]
fn the_same_design_has_the_same_routes() {
    let design = Rc::new(crowd(3, 6, 5, 100));
    assert_eq!(followed(&design).all(), followed(&Rc::new((*design).clone())).all());
}

/// Connections that go the same way round the same component run side by side, not on top of one another.
#[test]
fn connections_side_by_side_keep_apart() {
    let (a, between, b) = (at(0.0, 0.0), at(240.0, 0.0), at(480.0, 0.0));
    let level = |lane: usize| match route::find(joined(a, b), [a, b], lane, &[between]).route {
        Route::Bent(points) => points.iter().map(|p| p.y).fold(f64::INFINITY, f64::min),
        curve => panic!("{curve:?}"),
    };
    let levels = [0, 1, 2, 3].map(level);
    for (i, one) in levels.iter().enumerate() {
        assert!(levels[i + 1..].iter().all(|other| (one - other).abs() >= 4.0), "{levels:?}");
    }
}

/// Whatever is dragged about, the routes are those of a design that always looked like this, and most stay what they were.
#[test]
fn following_a_drag_gives_the_same_as_finding_all_anew() {
    let mut rng = StdRng::seed_from_u64(11);
    let mut design = Rc::new(crowd(5, 6, 5, 60));
    let mut routes = followed(&design);
    for _ in 0..60 {
        let node = &design.nodes[rng.random_range(0..design.nodes.len())];
        let by = (f64::from(rng.random_range(-40..=40)) * 8.0, f64::from(rng.random_range(-40..=40)) * 8.0);
        let selection = Rc::new(Selection::of(Pick::Node(node.id.clone())));
        let before = routes.all().clone();
        routes.follow(&design, &selection, by);
        let kept = before.iter().zip(&**routes.all()).filter(|(a, b)| Rc::ptr_eq(a, b)).count();
        assert!(kept > 15, "{kept} of 60 are untouched");
        let edit = waiting_room::design::Edit::Move { nodes: vec![node.id.clone()], dx: by.0, dy: by.1 };
        let moved = Rc::new(edit.apply(&design).unwrap());
        assert_eq!(routes.all(), followed(&moved).all(), "{} moved by {by:?}", node.id);
        routes.follow(&moved, &Rc::default(), (0.0, 0.0));
        assert_eq!(routes.all(), followed(&moved).all(), "let go");
        design = moved;
    }
}

/// A drag in the largest design touches the connections of what it moves, and nothing else.
#[test]
fn in_the_largest_design_a_drag_touches_only_what_it_moves() {
    let design = largest();
    let mut routes = followed(&design);
    assert_eq!(routes.all().len(), 1000);
    let settled = routes.all().clone();
    let node = design.nodes[57].id.clone();
    for step in 1..60 {
        routes.follow(&design, &Rc::new(Selection::of(Pick::Node(node.clone()))), (8.0 * f64::from(step), 8.0));
    }
    for ((edge, before), now) in design.edges.iter().zip(&*settled).zip(&**routes.all()) {
        assert_eq!(
            Rc::ptr_eq(before, now),
            edge.from != node && edge.to != node,
            "only what hangs on {node} is drawn anew"
        );
    }
    routes.follow(&design, &Rc::default(), (0.0, 0.0));
    assert_eq!(*routes.all(), settled, "cancelled, everything is as it was");
}

/// Interrupted by moves at any point, in whatever slices, the routes end as those of a design that always looked like this; and no slice
/// finds more than a bounded part of them.
#[test]
fn routes_found_in_slices_are_those_found_at_once() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut design = largest();
    let mut routes = Routes::default();
    routes.follow(&design, &Rc::default(), (0.0, 0.0));
    assert!(routes.is_pending(), "a thousand connections are not found at once");
    for step in 0..8 {
        for _ in 0..rng.random_range(0..40) {
            routes.settle();
        }
        let node = design.nodes[rng.random_range(0..design.nodes.len())].id.clone();
        let selection = Rc::new(Selection::of(Pick::Node(node.clone())));
        routes.follow(&design, &selection, (64.0, 40.0));
        if step % 2 == 0 {
            let edit = waiting_room::design::Edit::Move { nodes: vec![node], dx: 64.0, dy: 40.0 };
            design = Rc::new(edit.apply(&design).unwrap());
        } else {
            let gone = &design.edges[rng.random_range(0..design.edges.len())];
            let edges = vec![(gone.from.clone(), gone.to.clone())];
            design = Rc::new(waiting_room::design::Edit::Remove { nodes: vec![], edges }.apply(&design).unwrap());
        }
        routes.follow(&design, &Rc::default(), (0.0, 0.0));
    }
    let slices = settle(&mut routes);
    assert!(slices > 10, "{slices} slices");
    let anew = Rc::new((*design).clone());
    assert_eq!(routes.all(), followed(&anew).all());
}

/// What is still to be found is shown as the plain curve that a pointer can hit.
#[test]
fn a_pending_route_is_a_plain_curve() {
    let design = largest();
    let mut routes = Routes::default();
    routes.follow(&design, &Rc::default(), (0.0, 0.0));
    for (edge, route) in design.edges.iter().zip(&**routes.all()) {
        assert_eq!(**route, Route::Curve(Curve::of(&design, &edge.from, &edge.to).unwrap()));
    }
}

/// The routes between marked components keep their shape while they are moved together, and where they are let go only if
/// nothing else decides it.
#[test]
fn what_is_moved_with_both_ends_keeps_its_shape() {
    let design = largest();
    let mut routes = followed(&design);
    let settled = routes.all().clone();
    let nodes: Vec<_> = design.nodes.iter().take(100).map(|n| n.id.clone()).collect();
    let selection = Rc::new(Selection { nodes: nodes.clone(), edges: vec![] });
    routes.follow(&design, &selection, (24.0, -16.0));
    let mut both = 0;
    for ((edge, before), now) in design.edges.iter().zip(&*settled).zip(&**routes.all()) {
        if nodes.contains(&edge.from) && nodes.contains(&edge.to) {
            both += 1;
            assert_eq!(**now, before.moved(24.0, -16.0), "{} → {}", edge.from, edge.to);
        }
    }
    assert!(both > 100, "{both} moved with both ends");
}
