//! PodDisruptionBudget selects no pods.

use crate::support::lookup::made_by_operator;
use crate::support::{budgets, workload};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The selector matches no pod of its namespace, mostly after labels were renamed. A budget without a selector
    /// matches nothing either.
    ///
    /// ## How to fix
    /// Correct the selector.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: wbe}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
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
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web, tier: front}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: all}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "disruption-budget-selects-nothing",
        title: "PodDisruptionBudget selects no pods",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the pods are thought to be guarded and are not, which shows at the next drain",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Make the selector match the labels of the pods, in the same namespace.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["PodDisruptionBudget"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    for budget in cx.inventory.of_kind("PodDisruptionBudget") {
        out.subject(budget.id());
        let selector = budget.spec().get("selector");
        if workload::has_placeholder(selector) {
            out.unknown(selector, Why::new(WhyCode::Unresolved, "the selector is filled in later"));
            continue;
        }
        if !selector.is_set() {
            out.fail(selector, "the budget has no selector, so it guards no pods")
                .confidence(Confidence::High);
            continue;
        }
        let guards = cx.inventory.pods().iter().any(|pod| {
            workload::same_namespace(&pod.owner, budget)
                && (budgets::selects(budget, pod) || workload::has_placeholder(pod.labels()))
        });
        let operated = made_by_operator(cx, budget, selector.get("matchLabels")).is_some();
        if !guards && (!cx.settings.complete || operated) {
            out.unknown(selector, Why::new(WhyCode::MissingInput, "the pods may be part of another input"));
        } else if !guards {
            let anything = cx.inventory.pods().iter().any(|pod| workload::same_namespace(&pod.owner, budget));
            out.fail(selector, "the budget selects no pods").confidence(if anything {
                Confidence::Medium
            } else {
                Confidence::Low
            });
        }
    }
}
