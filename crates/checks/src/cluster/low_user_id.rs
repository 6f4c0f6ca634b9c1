//! Containers without a high user id.

use crate::support::pod_security::{is_partial_container, mapping};
use check::{Check, Container, Cx, Out, Role, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Users of a node mostly have ids below 10000. A container that runs with such an id has, once it escapes or
    /// shares files, the rights of that user. An id of 10000 or more belongs to nobody. Without `runAsUser` the
    /// image decides.
    ///
    /// ## How to fix
    /// Set `runAsUser` for the pod or the container, and give the files the program writes to that user. Root
    /// is below, too, though worse; other checks say so.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsUser: 1000}
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
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsUser: 10000}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsUser: 9999}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsUser: 0}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsUser: 10000}
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
    ///   securityContext: {runAsUser: 100}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsUser: 20000}
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
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "low-user-id",
        title: "Container does not run with a high user id",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it matters only after an escape, where a low id may belong to a user of the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2"],
        remediation: "Set `securityContext.runAsUser` to a number of 10000 or more.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_40",
            "trivy:KSV-0020",
            "kube-score:container-security-context-user-group-id",
        ],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

/// Ids from here on rarely belong to anyone on a node.
const HIGH: i64 = 10_000;

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let pod = container.pod;
    if container.role == Role::Ephemeral
        || pod.is_windows()
        || pod.spec().get("hostUsers").as_bool() == Some(false)
    {
        return;
    }
    if mapping(container.security_context(), out).is_none() || mapping(pod.security_context(), out).is_none()
    {
        return;
    }
    let field = container.effective("runAsUser");
    if let Some(place) = out.unmet(field.int(), |id| id >= HIGH) {
        if !field.is_set() && is_partial_container(container, out) {
            return;
        }
        let label = container.label();
        let message = match field.as_int() {
            Some(id) => format!("{label} runs with user id {id}, below {HIGH}"),
            None => format!("{label} leaves its user id to the image"),
        };
        out.fail(place, message).key(container.name());
    }
}
