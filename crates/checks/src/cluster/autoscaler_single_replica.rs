//! Autoscaler may leave one replica.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `minReplicas` is one if nothing else is written. In quiet hours one pod is left, and when its node is drained the
    /// service is down.
    ///
    /// ## How to fix
    /// Set `minReplicas` to two or more.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 5
    /// ```
    ///
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   minReplicas: 1
    ///   maxReplicas: 5
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   minReplicas: 2
    ///   maxReplicas: 5
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "autoscaler-single-replica",
        title: "Autoscaler may leave one replica",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "in quiet hours every drain and crash is an outage, but a short one",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `spec.minReplicas` to two or more.",
        since: "0.1.0",
        aliases: &["kube-linter:hpa-minimum-three-replicas"],
        docs: DOCS,
    },
    subject: Subject::Object(&["HorizontalPodAutoscaler"], judge),
};

fn judge<'a>(scaler: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.unmet(scaler.spec().get("minReplicas").int(), |count| count != 1) {
        out.fail(place, format!("the autoscaler `{}` may go down to one pod", scaler.name()))
            .fix(Plan::risky("keep two pods").set(scaler.root, &["spec", "minReplicas"], 2));
    }
}
