//! Selector does not match the labels of the own template.

use crate::support::workload;
use check::kube::select;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// A controller counts the pods its selector finds. If its own pods are not among them, the API server refuses it. In
    /// `apps/v1` the selector must be written.
    ///
    /// ## How to fix
    /// Give selector and template the same labels.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: wbe}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec: {containers: [{name: agent, image: "example.com/agent:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   selector:
    ///     matchExpressions: [{key: app, operator: In, values: [db]}]
    ///   template:
    ///     metadata: {}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ```
    ///
    /// ## Passes
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
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ReplicationController
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   template:
    ///     metadata: {labels: {app: web, tier: front}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ReplicationController
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "selector-mismatch",
        title: "Selector does not match the labels of the own template",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the object, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give `spec.selector.matchLabels` and `spec.template.metadata.labels` the same \
                      pairs.",
        since: "0.1.0",
        aliases: &[
            "kube-linter:mismatching-selector",
            "kube-score:deployment-pod-selector-labels-match-template-metadata-labels",
            "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
        ],
        docs: DOCS,
    },
    subject: Subject::Object(
        &[
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "ReplicationController",
            "Rollout.argoproj.io",
        ],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let selector = object.spec().get("selector");
    let template = object.spec().get("template");
    if !template.is_map() {
        return;
    }
    let labels = template.at("metadata.labels");
    if workload::has_placeholder(selector) || workload::has_placeholder(labels) {
        return out
            .unknown(selector, Why::new(WhyCode::Unresolved, "selector or labels are filled in later"));
    }
    let pairs = object.kind == "ReplicationController";
    if !selector.is_set() || selector.is_empty() {
        // Older API versions took the labels of the template.
        if object.api_version == "apps/v1" && !workload::note_patch(object, out) {
            out.fail(selector, format!("{} `{}` has no selector", object.kind, object.name()));
        }
        return;
    }
    let matched = if pairs { select::equality(selector, labels) } else { select::matches(selector, labels) };
    if !matched {
        out.fail(
            selector,
            format!("the selector of {} `{}` does not match its own pods", object.kind, object.name()),
        )
        .related(labels, "the labels of its pods");
    }
}
