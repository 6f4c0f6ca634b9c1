//! Service opens a port on every node.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A Service of type NodePort listens on every address of every node, public ones included, without
    /// TLS, authentication or source ranges of its own.
    ///
    /// ## How to fix
    /// Change the type to ClusterIP and lead to it by an Ingress. Where a load balancer outside of the
    /// cluster needs node ports, close them to everyone else in the firewall.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: NodePort
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: NodePort
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///       nodePort: 30080
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-node-port",
        title: "Service opens a port on every node",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the port is open on all addresses of all nodes, past the Ingress; firewalls may \
                      still close it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
            "nsa-cisa:network/worker-segmentation",
        ],
        remediation: "Use type ClusterIP behind an Ingress or Gateway.",
        since: "0.1.0",
        aliases: &["kube-linter:exposed-services", "kube-score:service-type"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Service"], judge),
};

fn judge<'a>(service: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let kind = service.spec().get("type");
    if let Some(place) = out.met(kind.name(), |t| t == "NodePort") {
        out.fail(place, format!("Service `{}` opens a port on every node", service.name()))
            .fix(Plan::risky("set the type to ClusterIP").set(service.spec(), &["type"], "ClusterIP"));
    }
}
