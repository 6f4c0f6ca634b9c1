//! Probe asks a port that the container does not have.

use crate::support::workload;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A probe or lifecycle hook that names a port has to find the name among the container's own `ports`. A number need
    /// not be declared, but where others are, a missing one is mostly a slip.
    ///
    /// ## How to fix
    /// Correct the port, or declare it under `ports`.
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
    ///       ports: [{name: http, containerPort: 8080}]
    ///       livenessProbe: {httpGet: {path: /, port: web}}
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
    ///       readinessProbe: {tcpSocket: {port: http}}
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
    ///       ports: [{containerPort: 8080}]
    ///       startupProbe: {httpGet: {path: /, port: 8081}}
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
    ///       ports: [{name: http, containerPort: 8080}]
    ///       lifecycle: {preStop: {httpGet: {path: /stop, port: admin}}}
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
    ///       ports: [{containerPort: 8080}]
    ///       livenessProbe: {grpc: {port: 9000}}
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
    ///       ports: [{name: http, containerPort: 8080}]
    ///       livenessProbe: {httpGet: {path: /, port: http}}
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
    ///       ports: [{name: http, containerPort: 8080}]
    ///       livenessProbe: {httpGet: {path: /, port: 8080}}
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
    ///       livenessProbe: {tcpSocket: {port: 9000}}
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
    ///       livenessProbe: {exec: {command: [ok]}}
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
    ///       ports: [{containerPort: 8080}]
    ///       livenessProbe: {httpGet: {path: /, port: 15021}}
    ///     - name: proxy
    ///       image: example.com/proxy:1.0
    ///       ports: [{containerPort: 15021}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "probe-port-undefined",
        title: "Probe asks a port that the container does not have",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "a probe of an undefined port fails for ever: the pod never becomes ready, or \
                      is restarted again and again",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Name a port of the container's `ports`, or declare the port there.",
        since: "0.1.0",
        aliases: &["kube-linter:liveness-port", "kube-linter:readiness-port", "kube-linter:startup-port"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

const PROBES: [&[&str]; 5] = [
    &["livenessProbe"],
    &["readinessProbe"],
    &["startupProbe"],
    &["lifecycle", "postStart"],
    &["lifecycle", "preStop"],
];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for probe in PROBES.map(|keys| container.node.path(keys)) {
        for handler in ["httpGet", "tcpSocket", "grpc"] {
            // Another host is none of this container's ports.
            if !probe.get(handler).get("host").is_set() {
                judge_port(container, probe, probe.get(handler).get("port"), out);
            }
        }
    }
}

fn judge_port<'a>(container: &Container<'a>, probe: Node<'a>, port: Node<'a>, out: &mut Out<'a>) {
    let what = probe.key().unwrap_or("probe");
    let number = port.as_int().or_else(|| port.as_str()?.parse().ok());
    if let Some(number) = number {
        let declares_some = !container.node.get("ports").is_empty();
        if declares_some && !workload::pod_declares_port(&container.pod, number) {
            out.fail(
                port,
                format!("`{what}` of {} asks port {number}, which is not declared", container.label()),
            )
            .severity(Severity::Low)
            .confidence(Confidence::Low)
            .related(container.node.get("ports"), "the declared ports");
        }
    } else if let Some(name) = out.known(port.name())
        && !workload::has_named_port(container, name)
    {
        out.fail(
            port,
            format!("`{what}` of {} asks the port `{name}`, which does not exist", container.label()),
        );
    }
}
