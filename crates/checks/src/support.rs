
//! What checks of one topic share.
//! What several checks share, by topic.
//! What several checks share.
pub mod audit;
pub mod component;
pub mod encryption;
pub mod host_paths;
pub mod network;
pub mod pod_security;
pub mod rbac;
pub mod service_accounts;
