//! Memory limit is missing.

use crate::support::resources::{self, Bound};
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without a limit a container may take all memory of its node: a leak, or an attacker who provokes one, makes the kernel kill the neighbours.
    ///
    /// ## How to fix
    /// Measure what the container uses and set `resources.limits.memory`, for the container, for the pod (Kubernetes 1.34
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
    ///         requests: {memory: 512Mi}
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
    ///         limits: {memory: 0}
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
    ///       resources: {limits: {memory: 512Mi}, requests: {memory: 512Mi}}
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
    ///         limits: {memory: 512Mi}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources:
    ///     limits: {memory: 512Mi}
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
    ///       default: {memory: 512Mi}
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
    ///       resources: {limits: {memory: 512Mi}, requests: {memory: 512Mi}}
    ///   ephemeralContainers:
    ///     - {name: debug, image: "example.com/debug:1.0"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "memory-limit-missing",
        title: "Memory limit is missing",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "a container that leaks or is attacked can starve its whole node of memory, but \
                      it gains no access by that",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-4",
            "practices:K8S-5",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:network/resource-limits",
        ],
        remediation: "Set `resources.limits.memory` to what the container needs under load, or a \
                      default in a LimitRange of the namespace.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_13",
            "trivy:KSV-0018",
            "kube-linter:unset-memory-requirements",
            "kube-score:container-resources",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    resources::judge_missing(container, "memory", Bound::Limit, cx, out);
}
