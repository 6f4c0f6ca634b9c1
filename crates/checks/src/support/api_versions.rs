//! When Kubernetes began to warn of an API version, and when it stopped serving it.
//!
//! From the deprecated API migration guide and the lifecycle markers of the API types. A beta version without
//! markers of its own is deprecated three releases and gone six releases after it came.

use check::KubeVersion;

/// An API version of some kinds that is on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retired {
    /// `group/version`, or the version alone for the core group.
    pub api_version: &'static str,
    /// The kinds; empty for every kind of that version that no other row names.
    pub kinds: &'static [&'static str],
    /// Minor version that first warned of it.
    pub deprecated: u32,
    /// Minor version that first did not serve it; `None` where no end is set.
    pub removed: Option<u32>,
    /// What to use instead; empty if there is nothing.
    pub replacement: &'static str,
    /// Minor version that first served the replacement.
    pub since: u32,
    /// What has to change beside the `apiVersion`; empty if nothing has.
    pub changes: &'static str,
}

const fn row(
    api_version: &'static str,
    kinds: &'static [&'static str],
    deprecated: u32,
    removed: u32,
    replacement: &'static str,
    since: u32,
    changes: &'static str,
) -> Retired {
    Retired { api_version, kinds, deprecated, removed: Some(removed), replacement, since, changes }
}

const SELECTOR: &str =
    "`spec.selector` must be written and equal the labels of the template, and defaults differ";
const INGRESS: &str =
    "backends are written as `service.name` and `service.port`, and every path needs a `pathType`";
const WEBHOOK: &str = "`sideEffects` and `admissionReviewVersions` must be written, and the defaults of `failurePolicy`, \
                       `matchPolicy` and `timeoutSeconds` differ";
const CRD: &str = "schemas must be structural, and several fields move into `spec.versions`";
const CSR: &str = "`spec.signerName` and `spec.usages` must be written";
const FLOW: &str = "`assuredConcurrencyShares` is called `nominalConcurrencyShares`";
const HPA: &str = "`targetAverageUtilization` is written as `target.averageUtilization` with a type";
const PDB: &str = "an empty `spec.selector` selects every pod of the namespace and no longer none";
const GONE: &str = "";

