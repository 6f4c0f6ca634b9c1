//! Namespace has no LimitRange.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;

check::docs! {
    /// Without a LimitRange a container that names no limits has none, and one pod can take all memory of its
    /// node.
    ///
    /// ## How to fix
    /// Add a LimitRange to the namespace.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: main, namespace: other}
    /// spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: main, namespace: shop}
    /// spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "namespace-without-limit-range",
        title: "Namespace has no LimitRange",
        area: Area::Cluster,
        topic: "namespace",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "only availability is at stake",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["nsa-cisa:network/resource-limits", "practices:RUN-4"],
        remediation: "Add a LimitRange to the namespace.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0039"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Namespace", "LimitRange"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let covered: BTreeSet<&str> = cx.inventory.of_kind("LimitRange").map(check::Object::namespace).collect();
    for namespace in cx.inventory.of_kind("Namespace") {
        let name = namespace.name();
        // Those of the system are run by whoever runs the cluster.
        if name.is_empty() || name.starts_with("kube-") {
            continue;
        }
        out.subject(namespace.id());
        if !covered.contains(name) {
            out.fail(
                namespace,
                format!("no LimitRange gives containers of namespace `{name}` default limits"),
            )
            .key("LimitRange");
        }
    }
}
