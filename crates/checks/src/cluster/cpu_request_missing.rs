//! CPU request is missing.

use crate::support::resources::{self, Bound};
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The scheduler counts a pod without a request as needing nothing, and under load it gets the smallest share of the processor there is. Autoscaling by CPU does not work at all. A limit without a request counts as the request too, as Kubernetes has it.
    ///
    /// ## How to fix
    /// Measure what the container uses and set `resources.requests.cpu`, for the container, for the pod (Kubernetes 1.34
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
    ///         limits: {example.com/gpu: 1}
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
    ///         requests: {cpu: 0}
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
    ///       resources: {limits: {cpu: 100m}, requests: {cpu: 100m}}
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
    ///         requests: {cpu: 100m}
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
    ///         limits: {cpu: 100m}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources:
    ///     requests: {cpu: 100m}
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
    ///       default: {cpu: 100m}
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
    ///       resources: {limits: {cpu: 100m}, requests: {cpu: 100m}}
    ///   ephemeralContainers:
    ///     - {name: debug, image: "example.com/debug:1.0"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cpu-request-missing",
        title: "CPU request is missing",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "under load the container is left with the smallest share of the processor",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-4",
            "practices:K8S-5",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:network/resource-limits",
        ],
        remediation: "Set `resources.requests.cpu` to what the container needs under load, or a \
                      default in a LimitRange of the namespace.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_10",
            "trivy:KSV-0015",
            "kube-linter:unset-cpu-requirements",
            "kube-score:container-resources",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    resources::judge_missing(container, "cpu", Bound::Request, cx, out);
}
