//! Role may impersonate others.

use crate::support::rbac::{self, ROLES, Reach};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// `impersonate` on users, groups or service accounts lets the holder make requests as someone else.
    /// Without `resourceNames` that includes the group `system:masters`, for which authorisation is not
    /// even asked. `userextras` and `uids` complete such an identity.
    ///
    /// ## How to fix
    /// Authenticating proxies need this; name the users and groups that they may stand for in
    /// `resourceNames`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["users", "groups", "serviceaccounts"]
    ///     verbs: ["impersonate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["serviceaccounts"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["authentication.k8s.io"]
    ///     resources: ["userextras/scopes", "uids"]
    ///     verbs: ["impersonate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["groups"]
    ///     verbs: ["impersonate"]
    ///     resourceNames: ["system:masters"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["serviceaccounts"]
    ///     verbs: ["impersonate"]
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
    ///     verbs: ["impersonate"]
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
    ///     resources: ["users"]
    ///     verbs: ["impersonate"]
    ///     resourceNames: ["jane"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["serviceaccounts"]
    ///     verbs: ["get", "create"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["users"]
    ///     verbs: ["impersonate"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-impersonate",
        title: "Role may impersonate others",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the holder acts as any user or group, `system:masters` among them, which no rule \
                      restrains",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.8",
        ],
        remediation: "Remove the verb `impersonate`, or name the users and groups in `resourceNames`.",
        since: "0.1.0",
        aliases: &["checkov:CKV2_K8S_3", "trivy:KSV-0043"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out) {
        let masters = rule.names().items().find(|n| n.is("system:masters"));
        if rule.is_named() && masters.is_none() {
            continue;
        }
        let Some(verb) = rule.verb("impersonate").filter(|_| !rule.is_everything()) else { continue };
        let whom: Vec<Node<'a>> = rule
            .resources()
            .items()
            .filter(|r| match r.as_str().unwrap_or("") {
                "users" | "groups" | "serviceaccounts" => rule.group("").is_some(),
                "*" => !verb.is("*"),
                "uids" => rule.group("authentication.k8s.io").is_some(),
                other => other.starts_with("userextras") && rule.group("authentication.k8s.io").is_some(),
            })
            .collect();
        if whom.is_empty() {
            continue;
        }
        let extras =
            whom.iter().all(|r| r.as_str().is_some_and(|r| r == "uids" || r.starts_with("userextras")));
        let base = if extras { Severity::Medium } else { Severity::Critical };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let message = format!(
            "{} `{}` lets {} impersonate {}{}",
            role.kind,
            role.name(),
            reach.holders(),
            if masters.is_some() { "`system:masters`".to_owned() } else { rbac::listed(whom.into_iter()) },
            rbac::scope(role, reach, true),
        );
        out.fail(verb, message).severity(reach.severity(role, base, true)).key(rbac::key_of(&rule));
    }
}
