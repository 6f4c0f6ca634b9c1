//! Kustomize overlays.

pub mod fieldspec;
pub mod images;
pub mod json6902;
pub mod labels;
pub mod namespace;
pub mod pattern;
pub mod prefix;
pub mod replacements;
pub mod replicas;
pub mod scalar;
pub mod schema;
pub mod selector;
pub mod strategic;
pub mod tables;
#[cfg(test)]
mod testing;
pub mod vars;
