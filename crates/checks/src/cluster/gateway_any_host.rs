//! Gateway listener answers for any host.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A listener without `hostname` lets every attached route claim whichever host it likes, also one that
    /// belongs to another team.
    ///
    /// ## How to fix
    /// Set `hostname` to the host, or to a wildcard as narrow as possible.
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
    ///       hostname: '*'
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
    ///     - name: https
    ///       protocol: HTTPS
    ///       port: 443
    ///       hostname: '*.example.com'
    ///       tls:
    ///         certificateRefs:
    ///           - name: shop-tls
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "gateway-any-host",
        title: "Gateway listener answers for any host",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Info,
        severity_reason: "the routes usually name the hosts; without it any attached route may claim any",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "owasp-k8s-2022:K07", "owasp-k8s-2025:K06"],
        remediation: "Set `hostname` on the listener.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Gateway.gateway.networking.k8s.io"], judge),
};

fn judge<'a>(gateway: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for listener in gateway.spec().get("listeners").items() {
        let by_name = matches!(listener.get("protocol").as_str(), Some("HTTP" | "HTTPS" | "TLS"));
        if by_name && out.unmet(listener.get("hostname").name(), |h| h != "*" && !h.is_empty()).is_some() {
            let name = listener.get("name").scalar().unwrap_or("");
            let message = format!("listener `{name}` of Gateway `{}` answers for any host", gateway.name());
            out.fail(listener, message).key(name);
        }
    }
}
