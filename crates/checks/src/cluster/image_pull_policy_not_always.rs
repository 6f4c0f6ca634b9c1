//! Image of a movable tag is not pulled anew.

use crate::support::images;
use check::{Check, Container, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With any policy but `Always` a node runs whatever copy of the tag it has, without asking the registry whether the
    /// pod may have it. Two nodes may run different programs, and any pod may use a private image that was once pulled.
    ///
    /// ## How to fix
    /// Set `imagePullPolicy: Always` (layers that are there are not fetched again), or pin the image by digest.
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
    ///       image: nginx:1.27.3
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx:1.27.3
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
    ///       image: nginx:1.27.3
    ///       imagePullPolicy: Never
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
    ///       image: nginx:1.27.3
    ///       imagePullPolicy: Always
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx:latest
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
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-pull-policy-not-always",
        title: "Image of a movable tag is not pulled anew",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "a node's old copy is run only where tags are moved, and a private image in its \
                      cache is open only to pods on that node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-k8s:1.2.11"],
        remediation: "Set `imagePullPolicy: Always`, or pin the image by digest, where a cached copy \
                      is the same by construction.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_15", "kube-score:container-image-pull-policy"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((_, image)) = images::of(container, out) else { return };
    if image.digest.is_some() {
        return;
    }
    let policy = container.node.get("imagePullPolicy");
    if !policy.is_set() && image.effective_tag() == Some("latest") {
        return;
    }
    if let Some(place) = out.unmet(policy.name(), |p| p == "Always") {
        let shown = policy.scalar().unwrap_or("IfNotPresent");
        out.fail(
            place,
            format!(
                "{} runs a cached copy of `{}` (pull policy `{shown}`)",
                container.label(),
                image.familiar_name()
            ),
        )
        .fix(Plan::risky("set `imagePullPolicy` to Always").set(
            container.node,
            &["imagePullPolicy"],
            "Always",
        ));
    }
}
