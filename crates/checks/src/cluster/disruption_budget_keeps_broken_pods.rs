//! PodDisruptionBudget that protects pods which are broken.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// By default a budget protects running pods that are not ready as well: while an application is broken, its pods
    /// can not be evicted, and the drain of a node hangs on pods that serve nobody. `unhealthyPodEvictionPolicy` says
    /// which is meant.
    ///
    /// ## How to fix
    /// Set `unhealthyPodEvictionPolicy: AlwaysAllow`; or `IfHealthyBudget` where a pod that is not ready still holds
    /// data that others need.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    ///   unhealthyPodEvictionPolicy: null
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    ///   unhealthyPodEvictionPolicy: AlwaysAllow
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    ///   unhealthyPodEvictionPolicy: IfHealthyBudget
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "disruption-budget-keeps-broken-pods",
        title: "PodDisruptionBudget protects broken pods",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it shows only where an application is broken while a node is drained",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `unhealthyPodEvictionPolicy` to `AlwaysAllow`, or to `IfHealthyBudget` where broken pods must be kept.",
        since: "0.1.0",
        aliases: &["kube-linter:pdb-unhealthy-pod-eviction-policy"],
        docs: DOCS,
    },
    subject: Subject::Object(&["PodDisruptionBudget"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // The field came with policy/v1.
    if object.version() != "v1" || object.spec().get("unhealthyPodEvictionPolicy").is_set() {
        return;
    }
    out.fail(
        object.spec(),
        format!("the budget `{}` does not say whether pods that are not ready may be evicted", object.name()),
    )
    .fix(Plan::risky("set `unhealthyPodEvictionPolicy` to `AlwaysAllow`").set(
        object.spec(),
        &["unhealthyPodEvictionPolicy"],
        "AlwaysAllow",
    ));
}
