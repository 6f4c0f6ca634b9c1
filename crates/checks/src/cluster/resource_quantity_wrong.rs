//! Amount of a resource is not valid or can not be meant.

use crate::support::quantity::Quantity;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Val, WhyCode};
use syntax::Node;

check::docs! {
    /// Amounts are Kubernetes quantities. Slips are common: `512MB` is none, `512m` of memory is half a byte, `512`
    /// is 512 bytes, and `500` of CPU is five hundred processors.
    ///
    /// ## How to fix
    /// Write `500m` for half a processor and `512Mi` or `1Gi` for memory.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {memory: 512MB}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {requests: {memory: 512m}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {memory: 512}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {requests: {cpu: 500}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {requests: {cpu: -1}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {memory: 1 Gi}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {cpu: 100mm}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {ephemeral-storage: 2gb}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {memory: 512Mi, cpu: 500m, ephemeral-storage: 1Gi, nvidia.com/gpu: 1}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {memory: 1.5Gi, cpu: 0.5}, requests: {memory: 1e9, cpu: "2"}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       resources: {limits: {cpu: 0, memory: 0}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "resource-quantity-wrong",
        title: "Amount of a resource is not valid or can not be meant",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the pod is refused, or is killed or never scheduled for an amount nobody meant",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write amounts as Kubernetes quantities: `500m` for half a processor, `512Mi` \
                      for memory.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

/// Less memory than any process needs.
const LEAST_BYTES: i64 = 64 * 1024;
/// More processors than a node has.
const MOST_CPUS: i64 = 256;

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let resources = container.node.get("resources");
    for part in [resources.get("requests"), resources.get("limits")] {
        for (name, node) in part.entries() {
            judge_amount(container, name, node, out);
        }
    }
}

fn judge_amount<'a>(container: &Container<'a>, name: &str, node: Node<'a>, out: &mut Out<'a>) {
    let shown = node.scalar().unwrap_or("null");
    let quantity = match Quantity::at(node) {
        Val::Known(quantity, _) => quantity,
        Val::Absent(_) => return,
        Val::Unknown(why, _) if why.code == WhyCode::Malformed => {
            out.fail(node, format!("`{name}: {shown}` of {} is not a quantity", container.label()));
            return;
        }
        Val::Unknown(why, place) => return out.unknown(place, why),
    };
    let problem = match name {
        _ if quantity.is_negative() => "is less than nothing",
        "memory" | "ephemeral-storage" if !quantity.is_zero() && quantity < Quantity::units(LEAST_BYTES) => {
            "is next to nothing: the unit is bytes"
        }
        "cpu" if quantity >= Quantity::units(MOST_CPUS) => "asks for more processors than a node has",
        _ => return,
    };
    out.fail(node, format!("`{name}: {shown}` of {} {problem}", container.label()));
}
