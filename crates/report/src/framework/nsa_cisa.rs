//! The Kubernetes Hardening Guide of NSA and CISA.

use super::data::{Framework, Group, controls};

/// Version 1.2. The guide numbers nothing; the ids are ours.
pub static NSA_CISA: Framework = Framework {
    id: "nsa-cisa",
    title: "NSA/CISA Kubernetes Hardening Guide",
    version: "1.2 (August 2022)",
    source: "The US National Security Agency and CISA. The guide has no ids; these are Holdfast's and stay stable.",
    groups: &[
        Group {
            id: "pod-security",
            title: "Kubernetes pod security",
            controls: controls! {
                Files "pod-security/non-root" "Containers run as non-root users, without the root group", "USER in Dockerfiles, user and group ids of pods";
                Live "pod-security/rootless-engine" "Rootless container engine where possible", "a property of the node's container engine";
                Files "pod-security/immutable-fs" "Root file systems are read-only", "securityContext of containers";
                Files "pod-security/trusted-images" "Images come from trusted registries, by digest or fixed tag", "image references and Dockerfiles";
                Live "pod-security/image-scanning" "Images scanned, again at admission", "needs the image and an advisory database";
                Files "pod-security/admission" "Pod Security Standards or a policy engine enforced", "Pod Security labels, admission configuration and policy objects";
                Files "pod-security/privileged" "No privileged containers", "securityContext of containers";
                Files "pod-security/capabilities" "Capabilities dropped to what is needed", "capabilities of containers";
                Files "pod-security/host-namespaces" "PID and IPC namespaces of the host not shared", "hostPID and hostIPC of pods";
                Files "pod-security/host-network" "Network of the host not shared", "hostNetwork and hostPort of pods";
                Files "pod-security/host-path" "Paths of the host not mounted, or read-only", "hostPath volumes of pods";
                Files "pod-security/privilege-escalation" "Privilege escalation ruled out", "securityContext of containers";
                Files "pod-security/seccomp" "A seccomp profile in force", "seccomp fields and annotations of pods";
                Files "pod-security/apparmor" "An AppArmor profile in force", "AppArmor fields and annotations of pods";
                Files "pod-security/selinux" "SELinux labels in force", "SELinux options of pods";
                Files "pod-security/sa-token" "Service-account tokens mounted only where needed", "ServiceAccounts and pod templates";
                Files "pod-security/sandbox" "Hardened container environments for what is exposed", "runtimeClassName of pods; whether the runtime is hardened shows on the node";
            },
        },
        Group {
            id: "network",
            title: "Network separation and hardening",
            controls: controls! {
                Files "network/namespaces" "Namespaces used to partition; none of it in default or kube-system", "namespaces of workloads";
                Files "network/default-deny" "Default deny for ingress and egress in every namespace", "NetworkPolicies against the namespaces with workloads";
                Files "network/policies" "Policies select precisely and allow only what is needed", "selectors and rules of NetworkPolicies";
                Live "network/cni" "The network plug-in enforces NetworkPolicies", "a property of the running cluster";
                Files "network/resource-limits" "Requests, limits, LimitRange and ResourceQuota", "workloads, LimitRanges and ResourceQuotas";
                Files "network/control-plane" "Control plane not reachable from untrusted networks", "bind addresses and ports of components; firewalls show only on the network";
                Files "network/component-tls" "TLS with certificates between all components", "component flags and configuration files";
                Files "network/etcd" "etcd behind TLS, reached by API servers only", "etcd flags";
                Live "network/kubeconfig" "Kubeconfig files protected", "file modes on the node";
                Files "network/worker-segmentation" "Worker nodes kept apart from networks they do not need", "NodePort, hostPort and LoadBalancer exposure; the rest shows on the network";
                Files "network/encryption" "Traffic encrypted with TLS 1.2 or later", "Ingress, Gateway and component flags";
                Files "network/secrets-encryption" "Secrets encrypted at rest", "EncryptionConfiguration and API server flags";
                Files "network/secrets" "Secrets not kept in configuration, code or images", "manifests, Dockerfiles and Compose files";
                Files "network/cloud-metadata" "Instance metadata not reachable from pods", "egress rules of NetworkPolicies";
                Files "network/exposure" "External services limited and guarded", "Services of type LoadBalancer and NodePort, Ingress and Gateway";
            },
        },
        Group {
            id: "auth",
            title: "Authentication and authorization",
            controls: controls! {
                Files "auth/anonymous" "Anonymous requests refused", "flags of API server and kubelet, bindings to anonymous users";
                Files "auth/strong-authentication" "Users authenticate strongly, not by static tokens", "API server flags";
                Files "auth/rbac" "RBAC in force", "authorization mode of API server and kubelet";
                Files "auth/least-privilege" "Roles and bindings give no more than needed", "Roles, ClusterRoles and their bindings";
                Files "auth/service-accounts" "Own service accounts, each with narrow rights", "ServiceAccounts, pod templates and bindings";
                Files "auth/kubelet" "Kubelet authenticates and authorizes its callers", "kubelet flags and KubeletConfiguration";
            },
        },
        Group {
            id: "audit",
            title: "Audit logging and threat detection",
            controls: controls! {
                Files "audit/enabled" "API server writes an audit log", "API server flags";
                Files "audit/policy" "Audit policy covers what matters", "audit Policy objects";
                Files "audit/retention" "Logs kept long enough, apart from where they arise", "API server flags; remote stores show only at run time";
                Live "audit/node-logs" "Node, container and system logs collected", "a property of the running platform";
                Files "audit/seccomp" "System calls logged or denied by seccomp", "seccomp profiles of pods";
                Live "audit/central" "Logs brought together and correlated", "a property of the running platform";
                Live "audit/alerting" "Alerts on suspicious events", "a property of the running platform";
                Live "audit/threat-detection" "Workloads watched for signs of compromise", "shows only on a running node";
            },
        },
        Group {
            id: "upgrade",
            title: "Upgrading and application security practices",
            controls: controls! {
                Files "upgrade/versions" "No outdated API or component", "API versions and component images; patch levels show on the live cluster";
                Live "upgrade/patching" "Security patches applied promptly", "a property of nodes and images";
                Live "upgrade/vulnerability-scans" "Regular vulnerability scans and penetration tests", "needs the running system";
                Files "upgrade/unused-components" "What is not used is taken away", "roles, bindings, Services and policies that nothing uses";
            },
        },
    ],
};
