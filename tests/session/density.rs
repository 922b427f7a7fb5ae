//! The inspector's pictures of distributions: the area under each curve is about 1, and its mean is the distribution's own.

use engine::sim::dist::Dist;
use waiting_room::kinds::density::{of_value, picture};
use waiting_room::kinds::{KINDS, Shape};

fn area_and_mean(points: &[(f64, f64)]) -> (f64, f64) {
    let slices = points.windows(2).map(|w| ((w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0, (w[0].0 + w[1].0) / 2.0));
    slices.fold((0.0, 0.0), |(area, mean), (slice, at)| (area + slice, mean + slice * at))
}

/// What lies beyond a curve's end is at most about one in a hundred, so the area is 1 within 2 %; the mean loses what is far out.
#[test]
fn the_area_under_each_curve_is_about_one() {
    for dist in [
        Dist::Exponential { mean_ms: 20.0 },
        Dist::Uniform { min_ms: 10.0, max_ms: 30.0 },
        Dist::Lognormal { mean_ms: 2000.0, cv: 0.5 },
        Dist::Lognormal { mean_ms: 20.0, cv: 1.5 },
        Dist::Erlang { mean_ms: 20.0, k: 3 },
        Dist::Erlang { mean_ms: 20.0, k: 100 },
        Dist::Hyperexponential { mean_ms: 20.0, cv: 2.0 },
        Dist::Hyperexponential { mean_ms: 20.0, cv: 4.0 },
    ] {
        let picture = picture(&dist).expect("a curve");
        let (area, mean) = area_and_mean(&picture.points);
        assert!((area - 1.0).abs() < 0.02, "{dist:?}: area {area}");
        assert!((mean / picture.mean_ms - 1.0).abs() < 0.12, "{dist:?}: mean {mean}");
    }
}

#[test]
fn a_constant_has_a_mean_and_no_curve() {
    let picture = picture(&Dist::Constant { mean_ms: 10.0 }).expect("a picture");
    assert!(picture.points.is_empty());
    assert_eq!(picture.mean_ms, 10.0);
    assert_eq!(waiting_room::kinds::density::picture(&Dist::Constant { mean_ms: 0.0 }), None, "nothing to draw");
}

/// Whatever the catalogue offers as a distribution has a picture at its defaults.
#[test]
fn every_distribution_of_the_catalogue_has_a_picture() {
    let mut seen = 0;
    for param in KINDS.iter().flat_map(|k| k.params) {
        let Shape::Tagged { tag: "dist", variants } = &param.shape else { continue };
        for variant in *variants {
            let value = variant.default_value("dist");
            let drawn = of_value(&value).as_ref().and_then(picture).expect(variant.key);
            assert!(drawn.points.iter().all(|(x, y)| x.is_finite() && y.is_finite() && *y >= 0.0), "{}", variant.key);
            seen += 1;
        }
    }
    assert!(seen >= 6, "{seen}");
}
