//! Role allows everything.

use crate::support::rbac::{self, ROLES, Reach};
use check::kube::rbac::Rule;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A rule with `*` for API groups, resources and verbs allows every request there is, on kinds that are
    /// yet to be installed too: reading all Secrets, running commands in all pods, changing all roles. This
    /// finding stands for all of them; checks on single rights do not repeat it.
    ///
    /// ## How to fix
    /// Collect what the program really does, from its documentation or the audit log, and write one rule
    /// for each API group.
    ///
    /// ## Fails
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
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["*"]
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
    ///     resources: ["pods"]
    ///     verbs: ["get"]
    ///   - apiGroups: ["*"]
    ///     resources: ["*"]
    ///     verbs: ["*"]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
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
    ///     verbs: ["*"]
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
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-wildcard-everything",
        title: "Role allows everything",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "it is cluster-admin under another name",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.1",
            "cis-k8s:5.1.2",
            "cis-k8s:5.1.3",
            "cis-k8s:5.1.4",
            "cis-k8s:5.1.8",
            "cis-k8s:5.1.9",
            "cis-k8s:5.1.10",
            "cis-k8s:5.1.11",
            "cis-k8s:5.1.12",
            "cis-k8s:5.1.13",
        ],
        remediation: "List the API groups, resources and verbs that the holder uses; bind per \
                      namespace where it works in few.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_49",
            "trivy:KSV-0044",
            "kube-linter:wildcard-in-rules",
            "trivy:KSV-0046",
            "trivy:KSV-0112",
        ],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out).into_iter().filter(Rule::is_everything) {
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let place = rule.resource("*", "").unwrap_or(rule.node);
        let message = format!(
            "{} `{}` lets {} do everything {}: every verb on every resource of every group",
            role.kind,
            role.name(),
            reach.holders(),
            reach.scope(role),
        );
        let draft = out.fail(place, message);
        draft.severity(reach.severity(role, Severity::Critical, true)).key(rbac::key_of(&rule));
        for binding in reach.bindings.iter().take(3) {
            draft.related(&binding.object, format!("this {} gives the role", binding.object.kind));
        }
    }
}
