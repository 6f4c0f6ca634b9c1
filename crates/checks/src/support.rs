//! Judgement shared by several checks.

pub mod api_versions;
pub mod base64;
pub mod committed;
pub mod cron;
pub mod dockerfile;
pub mod images;
pub mod quantity;
pub mod references;
pub mod resources;
pub mod secrets;
pub mod workload;
