//! The practices Holdfast exists for, as a framework of their own.

use super::data::{Framework, Group, controls};

/// Container, cluster, pipeline, monitoring and cloud practices.
pub static PRACTICES: Framework = Framework {
    id: "practices",
    title: "Cloud-native security practices",
    version: "1",
    source: "The practices Holdfast is built to serve; kept by the project itself.",
    groups: &[
        Group {
            id: "IMG",
            title: "Container images",
            controls: controls! {
                Files "IMG-1" "Minimal, trusted base image", "FROM lines of Dockerfiles";
                Files "IMG-2" "Containers run as a non-root user", "USER in Dockerfiles, securityContext of pods, user of Compose services";
                Files "IMG-3" "Multi-stage builds, nothing but the program in the last stage", "stages and RUN lines of Dockerfiles";
                Files "IMG-4" "Capabilities dropped, only needed ones added back", "capabilities of containers and Compose services";
                Files "IMG-5" "Seccomp and AppArmor profiles in force", "profiles named by pods and Compose services";
                Files "IMG-6" "No shell and no package manager in the final image", "last stages of Dockerfiles";
                Live "IMG-7" "Images scanned for known vulnerabilities, again and again", "needs the image or its package inventory, and an advisory database";
                Live "IMG-8" "A bill of materials for every image, and one query over all", "needs the image or a stored inventory";
                Files "IMG-9" "Registries authenticated, images signed and verified", "image references and admission policies; signatures themselves are in the registry";
                Files "IMG-10" "A running container is never changed", "read-only root file systems; drift itself shows only at run time";
            },
        },
        Group {
            id: "RUN",
            title: "Container run time",
            controls: controls! {
                Live "RUN-1" "System calls watched at low overhead", "shows only on a running node";
                Live "RUN-2" "Shells, changed files and bad connections detected", "shows only on a running node";
                Files "RUN-3" "No way out of the container", "privilege, host access and capabilities of containers; attempts show only at run time";
                Files "RUN-4" "Isolation by namespaces, and limits on resources", "host namespaces and resource limits of workloads and Compose services";
                Live "RUN-5" "Works on small and disconnected nodes", "a property of how Holdfast itself is deployed";
            },
        },
        Group {
            id: "NET",
            title: "Cluster network",
            controls: controls! {
                Files "NET-1" "Default deny in every namespace, both directions", "NetworkPolicies against the namespaces with workloads";
                Files "NET-2" "Name resolution allowed to the cluster's own DNS only", "egress rules of NetworkPolicies";
                Files "NET-3" "Databases reached only by their own clients, on their own port", "NetworkPolicies, Services and workloads that are databases";
                Files "NET-4" "Tenants kept apart", "namespaces, NetworkPolicies and shared host resources";
                Files "NET-5" "Mutual TLS and identity-based access between services", "mesh policies, where a mesh is in use";
                Files "NET-6" "Every entry point guarded", "Ingress, Gateway, LoadBalancer and NodePort, and what stands behind them";
            },
        },
        Group {
            id: "RBAC",
            title: "Cluster access",
            controls: controls! {
                Files "RBAC-1" "Least privilege in roles and bindings", "Roles, ClusterRoles and their bindings";
                Files "RBAC-2" "Own service accounts, tokens mounted only where needed", "ServiceAccounts and pod templates";
                Files "RBAC-3" "Bindings reviewed; unused and over-broad ones removed", "bindings and roles; real use shows only in audit logs";
            },
        },
        Group {
            id: "K8S",
            title: "Cluster hardening",
            controls: controls! {
                Files "K8S-1" "API server: no anonymous access, strong authentication, audit log", "component flags and configuration files";
                Files "K8S-2" "Control plane and etcd hardened, TLS everywhere, encryption at rest", "component flags and configuration files";
                Files "K8S-3" "Pod Security Admission by namespace labels", "labels of Namespaces, admission configuration";
                Files "K8S-4" "Admission control that blocks what must not run", "admission plugins, webhooks and policy objects";
                Files "K8S-5" "No exposed dashboards, no default credentials, limits set", "Services, Ingresses, credentials in manifests, resource limits";
                Files "K8S-6" "The OWASP Kubernetes Top 10 addressed", "see the frameworks owasp-k8s-2022 and owasp-k8s-2025";
            },
        },
        Group {
            id: "SEC",
            title: "Secrets",
            controls: controls! {
                Files "SEC-1" "No secrets in Git, images or manifests", "every file read";
                Files "SEC-2" "Secrets encrypted at rest or kept in an external manager", "EncryptionConfiguration, Secret objects, external-secret objects";
                Files "SEC-3" "Secrets kept apart from configuration", "ConfigMaps, environment variables and arguments";
            },
        },
        Group {
            id: "CI",
            title: "Code and pipeline",
            controls: controls! {
                Files "CI-1" "Source and secrets scanned at commit", "source files and hooks";
                Files "CI-2" "Dependencies and images scanned at build", "lock files and build definitions";
                Files "CI-3" "Manifests and infrastructure scanned before deployment", "Kubernetes manifests, Dockerfiles, Compose files";
                Live "CI-4" "Running application tested from outside", "needs the running application";
                People "CI-5" "A check at every stage, not one gate at the end", "a matter of how the pipeline is laid out";
                Files "CI-6" "The pipeline itself hardened", "workflow definitions";
            },
        },
        Group {
            id: "LOG",
            title: "Logging and monitoring",
            controls: controls! {
                Files "LOG-1" "Applications log to the standard streams, an agent ships it", "workloads and Dockerfiles";
                Live "LOG-2" "One central log store", "a property of the running platform";
                Live "LOG-3" "Metrics collected and alerted on", "a property of the running platform";
                Live "LOG-4" "Security events watched in real time", "shows only on a running node";
                Files "LOG-5" "API server audit logs collected and analysed", "audit policy and API server flags; the logs themselves at run time";
                Live "LOG-6" "Events of all clouds in one place, under one logic", "needs the audit trails of the accounts";
            },
        },
        Group {
            id: "CLD",
            title: "Cloud",
            controls: controls! {
                Live "CLD-1" "Cloud posture: nothing public or open by mistake", "needs infrastructure code or the live account";
                Live "CLD-2" "Posture, workloads, images and cluster in one view", "needs more than one door of Holdfast at once";
                Files "CLD-3" "Cloud, cluster, container and code each secured", "every report is sorted by these four";
            },
        },
    ],
};
