//! Gateway serves plain HTTP.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::HashMap;
use syntax::Node;

check::docs! {
    /// A Gateway listener with protocol HTTP serves in clear. The one good use of it is to redirect to
    /// HTTPS: an HTTPRoute of this listener whose filter is `RequestRedirect` with `scheme: https`.
    ///
    /// ## How to fix
    /// Set `protocol: HTTPS` with `tls.certificateRefs`, or add the redirecting HTTPRoute with
    /// `sectionName`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: edge
    ///   namespace: edge
    /// spec:
    ///   gatewayClassName: example
    ///   listeners:
    ///     - name: http
    ///       protocol: HTTP
    ///       port: 80
    ///       hostname: shop.example.com
    /// ```
    ///
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: edge
    ///   namespace: edge
    /// spec:
    ///   gatewayClassName: example
    ///   listeners:
    ///     - name: http
    ///       protocol: HTTP
    ///       port: 80
    ///       hostname: shop.example.com
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: edge
    ///   namespace: edge
    /// spec:
    ///   gatewayClassName: example
    ///   listeners:
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    /// ```
    ///
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: edge
    ///   namespace: edge
    /// spec:
    ///   gatewayClassName: example
    ///   listeners:
    ///     - name: http
    ///       protocol: HTTP
    ///       port: 80
    ///       hostname: shop.example.com
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: to-https
    ///   namespace: edge
    /// spec:
    ///   parentRefs:
    ///     - name: edge
    ///       sectionName: http
    ///   rules:
    ///     - filters:
    ///         - type: RequestRedirect
    ///           requestRedirect:
    ///             scheme: https
    ///             statusCode: 301
    /// ```
    ///
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: edge
    ///   namespace: edge
    /// spec:
    ///   gatewayClassName: example
    ///   listeners:
    ///     - name: tls
    ///       protocol: TLS
    ///       port: 443
    ///       tls:
    ///         mode: Passthrough
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "gateway-plain-http",
        title: "Gateway serves plain HTTP",
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
        remediation: "Add a listener with HTTPS, and an HTTPRoute on the HTTP listener that only \
                      redirects to it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    // Listeners, by namespace and name of the Gateway, that a route redirects; an empty one stands for all.
    let mut redirected: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    for route in cx.inventory.of_kind("HTTPRoute") {
        let redirects = |rule: Node<'a>| {
            rule.get("filters")
                .items()
                .any(|f| f.get("type").is("RequestRedirect") && f.at("requestRedirect.scheme").is("https"))
        };
        if !route.spec().get("rules").items().any(redirects) {
            continue;
        }
        for parent in route.spec().get("parentRefs").items() {
            let namespace = parent.get("namespace").scalar().unwrap_or_else(|| route.namespace());
            let name = parent.get("name").scalar().unwrap_or("");
            let section = parent.get("sectionName").scalar().unwrap_or("");
            redirected.entry((namespace, name)).or_default().push(section);
        }
    }
    for gateway in cx.inventory.of_group("Gateway", "gateway.networking.k8s.io") {
        out.subject(gateway.id());
        let sections = redirected.get(&(gateway.namespace(), gateway.name()));
        for listener in gateway.spec().get("listeners").items() {
            let name = listener.get("name").scalar().unwrap_or("");
            let Some(place) = out.met(listener.get("protocol").name(), |p| p == "HTTP") else { continue };
            if sections.is_some_and(|s| s.iter().any(|s| s.is_empty() || *s == name)) {
                continue;
            }
            let message = format!(
                "listener `{name}` of Gateway `{}` serves plain HTTP and no HTTPRoute redirects it",
                gateway.name(),
            );
            out.fail(place, message).key(name);
        }
    }
}
