//! The distributions, as the catalogue shows them.

use super::{MAX_MS, Param, Shape, Variant, real, whole};
use crate::text;

const MEAN: Param = Param {
    key: "mean_ms",
    label: Some(text!("dist.mean")),
    unit: "ms",
    help: Some(text!("dist.mean_help")),
    shape: real(0.0, MAX_MS),
    default: "20",
    slider: None,
};

const CV: Param = Param {
    key: "cv",
    label: Some(text!("dist.cv")),
    unit: "",
    help: Some(text!("dist.cv_help")),
    shape: real(0.0, 20.0),
    default: "0.5",
    slider: Some((0.0, 3.0, 0.1)),
};

/// The variants of every parameter that is a distribution.
pub const DISTS: Shape = Shape::Tagged {
    tag: "dist",
    variants: &[
        Variant { key: "constant", label: Some(text!("dist.constant")), fields: &[MEAN] },
        Variant { key: "exponential", label: Some(text!("dist.exponential")), fields: &[MEAN] },
        Variant {
            key: "uniform",
            label: Some(text!("dist.uniform")),
            fields: &[
                Param {
                    key: "min_ms",
                    label: Some(text!("dist.min")),
                    help: Some(text!("dist.min_help")),
                    default: "10",
                    ..MEAN
                },
                Param {
                    key: "max_ms",
                    label: Some(text!("dist.max")),
                    help: Some(text!("dist.max_help")),
                    default: "30",
                    ..MEAN
                },
            ],
        },
        Variant { key: "lognormal", label: Some(text!("dist.lognormal")), fields: &[MEAN, CV] },
        Variant {
            key: "erlang",
            label: Some(text!("dist.erlang")),
            fields: &[
                MEAN,
                Param {
                    key: "k",
                    label: Some(text!("dist.phases")),
                    help: Some(text!("dist.phases_help")),
                    shape: whole(1, 100),
                    default: "3",
                    slider: Some((1.0, 20.0, 1.0)),
                    ..MEAN_PLAIN
                },
            ],
        },
        Variant {
            key: "hyperexponential",
            label: Some(text!("dist.hyperexponential")),
            fields: &[MEAN, Param { shape: real(1.0, 20.0), default: "2", slider: Some((1.0, 5.0, 0.1)), ..CV }],
        },
    ],
};

const MEAN_PLAIN: Param = Param { unit: "", ..MEAN };
