//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod annotation_secret;
pub mod argument_literal_secret;
pub mod autoscaler_fights_replicas;
pub mod autoscaler_single_replica;
pub mod autoscaler_target_missing;
pub mod configmap_reference_dangling;
pub mod configmap_secret;
pub mod control_plane_scheduling;
pub mod cpu_limit_missing;
pub mod cpu_request_missing;
pub mod cronjob_overlap;
pub mod cronjob_schedule_invalid;
pub mod cronjob_start_deadline_missing;
pub mod deprecated_annotation;
pub mod deprecated_api;
pub mod deprecated_service_account_field;
pub mod disruption_budget_blocks;
pub mod disruption_budget_missing;
pub mod disruption_budget_selects_nothing;
pub mod duplicate_container_name;
pub mod duplicate_env;
pub mod duplicate_object;
pub mod duplicate_port;
pub mod duplicate_volume;
pub mod env_literal_secret;
pub mod ephemeral_storage_limit_missing;
pub mod ephemeral_storage_request_missing;
pub mod git_repo_volume;
pub mod image_pull_policy_never;
pub mod image_pull_policy_not_always;
pub mod image_reference_invalid;
pub mod image_registry_implicit;
pub mod image_registry_not_allowed;
pub mod image_registry_retired;
pub mod image_tag_latest;
pub mod image_without_digest;
pub mod job_never_cleaned_up;
pub mod liveness_probe_hasty;
pub mod liveness_probe_missing;
pub mod logs_to_volume;
pub mod memory_limit_missing;
pub mod memory_request_missing;
pub mod port_invalid;
pub mod priority_class_dangling;
pub mod privileged_container;
pub mod probe_port_undefined;
pub mod probes_identical;
pub mod readiness_probe_missing;
pub mod recommended_labels_missing;
pub mod removed_api;
pub mod replicas_not_spread;
pub mod request_above_limit;
pub mod resource_quantity_wrong;
pub mod restart_policy_wrong;
pub mod rollback_impossible;
pub mod route_backend_missing;
pub mod secret_as_env;
pub mod secret_committed;
pub mod secret_reference_dangling;
pub mod selector_mismatch;
pub mod service_account_dangling;
pub mod service_port_unmatched;
pub mod service_selects_nothing;
pub mod single_replica;
pub mod ssh_port;
pub mod startup_probe_missing;
pub mod statefulset_service_missing;
pub mod system_priority_class;
pub mod termination_grace_zero;
pub mod update_takes_all_down;
pub mod volume_claim_dangling;
pub mod volume_mount_dangling;
pub mod volume_plugin_removed;
pub mod volume_unused;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &annotation_secret::CHECK,
    &argument_literal_secret::CHECK,
    &autoscaler_fights_replicas::CHECK,
    &autoscaler_single_replica::CHECK,
    &autoscaler_target_missing::CHECK,
    &configmap_reference_dangling::CHECK,
    &configmap_secret::CHECK,
    &control_plane_scheduling::CHECK,
    &cpu_limit_missing::CHECK,
    &cpu_request_missing::CHECK,
    &cronjob_overlap::CHECK,
    &cronjob_schedule_invalid::CHECK,
    &cronjob_start_deadline_missing::CHECK,
    &deprecated_annotation::CHECK,
    &deprecated_api::CHECK,
    &deprecated_service_account_field::CHECK,
    &disruption_budget_blocks::CHECK,
    &disruption_budget_missing::CHECK,
    &disruption_budget_selects_nothing::CHECK,
    &duplicate_container_name::CHECK,
    &duplicate_env::CHECK,
    &duplicate_object::CHECK,
    &duplicate_port::CHECK,
    &duplicate_volume::CHECK,
    &env_literal_secret::CHECK,
    &ephemeral_storage_limit_missing::CHECK,
    &ephemeral_storage_request_missing::CHECK,
    &git_repo_volume::CHECK,
    &image_pull_policy_never::CHECK,
    &image_pull_policy_not_always::CHECK,
    &image_reference_invalid::CHECK,
    &image_registry_implicit::CHECK,
    &image_registry_not_allowed::CHECK,
    &image_registry_retired::CHECK,
    &image_tag_latest::CHECK,
    &image_without_digest::CHECK,
    &job_never_cleaned_up::CHECK,
    &liveness_probe_hasty::CHECK,
    &liveness_probe_missing::CHECK,
    &logs_to_volume::CHECK,
    &memory_limit_missing::CHECK,
    &memory_request_missing::CHECK,
    &port_invalid::CHECK,
    &priority_class_dangling::CHECK,
    &privileged_container::CHECK,
    &probe_port_undefined::CHECK,
    &probes_identical::CHECK,
    &readiness_probe_missing::CHECK,
    &recommended_labels_missing::CHECK,
    &removed_api::CHECK,
    &replicas_not_spread::CHECK,
    &request_above_limit::CHECK,
    &resource_quantity_wrong::CHECK,
    &restart_policy_wrong::CHECK,
    &rollback_impossible::CHECK,
    &route_backend_missing::CHECK,
    &secret_as_env::CHECK,
    &secret_committed::CHECK,
    &secret_reference_dangling::CHECK,
    &selector_mismatch::CHECK,
    &service_account_dangling::CHECK,
    &service_port_unmatched::CHECK,
    &service_selects_nothing::CHECK,
    &single_replica::CHECK,
    &ssh_port::CHECK,
    &startup_probe_missing::CHECK,
    &statefulset_service_missing::CHECK,
    &system_priority_class::CHECK,
    &termination_grace_zero::CHECK,
    &update_takes_all_down::CHECK,
    &volume_claim_dangling::CHECK,
    &volume_mount_dangling::CHECK,
    &volume_plugin_removed::CHECK,
    &volume_unused::CHECK,
];
