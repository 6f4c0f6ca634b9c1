//! Slow start is covered by a delay and not by a startup probe.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A long `initialDelaySeconds` of a liveness probe is a guess: too short on a slow node, wasted on a fast one. A
    /// startup probe asks until the program is up, and only then the liveness probe begins.
    ///
    /// ## How to fix
    /// Move the question to a `startupProbe` with enough `failureThreshold`, and drop the delay.
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 120}
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}}
    ///       startupProbe: {httpGet: {path: /, port: 8080}, failureThreshold: 30}
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 10}
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
        id: "startup-probe-missing",
        title: "Slow start is covered by a delay and not by a startup probe",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "the delay only makes restarts slower, or too early where the start takes \
                      longer for once",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Replace the long `initialDelaySeconds` of the liveness probe by a \
                      `startupProbe` with the same question.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

const LONG_DELAY: i64 = 60;

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let delay = container.node.at("livenessProbe.initialDelaySeconds");
    if !container.node.get("startupProbe").is_set()
        && let Some(place) = out.met(delay.int(), |seconds| seconds >= LONG_DELAY)
    {
        out.fail(
            place,
            format!("the liveness probe of {} waits a fixed time for the start", container.label()),
        );
    }
}
