//! Containers that listen on ports below 1024.

use check::{Check, Container, Cx, Out, Role, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A port below 1024 is one that only root, or a program with the capability NET_BIND_SERVICE, may open on a
    /// plain Linux system, so such images tend to run as root. Container runtimes of today lift the limit, and a
    /// Service maps any port; the number gains nothing.
    ///
    /// ## How to fix
    /// Let the program listen on a port above 1023 and map it in the Service (`port: 80`, `targetPort: 8080`).
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 80}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    ///           ports: [{name: web, containerPort: 8080}, {name: tls, containerPort: 443}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 1023, protocol: UDP}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: "80"}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 8080}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 1024}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "privileged-container-port",
        title: "Container listens on a port below 1024",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it hints at a program that needs root or a capability, and is no fault by itself",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3"],
        remediation: "Let the program listen on a port above 1023 and map it in the Service.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0117", "kube-linter:privileged-ports"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if container.role == Role::Ephemeral {
        return;
    }
    for port in container.node.get("ports").items() {
        let place = port.get("containerPort");
        // A number in quotes is refused by the API server, but templates often hold it so.
        let number = place.scalar().and_then(|text| text.parse::<i64>().ok());
        if let Some(number) = number.filter(|number| (1..1024).contains(number)) {
            out.fail(place, format!("{} listens on port {number}", container.label()));
        }
    }
}
