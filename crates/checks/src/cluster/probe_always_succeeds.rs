//! Probe always succeeds.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A probe that runs `true`, `exit 0` or `echo` says nothing of the program.
    ///
    /// ## How to fix
    /// Ask the program: `httpGet`, `tcpSocket`, `grpc`, or a command that talks to it.
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
    ///       livenessProbe: {exec: {command: ["true"]}}
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
    ///       readinessProbe: {exec: {command: [sh, -c, exit 0]}}
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
    ///       readinessProbe: {exec: {command: [/bin/echo, ok]}}
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
    ///       readinessProbe: {exec: {command: [cat, /tmp/healthy]}}
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
        id: "probe-always-succeeds",
        title: "Probe always succeeds",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the probe is there for the eye only: a program that does not work counts as \
                      healthy",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Let the probe ask the program itself, over its port or by a command that fails \
                      when it does not work.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let command = container.node.path(&[probe, "exec", "command"]);
        let words: Vec<&str> = command.items().filter_map(Node::scalar).collect();
        let words = match words.as_slice() {
            [shell, "-c", script] if shell.ends_with("sh") => script.split_whitespace().collect(),
            _ => words,
        };
        let program = words.first().and_then(|word| word.rsplit('/').next()).unwrap_or("");
        let plain = !words.iter().any(|word| word.contains(['|', ';', '&', '$', '`', '>']));
        let idle = matches!(program, "true" | "echo" | ":") || words == ["exit", "0"];
        if idle && plain {
            out.fail(command, format!("`{probe}` of {} always succeeds", container.label()));
        }
    }
}
