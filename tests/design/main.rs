//! Designs: their files, what is compiled from them, and their picture.

mod compile;
mod files;
mod files_fuzz;
mod picture;
