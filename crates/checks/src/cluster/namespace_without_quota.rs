//! Namespace has no ResourceQuota.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;

check::docs! {
    /// Without a ResourceQuota the workloads of one namespace can use up the whole cluster, and a compromised one
    /// can start as many pods as it likes.
    ///
    /// ## How to fix
    /// Add a ResourceQuota to the namespace.
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
    /// kind: ResourceQuota
    /// metadata: {name: main, namespace: other}
    /// spec: {hard: {requests.cpu: "4", requests.memory: 8Gi, pods: "50"}}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: main, namespace: shop}
    /// spec: {hard: {requests.cpu: "4", requests.memory: 8Gi, pods: "50"}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "namespace-without-quota",
        title: "Namespace has no ResourceQuota",
        area: Area::Cluster,
        topic: "namespace",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "only availability is at stake",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["nsa-cisa:network/resource-limits", "practices:RUN-4"],
        remediation: "Add a ResourceQuota to the namespace.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0040"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Namespace", "ResourceQuota"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let covered: BTreeSet<&str> =
        cx.inventory.of_kind("ResourceQuota").map(check::Object::namespace).collect();
    for namespace in cx.inventory.of_kind("Namespace") {
        let name = namespace.name();
        // Those of the system are run by whoever runs the cluster.
        if name.is_empty() || name.starts_with("kube-") {
            continue;
        }
        out.subject(namespace.id());
        if !covered.contains(name) {
            out.fail(namespace, format!("no ResourceQuota bounds what namespace `{name}` may use"))
                .key("ResourceQuota");
        }
    }
}
