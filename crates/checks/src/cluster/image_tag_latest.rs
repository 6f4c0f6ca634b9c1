//! Image tag is latest or missing.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `latest`, or no tag, which means the same, names whatever was pushed last. Nodes run different programs under one
    /// name, a rollback does not go back, and an image that was exchanged in the registry is pulled with the next restart.
    ///
    /// ## How to fix
    /// Write the version that was tested, best with its digest.
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
    ///       image: registry.example.com:5000/team/web
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: busybox:latest
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: backup}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers:
    ///             - {name: backup, image: "example.com/backup:latest"}
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
    ///       image: registry.example.com:5000/team/web:1.0
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
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-tag-latest",
        title: "Image tag is latest or missing",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what runs can be exchanged behind the team's back by anyone who can push the \
                      tag, but pushing it takes access to the registry",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "owasp-k8s-2022:K02", "nsa-cisa:pod-security/trusted-images"],
        remediation: "Name the version that was tested, best with its digest: \
                      `registry/app:1.4.2@sha256:...`.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_14",
            "trivy:KSV-0013",
            "kube-linter:latest-tag",
            "kube-score:container-image-tag",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((place, image)) = images::of(container, out) else { return };
    if image.digest.is_some() || image.effective_tag() != Some("latest") {
        return;
    }
    let how = if image.tag.is_some() { "is tagged `latest`" } else { "has no tag, which means `latest`" };
    out.fail(place, format!("the image `{}` of {} {how}", image.familiar_name(), container.label()));
}
