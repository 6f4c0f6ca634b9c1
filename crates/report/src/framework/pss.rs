//! The Kubernetes Pod Security Standards.

use super::data::{Framework, Group, controls};

/// Baseline and restricted controls, named as the Kubernetes source names its checks.
pub static PSS: Framework = Framework {
    id: "pss",
    title: "Kubernetes Pod Security Standards",
    version: "v1.37",
    source: "The Kubernetes project. Restricted includes everything baseline asks for.",
    groups: &[
        Group {
            id: "baseline",
            title: "Baseline: no known way to gain privilege",
            controls: controls! {
                Files "baseline/appArmorProfile" "AppArmor not switched off or replaced by an arbitrary profile", "AppArmor fields and annotations of pods";
                Files "baseline/capabilities_baseline" "No capability added beyond the default set", "added capabilities of containers";
                Files "baseline/hostNamespaces" "Network, PID and IPC namespaces of the host not shared", "hostNetwork, hostPID and hostIPC of pods";
                Files "baseline/hostPathVolumes" "No hostPath volumes", "volumes of pods";
                Files "baseline/hostPorts" "No ports of the host", "ports of containers";
                Files "baseline/hostProbesAndHostLifecycle" "Probes and lifecycle hooks do not name a host", "probes and lifecycle hooks of containers";
                Files "baseline/privileged" "No privileged containers", "securityContext of containers";
                Files "baseline/procMount" "Default masks over /proc", "securityContext of containers";
                Files "baseline/seccompProfile_baseline" "Seccomp not switched off", "seccomp fields and annotations of pods";
                Files "baseline/seLinuxOptions" "Only container SELinux types, no custom user or role", "SELinux options of pods and containers";
                Files "baseline/sysctls" "Only sysctls that stay inside the pod", "sysctls of pods";
                Files "baseline/windowsHostProcess" "No Windows HostProcess containers", "Windows options of pods and containers";
            },
        },
        Group {
            id: "restricted",
            title: "Restricted: current hardening practice",
            controls: controls! {
                Files "restricted/allowPrivilegeEscalation" "Privilege escalation ruled out", "securityContext of containers";
                Files "restricted/capabilities_restricted" "All capabilities dropped, at most NET_BIND_SERVICE added", "capabilities of containers";
                Files "restricted/procMount_restricted" "Default masks over /proc, also in user namespaces", "securityContext of containers";
                Files "restricted/restrictedVolumes" "Only harmless volume types", "volumes of pods";
                Files "restricted/runAsNonRoot" "Running as root refused", "securityContext of pods and containers";
                Files "restricted/runAsUser" "User id is not 0", "securityContext of pods and containers";
                Files "restricted/seccompProfile_restricted" "A seccomp profile named", "seccomp fields of pods and containers";
            },
        },
    ],
};
