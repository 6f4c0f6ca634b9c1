//! Replicas are set beside an autoscaler.

use crate::support::workload;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A workload with an autoscaler must not write `spec.replicas` as well: each `kubectl apply` sets the number back,
    /// and pods that are needed are ended until the autoscaler starts them anew.
    ///
    /// ## How to fix
    /// Remove `spec.replicas`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 5
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 5
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
        id: "autoscaler-fights-replicas",
        title: "Replicas are set beside an autoscaler",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "each time the manifest is applied the workload shrinks to the written number, \
                      under load too",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove `spec.replicas` from the workload, and leave the number to the \
                      autoscaler.",
        since: "0.1.0",
        aliases: &["kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["HorizontalPodAutoscaler"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    for object in cx.inventory.objects().iter().filter(|o| o.is_any(workload::REPLICATED)) {
        out.subject(object.id());
        let replicas = object.spec().get("replicas");
        if replicas.is_set()
            && let Some(scaler) = workload::autoscalers(cx.inventory, object).next()
        {
            out.fail(
                replicas,
                format!("`replicas` of {} `{}` fights its autoscaler", object.kind, object.name()),
            )
            .related(scaler, "the autoscaler")
            .fix(Plan::safe("leave the number to the autoscaler").remove(replicas));
        }
    }
}
