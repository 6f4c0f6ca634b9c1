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
