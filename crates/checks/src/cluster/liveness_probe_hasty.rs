//! Liveness probe restarts too soon.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A liveness probe that kills the container after one failure, or after a few seconds, turns every hiccup of the
    /// program, the network or the node into a restart. Under load that takes one pod after the other down.
    ///
    /// ## How to fix
    /// Leave `failureThreshold` at three or more, and at least ten seconds until the restart.
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}, failureThreshold: 1}
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1, failureThreshold: 5}
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
    ///       livenessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 60, failureThreshold: 1}
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
    ///       readinessProbe: {httpGet: {path: /, port: 8080}, failureThreshold: 1}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "liveness-probe-hasty",
        title: "Liveness probe restarts too soon",
        area: Area::Cluster,
        topic: "probes",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "a short hiccup, such as a garbage collection, is turned into an outage",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give the liveness probe at least three attempts and ten seconds in all: raise \
                      `failureThreshold` or `periodSeconds`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

const LEAST_SECONDS: i64 = 10;
const PATIENT_SECONDS: i64 = 30;

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let probe = container.node.get("livenessProbe");
    if !probe.is_map() {
        return;
    }
    let failures = out.known(probe.get("failureThreshold").int());
    let period = out.known(probe.get("periodSeconds").int());
    let seconds = failures.unwrap_or(3).saturating_mul(period.unwrap_or(10));
    if seconds < LEAST_SECONDS || (failures == Some(1) && seconds < PATIENT_SECONDS) {
        let attempts = if failures == Some(1) { "one failed probe" } else { "a few failed probes" };
        out.fail(
            probe,
            format!("{} is restarted after {attempts}, within {seconds} seconds", container.label()),
        );
    }
}
