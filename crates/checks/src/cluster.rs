//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod privileged_container;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &privileged_container::CHECK,
];
