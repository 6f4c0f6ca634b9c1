//! What checks of one topic share.

pub mod network;
pub mod rbac;
