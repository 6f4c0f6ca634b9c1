//! Ingress carries a configuration snippet.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// ingress-nginx copies snippet annotations into the configuration of the controller. With Lua or
    /// `alias` directives they read the controller's service-account token, which can list every Secret of
    /// the cluster. What a snippet does today is harmless perhaps; that it may do anything is the fault.
    ///
    /// ## How to fix
    /// Most uses have an annotation of their own: headers (`custom-headers`), redirects, authentication,
    /// limits. Snippets that run code weigh most.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/configuration-snippet: 'more_set_headers "X-Frame-Options: DENY";'
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
    ///     nginx.ingress.kubernetes.io/server-snippet: 'location /x { alias /; }'
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
    ///     nginx.ingress.kubernetes.io/configuration-snippet: 'content_by_lua_block { ngx.say(1) }'
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
    ///     nginx.ingress.kubernetes.io/auth-snippet: 'proxy_set_header A b;'
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
    ///     nginx.org/location-snippets: 'deny all;'
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ingress-nginx-snippet",
        title: "Ingress carries a configuration snippet",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever may write an Ingress runs directives in the controller, which holds the \
                      Secrets of all namespaces (CVE-2021-25742)",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "owasp-k8s-2025:K07",
            "practices:K8S-4",
        ],
        remediation: "Use the annotation made for the purpose instead of a snippet, and switch \
                      snippets off in the controller (`allow-snippet-annotations: \"false\"`).",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_152", "checkov:CKV_K8S_153", "checkov:CKV_K8S_154"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Ingress"], judge),
};

const SNIPPETS: &[&str] = &[
    "nginx.ingress.kubernetes.io/configuration-snippet",
    "nginx.ingress.kubernetes.io/server-snippet",
    "nginx.ingress.kubernetes.io/server-snippets",
    "nginx.ingress.kubernetes.io/auth-snippet",
    "nginx.ingress.kubernetes.io/stream-snippet",
    "nginx.ingress.kubernetes.io/modsecurity-snippet",
    "nginx.ingress.kubernetes.io/http-snippet",
    "ingress.kubernetes.io/configuration-snippet",
    "nginx.org/location-snippets",
    "nginx.org/server-snippets",
    "nginx.org/stream-snippets",
    "nginx.com/jwt-snippets",
    "haproxy-ingress.github.io/config-backend",
    "haproxy.org/backend-config-snippet",
];

/// Directives that run code, read files or load modules.
const CODE: &[&str] = &[
    "_by_lua",
    "lua_",
    "alias",
    "load_module",
    "root",
    "js_",
    "perl",
    "include",
    "proxy_pass",
    "serviceaccount",
    "SecRuleEngine Off",
];

fn judge<'a>(ingress: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for name in SNIPPETS {
        let snippet = ingress.annotations().get(name);
        let Some(text) = snippet.scalar().filter(|t| !t.trim().is_empty()) else { continue };
        let word = |part: &&&str| {
            text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '{' | '}'))
                .any(|w| w.starts_with(**part) || part.starts_with('_') && w.contains(**part))
                || part.contains(' ') && text.contains(**part)
        };
        let short = name.rsplit('/').next().unwrap_or(name);
        let directive = CODE.iter().find(word);
        let message = match directive {
            Some(part) => format!(
                "Ingress `{}` puts a directive like `{}` into the controller by `{short}`",
                ingress.name(),
                part.trim_matches('_'),
            ),
            None => format!("Ingress `{}` puts directives into the controller by `{short}`", ingress.name()),
        };
        let severity = if directive.is_some() { Severity::High } else { Severity::Medium };
        out.fail(snippet, message).severity(severity).key(*name);
    }
}
