//! Anonymous requests are accepted everywhere.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `anonymous.enabled: true` and no conditions the API server takes requests without credentials for any
    /// path.
    ///
    /// ## How to fix
    /// Set `anonymous.enabled` to false, or name the paths it is for, such as `/livez` and `/readyz`, under
    /// `conditions`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    ///   conditions: []
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    ///   conditions: [{path: /api}]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    ///   conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: false
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1beta1
    /// kind: AuthenticationConfiguration
    /// jwt: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "authentication-config-anonymous",
        title: "Anonymous requests are accepted everywhere",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "RBAC still limits what an anonymous caller may do, but one careless binding opens the cluster to everybody",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.1",
            "practices:K8S-1",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:auth/anonymous",
        ],
        remediation: "Set `anonymous.enabled` to false, or name the paths it is for, such as `/livez` and `/readyz`, under `conditions`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["AuthenticationConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let anonymous = object.root.get("anonymous");
    let Some(place) = out.met(anonymous.get("enabled").bool(), |on| on) else { return };
    let conditions = anonymous.get("conditions");
    if conditions.is_empty() {
        out.fail(place, "anonymous requests are accepted for every path").key("enabled");
    }
    for condition in conditions.items() {
        let path = condition.get("path").scalar().unwrap_or("");
        if path == "/" || path.starts_with("/api") {
            out.fail(condition, format!("anonymous requests are accepted for `{path}`")).key(path);
        }
    }
}
