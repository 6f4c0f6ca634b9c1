//! Istio does not insist on mutual TLS.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A PeerAuthentication in mode `DISABLE` takes the mesh's encryption away; `PERMISSIVE`, meant for the
    /// time of moving into a mesh, accepts plain connections beside encrypted ones. So does a mode that is
    /// not set at the root of the mesh.
    ///
    /// ## How to fix
    /// Set `STRICT` for the mesh, then except single ports that clients outside of the mesh need.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: PeerAuthentication
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   mtls:
    ///     mode: DISABLE
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: PeerAuthentication
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   mtls:
    ///     mode: PERMISSIVE
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: PeerAuthentication
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     matchLabels: {app: web}
    ///   mtls:
    ///     mode: STRICT
    ///   portLevelMtls:
    ///     8080:
    ///       mode: DISABLE
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: PeerAuthentication
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   mtls:
    ///     mode: STRICT
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.istio.io/v1
    /// kind: PeerAuthentication
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   mtls:
    ///     mode: UNSET
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "istio-mtls-not-strict",
        title: "Istio does not insist on mutual TLS",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "connections without a certificate are accepted, so identity-based rules can be \
                      walked around",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-5",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/encryption",
        ],
        remediation: "Set `mtls.mode` to `STRICT`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["PeerAuthentication.security.istio.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let spec = object.spec();
    let ports = spec.get("portLevelMtls").entries().map(|(port, mtls)| (port, mtls.get("mode")));
    for (port, mode) in std::iter::once(("", spec.at("mtls.mode"))).chain(ports) {
        let Some(place) = out.met(mode.name(), |m| matches!(m, "DISABLE" | "PERMISSIVE")) else { continue };
        let off = mode.is("DISABLE");
        let what = if off { "switches mutual TLS off" } else { "accepts connections without mutual TLS" };
        let whence = if port.is_empty() { String::new() } else { format!(" on port {port}") };
        let message = format!("PeerAuthentication `{}` {what}{whence}", object.name());
        let severity = match (off, port.is_empty()) {
            (true, true) => Severity::Medium,
            _ => Severity::Low,
        };
        let plan = Plan::risky("insist on mutual TLS").set(mode, &[], "STRICT");
        out.fail(place, message).severity(severity).key(port).fix(plan);
    }
}
