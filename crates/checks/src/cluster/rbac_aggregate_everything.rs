//! ClusterRole takes in the rules of every ClusterRole.

use crate::support::rbac::Reach;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// An aggregated ClusterRole is the sum of those its selectors match. An empty selector matches all,
    /// `cluster-admin` included, and so does a label that the built-in roles carry.
    ///
    /// ## How to fix
    /// Give the roles that belong together a label such as `example.com/aggregate-to-monitoring: "true"`
    /// and select that.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: all
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///     - {}
    /// rules: []
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: all
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///     - matchLabels: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: all
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///     - matchLabels:
    ///         kubernetes.io/bootstrapping: rbac-defaults
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: monitoring
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///     - matchLabels:
    ///         example.com/aggregate-to-monitoring: "true"
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
        id: "rbac-aggregate-everything",
        title: "ClusterRole takes in the rules of every ClusterRole",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "cluster-admin is among what it takes in",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.1",
            "cis-k8s:5.1.3",
        ],
        remediation: "Select the roles by a label of your own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["ClusterRole"], judge),
};

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    for selector in role.root.path(&["aggregationRule", "clusterRoleSelectors"]).items() {
        let (labels, expressions) = (selector.get("matchLabels"), selector.get("matchExpressions"));
        let negative = |e: Node<'_>| matches!(e.get("operator").as_str(), Some("NotIn" | "DoesNotExist"));
        let empty = labels.is_empty() && expressions.items().all(negative);
        let builtin = labels.get("kubernetes.io/bootstrapping").is("rbac-defaults");
        if empty || builtin {
            let reach = Reach::of(role, cx);
            let message = format!(
                "ClusterRole `{}` takes in the rules of every role that matches, `cluster-admin` included, \
                 for {}",
                role.name(),
                reach.holders(),
            );
            out.fail(selector, message).severity(reach.severity(role, Severity::Critical, true));
        }
    }
}
