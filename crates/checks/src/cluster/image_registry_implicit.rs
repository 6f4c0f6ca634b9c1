//! Image names no registry.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A name without a registry means Docker Hub, unless the node's runtime was configured otherwise. Anonymous pulls
    /// from there are limited, and the same name may mean another image elsewhere.
    ///
    /// ## How to fix
    /// Write the registry, best that of a mirror of your own.
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
    ///       image: team/web:1.0
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
    ///       image: docker.io/library/nginx:1.27.3
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: ghcr.io/team/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: localhost:5000/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-registry-implicit",
        title: "Image names no registry",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it works as long as every node's runtime takes Docker Hub for the default and \
                      its pull limits suffice",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9"],
        remediation: "Write the registry: `docker.io/library/nginx:1.27.3`, better a mirror of your \
                      own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((place, image)) = images::of(container, out) else { return };
    if !image.has_registry() {
        out.fail(
            place,
            format!(
                "the image `{}` of {} is pulled from whatever registry is the default",
                image.familiar_name(),
                container.label()
            ),
        );
    }
}
