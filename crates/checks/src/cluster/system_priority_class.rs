//! Workload has a priority of the system.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `system-cluster-critical` and `system-node-critical` are for what the cluster can not run without. A workload with
    /// such a priority outside of `kube-system` evicts the others when a node is full, and is never evicted itself.
    ///
    /// ## How to fix
    /// Declare a PriorityClass with a lower value and use that.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: system-node-critical
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: dns, namespace: kube-system}
    /// spec:
    ///   priorityClassName: system-cluster-critical
    ///   containers: [{name: dns, image: "example.com/dns:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: high
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "system-priority-class",
        title: "Workload has a priority of the system",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "its pods push others off a full node, control-plane add-ons among them, but \
                      gain no access by that",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4", "owasp-k8s-2022:K01", "owasp-k8s-2025:K01"],
        remediation: "Use a PriorityClass of your own, below the system classes.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // Agents that every node needs, network plug-ins for one, often have a namespace of their own.
    let agent = pod.owner.kind == "DaemonSet";
    if pod.is_system() || agent {
        return;
    }
    let class = pod.spec().get("priorityClassName");
    if let Some(place) = out.met(class.name(), |name| name.starts_with("system-")) {
        out.fail(
            place,
            format!("{} `{}` has a priority that is meant for the system", pod.owner.kind, pod.owner.name()),
        );
    }
}
