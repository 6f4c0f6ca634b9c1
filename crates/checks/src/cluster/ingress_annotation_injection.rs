//! Ingress annotation breaks out of its directive.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Old versions of ingress-nginx copy the values of some annotations into the configuration without
    /// quoting. A value with `;`, `{`, `}` or a line break ends the directive and begins another
    /// (CVE-2021-25742, CVE-2023-5043, CVE-2025-24514, CVE-2025-1097, CVE-2025-1098, CVE-2025-1974). No
    /// honest value contains these.
    ///
    /// ## How to fix
    /// Treat the object as an attack until proven otherwise. Run a version of ingress-nginx that validates
    /// annotations.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: 'http://auth.example.com/#;}}ssl_engine /tmp/x;'
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
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-tls-match-cn: 'CN=abc #(
    /// ){}
    ///  }}
    /// ssl_engine x;'
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
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/permanent-redirect: 'https://example.com; }
    ///  location /x { alias /etc/; }'
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
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: https://auth.example.com/oauth2/auth
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
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/rewrite-target: /$2
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
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-tls-match-cn: 'CN=client.{1,3}'
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ingress-annotation-injection",
        title: "Ingress annotation breaks out of its directive",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the value runs directives of its author's choice in the controller, which holds \
                      the Secrets of all namespaces",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "owasp-k8s-2022:K07", "owasp-k8s-2025:K06", "owasp-k8s-2025:K07"],
        remediation: "Remove the characters that end a directive, update ingress-nginx, and look for \
                      how the annotation got there.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

const COPIED: &[&str] = &[
    "auth-url",
    "auth-signin",
    "auth-tls-match-cn",
    "auth-realm",
    "mirror-target",
    "mirror-host",
    "permanent-redirect",
    "temporal-redirect",
    "rewrite-target",
    "app-root",
    "upstream-vhost",
    "x-forwarded-prefix",
    "proxy-redirect-from",
    "proxy-redirect-to",
    "session-cookie-path",
    "custom-http-errors",
    "upstream-hash-by",
    "limit-whitelist",
    "secure-verify-ca-secret",
];

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (name, value) in ingress.annotations().entries() {
        let Some(short) = name.strip_prefix("nginx.ingress.kubernetes.io/") else { continue };
        let Some(text) = value.scalar().filter(|_| COPIED.contains(&short)) else { continue };
        let text = text.trim_end();
        // Braces alone may be a regular expression's; a template's are not judged.
        let ended = text.contains(';') && text.contains(['{', '}', '#', '\n']);
        let broken = ended || text.contains(['\n', '\r']);
        if broken && syntax::placeholder::find(text).is_none() {
            let message = format!(
                "the value of `{short}` in Ingress `{}` ends its directive and begins another",
                ingress.name(),
            );
            out.fail(value, message).key(short);
        }
    }
}
