//! Port is declared twice.

use check::{Check, Container, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;
use syntax::Node;

check::docs! {
    /// Names of ports have to be unique in a container, host ports in a pod, and two containers of a pod can not both
    /// listen on one port: they share one network.
    ///
    /// ## How to fix
    /// Correct the port that was copied.
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
    ///       ports: [{containerPort: 80}, {containerPort: 80}]
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
    ///       ports: [{name: web, containerPort: 80}, {name: web, containerPort: 81}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0", ports: [{containerPort: 8080}]}
    ///     - {name: proxy, image: "example.com/proxy:1.0", ports: [{containerPort: 8080}]}
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
    ///       ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8080}]
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
    ///       ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53, protocol: TCP}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - {name: setup, image: "example.com/setup:1.0", ports: [{containerPort: 8080}]}
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0", ports: [{name: http, containerPort: 8080}]}
    ///     - {name: proxy, image: "example.com/proxy:1.0", ports: [{name: admin, containerPort: 8081}]}
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
    ///       ports: [{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}, {containerPort: 81, hostPort: 80, hostIP: 10.0.0.2}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "duplicate-port",
        title: "Port is declared twice",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "two names for one port are harmless, but one name or host port for two keeps \
                      the pod from starting",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Declare each port once, with a name of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut numbers = BTreeMap::new();
    let mut hosts = BTreeMap::new();
    for container in pod.containers().filter(Container::is_long_running) {
        let mut names = BTreeMap::new();
        for port in container.node.get("ports").items() {
            let protocol = port.get("protocol").scalar().unwrap_or("TCP");
            let mut report = |node: Node<'a>, first: Option<Node<'a>>, what: String, severity: Severity| {
                if let Some(first) = first {
                    let key = format!("{}/{what}", container.name());
                    out.fail(node, what).key(key).severity(severity).related(first, "declared before");
                }
            };
            let number = port.get("containerPort");
            if let Some(n) = number.as_int() {
                let what = format!("port {n}/{protocol} is declared twice in the pod");
                report(number, numbers.insert((n, protocol), number), what, Severity::Low);
            }
            let name = port.get("name");
            if let Some(text) = name.scalar() {
                let what = format!("two ports of {} are called `{text}`", container.label());
                report(name, names.insert(text, name), what, Severity::Medium);
            }
            let host = port.get("hostPort");
            if let Some(n) = host.as_int().filter(|n| *n != 0) {
                let address = port.get("hostIP").scalar().unwrap_or("");
                let what = format!("host port {n}/{protocol} is taken twice");
                report(host, hosts.insert((n, protocol, address), host), what, Severity::Medium);
            }
        }
    }
}
