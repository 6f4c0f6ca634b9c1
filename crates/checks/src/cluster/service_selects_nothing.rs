//! Service selects no pods.

use crate::support::lookup::{PodIndex, made_by_operator};
use crate::support::workload;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// No pod of the namespace has the labels that the Service selects. If a pod has some of them, it is most probably a
    /// slip; if none has, the pods may be made elsewhere, by an operator for instance.
    ///
    /// ## How to fix
    /// Correct the selector, or the labels of the pod template. Labels of the Deployment itself do not count.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: wbe}
    ///   ports: [{port: 80}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, labels: {app: wbe}}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: other, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web, tier: front}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: outside}
    /// spec: {type: ExternalName, externalName: db.example.com}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: by-hand}
    /// spec: {ports: [{port: 80}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db-0}
    /// spec:
    ///   selector: {app: db, statefulset.kubernetes.io/pod-name: db-0}
    ///   ports: [{port: 5432}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-selects-nothing",
        title: "Service selects no pods",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "every request to the Service fails",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Make `spec.selector` match the labels of the pods, in the same namespace.",
        since: "0.1.0",
        aliases: &["kube-linter:dangling-service", "kube-score:service-targets-pod"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let pods = PodIndex::new(cx);
    for service in cx.inventory.of_kind("Service").filter(|s| s.group().is_empty()) {
        out.subject(service.id());
        let selector = service.spec().get("selector");
        if selector.is_empty() || service.spec().get("type").is("ExternalName") {
            continue;
        }
        if workload::has_placeholder(selector) {
            out.unknown(selector, Why::new(WhyCode::Unresolved, "the selector is filled in later"));
            continue;
        }
        if !pods.select(service, selector).is_empty() {
            continue;
        }
        if let Some(maker) = made_by_operator(cx, service, selector) {
            let why = format!("the pods are made by the operator of the {} `{}`", maker.kind, maker.name());
            out.unknown(selector, Why::new(WhyCode::MissingInput, why));
            continue;
        }
        let near = pods.near_miss(service, selector);
        // The cluster's own components run there as static pods.
        if near.is_none() && (!cx.settings.complete || service.namespace() == "kube-system") {
            out.unknown(selector, Why::new(WhyCode::MissingInput, "the pods may be part of another input"));
            continue;
        }
        let draft = out.fail(selector, format!("the Service `{}` selects no pods", service.name()));
        if let Some(pod) = near {
            draft.confidence(Confidence::Medium).related(pod.labels(), "pods with some of the labels");
        }
    }
}
