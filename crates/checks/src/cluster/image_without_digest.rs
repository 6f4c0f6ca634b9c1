//! Image is not pinned by digest.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A tag is a movable name. Only a digest guarantees that what runs is, byte for byte, what was tested and scanned.
    ///
    /// ## How to fix
    /// Write the digest behind the tag, and let a bot keep both up to date.
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
    ///       image: nginx
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
    ///       image: nginx:1.27.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
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
        id: "image-without-digest",
        title: "Image is not pinned by digest",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "a tag can be moved, but only by somebody who may push to the registry, and \
                      most teams rely on tags",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-9",
            "practices:IMG-10",
            "owasp-k8s-2022:K02",
            "nsa-cisa:pod-security/trusted-images",
            "cis-k8s:5.5.1",
        ],
        remediation: "Add the digest of the image that was tested: `registry/app:1.4.2@sha256:...`; \
                      tools like Renovate keep it fresh.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_43"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((place, image)) = images::of(container, out) else { return };
    if image.digest.is_none() {
        out.fail(
            place,
            format!("the image `{}` of {} has no digest", image.familiar_name(), container.label()),
        );
    }
}
