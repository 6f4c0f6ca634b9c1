//! Restart policy does not fit the workload.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val};

check::docs! {
    /// A Deployment, StatefulSet, DaemonSet or ReplicaSet takes only pods that are restarted always; a Job only pods that
    /// are not. Anything else is refused.
    ///
    /// ## How to fix
    /// Correct `restartPolicy`.
    ///
    /// ## Fails
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
    ///       restartPolicy: OnFailure
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   template: {spec: {containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: always
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ## Passes
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
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   template: {spec: {restartPolicy: OnFailure, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "restart-policy-wrong",
        title: "Restart policy does not fit the workload",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the object, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `Always` (or nothing) for controllers of running pods, and `OnFailure` or \
                      `Never` for Jobs.",
        since: "0.1.0",
        aliases: &["kube-linter:restart-policy"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

const CONTROLLERS: &[&str] =
    &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let owner = &pod.owner;
    let wanted: &[&str] = if pod.is_batch() {
        &["OnFailure", "Never"]
    } else if owner.is_any(CONTROLLERS) {
        &["Always", ""]
    } else if owner.is_any(&["Pod", "PodTemplate"]) {
        &["Always", "OnFailure", "Never", ""]
    } else {
        return;
    };
    let policy = pod.spec().get("restartPolicy");
    let value = match policy.name() {
        Val::Known(value, _) => value,
        Val::Absent(_) => "",
        Val::Unknown(why, place) => return out.unknown(place, why),
    };
    if !wanted.contains(&value) {
        let shown = if value.is_empty() { "Always" } else { value };
        out.fail(
            policy,
            format!("{} `{}` can not have the restart policy `{shown}`", owner.kind, owner.name()),
        );
    }
}
