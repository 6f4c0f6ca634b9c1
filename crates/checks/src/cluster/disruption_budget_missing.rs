//! No PodDisruptionBudget guards the replicas.

use crate::support::{budgets, workload};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val};

check::docs! {
    /// When nodes are drained for an upgrade, pods are evicted as fast as budgets allow. Without one all replicas may go
    /// at once. Only controllers of two or more pods are looked at.
    ///
    /// ## How to fix
    /// Add a PodDisruptionBudget with `maxUnavailable: 1` that selects the pods.
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
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db, namespace: shop}
    /// spec:
    ///   replicas: 3
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ---
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: db, namespace: other}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: db}}
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
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ---
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector:
    ///     matchExpressions: [{key: app, operator: In, values: [web, api]}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "disruption-budget-missing",
        title: "No PodDisruptionBudget guards the replicas",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "an upgrade of the nodes may take down all replicas at once, which careful \
                      operators avoid by hand",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add a PodDisruptionBudget that selects the pods, with `maxUnavailable: 1` for \
                      most.",
        since: "0.1.0",
        aliases: &[
            "kube-score:deployment-has-poddisruptionbudget",
            "kube-score:statefulset-has-poddisruptionbudget",
        ],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["PodDisruptionBudget"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    for pod in cx.inventory.pods() {
        let owner = &pod.owner;
        if !owner.is_any(&["Deployment", "StatefulSet", "Rollout.argoproj.io"]) {
            continue;
        }
        out.subject(owner.id());
        if workload::note_patch(owner, out) {
            continue;
        }
        if let Val::Unknown(why, place) = workload::replicas(owner) {
            out.unknown(place, why);
            continue;
        }
        let many = budgets::fewest_pods(cx, owner).is_some_and(|count| count > 1);
        if many && budgets::guarding(cx, pod).next().is_none() {
            out.fail(
                owner,
                format!("no PodDisruptionBudget guards the pods of {} `{}`", owner.kind, owner.name()),
            );
        }
    }
}
