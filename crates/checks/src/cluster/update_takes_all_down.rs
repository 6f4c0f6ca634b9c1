//! Update takes every replica down at once.

use crate::support::{budgets::Share, workload};
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val};

check::docs! {
    /// With the strategy `Recreate`, or a `maxUnavailable` of all replicas, an update ends all old pods before new ones
    /// are ready. That is meant where only one may run, but not with several replicas. `OnDelete` leaves updates,
    /// security fixes among them, to somebody's memory.
    ///
    /// ## How to fix
    /// Use `RollingUpdate`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   strategy: {type: Recreate}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   strategy: {rollingUpdate: {maxUnavailable: 100%}}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   updateStrategy: {type: OnDelete}
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec: {containers: [{name: agent, image: "example.com/agent:1.0"}]}
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
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///   strategy: {type: Recreate}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 10%}}
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec: {containers: [{name: agent, image: "example.com/agent:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "update-takes-all-down",
        title: "Update takes every replica down at once",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "every roll-out is an outage, although there are replicas to avoid it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use the strategy `RollingUpdate` with a `maxUnavailable` below the number of \
                      replicas.",
        since: "0.1.0",
        aliases: &["kube-linter:no-rolling-update-strategy", "kube-score:deployment-strategy"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Deployment", "DaemonSet", "StatefulSet"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let deployment = object.kind == "Deployment";
    let strategy = object.spec().get(if deployment { "strategy" } else { "updateStrategy" });
    let kind = strategy.get("type");
    if out.met(kind.name(), |kind| kind == "OnDelete").is_some() {
        out.fail(
            kind,
            format!("{} `{}` is updated only when somebody deletes its pods", object.kind, object.name()),
        )
        .severity(Severity::Low);
        return;
    }
    let replicas = match workload::replicas(object) {
        Val::Known(count, _) => count,
        // As many as there are nodes.
        _ => 2,
    };
    if deployment && replicas < 2 {
        return;
    }
    if kind.is("Recreate") {
        out.fail(
            kind,
            format!("an update of `{}` ends all {replicas} pods before it starts new ones", object.name()),
        )
        .fix(Plan::risky("update pod by pod").set(
            object.root,
            &["spec", "strategy", "type"],
            "RollingUpdate",
        ));
        return;
    }
    let most = strategy.at("rollingUpdate.maxUnavailable");
    let all = match Share::at(most) {
        Some(Share::Percent(percent)) => percent >= 100,
        Some(Share::Count(count)) => deployment && count >= replicas,
        None => false,
    };
    if all {
        out.fail(most, format!("an update of `{}` may end all its pods at once", object.name()));
    }
}
