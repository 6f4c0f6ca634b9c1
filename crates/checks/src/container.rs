//! Checks of the area `container`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod compose_build_host_access;
pub mod compose_capabilities_kept;
pub mod compose_capability_dangerous;
pub mod compose_cgroup_parent;
pub mod compose_confinement_off;
pub mod compose_container_name_clash;
pub mod compose_cpu_limit_missing;
pub mod compose_device_exposed;
pub mod compose_docker_api_plain;
pub mod compose_docker_in_docker;
pub mod compose_healthcheck_missing;
pub mod compose_host_cgroup;
pub mod compose_host_ipc;
pub mod compose_host_network;
pub mod compose_host_path_sensitive;
pub mod compose_host_pid;
pub mod compose_host_userns;
pub mod compose_host_uts;
pub mod compose_image_latest;
pub mod compose_links_legacy;
pub mod compose_logging_off;
pub mod compose_memory_limit_missing;
pub mod compose_mount_propagation;
pub mod compose_namespace_shared;
pub mod compose_oom_protected;
pub mod compose_pids_limit_missing;
pub mod compose_port_all_interfaces;
pub mod compose_port_clash;
pub mod compose_port_database_open;
pub mod compose_port_privileged;
pub mod compose_port_ssh;
pub mod compose_privilege_escalation;
pub mod compose_privileged;
pub mod compose_reference_dangling;
pub mod compose_restart_missing;
pub mod compose_root_filesystem_writable;
pub mod compose_runtime_socket;
pub mod compose_secret_build_arg;
pub mod compose_secret_command;
pub mod compose_secret_environment;
pub mod compose_sysctl_dangerous;
pub mod compose_user_missing;
pub mod compose_user_root;
pub mod compose_version_obsolete;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &compose_build_host_access::CHECK,
    &compose_capabilities_kept::CHECK,
    &compose_capability_dangerous::CHECK,
    &compose_cgroup_parent::CHECK,
    &compose_confinement_off::CHECK,
    &compose_container_name_clash::CHECK,
    &compose_cpu_limit_missing::CHECK,
    &compose_device_exposed::CHECK,
    &compose_docker_api_plain::CHECK,
    &compose_docker_in_docker::CHECK,
    &compose_healthcheck_missing::CHECK,
    &compose_host_cgroup::CHECK,
    &compose_host_ipc::CHECK,
    &compose_host_network::CHECK,
    &compose_host_path_sensitive::CHECK,
    &compose_host_pid::CHECK,
    &compose_host_userns::CHECK,
    &compose_host_uts::CHECK,
    &compose_image_latest::CHECK,
    &compose_links_legacy::CHECK,
    &compose_logging_off::CHECK,
    &compose_memory_limit_missing::CHECK,
    &compose_mount_propagation::CHECK,
    &compose_namespace_shared::CHECK,
    &compose_oom_protected::CHECK,
    &compose_pids_limit_missing::CHECK,
    &compose_port_all_interfaces::CHECK,
    &compose_port_clash::CHECK,
    &compose_port_database_open::CHECK,
    &compose_port_privileged::CHECK,
    &compose_port_ssh::CHECK,
    &compose_privilege_escalation::CHECK,
    &compose_privileged::CHECK,
    &compose_reference_dangling::CHECK,
    &compose_restart_missing::CHECK,
    &compose_root_filesystem_writable::CHECK,
    &compose_runtime_socket::CHECK,
    &compose_secret_build_arg::CHECK,
    &compose_secret_command::CHECK,
    &compose_secret_environment::CHECK,
    &compose_sysctl_dangerous::CHECK,
    &compose_user_missing::CHECK,
    &compose_user_root::CHECK,
    &compose_version_obsolete::CHECK,
];
