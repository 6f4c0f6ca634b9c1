//! Containers that claim a port of the node.

use crate::support::pod_security::{containers, maps};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `hostPort` opens a port on the node's own addresses and forwards it to the container. It exposes the
    /// program on every network the node is on, passes by Services and often by network policies, and allows only
    /// one such pod a node.
    ///
    /// It breaks the Pod Security Standard *baseline* (hostPorts) at every version. `hostPort: 0` means none.
    ///
    /// ## How to fix
    /// Remove `hostPort`; use a Service of type ClusterIP, or an Ingress or Gateway for traffic from outside.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports:
    ///         - containerPort: 8080
    ///           hostPort: 8080
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: example.com/setup:1.0
    ///       ports: [{containerPort: 53, hostPort: 53, protocol: UDP}]
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 80}, {containerPort: 443, hostPort: 443, hostIP: 127.0.0.1}]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports:
    ///         - containerPort: 8080
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports:
    ///         - containerPort: 8080
    ///           hostPort: 0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: [{containerPort: 80, hostPort: null}]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       ports: null
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-port",
        title: "Container claims a port of the node",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the port is open on every address of the node and passes by Services and, with many network plug-ins, by NetworkPolicies",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostPorts",
            "practices:RUN-4",
            "practices:NET-6",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-network",
            "cis-k8s:5.2.12",
        ],
        remediation: "Remove `hostPort` and expose the container through a Service.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_26", "trivy:KSV-0024"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for container in containers(pod, out) {
        for port in maps(container.node.get("ports"), out) {
            let field = port.get("hostPort");
            if let Some(place) = out.met(field.int(), |number| number != 0) {
                let number = field.scalar().unwrap_or("");
                let protocol = port.get("protocol").scalar().unwrap_or("TCP");
                out.fail(place, format!("{} claims {protocol} port {number} of the node", container.label()))
                    .key(format!("{}/{protocol}/{number}", container.name()))
                    .fix(Plan::risky("remove `hostPort`").remove(place));
            }
        }
    }
}
