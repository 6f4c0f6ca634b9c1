//! Workloads of users in the namespace of the system.

use crate::support::pod_security::is_partial;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `kube-system` is for what Kubernetes itself runs. It is exempt from most policies, its service accounts and
    /// Secrets are worth most, and whoever may work in it reaches them all; so nothing else belongs there.
    ///
    /// Components of the system pass: pods of the priority classes `system-cluster-critical` and `system-node-
    /// critical`, and those with the labels that addons and control planes have (`k8s-app`, `component`, `tier`,
    /// `kubernetes.io/cluster-service`, `addonmanager.kubernetes.io/mode`).
    ///
    /// ## How to fix
    /// Move the workload to a namespace of its own.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: kube-system
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: kube-system}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: kube-system
    /// spec:
    ///   priorityClassName: high
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: kube-system
    /// spec:
    ///   priorityClassName: system-node-critical
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: kube-system
    ///   labels: {k8s-app: kube-dns}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: kube-system
    ///   labels: {component: etcd, tier: control-plane}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: kube-system, labels: {addonmanager.kubernetes.io/mode: Reconcile}}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kube-system-workload",
        title: "Workload stands in kube-system",
        area: Area::Cluster,
        topic: "namespace",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "it is a matter of order first, but policies often leave this namespace out",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:5.6.1", "owasp-k8s-2022:K04", "owasp-k8s-2025:K04"],
        remediation: "Move the workload to a namespace of its own; keep `kube-system` for components of the cluster.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0037"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Labels that addons and components of the control plane have.
const LABELS: &[&str] =
    &["k8s-app", "component", "tier", "kubernetes.io/cluster-service", "addonmanager.kubernetes.io/mode"];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if !pod.is_system() || is_component(pod) || is_partial(pod, out) {
        return;
    }
    let place = pod.owner.metadata().get("namespace");
    out.fail(
        place,
        format!("{} `{}` stands in the namespace of the system", pod.owner.kind, pod.owner.name()),
    );
}

/// True for what seems to belong to the cluster itself.
fn is_component(pod: &Pod<'_>) -> bool {
    let class = pod.spec().get("priorityClassName").scalar().unwrap_or("");
    class.starts_with("system-")
        || [pod.labels(), pod.owner.labels()]
            .iter()
            .any(|labels| LABELS.iter().any(|label| labels.get(label).is_set()))
}
