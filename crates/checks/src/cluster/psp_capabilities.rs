//! PodSecurityPolicy keeps or allows capabilities.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A policy should make pods drop all capabilities, or NET_RAW at least, and should not let them add any.
    ///
    /// ## How to fix
    /// Set `requiredDropCapabilities` to `[ALL]` and remove `allowedCapabilities`, and move to Pod Security
    /// Admission.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    ///   allowedCapabilities: ["*"]
    /// ```
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    ///   defaultAddCapabilities: [SYS_ADMIN]
    /// ```
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [KILL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [NET_RAW]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: main}
    /// spec:
    ///   privileged: false
    ///   hostPID: false
    ///   hostIPC: false
    ///   hostNetwork: false
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    ///   allowedCapabilities: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "psp-capabilities",
        title: "PodSecurityPolicy keeps or allows capabilities",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "capabilities such as NET_RAW and SYS_ADMIN are steps out of the container",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.8",
            "cis-k8s:5.2.9",
            "pss:restricted/capabilities_restricted",
        ],
        remediation: "Set `requiredDropCapabilities` to `[ALL]` and remove `allowedCapabilities`, and move to Pod Security Admission.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_7", "checkov:CKV_K8S_24", "checkov:CKV_K8S_36"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodSecurityPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let spec = object.spec();
    let dropped = spec.get("requiredDropCapabilities");
    if !dropped.items().any(|c| matches!(c.scalar(), Some("ALL" | "all" | "NET_RAW"))) {
        let place = if dropped.is_set() { dropped } else { object.head() };
        out.fail(place, format!("policy `{}` does not make containers drop capabilities", object.name()))
            .key("drop");
    }
    for field in ["allowedCapabilities", "defaultAddCapabilities"] {
        let added = spec.get(field);
        if added.items().any(|c| c.scalar() != Some("NET_BIND_SERVICE")) {
            out.fail(added, format!("policy `{}` lets containers add capabilities", object.name()))
                .key(field);
        }
    }
}
