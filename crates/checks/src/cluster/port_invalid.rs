//! Port is not valid.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Ports are numbers from 1 to 65535. Their names follow RFC 6335: at most 15 lower-case letters, digits and single
    /// dashes, at least one letter, no dash at the ends.
    ///
    /// ## How to fix
    /// Correct the number or the name.
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
    ///       ports: [{containerPort: 80800}]
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
    ///       ports: [{containerPort: 0}]
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
    ///       ports: [{containerPort: 8080, hostPort: 70000}]
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
    ///       ports: [{name: http-administration, containerPort: 8080}]
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
    ///       ports: [{name: HTTP, containerPort: 8080}]
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
    ///       ports: [{name: "8080", containerPort: 8080}]
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
    ///       readinessProbe: {tcpSocket: {port: 65536}}
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
    ///       ports: [{containerPort: "8080"}]
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
    ///       ports: [{name: http-admin, containerPort: 65535, hostPort: 1}]
    ///       livenessProbe: {httpGet: {path: /, port: 1}}
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
        id: "port-invalid",
        title: "Port is not valid",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the pod, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use a number from 1 to 65535, and a name of at most 15 lower-case letters, \
                      digits and dashes with a letter among them.",
        since: "0.1.0",
        aliases: &["kube-linter:invalid-target-ports"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in container.node.get("ports").items() {
        judge_number(container, port.get("containerPort"), out);
        if port.get("hostPort").as_int() != Some(0) {
            judge_number(container, port.get("hostPort"), out);
        }
        if port.get("containerPort").as_str().is_some_and(|text| text.parse::<i64>().is_ok()) {
            out.fail(
                port.get("containerPort"),
                format!("a port of {} is a string and not a number", container.label()),
            );
        }
        let name = port.get("name");
        if let Some(text) = out.known(name.name()).filter(|text| !is_port_name(text)) {
            out.fail(name, format!("`{text}` of {} is not a valid port name", container.label()));
        }
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        for handler in ["httpGet", "tcpSocket", "grpc"] {
            judge_number(container, container.node.path(&[probe, handler, "port"]), out);
        }
    }
}

fn judge_number<'a>(container: &Container<'a>, node: Node<'a>, out: &mut Out<'a>) {
    if let Some(number) = node.as_int().filter(|n| !(1..=65535).contains(n)) {
        out.fail(node, format!("port {number} of {} is not between 1 and 65535", container.label()));
    }
}

/// RFC 6335, section 5.1, in lower case.
fn is_port_name(text: &str) -> bool {
    (1..=15).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && text.bytes().any(|b| b.is_ascii_lowercase())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}
