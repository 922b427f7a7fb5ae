//! The distributions, as the catalogue shows them.

use super::{MAX_MS, Param, Shape, Variant, real, whole};

const MEAN: Param = Param {
    key: "mean_ms",
    label: "Mean",
    unit: "ms",
    help: "The average.",
    shape: real(0.0, MAX_MS),
    default: "20",
    slider: None,
};

const CV: Param = Param {
    key: "cv",
    label: "Spread (cv)",
    unit: "",
    help: "Coefficient of variation: standard deviation ÷ mean.",
    shape: real(0.0, 20.0),
    default: "0.5",
    slider: Some((0.0, 3.0, 0.1)),
};

/// The variants of every parameter that is a distribution.
pub const DISTS: Shape = Shape::Tagged {
    tag: "dist",
    variants: &[
        Variant { key: "constant", label: "Constant", fields: &[MEAN] },
        Variant { key: "exponential", label: "Exponential", fields: &[MEAN] },
        Variant {
            key: "uniform",
            label: "Uniform",
            fields: &[
                Param { key: "min_ms", label: "Shortest", help: "The lowest value.", default: "10", ..MEAN },
                Param {
                    key: "max_ms",
                    label: "Longest",
                    help: "The highest value; not below the lowest.",
                    default: "30",
                    ..MEAN
                },
            ],
        },
        Variant { key: "lognormal", label: "Lognormal", fields: &[MEAN, CV] },
        Variant {
            key: "erlang",
            label: "Erlang",
            fields: &[
                MEAN,
                Param {
                    key: "k",
                    label: "Phases",
                    help: "Number of exponential phases in a row; more phases, less spread.",
                    shape: whole(1, 100),
                    default: "3",
                    slider: Some((1.0, 20.0, 1.0)),
                    ..MEAN_PLAIN
                },
            ],
        },
        Variant {
            key: "hyperexponential",
            label: "Hyperexponential",
            fields: &[MEAN, Param { shape: real(1.0, 20.0), default: "2", slider: Some((1.0, 5.0, 0.1)), ..CV }],
        },
    ],
};

const MEAN_PLAIN: Param = Param { unit: "", ..MEAN };
