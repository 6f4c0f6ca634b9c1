//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod apparmor_unconfined;
pub mod capabilities_beyond_baseline;
pub mod capabilities_not_dropped;
pub mod container_runtime_socket;
pub mod dangerous_capabilities;
pub mod default_service_account;
pub mod host_device;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod kubernetes_dashboard;
pub mod kubernetes_dashboard_insecure;
pub mod low_group_id;
pub mod low_user_id;
pub mod privilege_escalation;
pub mod privileged_container;
pub mod probe_or_hook_host;
pub mod proc_mount_not_restricted;
pub mod proc_mount_unmasked;
pub mod pss_namespace_labels;
pub mod pss_namespace_privileged;
pub mod rbac_admin_cluster_wide;
pub mod rbac_aggregate_dangerous;
pub mod rbac_aggregate_everything;
pub mod rbac_all_urls;
pub mod rbac_anonymous_binding;
pub mod rbac_approve_certificates;
pub mod rbac_authenticated_binding;
pub mod rbac_bind;
pub mod rbac_cluster_admin_binding;
pub mod rbac_cluster_role_in_one_namespace;
pub mod rbac_create_persistent_volumes;
pub mod rbac_create_pods;
pub mod rbac_create_tokens;
pub mod rbac_create_workloads;
pub mod rbac_cross_namespace_subject;
pub mod rbac_dangling_role;
pub mod rbac_dangling_service_account;
pub mod rbac_default_service_account;
pub mod rbac_delete_evidence;
pub mod rbac_ephemeral_containers;
pub mod rbac_escalate;
pub mod rbac_impersonate;
pub mod rbac_label_namespaces;
pub mod rbac_masters_binding;
pub mod rbac_nodes_proxy;
pub mod rbac_pods_attach;
pub mod rbac_pods_exec;
pub mod rbac_pods_portforward;
pub mod rbac_read_secrets;
pub mod rbac_service_accounts_group;
pub mod rbac_subject_without_namespace;
pub mod rbac_unused_role;
pub mod rbac_unused_service_account;
pub mod rbac_wildcard_everything;
pub mod rbac_wildcard_groups;
pub mod rbac_wildcard_resources;
pub mod rbac_wildcard_verbs;
pub mod rbac_workload_proxy;
pub mod rbac_write_admission_policies;
pub mod rbac_write_api_extensions;
pub mod rbac_write_endpoints;
pub mod rbac_write_network_policies;
pub mod rbac_write_nodes;
pub mod rbac_write_role_bindings;
pub mod rbac_write_roles;
pub mod rbac_write_secrets;
pub mod rbac_write_service_status;
pub mod rbac_write_system_configmaps;
pub mod rbac_write_webhooks;
pub mod root_group;
pub mod run_as_non_root;
pub mod run_as_root_user;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod selinux_options;
pub mod sensitive_host_path;
pub mod service_account_token_mounted;
pub mod share_process_namespace;
pub mod tiller;
pub mod unsafe_sysctl;
pub mod volume_type_not_restricted;
pub mod windows_host_process;
pub mod writable_host_mount;
pub mod writable_root_filesystem;
pub mod writable_system_mount;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &apparmor_unconfined::CHECK,
    &capabilities_beyond_baseline::CHECK,
    &capabilities_not_dropped::CHECK,
    &container_runtime_socket::CHECK,
    &dangerous_capabilities::CHECK,
    &default_service_account::CHECK,
    &host_device::CHECK,
    &host_ipc::CHECK,
    &host_network::CHECK,
    &host_path_volume::CHECK,
    &host_pid::CHECK,
    &host_port::CHECK,
    &kubernetes_dashboard::CHECK,
    &kubernetes_dashboard_insecure::CHECK,
    &low_group_id::CHECK,
    &low_user_id::CHECK,
    &privilege_escalation::CHECK,
    &privileged_container::CHECK,
    &probe_or_hook_host::CHECK,
    &proc_mount_not_restricted::CHECK,
    &proc_mount_unmasked::CHECK,
    &pss_namespace_labels::CHECK,
    &pss_namespace_privileged::CHECK,
    &rbac_admin_cluster_wide::CHECK,
    &rbac_aggregate_dangerous::CHECK,
    &rbac_aggregate_everything::CHECK,
    &rbac_all_urls::CHECK,
    &rbac_anonymous_binding::CHECK,
    &rbac_approve_certificates::CHECK,
    &rbac_authenticated_binding::CHECK,
    &rbac_bind::CHECK,
    &rbac_cluster_admin_binding::CHECK,
    &rbac_cluster_role_in_one_namespace::CHECK,
    &rbac_create_persistent_volumes::CHECK,
    &rbac_create_pods::CHECK,
    &rbac_create_tokens::CHECK,
    &rbac_create_workloads::CHECK,
    &rbac_cross_namespace_subject::CHECK,
    &rbac_dangling_role::CHECK,
    &rbac_dangling_service_account::CHECK,
    &rbac_default_service_account::CHECK,
    &rbac_delete_evidence::CHECK,
    &rbac_ephemeral_containers::CHECK,
    &rbac_escalate::CHECK,
    &rbac_impersonate::CHECK,
    &rbac_label_namespaces::CHECK,
    &rbac_masters_binding::CHECK,
    &rbac_nodes_proxy::CHECK,
    &rbac_pods_attach::CHECK,
    &rbac_pods_exec::CHECK,
    &rbac_pods_portforward::CHECK,
    &rbac_read_secrets::CHECK,
    &rbac_service_accounts_group::CHECK,
    &rbac_subject_without_namespace::CHECK,
    &rbac_unused_role::CHECK,
    &rbac_unused_service_account::CHECK,
    &rbac_wildcard_everything::CHECK,
    &rbac_wildcard_groups::CHECK,
    &rbac_wildcard_resources::CHECK,
    &rbac_wildcard_verbs::CHECK,
    &rbac_workload_proxy::CHECK,
    &rbac_write_admission_policies::CHECK,
    &rbac_write_api_extensions::CHECK,
    &rbac_write_endpoints::CHECK,
    &rbac_write_network_policies::CHECK,
    &rbac_write_nodes::CHECK,
    &rbac_write_role_bindings::CHECK,
    &rbac_write_roles::CHECK,
    &rbac_write_secrets::CHECK,
    &rbac_write_service_status::CHECK,
    &rbac_write_system_configmaps::CHECK,
    &rbac_write_webhooks::CHECK,
    &root_group::CHECK,
    &run_as_non_root::CHECK,
    &run_as_root_user::CHECK,
    &seccomp_profile_missing::CHECK,
    &seccomp_unconfined::CHECK,
    &selinux_options::CHECK,
    &sensitive_host_path::CHECK,
    &service_account_token_mounted::CHECK,
    &share_process_namespace::CHECK,
    &tiller::CHECK,
    &unsafe_sysctl::CHECK,
    &volume_type_not_restricted::CHECK,
    &windows_host_process::CHECK,
    &writable_host_mount::CHECK,
    &writable_root_filesystem::CHECK,
    &writable_system_mount::CHECK,
];
