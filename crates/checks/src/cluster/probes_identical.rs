//! Liveness and readiness probe are the same.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// If both probes ask the same question with the same patience, a pod that is merely busy is restarted at the moment
    /// it should only have been left in peace. Under load that takes one pod after the other down.
    ///
    /// ## How to fix
    /// Let liveness ask less, or wait longer: a higher `failureThreshold` or `periodSeconds`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {httpGet: {path: /health, port: 8080}}
    ///       readinessProbe: {httpGet: {path: /health, port: 8080}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {tcpSocket: {port: web}, periodSeconds: 5}
    ///       readinessProbe: {tcpSocket: {port: web}, periodSeconds: 5}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {exec: {command: [ok]}, failureThreshold: 2}
    ///       readinessProbe: {exec: {command: [ok]}, failureThreshold: 6}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {httpGet: {path: /live, port: 8080}}
    ///       readinessProbe: {httpGet: {path: /ready, port: 8080}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {httpGet: {path: /health, port: 8080}, failureThreshold: 10}
    ///       readinessProbe: {httpGet: {path: /health, port: 8080}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe: {httpGet: {path: /health, port: 8080}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "probes-identical",
        title: "Liveness and readiness probe are the same",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "it does harm only under overload, but then it makes matters worse",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Let the liveness probe ask something simpler, or give it a higher \
                      `failureThreshold` than the readiness probe.",
        since: "0.1.0",
        aliases: &["kube-score:pod-probes-identical"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

const HANDLERS: [&str; 4] = ["httpGet", "tcpSocket", "exec", "grpc"];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let live = container.node.get("livenessProbe");
    let ready = container.node.get("readinessProbe");
    let same = HANDLERS.iter().any(|handler| {
        let (a, b) = (live.get(handler), ready.get(handler));
        a.is_set() && b.is_set() && check::json::value(a) == check::json::value(b)
    });
    if same && patience(live) <= patience(ready) {
        out.fail(live, format!("{} is restarted for what should only make it unready", container.label()))
            .related(ready, "the same readiness probe");
    }
}

/// Seconds of failure until the probe acts.
fn patience(probe: Node<'_>) -> i64 {
    let number = |field, default| probe.get(field).as_int().unwrap_or(default);
    number("periodSeconds", 10).saturating_mul(number("failureThreshold", 3))
}
