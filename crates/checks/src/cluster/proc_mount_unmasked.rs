//! Containers without the masks over /proc.

use crate::support::pod_security::{container_scopes, in_user_namespace};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The container runtime hides or write-protects parts of /proc (kcore, keys, sysrq-trigger, timer_list ...).
    /// `procMount: Unmasked` takes these masks away.
    ///
    /// It breaks the Pod Security Standard *baseline* (procMount), which allows only `Default` or nothing. From
    /// version v1.35 on, pods in a user namespace of their own (`hostUsers: false`) may use any value under
    /// baseline.
    ///
    /// ## How to fix
    /// Remove `procMount`. Programs that build or run nested containers need it at most together with `hostUsers:
    /// false`.
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
    ///       securityContext:
    ///         procMount: Unmasked
    /// ```
    /// ```yaml pss=v1.34
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {procMount: Unmasked}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: true
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {procMount: Unmasked}
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
    ///       securityContext: {procMount: unmasked}
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
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         procMount: Default
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
    ///       securityContext: {procMount: null}
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
    /// ```yaml pss=v1.35
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {procMount: Unmasked}
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
    ///       securityContext: {procMount: Unmasked}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "proc-mount-unmasked",
        title: "Container's /proc is not masked",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "the masked files of /proc reveal kernel memory, keys and timers of the node, and several writable ones change the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/procMount",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove `securityContext.procMount` or set it to `Default`.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0027", "kube-linter:unsafe-proc-mount"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if in_user_namespace(pod, cx, out) != Some(false) {
        return;
    }
    for scope in container_scopes(pod, out) {
        let field = scope.context.get("procMount");
        if let Some(place) = out.met(field.name(), |kind| kind != "Default") {
            let kind = field.scalar().unwrap_or("");
            out.fail(
                place,
                format!("{} sets `procMount` to `{kind}`; baseline allows only `Default`", scope.label()),
            )
            .fix(Plan::risky("set `procMount` to `Default`").set(
                scope.node,
                &["securityContext", "procMount"],
                "Default",
            ));
        }
    }
}
