//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod annotation_secret;
pub mod argument_literal_secret;
pub mod configmap_secret;
pub mod cpu_limit_missing;
pub mod cpu_request_missing;
pub mod env_literal_secret;
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
pub mod liveness_probe_hasty;
pub mod liveness_probe_missing;
pub mod memory_limit_missing;
pub mod memory_request_missing;
pub mod privileged_container;
pub mod probe_port_undefined;
pub mod probes_identical;
pub mod readiness_probe_missing;
pub mod request_above_limit;
pub mod resource_quantity_wrong;
pub mod secret_as_env;
pub mod secret_committed;
pub mod startup_probe_missing;
pub mod termination_grace_zero;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &annotation_secret::CHECK,
    &argument_literal_secret::CHECK,
    &configmap_secret::CHECK,
    &cpu_limit_missing::CHECK,
    &cpu_request_missing::CHECK,
    &env_literal_secret::CHECK,
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
    &liveness_probe_hasty::CHECK,
    &liveness_probe_missing::CHECK,
    &memory_limit_missing::CHECK,
    &memory_request_missing::CHECK,
    &privileged_container::CHECK,
    &probe_port_undefined::CHECK,
    &probes_identical::CHECK,
    &readiness_probe_missing::CHECK,
    &request_above_limit::CHECK,
    &resource_quantity_wrong::CHECK,
    &secret_as_env::CHECK,
    &secret_committed::CHECK,
    &startup_probe_missing::CHECK,
    &termination_grace_zero::CHECK,
];
