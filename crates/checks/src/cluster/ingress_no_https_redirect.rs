//! Ingress does not redirect HTTP to HTTPS.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Ingress controllers redirect to HTTPS where a host has TLS, unless an annotation says otherwise.
    /// Switched off, links and bookmarks with `http://` keep working in clear.
    ///
    /// ## How to fix
    /// Delete the `ssl-redirect: "false"` annotation. Health checks of load balancers can be pointed at the
    /// controller's own health path.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/ssl-redirect: "false"
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
    ///     haproxy.org/ssl-redirect: "false"
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
    ///     nginx.ingress.kubernetes.io/ssl-redirect: "false"
    ///     nginx.ingress.kubernetes.io/rewrite-target: /
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
    ///     nginx.ingress.kubernetes.io/ssl-redirect: "true"
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
    ///     nginx.ingress.kubernetes.io/ssl-redirect: "false"
    ///     nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
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
        id: "ingress-no-https-redirect",
        title: "Ingress does not redirect HTTP to HTTPS",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "a client that comes by plain HTTP stays there and can be listened to",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/encryption",
        ],
        remediation: "Remove the annotation, or set it so that HTTP is redirected.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

const SWITCHES: &[&str] = &[
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "nginx.org/ssl-redirect",
    "nginx.org/redirect-to-https",
    "ingress.kubernetes.io/ssl-redirect",
    "haproxy.org/ssl-redirect",
    "haproxy-ingress.github.io/ssl-redirect",
    "appgw.ingress.kubernetes.io/ssl-redirect",
    "ingress.bluemix.net/redirect-to-https",
];

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let notes = ingress.annotations();
    if notes.get("nginx.ingress.kubernetes.io/force-ssl-redirect").scalar() == Some("true") {
        return;
    }
    for name in SWITCHES {
        let switch = notes.get(name);
        if switch.scalar().is_some_and(|v| v.eq_ignore_ascii_case("false")) {
            let message = format!("Ingress `{}` serves HTTP without redirecting to HTTPS", ingress.name());
            out.fail(switch, message).key(*name).fix(Plan::risky("remove the annotation").remove(switch));
        }
    }
}
