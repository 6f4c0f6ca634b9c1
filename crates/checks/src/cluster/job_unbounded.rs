//! Job may run for ever.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A Job without `activeDeadlineSeconds`, on the Job or its pods, that hangs is never ended.
    ///
    /// ## How to fix
    /// Set `activeDeadlineSeconds`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: migrate}
    /// spec:
    ///   schedule: "@daily"
    ///   jobTemplate:
    ///     spec:
    ///       activeDeadlineSeconds: 3600
    ///       template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   template: {spec: {activeDeadlineSeconds: 60, restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "job-unbounded",
        title: "Job may run for ever",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "a job that hangs keeps what it uses until somebody looks",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `spec.activeDeadlineSeconds` to the longest time the job may take.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Job", "CronJob"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let job = if object.kind == "CronJob" { object.spec().at("jobTemplate.spec") } else { object.spec() };
    let in_pod = job.at("template.spec.activeDeadlineSeconds");
    let own = job.get("activeDeadlineSeconds");
    if !in_pod.is_set() && !own.is_set() {
        out.fail(own, format!("nothing ends {} `{}` if it hangs", object.kind, object.name()));
    }
}
