//! PodDisruptionBudget allows no eviction.

use crate::support::budgets::{self, Share};
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A budget of `maxUnavailable: 0`, or one that asks for as many pods as there are, never lets a pod go. Nodes can
    /// not be drained, upgrades hang, and in the end somebody deletes the pods by force, all at once.
    ///
    /// ## How to fix
    /// Use `maxUnavailable: 1`, or run one replica more than `minAvailable` asks for, the lower bound of an autoscaler included.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 0
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 100%
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: "0%"
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 2
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   minReplicas: 1
    ///   maxReplicas: 5
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 50%
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "disruption-budget-blocks",
        title: "PodDisruptionBudget allows no eviction",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "drains hang, so that node upgrades stop or somebody forces them",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Let at least one pod go: `maxUnavailable: 1`, or a `minAvailable` below the \
                      number of replicas.",
        since: "0.1.0",
        aliases: &["kube-linter:pdb-max-unavailable", "kube-linter:pdb-min-available"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodDisruptionBudget"], judge),
};

fn judge<'a>(budget: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let (most, least) = (budget.spec().get("maxUnavailable"), budget.spec().get("minAvailable"));
    for node in [most, least] {
        if Share::at(node).is_none() {
            out.known(node.int());
        }
    }
    if matches!(Share::at(most), Some(Share::Count(0) | Share::Percent(0))) {
        out.fail(most, "the budget lets no pod go").fix(lend(budget));
        return;
    }
    let Some(share) = Share::at(least) else { return };
    if matches!(share, Share::Percent(percent) if percent >= 100) {
        out.fail(least, "the budget asks for all pods, so none may go");
        return;
    }
    let guarded = cx.inventory.pods().iter().filter(|pod| {
        crate::support::workload::same_namespace(&pod.owner, budget)
            && pod.owner.is_any(&["Deployment", "StatefulSet", "ReplicaSet", "Rollout.argoproj.io"])
            && budgets::selects(budget, pod)
    });
    let controllers: Vec<_> = guarded.collect();
    let total: Option<i64> = controllers.iter().map(|pod| budgets::fewest_pods(cx, &pod.owner)).sum();
    let (Some(total), Some(first)) = (total, controllers.first()) else { return };
    let needed = share.of(total);
    if total > 0 && needed >= total {
        out.fail(least, format!("the budget asks for {needed} of {total} pods, so none may go"))
            .related(&first.owner, "what it guards");
    }
}

fn lend<'a>(budget: &Object<'a>) -> Plan<'a> {
    Plan::risky("let one pod go at a time").set(budget.root, &["spec", "maxUnavailable"], 1)
}
