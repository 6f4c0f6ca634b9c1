//! Istio authorisation allows every request.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An AuthorizationPolicy with action ALLOW and an empty rule admits every request to the workloads it
    /// selects, also without an identity. Rules whose only source is `principals: ["*"]` admit every
    /// workload of the mesh.
    ///
    /// ## How to fix
    /// Use `from` with `principals` or `namespaces`, and `to` with methods and paths. A policy without
    /// rules at all denies everything and is fine.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   rules:
    ///     - {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   action: ALLOW
    ///   selector:
    ///     matchLabels: {app: web}
    ///   rules:
    ///     - {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   rules:
    ///     - from:
    ///         - source:
    ///             principals: ['*']
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   action: DENY
    ///   rules:
    ///     - {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   rules:
    ///     - from:
    ///         - source:
    ///             principals: [cluster.local/ns/shop/sa/web]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: AuthorizationPolicy
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   rules:
    ///     - to:
    ///         - operation:
    ///             methods: [GET]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "istio-authorization-allow-all",
        title: "Istio authorisation allows every request",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "one policy that allows everything undoes the others of the workload, since any \
                      match admits",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-5", "owasp-k8s-2022:K07", "owasp-k8s-2025:K05"],
        remediation: "Name sources, paths or methods in the rules.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["AuthorizationPolicy.security.istio.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let spec = object.spec();
    if !matches!(spec.get("action").as_str(), None | Some("ALLOW")) {
        return;
    }
    for rule in spec.get("rules").items() {
        let (from, to, when) = (rule.get("from"), rule.get("to"), rule.get("when"));
        if !to.is_empty() || !when.is_empty() {
            continue;
        }
        let star = from.items().find_map(|f| {
            let source = f.get("source");
            let only = source.len() == 1;
            source.get("principals").items().find(|p| only && p.is("*"))
        });
        if from.is_empty() {
            let message = format!("AuthorizationPolicy `{}` allows every request", object.name());
            out.fail(rule, message).key("all");
        } else if let Some(place) = star {
            let message =
                format!("AuthorizationPolicy `{}` allows every request from within the mesh", object.name());
            out.fail(place, message).severity(Severity::Low).key("mesh");
        }
    }
}
