//! Containers that are told to run as root.

use crate::support::pod_security::{in_user_namespace, scopes};
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `runAsUser: 0` runs the container as root even if the image names another user.
    ///
    /// The Pod Security Standard *restricted* (runAsUser, from v1.23 on) forbids 0, for the pod and for each
    /// container. From v1.35 on pods in a user namespace of their own (`hostUsers: false`), where 0 is nobody on
    /// the node, are free of it.
    ///
    /// ## How to fix
    /// Use a user that exists in the image, or any number such as 10001 if the program does not mind. Give the
    /// files it writes to that user (`fsGroup`).
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsUser: 0
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsUser: 1000
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
    /// ```yaml pss=v1.23
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
    /// ```yaml pss=v1.34
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsUser: 0
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 1000
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsUser: 1000
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsUser: null}
    /// ```
    /// ```yaml pss=v1.22
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
    /// ```yaml pss=v1.35
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsUser: 0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "run-as-root-user",
        title: "Container is told to run as root",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "root in a container is root on the node once a kernel or runtime flaw, or a careless mount, opens the way",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/runAsUser",
            "practices:IMG-2",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/non-root",
            "cis-k8s:5.2.7",
        ],
        remediation: "Set `runAsUser` to a number above 0, or remove it and set `runAsNonRoot: true`.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0105"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 23;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) || in_user_namespace(pod, cx, out) != Some(false) {
        return;
    }
    for scope in scopes(pod, out) {
        if let Some(place) = out.met(scope.context.get("runAsUser").int(), |id| id == 0) {
            let label = scope.label();
            out.fail(place, format!("{label} sets `runAsUser: 0`, which is root"));
        }
    }
}
