//! Replicas may all run on one node.

use crate::support::{budgets, workload};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val};

check::docs! {
    /// Several replicas help only if they do not share a node. Without a rule the scheduler may put them together, for
    /// instance when only one node has room.
    ///
    /// ## How to fix
    /// Add `topologySpreadConstraints` with the pod's own labels over `kubernetes.io/hostname`, and over
    /// `topology.kubernetes.io/zone` where there are zones.
    ///
    /// ## Fails
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
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       affinity: {podAntiAffinity: {}}
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
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
    ///       affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
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
    ///       topologySpreadConstraints:
    ///         - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
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
    ///       affinity:
    ///         podAntiAffinity:
    ///           preferredDuringSchedulingIgnoredDuringExecution:
    ///             - weight: 100
    ///               podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "replicas-not-spread",
        title: "Replicas may all run on one node",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the scheduler's defaults spread pods as well, but they promise nothing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add `topologySpreadConstraints` over `kubernetes.io/hostname`, or a pod \
                      anti-affinity, to the pod template.",
        since: "0.1.0",
        aliases: &[
            "kube-linter:no-anti-affinity",
            "kube-score:deployment-has-host-podantiaffinity",
            "kube-score:statefulset-has-host-podantiaffinity",
        ],
        docs: DOCS,
    },
    subject: Subject::Object(&["Deployment", "StatefulSet", "Rollout.argoproj.io"], judge),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Val::Unknown(why, place) = workload::replicas(object) {
        return out.unknown(place, why);
    }
    if budgets::fewest_pods(cx, object).is_none_or(|count| count < 2) {
        return;
    }
    if workload::note_patch(object, out) {
        return;
    }
    for pod in cx.inventory.pods_of(object) {
        let affinity = pod.spec().at("affinity.podAntiAffinity");
        let kept_apart = affinity.entries().any(|(_, terms)| !terms.is_empty());
        if !kept_apart && pod.spec().get("topologySpreadConstraints").is_empty() {
            out.fail(
                pod.spec(),
                format!("the replicas of {} `{}` may all run on one node", object.kind, object.name()),
            );
        }
    }
}
