//! Role may bind roles stronger than itself.

use crate::support::rbac::{self, ROLES, Star, namespaced, on_rbac};
use check::kube::rbac::{GROUP, Power, rules};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The API server lets nobody bind a role whose rights the binder lacks, unless the binder has the verb
    /// `bind` on that role. Without `resourceNames` this covers `cluster-admin`: whoever may also create a
    /// binding becomes administrator.
    ///
    /// ## How to fix
    /// Name the roles that may be given out in `resourceNames`, or let the holder have the rights it gives.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["bind"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["roles"]
    ///     verbs: ["bind"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["rolebindings", "clusterrolebindings"]
    ///     verbs: ["create", "bind"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["bind"]
    ///     resourceNames: ["edit", "view"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["get", "list"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apps"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["bind"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-bind",
        title: "Role may bind roles stronger than itself",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the holder can bind itself to cluster-admin with one request",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.8",
        ],
        remediation: "Remove the verb `bind`, or limit it with `resourceNames` to the roles that are \
                      meant to be given out.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_157", "trivy:KSV-0050"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = namespaced(
    "bind roles with more rights than their own",
    &[on_rbac("roles", &["bind"]), on_rbac("clusterroles", &["bind"])],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge_verb(role, cx, out, (Severity::Critical, &POWER, Star::AnyResource));
    // The verb counts on roles; on bindings it shows what its author was after.
    for rule in rules(role).filter(|r| r.gives(&POWER).is_empty() && !r.is_named()) {
        let verb = rule.verbs().items().find(|v| v.is("bind"));
        let kinds = ["rolebindings", "clusterrolebindings"];
        let binding = kinds.iter().find_map(|kind| rule.grants(GROUP, kind, "", "bind"));
        if let (Some(verb), Some(grant)) = (verb, binding) {
            let message = format!(
                "{} `{}` allows `bind` on `{}`, where it has no effect; on roles it would give any right",
                role.kind,
                role.name(),
                grant.resource.scalar().unwrap_or(""),
            );
            out.fail(verb, message).severity(Severity::Low).key(rbac::key_of(&rule));
        }
    }
}
