//! Image is never pulled.

use check::{Check, Container, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `imagePullPolicy: Never` the kubelet uses only an image that is on the node already. That is handy on a
    /// developer's machine; on any other cluster the pod fails with `ErrImageNeverPull`, and nobody scanned what runs.
    ///
    /// ## How to fix
    /// Push the image to a registry and set the policy to `IfNotPresent` or `Always`.
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
    ///       imagePullPolicy: Never
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - {name: setup, image: "example.com/setup:1.0", imagePullPolicy: Never}
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0"}
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
    ///       imagePullPolicy: IfNotPresent
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
        id: "image-pull-policy-never",
        title: "Image is never pulled",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the pod starts only on nodes where somebody has put the image by hand",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `imagePullPolicy` to `IfNotPresent` or `Always`, and push the image to a \
                      registry.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.met(container.node.get("imagePullPolicy").name(), |policy| policy == "Never") {
        out.fail(place, format!("{} runs only where its image was put by hand", container.label())).fix(
            Plan::risky("set `imagePullPolicy` to IfNotPresent").set(
                container.node,
                &["imagePullPolicy"],
                "IfNotPresent",
            ),
        );
    }
}
