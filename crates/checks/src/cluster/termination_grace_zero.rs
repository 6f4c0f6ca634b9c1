//! Pod is killed without notice.

use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `terminationGracePeriodSeconds: 0` the kubelet kills the containers at once: no SIGTERM, no `preStop`, open
    /// requests are cut off and buffers lost. The pod is also removed from the API by force, so a StatefulSet may start
    /// a second copy while the first still runs.
    ///
    /// ## How to fix
    /// Remove the field (30 seconds then), or set the time the program needs.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   terminationGracePeriodSeconds: 0
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   terminationGracePeriodSeconds: 60
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "termination-grace-zero",
        title: "Pod is killed without notice",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "every roll-out cuts off requests and loses what was not yet written",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove `terminationGracePeriodSeconds` or set it to the time the program needs \
                      to end in order.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let grace = pod.spec().get("terminationGracePeriodSeconds");
    if let Some(place) = out.met(grace.int(), |seconds| seconds <= 0) {
        out.fail(place, "the containers are killed at once, without SIGTERM").fix(
            Plan::safe("give the containers 30 seconds to end").set(
                pod.spec(),
                &["terminationGracePeriodSeconds"],
                30,
            ),
        );
    }
}
