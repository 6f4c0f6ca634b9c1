//! The CIS Kubernetes Benchmark, sections 1 to 3: control plane and etcd.

use super::data::{Group, controls};

/// API server, controller manager and scheduler.
pub(super) const CONTROL_PLANE: [Group; 4] = [
    Group {
        id: "1.1",
        title: "Control plane node configuration files",
        controls: controls! {
            Live "1.1.1" "API server manifest is readable by root only (600)", "file modes show only on the node";
            Live "1.1.2" "API server manifest belongs to root", "file owners show only on the node";
            Live "1.1.3" "controller manager manifest is readable by root only (600)", "file modes show only on the node";
            Live "1.1.4" "controller manager manifest belongs to root", "file owners show only on the node";
            Live "1.1.5" "scheduler manifest is readable by root only (600)", "file modes show only on the node";
            Live "1.1.6" "scheduler manifest belongs to root", "file owners show only on the node";
            Live "1.1.7" "etcd manifest is readable by root only (600)", "file modes show only on the node";
            Live "1.1.8" "etcd manifest belongs to root", "file owners show only on the node";
            Live "1.1.9" "Network plug-in files are readable by root only (600)", "file modes show only on the node";
            Live "1.1.10" "Network plug-in files belong to root", "file owners show only on the node";
            Live "1.1.11" "etcd data directory is closed to others (700)", "file modes show only on the node";
            Live "1.1.12" "etcd data directory belongs to etcd", "file owners show only on the node";
            Live "1.1.13" "Administrator kubeconfig files are readable by root only (600)", "file modes show only on the node";
            Live "1.1.14" "Administrator kubeconfig files belong to root", "file owners show only on the node";
            Live "1.1.15" "Scheduler kubeconfig is readable by root only (600)", "file modes show only on the node";
            Live "1.1.16" "Scheduler kubeconfig belongs to root", "file owners show only on the node";
            Live "1.1.17" "Controller manager kubeconfig is readable by root only (600)", "file modes show only on the node";
            Live "1.1.18" "Controller manager kubeconfig belongs to root", "file owners show only on the node";
            Live "1.1.19" "PKI directory and files belong to root", "file owners show only on the node";
            Live "1.1.20" "PKI certificates are at most 644, better 600", "file modes show only on the node";
            Live "1.1.21" "PKI keys are readable by root only (600)", "file modes show only on the node";
        },
    },
    Group {
        id: "1.2",
        title: "API server",
        controls: controls! {
            Files "1.2.1" "Anonymous requests switched off (--anonymous-auth=false)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.2" "No static token file (--token-auth-file)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.3" "DenyServiceExternalIPs admission plugin on", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.4" "Client certificate towards kubelets (--kubelet-client-certificate, -key)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.5" "Kubelet certificates verified (--kubelet-certificate-authority)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.6" "Authorization mode is not AlwaysAllow", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.7" "Authorization mode includes Node", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.8" "Authorization mode includes RBAC", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.9" "EventRateLimit admission plugin on", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.10" "AlwaysAdmit admission plugin off", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.11" "AlwaysPullImages admission plugin on", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.12" "ServiceAccount admission plugin not switched off", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.13" "NamespaceLifecycle admission plugin not switched off", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.14" "NodeRestriction admission plugin on", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.15" "Profiling off", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.16" "Audit log path set", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.17" "Audit logs kept 30 days or more", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.18" "Audit log keeps 10 old files or more", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.19" "Audit log files rotate at 100 MB or so", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.20" "Request timeout is reasonable", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.21" "Service-account tokens looked up (--service-account-lookup)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.22" "Key file for service-account tokens set", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.23" "Client certificate towards etcd (--etcd-certfile, --etcd-keyfile)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.24" "Serving certificate set (--tls-cert-file, --tls-private-key-file)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.25" "Client CA set (--client-ca-file)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.26" "CA for etcd set (--etcd-cafile)", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.27" "Encryption at rest configured (--encryption-provider-config)", "flags of the API server";
            Files "1.2.28" "Encryption providers are strong ones", "EncryptionConfiguration";
            Files "1.2.29" "Only strong TLS cipher suites", "flags of the API server in static pods or kubeadm configuration";
            Files "1.2.30" "Service-account tokens not extended (--service-account-extend-token-expiration=false)", "flags of the API server in static pods or kubeadm configuration";
        },
    },
    Group {
        id: "1.3",
        title: "Controller manager",
        controls: controls! {
            Files "1.3.1" "Garbage collection threshold for ended pods is reasonable", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.2" "Profiling off", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.3" "Controllers use own service accounts (--use-service-account-credentials)", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.4" "Key for signing service-account tokens set", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.5" "Root CA for pods set (--root-ca-file)", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.6" "Rotation of kubelet serving certificates not switched off", "flags of the controller manager in static pods or kubeadm configuration";
            Files "1.3.7" "Bound to the loopback address", "flags of the controller manager in static pods or kubeadm configuration";
        },
    },
    Group {
        id: "1.4",
        title: "Scheduler",
        controls: controls! {
            Files "1.4.1" "Profiling off", "flags of the scheduler in static pods or kubeadm configuration";
            Files "1.4.2" "Bound to the loopback address", "flags of the scheduler in static pods or kubeadm configuration";
        },
    },
];

/// etcd, authentication and audit logging.
pub(super) const STORE_AND_LOGGING: [Group; 3] = [
    Group {
        id: "2",
        title: "etcd",
        controls: controls! {
            Files "2.1" "Serving certificate and key set", "flags of etcd in static pods or kubeadm configuration";
            Files "2.2" "Client certificates required (--client-cert-auth)", "flags of etcd in static pods or kubeadm configuration";
            Files "2.3" "Self-signed client certificates off (--auto-tls)", "flags of etcd in static pods or kubeadm configuration";
            Files "2.4" "Peer certificate and key set", "flags of etcd in static pods or kubeadm configuration";
            Files "2.5" "Peer certificates required (--peer-client-cert-auth)", "flags of etcd in static pods or kubeadm configuration";
            Files "2.6" "Self-signed peer certificates off (--peer-auto-tls)", "flags of etcd in static pods or kubeadm configuration";
            Files "2.7" "A certificate authority of its own", "flags of etcd in static pods or kubeadm configuration";
        },
    },
    Group {
        id: "3.1",
        title: "Authentication and authorization",
        controls: controls! {
            Files "3.1.1" "Client certificates are not used for users", "bindings to users, kubeconfig files; the habit itself shows with people";
            Files "3.1.2" "Service-account tokens are not used for users", "token Secrets; the habit itself shows with people";
            Files "3.1.3" "Bootstrap tokens are not used for users", "API server flags and token Secrets";
        },
    },
    Group {
        id: "3.2",
        title: "Logging",
        controls: controls! {
            Files "3.2.1" "There is an audit policy", "audit policy file and API server flags";
            Files "3.2.2" "The audit policy covers the key concerns", "audit policy file";
        },
    },
];
