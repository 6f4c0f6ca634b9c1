//! What checks of one topic share.

//! What several checks share.
pub mod host_paths;
pub mod network;
pub mod pod_security;
pub mod rbac;
pub mod service_accounts;
