//! Service sends to a port that its pods do not have.

use crate::support::{lookup::PodIndex, workload};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A `targetPort` that is a name has to be the name of a container's port; one that is a number goes anywhere, but
    /// where the containers declare their ports, a number that is not among them is mostly a slip.
    ///
    /// ## How to fix
    /// Correct `targetPort` (without one the Service's own port number is used), or the ports of the containers.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80, targetPort: http}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0", ports: [{name: web, containerPort: 8080}]}]}
    /// ```
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
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0", ports: [{containerPort: 8080}]}]}
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
    ///   ports: [{name: http, port: 80, targetPort: web}, {name: metrics, port: 9090, targetPort: 9090}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0", ports: [{name: web, containerPort: 8080}, {containerPort: 9090}]}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80, targetPort: 8080}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-port-unmatched",
        title: "Service sends to a port that its pods do not have",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "every request to that port of the Service fails",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Name a port of the pods' containers in `targetPort`, by name or by number.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let index = PodIndex::new(cx);
    for service in cx.inventory.of_kind("Service").filter(|s| s.group().is_empty()) {
        let selector = service.spec().get("selector");
        if selector.is_empty() || service.spec().get("type").is("ExternalName") {
            continue;
        }
        let pods = index.select(service, selector);
        let Some(first) = pods.first() else { continue };
        out.subject(service.id());
        for port in service.spec().get("ports").items() {
            let target = port.get("targetPort");
            let place = if target.is_set() { target } else { port.get("port") };
            if let Some(number) = place.as_int() {
                // A headless Service takes clients straight to the pods, whatever it says of ports.
                let headless = service.spec().get("clusterIP").is("None");
                let declared = pods.iter().any(|pod| workload::pod_declares_port(pod, number));
                let all_declare =
                    pods.iter().all(|pod| pod.containers().any(|c| workload::ports(&c).next().is_some()));
                if all_declare && !declared && !headless {
                    out.fail(
                        place,
                        format!(
                            "the Service `{}` sends to port {number}, which its pods do not declare",
                            service.name()
                        ),
                    )
                    .severity(Severity::Low)
                    .confidence(Confidence::Low)
                    .related(&first.owner, "its pods");
                }
            } else if let Some(name) = out.known(place.name()) {
                let found =
                    pods.iter().any(|pod| pod.containers().any(|c| workload::has_named_port(&c, name)));
                if !found {
                    out.fail(
                        place,
                        format!(
                            "the Service `{}` sends to the port `{name}`, which its pods do not have",
                            service.name()
                        ),
                    )
                    .related(&first.owner, "its pods");
                }
            }
        }
    }
}
