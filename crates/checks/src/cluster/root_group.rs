//! Pods that run with the root group.

use crate::support::pod_security::{in_user_namespace, list, scopes};
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `runAsGroup: 0`, `fsGroup: 0` or 0 among `supplementalGroups` gives the processes the root group. Many
    /// files, in images and on hostPath volumes, can be read or written by that group.
    ///
    /// ## How to fix
    /// Use a group that exists in the image, or any number above 0.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsGroup: 0}
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
    ///       securityContext: {runAsGroup: 0}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {fsGroup: 0}
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
    ///   securityContext: {supplementalGroups: [10, 0]}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
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
    ///   securityContext: {runAsGroup: 1000, fsGroup: 1000, supplementalGroups: [1000]}
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
    ///   securityContext: {runAsGroup: 0}
    ///   hostUsers: false
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
    ///       securityContext: {runAsGroup: null}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "root-group",
        title: "Container is told to run with the root group",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "group 0 owns many files of images and nodes, but gives no power of root by itself",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-2",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/non-root",
        ],
        remediation: "Set `runAsGroup`, `fsGroup` and `supplementalGroups` to numbers above 0.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0116"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if in_user_namespace(pod, cx, out) != Some(false) {
        return;
    }
    for scope in scopes(pod, out) {
        let label = scope.label();
        if let Some(place) = out.met(scope.context.get("runAsGroup").int(), |id| id == 0) {
            out.fail(place, format!("{label} sets `runAsGroup: 0`, the root group"));
        }
        if scope.container.is_some() {
            continue;
        }
        if let Some(place) = out.met(scope.context.get("fsGroup").int(), |id| id == 0) {
            out.fail(place, "`fsGroup: 0` gives the pod's volumes to the root group");
        }
        let Some(groups) = list(scope.context.get("supplementalGroups"), out) else { continue };
        for group in groups.items() {
            if let Some(place) = out.met(group.int(), |id| id == 0) {
                out.fail(place, "`supplementalGroups` contains 0, the root group");
            }
        }
    }
}
