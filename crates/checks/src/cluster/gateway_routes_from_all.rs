//! Gateway admits routes of every namespace.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `allowedRoutes.namespaces.from: All` lets a route of any namespace attach to the listener and
    /// publish Services under its host names.
    ///
    /// ## How to fix
    /// Set `from: Selector` and label the namespaces that may attach.
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
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    ///       allowedRoutes:
    ///         namespaces:
    ///           from: All
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
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    ///       allowedRoutes:
    ///         namespaces:
    ///           from: Same
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
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: shop.example.com
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    ///       allowedRoutes:
    ///         namespaces:
    ///           from: Selector
    ///           selector:
    ///             matchLabels: {edge: shop}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "gateway-routes-from-all",
        title: "Gateway admits routes of every namespace",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "anyone who may write a route anywhere can publish under the Gateway's hosts, or \
                      take over a path",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-4", "practices:NET-6", "owasp-k8s-2022:K07", "owasp-k8s-2025:K06"],
        remediation: "Use `from: Selector` with a label that only the teams' namespaces carry, or \
                      `Same`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Gateway.gateway.networking.k8s.io"], judge),
};

fn judge<'a>(gateway: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for listener in gateway.spec().get("listeners").items() {
        let from = listener.at("allowedRoutes.namespaces.from");
        if let Some(place) = out.met(from.name(), |f| f == "All") {
            let name = listener.get("name").scalar().unwrap_or("");
            let message =
                format!("listener `{name}` of Gateway `{}` admits routes of every namespace", gateway.name());
            out.fail(place, message).key(name);
        }
    }
}
