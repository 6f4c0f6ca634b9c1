//! Only one replica.

use crate::support::workload;
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With one replica every drain of its node, every crash and every eviction is an outage until the next pod is ready.
    /// Deployments that must not run twice say so with the strategy `Recreate` or a `ReadWriteOncePod` claim of their own,
    /// and are left alone; so are those scaled by an autoscaler, and those set to zero.
    ///
    /// ## How to fix
    /// Run two or more, on different nodes.
    ///
    /// ## Fails
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
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///   strategy: {type: Recreate}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
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
    ///   minReplicas: 2
    ///   maxReplicas: 5
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 0
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "single-replica",
        title: "Only one replica",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "every node drain and crash is an outage, but a short one",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `spec.replicas` to at least two, or scale with a HorizontalPodAutoscaler \
                      of at least two; where only one may run, use the Recreate strategy and say so \
                      in an exception.",
        since: "0.1.0",
        aliases: &["kube-linter:minimum-three-replicas", "kube-score:deployment-replicas"],
        docs: DOCS,
    },
    subject: Subject::Object(
        &["Deployment", "ReplicaSet", "ReplicationController", "Rollout.argoproj.io"],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !object.spec().get("replicas").is_set() && workload::note_patch(object, out) {
        return;
    }
    let alone = object.spec().at("strategy.type").is("Recreate");
    if alone || workload::autoscalers(cx.inventory, object).next().is_some() {
        return;
    }
    if let Some(place) = out.met(workload::replicas(object), |count| count == 1) {
        let how =
            if place.exists() { "is set to one replica" } else { "has one replica, for lack of `replicas`" };
        out.fail(place, format!("{} `{}` {how}", object.kind, object.name()))
            .fix(Plan::risky("set `replicas` to 2").set(object.root, &["spec", "replicas"], 2));
    }
}
