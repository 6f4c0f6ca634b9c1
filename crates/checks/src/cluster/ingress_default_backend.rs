//! Ingress sends everything unmatched to a backend.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `defaultBackend` takes every request that no rule matches, whatever its host and path. An Ingress
    /// with nothing else exposes the whole Service under every name of the controller.
    ///
    /// ## How to fix
    /// Replace it by rules with hosts and paths. A backend that only answers with an error page is fine:
    /// accept the finding for it.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: all
    /// spec:
    ///   defaultBackend:
    ///     service:
    ///       name: web
    ///       port:
    ///         number: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: extensions/v1beta1
    /// kind: Ingress
    /// metadata:
    ///   name: old
    /// spec:
    ///   backend:
    ///     serviceName: web
    ///     servicePort: 80
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /
    ///             pathType: Prefix
    ///             backend:
    ///               service:
    ///                 name: web
    ///                 port:
    ///                   number: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: all
    /// spec:
    ///   defaultBackend:
    ///     service:
    ///       name: default-http-backend
    ///       port:
    ///         number: 80
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ingress-default-backend",
        title: "Ingress sends everything unmatched to a backend",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "paths and hosts that nobody listed reach the application",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "owasp-k8s-2022:K07", "owasp-k8s-2025:K06"],
        remediation: "Remove `defaultBackend` and list the hosts and paths.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for field in ["defaultBackend", "backend"] {
        let backend = ingress.spec().get(field);
        if !backend.is_map() {
            continue;
        }
        let name = backend.at("service.name").scalar().or_else(|| backend.get("serviceName").scalar());
        let name = name.unwrap_or("");
        // Backends whose name says that they only answer with an error.
        if ["default-http", "default-backend", "404", "error"].iter().any(|part| name.contains(part)) {
            continue;
        }
        let message =
            format!("Ingress `{}` sends every request that no rule matches to `{name}`", ingress.name());
        out.fail(backend, message);
    }
}
