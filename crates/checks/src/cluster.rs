//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod apparmor_profile;
pub mod capabilities_beyond_baseline;
pub mod capabilities_not_dropped;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod privilege_escalation;
pub mod privileged_container;
pub mod probe_host;
pub mod proc_mount_unmasked;
pub mod proc_mount_unmasked_user_namespace;
pub mod run_as_non_root;
pub mod run_as_root_user;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod selinux_options;
pub mod unsafe_sysctl;
pub mod volume_type;
pub mod windows_host_process;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &apparmor_profile::CHECK,
    &capabilities_beyond_baseline::CHECK,
    &capabilities_not_dropped::CHECK,
    &host_ipc::CHECK,
    &host_network::CHECK,
    &host_path_volume::CHECK,
    &host_pid::CHECK,
    &host_port::CHECK,
    &privilege_escalation::CHECK,
    &privileged_container::CHECK,
    &probe_host::CHECK,
    &proc_mount_unmasked::CHECK,
    &proc_mount_unmasked_user_namespace::CHECK,
    &run_as_non_root::CHECK,
    &run_as_root_user::CHECK,
    &seccomp_profile_missing::CHECK,
    &seccomp_unconfined::CHECK,
    &selinux_options::CHECK,
    &unsafe_sysctl::CHECK,
    &volume_type::CHECK,
    &windows_host_process::CHECK,
];
