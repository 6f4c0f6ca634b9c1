//! Schedule of a CronJob is not valid.

use crate::support::cron;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The schedule has to be of the form that the CronJob controller reads: five fields, or a shorthand. What it can not
    /// read the API server refuses, and a date that does not exist never comes.
    ///
    /// ## How to fix
    /// Correct the schedule.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "0 25 * * *"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "0 0 3 * * *"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "TZ=UTC 0 3 * * *"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec: {jobTemplate: {}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "*/15 0-6 1,15 JAN-JUN mon"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "@daily"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cronjob-schedule-invalid",
        title: "Schedule of a CronJob is not valid",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses it, or the job never runs",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write five fields, minute hour day month weekday, or a shorthand such as \
                      `@daily`; put the zone into `timeZone`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["CronJob"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let node = object.spec().get("schedule");
    if !node.is_set() {
        out.fail(node, format!("CronJob `{}` has no schedule", object.name()));
    } else if let Some(schedule) = out.known(node.name())
        && let Err(problem) = cron::check(schedule)
    {
        out.fail(
            node,
            format!("the schedule `{schedule}` of CronJob `{}` is not valid: {problem}", object.name()),
        );
    }
}
