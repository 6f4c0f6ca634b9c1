//! StatefulSet has no headless Service.

use crate::support::{lookup::Names, workload};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val, Why, WhyCode};

check::docs! {
    /// The pods of a StatefulSet get stable names in DNS only from the headless Service that `spec.serviceName` names.
    ///
    /// ## How to fix
    /// Add a Service with `clusterIP: None` for the pods and name it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: database
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.0"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "statefulset-service-missing",
        title: "StatefulSet has no headless Service",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the pods get no names of their own in DNS, which most clustered programs \
                      notice at once",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Name a Service with `clusterIP: None` that selects the pods in \
                      `spec.serviceName`.",
        since: "0.1.0",
        aliases: &["kube-score:statefulset-has-servicename"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Service"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let services = Names::new(cx, "Service");
    for set in cx.inventory.of_kind("StatefulSet") {
        out.subject(set.id());
        let node = set.spec().get("serviceName");
        let name = match node.name() {
            Val::Known(name, _) if !name.is_empty() => name,
            Val::Unknown(why, place) => {
                out.unknown(place, why);
                continue;
            }
            Val::Known(..) | Val::Absent(_) if workload::note_patch(set, out) => continue,
            Val::Known(..) | Val::Absent(_) => {
                out.fail(node, format!("StatefulSet `{}` names no Service", set.name()))
                    .confidence(Confidence::High);
                continue;
            }
        };
        match services.find(name, set) {
            Some(service) if service.spec().get("clusterIP").is("None") => {}
            Some(service) => {
                out.fail(
                    node,
                    format!("the Service `{name}` of StatefulSet `{}` is not headless", set.name()),
                )
                .severity(Severity::Info)
                .related(service, "it has a cluster address");
            }
            None if cx.settings.complete => {
                out.fail(node, format!("the Service `{name}` of StatefulSet `{}` is not there", set.name()))
                    .confidence(if services.any() { Confidence::Medium } else { Confidence::Low });
            }
            None => out.unknown(
                node,
                Why::new(WhyCode::MissingInput, format!("the Service `{name}` may be part of another input")),
            ),
        }
    }
}
