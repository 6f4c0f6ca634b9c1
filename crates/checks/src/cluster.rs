//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod cpu_limit_missing;
pub mod cpu_request_missing;
pub mod ephemeral_storage_limit_missing;
pub mod ephemeral_storage_request_missing;
pub mod image_pull_policy_never;
pub mod image_pull_policy_not_always;
pub mod image_reference_invalid;
pub mod image_registry_implicit;
pub mod image_registry_not_allowed;
pub mod image_registry_retired;
pub mod image_tag_latest;
pub mod image_without_digest;
pub mod memory_limit_missing;
pub mod memory_request_missing;
pub mod privileged_container;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &cpu_limit_missing::CHECK,
    &cpu_request_missing::CHECK,
    &ephemeral_storage_limit_missing::CHECK,
    &ephemeral_storage_request_missing::CHECK,
    &image_pull_policy_never::CHECK,
    &image_pull_policy_not_always::CHECK,
    &image_reference_invalid::CHECK,
    &image_registry_implicit::CHECK,
    &image_registry_not_allowed::CHECK,
    &image_registry_retired::CHECK,
    &image_tag_latest::CHECK,
    &image_without_digest::CHECK,
    &memory_limit_missing::CHECK,
    &memory_request_missing::CHECK,
    &privileged_container::CHECK,
];
