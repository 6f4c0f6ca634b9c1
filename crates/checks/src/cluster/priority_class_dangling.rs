//! Priority class that is named is not there.

use crate::support::lookup::Names;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The API server refuses pods with a priority class it does not know.
    ///
    /// ## How to fix
    /// Correct the name, or declare the PriorityClass.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: urgent
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
    ///   priorityClassName: urgent
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ---
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: urgent}
    /// value: 1000
    /// ```
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
        id: "priority-class-dangling",
        title: "Priority class that is named is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "no pod is made until the class is there, but it may well come from elsewhere",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct `priorityClassName`, or declare the PriorityClass.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["PriorityClass"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let names = Names::new(cx, "PriorityClass");
    for pod in cx.inventory.pods() {
        out.subject(pod.owner.id());
        let node = pod.spec().get("priorityClassName");
        let Some(name) = out.known(node.name()) else { continue };
        let built_in = matches!(name, "" | "system-node-critical" | "system-cluster-critical");
        if built_in || names.has(name, &pod.owner) {
            continue;
        }
        if cx.settings.complete {
            out.fail(
                node,
                format!(
                    "the priority class `{name}` of {} `{}` is not there",
                    pod.owner.kind,
                    pod.owner.name()
                ),
            );
        } else {
            let why = format!("the priority class `{name}` may be part of another input");
            out.unknown(node, Why::new(WhyCode::MissingInput, why));
        }
    }
}
