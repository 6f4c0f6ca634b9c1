//! Role allows every URL of the API server.

use crate::support::rbac::{self, ROLES, Reach};
use check::kube::rbac::Rule;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `nonResourceURLs: ["*"]` covers every path of the API server that is not an object: `/metrics`,
    /// `/logs`, `/debug/pprof` and what extensions add.
    ///
    /// ## How to fix
    /// Monitoring needs `/metrics`, probes need `/healthz`, `/livez` and `/readyz`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: monitoring
    /// rules:
    ///   - nonResourceURLs: ["*"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: root
    /// rules:
    ///   - nonResourceURLs: ["/*"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: monitoring
    /// rules:
    ///   - nonResourceURLs: ["/metrics", "/healthz/*"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-all-urls",
        title: "Role allows every URL of the API server",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "profiles, logs and metrics of the API server are among them; objects are not",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.3",
        ],
        remediation: "Name the paths that are needed, such as `/metrics` or `/healthz`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let rules = rbac::readable(role, out);
    // Beside a rule that allows everything it adds nothing worth a finding of its own.
    if rules.iter().any(Rule::is_everything) {
        return;
    }
    for rule in rules {
        let Some(place) = rule.urls().items().find(|u| u.is("*") || u.is("/*")) else { continue };
        let reach = Reach::of(role, cx);
        let message = format!(
            "{} `{}` lets {} use {} on every URL of the API server that is not an object",
            role.kind,
            role.name(),
            reach.holders(),
            rbac::listed(rule.verbs().items()),
        );
        out.fail(place, message)
            .severity(reach.severity(role, Severity::Medium, false))
            .key(rbac::key_of(&rule));
    }
}
