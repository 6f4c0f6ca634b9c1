//! Istio gateway serves plain HTTP.

use crate::support::rbac;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A server of an Istio Gateway with protocol HTTP serves in clear unless `tls.httpsRedirect` sends
    /// clients to HTTPS. With the host `*` it does so for any name.
    ///
    /// ## How to fix
    /// Add a server with `protocol: HTTPS` and `tls.mode: SIMPLE`, and `tls.httpsRedirect: true` to the
    /// HTTP one.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   servers:
    ///     - port: {number: 80, name: http, protocol: HTTP}
    ///       hosts: ['*']
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.istio.io/v1beta1
    /// kind: Gateway
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   servers:
    ///     - port: {number: 80, name: http, protocol: HTTP2}
    ///       hosts: [shop.example.com]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   servers:
    ///     - port: {number: 80, name: http, protocol: HTTP}
    ///       hosts: [shop.example.com]
    ///       tls:
    ///         httpsRedirect: true
    ///     - port: {number: 443, name: https, protocol: HTTPS}
    ///       hosts: [shop.example.com]
    ///       tls: {mode: SIMPLE, credentialName: shop}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "istio-gateway-plain-http",
        title: "Istio gateway serves plain HTTP",
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
        remediation: "Set `tls.httpsRedirect: true` on the HTTP server and serve HTTPS beside it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Gateway.networking.istio.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for server in object.spec().get("servers").items() {
        let protocol = server.at("port.protocol");
        let plain = |p: &str| ["HTTP", "HTTP2", "GRPC"].iter().any(|known| p.eq_ignore_ascii_case(known));
        let Some(place) = out.met(protocol.name(), plain) else { continue };
        if server.at("tls.httpsRedirect").as_bool() == Some(true) {
            continue;
        }
        let hosts = rbac::listed(server.get("hosts").items());
        let message = format!("Gateway `{}` serves {hosts} by plain HTTP", object.name());
        out.fail(place, message).key(hosts);
    }
}
