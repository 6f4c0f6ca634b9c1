//! Checks of the area `container`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod compose_capabilities_kept;
pub mod compose_capability_dangerous;
pub mod compose_cgroup_parent;
pub mod compose_device_exposed;
pub mod compose_host_cgroup;
pub mod compose_host_ipc;
pub mod compose_host_network;
pub mod compose_host_path_sensitive;
pub mod compose_host_pid;
pub mod compose_host_userns;
pub mod compose_host_uts;
pub mod compose_mount_propagation;
pub mod compose_namespace_shared;
pub mod compose_privileged;
pub mod compose_runtime_socket;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &compose_capabilities_kept::CHECK,
    &compose_capability_dangerous::CHECK,
    &compose_cgroup_parent::CHECK,
    &compose_device_exposed::CHECK,
    &compose_host_cgroup::CHECK,
    &compose_host_ipc::CHECK,
    &compose_host_network::CHECK,
    &compose_host_path_sensitive::CHECK,
    &compose_host_pid::CHECK,
    &compose_host_userns::CHECK,
    &compose_host_uts::CHECK,
    &compose_mount_propagation::CHECK,
    &compose_namespace_shared::CHECK,
    &compose_privileged::CHECK,
    &compose_runtime_socket::CHECK,
];
