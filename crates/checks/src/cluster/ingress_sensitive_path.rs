//! Ingress publishes an internal path.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Paths such as `/metrics`, `/actuator`, `/debug/pprof`, `/.git` or `/phpmyadmin` are meant for
    /// operators and developers. Listed in an Ingress they are open to whoever reaches it. Authentication
    /// annotations on the Ingress count as a guard.
    ///
    /// ## How to fix
    /// Let monitoring reach `/metrics` inside the cluster; reach administration through a VPN or an
    /// authenticating proxy.
    ///
    /// ## Fails
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
    ///           - path: /metrics
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /actuator/env
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /debug/pprof
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /phpmyadmin(/|$)(.*)
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /admin
    ///             pathType: Prefix
    ///             backend:
    ///               service:
    ///                 name: web
    ///                 port:
    ///                   number: 80
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /api
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /administration-guide
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
    ///   name: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-type: basic
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /metrics
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
    ///   name: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /admin
    ///             pathType: Prefix
    ///             backend:
    ///               service:
    ///                 name: web
    ///                 port:
    ///                   number: 80
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ingress-sensitive-path",
        title: "Ingress publishes an internal path",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "such paths show metrics, configuration or memory, or administer the application; \
                      some ask for a password",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "owasp-k8s-2022:K07", "owasp-k8s-2025:K06", "practices:K8S-5"],
        remediation: "Remove the path from the Ingress, or guard it with authentication and an \
                      allowlist.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

/// First parts of paths, with the severity they deserve.
const PATHS: &[(&str, Severity)] = &[
    ("/metrics", Severity::Low),
    ("/admin", Severity::Low),
    ("/server-status", Severity::Low),
    ("/nginx_status", Severity::Low),
    ("/actuator", Severity::Medium),
    ("/debug", Severity::Medium),
    ("/pprof", Severity::Medium),
    ("/heapdump", Severity::High),
    ("/jolokia", Severity::High),
    ("/h2-console", Severity::High),
    ("/.git", Severity::High),
    ("/.env", Severity::High),
    ("/phpmyadmin", Severity::Medium),
    ("/adminer", Severity::Medium),
    ("/pgadmin", Severity::Medium),
    ("/wp-admin", Severity::Low),
    ("/jmx-console", Severity::Medium),
    ("/phpinfo.php", Severity::Medium),
    ("/script", Severity::Low),
    ("/_cat", Severity::Medium),
    ("/_cluster", Severity::Medium),
];

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let guarded = |name: &str| {
        ["auth-", "whitelist", "allowlist", "allow-list", "auth.", "authentication", "middlewares"]
            .iter()
            .any(|part| name.contains(part))
    };
    if ingress.annotations().entries().any(|(name, _)| guarded(name)) {
        return;
    }
    for path in ingress.spec().get("rules").items().flat_map(|r| r.at("http.paths").items()) {
        let place = path.get("path");
        let Some(text) = out.known(place.str()) else { continue };
        let lower = text.to_ascii_lowercase();
        // The path itself or something below it; regular expressions begin after it.
        let is = |known: &str| {
            lower.strip_prefix(known).is_some_and(|rest| {
                rest.chars().next().is_none_or(|c| matches!(c, '/' | '(' | '?' | '*' | '$' | '.'))
            })
        };
        if let Some((known, severity)) = PATHS.iter().find(|(known, _)| is(known)) {
            let message = format!("Ingress `{}` publishes the internal path `{text}`", ingress.name());
            out.fail(place, message).severity(*severity).key(*known);
        }
    }
}
