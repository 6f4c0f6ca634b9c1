//! Role allows every verb.

use crate::support::rbac::{self, ROLES, Reach};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A verb `*` covers more than reading and writing: `deletecollection` empties a namespace in one
    /// request, and `escalate`, `bind`, `impersonate`, `approve` and `use` are verbs as well. On resources
    /// of a program's own API group the risk is small, and so is the severity.
    ///
    /// ## How to fix
    /// Write the verbs out. Most controllers need `get`, `list`, `watch` on what they follow, and `create`,
    /// `update`, `patch`, `delete` on what they make.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["deployments"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["monitoring.example.com"]
    ///     resources: ["probes"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["*"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["get", "*"]
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
    ///     verbs: ["*"]
    ///     resourceNames: ["web-0"]
    /// ```
    ///
    /// ## Passes
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
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["*"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["*"]
    ///     verbs: ["*"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-wildcard-verbs",
        title: "Role allows every verb",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the star adds deleting in bulk, and special verbs such as escalate, bind and \
                      impersonate, now and in future versions",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.3",
        ],
        remediation: "Replace `*` by the verbs that are used: `get`, `list`, `watch`, `create`, \
                      `update`, `patch`, `delete`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_49", "trivy:KSV-0045", "kube-linter:wildcard-in-rules"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out) {
        let star = rule.verbs().items().find(|v| v.is("*"));
        // Rules on every URL are the matter of another check.
        let urls = rule.urls().items().any(|u| u.is("*") || u.is("/*"));
        let Some(place) = star.filter(|_| !rule.is_everything() && !urls) else {
            continue;
        };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let resources = rule.resources();
        let base = if rule.resource("*", "").is_some_and(|r| r.is("*"))
            && !rule.is_named()
            && !rbac::is_own_api(&rule)
        {
            Severity::High
        } else if resources.is_empty() || rule.is_named() || rbac::is_own_api(&rule) {
            Severity::Low
        } else {
            Severity::Medium
        };
        let on = if resources.is_empty() {
            rbac::listed(rule.urls().items())
        } else if resources.items().any(|r| r.is("*")) {
            format!("every resource of {}", rbac::groups(&rule))
        } else {
            rbac::listed(resources.items())
        };
        let message = format!(
            "{} `{}` lets {} use every verb on {} {}",
            role.kind,
            role.name(),
            reach.holders(),
            on,
            reach.scope(role),
        );
        out.fail(place, message).severity(reach.severity(role, base, true)).key(rbac::key_of(&rule));
    }
}
