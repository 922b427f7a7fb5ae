//! Studies: one design, many seeds.
