//! From paths to a report: walks, reads, recognises, judges, applies exceptions, ranks.
//!
//! Data flow: [`walk`] -> [`read`] -> [`recognise`] -> `check::Runner` -> exceptions, baseline, rank ->
//! `report::Report`. Work is split by file over all cores; results are merged in order, so the report is the
//! same whatever the number of threads.

pub mod baseline;
pub mod changed;
pub mod config;
pub mod confine;
mod judge;
pub mod mend;
mod parts;
pub mod pipeline;
pub mod read;
pub mod recognise;
pub mod rendered;
pub mod select;
pub mod tree;
pub mod walk;

pub use config::Config;
pub use pipeline::{Options, Scanned, run};
pub use select::Selection;
