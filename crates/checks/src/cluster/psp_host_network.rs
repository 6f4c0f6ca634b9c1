//! PodSecurityPolicy allows the network of the host.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A PodSecurityPolicy is what pods may ask for. With `hostNetwork: true` it lets every pod that may use the
    /// policy do so.
    ///
    /// ## How to fix
    /// Set `hostNetwork` to false, and move to Pod Security Admission: PodSecurityPolicy was removed in
    /// Kubernetes 1.25.
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
    ///   hostNetwork: true
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
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
    ///   allowPrivilegeEscalation: false
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "psp-host-network",
        title: "PodSecurityPolicy allows the network of the host",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "network policies do not hold for such a pod, and local services are open to it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.5",
            "pss:baseline/hostNamespaces",
        ],
        remediation: "Set `hostNetwork` to false, and move to Pod Security Admission: PodSecurityPolicy was removed in Kubernetes 1.25.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_4"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodSecurityPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = object.spec().get("hostNetwork");
    let place = out.met(value.bool(), |on| on);
    if let Some(place) = place {
        out.fail(place, format!("policy `{}` allows the network of the host", object.name()))
            .key("hostNetwork");
    }
}
