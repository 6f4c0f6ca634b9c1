//! Limit for ephemeral storage is missing.

use crate::support::resources::{self, Bound};
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Logs, the writable layer and `emptyDir` volumes share the disk of the node. A container without a limit can fill it, and then the kubelet evicts its neighbours as well.
    ///
    /// ## How to fix
    /// Measure what the container uses and set `resources.limits.ephemeral-storage`, for the container, for the pod (Kubernetes 1.34
    /// and later), or as a default by a LimitRange in its namespace. Zero counts as nothing.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources:
    ///         requests: {ephemeral-storage: 1Gi}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources:
    ///         limits: {ephemeral-storage: 0}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - {name: setup, image: "example.com/setup:1.0"}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {ephemeral-storage: 1Gi}, requests: {ephemeral-storage: 1Gi}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources:
    ///         limits: {ephemeral-storage: 1Gi}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources:
    ///     limits: {ephemeral-storage: 1Gi}
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: defaults, namespace: shop}
    /// spec:
    ///   limits:
    ///     - type: Container
    ///       default: {ephemeral-storage: 1Gi}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {ephemeral-storage: 1Gi}, requests: {ephemeral-storage: 1Gi}}
    ///   ephemeralContainers:
    ///     - {name: debug, image: "example.com/debug:1.0"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ephemeral-storage-limit-missing",
        title: "Limit for ephemeral storage is missing",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a container that fills the disk has every pod of the node evicted, but that \
                      takes a lot of writing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-4",
            "practices:K8S-5",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:network/resource-limits",
        ],
        remediation: "Set `resources.limits.ephemeral-storage` to what the container needs under \
                      load, or a default in a LimitRange of the namespace.",
        since: "0.1.0",
        aliases: &["kube-score:container-ephemeral-storage-request-and-limit"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    resources::judge_missing(container, "ephemeral-storage", Bound::Limit, cx, out);
}
