//! Role may extend or reroute the API.

use crate::support::rbac::{self, MANAGES, ROLES, Star, cluster_wide};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An APIService sends all requests for an API group to a Service; a CustomResourceDefinition may name
    /// a conversion webhook that sees every such object, and deleting one deletes all its objects. Both
    /// belong to the cluster's administrators.
    ///
    /// ## How to fix
    /// Name the definitions in `resourceNames` for `update` and `patch`, and leave `create` and `delete` to
    /// whoever installs the component.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apiextensions.k8s.io"]
    ///     resources: ["customresourcedefinitions"]
    ///     verbs: ["create", "update", "delete"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apiregistration.k8s.io"]
    ///     resources: ["apiservices"]
    ///     verbs: ["patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apiextensions.k8s.io"]
    ///     resources: ["customresourcedefinitions"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apiextensions.k8s.io"]
    ///     resources: ["customresourcedefinitions"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: ["apiextensions.k8s.io"]
    ///     resources: ["customresourcedefinitions"]
    ///     verbs: ["update", "patch"]
    ///     resourceNames: ["backups.example.com"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-api-extensions",
        title: "Role may extend or reroute the API",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "an APIService puts a server of the holder's choice behind an API group and shows \
                      it the callers' identities; a CRD can convert or remove stored objects",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.3",
        ],
        remediation: "Install CustomResourceDefinitions and APIServices with the component's \
                      installation, and grant its controller read access or named objects only.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = cluster_wide(
    "extend or reroute the API",
    &[
        Ask::on("apiextensions.k8s.io", "customresourcedefinitions", "", MANAGES),
        Ask::on("apiregistration.k8s.io", "apiservices", "", MANAGES),
    ],
);

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    rbac::judge(role, cx, out, (Severity::High, &POWER, Star::Named));
}
