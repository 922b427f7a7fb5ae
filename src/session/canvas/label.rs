//! Where words about a connection stand: beside it, or on it, and never on a component, which would hide them.
//!
//! A pure function of rectangles and the route, in the diagram's units, so that the same design always looks the same.

use crate::session::canvas::geometry::{Point, Rect};
use crate::session::canvas::route::Route;

/// Shares of the way at which a place is looked for: the middle first.
const SHARES: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];
/// Between words and the connection that they are about.
const BESIDE: f64 = 7.0;
/// Between words and a component or other words; and for what stands off its connection, where a component has its sign.
const CLEAR: f64 = 2.0;
const CLEAR_OF_SIGNS: f64 = 12.0;
/// How far from its connection something is looked for that has to stand somewhere, and in which steps.
const FAR: f64 = 400.0;
const STEP: f64 = 8.0;

/// The room for words of this size beside a route: above or below a level piece, right or left of an upright one. `taken` are components and
/// other words. `None`: there is none.
pub fn beside(route: &Route, (width, height): (f64, f64), taken: &[Rect]) -> Option<Rect> {
    let places = SHARES.iter().flat_map(|share| {
        let (at, on) = (route.at(*share), route.at(share + 0.02));
        let upright = (on.y - at.y).abs() > (on.x - at.x).abs();
        let around = |dx: f64, dy: f64| middle(Point::new(at.x + dx, at.y + dy), width, height);
        match upright {
            true => [around(BESIDE + width / 2.0, 0.0), around(-BESIDE - width / 2.0, 0.0)],
            false => [around(0.0, -BESIDE - height / 2.0), around(0.0, BESIDE + height / 2.0)],
        }
    });
    places.into_iter().find(|place| is_free(place.grown(CLEAR), taken))
}

/// The room for something of this size on a route that has to be seen: on it where it can be, else as near above or below its middle as
/// can be, else on its middle.
pub fn on(route: &Route, (width, height): (f64, f64), taken: &[Rect]) -> Rect {
    let place = |at: Point| middle(at, width, height);
    let at = route.at(0.5);
    let mut along = SHARES.iter().map(|share| place(route.at(*share)));
    let away = (1..=(FAR / STEP) as i32).flat_map(|n| [-1.0, 1.0].map(|way| way * STEP * f64::from(n)));
    let mut off = away.map(|dy| place(Point::new(at.x, at.y + dy)));
    let on = along.find(|place| is_free(place.grown(CLEAR), taken));
    on.or_else(|| off.find(|place| is_free(place.grown(CLEAR_OF_SIGNS), taken))).unwrap_or_else(|| place(at))
}

fn middle(at: Point, width: f64, height: f64) -> Rect {
    Rect { x: at.x - width / 2.0, y: at.y - height / 2.0, width, height }
}

fn is_free(place: Rect, taken: &[Rect]) -> bool {
    taken.iter().all(|other| !other.touches(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Rect = Rect { x: 0.0, y: 0.0, width: 144.0, height: 144.0 };
    const WORDS: (f64, f64) = (34.0, 14.0);

    fn bent(points: &[(f64, f64)]) -> Route {
        Route::Bent(points.iter().map(|(x, y)| Point::new(*x, *y)).collect())
    }

    #[test]
    fn words_stand_above_the_middle_of_a_level_piece() {
        let right = Rect { x: 244.0, ..LEFT };
        let place = beside(&bent(&[(144.0, 50.0), (244.0, 50.0)]), WORDS, &[LEFT, right]).expect("room");
        assert_eq!((place.middle().x, place.y + place.height), (194.0, 43.0));
    }

    #[test]
    fn words_leave_the_middle_where_a_component_is() {
        // Round a component in the way: the middle of the connection runs close along its lower side, and another stands under that.
        let (over, under) = (Rect { x: 200.0, y: 0.0, ..LEFT }, Rect { x: 200.0, y: 160.0, ..LEFT });
        let route = bent(&[(144.0, 50.0), (172.0, 50.0), (172.0, 152.0), (372.0, 152.0), (372.0, 50.0), (400.0, 50.0)]);
        let place = beside(&route, WORDS, &[LEFT, over, under]).expect("room");
        assert!([LEFT, over, under].iter().all(|card| !card.touches(place)), "{place:?}");
        let near = route.distance(place.middle());
        assert!(near <= BESIDE + WORDS.0 / 2.0, "it stands at its connection: {near}");
    }

    #[test]
    fn words_that_find_no_room_are_left_out_and_what_has_to_be_seen_is_not() {
        let right = Rect { x: 164.0, ..LEFT };
        let route = bent(&[(144.0, 50.0), (164.0, 50.0)]);
        assert_eq!(beside(&route, WORDS, &[LEFT, right]), None);
        let tag = on(&route, (80.0, 24.0), &[LEFT, right]);
        assert!(![LEFT, right].iter().any(|card| card.touches(tag)), "{tag:?}");
    }

    #[test]
    fn what_stands_on_a_long_way_stays_on_it() {
        let card = Rect { x: 250.0, y: 0.0, ..LEFT };
        let route = bent(&[(144.0, 72.0), (600.0, 72.0)]);
        let tag = on(&route, (80.0, 24.0), &[LEFT, card]);
        assert!(!card.touches(tag) && (tag.middle().y - 72.0).abs() < 1e-9, "{tag:?}");
    }
}