/// The table, by group.
pub static RETIRED: &[Retired] = &[
    row("extensions/v1beta1", &["Deployment"], 9, 16, "apps/v1", 9, SELECTOR),
    row("extensions/v1beta1", &["DaemonSet"], 9, 16, "apps/v1", 9, SELECTOR),
    row("extensions/v1beta1", &["ReplicaSet"], 9, 16, "apps/v1", 9, SELECTOR),
    row("extensions/v1beta1", &["Ingress"], 14, 22, "networking.k8s.io/v1", 19, INGRESS),
    row("extensions/v1beta1", &["NetworkPolicy"], 9, 16, "networking.k8s.io/v1", 8, ""),
    row("extensions/v1beta1", &["PodSecurityPolicy"], 10, 16, "policy/v1beta1", 10, ""),
    row("extensions/v1beta1", &[], 9, 16, "", 0, GONE),
    row("apps/v1beta1", &["Deployment", "StatefulSet"], 9, 16, "apps/v1", 9, SELECTOR),
    row("apps/v1beta1", &["ControllerRevision"], 9, 16, "apps/v1", 9, ""),
    row("apps/v1beta1", &[], 9, 16, "apps/v1", 9, ""),
    row("apps/v1beta2", &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"], 9, 16, "apps/v1", 9, ""),
    row("apps/v1beta2", &[], 9, 16, "apps/v1", 9, ""),
    row(
        "admissionregistration.k8s.io/v1beta1",
        &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
        16,
        22,
        "admissionregistration.k8s.io/v1",
        16,
        WEBHOOK,
    ),
    row(
        "admissionregistration.k8s.io/v1beta1",
        &["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
        31,
        34,
        "admissionregistration.k8s.io/v1",
        30,
        "",
    ),
    row(
        "admissionregistration.k8s.io/v1beta1",
        &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
        37,
        40,
        "admissionregistration.k8s.io/v1",
        36,
        "",
    ),
    row(
        "apiextensions.k8s.io/v1beta1",
        &["CustomResourceDefinition"],
        16,
        22,
        "apiextensions.k8s.io/v1",
        16,
        CRD,
    ),
    row("apiregistration.k8s.io/v1beta1", &["APIService"], 19, 22, "apiregistration.k8s.io/v1", 10, ""),
    row("authentication.k8s.io/v1beta1", &["TokenReview"], 19, 22, "authentication.k8s.io/v1", 6, ""),
    row("authentication.k8s.io/v1beta1", &["SelfSubjectReview"], 30, 33, "authentication.k8s.io/v1", 28, ""),
    row(
        "authorization.k8s.io/v1beta1",
        &[
            "SubjectAccessReview",
            "LocalSubjectAccessReview",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
        ],
        19,
        22,
        "authorization.k8s.io/v1",
        6,
        "`spec.group` is called `spec.groups`",
    ),
    row("autoscaling/v2beta1", &["HorizontalPodAutoscaler"], 22, 25, "autoscaling/v2", 23, HPA),
    row("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], 23, 26, "autoscaling/v2", 23, ""),
    row("batch/v1beta1", &["CronJob"], 21, 25, "batch/v1", 21, ""),
    row("batch/v2alpha1", &["CronJob"], 21, 21, "batch/v1", 21, ""),
    row(
        "certificates.k8s.io/v1beta1",
        &["CertificateSigningRequest"],
        19,
        22,
        "certificates.k8s.io/v1",
        19,
        CSR,
    ),
    row("certificates.k8s.io/v1beta1", &["ClusterTrustBundle"], 36, 39, "", 0, GONE),
    row("coordination.k8s.io/v1beta1", &["Lease"], 19, 22, "coordination.k8s.io/v1", 14, ""),
    row("coordination.k8s.io/v1beta1", &["LeaseCandidate"], 36, 39, "", 0, GONE),
    row(
        "discovery.k8s.io/v1beta1",
        &["EndpointSlice"],
        21,
        25,
        "discovery.k8s.io/v1",
        21,
        "`topology` becomes `nodeName` and `zone`",
    ),
    row(
        "events.k8s.io/v1beta1",
        &["Event"],
        19,
        25,
        "events.k8s.io/v1",
        19,
        "several fields are required, others renamed with `deprecated`",
    ),
    row(
        "flowcontrol.apiserver.k8s.io/v1alpha1",
        &["FlowSchema", "PriorityLevelConfiguration"],
        20,
        21,
        "flowcontrol.apiserver.k8s.io/v1",
        29,
        FLOW,
    ),
    row(
        "flowcontrol.apiserver.k8s.io/v1beta1",
        &["FlowSchema", "PriorityLevelConfiguration"],
        23,
        26,
        "flowcontrol.apiserver.k8s.io/v1",
        29,
        FLOW,
    ),
    row(
        "flowcontrol.apiserver.k8s.io/v1beta2",
        &["FlowSchema", "PriorityLevelConfiguration"],
        26,
        29,
        "flowcontrol.apiserver.k8s.io/v1",
        29,
        FLOW,
    ),
    row(
        "flowcontrol.apiserver.k8s.io/v1beta3",
        &["FlowSchema"],
        29,
        32,
        "flowcontrol.apiserver.k8s.io/v1",
        29,
        "",
    ),
    row(
        "flowcontrol.apiserver.k8s.io/v1beta3",
        &["PriorityLevelConfiguration"],
        29,
        32,
        "flowcontrol.apiserver.k8s.io/v1",
        29,
        "an explicit `nominalConcurrencyShares: 0` is no longer changed to 30",
    ),
    row("networking.k8s.io/v1beta1", &["Ingress"], 19, 22, "networking.k8s.io/v1", 19, INGRESS),
    row("networking.k8s.io/v1beta1", &["IngressClass"], 19, 22, "networking.k8s.io/v1", 19, ""),
    row("networking.k8s.io/v1beta1", &["IPAddress", "ServiceCIDR"], 34, 37, "networking.k8s.io/v1", 33, ""),
    row("node.k8s.io/v1beta1", &["RuntimeClass"], 22, 25, "node.k8s.io/v1", 20, ""),
    row(
        "node.k8s.io/v1alpha1",
        &["RuntimeClass"],
        20,
        24,
        "node.k8s.io/v1",
        20,
        "`spec.runtimeHandler` is called `handler`",
    ),
    row("policy/v1beta1", &["PodDisruptionBudget"], 21, 25, "policy/v1", 21, PDB),
    row(
        "policy/v1beta1",
        &["PodSecurityPolicy"],
        21,
        25,
        "",
        0,
        "the kind is gone; use Pod Security Admission or an admission policy",
    ),
    row("policy/v1beta1", &["Eviction"], 22, 25, "policy/v1", 22, ""),
    row(
        "rbac.authorization.k8s.io/v1beta1",
        &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
        17,
        22,
        "rbac.authorization.k8s.io/v1",
        8,
        "",
    ),
    row(
        "rbac.authorization.k8s.io/v1alpha1",
        &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
        17,
        23,
        "rbac.authorization.k8s.io/v1",
        8,
        "the `apiVersion` of subjects is their `apiGroup`",
    ),
    row("resource.k8s.io/v1alpha2", &[], 30, 31, "resource.k8s.io/v1", 34, "the whole schema differs"),
    row(
        "resource.k8s.io/v1alpha3",
        &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"],
        32,
        34,
        "resource.k8s.io/v1",
        34,
        "requests are written below `exactly`",
    ),
    row(
        "resource.k8s.io/v1beta1",
        &[],
        35,
        38,
        "resource.k8s.io/v1",
        34,
        "requests are written below `exactly`",
    ),
    row("resource.k8s.io/v1beta2", &[], 36, 39, "resource.k8s.io/v1", 34, ""),
    row("scheduling.k8s.io/v1beta1", &["PriorityClass"], 14, 22, "scheduling.k8s.io/v1", 14, ""),
    row("scheduling.k8s.io/v1alpha1", &["PriorityClass"], 14, 23, "scheduling.k8s.io/v1", 14, ""),
    row(
        "settings.k8s.io/v1alpha1",
        &["PodPreset"],
        19,
        20,
        "",
        0,
        "the kind is gone; use an admission webhook",
    ),
    row(
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "StorageClass", "VolumeAttachment"],
        19,
        22,
        "storage.k8s.io/v1",
        19,
        "",
    ),
    row("storage.k8s.io/v1beta1", &["CSINode"], 17, 22, "storage.k8s.io/v1", 17, ""),
    row("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], 24, 27, "storage.k8s.io/v1", 24, ""),
    row("storage.k8s.io/v1beta1", &["VolumeAttributesClass"], 34, 37, "storage.k8s.io/v1", 34, ""),
    row("storage.k8s.io/v1alpha1", &["VolumeAttachment"], 19, 24, "storage.k8s.io/v1", 13, ""),
    row("storage.k8s.io/v1alpha1", &["CSIStorageCapacity"], 21, 24, "storage.k8s.io/v1", 24, ""),
    row(
        "auditregistration.k8s.io/v1alpha1",
        &["AuditSink"],
        19,
        19,
        "",
        0,
        "the kind is gone; use the audit webhook of the API server",
    ),
    row(
        "kubelet.config.k8s.io/v1alpha1",
        &["KubeletConfiguration"],
        10,
        11,
        "kubelet.config.k8s.io/v1beta1",
        10,
        "fields of the alpha version differ",
    ),
    row(
        "kubescheduler.config.k8s.io/v1alpha1",
        &["KubeSchedulerConfiguration"],
        18,
        19,
        "kubescheduler.config.k8s.io/v1",
        25,
        "plug-ins are configured in profiles",
    ),
    row(
        "kubescheduler.config.k8s.io/v1alpha2",
        &["KubeSchedulerConfiguration"],
        19,
        20,
        "kubescheduler.config.k8s.io/v1",
        25,
        "plug-ins have moved",
    ),
    row(
        "kubescheduler.config.k8s.io/v1beta1",
        &["KubeSchedulerConfiguration"],
        21,
        23,
        "kubescheduler.config.k8s.io/v1",
        25,
        "plug-ins have moved",
    ),
    row(
        "kubescheduler.config.k8s.io/v1beta2",
        &["KubeSchedulerConfiguration"],
        23,
        28,
        "kubescheduler.config.k8s.io/v1",
        25,
        "plug-ins have moved",
    ),
    row(
        "kubescheduler.config.k8s.io/v1beta3",
        &["KubeSchedulerConfiguration"],
        26,
        29,
        "kubescheduler.config.k8s.io/v1",
        25,
        "",
    ),
    row(
        "kubeadm.k8s.io/v1alpha3",
        &[],
        13,
        14,
        "kubeadm.k8s.io/v1beta4",
        31,
        "`kubeadm config migrate` converts the file",
    ),
    row(
        "kubeadm.k8s.io/v1beta1",
        &[],
        15,
        20,
        "kubeadm.k8s.io/v1beta4",
        31,
        "`kubeadm config migrate` converts the file",
    ),
    row(
        "kubeadm.k8s.io/v1beta2",
        &[],
        22,
        27,
        "kubeadm.k8s.io/v1beta4",
        31,
        "`kubeadm config migrate` converts the file",
    ),
    Retired {
        api_version: "kubeadm.k8s.io/v1beta3",
        kinds: &[],
        deprecated: 31,
        removed: None,
        replacement: "kubeadm.k8s.io/v1beta4",
        since: 31,
        changes: "extra arguments are lists of names and values; `kubeadm config migrate` converts the file",
    },
    row("audit.k8s.io/v1beta1", &["Policy", "Event"], 21, 24, "audit.k8s.io/v1", 12, ""),
    row("audit.k8s.io/v1alpha1", &["Policy", "Event"], 21, 24, "audit.k8s.io/v1", 12, ""),
    row(
        "apiserver.k8s.io/v1alpha1",
        &["EgressSelectorConfiguration"],
        20,
        31,
        "apiserver.k8s.io/v1beta1",
        18,
        "",
    ),
    Retired {
        api_version: "v1",
        kinds: &["Endpoints"],
        deprecated: 33,
        removed: None,
        replacement: "discovery.k8s.io/v1",
        since: 21,
        changes: "the kind is EndpointSlice, one per address family",
    },
    Retired {
        api_version: "v1",
        kinds: &["ComponentStatus"],
        deprecated: 19,
        removed: None,
        replacement: "",
        since: 0,
        changes: "ask the health endpoints of the components",
    },
];

/// The row for an API version and kind, if it is on its way out.
pub fn retired(api_version: &str, kind: &str) -> Option<&'static Retired> {
    let rows = || RETIRED.iter().filter(|r| r.api_version == api_version);
    rows().find(|r| r.kinds.contains(&kind)).or_else(|| rows().find(|r| r.kinds.is_empty()))
}

impl Retired {
    /// True if this Kubernetes version does not serve it.
    pub fn is_removed(&self, version: KubeVersion) -> bool {
        self.removed.is_some_and(|removed| version.minor >= removed)
    }

    /// True if this Kubernetes version serves it with a warning.
    pub fn is_deprecated(&self, version: KubeVersion) -> bool {
        version.minor >= self.deprecated && !self.is_removed(version)
    }

    /// True if exchanging the `apiVersion` is all there is to do, and this version serves the replacement.
    pub fn is_mere_rename(&self, version: KubeVersion) -> bool {
        !self.replacement.is_empty() && self.changes.is_empty() && version.minor >= self.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sound() {
        for row in RETIRED {
            assert!(row.removed.is_none_or(|r| r >= row.deprecated), "{row:?}");
            assert!(row.replacement.is_empty() == (row.since == 0), "{row:?}");
            for kind in row.kinds {
                let same =
                    RETIRED.iter().filter(|r| r.api_version == row.api_version && r.kinds.contains(kind));
                assert_eq!(same.count(), 1, "{row:?}");
            }
        }
    }

    #[test]
    fn looks_up() {
        let version = |minor| KubeVersion { minor };
        let ingress = retired("extensions/v1beta1", "Ingress").unwrap();
        assert!(ingress.is_deprecated(version(21)) && ingress.is_removed(version(22)));
        assert!(!ingress.is_deprecated(version(13)));
        assert!(retired("batch/v1beta1", "CronJob").unwrap().is_mere_rename(version(25)));
        assert!(!retired("policy/v1beta1", "PodDisruptionBudget").unwrap().is_mere_rename(version(25)));
        assert!(retired("extensions/v1beta1", "Scale").is_some());
        assert!(retired("apps/v1", "Deployment").is_none());
        assert!(retired("v1", "Pod").is_none());
    }
}
