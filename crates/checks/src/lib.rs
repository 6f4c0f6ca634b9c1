//! The built-in checks, one file each, in the folders of the four Cs.
//!
//! The lists of modules in `cluster.rs` and its like are written by `cargo xtask gen`.

pub mod cluster;
pub mod container;
pub mod pss;
pub mod support;

use check::Check;

/// Every built-in check, in order of area and id.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [container::CHECKS, cluster::CHECKS].into_iter().flatten().copied()
}
