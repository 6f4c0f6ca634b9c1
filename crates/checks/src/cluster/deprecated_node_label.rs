//! Pod is placed by a deprecated node label.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// The labels `beta.kubernetes.io/os`, `beta.kubernetes.io/arch`, `beta.kubernetes.io/instance-type` and
    /// `failure-domain.beta.kubernetes.io/...` have stable successors, and so has `node-role.kubernetes.io/master`.
    ///
    /// ## How to fix
    /// Rename the label.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {beta.kubernetes.io/os: linux}
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
    ///         nodeSelectorTerms: [{matchExpressions: [{key: beta.kubernetes.io/arch, operator: In, values: [amd64]}]}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   topologySpreadConstraints: [{maxSkew: 1, topologyKey: failure-domain.beta.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}]
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
    ///   nodeSelector: {kubernetes.io/os: linux}
    ///   topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "deprecated-node-label",
        title: "Pod is placed by a deprecated node label",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "on nodes without the old label, which newer providers do not set, the pod \
                      stays pending",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["nsa-cisa:upgrade/versions"],
        remediation: "Use the label that the message names.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

const OLD: &[(&str, &str)] = &[
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"),
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"),
];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let spec = pod.spec();
    for (key, node) in spec.get("nodeSelector").entries() {
        report(key, node, out);
    }
    for constraint in spec.get("topologySpreadConstraints").items() {
        let node = constraint.get("topologyKey");
        report(node.scalar().unwrap_or(""), node, out);
    }
    let affinity = spec.at("affinity.nodeAffinity");
    let required = affinity.at("requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms").items();
    let preferred =
        affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items().map(|p| p.get("preference"));
    let terms: Vec<Node<'a>> = required.chain(preferred).collect();
    // A pod may well ask for the old and the new label in two terms, either of which will do.
    if terms.len() > 1 {
        return;
    }
    for wanted in terms.into_iter().flat_map(|term| term.get("matchExpressions").items()) {
        if !matches!(wanted.get("operator").as_str(), Some("DoesNotExist" | "NotIn")) {
            report(wanted.get("key").scalar().unwrap_or(""), wanted.get("key"), out);
        }
    }
}

fn report<'a>(key: &str, node: Node<'a>, out: &mut Out<'a>) {
    if let Some((_, new)) = OLD.iter().find(|(old, _)| *old == key) {
        out.fail(node, format!("the node label `{key}` is deprecated: use `{new}`"));
    }
}
