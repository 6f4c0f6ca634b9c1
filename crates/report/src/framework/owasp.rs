//! The OWASP Kubernetes Top Ten, both editions.

use super::data::{Framework, Group, controls};

/// Edition of 2022.
pub static OWASP_2022: Framework = Framework {
    id: "owasp-k8s-2022",
    title: "OWASP Kubernetes Top Ten",
    version: "2022",
    source: "The OWASP Foundation.",
    groups: &[Group {
        id: "2022",
        title: "Risks of 2022",
        controls: controls! {
            Files "K01" "Insecure workload configurations", "pod templates and their containers";
            Files "K02" "Supply chain vulnerabilities", "image references and Dockerfiles; known vulnerabilities need the image itself";
            Files "K03" "Overly permissive access rights (RBAC)", "Roles, ClusterRoles and their bindings";
            Files "K04" "No central enforcement of policy", "Pod Security labels, admission configuration and policy objects";
            Files "K05" "Inadequate logging and monitoring", "audit policy and API server flags; the logs themselves at run time";
            Files "K06" "Broken authentication", "component flags, service-account tokens";
            Files "K07" "No segmentation of the network", "NetworkPolicies against the namespaces with workloads";
            Files "K08" "Failures in handling secrets", "Secrets, environment, ConfigMaps, encryption configuration";
            Files "K09" "Misconfigured cluster components", "component flags and configuration files";
            Files "K10" "Outdated and vulnerable Kubernetes components", "API versions and component images; patch levels show on the live cluster";
        },
    }],
};

/// Edition of 2025.
pub static OWASP_2025: Framework = Framework {
    id: "owasp-k8s-2025",
    title: "OWASP Kubernetes Top Ten",
    version: "2025",
    source: "The OWASP Foundation.",
    groups: &[Group {
        id: "2025",
        title: "Risks of 2025",
        controls: controls! {
            Files "K01" "Insecure workload configurations", "pod templates and their containers";
            Files "K02" "Overly permissive authorization", "Roles, ClusterRoles, bindings and authorization flags";
            Files "K03" "Failures in handling secrets", "Secrets, environment, ConfigMaps, encryption configuration";
            Files "K04" "No policy enforced over the whole cluster", "Pod Security labels, admission configuration and policy objects";
            Files "K05" "No segmentation of the network", "NetworkPolicies against the namespaces with workloads";
            Files "K06" "Kubernetes components exposed too widely", "Services, Ingresses, bind addresses of components";
            Files "K07" "Misconfigured or vulnerable cluster components", "component flags, configuration files and images";
            Files "K08" "Moving on from the cluster into the cloud account", "access to instance metadata, cloud credentials and role annotations";
            Files "K09" "Broken authentication", "component flags, service-account tokens";
            Files "K10" "Inadequate logging and monitoring", "audit policy and API server flags; the logs themselves at run time";
        },
    }],
};
