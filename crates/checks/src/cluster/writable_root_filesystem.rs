//! Containers with a writable root file system.

use crate::support::pod_security::{is_partial_container, mapping};
use check::{Check, Container, Cx, Out, Plan, Role, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With a writable root file system an intruder can install tools, replace the program or its configuration,
    /// and hide in the image's files. `readOnlyRootFilesystem: true` takes that away; what a container changes
    /// then shows in its volumes.
    ///
    /// Windows has no such thing, and debugging (ephemeral) containers are left out.
    ///
    /// ## How to fix
    /// Set it to true and add an emptyDir volume for each directory the program writes to, often /tmp.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         readOnlyRootFilesystem: false
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: example.com/setup:1.0
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         readOnlyRootFilesystem: true
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    ///           securityContext:
    ///             readOnlyRootFilesystem: null
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         readOnlyRootFilesystem: true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: nightly}
    /// spec:
    ///   schedule: '0 3 * * *'
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers:
    ///             - name: job
    ///               image: example.com/job:1.0
    ///               securityContext:
    ///                 readOnlyRootFilesystem: true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         readOnlyRootFilesystem: true
    ///   ephemeralContainers:
    ///     - name: debug
    ///       image: example.com/debug:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "writable-root-filesystem",
        title: "Container's root file system is writable",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an intruder can drop tools and change the program, but only until the container restarts",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-10",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/immutable-fs",
        ],
        remediation: "Set `securityContext.readOnlyRootFilesystem: true` and mount emptyDir volumes where the program writes.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_22",
            "trivy:KSV-0014",
            "kube-linter:no-read-only-root-fs",
            "kube-score:container-security-context-readonlyrootfilesystem",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if container.role == Role::Ephemeral || container.pod.is_windows() {
        return;
    }
    let Some(context) = mapping(container.security_context(), out) else { return };
    let field = context.get("readOnlyRootFilesystem");
    if let Some(place) = out.unmet(field.bool(), |on| on) {
        if !field.is_set() && is_partial_container(container, out) {
            return;
        }
        let label = container.label();
        let message = if field.is_set() {
            format!("{label} sets `readOnlyRootFilesystem: false`")
        } else {
            format!("{label} does not set `readOnlyRootFilesystem: true`")
        };
        out.fail(place, message).fix(Plan::risky("set `readOnlyRootFilesystem` to true").set(
            container.node,
            &["securityContext", "readOnlyRootFilesystem"],
            true,
        ));
    }
}
