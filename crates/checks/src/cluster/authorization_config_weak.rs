//! Authorizers allow too much.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An AuthorizationConfiguration lists who decides on requests. `AlwaysAllow` grants everything; without
    /// `Node` and `RBAC` kubelets and users are not held to their own permissions.
    ///
    /// ## How to fix
    /// List `Node` and `RBAC`, and remove `AlwaysAllow`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AuthorizationConfiguration
    /// authorizers:
    ///   - {type: AlwaysAllow, name: all}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AuthorizationConfiguration
    /// authorizers:
    ///   - {type: Node, name: node}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AuthorizationConfiguration
    /// authorizers:
    ///   - {type: RBAC, name: rbac}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AuthorizationConfiguration
    /// authorizers:
    ///   - {type: Node, name: node}
    ///   - {type: RBAC, name: rbac}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "authorization-config-weak",
        title: "Authorizers allow too much",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "every authenticated caller may become an administrator of the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.6",
            "cis-k8s:1.2.7",
            "cis-k8s:1.2.8",
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/rbac",
        ],
        remediation: "List `Node` and `RBAC`, and remove `AlwaysAllow`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["AuthorizationConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let authorizers = object.root.get("authorizers");
    let find = |wanted: &str| authorizers.items().find(|a| a.get("type").is(wanted));
    if let Some(all) = find("AlwaysAllow") {
        out.fail(all, "every request is allowed").key("AlwaysAllow").severity(Severity::Critical);
    }
    for wanted in ["Node", "RBAC"] {
        if find(wanted).is_none() {
            let place = if authorizers.is_set() { authorizers } else { object.head() };
            let draft = out.fail(place, format!("`{wanted}` is not among the authorizers"));
            draft.key(wanted);
            if wanted == "Node" {
                draft.severity(Severity::Medium);
            }
        }
    }
}
