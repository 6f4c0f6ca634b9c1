//! What checks of one topic share.

pub mod dashboards;
pub mod default_deny;
pub mod network;
pub mod rbac;
