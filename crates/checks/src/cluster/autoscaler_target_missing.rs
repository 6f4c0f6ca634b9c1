//! Autoscaler scales something that is not there.

use crate::support::workload;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// `spec.scaleTargetRef` names a workload that no manifest declares. It may be made elsewhere, but mostly the name or
    /// the kind is wrong.
    ///
    /// ## How to fix
    /// Correct the reference.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
    ///   maxReplicas: 5
    /// ---
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
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
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
    ///   maxReplicas: 5
    /// ---
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
    /// ```yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: example.com/v1, kind: Farm, name: web}
    ///   maxReplicas: 5
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "autoscaler-target-missing",
        title: "Autoscaler scales something that is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the workload is thought to grow under load and does not",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct `spec.scaleTargetRef`: kind, name and API version of the workload, in \
                      the same namespace.",
        since: "0.1.0",
        aliases: &[
            "kube-linter:dangling-horizontalpodautoscaler",
            "kube-score:horizontalpodautoscaler-has-target",
        ],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["HorizontalPodAutoscaler"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    for scaler in cx.inventory.of_kind("HorizontalPodAutoscaler") {
        out.subject(scaler.id());
        let target = scaler.spec().get("scaleTargetRef");
        let (Some(kind), Some(name)) = (target.get("kind").scalar(), target.get("name").scalar()) else {
            out.fail(target, "the autoscaler does not say what to scale").confidence(Confidence::High);
            continue;
        };
        if workload::has_placeholder(target) {
            out.unknown(target, Why::new(WhyCode::Unresolved, "the target is filled in later"));
            continue;
        }
        let group = target.get("apiVersion").scalar().unwrap_or("apps/v1").split('/').next().unwrap_or("");
        // What only an operator makes is in no repository.
        if group.contains('.') {
            continue;
        }
        let known = cx.inventory.of_kind(kind).any(|o| {
            (o.name() == name || workload::has_placeholder(o.metadata().get("name")))
                && workload::same_namespace(o, scaler)
        });
        if known {
            continue;
        }
        if cx.settings.complete {
            let anything = cx.inventory.of_kind(kind).next().is_some();
            out.fail(target, format!("there is no {kind} `{name}` to scale")).confidence(if anything {
                Confidence::Medium
            } else {
                Confidence::Low
            });
        } else {
            out.unknown(
                target,
                Why::new(WhyCode::MissingInput, format!("the {kind} `{name}` may be part of another input")),
            );
        }
    }
}
