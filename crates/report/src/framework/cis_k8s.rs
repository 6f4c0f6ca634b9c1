//! The CIS Kubernetes Benchmark, and its sections 4 and 5: nodes and policies.

use super::cis_control_plane::{CONTROL_PLANE, STORE_AND_LOGGING};
use super::data::{Framework, Group, controls};

/// All recommendations of the self-managed benchmark.
pub static CIS_K8S: Framework = Framework {
    id: "cis-k8s",
    title: "CIS Kubernetes Benchmark",
    version: "1.12.0",
    source: "The Center for Internet Security. Titles are our own words; numbers of other editions may differ, \
             notably in 1.2 and 5.2.",
    groups: &GROUPS,
};

const GROUPS: [Group; 16] = {
    let [g11, g12, g13, g14] = CONTROL_PLANE;
    let [g2, g31, g32] = STORE_AND_LOGGING;
    let [g41, g42, g43] = NODES;
    let [g51, g52, g53, g54, g55, g56] = POLICIES;
    [g11, g12, g13, g14, g2, g31, g32, g41, g42, g43, g51, g52, g53, g54, g55, g56]
};

const NODES: [Group; 3] = [
    Group {
        id: "4.1",
        title: "Worker node configuration files",
        controls: controls! {
            Live "4.1.1" "Kubelet service file is readable by root only (600)", "file modes show only on the node";
            Live "4.1.2" "Kubelet service file belongs to root", "file owners show only on the node";
            Live "4.1.3" "kube-proxy kubeconfig is readable by root only (600)", "file modes show only on the node";
            Live "4.1.4" "kube-proxy kubeconfig belongs to root", "file owners show only on the node";
            Live "4.1.5" "Kubelet kubeconfig is readable by root only (600)", "file modes show only on the node";
            Live "4.1.6" "Kubelet kubeconfig belongs to root", "file owners show only on the node";
            Live "4.1.7" "Client CA file is readable by root only (600)", "file modes show only on the node";
            Live "4.1.8" "Client CA file belongs to root", "file owners show only on the node";
            Live "4.1.9" "Kubelet configuration file is readable by root only (600)", "file modes show only on the node";
            Live "4.1.10" "Kubelet configuration file belongs to root", "file owners show only on the node";
        },
    },
    Group {
        id: "4.2",
        title: "Kubelet",
        controls: controls! {
            Files "4.2.1" "Anonymous requests switched off", "kubelet flags and KubeletConfiguration";
            Files "4.2.2" "Authorization mode is not AlwaysAllow", "kubelet flags and KubeletConfiguration";
            Files "4.2.3" "Client CA set", "kubelet flags and KubeletConfiguration";
            Files "4.2.4" "Read-only port closed", "kubelet flags and KubeletConfiguration";
            Files "4.2.5" "Idle streaming connections time out", "kubelet flags and KubeletConfiguration";
            Files "4.2.6" "iptables utility chains kept (makeIPTablesUtilChains)", "kubelet flags and KubeletConfiguration";
            Files "4.2.7" "Host name not overridden (--hostname-override)", "kubelet flags and KubeletConfiguration";
            Files "4.2.8" "Event rate high enough to lose nothing (eventRecordQPS)", "kubelet flags and KubeletConfiguration";
            Files "4.2.9" "Serving certificate and key set", "kubelet flags and KubeletConfiguration";
            Files "4.2.10" "Client certificates rotate", "kubelet flags and KubeletConfiguration";
            Files "4.2.11" "Serving certificates rotate", "kubelet flags and KubeletConfiguration";
            Files "4.2.12" "Only strong TLS cipher suites", "kubelet flags and KubeletConfiguration";
            Files "4.2.13" "Limit on process ids of a pod", "kubelet flags and KubeletConfiguration";
            Files "4.2.14" "Default seccomp profile on (seccompDefault)", "kubelet flags and KubeletConfiguration";
        },
    },
    Group {
        id: "4.3",
        title: "kube-proxy",
        controls: controls! {
            Files "4.3.1" "Metrics of kube-proxy on the loopback address only", "KubeProxyConfiguration and kube-proxy flags";
        },
    },
];

