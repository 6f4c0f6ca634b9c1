//! PodSecurityPolicy gives pods no seccomp profile.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A PodSecurityPolicy gives pods that ask for no seccomp profile the one that its annotation
    /// `seccomp.security.alpha.kubernetes.io/defaultProfileName` names. Without it, or with `unconfined`, every
    /// system call of the kernel is open to them.
    ///
    /// ## How to fix
    /// Set the annotation to `runtime/default`, and move to Pod Security Admission: PodSecurityPolicy was removed in
    /// Kubernetes 1.25.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/defaultProfileName: unconfined
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/allowedProfileNames: runtime/default
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/defaultProfileName: ''
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/defaultProfileName: docker/default
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata:
    ///   name: main
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/defaultProfileName: localhost/profile.json
    /// spec:
    ///   privileged: false
    ///   runAsUser: {rule: MustRunAsNonRoot}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "psp-seccomp",
        title: "PodSecurityPolicy gives pods no seccomp profile",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it takes a fault of the kernel to use the system calls that are open",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "practices:RUN-3",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
        ],
        remediation: "Set the annotation `seccomp.security.alpha.kubernetes.io/defaultProfileName` to `runtime/default`, and move to Pod Security Admission.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_32"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodSecurityPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let profile = object.annotations().get("seccomp.security.alpha.kubernetes.io/defaultProfileName");
    let good = |name: &str| !name.is_empty() && name != "unconfined";
    if out.unmet(profile.name(), good).is_none() {
        return;
    }
    let place = if profile.is_set() { profile } else { object.head() };
    out.fail(place, format!("policy `{}` gives pods no seccomp profile by default", object.name()));
}
