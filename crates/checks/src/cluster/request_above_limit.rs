//! Request is above the limit.

use crate::support::quantity::Quantity;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The API server refuses a container that requests more than its limit. Extended resources and huge pages can not be
    /// shared: there request and limit have to be equal.
    ///
    /// ## How to fix
    /// Raise the limit, or lower the request.
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
    ///       resources: {requests: {memory: 1Gi}, limits: {memory: 1G}}
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
    ///       resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}
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
    ///       resources: {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}
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
    ///       resources: {requests: {memory: 1Gi, cpu: 0.5}, limits: {memory: 1Gi, cpu: 500m}}
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
    ///       resources: {requests: {memory: 1Gi}}
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
    ///       resources: {limits: {memory: 1Gi}}
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
        id: "request-above-limit",
        title: "Request is above the limit",
        area: Area::Cluster,
        topic: "resources",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the pod, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Raise the limit or lower the request so that the request fits below the limit.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let resources = container.node.get("resources");
    for (name, request) in resources.get("requests").entries() {
        let limit = resources.get("limits").get(name);
        let (Some(asked), Some(allowed)) = (Quantity::at(request).known(), Quantity::at(limit).known())
        else {
            continue;
        };
        let indivisible =
            name.starts_with("hugepages-") || (name.contains('/') && !name.contains("kubernetes.io/"));
        let relation = if asked > allowed {
            "is above"
        } else if indivisible && asked != allowed {
            "has to equal"
        } else {
            continue;
        };
        let (shown, most) = (request.scalar().unwrap_or(""), limit.scalar().unwrap_or(""));
        out.fail(
            request,
            format!("the {name} request of {}, `{shown}`, {relation} its limit, `{most}`", container.label()),
        )
        .related(limit, "the limit");
    }
}
