//! What checks of one topic share.

pub mod api_versions;
pub mod audit;
pub mod base64;
pub mod budgets;
pub mod committed;
pub mod component;
pub mod compose;
pub mod cron;
pub mod dashboards;
pub mod default_deny;
pub mod dockerfile;
pub mod encryption;
pub mod host_paths;
pub mod images;
pub mod lookup;
pub mod network;
pub mod pod_security;
pub mod quantity;
pub mod rbac;
pub mod references;
pub mod resources;
pub mod secrets;
pub mod service_accounts;
pub mod workload;
