//! Runs of a CronJob may overlap.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// By default a new run starts even if the last one is still busy. Slow runs pile up, work on the same data, and
    /// use up what the namespace may use.
    ///
    /// ## How to fix
    /// Set `concurrencyPolicy: Forbid` (skip) or `Replace` (end the old run).
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
    ///   concurrencyPolicy: Allow
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
    ///   concurrencyPolicy: Forbid
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cronjob-overlap",
        title: "Runs of a CronJob may overlap",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "it takes a run that is slower than its interval, and then runs pile up until \
                      resources are gone",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `concurrencyPolicy` to `Forbid` or `Replace`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["CronJob"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = object.spec().get("concurrencyPolicy");
    if let Some(place) = out.unmet(policy.name(), |p| p != "Allow") {
        out.fail(place, format!("runs of CronJob `{}` may overlap", object.name())).fix(
            Plan::risky("let a run wait for the last one").set(
                object.root,
                &["spec", "concurrencyPolicy"],
                "Forbid",
            ),
        );
    }
}
