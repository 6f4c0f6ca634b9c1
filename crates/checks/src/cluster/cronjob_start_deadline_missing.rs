//! CronJob has no deadline for a late start.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `startingDeadlineSeconds` the controller counts missed runs since the last one; after more than a hundred it
    /// gives the job up. With a deadline it counts only those within it.
    ///
    /// ## How to fix
    /// Set `startingDeadlineSeconds`, to ten seconds at least: less is never met.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "@hourly"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "@hourly"
    ///   startingDeadlineSeconds: 5
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "@hourly"
    ///   startingDeadlineSeconds: 600
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cronjob-start-deadline-missing",
        title: "CronJob has no deadline for a late start",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "only after a long stop of the controller a run starts late, or none at all \
                      after a hundred missed ones",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `spec.startingDeadlineSeconds` to how late a run may start and still be of \
                      use.",
        since: "0.1.0",
        aliases: &["kube-score:cronjob-has-deadline"],
        docs: DOCS,
    },
    subject: Subject::Object(&["CronJob"], judge),
};

/// The controller looks every ten seconds.
const LEAST_SECONDS: i64 = 10;

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let deadline = object.spec().get("startingDeadlineSeconds");
    if let Some(place) = out.unmet(deadline.int(), |seconds| seconds >= LEAST_SECONDS) {
        let what = if place.exists() {
            "has a deadline that is too short to be met"
        } else {
            "has no deadline for a late start"
        };
        out.fail(place, format!("CronJob `{}` {what}", object.name()));
    }
}
