//! PodSecurityPolicy allows root.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Unless `runAsUser.rule` is `MustRunAsNonRoot`, or `MustRunAs` with user ids above 0, pods under the policy
    /// may run as root.
    ///
    /// ## How to fix
    /// Set `runAsUser.rule` to `MustRunAsNonRoot`, and move to Pod Security Admission.
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
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: RunAsAny}
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
    ///   runAsUser: {rule: MustRunAs, ranges: [{min: 0, max: 65535}]}
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
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "psp-run-as-root",
        title: "PodSecurityPolicy allows root",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a way out of the container then starts with root",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.7",
            "pss:restricted/runAsNonRoot",
        ],
        remediation: "Set `runAsUser.rule` to `MustRunAsNonRoot`, and move to Pod Security Admission.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_6"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodSecurityPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let user = object.spec().get("runAsUser");
    let ranges_above_root = || {
        let ranges = user.get("ranges");
        !ranges.is_empty() && ranges.items().all(|range| range.get("min").as_int().is_some_and(|min| min > 0))
    };
    let good = |rule: &str| rule == "MustRunAsNonRoot" || (rule == "MustRunAs" && ranges_above_root());
    if let Some(place) = out.unmet(user.get("rule").name(), good) {
        out.fail(place, format!("policy `{}` lets containers run as root", object.name())).key("runAsUser");
    }
}
