//! Liveness probe is missing.

use crate::support::workload;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Kubernetes restarts a process that ends. A process that hangs, in a deadlock for instance, is noticed only by a
    /// liveness probe.
    ///
    /// ## How to fix
    /// Add a `livenessProbe` on something cheap that does not depend on other services.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - {name: web, image: "example.com/web:1.0"}
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
    ///       readinessProbe: {httpGet: {path: /, port: 8080}}
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
    ///       livenessProbe: null
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
    ///       livenessProbe: {}
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
    ///       livenessProbe: {httpGet: {path: /live, port: 8080}}
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
    ///       livenessProbe: {grpc: {port: 9000}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: once}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: OnFailure
    ///       containers: [{name: once, image: "example.com/once:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///   containers:
    ///     - {name: once, image: "example.com/once:1.0"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - {name: setup, image: "example.com/setup:1.0"}
    ///     - {name: proxy, image: "example.com/proxy:1.0", restartPolicy: Always}
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0", livenessProbe: {exec: {command: [check]}}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "liveness-probe-missing",
        title: "Liveness probe is missing",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a process that hangs keeps its place until somebody notices; one that crashes \
                      is restarted anyway",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add a `livenessProbe` that fails only when a restart would help, such as a \
                      plain HTTP endpoint that does not ask other services.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_8", "kube-linter:no-liveness-probe", "kube-score:pod-probes"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if workload::is_probed(container)
        && container.node.get("livenessProbe").is_empty()
        && !workload::note_patch(&container.pod.owner, out)
    {
        out.fail(container.node.get("livenessProbe"), format!("{} has no liveness probe", container.label()));
    }
}
