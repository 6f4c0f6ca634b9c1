//! ServiceAccount has long-lived tokens.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Secrets listed in a ServiceAccount are tokens that never expire. Since Kubernetes 1.24 pods get
    /// short-lived tokens without any Secret.
    ///
    /// ## How to fix
    /// Remove `secrets` and delete the token Secrets; use `kubectl create token` where a token is needed outside.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop}
    /// secrets:
    ///   - name: ci-token-abcde
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop}
    /// secrets: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop}
    /// secrets:
    ///   - name: settings
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}
    /// secrets:
    ///   - name: settings
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: ci, namespace: shop}
    /// imagePullSecrets:
    ///   - name: registry
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-account-secrets",
        title: "ServiceAccount has long-lived tokens",
        area: Area::Cluster,
        topic: "service-account",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "such a token has to be stolen first, but never expires",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:3.1.2",
            "practices:RBAC-2",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:auth/service-accounts",
        ],
        remediation: "Remove `secrets` and delete the token Secrets; use `kubectl create token` where a token is needed outside.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["ServiceAccount"], judge),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let limits_mounts = object
        .annotations()
        .get("kubernetes.io/enforce-mountable-secrets")
        .scalar()
        .is_some_and(|text| text == "true");
    if limits_mounts {
        return;
    }
    for listed in object.root.get("secrets").items() {
        let Some(name) = listed.get("name").scalar() else { continue };
        let is_token = match cx.inventory.find("Secret", object.namespace(), name) {
            Some(secret) => secret.root.get("type").is("kubernetes.io/service-account-token"),
            // The name that Kubernetes itself gave to such Secrets.
            None => name.strip_prefix(object.name()).is_some_and(|rest| rest.starts_with("-token")),
        };
        if is_token {
            let message = format!("Secret `{name}` holds a token of this ServiceAccount that never expires");
            out.fail(listed, message).key(name);
        }
    }
}
