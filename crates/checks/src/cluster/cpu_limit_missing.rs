//! CPU limit is missing.

use crate::support::resources::{self, Bound};
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without a limit a container may use every idle cycle of its node, which is what makes a stolen one worth mining coins with. Teams that rely on requests alone, for good reasons of latency, accept this finding once in their configuration.
    ///
    /// ## How to fix
    /// Measure what the container uses and set `resources.limits.cpu`, for the container, for the pod (Kubernetes 1.34
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
    ///         requests: {cpu: 500m}
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
    ///         limits: {cpu: 0}
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
    ///       resources: {limits: {cpu: 500m}, requests: {cpu: 500m}}
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
    ///         limits: {cpu: 500m}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources:
    ///     limits: {cpu: 500m}
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
    ///       default: {cpu: 500m}
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
    ///       resources: {limits: {cpu: 500m}, requests: {cpu: 500m}}
    ///   ephemeralContainers:
    ///     - {name: debug, image: "example.com/debug:1.0"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cpu-limit-missing",
        title: "CPU limit is missing",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "a busy container, a crypto miner for one, slows its neighbours down, but their \
                      requests still protect them",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-4",
            "practices:K8S-5",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:network/resource-limits",
        ],
        remediation: "Set `resources.limits.cpu` to what the container needs under load, or a \
                      default in a LimitRange of the namespace.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_11",
            "trivy:KSV-0011",
            "kube-linter:unset-cpu-requirements",
            "kube-score:container-resources",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    resources::judge_missing(container, "cpu", Bound::Limit, cx, out);
}
