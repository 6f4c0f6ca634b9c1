//! Image comes from a registry that is not allowed.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The configuration names the registries images may come from; this image comes from another one, past scans and
    /// signatures. The check does nothing as long as no registry is configured.
    ///
    /// ## How to fix
    /// Mirror the image to an allowed registry and use it from there.
    ///
    /// ## Fails
    ///
    /// ```yaml registries=ghcr.io/acme,registry.example.com
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx:1.27.3
    /// ```
    ///
    /// ```yaml registries=ghcr.io/acme
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: ghcr.io/acmeevil/web:1.0
    /// ```
    ///
    /// ```yaml registries=ghcr.io
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: ghcr.io.example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml registries=ghcr.io/acme,docker.io/library
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: ghcr.io/acme/web:1.0
    /// ```
    ///
    /// ```yaml registries=docker.io/library
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
    ///       image: anywhere.example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-registry-not-allowed",
        title: "Image comes from a registry that is not allowed",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "nobody vouches for the image, but it still has to be malicious or vulnerable \
                      to do harm",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-9",
            "owasp-k8s-2022:K02",
            "nsa-cisa:pod-security/trusted-images",
            "cis-k8s:5.5.1",
        ],
        remediation: "Use an image from an allowed registry, mirror this one there, or add the \
                      registry to the configuration.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0125"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let allowed = &cx.settings.allowed_registries;
    if allowed.is_empty() {
        return;
    }
    let Some((place, image)) = images::of(container, out) else { return };
    if !allowed.iter().any(|registry| images::comes_from(&image, registry)) {
        out.fail(
            place,
            format!(
                "the image `{}` of {} comes from none of the allowed registries",
                image.name(),
                container.label()
            ),
        );
    }
}