const POLICIES: [Group; 6] = [
    Group {
        id: "5.1",
        title: "RBAC and service accounts",
        controls: controls! {
            Files "5.1.1" "cluster-admin only where required", "Roles, ClusterRoles and their bindings";
            Files "5.1.2" "Few can read Secrets", "Roles, ClusterRoles and their bindings";
            Files "5.1.3" "Few wildcards in roles", "Roles, ClusterRoles and their bindings";
            Files "5.1.4" "Few can create pods", "Roles, ClusterRoles and their bindings";
            Files "5.1.5" "Default service accounts are not used", "ServiceAccounts, pod templates and bindings";
            Files "5.1.6" "Service-account tokens mounted only where needed", "ServiceAccounts and pod templates";
            Files "5.1.7" "Group system:masters not used", "bindings and certificate requests; certificates already given out show on the cluster";
            Files "5.1.8" "bind, impersonate and escalate limited", "Roles, ClusterRoles and their bindings";
            Files "5.1.9" "Few can create persistent volumes", "Roles, ClusterRoles and their bindings";
            Files "5.1.10" "Few can use the proxy of nodes", "Roles, ClusterRoles and their bindings";
            Files "5.1.11" "Few can approve certificate requests", "Roles, ClusterRoles and their bindings";
            Files "5.1.12" "Few can change webhook configurations", "Roles, ClusterRoles and their bindings";
            Files "5.1.13" "Few can create service-account tokens", "Roles, ClusterRoles and their bindings";
        },
    },
    Group {
        id: "5.2",
        title: "Pod Security Standards",
        controls: controls! {
            Files "5.2.1" "At least one policy mechanism active", "Pod Security labels, admission configuration and policy objects";
            Files "5.2.2" "No privileged containers", "pod templates, Pod Security labels";
            Files "5.2.3" "PID namespace of the host not shared", "pod templates, Pod Security labels";
            Files "5.2.4" "IPC namespace of the host not shared", "pod templates, Pod Security labels";
            Files "5.2.5" "Network of the host not shared", "pod templates, Pod Security labels";
            Files "5.2.6" "No privilege escalation", "pod templates, Pod Security labels";
            Files "5.2.7" "No root containers", "pod templates, Pod Security labels";
            Files "5.2.8" "No NET_RAW capability", "pod templates, Pod Security labels";
            Files "5.2.9" "Capabilities dropped where none is needed", "pod templates, Pod Security labels";
            Files "5.2.10" "No Windows HostProcess containers", "pod templates, Pod Security labels";
            Files "5.2.11" "No hostPath volumes", "pod templates, Pod Security labels";
            Files "5.2.12" "No host ports", "pod templates, Pod Security labels";
        },
    },
    Group {
        id: "5.3",
        title: "Network policies and CNI",
        controls: controls! {
            Live "5.3.1" "The network plug-in supports NetworkPolicies", "a property of the running cluster";
            Files "5.3.2" "Every namespace has NetworkPolicies", "NetworkPolicies against the namespaces with workloads";
        },
    },
    Group {
        id: "5.4",
        title: "Secrets management",
        controls: controls! {
            Files "5.4.1" "Secrets as files rather than environment variables", "environment of containers";
            Files "5.4.2" "External secret storage considered", "Secret objects, external-secret objects";
        },
    },
    Group {
        id: "5.5",
        title: "Extensible admission control",
        controls: controls! {
            Files "5.5.1" "Provenance of images checked at admission", "admission configuration and policy objects";
        },
    },
    Group {
        id: "5.6",
        title: "General policies",
        controls: controls! {
            Files "5.6.1" "Namespaces as administrative boundaries", "namespaces of workloads";
            Files "5.6.2" "Default seccomp profile in pods", "seccomp fields of pods and containers";
            Files "5.6.3" "Security contexts applied to pods and containers", "securityContext of pods and containers";
            Files "5.6.4" "The default namespace is not used", "namespaces of workloads";
        },
    },
];
