//! Helm charts: found, loaded with what they depend on, rendered as `helm template` does.
//!
//! [`charts`] finds the charts of a tree, [`load`] reads one, [`render`] renders it with values laid over its
//! own. What is broken or missing is a [`crate::Problem`]; what can still be rendered is.

mod archive;
mod chart;
mod coalesce;
mod glob;
mod ignore;
mod instance;
mod layer;
mod library;
mod load;
mod manifests;
mod metadata;
mod objects;
mod options;
mod render;
mod secret;
mod set;
mod validate;
mod vendor;
mod versions;

pub use chart::{Chart, How, Taken};
pub use layer::Layer;
pub use library::Library;
pub use load::{charts, load, load_archive};
pub use options::Options;
pub use render::render;
