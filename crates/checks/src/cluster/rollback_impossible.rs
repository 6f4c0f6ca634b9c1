//! No old version is kept to go back to.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `revisionHistoryLimit: 0` the old ReplicaSets are deleted at once, and `kubectl rollout undo` has nothing to
    /// go back to.
    ///
    /// ## How to fix
    /// Keep some: the default is ten.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   revisionHistoryLimit: 0
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rollback-impossible",
        title: "No old version is kept to go back to",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the old manifest can be applied again, if somebody finds it in time",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove `revisionHistoryLimit` or set it to two or more.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Deployment", "StatefulSet", "DaemonSet"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.met(object.spec().get("revisionHistoryLimit").int(), |limit| limit == 0) {
        out.fail(place, format!("{} `{}` keeps no old version", object.kind, object.name()))
            .fix(Plan::safe("keep the default of ten old versions").remove(place));
    }
}
