//! Privileged containers.

use crate::support::pod_security::container_scopes;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A container with `securityContext.privileged: true` gets every capability, every device of the node
    /// and no seccomp, AppArmor or SELinux confinement. Whoever controls it controls the node: mounting the
    /// node's disk from inside takes one command.
    ///
    /// ## How to fix
    /// Remove `privileged`, then add back the single capabilities, devices or volumes the program needs.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         privileged: true
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         privileged: false
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "privileged-container",
        title: "Container runs privileged",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "root in a privileged container is root on the node, without any exploit",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/privileged",
            "practices:RUN-3",
            "practices:K8S-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/privileged",
            "cis-k8s:5.2.2",
        ],
        remediation: "Remove `securityContext.privileged` or set it to false, and grant only the capabilities, \
                      devices or volumes that the program really uses.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_16",
            "trivy:KSV-0017",
            "kube-linter:privileged-container",
            "kube-score:container-security-context-privileged",
        ],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for scope in container_scopes(pod, out) {
        if let Some(place) = out.met(scope.context.get("privileged").bool(), |on| on) {
            out.fail(place, format!("{} runs privileged", scope.label())).fix(
                Plan::risky("set `privileged` to false").set(
                    scope.node,
                    &["securityContext", "privileged"],
                    false,
                ),
            );
        }
    }
}
