//! What several checks share.

pub mod host_paths;
pub mod pod_security;
pub mod service_accounts;
