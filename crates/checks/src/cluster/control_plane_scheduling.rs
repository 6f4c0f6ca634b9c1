//! Workload may run on control-plane nodes.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The taint of control-plane nodes keeps workloads away from etcd, certificates and the API server. A toleration of it,
    /// of every taint, or a direct choice of such a node lets the pod in. DaemonSets that serve every node and `kube-system`
    /// are left alone.
    ///
    /// ## How to fix
    /// Remove the toleration, or narrow it to the taints that are meant.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   tolerations: [{operator: Exists}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {node-role.kubernetes.io/master: ""}
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   affinity:
    ///     nodeAffinity:
    ///       requiredDuringSchedulingIgnoredDuringExecution:
    ///         nodeSelectorTerms: [{matchExpressions: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   tolerations: [{key: dedicated, operator: Equal, value: gpu, effect: NoSchedule}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   tolerations: [{operator: Exists, effect: NoExecute, key: node.kubernetes.io/not-ready, tolerationSeconds: 300}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec:
    ///       tolerations: [{operator: Exists}]
    ///       containers: [{name: agent, image: "example.com/agent:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   affinity:
    ///     nodeAffinity:
    ///       requiredDuringSchedulingIgnoredDuringExecution:
    ///         nodeSelectorTerms: [{matchExpressions: [{key: node-role.kubernetes.io/control-plane, operator: DoesNotExist}]}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "control-plane-scheduling",
        title: "Workload may run on control-plane nodes",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an escape from the container lands next to the keys of the cluster; without an \
                      escape it changes nothing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:K8S-2", "owasp-k8s-2022:K01", "owasp-k8s-2025:K01"],
        remediation: "Remove the toleration or node selector for the control plane; tolerate only \
                      the taints of the nodes it is meant for.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

const ROLES: [&str; 3] = [
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "node-role.kubernetes.io/etcd",
];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if pod.is_system() || pod.owner.kind == "DaemonSet" {
        return;
    }
    let spec = pod.spec();
    let mut places = Vec::new();
    for toleration in spec.get("tolerations").items() {
        let key = toleration.get("key");
        let is_role = key.scalar().is_some_and(|key| ROLES.contains(&key));
        let every = key.scalar().unwrap_or("").is_empty()
            && toleration.get("operator").is("Exists")
            && toleration.get("effect").scalar().unwrap_or("NoSchedule") == "NoSchedule";
        if is_role || every {
            places.push((
                toleration,
                if is_role { "tolerates the taint of the control plane" } else { "tolerates every taint" },
            ));
        }
    }
    for (key, node) in spec.get("nodeSelector").entries() {
        if ROLES.contains(&key) {
            places.push((node, "asks for nodes of the control plane"));
        }
    }
    let required = spec.at("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    for term in required.get("nodeSelectorTerms").items() {
        for wanted in term.get("matchExpressions").items() {
            let role = wanted.get("key").scalar().is_some_and(|key| ROLES.contains(&key));
            if role && matches!(wanted.get("operator").as_str(), Some("Exists" | "In")) {
                places.push((wanted, "asks for nodes of the control plane"));
            }
        }
    }
    let Some(((first, what), others)) = places.split_first() else { return };
    let draft = out.fail(*first, format!("{} `{}` {what}", pod.owner.kind, pod.owner.name()));
    draft.key("control-plane");
    for (other, what) in others {
        draft.related(*other, *what);
    }
}
