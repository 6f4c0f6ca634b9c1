//! Workload has none of the recommended labels.

use crate::support::workload;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Tools find what belongs together by the labels that Kubernetes recommends. An `app` or `k8s-app` label of the old
    /// kind counts too.
    ///
    /// ## How to fix
    /// Add `app.kubernetes.io/name` to the object and to its pods.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {team: a}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app.kubernetes.io/name: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
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
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "recommended-labels-missing",
        title: "Workload has none of the recommended labels",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "labels only help people and tools to find what belongs together",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add `app.kubernetes.io/name`, and `instance`, `version`, `component`, \
                      `part-of`, `managed-by` as far as they mean something.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"], judge),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let named = |labels: Node<'a>| {
        labels.entries().any(|(key, _)| {
            key.starts_with("app.kubernetes.io/") || matches!(key, "app" | "k8s-app" | "name")
        })
    };
    if workload::is_patch(object) {
        workload::note_patch(object, out);
    } else if !named(object.labels()) && !cx.inventory.pods_of(object).iter().any(|pod| named(pod.labels())) {
        out.fail(object, format!("{} `{}` has none of the recommended labels", object.kind, object.name()));
    }
}
