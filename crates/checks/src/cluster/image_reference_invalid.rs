//! Image reference is not valid.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;

check::docs! {
    /// The container runtime refuses the image name, so the pod stays in `InvalidImageName`.
    ///
    /// ## How to fix
    /// Write `registry/repository:tag`: no `https://`, the repository in lower case, no blanks, a digest of full length.
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
    ///       image: https://registry.example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: registry.example.com/Web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: "nginx:"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx@sha256:0123
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: "nginx: 1.27"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: ""
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
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: localhost:5000/web
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: injected}
    /// spec:
    ///   selector: {matchLabels: {app: a}}
    ///   template:
    ///     metadata: {labels: {app: a}}
    ///     spec:
    ///       containers: [{name: auto}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-reference-invalid",
        title: "Image reference is not valid",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the container never starts, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write the image as `registry/repository:tag` or \
                      `registry/repository@sha256:...`, in lower case and without a scheme.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let node = container.node.get("image");
    let Some(text) = out.known(node.name()) else { return };
    // Istio has its gateways' image filled in on admission.
    if text == "auto" {
        return;
    }
    if let Err(error) = ImageRef::parse(text) {
        let hint = if error.hint.is_empty() { String::new() } else { format!(": {}", error.hint) };
        out.fail(
            node,
            format!("the image of {} can not be pulled: {}{hint}", container.label(), error.message),
        );
    }
}
