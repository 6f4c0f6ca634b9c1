//! Containers without the masks over /proc, under restricted.

use crate::support::pod_security::container_scopes;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// From version v1.35 on, the Pod Security Standard *baseline* lets pods with `hostUsers: false` take the
    /// masks off /proc. *Restricted* still does not (procMount_restricted): only `Default` or nothing is allowed,
    /// user namespace or not.
    ///
    /// Before v1.35 the baseline control covers every pod, and this one does not exist.
    ///
    /// ## How to fix
    /// Remove `procMount`, or run the pod in a namespace whose level is baseline.
    ///
    /// ## Fails
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
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {procMount: Unmasked}
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
    ///       securityContext: {procMount: Default}
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "proc-mount-not-restricted",
        title: "Container's /proc is not masked, which restricted forbids even in a user namespace",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "in a user namespace most of what the masks hide is out of reach anyway; without one `proc-mount-unmasked` reports it as high",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/procMount_restricted",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove `securityContext.procMount` or set it to `Default`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 35;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) {
        return;
    }
    for scope in container_scopes(pod, out) {
        let field = scope.context.get("procMount");
        if let Some(place) = out.met(field.name(), |kind| kind != "Default") {
            let kind = field.scalar().unwrap_or("");
            let label = scope.label();
            out.fail(
                place,
                format!(
                    "{label} sets `procMount` to `{kind}`; restricted forbids it in user namespaces, too"
                ),
            );
        }
    }
}
