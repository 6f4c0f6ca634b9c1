//! Ingress serves hosts without TLS.

use crate::support::rbac;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// Without `spec.tls`, or for a host that none of its entries lists, the Ingress serves plain HTTP or a
    /// certificate that clients have to refuse. Annotations by which clouds attach certificates, and TLS
    /// passed through to the pods, count as TLS.
    ///
    /// ## How to fix
    /// List every host under `spec.tls[].hosts` with a `secretName`; cert-manager can fill the Secret. A
    /// wildcard covers one label: `*.example.com` covers `shop.example.com`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    /// spec:
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
    ///     - host: other.example.com
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
    ///     - hosts: ['*.example.com']
    ///       secretName: t
    ///   rules:
    ///     - host: a.b.example.com
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
    ///   name: shop
    /// spec:
    ///   tls:
    ///     - hosts: ['*.example.com']
    ///       secretName: t
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
    ///     - secretName: default
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
    ///     alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:1:certificate/1
    /// spec:
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
    ///     nginx.ingress.kubernetes.io/ssl-passthrough: "true"
    /// spec:
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
    ///     networking.gke.io/managed-certificates: shop
    /// spec:
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
        id: "ingress-without-tls",
        title: "Ingress serves hosts without TLS",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "passwords and sessions cross the network in clear; reading them takes a place on \
                      the way",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/encryption",
        ],
        remediation: "Add `spec.tls` with the hosts and a Secret that holds their certificate.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

/// Annotations by which certificates are attached without `spec.tls`, or TLS is left to the pods.
const OTHER_TLS: &[&str] = &[
    "alb.ingress.kubernetes.io/certificate-arn",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/certmap",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "kubernetes.digitalocean.com/certificate-id",
];

/// Annotations that say so with `true`.
const TLS_SWITCHES: &[&str] = &[
    "nginx.ingress.kubernetes.io/ssl-passthrough",
    "haproxy-ingress.github.io/ssl-passthrough",
    "haproxy.org/ssl-passthrough",
    "ingress.kubernetes.io/ssl-passthrough",
    "traefik.ingress.kubernetes.io/router.tls",
];

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let notes = ingress.annotations();
    let listens = notes.get("alb.ingress.kubernetes.io/listen-ports").scalar().unwrap_or("");
    let elsewhere = OTHER_TLS.iter().any(|a| notes.get(a).is_set())
        || TLS_SWITCHES.iter().any(|a| notes.get(a).scalar() == Some("true"))
        || listens.contains("HTTPS");
    let spec = ingress.spec();
    let tls = spec.get("tls");
    if elsewhere || !spec.is_map() {
        return;
    }
    if tls.is_set() && !tls.is_seq() {
        out.unknown(tls, Why::new(WhyCode::Malformed, "`tls` should be a list"));
        return;
    }
    if tls.is_empty() {
        let hosts = spec.get("rules").items().map(|r| r.get("host")).filter(|h| h.is_set());
        let hosts = rbac::listed(hosts);
        let what = if hosts.is_empty() { "every host".to_owned() } else { hosts };
        out.fail(spec, format!("Ingress `{}` serves {what} without TLS", ingress.name())).key("tls");
        return;
    }
    // An entry without hosts holds for all of them.
    if tls.items().any(|t| t.get("hosts").is_empty()) {
        return;
    }
    for rule in spec.get("rules").items() {
        let Some(host) = out.known(rule.get("host").name()) else { continue };
        let covered = tls
            .items()
            .flat_map(|t| t.get("hosts").items())
            .any(|h| h.scalar().is_some_and(|pattern| covers(pattern, host)));
        if !covered {
            let message =
                format!("Ingress `{}` serves `{host}`, which no entry of `tls` lists", ingress.name());
            out.fail(rule.get("host"), message).related(tls, "hosts with TLS").key(host);
        }
    }
}

fn covers(pattern: &str, host: &str) -> bool {
    pattern == host
        || pattern.contains("{{")
        || pattern.strip_prefix("*.").is_some_and(|rest| host.split_once('.').is_some_and(|(_, h)| h == rest))
}
