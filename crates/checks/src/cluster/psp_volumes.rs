//! PodSecurityPolicy allows any volume.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `volumes: ["*"]` or `hostPath` and no list of allowed paths a pod may mount the root of the node.
    ///
    /// ## How to fix
    /// List the kinds of volumes that are needed, without `hostPath`, and move to Pod Security Admission.
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
    ///   volumes: ["*"]
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
    ///   volumes: [hostPath, configMap, secret, emptyDir, projected, persistentVolumeClaim]
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
    ///   requiredDropCapabilities: [ALL]
    ///   volumes: [hostPath, configMap, secret, emptyDir, projected, persistentVolumeClaim]
    ///   runAsUser: {rule: MustRunAsNonRoot}
    ///   seLinux: {rule: RunAsAny}
    ///   fsGroup: {rule: RunAsAny}
    ///   supplementalGroups: {rule: RunAsAny}
    ///   allowedHostPaths: [{pathPrefix: /var/log, readOnly: true}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "psp-volumes",
        title: "PodSecurityPolicy allows any volume",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a host path gives the files of the node to the pod",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.11",
            "pss:baseline/hostPathVolumes",
            "pss:restricted/restrictedVolumes",
        ],
        remediation: "List the kinds of volumes that are needed, without `hostPath`, and move to Pod Security Admission.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodSecurityPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let volumes = object.spec().get("volumes");
    let narrowed = !object.spec().get("allowedHostPaths").is_empty();
    let open = volumes.items().find(|v| matches!(v.scalar(), Some("*" | "hostPath")));
    if let Some(place) = open.filter(|_| !narrowed) {
        out.fail(place, format!("policy `{}` lets pods mount paths of the host", object.name()))
            .key("volumes");
    }
}
